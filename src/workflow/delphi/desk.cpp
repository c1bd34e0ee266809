#include "workflow/delphi/desk.h"

#include <simdjson.h>

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/strings.h"
#include "store/app_db.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/item_results.h"
#include "workflow/expert_library/typed_words.h"

namespace jianwei::workflow {
namespace {

using experts::StudyState;
using experts::StudyStep;

// The deciding question must be there, be a scale, and have the zones' categories.
Result<> check_study(const experts::Protocol& protocol, const std::vector<experts::Question>& questions) {
  TRY(experts::check_protocol(protocol));
  std::vector<std::string> ids;
  for (const experts::Question& question : questions) {
    TRY(experts::check_question(question));
    if (std::ranges::find(ids, question.id) != ids.end()) return fail(ErrorKind::invalid_input, "two questions have the id '{}'", question.id);
    ids.push_back(question.id);
  }
  const auto deciding = std::ranges::find_if(questions, [&](const experts::Question& q) { return q.id == protocol.deciding_question; });
  if (deciding == questions.end()) return fail(ErrorKind::invalid_input, "the protocol decides by the question '{}', which is not asked", protocol.deciding_question);
  if (deciding->type != experts::QuestionType::scale) return fail(ErrorKind::invalid_input, "the protocol decides by the question '{}', which is no scale", protocol.deciding_question);
  const auto categories = static_cast<std::int32_t>(deciding->options.size());
  if (protocol.agree_to > categories || protocol.disagree_to > categories) return fail(ErrorKind::invalid_input, "the zones of the protocol reach category {}, the scale '{}' has {}", std::max(protocol.agree_to, protocol.disagree_to), deciding->id, categories);
  return {};
}

std::vector<std::string> as_json(const std::vector<experts::Question>& questions) {
  std::vector<std::string> list;
  for (const experts::Question& question : questions) list.push_back(to_json(question));
  return list;
}

Result<> may_edit(const DelphiStudy& study) {
  if (experts::may_edit_items(study.state)) return {};
  return fail(ErrorKind::conflict, "{} is in state {}: items are changed before a round is opened or after it was analyzed", study.row.id, experts::to_string(study.state));
}

Result<> check_statement(const experts::Words& text) {
  TRY(check_line("zh", text.zh, kStatementCharacters));
  return check_line("en", text.en, kStatementCharacters);
}

Result<store::DelphiItemRow> new_row(const NewItem& item, std::string lineage) {
  if (trim(item.text.zh).empty() && trim(item.text.en).empty()) return fail(ErrorKind::invalid_input, "an item has no words in any language");
  TRY(check_statement(item.text));
  TRY(check_line("field", item.field, kTitleCharacters));
  return store::DelphiItemRow{0, "", item.field, item.text.zh, item.text.en, item.origin, "active", std::move(lineage)};
}

}  // namespace

Result<Delphi> open_delphi(const std::filesystem::path& workspace_root) {
  const std::filesystem::path folder = workspace_root / "delphi";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorKind::unavailable, "{} cannot be made: {}", folder.string(), error.message());
  Delphi delphi;
  delphi.db = TRY(store::DelphiDb::open(folder / "delphi.db"));
  delphi.vault = TRY(store::VaultDb::open(folder / "vault.db"));
  delphi.answers = TRY(Seal::open(folder / "answers.key"));
  delphi.identities = TRY(Seal::open(folder / "vault.key"));
  return delphi;
}

store::StudyEventRow study_event(std::string_view actor, std::string_view kind, std::string detail) { return {0, "", std::string(actor), std::string(kind), std::move(detail), "", ""}; }

Result<store::DelphiItemRow> find_item(const DelphiStudy& study, std::string_view id) {
  for (const store::DelphiItemRow& item : study.items) {
    if (item.id == id) return item;
  }
  return fail(ErrorKind::not_found, "{} has no item '{}'", study.row.id, id);
}

bool in_play(const store::DelphiItemRow& item) { return item.state != "merged" && item.state != "split" && item.state != "dropped"; }

