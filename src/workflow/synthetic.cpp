// One output stream per file under a `.part` name; all are renamed when the last record is written.
#include "workflow/synthetic.h"

#include <array>
#include <fstream>
#include <map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/strings.h"

namespace jianwei {
namespace {

std::string_view first_doi(const Record& record) { return find_identifier(record, "doi"); }

std::string to_ris(const Record& record) {
  std::string text = "TY  - JOUR\n";
  const auto line = [&](std::string_view tag, std::string_view value) {
    if (!value.empty()) text += fmt::format("{}  - {}\n", tag, value);
  };
  for (const Person& person : record.persons) line("AU", person.name);
  line("TI", record.title);
  line("T2", record.venue);
  line("AB", record.abstract);
  for (const std::string& keyword : record.keywords) line("KW", keyword);
  line("PY", std::to_string(record.date.year));
  line("DA", fmt::format("{}/{:02}", record.date.year, static_cast<int>(record.date.month)));
  line("VL", record.volume);
  line("IS", record.issue);
  const std::size_t dash = record.pages.find('-');
  line("SP", std::string_view(record.pages).substr(0, dash));
  if (dash != std::string::npos) line("EP", std::string_view(record.pages).substr(dash + 1));
  line("DO", first_doi(record));
  line("LA", record.language == "zh" ? "Chinese" : "English");
  for (const Organisation& organisation : record.organisations) line("AD", organisation.name + ", " + organisation.country);
  line("PB", record.publisher);
  line("AN", record.provenance.own_id);
  line("ID", record.provenance.own_id);
  return text + "ER  - \n\n";
}

std::string csv_cell(std::string_view text) { return '"' + replace_all(std::string(text), "\"", "\"\"") + '"'; }

std::string csv_row(std::span<const std::string> cells) {
  std::string row;
  for (const std::string& cell : cells) row += (row.empty() ? "" : ",") + csv_cell(cell);
  return row + "\n";
}

constexpr std::string_view kScopusHeader =
    "\"Authors\",\"Title\",\"Year\",\"Source title\",\"Volume\",\"Issue\",\"Page start\",\"Page end\",\"Cited by\",\"DOI\",\"Affiliations\",\"Abstract\","
    "\"Author Keywords\",\"Funding Details\",\"References\",\"Publisher\",\"Language of Original Document\",\"Document Type\",\"Source\",\"EID\"\n";

// "Smith, Ann" -> "Smith, A.", as Scopus writes the authors of references.
std::string with_initial(const std::string& author) {
  const std::size_t comma = author.find(", ");
  return comma == std::string::npos ? author : author.substr(0, comma + 3) + ".";
}

std::string to_scopus(const Record& record) {
  std::string authors, affiliations, keywords, funding, references;
  const auto append = [](std::string& list, const std::string& item) { list += (list.empty() ? "" : "; ") + item; };
  for (const Person& person : record.persons) append(authors, person.name);
  for (const Organisation& organisation : record.organisations) append(affiliations, organisation.name + ", " + organisation.country);
  for (const std::string& keyword : record.keywords) append(keywords, keyword);
  for (const Funding& grant : record.funding) append(funding, grant.funder + ": " + grant.award);
  for (const Reference& reference : record.references) append(references, fmt::format("{}, {} ({}) {}", with_initial(reference.author), reference.title, reference.year, reference.venue));
  const std::size_t dash = record.pages.find('-');
  const std::array<std::string, 20> cells = {authors, record.title, std::to_string(record.date.year), record.venue, record.volume, record.issue, record.pages.substr(0, dash),
                                             dash == std::string::npos ? "" : record.pages.substr(dash + 1), std::to_string(record.citation_count.value_or(0)), std::string(first_doi(record)),
                                             affiliations, record.abstract, keywords, funding, references, record.publisher, record.language == "zh" ? "Chinese" : "English", "Article",
                                             "Scopus", record.provenance.own_id};
  return csv_row(cells);
}

// OpenAlex gives abstracts as an index of words and their places.
void write_inverted_index(JsonWriter& json, std::string_view abstract) {
  std::map<std::string_view, std::vector<std::int64_t>> places;
  std::int64_t place = 0;
  for (const std::string_view word : split(abstract, " ")) places[word].push_back(place++);
  json.begin_object();
  for (const auto& [word, at] : places) {
    json.key(word).begin_array();
    for (const std::int64_t p : at) json.value(p);
    json.end_array();
  }
  json.end_object();
}

std::string to_openalex(const Record& record) {
  JsonWriter json;
  json.begin_object().field("id", "https://openalex.org/" + record.provenance.own_id);
  if (!first_doi(record).empty()) json.field("doi", "https://doi.org/" + std::string(first_doi(record)));
  json.field("title", record.title).field("display_name", record.title).field("publication_year", record.date.year);
  json.field("publication_date", fmt::format("{}-{:02}-01", record.date.year, static_cast<int>(record.date.month)));
  json.field("language", record.language).field("type", record.type);
  json.key("primary_location").begin_object().key("source").begin_object().field("display_name", record.venue).field("host_organization_name", record.publisher).end_object().end_object();
  json.key("biblio").begin_object().field("volume", record.volume).field("issue", record.issue);
  json.field("first_page", record.pages.substr(0, record.pages.find('-'))).end_object();
  json.key("authorships").begin_array();
  for (const Person& person : record.persons) {
    json.begin_object().key("author").begin_object().field("display_name", person.name).end_object().key("institutions").begin_array();
    for (const std::int32_t index : person.organisations) {
      const Organisation& organisation = record.organisations[static_cast<std::size_t>(index)];
      json.begin_object().field("display_name", organisation.name).field("country_code", organisation.country).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().key("keywords").begin_array();
  for (const std::string& keyword : record.keywords) json.begin_object().field("display_name", keyword).end_object();
  json.end_array().key("grants").begin_array();
  for (const Funding& funding : record.funding) json.begin_object().field("funder_display_name", funding.funder).field("award_id", funding.award).end_object();
  json.end_array().field("cited_by_count", record.citation_count.value_or(0));
  if (!record.abstract.empty()) {
    json.key("abstract_inverted_index");
    write_inverted_index(json, record.abstract);
  }
  json.end_object();
  return std::move(json).text() + "\n";
}

// The plan, written before the lists that grow with the corpus.
void write_plan(JsonWriter& json, const analysis::SyntheticCorpus& corpus) {
  json.field("synthetic", true).field("seed", static_cast<std::int64_t>(corpus.options().seed)).field("works", corpus.options().work_count);
  json.key("topics").begin_array();
  for (const analysis::SyntheticTopic& topic : corpus.plan().topics) {
    constexpr std::array<std::string_view, 3> kNames = {"steady", "emerging", "fading"};
    json.begin_object().field("trend", kNames[static_cast<std::size_t>(topic.trend)]).field("start_year", topic.start_year).key("terms").begin_array();
    for (const analysis::SyntheticTerm& term : topic.terms) json.begin_object().field("en", term.en).field("zh", term.zh).end_object();
    json.end_array().end_object();
  }
  json.end_array();
  const auto write_signals = [&](std::string_view name, const std::vector<analysis::SyntheticSignal>& list) {
    json.key(name).begin_array();
    for (const analysis::SyntheticSignal& signal : list) {
      json.begin_object().field("en", signal.term.en).field("zh", signal.term.zh).field("topic", signal.topic).field("first_year", signal.first_year).field("last_year", signal.last_year).end_object();
    }
    json.end_array();
  };
  write_signals("bursts", corpus.plan().bursts);
  write_signals("weak_signals", corpus.plan().weak_signals);
  json.key("communities").begin_array();
  for (std::int32_t community = 0; community < corpus.options().community_count; ++community) {
    json.begin_array();
    for (std::int32_t author = 0; author < corpus.authors_per_community(); ++author) json.value(corpus.author_name(community, author));
    json.end_array();
  }
  json.end_array();
}

// An output that appears under its name only when finished.
struct Output {
  std::filesystem::path path;
  std::ofstream stream;
  explicit Output(const std::filesystem::path& target) : path(target), stream(target.string() + ".part", std::ios::binary | std::ios::trunc) {}
  Result<> finish() {
    stream.close();
    if (!stream) return fail(ErrorKind::unavailable, "cannot write {}", path.string());
    std::error_code error;
    std::filesystem::rename(path.string() + ".part", path, error);
    if (error) return fail(ErrorKind::unavailable, "cannot rename to {}: {}", path.string(), error.message());
    return sync_path(path);
  }
};

}  // namespace

Result<SyntheticFiles> write_synthetic(const std::filesystem::path& folder, const analysis::SyntheticOptions& options, Progress& progress) {
  const analysis::SyntheticCorpus corpus = TRY(analysis::SyntheticCorpus::make(options));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorKind::unavailable, "cannot make {}: {}", folder.string(), error.message());
  Output ris(folder / "synthetic_wos.ris");
  Output scopus(folder / "synthetic_scopus.csv");
  Output openalex(folder / "synthetic_openalex.jsonl");
  Output projects(folder / "synthetic_projects.csv");
  Output truth(folder / "truth.json");
  SyntheticFiles files{{ris.path, scopus.path, openalex.path, projects.path}, truth.path, 0};

  JsonWriter plan;
  plan.begin_object();
  write_plan(plan, corpus);
  scopus.stream << kScopusHeader;
  projects.stream << "\"Grant Number\",\"Kind\",\"Title\",\"Start Date\",\"Principal Investigator\",\"Funder\",\"Publisher\",\"Language\"\n";
  // The lists of works follow the plan in the same object, one work a line.
  truth.stream << plan.text() << ",\n\"work_records\":[";
  progress.begin("synthetic.write", options.work_count, "works");
  for (std::int64_t i = 0; i < options.work_count; ++i) {
    const analysis::SyntheticWork work = corpus.work(i);
    JsonWriter line;
    line.begin_object().field("topic", work.topic).field("community", work.community).key("same").begin_array();
    for (std::size_t c = 0; c < work.copies.size(); ++c) {
      const Record& copy = work.copies[c];
      if (copy.provenance.format == "ris") ris.stream << to_ris(copy);
      if (copy.provenance.format == "scopus") scopus.stream << to_scopus(copy);
      if (copy.provenance.format == "openalex") openalex.stream << to_openalex(copy);
      if (static_cast<std::int32_t>(c) != work.preprint) line.value(copy.provenance.own_id);
    }
    line.end_array();
    if (work.preprint >= 0) line.field("preprint", work.copies[static_cast<std::size_t>(work.preprint)].provenance.own_id);
    line.end_object();
    truth.stream << (i == 0 ? "\n" : ",\n") << line.text();
    files.record_count += static_cast<std::int64_t>(work.copies.size());
    progress.advance();
    if ((i & 0x3ff) == 0) TRY(progress.check());
  }
  truth.stream << "\n]}\n";
  for (std::int64_t g = 0; g < corpus.grant_count(); ++g) {
    const Record grant = corpus.grant(g);
    const std::array<std::string, 8> cells = {grant.provenance.own_id, "project", grant.title, std::to_string(grant.date.year), grant.persons[0].name, grant.funding[0].funder, grant.publisher, grant.language};
    projects.stream << csv_row(cells);
    ++files.record_count;
  }
  for (Output* output : {&ris, &scopus, &openalex, &projects, &truth}) TRY(output->finish());
  return files;
}

}  // namespace jianwei
