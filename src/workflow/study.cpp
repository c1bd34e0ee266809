#include "workflow/study.h"

#include <algorithm>

#include "base/hash.h"
#include "base/strings.h"
#include "base/toml.h"

namespace jianwei::workflow {
namespace {

// Reads keys out of one table and remembers which it knows, so that a misspelt key is an error and not a silent default.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string file, std::string name) : table_(table), file_(std::move(file)), name_(std::move(name)) {}

  template <class T>
  void read(std::string_view key, T& target) {
    const toml::node* node = known(key);
    if (node == nullptr) return;
    if (const auto value = node->value<T>()) {
      target = *value;
    } else {
      wrong(*node, key);
    }
  }

  void read(std::string_view key, std::vector<std::string>& target) {
    const toml::node* node = known(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr) {
      if (const auto one = node->value<std::string>()) target = {*one};
      else wrong(*node, key);
      return;
    }
    target.clear();
    for (const toml::node& item : *array) {
      if (const auto text = item.value<std::string>()) target.push_back(*text);
      else wrong(item, key);
    }
  }

  void read_number_or_word(std::string_view key, std::string& target) {
    const toml::node* node = known(key);
    if (node == nullptr) return;
    if (const auto number = node->value_exact<std::int64_t>()) target = std::to_string(*number);
    else if (const auto word = node->value_exact<std::string>()) target = *word;
    else wrong(*node, key);
  }

  Result<> finish() const {
    if (!problem_.empty()) return fail(ErrorKind::invalid_input, "{}", problem_);
    for (const auto& [key, node] : table_) {
      if (node.is_table() && name_.empty()) continue;
      if (std::find(known_.begin(), known_.end(), key.str()) == known_.end()) {
        return fail(ErrorKind::invalid_input, "{}:{}: unknown key '{}'{}; known are: {}", file_, node.source().begin.line, key.str(),
                    name_.empty() ? "" : fmt::format(" in [{}]", name_), join(known_, ", "));
      }
    }
    return {};
  }

 private:
  const toml::node* known(std::string_view key) {
    known_.emplace_back(key);
    return table_.get(key);
  }
  void wrong(const toml::node& node, std::string_view key) {
    if (problem_.empty()) problem_ = fmt::format("{}:{}: '{}' has the wrong type; docs/study.md shows the form", file_, node.source().begin.line, key);
  }

  const toml::table& table_;
  std::string file_;
  std::string name_;
  std::vector<std::string> known_;
  std::string problem_;
};

const toml::table& subtable(const toml::table& root, std::string_view name) {
  static const toml::table kEmpty;
  const toml::table* table = root[name].as_table();
  return table != nullptr ? *table : kEmpty;
}

}  // namespace

std::string_view to_string(TopicMethod method) { return method == TopicMethod::lda ? "lda" : "embedded"; }

Result<TopicMethod> parse_topic_method(std::string_view name) {
  if (name == "lda") return TopicMethod::lda;
  if (name == "embedded") return TopicMethod::embedded;
  return fail(ErrorKind::invalid_input, "\"{}\" is no way to find topics: lda or embedded", name);
}

Result<std::int32_t> parse_topic_count(std::string_view text) {
  if (text == "auto") return kSearchTopicCount;
  const auto value = parse_int(text);
  if (!value || *value < 0 || *value > 5000) return fail(ErrorKind::invalid_input, "\"{}\" is no number of topics: write auto (searched for), 0 (chosen from the number of documents) or up to 5000", text);
  return static_cast<std::int32_t>(*value);
}

Result<CutoffRange> parse_cutoffs(std::string_view text) {
  if (text == "all") return CutoffRange{0, 2999, 1};  // chosen from the data, but as many as there are
  const std::vector<std::string_view> parts = split(text, ":");
  std::vector<std::int16_t> years;
  for (const std::string_view part : parts) {
    const auto value = parse_int(part);
    if (!value || *value < 1 || *value > 2999) return fail(ErrorKind::invalid_input, "\"{}\" is not a range of cut-off years: write 2008:2018, or 2008:2018:2 for every second year, or all", text);
    years.push_back(static_cast<std::int16_t>(*value));
  }
  CutoffRange range{years[0], years.back(), 1};
  if (years.size() > 1) range.last = years[1];
  if (years.size() > 2) range.step = years[2];
  if (years.size() > 3 || range.last < range.first || range.first < 1000) {
    return fail(ErrorKind::invalid_input, "\"{}\" is not a range of cut-off years: write 2008:2018, or 2008:2018:2 for every second year, or all", text);
  }
  return range;
}

