#include "workflow/delphi/results.h"

#include <simdjson.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "experts/delphi/disclosure.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/item_results.h"
#include "workflow/delphi/seats.h"
#include "workflow/expert_library/fields.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kOther = "(other)";

void write_item_head(JsonWriter& json, const store::DelphiItemRow& item) {
  json.field("item", item.id).field("field", item.field).field("zh", item.text_zh).field("en", item.text_en).field("state", item.state).key("origin").raw(item.origin).key("lineage").raw(item.lineage);
}

// Values of an attribute that have at least `small_cell` of these seats; all others are one group.
std::map<std::string, std::string> grouped_values(const std::vector<store::SeatRow>& seats, const std::string& attribute, std::int64_t small_cell) {
  std::map<std::string, std::int64_t> counts;
  for (const store::SeatRow& seat : seats) {
    const Attributes attributes = read_attributes(seat);
    const auto found = attributes.find(attribute);
    if (found != attributes.end()) ++counts[found->second];
  }
  std::vector<std::int64_t> sizes;
  for (const auto& [value, count] : counts) sizes.push_back(count);
  const std::vector<std::uint8_t> shown = experts::shown_groups(sizes, small_cell);
  std::map<std::string, std::string> groups;
  std::size_t g = 0;
  for (const auto& [value, count] : counts) groups[value] = shown[g++] ? value : std::string(kOther);
  return groups;
}

}  // namespace

Result<std::string> funnel_json(Delphi& delphi, const DelphiStudy& study) {
  const std::vector<SeatProgress> panel = TRY(seat_progress(delphi, study));
  std::vector<store::SeatRow> seats;
  std::int64_t active = 0, invited = 0, consented = 0, started = 0, done = 0;
  for (const store::DelphiItemRow& item : study.items) active += in_play(item) && item.state == "active" ? 1 : 0;
  for (const SeatProgress& seat : panel) {
    seats.push_back(seat.row);
    if (seat.row.state == "revoked") continue;
    ++invited;
    consented += seat.row.state == "consented" ? 1 : 0;
    started += seat.started() ? 1 : 0;
    done += seat.finished() ? 1 : 0;
  }
  JsonWriter json;
  json.begin_object().field("round", study.row.round).field("items", active).field("invited", invited).field("consented", consented).field("started", started).field("finished", done).key("by").begin_object();
  for (const std::string& attribute : attribute_names(seats)) {
    const auto groups = grouped_values(seats, attribute, study.protocol.small_cell);
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> counts;  // invited, finished
    for (const SeatProgress& seat : panel) {
      const Attributes attributes = read_attributes(seat.row);
      const auto found = attributes.find(attribute);
      if (found == attributes.end() || seat.row.state == "revoked") continue;
      auto& [all, ready] = counts[groups.at(found->second)];
      ++all;
      ready += seat.finished() ? 1 : 0;
    }
    json.key(attribute).begin_array();
    for (const auto& [value, count] : counts) {
      json.begin_object().field("value", value).field("invited", count.first);
      // Who is missing from a small rest could be named: all but a few, or only a few.
      const bool telling = (count.second > 0 && count.second < study.protocol.small_cell) || (count.first - count.second > 0 && count.first - count.second < study.protocol.small_cell);
      json.key("finished");
      if (telling) {
        json.null();
      } else {
        json.value(count.second);
      }
      json.end_object();
    }
    json.end_array();
  }
  return json.end_object().end_object().text();
}

namespace {

bool is_live(const DelphiStudy& study, std::int64_t round) { return round == study.row.round && (study.state == experts::StudyState::round_open || study.state == experts::StudyState::round_closed); }

// Figures of a round that is not settled yet, by item. While it is open they are kept from look to look and measured anew only where the small cell of cards (and a fiftieth) came
// since: two looks never differ by one person, and a look at a large study costs what is new in it.
Result<std::map<std::int64_t, std::string>> live_summaries(Delphi& delphi, const DelphiStudy& study, Progress& progress) {
  const std::int64_t round = study.row.round, small_cell = study.protocol.small_cell;
  const bool open = study.state == experts::StudyState::round_open;
  std::map<std::int64_t, store::SettlementRow> kept;
  for (store::SettlementRow& row : TRY(delphi.db->settlements(study.row.number, round))) kept.emplace(row.item, std::move(row));
  std::map<std::int64_t, std::int64_t> counts;
  for (const auto& [item, cards] : TRY(delphi.db->answers_by_item(study.row.number, round))) counts[item] = cards;
  std::map<std::int64_t, std::string> summaries;
  std::vector<const store::DelphiItemRow*> old;
  for (const store::DelphiItemRow& item : study.items) {
    if (!in_play(item) || item.state != "active") continue;
    const auto row = kept.find(item.number);
    if (open && row != kept.end() && counts[item.number] < row->second.cards + std::max(small_cell, row->second.cards / 50)) {
      summaries[item.number] = std::move(row->second.summary);
    } else {
      old.push_back(&item);
    }
  }
  for (const ItemResult& result : TRY(measure_items(delphi, study, old, round, progress))) {
    summaries[result.item] = to_json(study, result);
    if (open && result.card_count >= small_cell) TRY(delphi.db->renew_live(study.row.number, {round, result.item, result.card_count, "active", summaries[result.item]}, small_cell));
  }
  return summaries;
}

}  // namespace

