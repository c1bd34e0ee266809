// Drafts by a language model: names of a topic in two languages and a few sentences about it, each with the records it rests on.
//
// Off unless jianwei.toml has a [draft]. A draft changes nothing: it is kept in WS/drafts and marked as a draft until a person accepts it, which enters a rename or
// a comment in the ledger, by that person, with the cited records as evidence. It never gives a number. An answer that cites a record which was not sent, or
// nothing, is refused whole.
// Page: docs/drafts.md
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/progress.h"
#include "workflow/draft/draft_settings.h"
#include "workflow/judgement/judge.h"
#include "workflow/run/results.h"

namespace jianwei::workflow {

struct DraftSentence {
  std::string text;
  std::vector<std::string> records;        // cited, at least one
};

struct DraftAnswer {
  std::string label_zh, label_en;
  std::vector<std::string> label_records;  // that the names rest on
  std::vector<DraftSentence> summary;
};

struct DraftRecord {
  std::string id, title, text;             // text: what is sent of it
  std::int64_t year = 0;
};

struct TopicDraft {
  std::string id;                          // "draft-<16 hex>"
  std::string topic, run_id, snapshot_id, model, by, created;
  DraftAnswer answer;
  std::vector<DraftRecord> records;        // that were sent; kept without their text
  std::string state = "draft";             // draft, accepted, refused
  std::string decided_by, decided_at, reason;
  std::vector<std::int64_t> judgements;    // that accepting it entered
};

// What the model is asked, as the body of the request. Pure.
std::string draft_request(const DraftSettings& settings, const TopicRow& topic, std::span<const std::string> terms, std::span<const DraftRecord> records);

// Errors: unavailable  no JSON of the asked shape, a name too long or empty, a citation of a record that is not among `records`, a sentence without one
Result<DraftAnswer> read_draft_answer(std::string_view body, std::span<const DraftRecord> records);

// Asks for a draft of a topic ("topic-3" or its label) and keeps it. Errors: forbidden  [draft] is not set;  not_found  no such topic;  unavailable  not reached, or
// an answer that is refused: says why;  cancelled
Result<TopicDraft> draft_topic(const Workspace& workspace, const StudyResult& result, std::string_view topic, std::string_view by, Progress& progress);

struct DamagedDraft {
  std::string id, why;                     // why: names the file without its folder, and the remedy
};
struct DraftList {
  std::vector<TopicDraft> drafts;          // newest first
  std::vector<DamagedDraft> damaged;       // files of WS/drafts that cannot be read, by id
};
// Of one topic, or of all ("").
DraftList list_drafts(const Workspace& workspace, std::string_view topic);
Result<TopicDraft> find_draft(const Workspace& workspace, std::string_view id);  // Errors: not_found; corrupt  its file is damaged

struct DraftAcceptance {
  bool label = false, summary = false;
  std::string label_zh, label_en, text;    // instead of the draft's words; "" = as drafted
  std::string reason;
};
struct AcceptedDraft {
  TopicDraft draft;
  std::vector<JudgementOutcome> outcomes;
};
// Errors: invalid_input  nothing is taken, no reason;  conflict  decided already;  those of enter_judgement
Result<AcceptedDraft> accept_draft(Workspace& workspace, std::string_view id, const DraftAcceptance& acceptance, const Judge& judge);
// Errors: not_found; conflict
Result<TopicDraft> refuse_draft(const Workspace& workspace, std::string_view id, std::string_view reason, const Judge& judge);

// As it is kept and as the API shows it.
void write_draft(JsonWriter& json, const TopicDraft& draft);
std::string draft_json(const TopicDraft& draft);
// The sentences with the ids they cite.
std::string summary_text(const DraftAnswer& answer);

}  // namespace jianwei::workflow
