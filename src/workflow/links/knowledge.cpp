// Two passes: the sentences of every document give relations between terms (documents in parallel blocks, joined in order); the columns of
// the dataset give the rest. Each relation keeps the first record that says it, so evidence does not depend on threads.
#include "workflow/links/knowledge.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "analysis/graph/networks.h"
#include "analysis/knowledge/sentence_relations.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "records/record_key.h"
#include "records/unicode.h"
#include "store/record_columns.h"
#include "workflow/cache.h"
#include "workflow/documents.h"
#include "workflow/links/study_links.h"

namespace jianwei::workflow {

template <class A>
void archive(A& a, Entity& v) {
  a(v.id, v.kind, v.label, v.documents);
}
template <class A>
void archive(A& a, Relation& v) {
  a(v.source, v.target, v.name, v.documents, v.record, v.sentence);
}
template <class A>
void archive(A& a, Knowledge& v) {
  a(v.entities, v.relations);
}

namespace {

using analysis::TermRelation;

constexpr std::string_view kTablesVersion = "knowledge 1";  // changes with the patterns, the relations or their order

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

constexpr std::int64_t kDocumentsPerBlock = 512;
constexpr std::size_t kMaxSentenceBytes = 600;  // longer "sentences" are tables or lists

// What is known so far of one relation; sentences are cut out of the texts at the end, for the relations that stay.
struct Found {
  std::int64_t documents = 0;
  std::int32_t document = 0;            // the first
  std::uint32_t begin = 0, end = 0;     // of the sentence in the document's title + '\n' + abstract
  std::int32_t last_document = -1;      // so that a document counts once
};

struct Key {
  std::int32_t source, target;
  TermRelation relation;
  bool operator==(const Key&) const = default;
};
struct KeyHash {
  std::size_t operator()(const Key& key) const {
    return hash_combine(static_cast<std::uint64_t>(key.source) << 32 | static_cast<std::uint32_t>(key.target), static_cast<std::uint64_t>(key.relation));
  }
};

std::string text_of(const text::DocumentText& document) { return std::string(document.title) + "\n" + std::string(document.abstract); }

struct Mention {
  Key key;
  std::int32_t document;
  std::uint32_t begin, end;
};

std::vector<Mention> read_block(const analysis::TermFinder& finder, const Documents& documents, std::int64_t begin, std::int64_t end) {
  std::vector<Mention> mentions;
  for (std::int64_t d = begin; d < end; ++d) {
    const std::string text = text_of(documents.texts[at(d)]);
    for (const std::string_view sentence : analysis::split_sentences(text)) {
      if (sentence.size() > kMaxSentenceBytes) continue;
      const auto place = static_cast<std::uint32_t>(sentence.data() - text.data());
      for (const analysis::FoundRelation& found : analysis::relate_terms(finder, sentence)) {
        mentions.push_back({{found.source, found.target, found.relation}, static_cast<std::int32_t>(d), place, place + static_cast<std::uint32_t>(sentence.size())});
      }
    }
  }
  return mentions;
}

using FoundRelations = std::unordered_map<Key, Found, KeyHash>;

Result<FoundRelations> read_sentences(const StudyResult& result, const Documents& documents, Progress& progress) {
  analysis::TermFinder finder;
  for (std::size_t t = 0; t < result.terms.size(); ++t) {
    finder.add(result.terms[t].label, static_cast<std::int32_t>(t));
    for (const std::string& form : result.terms[t].forms) finder.add(form, static_cast<std::int32_t>(t));
  }
  const auto count = static_cast<std::int64_t>(documents.texts.size());
  progress.begin("knowledge", count, "records");
  FoundRelations relations;
  // A few blocks at a time, so that mentions do not pile up.
  constexpr std::int64_t kBlocksAtOnce = 32;
  for (std::int64_t from = 0; from < count; from += kBlocksAtOnce * kDocumentsPerBlock) {
    const std::int64_t until = std::min(count, from + kBlocksAtOnce * kDocumentsPerBlock);
    std::vector<std::vector<Mention>> blocks(at(kBlocksAtOnce));
    parallel_blocks(until - from, kDocumentsPerBlock, result.study.thread_count,
                    [&](std::int64_t block, std::int64_t begin, std::int64_t end) { blocks[at(block)] = read_block(finder, documents, from + begin, from + end); });
    for (const std::vector<Mention>& block : blocks) {
      for (const Mention& mention : block) {
        Found& found = relations[mention.key];
        if (found.last_document == mention.document) continue;
        if (found.documents++ == 0) {
          found.document = mention.document;
          found.begin = mention.begin;
          found.end = mention.end;
        }
        found.last_document = mention.document;
      }
    }
    progress.advance(until - from);
    TRY(progress.check());
  }
  return relations;
}

class Builder {
 public:
  Builder(const StudyResult& result, const KnowledgeOptions& options) : result_(result), options_(options) {}

