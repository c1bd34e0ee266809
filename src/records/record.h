// The canonical record: one shape for papers, patents, projects, events, news and policy texts.
//
// A reader fills what its source has and leaves the rest empty; nothing is invented. All text is UTF-8 (NFC), without markup.
// Unknown: empty string, empty list, Date{} or std::nullopt. docs/formats/ says which source field goes where.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace jianwei {

enum class RecordKind : std::uint8_t { work, patent, project, event, post, policy };
inline constexpr std::array<RecordKind, 6> kRecordKinds = {RecordKind::work,  RecordKind::patent, RecordKind::project,
                                                           RecordKind::event, RecordKind::post,   RecordKind::policy};

std::string_view to_string(RecordKind kind);                        // "work", ...
std::optional<RecordKind> parse_record_kind(std::string_view name);  // the inverse

struct Person {
  std::string name;         // as displayed: "Family, Given" when the parts are known, else as written
  std::string family;       // "" when not told apart
  std::string given;
  std::string role;         // author, editor, inventor, investigator, ... ; author when ""
  std::string orcid;        // 0000-0000-0000-000X
  std::string source_id;    // the source's own id of the person
  std::vector<std::int32_t> organisations;  // indices into Record::organisations
};

struct Organisation {
  std::string name;     // as written, white space collapsed
  std::string country;  // ISO 3166-1 alpha-2 in capitals, "" when unknown
  std::string role;     // affiliation, applicant, funder, issuer, publisher, ... ; affiliation when ""
  std::string ror;      // the nine characters after ror.org/
};

struct Identifier {
  std::string scheme;  // doi, openalex, pmid, pmcid, arxiv, patent, application, wos, scopus, cstr, isbn, issn, grant, anthology, lens, url, ...
  std::string value;   // normalised by normalize_identifier()
};

struct Classification {
  std::string scheme;  // cpc, ipc, mesh, discipline, field, jel, uspc, wos, ...
  std::string code;
  std::string label;
};

struct Reference {
  std::string text;    // as written, "" when only an identifier is given
  std::string doi;     // normalised
  std::string other;   // another identifier as scheme:value, e.g. openalex:W123, pmid:123, patent:US1234567B2
  std::string author;  // first author
  std::string title;
  std::string venue;
  std::int16_t year = 0;
};

struct Funding {
  std::string funder;
  std::string award;
};

// Where a record came from; a merged record lists one per source record.
struct Provenance {
  std::string source;          // the database or collection, e.g. wos, scopus, openalex, cnki, chinaxiv; else the format
  std::string format;          // the reader's name, e.g. ris
  std::string own_id;          // the source file's own identifier of the record, "" when it has none
  std::string raw;             // the record as it stood in the file, decoded to UTF-8
  std::int64_t line = 0;       // 1-based line at which it starts in the decoded file; 0 when lines mean nothing
  std::int64_t index = 0;      // 0-based position among the file's records
};

struct Record {
  RecordKind kind = RecordKind::work;
  std::string type;            // article, conference_paper, preprint, thesis, report, book, chapter, dataset, grant, call, law, news, ...
  std::string title;
  std::string title_translated;     // the title in a second language, when the source gives it
  std::string abstract;
  std::string abstract_translated;
  std::string full_text;
  std::string language;        // ISO 639-1 of title and abstract, "" when unknown (the import then detects it)
  Date date;                   // publication, filing, award, or issue: what the kind is dated by
  Date end_date;               // projects, events, validity of policies
  std::vector<Person> persons;
  std::vector<Organisation> organisations;
  std::vector<std::string> keywords;
  std::vector<Classification> classifications;
  std::vector<Reference> references;
  std::vector<Funding> funding;
  std::vector<Identifier> identifiers;
  std::string venue;           // journal, proceedings, patent office, programme, site, issuing body
  std::string volume;
  std::string issue;
  std::string pages;
  std::string publisher;
  std::string url;
  std::optional<std::int64_t> citation_count;
  std::optional<double> amount;     // of a project, in `currency` units (10,000 CNY is written 10000)
  std::string currency;             // ISO 4217
  Provenance provenance;
};

// The value of the first identifier of a scheme, "" when there is none.
std::string_view find_identifier(const Record& record, std::string_view scheme);

// Adds an identifier after normalising it; a value that is not of the scheme's form is dropped and false returned.
bool add_identifier(Record& record, std::string_view scheme, std::string_view value);

// Puts U+FFFD for bytes that are not UTF-8, in every text of the record: the lake holds valid text whatever a reader does. Time O(bytes).
void ensure_utf8(Record& record);

// The fields whose fill rates reports show, in display order, and whether a record has each.
inline constexpr std::array<std::string_view, 17> kReportedFields = {
    "title",      "abstract", "date",   "language", "persons",     "affiliations", "countries", "keywords", "classifications",
    "references", "funding",  "venue",  "doi",      "identifiers", "citations",    "url",       "full_text"};
std::array<bool, kReportedFields.size()> filled_fields(const Record& record);

}  // namespace jianwei
