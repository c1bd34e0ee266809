// The stages of a run, in order:
//   corpus    the study's records, their terms, and which record holds which term        depends on the snapshot, the filter, the term options
//   topics    LDA, ids carried on from the last run of the same selection                    + topic options, seed, the last topics
//   signals   series, indicators, weak signals, bursts, the emergence ranking, of terms and topics
//   networks  co-occurrence, citation, collaboration; communities and positions
//   hindcast  the ranking at past cut-offs
//   judged    all of it corrected by the judgements of people that stand (workflow/judgement), at each load anew
// Of the tokenised text each document's pieces are kept (text/token_streams.h); ids and spellings, which depend on the corpus, are made anew.
#include "workflow/run/run.h"

#include <algorithm>
#include <functional>

#include "workflow/actors.h"
#include "workflow/arena.h"
#include "workflow/documents.h"
#include "workflow/encoder/encoder.h"
#include "workflow/judgement/judge.h"
#include "workflow/judgement/judged_stage.h"
#include "workflow/lexicon.h"
#include "workflow/run/corpus_stage.h"
#include "workflow/run/emergence_stage.h"
#include "workflow/run/indicator_stage.h"
#include "workflow/run/kept_hindcast.h"
#include "workflow/run/map_stage.h"
#include "workflow/run/network_stage.h"
#include "workflow/run/ranking.h"
#include "workflow/run/results_archive.h"
#include "workflow/run/signal_stage.h"
#include "workflow/run/stages.h"
#include "workflow/run/topic_checks.h"
#include "workflow/run/topic_lineage.h"
#include "workflow/run/term_evidence.h"
#include "workflow/run/topic_stage.h"
#include "workflow/snapshot.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kCodeVersion = "run-21";  // raised when a stage computes something else from the same input

struct CorpusArtifact {
  analysis::Dataset dataset;
  std::vector<std::string> titles, urls;
  bool synthetic = false;
  std::vector<TermRow> terms;
  std::vector<text::TermPair> term_pairs;
  text::CountMatrix counts;
};
template <class A>
void archive(A& a, CorpusArtifact& v) {
  a(v.dataset, v.titles, v.urls, v.synthetic, v.terms, v.term_pairs, v.counts);
}

// What a finished run consists of; read back by load_latest_run().
struct Manifest {
  std::string run_id, snapshot_id, software_version, created;
  Study study;
  std::vector<std::pair<std::string, std::string>> stages;  // name -> fingerprint
};
template <class A>
void archive(A& a, Manifest& v) {
  a(v.run_id, v.snapshot_id, v.software_version, v.created, v.study, v.stages);
}

struct Fingerprints {
  std::string corpus, topics, signals, networks, hindcast, map;
};

// As the catalogue keeps them with a run.
std::string run_options(const Study& study, Depth depth) { return fmt::format("{} {} {}", depth == Depth::full ? "full" : "ranking", kCodeVersion, fingerprint_text(study)); }

// The snapshot and the names people have joined: what the documents of a study come from.
std::string data_version(const Workspace& workspace, const std::string& snapshot_id) { return snapshot_id + organisation_aliases_fingerprint(workspace); }

std::string corpus_fingerprint(const std::string& data, const Study& study) {
  Study records = study;  // only what the corpus depends on
  records.topic_method = TopicMethod::lda;
  records.topic_count = 0;
  records.topic_iterations = 0;
  records.horizon_years = 0;
  records.emergence_escore = false;
  records.cutoffs = {};
  records.hindcast = true;
  records.seed = 0;
  return make_fingerprint({kCodeVersion, data, fingerprint_text(records)});
}

Fingerprints fingerprints(const std::string& corpus, const std::string& topics, const Study& study, Depth depth) {
  Fingerprints made;
  made.corpus = corpus;
  made.topics = topics;
  const std::string seed = std::to_string(study.seed);
  made.signals = make_fingerprint({depth == Depth::full ? made.topics : made.corpus, std::to_string(study.horizon_years), seed, depth == Depth::full ? "full" : "ranking"});
  made.networks = make_fingerprint({made.corpus, seed, "networks"});
  made.map = make_fingerprint({made.topics, seed, "map-3"});
  made.hindcast = make_fingerprint({made.corpus, fingerprint_text(study), study.fresh_topics ? "hindcast fresh" : "hindcast"});
  return made;
}