  void add_entities() {
    const analysis::Dataset& dataset = result_.dataset;
    terms_ = add_kind("term", result_.terms.size(), [&](std::size_t i) { return Entity{result_.terms[i].id, "term", result_.terms[i].label, result_.terms[i].document_count}; });
    topics_ = add_kind("topic", result_.topics.size(), [&](std::size_t i) { return Entity{result_.topics[i].id, "topic", result_.topics[i].label_en.empty() ? result_.topics[i].label_zh : result_.topics[i].label_en, result_.topics[i].document_count}; });
    persons_ = add_names("person", dataset.person_names, dataset.persons);
    organisations_ = add_names("organisation", dataset.organisation_names, dataset.organisations);
    countries_ = add_names("country", dataset.country_names, dataset.countries);
    analysis::IdLists venues;
    for (const std::int32_t venue : dataset.venue) {
      if (venue >= 0) venues.values.push_back(venue);
      venues.offsets.push_back(static_cast<std::int64_t>(venues.values.size()));
    }
    venues_ = add_names("venue", dataset.venue_names, venues);
    records_ = add_kind("record", result_.titles.size(), [&](std::size_t i) { return Entity{dataset.record_ids[i], "record", result_.titles[i], 1}; });
    document_venues_ = std::move(venues);
  }

  void add_term_relations(const FoundRelations& found, const Documents& documents) {
    std::map<std::string, std::vector<std::pair<Key, Found>>> by_name;
    for (const auto& [key, value] : found) {
      if (key.relation == TermRelation::co_occurs && value.documents < options_.min_co_occurrence) continue;
      by_name[std::string(analysis::to_string(key.relation))].emplace_back(key, value);
    }
    for (auto& [name, rows] : by_name) {
      std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return std::tuple(-a.second.documents, a.first.source, a.first.target) < std::tuple(-b.second.documents, b.first.source, b.first.target);
      });
      if (std::ssize(rows) > options_.max_relations) rows.resize(at(options_.max_relations));
      for (const auto& [key, value] : rows) {
        const std::string text = text_of(documents.texts[at(value.document)]);
        knowledge_.relations.push_back({terms_ + key.source, terms_ + key.target, name, value.documents, result_.dataset.record_ids[at(value.document)], text.substr(value.begin, value.end - value.begin)});
      }
    }
  }

  // Every pair of an item of `sources` and one of `targets` listed by the same document; of each source the `most` frequent targets.
  void add_pairs(const std::string& name, const analysis::IdLists& sources, std::int32_t source_base, const analysis::IdLists& targets, std::int32_t target_base, std::int64_t most) {
    add_counted(name, source_base, target_base, most, [&](const auto& use) {
      for (std::int64_t d = 0; d < result_.dataset.document_count(); ++d) {
        for (const std::int32_t source : sources.row(d)) {
          for (const std::int32_t target : targets.row(d)) use(source, target, static_cast<std::int32_t>(d));
        }
      }
    });
  }