std::int64_t evaluated_rounds(const DelphiStudy& study) {
  const bool going = study.standing == StudyState::round_open || study.standing == StudyState::round_closed;
  return study.row.round - (going ? 1 : 0);
}

const experts::Question* DelphiStudy::question(std::string_view id) const {
  const auto found = std::ranges::find_if(questions, [&](const experts::Question& q) { return q.id == id; });
  return found == questions.end() ? nullptr : &*found;
}

const experts::Question* DelphiStudy::question(experts::QuestionRole role) const {
  const auto found = std::ranges::find_if(questions, [&](const experts::Question& q) { return q.role == role; });
  return found == questions.end() ? nullptr : &*found;
}

Result<store::DelphiStudyRow> make_study(Delphi& delphi, const NewStudy& study) {
  if (trim(study.title.zh).empty() && trim(study.title.en).empty()) return fail(ErrorKind::invalid_input, "title: a study needs a title in at least one language");
  TRY(check_study(study.protocol, study.questions));
  TRY(check_line("title.zh", study.title.zh, kTitleCharacters));
  TRY(check_line("title.en", study.title.en, kTitleCharacters));
  TRY(check_text("purpose.zh", study.purpose.zh, kTextCharacters));
  TRY(check_text("purpose.en", study.purpose.en, kTextCharacters));
  store::DelphiStudyRow row;
  row.title_zh = study.title.zh;
  row.title_en = study.title.en;
  row.purpose_zh = study.purpose.zh;
  row.purpose_en = study.purpose.en;
  row.mode = study.real_time ? "real_time" : "rounds";
  row.state = experts::to_string(StudyState::design);
  row.protocol = to_json(study.protocol);
  row.created_at = store::utc_now();
  row.created_by = study.created_by;
  return delphi.db->add_study(std::move(row), as_json(study.questions));
}

Result<DelphiStudy> load_study(Delphi& delphi, std::string_view id) {
  DelphiStudy study;
  study.row = TRY(delphi.db->study(id));
  study.state = TRY(experts::parse_study_state(study.row.state));
  const bool stopped = study.state == StudyState::paused || study.state == StudyState::aborted;
  study.standing = stopped && !study.row.state_before_pause.empty() ? TRY(experts::parse_study_state(study.row.state_before_pause)) : study.state;
  study.protocol = TRY(read_protocol(study.row.protocol));
  for (const std::string& question : TRY(delphi.db->questions(study.row.number))) study.questions.push_back(TRY(read_question(question)));
  study.items = TRY(delphi.db->items(study.row.number));
  return study;
}

Result<std::shared_ptr<const DelphiStudy>> current_study(Delphi& delphi, std::string_view id) {
  // Read before the study: a change in between is seen at the next call.
  const std::int64_t event = TRY(delphi.db->last_event(id));
  {
    const std::lock_guard lock(delphi.known->mutex);
    const auto found = delphi.known->studies.find(id);
    if (found != delphi.known->studies.end() && found->second.first == event) return found->second.second;
  }
  auto study = std::make_shared<const DelphiStudy>(TRY(load_study(delphi, id)));
  const std::lock_guard lock(delphi.known->mutex);
  delphi.known->studies.insert_or_assign(std::string(id), std::pair{event, study});
  return study;
}

Result<> set_questions(Delphi& delphi, std::string_view id, const std::vector<experts::Question>& questions, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  if (study.state != StudyState::design) return fail(ErrorKind::conflict, "{} is in state {}: questions are changed in design only", id, study.row.state);
  TRY(check_study(study.protocol, questions));
  TRY(delphi.db->replace_questions(study.row.number, as_json(questions)));
  TRY(delphi.db->delete_pilot(study.row.number));  // cards of other questions
  return delphi.db->add_event(study.row.number, study_event(actor, "questions_changed", "{}"));
}

