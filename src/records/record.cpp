#include "records/record.h"

#include <algorithm>

#include "records/identifier.h"
#include "records/unicode.h"

namespace jianwei {
namespace {

constexpr std::array<std::string_view, 6> kKindNames = {"work", "patent", "project", "event", "post", "policy"};

}  // namespace

std::string_view to_string(RecordKind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::optional<RecordKind> parse_record_kind(std::string_view name) {
  for (const RecordKind kind : kRecordKinds) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string_view find_identifier(const Record& record, std::string_view scheme) {
  for (const Identifier& identifier : record.identifiers) {
    if (identifier.scheme == scheme) return identifier.value;
  }
  return {};
}

bool add_identifier(Record& record, std::string_view scheme, std::string_view value) {
  std::string normalized = normalize_identifier(scheme, value);
  if (normalized.empty()) return false;
  for (const Identifier& identifier : record.identifiers) {
    if (identifier.scheme == scheme && identifier.value == normalized) return true;
  }
  record.identifiers.push_back({std::string(scheme), std::move(normalized)});
  return true;
}

void ensure_utf8(Record& record) {
  const auto each = [](auto&... texts) { (ensure_utf8(texts), ...); };
  each(record.type, record.title, record.title_translated, record.abstract, record.abstract_translated, record.full_text, record.language, record.venue, record.volume, record.issue, record.pages,
       record.publisher, record.url, record.currency);
  Provenance& provenance = record.provenance;
  each(provenance.source, provenance.format, provenance.own_id, provenance.raw);
  for (Person& v : record.persons) each(v.name, v.family, v.given, v.role, v.orcid, v.source_id);
  for (Organisation& v : record.organisations) each(v.name, v.country, v.role, v.ror);
  for (std::string& keyword : record.keywords) ensure_utf8(keyword);
  for (Classification& v : record.classifications) each(v.scheme, v.code, v.label);
  for (Reference& v : record.references) each(v.text, v.doi, v.other, v.author, v.title, v.venue);
  for (Funding& v : record.funding) each(v.funder, v.award);
  for (Identifier& v : record.identifiers) each(v.scheme, v.value);
}

std::array<bool, kReportedFields.size()> filled_fields(const Record& record) {
  const auto& organisations = record.organisations;
  const bool has_affiliation = std::any_of(organisations.begin(), organisations.end(), [](const Organisation& o) { return !o.name.empty(); });
  const bool has_country = std::any_of(organisations.begin(), organisations.end(), [](const Organisation& o) { return !o.country.empty(); });
  return {!record.title.empty(),
          !record.abstract.empty(),
          record.date.known(),
          !record.language.empty(),
          !record.persons.empty(),
          has_affiliation,
          has_country,
          !record.keywords.empty(),
          !record.classifications.empty(),
          !record.references.empty(),
          !record.funding.empty(),
          !record.venue.empty(),
          !find_identifier(record, "doi").empty(),
          !record.identifiers.empty(),
          record.citation_count.has_value(),
          !record.url.empty(),
          !record.full_text.empty()};
}

}  // namespace jianwei
