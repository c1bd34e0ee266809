#include "workflow/draft/draft.h"

#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
#include "base/strings.h"
#include "sources/live/http.h"
#include "store/app_db.h"
#include "workflow/expert_library/record_texts.h"
#include "workflow/indicators/indicators.h"
#include "workflow/report/show_unit.h"

namespace jianwei::workflow {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kWords = 15;

fs::path folder_of(const Workspace& workspace) { return workspace.root() / "drafts"; }

Result<sources::HttpHeaders> request_headers(const DraftSettings& settings) {
  sources::HttpHeaders headers = {{"Content-Type", "application/json"}};
  std::string key;
  if (!settings.key_variable.empty()) {
    const char* value = std::getenv(settings.key_variable.c_str());
    if (value == nullptr || *value == '\0') return fail(ErrorKind::invalid_input, "[draft] of jianwei.toml names the environment variable {}, which is not set: set it where jianwei runs", settings.key_variable);
    key = value;
  } else if (!settings.key_file.empty()) {
    const Result<std::string> text = read_file(settings.key_file);
    if (!text || trim(*text).empty()) return fail(ErrorKind::invalid_input, "key_file of [draft] in jianwei.toml cannot be read or is empty");
    key = trim(*text);
  }
  if (!key.empty()) headers.emplace_back("Authorization", "Bearer " + key);
  return headers;
}

// The first records of the topic, with their texts.
Result<std::vector<DraftRecord>> first_records(const Workspace& workspace, const StudyResult& result, std::string_view topic, std::int64_t count) {
  std::vector<DraftRecord> records;
  std::vector<std::string> ids;
  for (const std::int32_t document : TRY(show_unit(result, topic, Language::en)).documents) {
    if (std::ssize(records) == count) break;
    const auto d = static_cast<std::size_t>(document);
    ids.push_back(result.dataset.record_ids[d]);
    records.push_back({ids.back(), result.titles[d], "", result.dataset.year[d]});
  }
  if (records.empty()) return fail(ErrorKind::not_found, "{} has no documents in this run", topic);
  const std::map<std::string, RecordText> texts = TRY(read_record_texts(workspace, ids));
  for (DraftRecord& record : records) {
    if (const auto found = texts.find(record.id); found != texts.end()) record.text = found->second.abstract;
  }
  return records;
}

Result<> keep(const Workspace& workspace, const TopicDraft& draft) {
  std::error_code error;
  fs::create_directories(folder_of(workspace), error);
  if (error) return fail(ErrorKind::unavailable, "{}: cannot be made: {}", folder_of(workspace).string(), error.message());
  return write_file_atomically(folder_of(workspace) / (draft.id + ".json"), draft_json(draft));
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

// A kept draft, read back.
class Reader {
 public:
  explicit Reader(simdjson::dom::element root) : root_(root) {}
  std::string text(const char* key) { return text_of(root_, key); }
  std::vector<std::string> texts(const char* key) { return texts_of(root_, key); }
  template <class Use>
  void each(const char* key, Use use) {
    simdjson::dom::array list;
    if (root_[key].get(list)) whole_ = false;
    else for (const simdjson::dom::element item : list) use(item);
  }
  std::string text_of(simdjson::dom::element from, const char* key) {
    std::string_view value;
    if (from[key].get(value)) whole_ = false;
    return std::string(value);
  }
  std::vector<std::string> texts_of(simdjson::dom::element from, const char* key) {
    std::vector<std::string> values;
    simdjson::dom::array list;
    if (from[key].get(list)) whole_ = false;
    else for (const simdjson::dom::element item : list) {
      std::string_view value;
      if (item.get(value)) whole_ = false;
      values.emplace_back(value);
    }
    return values;
  }
  std::int64_t number_of(simdjson::dom::element value) {
    std::int64_t number = 0;
    if (value.get(number)) whole_ = false;
    return number;
  }
  bool whole() const { return whole_; }

 private:
  simdjson::dom::element root_;
  bool whole_ = true;
};

Result<TopicDraft> read_draft(const fs::path& file) {
  const Result<std::string> text = read_file(file);
  // What reading says names the whole path: people in the browser need not know where the server keeps its files.
  if (!text) return fail(ErrorKind::corrupt, "{} in the folder drafts cannot be read: see that it is a file this program may read, or remove it", file.filename().string());
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(*text).get(root)) return fail(ErrorKind::corrupt, "{} in the folder drafts is no JSON: remove it", file.filename().string());
  Reader reader(root);
  TopicDraft draft;
  for (const auto& [key, into] : {std::pair{"id", &draft.id}, {"topic", &draft.topic}, {"run", &draft.run_id}, {"data_version", &draft.snapshot_id}, {"model", &draft.model}, {"by", &draft.by}, {"created", &draft.created},
                                  {"label_zh", &draft.answer.label_zh}, {"label_en", &draft.answer.label_en}, {"state", &draft.state}, {"decided_by", &draft.decided_by}, {"decided_at", &draft.decided_at}, {"reason", &draft.reason}}) {
    *into = reader.text(key);
  }
  draft.answer.label_records = reader.texts("label_records");
  reader.each("summary", [&](simdjson::dom::element one) { draft.answer.summary.push_back({reader.text_of(one, "text"), reader.texts_of(one, "records")}); });
  reader.each("records", [&](simdjson::dom::element one) {
    simdjson::dom::element year;
    draft.records.push_back({reader.text_of(one, "id"), reader.text_of(one, "title"), "", one["year"].get(year) ? 0 : reader.number_of(year)});
  });
  reader.each("judgements", [&](simdjson::dom::element one) { draft.judgements.push_back(reader.number_of(one)); });
  if (!reader.whole()) return fail(ErrorKind::corrupt, "{} in the folder drafts is damaged: remove it", file.filename().string());
  return draft;
}

Result<TopicDraft> find_open_draft(const Workspace& workspace, std::string_view id) {
  TopicDraft draft = TRY(find_draft(workspace, id));
  if (draft.state != "draft") return fail(ErrorKind::conflict, "{} was {} already by {}", draft.id, draft.state, draft.decided_by);
  return draft;
}

Result<> decide(const Workspace& workspace, TopicDraft& draft, std::string_view state, std::string_view reason, const Judge& judge) {
  draft.state = state;
  draft.reason = reason;
  draft.decided_by = judge.actor;
  draft.decided_at = store::utc_now();
  return keep(workspace, draft);
}

}  // namespace

