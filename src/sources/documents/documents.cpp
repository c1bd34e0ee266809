// Plain text, Markdown, HTML and PDF: one file is one record, of kind policy when it reads as an official text, work when a page carries
// citation metadata, post otherwise. Page: docs/formats/documents.md
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/strings.h"
#include "records/identifier.h"
#include "records/unicode.h"
#include "sources/documents/html.h"
#include "sources/documents/pdf.h"
#include "sources/documents/prose.h"
#include "sources/reader.h"
#include "sources/xml/parts.h"

namespace jianwei::sources {
namespace {

using documents::HtmlPage;

constexpr std::size_t kMaxTextBytes = std::size_t{32} << 20;  // of one document
constexpr std::size_t kMaxPdfBytes = std::size_t{512} << 20;

Result<> reject(RecordSink& sink, std::string reason, std::string_view raw) {
  return sink.reject({0, 0, std::move(reason), std::string(raw.substr(0, 65536))});
}

// Hands the one record of a file on.
Result<> hand_on(Record&& record, std::string_view format, std::string raw, RecordSink& sink) {
  if (record.title.empty() && record.full_text.empty()) return reject(sink, "the document holds no text", raw);
  record.provenance.format = format;
  if (record.provenance.source.empty()) record.provenance.source = format;
  record.provenance.raw = std::move(raw);
  record.provenance.line = 1;
  return sink.record(std::move(record));
}

Result<> too_large(RecordSink& sink, std::string_view raw) {
  return reject(sink, fmt::format("one document may hold {} MiB at most; this is a data file of another kind: name its format", kMaxTextBytes >> 20), raw);
}

Result<> read_text(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress&) {
  std::string text;
  if (!TRY(read_all(stream, kMaxTextBytes, text))) return too_large(sink, text);
  Record record;
  documents::fill_from_prose(record, documents::paragraphs_of_lines(text));
  return hand_on(std::move(record), "text", std::move(text), sink);
}

// "key: value" lines between two lines of three hyphens; lists as [a, b] or "- a" lines. False when there are none.
bool read_front_matter(std::string_view& text, Record& record) {
  if (!text.starts_with("---\n") && !text.starts_with("---\r\n")) return false;
  const std::size_t end = text.find("\n---", 3);
  if (end == std::string_view::npos) return false;
  const std::string_view matter = text.substr(4, end - 4);
  text.remove_prefix(std::min(text.size(), text.find('\n', end + 1) == std::string_view::npos ? text.size() : text.find('\n', end + 1) + 1));
  std::string key;
  for (const std::string_view line : split(matter, "\n")) {
    std::string_view value = trim(line);
    if (value.starts_with("- ")) {
      value.remove_prefix(2);
    } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos && !line.starts_with(" ")) {
      key = to_lower_ascii(trim(line.substr(0, colon)));
      value = trim(line.substr(colon + 1));
    }
    if (value.starts_with("[") && value.ends_with("]")) value = value.substr(1, value.size() - 2);
    const std::vector<std::string> listed = split_trimmed(value, ",");
    const auto unquoted = [](std::string_view item) {
      item = trim(item);
      if (item.size() >= 2 && (item[0] == '"' || item[0] == '\'') && item.back() == item[0]) item = item.substr(1, item.size() - 2);
      return clean_text(item);
    };
    if (value.empty()) continue;
    if (key == "title") record.title = unquoted(value);
    if (key == "date" && !record.date.known()) {
      if (const Result<Date> date = parse_date(unquoted(value))) record.date = *date;
    }
    if (key == "author" || key == "authors") {
      for (const std::string& name : listed) xml::add_person_named(record, unquoted(name));
    }
    if (key == "tags" || key == "keywords" || key == "categories") {
      for (const std::string& word : listed) xml::add_keyword(record, unquoted(word));
    }
    if (key == "url" || key == "link" || key == "source") record.url = unquoted(value).starts_with("http") ? unquoted(value) : record.url;
    if (key == "description" || key == "summary" || key == "abstract") record.abstract = unquoted(value);
    if (key == "lang" || key == "language") record.language = xml::language_of(unquoted(value));
  }
  return true;
}

// Markdown as plain lines: link texts stay, pictures, comments and marks go.
std::string plain_markdown(std::string_view text, std::string& first_heading) {
  std::string plain;
  bool fenced = false;
  bool comment = false;
  for (std::string_view line : split(text, "\n")) {
    if (line.ends_with("\r")) line.remove_suffix(1);
    if (comment || line.starts_with("<!--")) {
      comment = line.find("-->") == std::string_view::npos;
      continue;
    }
    const std::string_view bare = trim(line);
    if (bare.starts_with("```") || bare.starts_with("~~~")) {
      fenced = !fenced;
      continue;
    }
    if (fenced || bare.starts_with("![") || bare == "---" || bare == "***" || bare.starts_with("|-") || bare.starts_with("|:")) {
      plain += '\n';
      continue;
    }
    std::string_view rest = bare;
    std::size_t level = 0;
    while (level < rest.size() && rest[level] == '#') ++level;
    const bool heading = level > 0 && level <= 6 && level < rest.size() && rest[level] == ' ';
    if (heading) rest = trim(rest.substr(level));
    while (rest.ends_with("#")) rest.remove_suffix(1);
    if (rest.starts_with("> ")) rest.remove_prefix(2);
    const bool item = rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ ");
    if (item) rest.remove_prefix(2);
    std::string out;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (rest[i] == '[') {
        const std::size_t close = rest.find("](", i);
        const std::size_t end = close == std::string_view::npos ? close : rest.find(')', close);
        if (end != std::string_view::npos && close - i < 500) {
          out += rest.substr(i + 1, close - i - 1);
          i = end;
          continue;
        }
      }
      if (rest[i] == '`' || rest.substr(i).starts_with("**") || rest.substr(i).starts_with("__")) {
        i += rest[i] == '`' ? 0 : 1;
        continue;
      }
      out += rest[i];
    }
    if (heading && first_heading.empty()) first_heading = clean_text(out);
    if (heading || item) plain += '\n';
    plain += out + '\n';
    if (heading) plain += '\n';
  }
  return plain;
}