Result<std::string> results_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress) {
  const bool live = is_live(study, round);
  std::map<std::int64_t, std::string> summaries;
  if (live) {
    summaries = TRY(live_summaries(delphi, study, progress));
  } else {
    for (store::SettlementRow& row : TRY(delphi.db->settlements(study.row.number, round))) summaries.emplace(row.item, std::move(row.summary));
  }
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", round).field("live", live).field("protocol_hash", study.row.protocol_hash).key("items").begin_array();
  for (const store::DelphiItemRow& item : study.items) {
    const auto found = summaries.find(item.number);
    if (found == summaries.end()) continue;
    json.begin_object();
    write_item_head(json, item);
    json.key("result").raw(found->second).end_object();
  }
  return json.end_array().end_object().text();
}

Result<std::string> subgroups_json(Delphi& delphi, const DelphiStudy& study, std::string_view item_id, std::int64_t round, std::string_view attribute) {
  const auto item = std::ranges::find_if(study.items, [&](const store::DelphiItemRow& row) { return row.id == item_id; });
  if (item == study.items.end()) return fail(ErrorKind::not_found, "{} has no item '{}'", study.row.id, item_id);
  std::map<std::int64_t, std::string> value_of;
  for (const store::SeatRow& seat : TRY(panel_seats(delphi, study))) {
    const Attributes attributes = read_attributes(seat);
    const auto found = attributes.find(std::string(attribute));
    if (found != attributes.end()) value_of[seat.number] = found->second;
  }
  if (value_of.empty()) return fail(ErrorKind::not_found, "no seat of {} has the attribute '{}'", study.row.id, attribute);
  std::map<std::string, std::vector<SeatCard>> cards, before;
  for (SeatCard& card : TRY(read_cards(delphi, study, item->number, round))) cards[value_of[card.seat]].push_back(std::move(card));
  if (round > 1) {
    for (SeatCard& card : TRY(read_cards(delphi, study, item->number, round - 1))) before[value_of[card.seat]].push_back(std::move(card));
  }
  std::vector<std::int64_t> sizes;
  for (const auto& [value, list] : cards) sizes.push_back(static_cast<std::int64_t>(list.size()));
  const std::vector<std::uint8_t> shown = experts::shown_groups(sizes, study.protocol.small_cell);
  JsonWriter json;
  json.begin_object().field("item", item->id).field("round", round).field("attribute", attribute).key("groups").begin_array();
  std::int64_t hidden = 0;
  std::size_t g = 0;
  for (const auto& [value, list] : cards) {
    if (!shown[g++]) {
      ++hidden;
      continue;
    }
    json.begin_object().field("value", value).key("result").raw(to_json(study, measure_cards(study, *item, round, list, before[value]))).end_object();
  }
  return json.end_array().field("hidden", hidden).end_object().text();
}

Result<std::string> dissent_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round) {
  // What the settlement says has no dissent is not read again: a large study has thousands of cards an item.
  std::map<std::int64_t, bool> dissents;
  for (const store::SettlementRow& row : TRY(delphi.db->settlements(study.row.number, round))) {
    if (is_live(study, round)) break;
    const Fields dissent = TRY(TRY(Fields::parse(row.summary, "settlement")).object("dissent"));
    dissents[row.item] = row.state == "stable_dissent" || TRY(dissent.flag("two_camps", false)) || TRY(dissent.flag("knowing_minority", false));
  }
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", round).key("items").begin_array();
  for (const store::DelphiItemRow& item : study.items) {
    const auto settled = dissents.find(item.number);
    if (!in_play(item) || (settled != dissents.end() && !settled->second)) continue;
    const ItemResult result = TRY(measure_item(delphi, study, item, round));
    if (result.card_count < study.protocol.small_cell) continue;
    if (!result.dissent.two_camps && !result.dissent.knowing_minority && result.settlement.state != experts::ItemState::stable_dissent) continue;
    json.begin_object();
    write_item_head(json, item);
    json.key("result").raw(to_json(study, result)).key("arguments").begin_array();
    for (const store::ArgumentRow& argument : TRY(delphi.db->arguments(study.row.number, item.number))) {
      if (argument.hidden) continue;
      json.begin_object().field("number", argument.number).field("category", argument.category).field("votes", argument.votes).field("text", argument.text).end_object();
    }
    json.end_array().end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