Result<> set_protocol(Delphi& delphi, std::string_view id, const experts::Protocol& protocol, std::string_view reason, std::string_view actor) {
  DelphiStudy study = TRY(load_study(delphi, id));
  TRY(check_study(protocol, study.questions));
  store::DelphiDb::Step step;
  step.before = step.study = study.row;
  step.study.protocol = to_json(protocol);
  if (study.row.protocol_hash.empty()) {
    step.event = study_event(actor, "protocol_drafted", "{}");
    return delphi.db->take_step(step);
  }
  if (trim(reason).empty()) return fail(ErrorKind::invalid_input, "reason: the rules of {} are locked; a change needs a reason, and everybody sees it", id);
  const auto versions = TRY(delphi.db->protocol_versions(study.row.number));
  step.study.protocol_hash = experts::protocol_hash(protocol);
  step.protocol = store::ProtocolVersionRow{static_cast<std::int64_t>(versions.size()) + 1, experts::protocol_text(protocol), step.study.protocol_hash, std::string(reason), store::utc_now(), std::string(actor)};
  step.event = study_event(actor, "protocol_changed", JsonWriter().begin_object().field("hash", step.study.protocol_hash).field("before", study.row.protocol_hash).field("reason", reason).end_object().text());
  return delphi.db->take_step(step);
}

// Items.

Result<std::vector<store::DelphiItemRow>> add_items(Delphi& delphi, std::string_view id, const std::vector<NewItem>& items, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_edit(study));
  std::vector<store::DelphiItemRow> rows;
  for (const NewItem& item : items) rows.push_back(TRY(new_row(item, "{}")));
  rows = TRY(delphi.db->add_items(study.row.number, std::move(rows)));
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "items_added", JsonWriter().begin_object().field("count", rows.size()).end_object().text())));
  return rows;
}

Result<store::DelphiItemRow> reword_item(Delphi& delphi, std::string_view id, std::string_view item_id, const experts::Words& text, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_edit(study));
  store::DelphiItemRow item = TRY(find_item(study, item_id));
  if (trim(text.zh).empty() && trim(text.en).empty()) return fail(ErrorKind::invalid_input, "{} would have no words in any language", item_id);
  TRY(check_statement(text));
  TRY(check_text("reason", reason, kTextCharacters));
  JsonWriter lineage;
  lineage.begin_object().key("reworded_from").begin_object().field("zh", item.text_zh).field("en", item.text_en).key("lineage").raw(item.lineage).end_object().field("reason", reason).field("by", actor).end_object();
  item.lineage = std::move(lineage).text();
  item.text_zh = text.zh;
  item.text_en = text.en;
  TRY(delphi.db->update_item(study.row.number, item));
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "item_reworded", JsonWriter().begin_object().field("item", item.id).field("reason", reason).end_object().text())));
  return item;
}

Result<store::DelphiItemRow> merge_items(Delphi& delphi, std::string_view id, const std::vector<std::string>& items, const NewItem& merged, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_edit(study));
  TRY(check_text("reason", reason, kTextCharacters));
  if (items.size() < 2) return fail(ErrorKind::invalid_input, "items: two or more are merged, {} given", items.size());
  if (std::set<std::string_view>(items.begin(), items.end()).size() < items.size()) return fail(ErrorKind::invalid_input, "items: each is named once");
  std::vector<store::DelphiItemRow> old;
  JsonWriter lineage;
  lineage.begin_object().key("merged_from").begin_array();
  for (const std::string& item : items) {
    old.push_back(TRY(find_item(study, item)));
    lineage.value(item);
  }
  lineage.end_array().field("reason", reason).field("by", actor).end_object();
  std::vector<store::DelphiItemRow> made = TRY(delphi.db->add_items(study.row.number, {TRY(new_row(merged, std::move(lineage).text()))}));
  for (store::DelphiItemRow& item : old) {
    item.state = "merged";
    TRY(delphi.db->update_item(study.row.number, item));
  }
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "items_merged", JsonWriter().begin_object().field("into", made[0].id).field("reason", reason).end_object().text())));
  return made[0];
}

