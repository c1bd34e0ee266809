// What every reader of an exchange format looks like, and the list of all of them.
//
// A bad record is data, not a failure: a reader hands good records and rejects to the sink in file order and returns an error only
// when the stream itself cannot be read on. Readers never hold the whole of a large file: they cut it into records as it streams.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "records/record.h"
#include "sources/byte_stream.h"

namespace jianwei::sources {

struct Reject {
  std::int64_t index = 0;  // position among the file's records
  std::int64_t line = 0;   // where it starts, 1-based; 0 when lines mean nothing
  std::string reason;      // what is wrong and what would mend it, e.g. "field 'PY' is \"19xx\", expected a year"
  std::string raw;         // as it stood, so that it can be corrected and imported again
};

struct Warning {
  std::string code;        // a key of the message catalogue, e.g. "unknown_tag", "truncated_gzip"
  std::string message;     // with the place
  std::int64_t line = 0;
};

// Receives what a reader finds, in file order.
class RecordSink {
 public:
  RecordSink() = default;
  virtual ~RecordSink() = default;
  RecordSink(const RecordSink&) = delete;
  RecordSink& operator=(const RecordSink&) = delete;

  virtual Result<> record(Record&& record) = 0;  // an error stops the reader, which returns it
  virtual Result<> reject(Reject&& reject) = 0;
  virtual void warn(Warning&& warning) = 0;
};

// Source column or field -> canonical field, from a --map file or a suggestion the user confirmed; docs/formats/tables.md.
struct Mapping {
  struct Column {
    std::string field;      // a canonical field name: title, abstract, year, date, authors, affiliations, keywords, venue, doi, id, ...
    std::string separator;  // between the values of a list, "" = recognise
    std::string role;       // of persons or organisations
  };
  std::map<std::string, Column> columns;  // by source column name
  std::string kind;                       // of all records, "" = recognise
  std::string delimiter;                  // of a table, "" = recognise
  std::string source;                     // the name of the database, "" = recognise
  std::string language;
};

struct ReadOptions {
  std::string file_name;               // as shown to people; the name may tell the collection and year (P05.xml)
  const Mapping* mapping = nullptr;    // null: recognise
  int thread_count = 0;                // 0: the machine's
};

// The first bytes of a decoded text and its name, for recognising the format.
struct Sample {
  std::string_view name;  // file name in lower case, without .gz
  std::string_view text;  // up to 64 KiB, UTF-8, without byte-order mark
  bool complete = false;  // the text is the whole file
};

struct Format {
  std::string_view name;   // stable key, also for --format: "ris", "wos", "scopus_csv", "pubmed_xml"
  std::string_view title;  // for people: "RIS"
  // How sure the format is of the sample: 0 no, 1 certain. Generic formats (csv, jsonl, txt) stay below 0.5.
  double (*recognise)(const Sample& sample);
  Result<> (*read)(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);
  // The format is bytes, not text (xlsx, pdf): the stream is not decoded and Sample::text holds raw bytes.
  bool binary = false;
};

std::span<const Format> tagged_formats();    // RIS, WoS plain, MEDLINE, EndNote %, RefWorks, CNKI, BibTeX, ... : sources/tagged, sources/bibtex
std::span<const Format> table_formats();     // CSV, TSV, XLSX and the databases' tables: sources/tables
std::span<const Format> json_formats();      // OpenAlex, Crossref, NIH, Lens, CSL JSON, generic JSON: sources/json
std::span<const Format> xml_formats();       // PubMed, EndNote XML, NSF, USPTO, ACL Anthology, ...: sources/xml
std::span<const Format> document_formats();  // plain text, Markdown, HTML, PDF: sources/documents

// All of them; the order settles ties.
std::vector<Format> all_formats();

// The surest format for a sample, nullptr when none is above 0.1; and the one of a name, nullptr when there is none.
const Format* recognise_format(const Sample& sample);
const Format* find_format(std::string_view name);

}  // namespace jianwei::sources