Result<TopicDraft> draft_topic(const Workspace& workspace, const StudyResult& result, std::string_view name, std::string_view by, Progress& progress) {
  const DraftSettings settings = TRY(draft_settings(workspace));
  TRY(require_drafts(settings));
  const UnitReference reference = TRY(find_unit(result, name));
  if (reference.unit != Unit::topic) return fail(ErrorKind::invalid_input, "\"{}\" is no topic: drafts are made of topics", name);
  const TopicRow& topic = result.topics[reference.index];
  TopicDraft draft;
  draft.records = TRY(first_records(workspace, result, topic.id, settings.records));
  std::vector<std::string> words;
  for (const auto& [term, weight] : topic.terms) {
    if (words.size() == kWords) break;
    words.push_back(result.terms[static_cast<std::size_t>(term)].label);
  }
  progress.begin("draft");
  sources::HttpOptions options;
  options.timeout_ms = static_cast<int>(settings.timeout_seconds * 1000);
  options.max_tries = 2;
  options.max_body_bytes = 1 << 20;
  options.allow_http = true;  // draft_settings() lets http pass to this machine only
  options.retry_hint = "see that the model runs, or take [draft] out of jianwei.toml";
  sources::HttpClient client(options);
  const sources::HttpAnswer http = TRY(client.post(settings.url, TRY(request_headers(settings)), draft_request(settings, topic, words, draft.records), progress));
  draft.answer = TRY(read_draft_answer(http.body, draft.records));
  draft.topic = topic.id;
  draft.run_id = result.run_id;
  draft.snapshot_id = result.snapshot_id;
  draft.model = settings.model;
  draft.by = by;
  draft.created = store::utc_now();
  // The same answer in the same second is another draft.
  std::error_code ignored;
  for (int n = 0; draft.id.empty() || fs::exists(folder_of(workspace) / (draft.id + ".json"), ignored); ++n) draft.id = fmt::format("draft-{:016x}", hash64(fmt::format("{} {} {} {} {}", n, draft.created, draft.topic, draft.run_id, http.body)));
  TRY(keep(workspace, draft));
  return draft;
}

DraftList list_drafts(const Workspace& workspace, std::string_view topic) {
  DraftList list;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_of(workspace), error)) {
    if (entry.path().extension() != ".json") continue;
    Result<TopicDraft> draft = read_draft(entry.path());
    if (!draft) list.damaged.push_back({entry.path().stem().string(), draft.error().message});
    else if (topic.empty() || draft->topic == topic) list.drafts.push_back(std::move(*draft));
  }
  std::sort(list.drafts.begin(), list.drafts.end(), [](const TopicDraft& a, const TopicDraft& b) { return std::tie(b.created, b.id) < std::tie(a.created, a.id); });
  std::sort(list.damaged.begin(), list.damaged.end(), [](const DamagedDraft& a, const DamagedDraft& b) { return a.id < b.id; });
  return list;
}

