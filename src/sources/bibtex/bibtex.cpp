// From BibTeX entries to records: the fields of BibTeX and BibLaTeX, and those that Web of Science, Scopus, the ACM Digital Library, IEEE,
// Zotero and arXiv add. An entry with a crossref waits for its parent, which BibTeX puts behind it; the order of records is kept.
#include <algorithm>
#include <deque>
#include <unordered_map>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/bibtex/bibtex_dialects.h"
#include "sources/bibtex/bibtex_entry.h"
#include "sources/bibtex/bibtex_names.h"
#include "sources/bibtex/latex.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kMaxWaiting = 4096;  // entries held back for a crossref; beyond that the oldest goes without

BibtexMacros standard_macros() {
  BibtexMacros macros;
  for (const std::string_view month : {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}) {
    macros[to_lower_ascii(month.substr(0, 3))] = month;
  }
  return macros;
}

// LaTeX to clean text, without the detour where there is no LaTeX in it.
void set_latex(std::string& field, std::string_view latex) {
  if (field.empty()) field = is_plain_latex(latex) ? clean_text(latex) : clean_text(latex_to_text(latex));
}

void read_fields(const BibtexEntry& entry, Record& record) {
  std::string_view journal, container, series, year, month, day, number, subtitle, archive, eprint, own_type;
  for (const auto& [name, latex] : entry.fields) {
    if (trim(latex).empty()) continue;
    if (read_dialect_field(name, latex, record)) continue;
    if (name == "title") set_latex(record.title, latex);
    else if (name == "subtitle") subtitle = latex;
    else if (name == "author") add_bibtex_persons(record, latex, entry.type == "patent" ? "inventor" : "");
    else if (name == "editor") add_bibtex_persons(record, latex, "editor");
    else if (name == "abstract") set_latex(record.abstract, latex);
    else if (name == "journal" || name == "journaltitle" || name == "journal-full") journal = latex;
    else if (name == "booktitle" || name == "maintitle" || name == "eventtitle") container = container.empty() || name == "booktitle" ? std::string_view(latex) : container;
    else if (name == "series") series = latex;
    else if (name == "year") year = latex;
    else if (name == "date") refine_date(record, latex_to_identifier(latex));
    else if (name == "month") month = latex;
    else if (name == "day") day = latex;
    else if (name == "volume") set_latex(record.volume, latex);
    else if (name == "number") number = latex;
    else if (name == "issue") set_latex(record.issue, latex);
    else if (name == "pages" || name == "article-number" || name == "art_number" || name == "articleno" || name == "eid") set_pages(record, latex_to_text(latex), {});
    else if (name == "doi") add_identifier(record, "doi", latex_to_identifier(latex));
    else if (name == "isbn" || name == "issn" || name == "eissn") add_serial_numbers(record, latex_to_identifier(latex));
    else if (name == "url" || name == "link" || name == "biburl") record.url = name == "url" || record.url.empty() ? latex_to_identifier(latex) : record.url;
    else if (name == "keywords" || name == "keyword" || name == "author_keywords" || name == "keywords-plus") {
      const std::string text = latex_to_text(latex);
      add_keywords(record, text, text.find(';') != std::string::npos ? ";" : ",");
    }
    else if (name == "publisher" || name == "institution" || name == "school" || name == "organization") set_latex(record.publisher, latex);
    else if (name == "language" || name == "langid") record.language = record.language.empty() ? language_code(latex_to_identifier(latex)) : record.language;
    else if (name == "archiveprefix" || name == "eprinttype") archive = latex;
    else if (name == "eprint") eprint = latex;
    else if (name == "pmid") add_identifier(record, "pmid", latex);
    else if (name == "pmcid" || name == "pmc") add_identifier(record, "pmcid", latex);
    else if (name == "type") own_type = latex;
  }
  if (!subtitle.empty() && !record.title.empty()) record.title += ": " + clean_text(latex_to_text(subtitle));
  const bool is_patent = record.kind == RecordKind::patent;
  if (is_patent) add_identifier(record, "patent", latex_to_identifier(number));
  else set_latex(record.issue, number);
  for (const std::string_view venue : {journal, container, record.type == "thesis" ? std::string_view(record.publisher) : series}) set_latex(record.venue, venue);
  if (record.title.empty()) set_latex(record.title, container);
  refine_date(record, latex_to_identifier(year));
  const std::string month_text = latex_to_identifier(month);
  refine_date_within_year(record, day.empty() ? month_text : month_text + " " + latex_to_identifier(day));
  if (to_lower_ascii(archive) == "arxiv" || normalize_identifier("arxiv", eprint) == trim(eprint)) {
    const bool is_arxiv = add_identifier(record, "arxiv", latex_to_identifier(eprint));
    if (is_arxiv && record.venue.empty() && (entry.type == "misc" || entry.type == "unpublished" || entry.type == "article" || entry.type == "online")) {
      record.kind = RecordKind::work;
      record.type = "preprint";
    }
  }
  if (entry.type == "article" || entry.type == "misc") set_type(record, latex_to_identifier(own_type));
}