DocumentFilter make_filter(const Study& study) {
  DocumentFilter filter;
  filter.kinds = study.kinds;
  filter.sources = study.sources;
  filter.languages = study.languages;
  filter.query = study.query;
  filter.from = study.from;
  filter.until = study.until;
  return filter;
}

// Documents and tokens, loaded when a stage first needs them.
class TextSource {
 public:
  TextSource(Workspace& workspace, const Study& study, Progress& progress) : workspace_(workspace), study_(study), progress_(progress) {}

  Result<const Documents*> documents() {
    if (!documents_) {
      documents_ = TRY(load_documents(workspace_, make_filter(study_), progress_, study_.thread_count));
    }
    return &*documents_;
  }
  Result<const text::TokenizedCorpus*> tokens() {
    if (!tokens_) {
      const Documents* loaded = TRY(documents());
      tokens_ = TRY(tokenize_kept(workspace_, loaded->texts, study_.thread_count, progress_));
    }
    return &*tokens_;
  }

 private:
  Workspace& workspace_;
  const Study& study_;
  Progress& progress_;
  std::optional<Documents> documents_;
  std::optional<text::TokenizedCorpus> tokens_;
};

// A patent may come without a title: the start of its abstract stands in.
std::string title_of(const text::DocumentText& document) {
  constexpr std::size_t kTitleBytes = 120;
  return document.title.empty() ? shorten(document.abstract, kTitleBytes) : std::string(document.title);
}

// The evidence of each term is a stage of its own name and the corpus's fingerprint: few ask for it.
constexpr std::string_view kEvidenceStage = "term-evidence";

Result<> save_evidence(StageStore& stages, const std::string& fingerprint, const std::vector<TermRow>& terms, const std::vector<text::TermEvidence>& evidence) {
  std::vector<std::pair<std::string, text::TermEvidence>> rows;
  for (std::size_t t = 0; t < terms.size(); ++t) rows.emplace_back(terms[t].id, evidence[t]);
  ArchiveWriter writer;
  writer(rows);
  return stages.save(kEvidenceStage, fingerprint, std::move(writer).take());
}

Result<> make_corpus(TextSource& source, const Study& study, StageStore& stages, const std::string& fingerprint, CorpusArtifact& corpus, Progress& progress) {
  const Documents* documents = TRY(source.documents());
  const text::TokenizedCorpus* tokens = TRY(source.tokens());
  const std::optional<text::DomainCorpus> own = TRY(text::with_domain_words(*tokens, {}, domain_word_options(study), progress));
  if (own) tokens = &own->tokens;
  text::CountedVocabulary found = TRY(text::mine_and_count_terms(*tokens, own ? std::span<const text::DomainWord>(own->words) : std::span<const text::DomainWord>(), {}, study.terms, progress));
  corpus.counts = std::move(found.counts);
  corpus.terms = make_term_rows(found.vocabulary);
  TRY(save_evidence(stages, fingerprint, corpus.terms, found.evidence));
  corpus.term_pairs = std::move(found.vocabulary.pairs);
  corpus.dataset = documents->dataset;
  for (const text::DocumentText& document : documents->texts) corpus.titles.push_back(title_of(document));
  corpus.urls = documents->urls;
  corpus.synthetic = documents->synthetic;
  return {};
}

// Terms x years: how often each term occurs, where the series count its documents.
std::vector<double> occurrences_by_year(const CorpusArtifact& corpus, const analysis::UnitSeries& series) {
  const auto years = static_cast<std::size_t>(series.years.count());
  std::vector<double> occurrences(corpus.terms.size() * years, 0.0);
  for (std::size_t d = 0; d < corpus.dataset.year.size(); ++d) {
    const std::int16_t year = corpus.dataset.year[d];
    if (year < series.years.first || year > series.years.last) continue;
    const auto y = static_cast<std::size_t>(series.years.index(year));
    for (auto e = static_cast<std::size_t>(corpus.counts.offsets[d]); e < static_cast<std::size_t>(corpus.counts.offsets[d + 1]); ++e) {
      occurrences[static_cast<std::size_t>(corpus.counts.columns[e]) * years + y] += corpus.counts.counts[e];
    }
  }
  return occurrences;
}

