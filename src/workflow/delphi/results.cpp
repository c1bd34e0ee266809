#include "workflow/delphi/results.h"

#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

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

// A round whose figures are not final: while it is open what is shown is live, and from its closing to its analysis it stays what it was.
bool is_live(const DelphiStudy& study, std::int64_t round) { return round == study.row.round && round > evaluated_rounds(study); }

// The figures of a round by item, as they may be shown.
struct RoundSummaries {
  std::map<std::int64_t, std::string> by_item;
  std::int64_t withheld = 0;   // items with too few cards
  std::int64_t pending = 0;    // items whose live figures are older than they should be, or not there yet: the next look goes on with them
};

// Live figures by item. They are kept from look to look and measured anew only where enough cards came since (live_step), of all cards but a few (live_cards): neither two looks nor the last look and the end differ by a few people. A look takes about a second: the first one at a
// round of millions of cards measures a part.
Result<RoundSummaries> live_summaries(Delphi& delphi, const DelphiStudy& study, Progress& progress) {
  const std::int64_t round = study.row.round, small_cell = study.protocol.small_cell;
  std::map<std::int64_t, store::SettlementRow> kept;
  for (store::SettlementRow& row : TRY(delphi.db->settlements(study.row.number, round))) kept.emplace(row.item, std::move(row));
  std::map<std::int64_t, std::int64_t> counts;
  for (const auto& [item, cards] : TRY(delphi.db->answers_by_item(study.row.number, round))) counts[item] = cards;
  RoundSummaries found;
  std::vector<const store::DelphiItemRow*> old;
  for (const store::DelphiItemRow& item : study.items) {
    if (!in_play(item) || item.state != "active") continue;
    const auto row = kept.find(item.number);
    if (row == kept.end() && (counts[item.number] < 2 * small_cell || study.state != experts::StudyState::round_open)) ++found.withheld;
    const bool due = row == kept.end() ? counts[item.number] >= 2 * small_cell : counts[item.number] >= row->second.cards + live_step(study, row->second.cards);
    if (study.state == experts::StudyState::round_open && due) old.push_back(&item);
    if (row != kept.end()) found.by_item[item.number] = std::move(row->second.summary);
  }
  constexpr std::size_t kAtOnce = 8;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  std::size_t next = 0;
  while (next < old.size() && (next == 0 || std::chrono::steady_clock::now() < end)) {
    const std::size_t first = std::exchange(next, std::min(old.size(), next + kAtOnce));
    const std::vector<const store::DelphiItemRow*> some(old.begin() + static_cast<std::ptrdiff_t>(first), old.begin() + static_cast<std::ptrdiff_t>(next));
    for (const ItemResult& result : TRY(measure_items(delphi, study, some, round, progress, Cards::live))) {
      if (result.card_count < small_cell) continue;
      found.by_item[result.item] = TRY(keep_live(delphi, study, result)).summary;
    }
  }
  found.pending = static_cast<std::int64_t>(old.size() - next);
  return found;
}

Result<RoundSummaries> round_summaries(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress) {
  if (is_live(study, round)) return live_summaries(delphi, study, progress);
  RoundSummaries found;
  for (store::SettlementRow& row : TRY(delphi.db->settlements(study.row.number, round))) {
    if (row.cards < study.protocol.small_cell) {
      ++found.withheld;
    } else {
      found.by_item.emplace(row.item, std::move(row.summary));
    }
  }
  return found;
}

}  // namespace

Result<std::string> results_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress) {
  const RoundSummaries summaries = TRY(round_summaries(delphi, study, round, progress));
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", round).field("live", is_live(study, round)).field("protocol_hash", study.row.protocol_hash).field("withheld", summaries.withheld).field("pending", summaries.pending).key("items").begin_array();
  for (const store::DelphiItemRow& item : study.items) {
    const auto found = summaries.by_item.find(item.number);
    if (found == summaries.by_item.end()) continue;
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
  // Of an open round groups are not shown: they change with every answer.
  const bool live = is_live(study, round);
  JsonWriter json;
  json.begin_object().field("item", item->id).field("round", round).field("attribute", attribute).key("groups").begin_array();
  std::int64_t hidden = 0;
  std::size_t g = 0;
  for (const auto& [value, list] : cards) {
    if (!shown[g++] || live) {
      ++hidden;
      continue;
    }
    json.begin_object().field("value", value).key("result").raw(to_json(study, measure_cards(study, *item, round, list, before[value]))).end_object();
  }
  return json.end_array().field("hidden", hidden).end_object().text();
}

Result<std::string> dissent_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress) {
  const RoundSummaries summaries = TRY(round_summaries(delphi, study, round, progress));
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", round).field("live", is_live(study, round)).field("withheld", summaries.withheld).field("pending", summaries.pending).key("items").begin_array();
  for (const store::DelphiItemRow& item : study.items) {
    const auto summary = summaries.by_item.find(item.number);
    if (!in_play(item) || summary == summaries.by_item.end()) continue;
    const Fields result = TRY(Fields::parse(summary->second, item.id)), dissent = TRY(result.object("dissent"));
    if (TRY(result.text("state")) != "stable_dissent" && !TRY(dissent.flag("two_camps", false)) && !TRY(dissent.flag("knowing_minority", false))) continue;
    json.begin_object();
    write_item_head(json, item);
    json.key("result").raw(summary->second).key("arguments").begin_array();
    for (const store::ArgumentRow& argument : TRY(delphi.db->arguments(study.row.number, item.number))) {
      if (argument.hidden) continue;
      json.begin_object().field("number", argument.number).field("category", argument.category).field("votes", argument.votes).field("text", argument.text).end_object();
    }
    json.end_array().end_object();
  }
  return json.end_array().end_object().text();
}

}  // namespace jianwei::workflow
