#include "workflow/views/documents.h"

#include <algorithm>
#include <map>

#include "workflow/views/href.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kListedOrganisations = 5;
constexpr std::size_t kReasons = 8;
constexpr std::size_t kFacetValues = 20;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

float share_of(const StudyResult& result, std::size_t topic, std::int32_t document) {
  const analysis::DocumentTopics& shares = result.document_topics;
  for (auto e = at(shares.offsets[at(document)]); e < at(shares.offsets[at(document) + 1]); ++e) {
    if (shares.topics[e] == static_cast<std::int32_t>(topic)) return shares.shares[e];
  }
  return 0.0F;
}

void write_reasons(JsonWriter& json, const ResultIndex& index, std::size_t topic, std::int32_t document) {
  const StudyResult& result = index.result();
  const auto held = index.document_terms().row(document);
  json.field("weight", static_cast<double>(share_of(result, topic, document))).key("why").begin_array();
  std::size_t written = 0;
  for (const auto& [term, weight] : result.topics[topic].terms) {
    if (written == kReasons) break;
    if (!std::binary_search(held.begin(), held.end(), term)) continue;
    json.begin_object().field("id", result.terms[at(term)].id).field("term", result.terms[at(term)].label).field("contribution", weight).end_object();
    ++written;
  }
  json.end_array();
}

}  // namespace

std::vector<std::int32_t> select_documents(const ResultIndex& index, const DocumentSelection& selection) {
  const StudyResult& result = index.result();
  const auto count = at(result.dataset.document_count());
  std::vector<std::uint16_t> met(count, 0);
  std::uint16_t wanted = 0;
  const auto require = [&](std::span<const std::int32_t> documents) {
    for (const std::int32_t d : documents) met[at(d)] = static_cast<std::uint16_t>(met[at(d)] + (met[at(d)] == wanted));
    ++wanted;
  };
  for (const std::size_t topic : selection.topics) require(index.documents(Unit::topic, topic));
  for (const std::size_t term : selection.terms) require(index.documents(Unit::term, term));
  for (const auto& [group, id] : selection.groups) require(index.documents(group, id));
  std::vector<std::int32_t> rows;
  for (std::size_t d = 0; d < count; ++d) {
    const std::int16_t year = result.dataset.year[d];
    if (met[d] != wanted || (selection.from != 0 && year < selection.from) || (selection.until != 0 && (year == 0 || year > selection.until))) continue;
    rows.push_back(static_cast<std::int32_t>(d));
  }
  std::reverse(rows.begin(), rows.end());  // rows are ordered by date
  if (!selection.topics.empty()) {
    std::vector<std::pair<float, std::int32_t>> shares;
    for (const std::int32_t d : rows) shares.emplace_back(share_of(result, selection.topics.front(), d), d);
    std::stable_sort(shares.begin(), shares.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = shares[i].second;
  }
  return rows;
}

void write_document(JsonWriter& json, const ResultIndex& index, std::int32_t document, std::optional<std::size_t> topic, std::string_view base) {
  const StudyResult& result = index.result();
  const auto d = at(document);
  json.begin_object().field("id", result.dataset.record_ids[d]).field("title", result.titles[d]).field("year", result.dataset.year[d]).field("url", result.urls[d]);
  const auto one = [&](Group group) {
    std::string_view name;
    index.each(group, document, [&](std::int32_t id) { name = index.names(group)[at(id)]; });
    json.field(to_string(group), name);
  };
  one(Group::kind);
  one(Group::source);
  one(Group::language);
  one(Group::venue);
  const auto some = [&](std::string_view name, Group group, std::size_t limit) {
    json.key(name).begin_array();
    std::size_t written = 0;
    index.each(group, document, [&](std::int32_t id) {
      if (written++ < limit) json.value(index.names(group)[at(id)]);
    });
    json.end_array();
  };
  some("persons", Group::person, kListedOrganisations);
  some("organisations", Group::organisation, kListedOrganisations);
  some("countries", Group::country, kListedOrganisations);
  if (topic) write_reasons(json, index, *topic, document);
  write_href(json, "href", base, "records/" + result.dataset.record_ids[d]);
  json.end_object();
}

void write_facets(JsonWriter& json, const ResultIndex& index, const std::vector<std::int32_t>& documents) {
  json.key("facets").begin_object();
  for (const Group group : {Group::kind, Group::source, Group::language, Group::country, Group::organisation}) {
    std::vector<std::int64_t> counts(index.names(group).size(), 0);
    for (const std::int32_t d : documents) index.each(group, d, [&](std::int32_t id) { ++counts[at(id)]; });
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] > 0) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return counts[a] > counts[b]; });
    if (order.size() > kFacetValues) order.resize(kFacetValues);
    json.key(to_string(group)).begin_array();
    for (const std::size_t i : order) json.begin_object().field("name", index.names(group)[i]).field("documents", counts[i]).end_object();
    json.end_array();
  }
  std::map<std::int16_t, std::int64_t> years;
  for (const std::int32_t d : documents) ++years[index.result().dataset.year[at(d)]];
  json.key("years").begin_array();
  for (const auto& [year, count] : years) json.begin_object().field("year", year).field("documents", count).end_object();
  json.end_array().end_object();
}

}  // namespace jianwei::workflow