Result<> make_signals(const Study& study, const CorpusArtifact& corpus, const TopicStage& topics, SignalArtifact& signals, Progress& progress) {
  signals.terms.documents = documents_of_terms(corpus.counts);
  const auto occurrences = [&](const analysis::UnitSeries& series) { return occurrences_by_year(corpus, series); };
  TRY(measure_terms(corpus.dataset, study, corpus.terms, occurrences, signals, progress));
  return measure_topics(corpus.dataset, study, topics.document_topics, topics.topics.size(), signals.topics, progress);
}

// The documents' vectors from the workspace's encoder; nothing when it has none or the method needs none.
Result<std::optional<analysis::VectorTable>> encode_documents(const Workspace& workspace, const Study& study, const std::function<Result<const Documents*>()>& load, Progress& progress) {
  if (study.topic_method != TopicMethod::embedded) return std::nullopt;
  const EncoderSettings encoder = TRY(encoder_settings(workspace));
  if (!encoder.is_set()) return std::nullopt;
  std::vector<std::string> texts;
  for (const text::DocumentText& text : TRY(load())->texts) texts.push_back(text_to_encode(text.title, text.abstract, encoder.max_bytes));
  return TRY(encode_texts(workspace, encoder, texts, progress));
}

Result<> make_topics(StageStore& stages, const TopicPlan& plan, const Study& study, const CorpusArtifact& corpus, const analysis::VectorTable* vectors, TopicStage& topics, Progress& progress) {
  const std::optional<TopicState> parent = load_parent(stages, plan);
  FoundTopics found = TRY(find_topics(study, corpus.dataset.record_ids, corpus.terms, corpus.counts, vectors, plan.warm && parent ? &*parent : nullptr, progress));
  const TopicState state = TRY(give_ids(plan, parent, corpus.dataset.record_ids, found));
  ArchiveWriter writer;
  writer(state);
  TRY(stages.save("topic-state", plan.fingerprint, std::move(writer).take()));
  topics = std::move(found.stage);
  place_wordless(corpus.dataset, topics.levels);
  return {};
}

std::int16_t last_year_of(const analysis::UnitSeries& series) { return static_cast<std::int16_t>(series.years.first + series.complete_years - 1); }

StudyResult assemble(const Manifest& manifest, CorpusArtifact corpus, TopicStage topics, SignalArtifact signals) {
  StudyResult result;
  result.run_id = manifest.run_id;
  result.snapshot_id = manifest.snapshot_id;
  result.software_version = manifest.software_version;
  result.created = manifest.created;
  result.synthetic = corpus.synthetic;
  result.study = manifest.study;
  result.dataset = std::move(corpus.dataset);
  result.titles = std::move(corpus.titles);
  result.urls = std::move(corpus.urls);
  result.terms = std::move(corpus.terms);
  result.term_pairs = std::move(corpus.term_pairs);
  result.topics = std::move(topics.topics);
  result.document_topics = std::move(topics.document_topics);
  result.topic_diversity = topics.topic_diversity;
  result.topic_count_choice = std::move(topics.count_choice);
  result.topic_identity = std::move(topics.identity);
  result.topic_levels = std::move(topics.levels);
  result.term_results = std::move(signals.terms);
  result.topic_results = std::move(signals.topics);
  result.weak_signals = std::move(signals.weak_signals);
  result.signals = std::move(signals.signals);
  result.term_occurrences = std::move(signals.occurrences);
  result.bursts = std::move(signals.bursts);
  return result;
}

Manifest make_manifest(const std::string& snapshot_id, const Study& study, const Fingerprints& prints) {
  Manifest manifest;
  manifest.run_id = "run-" + make_fingerprint({prints.corpus, fingerprint_text(study), prints.topics, kCodeVersion, JIANWEI_VERSION}).substr(0, 10);
  manifest.snapshot_id = snapshot_id;
  manifest.software_version = JIANWEI_VERSION;
  manifest.created = store::utc_now();
  manifest.study = study;
  manifest.stages = {{"corpus", prints.corpus}, {"topics", prints.topics}, {"signals", prints.signals}, {"networks", prints.networks}, {"map", prints.map}, {"hindcast", prints.hindcast}};
  return manifest;
}