// Paragraphs of Markdown: an empty line ends one, whatever the width of the lines.
std::vector<std::string> markdown_paragraphs(std::string_view plain) {
  std::vector<std::string> paragraphs;
  bool open = false;
  for (const std::string_view line : split(plain, "\n")) {
    const std::string text = clean_text(line);
    if (text.empty()) {
      open = false;
      continue;
    }
    if (open) {
      const bool wide = static_cast<unsigned char>(paragraphs.back().back()) >= 0x80 || static_cast<unsigned char>(text[0]) >= 0x80;
      paragraphs.back() += (wide ? "" : " ") + text;
    } else {
      paragraphs.push_back(text);
    }
    open = true;
  }
  return paragraphs;
}

Result<> read_markdown(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress&) {
  std::string text;
  if (!TRY(read_all(stream, kMaxTextBytes, text))) return too_large(sink, text);
  Record record;
  std::string_view body = text;
  read_front_matter(body, record);
  std::string heading;
  const std::string plain = plain_markdown(body, heading);
  if (record.title.empty()) record.title = heading;
  documents::fill_from_prose(record, markdown_paragraphs(plain));
  return hand_on(std::move(record), "markdown", std::move(text), sink);
}

std::string meta_of(const HtmlPage& page, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const auto found = page.meta.find(std::string(name));
    if (found != page.meta.end() && !found->second.empty()) return found->second;
  }
  return "";
}

// The <title> without the name of the site: "A headline - The Site", "标题_网站".
std::string without_site(const HtmlPage& page, std::string_view site) {
  std::string title = page.title;
  for (const std::string_view mark : {" - ", " | ", " – ", " — ", "_", "－"}) {
    const std::size_t at = title.rfind(mark);
    if (at == std::string::npos || at == 0) continue;
    const std::string tail = title.substr(at + mark.size());
    if (tail == site || (page.heading.size() > 8 && title.starts_with(page.heading))) title.resize(at);
  }
  return title;
}