Result<Study> read_study(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return fail(ErrorKind::not_found, "{}: no such study file", path.string());
  toml::table root;
  try {
    root = toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::invalid_input, "{}:{}: not TOML: {}", path.string(), error.source().begin.line, error.description());
  } catch (const std::invalid_argument& error) {
    return fail(ErrorKind::invalid_input, "{}: {}", path.string(), error.what());
  }

  Study study;
  std::vector<std::string> kinds;
  std::string cutoffs;
  std::int64_t seed = 1;
  const std::string file = path.string();

  TableReader top(root, file, "");
  top.read("title", study.title);
  top.read("question", study.question);
  top.read("seed", seed);
  TRY(top.finish());
  for (const auto& [key, node] : root) {
    constexpr std::array<std::string_view, 5> kTables = {"records", "terms", "topics", "emergence", "hindcast"};
    if (node.is_table() && std::find(kTables.begin(), kTables.end(), key.str()) == kTables.end()) {
      return fail(ErrorKind::invalid_input, "{}:{}: unknown table [{}]; known are records, terms, topics, emergence, hindcast", file, node.source().begin.line, key.str());
    }
  }

  TableReader records(subtable(root, "records"), file, "records");
  records.read("kinds", kinds);
  records.read("sources", study.sources);
  records.read("languages", study.languages);
  records.read("query", study.query);
  records.read("from", study.from);
  records.read("until", study.until);
  TRY(records.finish());

  TableReader terms(subtable(root, "terms"), file, "terms");
  terms.read("min_documents", study.terms.min_documents);
  terms.read("max_document_share", study.terms.max_document_share);
  terms.read("max_words", study.terms.max_words);
  terms.read("max_terms", study.terms.max_terms);
  TRY(terms.finish());

  TableReader topics(subtable(root, "topics"), file, "topics");
  std::string method(to_string(study.topic_method));
  topics.read("method", method);
  std::string topic_count = std::to_string(study.topic_count);
  topics.read_number_or_word("count", topic_count);
  topics.read("iterations", study.topic_iterations);
  TRY(topics.finish());

  TableReader emergence(subtable(root, "emergence"), file, "emergence");
  emergence.read("horizon_years", study.horizon_years);
  emergence.read("escore", study.emergence_escore);
  TRY(emergence.finish());

  TableReader hindcast(subtable(root, "hindcast"), file, "hindcast");
  hindcast.read("enabled", study.hindcast);
  hindcast.read("cutoffs", cutoffs);
  TRY(hindcast.finish());

  const Result<TopicMethod> topic_method = parse_topic_method(method);
  if (!topic_method) return fail(ErrorKind::invalid_input, "{}: topics.method: {}", file, topic_method.error().message);
  study.topic_method = *topic_method;
  for (const std::string& name : kinds) {
    const auto kind = parse_record_kind(name);
    if (!kind) return fail(ErrorKind::invalid_input, "{}: kinds: \"{}\" is none of work, patent, project, event, post, policy", file, name);
    study.kinds.push_back(*kind);
  }
  if (!cutoffs.empty()) study.cutoffs = TRY(parse_cutoffs(cutoffs));
  study.seed = static_cast<std::uint64_t>(seed);
  if (study.horizon_years < 1 || study.horizon_years > 20) return fail(ErrorKind::invalid_input, "{}: horizon_years is {}, expected 1 to 20", file, study.horizon_years);
  const Result<std::int32_t> count = parse_topic_count(topic_count);
  if (!count) return fail(ErrorKind::invalid_input, "{}: topics.count: {}", file, count.error().message);
  study.topic_count = *count;
  return study;
}

namespace {

std::string decisions_text(const text::TermDecisions& decisions) {
  std::string text;
  for (const std::string& stop : decisions.stops) text += "stop " + stop + "\n";
  for (const auto& group : decisions.synonyms) text += "synonyms " + join(group, "|") + "\n";
  for (const auto& [zh, en] : decisions.pairs) text += "pair " + zh + "|" + en + "\n";
  for (const auto& [zh, en] : decisions.refused_pairs) text += "refused " + zh + "|" + en + "\n";
  return text;
}

}  // namespace

std::string fingerprint_text(const Study& study) {
  const std::string decisions = decisions_text(study.terms.decisions);
  std::string kinds;
  for (const RecordKind kind : study.kinds) kinds += std::string(to_string(kind)) + ",";
  return fmt::format("kinds={} sources={} languages={} query={} from={} until={} terms={}/{}/{}/{} topics={}/{}/{} horizon={} escore={} cutoffs={}:{}:{} hindcast={} seed={}{}",
                     kinds, join(study.sources, ","), join(study.languages, ","), study.query, study.from, study.until, study.terms.min_documents,
                     study.terms.max_document_share, study.terms.max_words, study.terms.max_terms, to_string(study.topic_method), study.topic_count, study.topic_iterations,
                     study.horizon_years, study.emergence_escore, study.cutoffs.first, study.cutoffs.last, study.cutoffs.step, study.hindcast, study.seed,
                     decisions.empty() ? "" : fmt::format(" decisions={:016x}", hash64(decisions)));
}

}  // namespace jianwei::workflow