  // `each` calls its argument with (source, target, document), documents increasing, a triple once.
  template <class Each>
  void add_counted(const std::string& name, std::int32_t source_base, std::int32_t target_base, std::int64_t most, const Each& each) {
    struct Pair {
      std::int64_t documents = 0;
      std::int32_t first = 0;
    };
    std::unordered_map<std::uint64_t, Pair> pairs;
    each([&](std::int32_t source, std::int32_t target, std::int32_t document) {
      Pair& pair = pairs[static_cast<std::uint64_t>(source) << 32 | static_cast<std::uint32_t>(target)];
      if (pair.documents++ == 0) pair.first = document;
    });
    std::vector<std::pair<std::uint64_t, Pair>> rows(pairs.begin(), pairs.end());
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return std::tuple(a.first >> 32, -a.second.documents, a.first) < std::tuple(b.first >> 32, -b.second.documents, b.first); });
    std::vector<std::pair<std::uint64_t, Pair>> kept;
    for (std::size_t i = 0, of_source = 0; i < rows.size(); ++i) {
      of_source = i > 0 && rows[i].first >> 32 == rows[i - 1].first >> 32 ? of_source + 1 : 0;
      if (static_cast<std::int64_t>(of_source) < most) kept.push_back(rows[i]);
    }
    std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return std::pair(-a.second.documents, a.first) < std::pair(-b.second.documents, b.first); });
    if (std::ssize(kept) > options_.max_relations) kept.resize(at(options_.max_relations));
    for (const auto& [key, pair] : kept) {
      const auto d = at(pair.first);
      knowledge_.relations.push_back({source_base + static_cast<std::int32_t>(key >> 32), target_base + static_cast<std::int32_t>(key & 0xffffffffU), name, pair.documents, result_.dataset.record_ids[d], result_.titles[d]});
    }
  }

  void add_field_relations(const Affiliations& affiliations) {
    const analysis::Dataset& dataset = result_.dataset;
    const analysis::UnitDocuments& units = result_.term_results.documents;
    const analysis::IdLists terms = analysis::transpose(analysis::IdLists{units.offsets, units.documents}, dataset.document_count());
    const analysis::UnitDocuments& topic_units = result_.topic_results.documents;
    const analysis::IdLists topics = analysis::transpose(analysis::IdLists{topic_units.offsets, topic_units.documents}, dataset.document_count());
    constexpr std::int64_t kAll = 1'000'000;
    add_pairs("works_on", dataset.persons, persons_, terms, terms_, options_.max_terms_of_person);
    add_pairs("works_on", dataset.organisations, organisations_, topics, topics_, options_.max_terms_of_person);
    add_counted("affiliated", persons_, organisations_, kAll, [&](const auto& use) {
      for (std::size_t i = 0; i < affiliations.documents.size(); ++i) use(affiliations.persons[i], affiliations.organisations[i], affiliations.documents[i]);
    });
    // A country is told of an organisation only where the record leaves no choice.
    add_pairs("located_in", single(dataset.organisations), organisations_, single(dataset.countries), countries_, 1);
    analysis::IdLists self;
    for (std::int64_t d = 0; d < dataset.document_count(); ++d) {
      self.values.push_back(static_cast<std::int32_t>(d));
      self.offsets.push_back(d + 1);
    }
    add_pairs("published_in", self, records_, document_venues_, venues_, kAll);
    add_pairs("about", self, records_, topics, topics_, 3);
    add_pairs("cites", self, records_, dataset.references, records_, kAll);
  }

  static analysis::IdLists single(const analysis::IdLists& lists) {
    analysis::IdLists made;
    for (std::size_t d = 0; d + 1 < lists.offsets.size(); ++d) {
      const auto row = lists.row(static_cast<std::int64_t>(d));
      if (row.size() == 1) made.values.push_back(row[0]);
      made.offsets.push_back(static_cast<std::int64_t>(made.values.size()));
    }
    return made;
  }

  // Entities without a relation are left out of the records, which are many.
  Knowledge finish() && {
    std::vector<std::int32_t> number(knowledge_.entities.size(), -1);
    std::vector<std::uint8_t> used(knowledge_.entities.size(), 0);
    for (const Relation& relation : knowledge_.relations) used[at(relation.source)] = used[at(relation.target)] = 1;
    Knowledge made;
    for (std::size_t e = 0; e < used.size(); ++e) {
      if (used[e] == 0 && knowledge_.entities[e].kind != "term" && knowledge_.entities[e].kind != "topic") continue;
      number[e] = static_cast<std::int32_t>(made.entities.size());
      made.entities.push_back(std::move(knowledge_.entities[e]));
    }
    made.relations = std::move(knowledge_.relations);
    for (Relation& relation : made.relations) {
      relation.source = number[at(relation.source)];
      relation.target = number[at(relation.target)];
    }
    return made;
  }

 private:
  template <class Make>
  std::int32_t add_kind(std::string_view, std::size_t count, Make make) {
    const auto base = static_cast<std::int32_t>(knowledge_.entities.size());
    for (std::size_t i = 0; i < count; ++i) knowledge_.entities.push_back(make(i));
    return base;
  }
  std::int32_t add_names(const std::string& kind, const std::vector<std::string>& names, const analysis::IdLists& lists) {
    std::vector<std::int64_t> documents(names.size(), 0);
    for (const std::int32_t name : lists.values) ++documents[at(name)];
    // An entity that people renamed keeps its id.
    const std::map<std::string, std::string> kept(result_.judged.entity_ids.begin(), result_.judged.entity_ids.end());
    return add_kind(kind, names.size(), [&](std::size_t i) {
      const auto found = kept.find(kind + "\t" + names[i]);
      return Entity{found == kept.end() ? named_id(kind, names[i]) : found->second, kind, names[i], documents[i]};
    });
  }

  const StudyResult& result_;
  const KnowledgeOptions& options_;
  Knowledge knowledge_;
  std::int32_t terms_ = 0, topics_ = 0, persons_ = 0, organisations_ = 0, countries_ = 0, venues_ = 0, records_ = 0;
  analysis::IdLists document_venues_;
};

