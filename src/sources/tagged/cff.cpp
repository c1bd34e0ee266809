// Citation File Format (CITATION.cff), the subset of YAML its writers use: keys at the margin, lists of maps below them, block texts.
// https://citation-file-format.github.io
#include "base/strings.h"
#include "records/identifier.h"
#include "records/person_name.h"
#include "sources/tagged/formats.h"
#include "sources/tagged/record_fields.h"
#include "sources/tagged/tagged_record.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20;  // real ones have a few kilobytes

std::string unquote(std::string_view value) {
  value = trim(value);
  if (value.size() >= 2 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0]) value = value.substr(1, value.size() - 2);
  return std::string(value);
}

struct Name {
  std::string family, given, particle, suffix, whole, orcid, affiliation;
  bool empty() const { return family.empty() && given.empty() && whole.empty(); }
};

void add_name(Record& record, const Name& name) {
  if (name.empty()) return;
  Person person;
  person.family = name.particle.empty() ? name.family : name.particle + " " + name.family;
  person.given = name.suffix.empty() ? name.given : name.given + ", " + name.suffix;
  person.name = !name.whole.empty() ? name.whole : shown_name(person.family, person.given);
  person.orcid = normalize_identifier("orcid", name.orcid);
  if (const std::int32_t organisation = add_affiliation(record, name.affiliation); organisation >= 0) person.organisations.push_back(organisation);
  record.persons.push_back(std::move(person));
}

class CffReader {
 public:
  explicit CffReader(Record& record) : record_(record) {}

  void take_line(std::string_view line) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (block_ != nullptr) {
      if (indent == std::string_view::npos || indent > 0) {
        *block_ += std::string(trim(line)) + "\n";
        return;
      }
      block_ = nullptr;
    }
    if (indent == std::string_view::npos || line[indent] == '#' || line.starts_with("---") || line.starts_with("...")) return;
    std::string_view text = line.substr(indent);
    const bool item = text.starts_with('-');
    if (item) text = trim(text.substr(1));
    const std::size_t colon = text.find(':');
    const std::string key(colon == std::string_view::npos ? "" : trim(text.substr(0, colon)));
    const std::string value = unquote(colon == std::string_view::npos ? text : text.substr(colon + 1));
    if (indent == 0 && !item) {
      finish_item();
      section_ = key;
      take_top(key, value);
    } else {
      take_nested(indent, item, key, value);
    }
  }

  void finish() {
    finish_item();
    record_.abstract = collapse_spaces(abstract_);
  }

 private:
  void take_top(const std::string& key, const std::string& value) {
    if (key == "title") record_.title = value;
    if (key == "abstract") {
      if (value.starts_with('|') || value.starts_with('>')) {
        block_ = &abstract_;
      } else {
        abstract_ = value;
      }
    }
    if (key == "doi") add_identifier(record_, "doi", value);
    if (key == "date-released") refine_date(record_, value);
    if (key == "type" && value == "dataset") record_.type = "dataset";
    if (key == "url" || (key == "repository-code" && record_.url.empty())) record_.url = value;
  }

  void take_nested(std::size_t indent, bool item, const std::string& key, const std::string& value) {
    if (section_ == "keywords") {
      if (item) add_keywords(record_, value, "");
    } else if (section_ == "authors") {
      if (item) finish_item();
      if (key == "family-names") name_.family = value;
      if (key == "given-names") name_.given = value;
      if (key == "name-particle") name_.particle = value;
      if (key == "name-suffix") name_.suffix = value;
      if (key == "name" || key == "alias") name_.whole = key == "name" ? value : name_.whole;
      if (key == "orcid") name_.orcid = value;
      if (key == "affiliation") name_.affiliation = value;
    } else if (section_ == "identifiers") {
      if (key == "value") add_identifier(record_, value.starts_with("swh:") ? "swh" : "doi", value);
    } else if (section_ == "references" || section_ == "preferred-citation") {
      if (item && (item_indent_ == 0 || indent <= item_indent_)) {
        finish_item();
        item_indent_ = indent;
      }
      if (key == "doi") reference_.doi = normalize_identifier("doi", value);
      if (key == "title") reference_.title = value;
      if (key == "journal") reference_.venue = value;
      if (key == "year") reference_.year = static_cast<std::int16_t>(parse_int(value).value_or(0));
      if (key == "family-names" && reference_.author.empty()) reference_.author = value;
    }
  }

  void finish_item() {
    add_name(record_, name_);
    name_ = {};
    if (!reference_.doi.empty() || !reference_.title.empty() || !reference_.author.empty()) record_.references.push_back(reference_);
    reference_ = {};
  }

  Record& record_;
  std::string section_;
  std::string abstract_;
  std::string* block_ = nullptr;
  Name name_;
  Reference reference_;
  std::size_t item_indent_ = 0;
};

}  // namespace

double recognise_cff(const Sample& sample) { return has_line(sample.text, "cff-version:") ? 0.98 : 0.0; }

Result<> read_cff(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  TRY(progress.check());
  Record record;
  record.type = "software";
  record.provenance.format = "cff";
  record.provenance.source = "cff";
  record.provenance.line = 1;
  CffReader cff(record);
  LineReader reader(stream);
  std::string raw;
  std::string_view line;
  while (TRY(reader.next(line))) {
    raw += line;
    raw += '\n';
    if (raw.size() > kMaxFileBytes) return fail(ErrorKind::invalid_input, "the file is longer than {} bytes: this is not a citation file", kMaxFileBytes);
    cff.take_line(line);
  }
  if (raw.empty()) return {};
  cff.finish();
  return hand_record(std::move(record), raw, sink);
}

}  // namespace jianwei::sources