// What a stage of some run left; nothing when it is gone, damaged or of another version.
template <class T>
std::optional<T> read_left(const StageStore& stages, std::string_view stage, const std::string& fingerprint) {
  const auto payload = stages.load(stage, fingerprint);
  if (!payload || !*payload) return std::nullopt;
  ArchiveReader reader(**payload);
  T value;
  reader(value);
  return reader.ok() ? std::optional<T>(std::move(value)) : std::nullopt;
}

// The map of the newest finished run that has one: the next one starts from it, so that documents stay where people saw them.
Result<MapState> last_map(Workspace& workspace, std::int64_t run_row) {
  store::AppDb& app = workspace.lake.app();
  const std::vector<store::RunRow> runs = TRY(app.runs());
  for (const store::RunRow& row : runs) {
    if (row.id == run_row || row.status != "finished") continue;
    const StageStore stages(workspace, row.id);
    for (const store::ArtifactRow& artifact : TRY(app.artifacts(row.id))) {
      if (artifact.stage != "map") continue;
      std::optional<MapArtifact> map = read_left<MapArtifact>(stages, "map", artifact.fingerprint);
      if (!map || map->map.empty()) continue;
      std::optional<MapSpace> space = read_left<MapSpace>(stages, "map-space", map->space);
      return MapState{std::move(*map), space ? std::move(*space) : MapSpace{}};
    }
  }
  return MapState{};
}

// The stages of a run whose row is open in app.db.
Result<StudyResult> run_stages(Workspace& workspace, const Study& study, Depth depth, const std::string& snapshot_id, std::int64_t run_row, Progress& progress) {
  StageStore stages(workspace, run_row);
  TextSource source(workspace, study, progress);
  const std::string corpus_print = corpus_fingerprint(data_version(workspace, snapshot_id), study);
  const TopicPlan plan = TRY(plan_topics(workspace, study, corpus_print));
  const Fingerprints prints = fingerprints(corpus_print, plan.fingerprint, study, depth);

  CorpusArtifact corpus;
  TRY(stages.stage<CorpusArtifact>("corpus", prints.corpus, corpus, [&](CorpusArtifact& made) { return make_corpus(source, study, stages, prints.corpus, made, progress); }));
  TopicStage topics;
  if (depth == Depth::full) {
    TRY(stages.stage<TopicStage>("topics", prints.topics, topics, [&](TopicStage& made) -> Result<> {
      const std::optional<analysis::VectorTable> vectors = TRY(encode_documents(workspace, study, [&] { return source.documents(); }, progress));
      return make_topics(stages, plan, study, corpus, vectors ? &*vectors : nullptr, made, progress);
    }));
  }
  SignalArtifact signals;
  TRY(stages.stage<SignalArtifact>("signals", prints.signals, signals, [&](SignalArtifact& made) { return make_signals(study, corpus, topics, made, progress); }));
  std::vector<NetworkResult> networks;
  std::string hindcast;
  MapArtifact map;
  if (depth == Depth::full) {
    TRY(stages.stage<MapArtifact>("map", prints.map, map, [&](MapArtifact& made) -> Result<> {
      MapState state = TRY(make_map(study, corpus.dataset, corpus.terms, corpus.counts, topics.document_topics, topics.topics.size(), TRY(last_map(workspace, run_row)), progress));
      made = std::move(state.artifact);
      if (state.space.empty()) return {};
      made.space = prints.map;
      ArchiveWriter writer;
      writer(state.space);
      return stages.save("map-space", prints.map, std::move(writer).take());
    }));
    TRY(stages.stage<std::vector<NetworkResult>>("networks", prints.networks, networks, [&](std::vector<NetworkResult>& made) -> Result<> {
      made = TRY(build_networks(study, corpus.dataset, corpus.terms, corpus.counts, progress));
      return {};
    }));
    if (study.hindcast) {
      TRY(stages.stage<std::string>("hindcast", prints.hindcast, hindcast, [&](std::string& made) -> Result<> {
        const std::vector<std::int16_t> cutoffs = choose_cutoffs(corpus.dataset, study, last_year_of(signals.terms.series));
        if (cutoffs.empty()) return {};
        if (!study.fresh_topics) {
          if (std::optional<std::string> kept = TRY(kept_hindcast(workspace, run_options(study, depth), corpus.dataset.record_ids))) {
            made = std::move(*kept);
            return {};
          }
        }
        made = TRY(run_hindcast(corpus.dataset, *TRY(source.tokens()), study, Unit::term, cutoffs, progress));
        return {};
      }));
    }
  }

  const Manifest manifest = make_manifest(snapshot_id, study, prints);
  if (depth == Depth::full) {
    ArchiveWriter writer;
    writer(manifest);
    TRY(stages.save("manifest", make_fingerprint({manifest.run_id}), std::move(writer).take()));
    TRY(record_generation(workspace, plan, snapshot_id, topics, corpus.dataset.document_count()));
  }
  StudyResult result = assemble(manifest, std::move(corpus), std::move(topics), std::move(signals));
  result.networks = std::move(networks);
  result.map = std::move(map.map);
  result.hindcast_json = std::move(hindcast);
  result.stages = stages.times();
  if (depth == Depth::full) {
    TRY(save_ranking(stages, result));
    TRY(judge_result(workspace, run_row, prints.signals, result, progress));
  }
  return result;
}

}  // namespace

