#include "workflow/views/actor_page.h"

#include <algorithm>
#include <map>

#include "base/strings.h"
#include "sources/live/http.h"
#include "workflow/indicators/indicators.h"
#include "workflow/report/evidence_book.h"
#include "workflow/views/countries.h"
#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kListed = 20;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// "records?person=Li%20Wei"
std::string place_of(Group group, std::string_view name) { return fmt::format("records?{}={}", to_string(group), sources::url_encode(name)); }

// Counts, largest first, then by number.
std::vector<std::pair<std::int32_t, std::int64_t>> largest(const std::map<std::int32_t, std::int64_t>& counts, std::size_t limit) {
  std::vector<std::pair<std::int32_t, std::int64_t>> rows(counts.begin(), counts.end());
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (rows.size() > limit) rows.resize(limit);
  return rows;
}

void write_years(JsonWriter& json, const ResultIndex& index, std::span<const std::int32_t> documents, const std::string& place, std::string_view base) {
  std::map<std::int16_t, std::int64_t> years;
  for (const std::int32_t d : documents) ++years[index.result().dataset.year[at(d)]];
  json.key("years").begin_array();
  for (const auto& [year, count] : years) {
    json.begin_object().field("year", year).field("documents", count);
    if (year != 0) write_href(json, "documents_href", base, fmt::format("{}&from={}&to={}", place, year, year));
    json.end_object();
  }
  json.end_array();
}

void write_units(JsonWriter& json, const ResultIndex& index, Unit unit, std::span<const std::int32_t> documents, const std::string& place, Language language, std::string_view base) {
  const StudyResult& result = index.result();
  std::map<std::int32_t, std::int64_t> counts;
  for (const std::int32_t d : documents) {
    if (unit == Unit::term) {
      for (const std::int32_t t : index.document_terms().row(d)) ++counts[t];
    }
  }
  if (unit == Unit::topic) {
    for (std::size_t k = 0; k < result.topics.size(); ++k) {
      const auto of_topic = index.documents(Unit::topic, k);
      std::int64_t both = 0;
      for (const std::int32_t d : documents) both += std::binary_search(of_topic.begin(), of_topic.end(), d);
      if (both > 0) counts[static_cast<std::int32_t>(k)] = both;
    }
  }
  json.key(unit == Unit::topic ? "topics" : "terms").begin_array();
  for (const auto& [u, count] : largest(counts, kListed)) {
    const UnitReference reference{unit, at(u)};
    json.begin_object().field("id", unit_id(result, reference)).field("label", unit_label(result, reference, language)).field("documents", count);
    json.field("share", static_cast<double>(count) / static_cast<double>(documents.size())).field("overall", index.documents(unit, at(u)).size());
    write_href(json, "documents_href", base, fmt::format("{}&{}={}", place, to_string(unit), unit_id(result, reference)));
    json.end_object();
  }
  json.end_array();
}

void write_partners(JsonWriter& json, const ResultIndex& index, Group group, std::span<const std::int32_t> documents, std::int32_t self, const std::string& place, std::string_view base) {
  std::map<std::int32_t, std::int64_t> counts;
  for (const std::int32_t d : documents) {
    index.each(group, d, [&](std::int32_t id) {
      if (id != self) ++counts[id];
    });
  }
  json.key(to_string(group)).begin_object().field("total", counts.size()).key("items").begin_array();
  for (const auto& [id, count] : largest(counts, kListed)) {
    const std::string& name = index.names(group)[at(id)];
    json.begin_object().field("name", name).field("documents", count);
    if (!base.empty()) write_href(json, "documents_href", base, fmt::format("{}&{}={}", place, to_string(group), sources::url_encode(name)));
    json.end_object();
  }
  json.end_array().end_object();
}

// All that a page of any actor shows beside its name.
void write_profile(JsonWriter& json, const ResultIndex& index, Group group, std::int32_t id, Language language, std::string_view base) {
  const std::span<const std::int32_t> documents = index.documents(group, id);
  const std::string place = place_of(group, index.names(group)[at(id)]);
  write_years(json, index, documents, place, base);
  write_units(json, index, Unit::topic, documents, place, language, base);
  write_units(json, index, Unit::term, documents, place, language, base);
  json.key("partners").begin_object();
  for (const Group other : {Group::organisation, Group::person, Group::country, Group::funder, Group::venue, Group::source}) write_partners(json, index, other, documents, other == group ? id : -1, place, base);
  json.end_object();
  write_href(json, "documents_href", base, place);
}

}  // namespace

void write_actor_links(JsonWriter& json, ActorKind kind, const ActorRow& row, std::string_view base) {
  if (base.empty()) return;
  write_href(json, "documents_href", base, place_of(kind == ActorKind::person ? Group::person : Group::organisation, row.name));
  write_href(json, "href", base, fmt::format("{}/{}", kind == ActorKind::person ? "persons" : "organisations", row.id));
}

std::string actor_json(const ResultIndex& index, ActorKind kind, const ActorRow& row, Language language, std::string_view base) {
  const Group group = kind == ActorKind::person ? Group::person : Group::organisation;
  JsonWriter json;
  json.begin_object().field("run", index.result().run_id).field("snapshot", index.result().snapshot_id);
  json.field("id", row.id).field("name", row.name).field("documents", row.record_ids.size()).field("first_year", row.first_year).field("last_year", row.last_year);
  if (const auto id = index.find_name(group, row.name)) write_profile(json, index, group, *id, language, base);
  return json.end_object().text();
}

Result<std::string> country_json(const ResultIndex& index, std::string_view country, Language language, std::string_view base) {
  const auto id = index.find_name(Group::country, country);
  if (!id) return fail(ErrorKind::not_found, "no record of the newest run comes from \"{}\"", country);
  const StudyResult& result = index.result();
  JsonWriter json;
  json.begin_object().field("run", result.run_id).field("snapshot", result.snapshot_id).field("id", index.names(Group::country)[at(*id)]).field("name", index.names(Group::country)[at(*id)]);
  json.field("documents", index.documents(Group::country, *id).size());
  const Result<Standings>& standings = index.standings(Unit::topic, Actor::country);
  json.key("standings").begin_array();
  for (std::size_t k = 0; standings && k < standings->units.size(); ++k) {
    for (const analysis::ActorStanding& row : standings->units[k].actors) {
      if (row.actor != *id || row.standing == analysis::Standing::few) continue;
      json.begin_object().field("id", result.topics[k].id).field("label", unit_label(result, {Unit::topic, k}, language)).key("standing");
      write_actor_standing(json, result, *standings, row, base, result.topics[k].id);
      json.end_object();
    }
  }
  json.end_array();
  write_profile(json, index, Group::country, *id, language, base);
  return json.end_object().text();
}

}  // namespace jianwei::workflow
