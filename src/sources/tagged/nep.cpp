// RePEc "New Economics Papers" mailings: a numbered title, authors, abstract and labelled lines. The table of contents at the top has the
// same numbered titles without a URL and is left out.
#include "base/strings.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

bool is_numbered(std::string_view line) {
  std::size_t digits = 0;
  while (digits < line.size() && is_digit(line[digits])) ++digits;
  return digits > 0 && digits <= 4 && line.substr(digits).starts_with(". ");
}

// "Uwe Cantner (University of Jena, Faculty of Economics)"
void add_author(Record& record, std::string_view text) {
  const std::size_t open = text.find('(');
  add_persons(record, text.substr(0, open), ";");
  if (open == std::string_view::npos || record.persons.empty()) return;
  const std::string_view institution = text.substr(open + 1);
  const std::int32_t organisation = add_affiliation(record, institution.substr(0, institution.rfind(')')));
  if (organisation >= 0) record.persons.back().organisations.push_back(organisation);
}

// Reads one numbered item; false when it has no URL (a line of the table of contents).
bool build(std::string_view raw, Record& record) {
  std::vector<std::string> abstract;
  enum class Part { title, authors, summary, by } part = Part::title;
  bool first = true;
  for (const std::string_view line : split(raw, "\n")) {
    const std::string_view text = trim(line);
    if (first) {
      record.title = text.substr(text.find(". ") + 2);
      first = false;
      continue;
    }
    const std::size_t colon = text.find(':');
    const std::string_view label = text.substr(0, colon == std::string_view::npos ? 0 : colon);
    const std::string_view value = colon == std::string_view::npos ? std::string_view() : trim(text.substr(colon + 1));
    if (text.starts_with("-----")) continue;
    if (label == "Date") {
      refine_date(record, value);
    } else if (label == "URL") {
      record.url = value;
      part = Part::summary;
    } else if (label == "Keywords") {
      add_keywords(record, value, ",;");
    } else if (label == "JEL") {
      for (std::string& code : split_list(value, " ,;")) record.classifications.push_back({"jel", std::move(code), {}});
    } else if (label == "By") {
      add_author(record, value);
      part = Part::by;
    } else if (text.empty()) {
      if (part == Part::authors && !record.persons.empty()) part = Part::summary;
    } else if (part == Part::by) {
      add_author(record, text);
    } else if (part != Part::summary && is_space(line[0])) {
      part = Part::authors;
      add_persons(record, text, ";");
    } else if (part == Part::title) {
      record.title += ' ' + std::string(text);  // a title over two lines
    } else {
      abstract.emplace_back(text);
    }
  }
  record.title = collapse_spaces(record.title);
  set_text(record.abstract, join(abstract, " "));
  record.type = "preprint";
  record.provenance.source = "repec";
  if (const std::size_t id = record.url.find("RePEc:"); id != std::string::npos) record.provenance.own_id = record.url.substr(id, record.url.find('&', id) - id);
  if (!record.provenance.own_id.empty()) record.identifiers.push_back({"repec", record.provenance.own_id});
  return !record.url.empty();
}

}  // namespace

double recognise_nep(const Sample& sample) {
  const bool mailing = sample.text.find("nep.repec.org") != std::string_view::npos || sample.text.find("NEP: New Economics Papers") != std::string_view::npos;
  return mailing && sample.text.find("URL:") != std::string_view::npos ? 0.9 : 0.0;
}

Result<> read_nep(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  LineReader reader(stream);
  std::string raw;
  std::int64_t begin = 0;
  std::int64_t index = 0;
  const auto finish = [&]() -> Result<> {
    TRY(progress.check());
    if (raw.empty()) return {};
    Record record;
    record.provenance.format = "nep";
    record.provenance.line = begin;
    record.provenance.index = index;
    const bool complete = build(raw, record);
    const std::string text = std::exchange(raw, {});
    if (!complete) return {};
    ++index;
    return hand_record(std::move(record), text, sink);
  };
  std::string_view line;
  while (TRY(reader.next(line))) {
    if (is_numbered(line)) {
      TRY(finish());
      begin = reader.line_number();
    } else if (raw.empty()) {
      continue;
    }
    raw += line;
    raw += '\n';
  }
  return finish();
}

}  // namespace jianwei::sources