std::string_view to_string(Unit unit) { return unit == Unit::term ? "term" : "topic"; }

Result<Unit> parse_unit(std::string_view name) {
  if (name == "term") return Unit::term;
  if (name == "topic") return Unit::topic;
  return fail(ErrorKind::invalid_input, "\"{}\" is no unit: term or topic", name);
}

Result<StudyResult> run_study(Workspace& workspace, const Study& asked, Depth depth, Progress& progress, Place place) {
  if (asked.topic_count == kSearchTopicCount && asked.topic_method != TopicMethod::lda) {
    return fail(ErrorKind::invalid_input, "a number of topics is searched for with the method lda only: give topics.count a number, or 0, with the method embedded");
  }
  Study study = asked;
  study.terms.decisions = TRY(term_decisions(workspace));
  study.held = held_documents(TRY(standing_judgements(workspace)));
  const store::SnapshotRow snapshot = TRY(update_snapshot(workspace, study.thread_count, progress));  // merges what `import --no-merge` left
  store::AppDb& app = workspace.lake.app();
  const std::int64_t run_row = TRY(app.start_run(snapshot.id, run_options(study, depth)));
  Result<StudyResult> result = run_stages(workspace, study, depth, snapshot.id, run_row, progress);
  const std::string_view finished = depth == Depth::ranking ? "finished_ranking" : place == Place::aside ? "finished_aside" : "finished";
  const std::string_view status = result ? finished : result.error().kind == ErrorKind::cancelled ? "cancelled" : "failed";
  TRY(app.finish_run(run_row, status));
  return result;
}

Result<Study> workspace_study(const Workspace& workspace) {
  const std::filesystem::path beside = workspace.lake.path("study.toml");
  std::error_code ignored;
  return std::filesystem::exists(beside, ignored) ? read_study(beside) : Study{};
}