// Documents of the run, in its order.
Result<Documents> load_texts(const Workspace& workspace, const StudyResult& result, Progress& progress) {
  DocumentFilter filter;
  filter.kinds = result.study.kinds;
  filter.sources = result.study.sources;
  filter.languages = result.study.languages;
  filter.query = result.study.query;
  filter.from = result.study.from;
  filter.until = result.study.until;
  Documents documents = TRY(load_documents(workspace, filter, progress, result.study.thread_count));
  if (documents.dataset.record_ids != result.dataset.record_ids) {
    return fail(ErrorKind::not_found, "the data have changed since the run: run `jianwei run {}` again", workspace.root().string());
  }
  return documents;
}

}  // namespace

Result<Knowledge> build_knowledge(const Workspace& workspace, const StudyResult& result, const KnowledgeOptions& options, Progress& progress) {
  const std::string fingerprint = fmt::format("{} {} {} {} {} {}", kTablesVersion, result.run_id, result.snapshot_id, options.max_relations, options.min_co_occurrence, options.max_terms_of_person);
  Knowledge kept;
  if (read_cache(workspace, "knowledge", fingerprint, kept)) return kept;
  const Documents documents = TRY(load_texts(workspace, result, progress));
  const FoundRelations found = TRY(read_sentences(result, documents, progress));
  const Affiliations affiliations = TRY(load_affiliations(workspace, result.snapshot_id, result.dataset));
  Builder builder(result, options);
  builder.add_entities();
  builder.add_term_relations(found, documents);
  builder.add_field_relations(affiliations);
  Knowledge made = std::move(builder).finish();
  write_cache(workspace, "knowledge", fingerprint, made);
  return made;
}

}  // namespace jianwei::workflow