void read_citation_meta(Record& record, const HtmlPage& page) {
  const auto [first, last] = page.meta.equal_range("citation_author");
  for (auto author = first; author != last; ++author) xml::add_person_named(record, author->second);
  if (record.persons.empty()) {
    const auto [begin, end] = page.meta.equal_range(page.meta.contains("dc.creator") ? "dc.creator" : "author");
    for (auto author = begin; author != end; ++author) {
      for (const std::string& name : split_trimmed(author->second, ";")) xml::add_person_named(record, name);
    }
  }
  if (!page.meta.contains("citation_title")) return;
  record.kind = RecordKind::work;
  record.type = page.meta.contains("citation_conference_title") ? "conference_paper" : page.meta.contains("citation_dissertation_institution") ? "thesis" : "article";
  record.venue = meta_of(page, {"citation_journal_title", "citation_conference_title", "citation_dissertation_institution"});
  record.volume = meta_of(page, {"citation_volume"});
  record.issue = meta_of(page, {"citation_issue"});
  record.pages = meta_of(page, {"citation_firstpage"});
  if (const std::string last_page = meta_of(page, {"citation_lastpage"}); !last_page.empty()) record.pages += "-" + last_page;
  record.publisher = meta_of(page, {"citation_publisher"});
  for (const std::string_view scheme : {"doi", "issn", "isbn", "pmid"}) {
    if (const std::string value = meta_of(page, {"citation_" + std::string(scheme)}); !value.empty()) add_identifier(record, scheme, value);
  }
  record.abstract = meta_of(page, {"citation_abstract", "dc.description"});
}

Result<> read_html_page(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress&) {
  std::string html;
  if (!TRY(read_all(stream, kMaxTextBytes, html))) return too_large(sink, html);
  const HtmlPage page = documents::read_html(html);
  Record record;
  const std::string site = meta_of(page, {"og:site_name", "sitename", "application-name"});
  record.title = meta_of(page, {"citation_title", "articletitle", "dc.title", "og:title"});
  if (record.title.empty()) record.title = page.heading;
  if (record.title.empty()) record.title = without_site(page, site);
  read_citation_meta(record, page);
  const std::string date = meta_of(page, {"citation_publication_date", "citation_date", "citation_online_date", "article:published_time", "pubdate", "publishdate", "dc.date.issued", "dc.date", "datepublished", "date"});
  if (const Result<Date> read = parse_date(date.empty() ? page.time : date)) record.date = *read;
  const std::string keywords = meta_of(page, {"citation_keywords", "keywords", "news_keywords"});
  const std::string separated = replace_all(replace_all(replace_all(keywords, "，", ","), "；", ","), ";", ",");
  for (const std::string& word : split_trimmed(separated, ",")) xml::add_keyword(record, word);
  record.language = xml::language_of(page.language);
  record.url = meta_of(page, {"og:url", "citation_abstract_html_url"});
  if (record.url.empty()) record.url = page.canonical;
  if (record.abstract.empty()) record.abstract = meta_of(page, {"og:description", "description", "dc.description"});
  std::vector<std::string> paragraphs;
  for (const std::string_view line : split(page.text, "\n")) {
    if (!line.empty()) paragraphs.emplace_back(line);
  }
  documents::fill_from_prose(record, paragraphs);
  if (record.kind == RecordKind::post) {
    record.type = "news";
    if (record.venue.empty()) record.venue = site;
  }
  if (record.provenance.own_id.empty()) record.provenance.own_id = record.url;
  return hand_on(std::move(record), "html", std::move(html), sink);
}

// A file in the temporary folder that is gone when the reader is done.
struct TemporaryFile {
  std::string path = (std::filesystem::temp_directory_path() / "jianwei-XXXXXX").string();
  int file = mkstemp(path.data());
  ~TemporaryFile() {
    if (file < 0) return;
    close(file);
    unlink(path.c_str());
  }
};

