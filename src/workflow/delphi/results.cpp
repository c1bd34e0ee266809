#include "workflow/delphi/results.h"

#include <simdjson.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "experts/delphi/disclosure.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/item_results.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kOther = "(other)";

using Attributes = std::map<std::string, std::string>;

Attributes read_attributes(std::string_view json) {
  Attributes attributes;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(json.data(), json.size()).get(object)) return attributes;
  for (const auto [name, value] : object) {
    std::string_view text;
    if (!value.get(text)) attributes.emplace(std::string(name), std::string(text));
  }
  return attributes;
}

void write_item_head(JsonWriter& json, const store::DelphiItemRow& item) {
  json.field("item", item.id).field("field", item.field).field("zh", item.text_zh).field("en", item.text_en).field("state", item.state).key("origin").raw(item.origin).key("lineage").raw(item.lineage);
}

// Values of an attribute that have at least `small_cell` of these seats; all others are one group.
std::map<std::string, std::string> grouped_values(const std::vector<store::SeatRow>& seats, const std::string& attribute, std::int64_t small_cell) {
  std::map<std::string, std::int64_t> counts;
  for (const store::SeatRow& seat : seats) {
    const Attributes attributes = read_attributes(seat.attributes);
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

std::set<std::string> attribute_names(const std::vector<store::SeatRow>& seats) {
  std::set<std::string> names;
  for (const store::SeatRow& seat : seats) {
    for (const auto& [name, value] : read_attributes(seat.attributes)) names.insert(name);
  }
  return names;
}

// What the export says of each seat: its attributes, or "(other)" for all of them where fewer than the small cell of people share their combination (or where
// those who do not could be found by taking the others away).
std::map<std::int64_t, std::vector<std::string>> shown_attributes(const std::vector<store::SeatRow>& seats, const std::set<std::string>& names, std::int64_t small_cell) {
  std::map<std::vector<std::string>, std::vector<std::int64_t>> combinations;
  for (const store::SeatRow& seat : seats) {
    const Attributes attributes = read_attributes(seat.attributes);
    std::vector<std::string> values;
    for (const std::string& name : names) {
      const auto found = attributes.find(name);
      values.push_back(found == attributes.end() ? std::string() : found->second);
    }
    combinations[values].push_back(seat.number);
  }
  std::vector<std::int64_t> sizes;
  for (const auto& [values, members] : combinations) sizes.push_back(static_cast<std::int64_t>(members.size()));
  const std::vector<std::uint8_t> shown = experts::shown_groups(sizes, small_cell);
  std::map<std::int64_t, std::vector<std::string>> result;
  std::size_t g = 0;
  for (const auto& [values, members] : combinations) {
    const bool keep = shown[g++] != 0;
    for (const std::int64_t seat : members) result[seat] = keep ? values : std::vector<std::string>(names.size(), std::string(kOther));
  }
  return result;
}

// Cells of one answer for the export: as codes of the codebook.
std::string answer_text(const experts::Question& question, const experts::Answer& answer) {
  JsonWriter json;
  write_answer(json, question, answer);
  simdjson::dom::parser parser;
  const std::string text = std::move(json).text();
  simdjson::dom::object object;
  if (parser.parse(text).get(object)) return text;
  std::string cell;
  for (const auto [name, value] : object) {
    if (name == "abstained") return "abstained";
    std::string_view word;
    simdjson::dom::array list;
    if (!value.get(word)) {
      cell = std::string(word);
    } else if (!value.get(list)) {
      for (const simdjson::dom::element item : list) cell += (cell.empty() ? "" : "|") + (item.is_string() ? std::string(item.get_string().value_unsafe()) : simdjson::minify(item));
    } else {
      cell = simdjson::minify(value);
    }
  }
  return cell;
}

products::Sheet make_codebook(const std::vector<experts::Question>& questions) {
  constexpr std::string_view kTypes[] = {"scale", "choice", "choices", "year", "probability", "ranking", "allocation", "text"};
  products::Sheet sheet;
  sheet.columns = {"question", "type", "code", "label_zh", "label_en"};
  for (const experts::Question& question : questions) {
    sheet.rows.push_back({question.id, std::string(kTypes[static_cast<std::size_t>(question.type)]), std::string(), question.label.zh, question.label.en});
    for (const experts::Option& option : question.options) sheet.rows.push_back({question.id, std::string("option"), option.id, option.label.zh, option.label.en});
  }
  return sheet;
}

}  // namespace

Result<std::string> funnel_json(Delphi& delphi, const DelphiStudy& study) {
  const std::vector<store::SeatRow> seats = TRY(delphi.db->seats(study.row.number));
  std::map<std::int64_t, std::int64_t> cards;
  for (const store::DelphiDb::Progress& row : TRY(delphi.db->progress(study.row.number, study.row.round))) cards[row.seat] = row.cards;
  std::int64_t active = 0;
  for (const store::DelphiItemRow& item : study.items) active += in_play(item) && item.state == "active" ? 1 : 0;
  const auto finished = [&](const store::SeatRow& seat) {
    const auto found = cards.find(seat.number);
    const std::int64_t own = static_cast<std::int64_t>(std::ranges::count(seat.excluded, ',')) + (seat.excluded.size() > 2 ? 1 : 0);
    return found != cards.end() && found->second >= active - own;
  };
  std::int64_t invited = 0, consented = 0, started = 0, done = 0;
  for (const store::SeatRow& seat : seats) {
    if (seat.state == "revoked") continue;
    ++invited;
    consented += seat.state == "consented" ? 1 : 0;
    started += cards.contains(seat.number) ? 1 : 0;
    done += finished(seat) ? 1 : 0;
  }
  JsonWriter json;
  json.begin_object().field("round", study.row.round).field("items", active).field("invited", invited).field("consented", consented).field("started", started).field("finished", done).key("by").begin_object();
  for (const std::string& attribute : attribute_names(seats)) {
    const auto groups = grouped_values(seats, attribute, study.protocol.small_cell);
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> counts;  // invited, finished
    for (const store::SeatRow& seat : seats) {
      const Attributes attributes = read_attributes(seat.attributes);
      const auto found = attributes.find(attribute);
      if (found == attributes.end() || seat.state == "revoked") continue;
      auto& [all, ready] = counts[groups.at(found->second)];
      ++all;
      ready += finished(seat) ? 1 : 0;
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

Result<std::string> results_json(Delphi& delphi, const DelphiStudy& study, std::int64_t round, Progress& progress) {
  std::map<std::int64_t, std::string> stored;
  for (store::SettlementRow& row : TRY(delphi.db->settlements(study.row.number, round))) stored[row.item] = std::move(row.summary);
  const bool live = round == study.row.round && (study.state == experts::StudyState::round_open || study.state == experts::StudyState::round_closed);
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", round).field("live", live).field("protocol_hash", study.row.protocol_hash).key("items").begin_array();
  for (const store::DelphiItemRow& item : study.items) {
    TRY(progress.check());
    const auto found = stored.find(item.number);
    if (found == stored.end() && (!live || !in_play(item) || item.state != "active")) continue;
    json.begin_object();
    write_item_head(json, item);
    json.key("result").raw(found != stored.end() && !live ? found->second : to_json(study, TRY(measure_item(delphi, study, item, round)))).end_object();
  }
  return json.end_array().end_object().text();
}

Result<std::string> subgroups_json(Delphi& delphi, const DelphiStudy& study, std::string_view item_id, std::int64_t round, std::string_view attribute) {
  const auto item = std::ranges::find_if(study.items, [&](const store::DelphiItemRow& row) { return row.id == item_id; });
  if (item == study.items.end()) return fail(ErrorKind::not_found, "{} has no item '{}'", study.row.id, item_id);
  std::map<std::int64_t, std::string> value_of;
  for (const store::SeatRow& seat : TRY(delphi.db->seats(study.row.number))) {
    const Attributes attributes = read_attributes(seat.attributes);
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
  JsonWriter json;
  json.begin_object().field("study", study.row.id).field("round", round).key("items").begin_array();
  for (const store::DelphiItemRow& item : study.items) {
    if (!in_play(item)) continue;
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

Result<AnonymousExport> export_answers(Delphi& delphi, const DelphiStudy& study, Progress& progress) {
  const std::vector<store::SeatRow> seats = TRY(delphi.db->seats(study.row.number));
  const std::set<std::string> attributes = attribute_names(seats);
  const std::map<std::int64_t, std::vector<std::string>> shown = shown_attributes(seats, attributes, study.protocol.small_cell);

  // Numbers drawn anew: two exports cannot be laid side by side by the number.
  const std::string salt = TRY(random_hex(32));
  std::vector<std::pair<std::string, std::int64_t>> order;
  for (const store::SeatRow& seat : seats) order.emplace_back(sha256_hex(salt + seat.id), seat.number);
  std::ranges::sort(order);
  std::map<std::int64_t, std::int64_t> respondent;
  for (std::size_t i = 0; i < order.size(); ++i) respondent[order[i].second] = static_cast<std::int64_t>(i) + 1;

  AnonymousExport result;
  result.codebook = make_codebook(study.questions);
  result.answers.columns = {"respondent", "round", "item", "question", "value"};
  for (const std::string& attribute : attributes) result.answers.columns.push_back(attribute);
  progress.begin("export", static_cast<std::int64_t>(seats.size()), "respondents");
  for (const auto& [hash, number] : order) {
    TRY(progress.check());
    for (const store::CardRow& row : TRY(delphi.db->cards_of_seat(number))) {
      const Card card = TRY(read_card(study.questions, TRY(delphi.answers.reveal(row.answers, card_context(row)))));
      for (const experts::Question& question : study.questions) {
        const auto answer = card.find(question.id);
        // Words of one's own may tell who one is; they are in the dissent report, redacted, without the number.
        if (answer == card.end() || question.type == experts::QuestionType::text) continue;
        std::vector<products::Cell> cells{respondent[number], row.round, fmt::format("item-{}", row.item), question.id, answer_text(question, answer->second)};
        for (const std::string& value : shown.at(number)) cells.push_back(value);
        result.answers.rows.push_back(std::move(cells));
      }
    }
    progress.advance();
  }
  return result;
}

}  // namespace jianwei::workflow