class BibtexReader {
 public:
  BibtexReader(RecordSink& sink, Progress& progress) : sink_(sink), progress_(progress) {}

  Result<> read(ByteStream& stream) {
    BibtexScanner scanner(stream);
    BibtexText text;
    while (TRY(scanner.next(text))) {
      TRY(progress_.check());
      BibtexEntry entry = parse_bibtex_entry(text.text, macros_);
      if (entry.type == "comment" || entry.type == "preamble") continue;
      if (entry.type == "string") {
        for (BibtexField& definition : entry.fields) macros_[definition.name] = std::move(definition.value);
        continue;
      }
      TRY(take(std::move(entry), std::move(text)));
    }
    while (!waiting_.empty()) TRY(hand_over_first());
    return {};
  }

 private:
  struct Waiting {
    BibtexEntry entry;
    BibtexText text;
    std::int64_t index;
  };

  Result<> take(BibtexEntry&& entry, BibtexText&& text) {
    const bool is_parent = entry.type == "proceedings" || entry.type == "book" || entry.type == "collection" || entry.type.starts_with("mv") || entry.type == "xdata";
    if (is_parent && !entry.key.empty() && text.text.size() < 65536) parents_.emplace(entry.key, entry);
    waiting_.push_back({std::move(entry), std::move(text), index_++});
    while (!waiting_.empty()) {
      const std::string_view crossref = trim(waiting_.front().entry.field("crossref"));
      if (!crossref.empty() && !parents_.contains(std::string(crossref)) && waiting_.size() < kMaxWaiting) return {};
      TRY(hand_over_first());
    }
    return {};
  }

  // Fields the child lacks come from its parent; the parent's title is the child's book title.
  void inherit(BibtexEntry& entry) const {
    const auto parent = parents_.find(std::string(trim(entry.field("crossref"))));
    if (parent == parents_.end()) return;
    for (const BibtexField& field : parent->second.fields) {
      if (field.name == "title" || field.name == "crossref" || field.name == "doi" || field.name == "pages" || field.name == "abstract" || field.name == "url") continue;
      if (entry.field(field.name).empty()) entry.fields.push_back(field);
    }
    if (entry.field("booktitle").empty()) entry.fields.push_back({"booktitle", std::string(parent->second.field("title"))});
  }

  Result<> hand_over_first() {
    Waiting item = std::move(waiting_.front());
    waiting_.pop_front();
    if (item.text.oversized) return sink_.reject({item.index, item.text.line, "the entry is longer than 64 MiB: its closing bracket was not found", std::move(item.text.text)});
    inherit(item.entry);
    if (!item.text.closed) sink_.warn({"unclosed_entry", fmt::format("line {}: entry \"{}\" has no closing bracket; it was read up to the next entry", item.text.line, item.entry.key), item.text.line});
    Record record;
    record.provenance.format = "bibtex";
    record.provenance.line = item.text.line;
    record.provenance.index = item.index;
    record.provenance.own_id = item.entry.key;
    set_type(record, item.entry.type);
    read_fields(item.entry, record);
    read_dialect_entry(item.entry, record);
    return hand_record(std::move(record), std::move(item.text.text), sink_);
  }

  RecordSink& sink_;
  Progress& progress_;
  BibtexMacros macros_ = standard_macros();
  std::unordered_map<std::string, BibtexEntry> parents_;
  std::deque<Waiting> waiting_;
  std::int64_t index_ = 0;
};

}  // namespace

double recognise_bibtex(const Sample& sample) {
  int entries = 0;
  for (std::size_t at = sample.text.find('@'); at != std::string_view::npos && entries < 3; at = sample.text.find('@', at + 1)) {
    std::size_t end = at + 1;
    while (end < sample.text.size() && is_alpha(sample.text[end])) ++end;
    const std::string type = to_lower_ascii(sample.text.substr(at + 1, end - at - 1));
    while (end < sample.text.size() && is_space(sample.text[end])) ++end;
    Record ignored;
    const bool known = type == "string" || type == "comment" || type == "preamble" || set_type(ignored, type);
    const bool at_line_start = at == 0 || is_space(sample.text[at - 1]) || sample.text[at - 1] == '}';
    entries += known && at_line_start && end < sample.text.size() && (sample.text[end] == '{' || sample.text[end] == '(') ? 1 : 0;
  }
  return entries > 0 ? 0.95 : sample.name.ends_with(".bib") ? 0.3 : 0.0;
}

Result<> read_bibtex(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) { return BibtexReader(sink, progress).read(stream); }

}  // namespace jianwei::sources