namespace {

// A stage of a stored run. Errors: corrupt  the file is gone or fails its check; not_found  another version of the program wrote it
template <class T>
Result<> read_stage(const Workspace& workspace, const StageStore& stages, std::int64_t run, const std::string& stage, const std::string& fingerprint, T& value) {
  const std::string root = workspace.root().string();
  if (!stages.has(stage, fingerprint)) return fail(ErrorKind::corrupt, "the {} of run {} is missing: run `jianwei run {}` again", stage, run, root);
  if (const std::optional<std::string> payload = TRY(stages.load(stage, fingerprint))) {
    ArchiveReader reader(*payload);
    reader(value);
    if (reader.ok()) return {};
  }
  // The bytes are those written (their checksum holds), but not in the shape that this program reads.
  return fail(ErrorKind::not_found, "run {} was made by another version of Jianwei than this one ({}): run `jianwei run {}` again", run, JIANWEI_VERSION, root);
}

// The newest finished run that holds a manifest (of the id `wanted`, "" = any), and the fingerprints of its stages.
struct StoredRun {
  std::int64_t id = 0;
  Manifest manifest;
  std::map<std::string, std::string> fingerprints;
};

Result<StoredRun> find_stored_run(Workspace& workspace, std::string_view wanted = {}) {
  store::AppDb& app = workspace.lake.app();
  for (const store::RunRow& row : TRY(app.runs())) {
    if (row.status != "finished") continue;
    for (const store::ArtifactRow& artifact : TRY(app.artifacts(row.id))) {
      if (artifact.stage != "manifest") continue;
      StoredRun run;
      run.id = row.id;
      const Result<> read = read_stage(workspace, StageStore(workspace, row.id), row.id, "manifest", artifact.fingerprint, run.manifest);
      if (!wanted.empty() && (!read || run.manifest.run_id != wanted)) continue;
      if (!read) return tl::unexpected(read.error());
      run.fingerprints = {run.manifest.stages.begin(), run.manifest.stages.end()};
      return run;
    }
  }
  if (!wanted.empty()) return fail(ErrorKind::not_found, "no finished run {} in this workspace", wanted);
  return fail(ErrorKind::not_found, "no run yet in this workspace: `jianwei run {}` makes one", workspace.root().string());
}

// What the machine said.
Result<StudyResult> read_run(Workspace& workspace, StoredRun& run) {
  const StageStore stages(workspace, run.id);
  const auto read = [&](const std::string& stage, auto& value) { return read_stage(workspace, stages, run.id, stage, run.fingerprints[stage], value); };
  CorpusArtifact corpus;
  TopicStage topics;
  SignalArtifact signals;
  std::vector<NetworkResult> networks;
  MapArtifact map;
  std::string hindcast;
  TRY(read("corpus", corpus));
  TRY(read("topics", topics));
  TRY(read("signals", signals));
  TRY(read("networks", networks));
  if (run.fingerprints.count("map") != 0) TRY(read("map", map));  // runs before maps have none
  if (run.fingerprints.count("hindcast") != 0 && stages.has("hindcast", run.fingerprints["hindcast"])) TRY(read("hindcast", hindcast));

  StudyResult result = assemble(run.manifest, std::move(corpus), std::move(topics), std::move(signals));
  result.networks = std::move(networks);
  result.map = std::move(map.map);
  result.hindcast_json = std::move(hindcast);
  return result;
}

// The columns of the machine's terms as those of the corrected result; -1 for terms that are hidden.
std::vector<std::int32_t> corrected_columns(const std::vector<TermRow>& machine, const StudyResult& result) {
  std::map<std::string_view, std::int32_t> place;
  for (std::size_t t = 0; t < result.terms.size(); ++t) place.emplace(result.terms[t].id, static_cast<std::int32_t>(t));
  std::map<std::string_view, std::string_view> became;
  for (const JudgedObject& object : result.judged.objects) {
    if (object.type == "term" && object.state == "merged") became.emplace(object.id, object.became.front());
  }
  std::vector<std::int32_t> column;
  for (const TermRow& term : machine) {
    std::string_view id = term.id;
    for (auto next = became.find(id); next != became.end(); next = became.find(id)) id = next->second;
    const auto found = place.find(id);
    column.push_back(found == place.end() ? -1 : found->second);
  }
  return column;
}

text::CountMatrix with_columns(const text::CountMatrix& counts, const std::vector<std::int32_t>& column, std::size_t column_count) {
  text::CountMatrix made;
  made.row_count = counts.row_count;
  made.column_count = static_cast<std::int64_t>(column_count);
  made.offsets = {0};
  std::map<std::int32_t, std::int32_t> row;
  for (std::size_t d = 0; d + 1 < counts.offsets.size(); ++d) {
    row.clear();
    for (auto e = static_cast<std::size_t>(counts.offsets[d]); e < static_cast<std::size_t>(counts.offsets[d + 1]); ++e) {
      if (const std::int32_t c = column[static_cast<std::size_t>(counts.columns[e])]; c >= 0) row[c] += counts.counts[e];
    }
    for (const auto& [c, count] : row) {
      made.columns.push_back(c);
      made.counts.push_back(count);
    }
    made.offsets.push_back(static_cast<std::int64_t>(made.columns.size()));
  }
  return made;
}

}  // namespace

Result<StudyResult> load_latest_run(Workspace& workspace) {
  StoredRun run = TRY(find_stored_run(workspace));
  StudyResult result = TRY(read_run(workspace, run));
  Progress silent;
  TRY(judge_result(workspace, run.id, run.fingerprints["signals"], result, silent));
  return result;
}

Result<StudyResult> load_machine_run(Workspace& workspace, std::string_view run_id) {
  StoredRun run = TRY(find_stored_run(workspace, run_id));
  return read_run(workspace, run);
}