Result<> read_pdf(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress&) {
  TemporaryFile temporary;
  if (temporary.file < 0) return fail(ErrorKind::unavailable, "no file can be made in {}", std::filesystem::temp_directory_path().string());
  std::size_t total = 0;
  for (std::string block(1 << 16, '\0');;) {
    const std::size_t count = TRY(stream.read(block.data(), block.size()));
    if (count == 0) break;
    total += count;
    if (total > kMaxPdfBytes) return reject(sink, fmt::format("the PDF is larger than {} MiB", kMaxPdfBytes >> 20), "");
    if (write(temporary.file, block.data(), count) != static_cast<ssize_t>(count)) return fail(ErrorKind::unavailable, "{} cannot be written", temporary.path);
  }
  Result<std::string> text = documents::pdf_to_text(temporary.path);
  if (!text) return reject(sink, text.error().message, "");
  if (trim(*text).empty()) return reject(sink, fmt::format("{} holds no text: a scan; recognise its text first (for example with ocrmypdf)", options.file_name), "");
  Record record;
  documents::fill_from_prose(record, documents::paragraphs_of_lines(*text));
  return hand_on(std::move(record), "pdf", std::move(*text), sink);
}

bool named(const Sample& sample, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return sample.name.ends_with(ending); });
}

double recognise_pdf(const Sample& sample) { return sample.text.substr(0, 1024).find("%PDF-") != std::string_view::npos ? 0.98 : 0; }
double recognise_html(const Sample& sample) {
  const std::string head = to_lower_ascii(sample.text.substr(0, 2048));
  return head.find("<!doctype html") != std::string::npos || head.find("<html") != std::string::npos ? 0.85 : named(sample, {".html", ".htm"}) && head.find('<') != std::string::npos ? 0.45 : 0;
}
double recognise_markdown(const Sample& sample) { return named(sample, {".md", ".markdown"}) ? 0.4 : 0; }

// Lines such as "AU  - Doe", "%A Doe", "TI: ...", "--AU--": an export in tags, which no reader of documents understands.
bool looks_tagged(std::string_view text) {
  std::size_t tagged = 0;
  std::size_t lines = 0;
  for (const std::string_view line : split(text.substr(0, 16384), "\n")) {
    if (line.size() < 3) continue;
    ++lines;
    std::size_t i = line.starts_with("--") ? 2 : line[0] == '%' || line[0] == '<' ? 1 : 0;
    const std::size_t begin = i;
    while (i < line.size() && i < begin + 4 && ((line[i] >= 'A' && line[i] <= 'Z') || is_digit(line[i]))) ++i;
    const std::string_view rest = trim(line.substr(i));
    const bool short_tag = i - begin >= 2 && is_alpha(line[begin]);
    if ((short_tag && (rest.starts_with("-") || rest.starts_with(":") || rest.starts_with(">"))) || (begin == 1 && line[0] == '%' && i - begin >= 1 && (rest.empty() || line[i] == ' '))) ++tagged;
  }
  return lines >= 3 && 10 * tagged >= 4 * lines;
}

// A few words are no document: a note that lies among the files, not a record.
bool is_scrap(const Sample& sample, std::string_view text) {
  constexpr std::size_t kLeastBytes = 80;  // a title and a short sentence
  return sample.complete && text.size() < kLeastBytes;
}

double recognise_text(const Sample& sample) {
  const std::string_view text = trim(sample.text);
  if (text.empty() || is_scrap(sample, text) || text.find('\0') != std::string_view::npos || looks_tagged(text)) return 0;
  if (named(sample, {".txt", ".text"})) return 0.2;
  // Without an extension only what cannot be data of another kind.
  const bool plain_name = sample.name.find('.') == std::string_view::npos;
  return plain_name && text[0] != '<' && text[0] != '{' && text[0] != '[' ? 0.11 : 0;
}

constexpr std::array<Format, 4> kFormats = {{
    {"pdf", "PDF", recognise_pdf, read_pdf, true},
    {"html", "HTML page", recognise_html, read_html_page},
    {"markdown", "Markdown", recognise_markdown, read_markdown},
    {"text", "plain text", recognise_text, read_text},
}};

}  // namespace

std::span<const Format> document_formats() { return kFormats; }

}  // namespace jianwei::sources