// No path is made of what was asked before it was found there.
Result<TopicDraft> find_draft(const Workspace& workspace, std::string_view id) {
  DraftList list = list_drafts(workspace, "");
  for (TopicDraft& draft : list.drafts) {
    if (draft.id == id) return std::move(draft);
  }
  for (const DamagedDraft& damaged : list.damaged) {
    if (damaged.id == id) return fail(ErrorKind::corrupt, "{}", damaged.why);
  }
  return fail(ErrorKind::not_found, "there is no draft {}", id);
}

Result<AcceptedDraft> accept_draft(Workspace& workspace, std::string_view id, const DraftAcceptance& acceptance, const Judge& judge) {
  if (!acceptance.label && !acceptance.summary) return fail(ErrorKind::invalid_input, "take: say what is taken: label, summary or both");
  if (trim(acceptance.reason).empty()) return fail(ErrorKind::invalid_input, "reason: say why, it is kept with the judgement");
  AcceptedDraft accepted{TRY(find_open_draft(workspace, id)), {}};
  TopicDraft& draft = accepted.draft;
  JudgementRequest request;
  request.type = "topic";
  request.object = draft.topic;
  request.reason = fmt::format("{} ({} by {})", acceptance.reason, draft.id, draft.model);
  if (acceptance.label) {
    request.kind = "rename";
    request.arguments = JsonWriter().begin_object().field("label_zh", acceptance.label_zh.empty() ? draft.answer.label_zh : acceptance.label_zh).field("label_en", acceptance.label_en.empty() ? draft.answer.label_en : acceptance.label_en).end_object().text();
    request.evidence = draft.answer.label_records;
    accepted.outcomes.push_back(TRY(enter_judgement(workspace, request, judge)));
  }
  if (acceptance.summary) {
    request.kind = "comment";
    request.arguments = JsonWriter().begin_object().field("text", acceptance.text.empty() ? summary_text(draft.answer) : acceptance.text).end_object().text();
    request.evidence.clear();
    for (const DraftSentence& sentence : draft.answer.summary) {
      for (const std::string& record : sentence.records) {
        if (std::find(request.evidence.begin(), request.evidence.end(), record) == request.evidence.end()) request.evidence.push_back(record);
      }
    }
    accepted.outcomes.push_back(TRY(enter_judgement(workspace, request, judge)));
  }
  for (const JudgementOutcome& outcome : accepted.outcomes) draft.judgements.push_back(outcome.event.sequence);
  TRY(decide(workspace, draft, "accepted", acceptance.reason, judge));
  return accepted;
}

Result<TopicDraft> refuse_draft(const Workspace& workspace, std::string_view id, std::string_view reason, const Judge& judge) {
  TopicDraft draft = TRY(find_open_draft(workspace, id));
  TRY(decide(workspace, draft, "refused", reason, judge));
  return draft;
}

void write_draft(JsonWriter& json, const TopicDraft& draft) {
  json.begin_object().field("id", draft.id).field("topic", draft.topic).field("run", draft.run_id).field("data_version", draft.snapshot_id).field("model", draft.model).field("by", draft.by).field("created", draft.created);
  json.field("label_zh", draft.answer.label_zh).field("label_en", draft.answer.label_en);
  write_texts(json, "label_records", draft.answer.label_records);
  json.key("summary").begin_array();
  for (const DraftSentence& sentence : draft.answer.summary) {
    json.begin_object().field("text", sentence.text);
    write_texts(json, "records", sentence.records);
    json.end_object();
  }
  json.end_array().key("records").begin_array();
  for (const DraftRecord& record : draft.records) json.begin_object().field("id", record.id).field("title", record.title).field("year", record.year).end_object();
  json.end_array().field("state", draft.state).field("decided_by", draft.decided_by).field("decided_at", draft.decided_at).field("reason", draft.reason).key("judgements").begin_array();
  for (const std::int64_t judgement : draft.judgements) json.value(judgement);
  json.end_array().end_object();
}

std::string draft_json(const TopicDraft& draft) {
  JsonWriter json;
  write_draft(json, draft);
  return std::move(json).text();
}

}  // namespace jianwei::workflow