Result<text::CountMatrix> load_run_counts(Workspace& workspace, const StudyResult& result) {
  StoredRun run = TRY(find_stored_run(workspace, result.run_id));
  CorpusArtifact corpus;
  TRY(read_stage(workspace, StageStore(workspace, run.id), run.id, "corpus", run.fingerprints["corpus"], corpus));
  const std::vector<std::int32_t> column = corrected_columns(corpus.terms, result);
  const bool same = result.terms.size() == corpus.terms.size() && std::find(column.begin(), column.end(), -1) == column.end();
  return same ? std::move(corpus.counts) : with_columns(corpus.counts, column, result.terms.size());
}

Result<TermEvidences> load_term_evidence(Workspace& workspace, const StudyResult& result) {
  StoredRun run = TRY(find_stored_run(workspace, result.run_id));
  const StageStore stages(workspace, run.id);
  const std::string& fingerprint = run.fingerprints["corpus"];
  std::vector<std::pair<std::string, text::TermEvidence>> rows;
  if (stages.has(kEvidenceStage, fingerprint)) TRY(read_stage(workspace, stages, run.id, std::string(kEvidenceStage), fingerprint, rows));
  return TermEvidences(rows.begin(), rows.end());
}

void write_evidence(JsonWriter& json, const TermRow& term, const text::TermEvidence& evidence) {
  json.begin_object();
  if (term.word_count > 1) json.field("npmi", evidence.npmi).field("significance", evidence.significance);
  json.field("c_value", evidence.c_value).field("left_entropy", evidence.left_entropy).field("right_entropy", evidence.right_entropy).field("keyword_documents", evidence.keyword_documents).end_object();
}

Result<std::optional<analysis::VectorTable>> load_run_vectors(const Workspace& workspace, const StudyResult& result, Progress& progress) {
  Documents documents;
  return encode_documents(
      workspace, result.study,
      [&]() -> Result<const Documents*> {
        documents = TRY(load_documents(workspace, make_filter(result.study), progress, result.study.thread_count));
        if (documents.dataset.record_ids != result.dataset.record_ids) return fail(ErrorKind::conflict, "the records changed since the run: `jianwei run {}` first", workspace.root().string());
        return &documents;
      },
      progress);
}

Result<std::string> hindcast_study(Workspace& workspace, const Study& asked, Unit unit, Progress& progress) {
  Study study = asked;
  study.terms.decisions = TRY(term_decisions(workspace));
  const store::SnapshotRow snapshot = TRY(update_snapshot(workspace, study.thread_count, progress));  // merges what `import --no-merge` left
  const std::int64_t run_row = TRY(workspace.lake.app().start_run(snapshot.id, fmt::format("hindcast {} {}", to_string(unit), fingerprint_text(study))));
  StageStore stages(workspace, run_row);
  TextSource source(workspace, study, progress);
  const std::string fingerprint = make_fingerprint({kCodeVersion, data_version(workspace, snapshot.id), fingerprint_text(study), to_string(unit), "hindcast"});
  std::string json;
  Result<> done = stages.stage<std::string>("hindcast", fingerprint, json, [&](std::string& made) -> Result<> {
    const Documents* documents = TRY(source.documents());
    const analysis::YearRange years = covered_years(documents->dataset);
    std::vector<double> corpus(static_cast<std::size_t>(std::max<std::int64_t>(0, years.count())), 0.0);
    for (const std::int16_t year : documents->dataset.year) {
      if (year >= years.first && year <= years.last) corpus[static_cast<std::size_t>(years.index(year))] += 1;
    }
    const std::vector<std::int16_t> cutoffs = choose_cutoffs(documents->dataset, study, last_complete_year(documents->dataset, years, corpus));
    if (!cutoffs.empty()) made = TRY(run_hindcast(documents->dataset, *TRY(source.tokens()), study, unit, cutoffs, progress));
    if (made.empty()) {
      return fail(ErrorKind::invalid_input, "the records span {}–{}: no cut-off year has enough history before it and {} years after it", years.first, years.last, study.horizon_years);
    }
    return {};
  });
  TRY(workspace.lake.app().finish_run(run_row, done ? "finished_hindcast" : "failed"));
  if (!done) return tl::unexpected(done.error());
  return json;
}

}  // namespace jianwei::workflow