Result<std::vector<store::DelphiItemRow>> split_item(Delphi& delphi, std::string_view id, std::string_view item_id, const std::vector<NewItem>& parts, std::string_view reason, std::string_view actor) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  TRY(may_edit(study));
  store::DelphiItemRow item = TRY(find_item(study, item_id));
  TRY(check_text("reason", reason, kTextCharacters));
  if (parts.size() < 2) return fail(ErrorKind::invalid_input, "parts: an item is split into two or more, {} given", parts.size());
  const std::string lineage = JsonWriter().begin_object().field("split_from", item.id).field("reason", reason).field("by", actor).end_object().text();
  std::vector<store::DelphiItemRow> rows;
  for (const NewItem& part : parts) rows.push_back(TRY(new_row(part, lineage)));
  rows = TRY(delphi.db->add_items(study.row.number, std::move(rows)));
  item.state = "split";
  TRY(delphi.db->update_item(study.row.number, item));
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "item_split", JsonWriter().begin_object().field("item", item.id).field("reason", reason).end_object().text())));
  return rows;
}

// Steps.

namespace {

// Every item still in play, by the rule that was locked.
Result<std::vector<store::SettlementRow>> settle_round(Delphi& delphi, const DelphiStudy& study, Progress& progress) {
  std::vector<const store::DelphiItemRow*> items;
  for (const store::DelphiItemRow& item : study.items) {
    if (item.state == "active") items.push_back(&item);
  }
  std::vector<store::SettlementRow> rows;
  for (const ItemResult& result : TRY(measure_items(delphi, study, items, study.row.round, progress))) {
    rows.push_back({study.row.round, result.item, result.card_count, std::string(experts::to_string(result.settlement.state)), to_json(study, result)});
  }
  return rows;
}

}  // namespace

Result<DelphiStudy> take_step(Delphi& delphi, std::string_view id, StudyStep kind, std::string_view reason, std::string_view actor, Progress& progress) {
  const DelphiStudy study = TRY(load_study(delphi, id));
  const StudyState next = TRY(experts::next_state(study.state, kind, study.standing));
  store::DelphiDb::Step step;
  step.before = step.study = study.row;
  step.study.state = experts::to_string(next);
  if (kind == StudyStep::pause || kind == StudyStep::abort) step.study.state_before_pause = experts::to_string(study.standing);
  JsonWriter detail;
  detail.begin_object();
  if (!reason.empty()) detail.field("reason", reason);
  const std::string now = store::utc_now();
  if (kind == StudyStep::lock_protocol) {
    if (study.items.empty()) return fail(ErrorKind::conflict, "{} has no items to judge; add them first", id);
    step.study.protocol_hash = experts::protocol_hash(study.protocol);
    step.protocol = store::ProtocolVersionRow{1, experts::protocol_text(study.protocol), step.study.protocol_hash, "locked before the first round", now, std::string(actor)};
    detail.field("hash", step.study.protocol_hash);
  } else if (kind == StudyStep::open_round) {
    const auto seats = TRY(delphi.db->seats(study.row.number));
    if (std::ranges::all_of(seats, [](const store::SeatRow& seat) { return seat.pilot; })) return fail(ErrorKind::conflict, "nobody is invited to {} yet", id);
    if (study.row.round >= study.protocol.most_rounds) return fail(ErrorKind::conflict, "{} has had its {} rounds; conclude it", id, study.protocol.most_rounds);
    const bool any = std::ranges::any_of(study.items, [](const store::DelphiItemRow& item) { return item.state == "active"; });
    if (!any) return fail(ErrorKind::conflict, "every item of {} is settled; conclude it", id);
    step.study.round = study.row.round + 1;
    step.study.pilot = false;
    step.round = store::RoundRow{step.study.round, now, ""};
    detail.field("round", step.study.round);
  } else if (kind == StudyStep::close_round) {
    const auto rounds = TRY(delphi.db->rounds(study.row.number));
    step.round = store::RoundRow{study.row.round, rounds.empty() ? "" : rounds.back().opened_at, now};
    detail.field("round", study.row.round);
  } else if (kind == StudyStep::analyze) {
    step.settlements = TRY(settle_round(delphi, study, progress));
    detail.field("round", study.row.round).field("items", step.settlements.size());
  }
  step.event = study_event(actor, experts::to_string(kind), detail.end_object().text());
  TRY(delphi.db->take_step(step));
  return load_study(delphi, id);
}

}  // namespace jianwei::workflow
