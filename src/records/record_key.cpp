#include "records/record_key.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include <fmt/format.h>

#include "base/hash.h"
#include "records/unicode.h"

namespace jianwei {
namespace {

// Fields laid end to end, each closed by a byte that cannot occur in UTF-8, so that ("ab", "c") and ("a", "bc") differ.
class Serializer {
 public:
  explicit Serializer(std::string& out) : out_(out) { out_.clear(); }
  Serializer& operator<<(std::string_view text) {
    out_.append(text);
    out_ += '\xff';
    return *this;
  }
  Serializer& operator<<(std::int64_t number) {
    out_.append(reinterpret_cast<const char*>(&number), sizeof number);
    return *this;
  }
  Serializer& operator<<(Date date) {
    return *this << static_cast<std::int64_t>(date.year * 10'000 + date.month * 100 + date.day);
  }
  void list(std::size_t size) { *this << static_cast<std::int64_t>(size); }

 private:
  std::string& out_;
};

// Databases whose ids name one record wherever it is exported; every other source's ids are taken to be local to a file.
constexpr std::string_view kGlobalIdSources[] = {
    "acl_anthology", "arxiv", "biorxiv", "chinaxiv", "cnki", "core",   "cqvip",    "crossref", "datacite", "dblp",    "dimensions", "embase",
    "europepmc",     "epo",   "ieee",    "lens",     "nih",  "nsf",    "nsfc",     "openalex", "pmc",      "pubmed",  "sbir",       "scopus",
    "springer",      "ssrn",  "uspto",   "wanfang",  "wipo", "wos",    "cordis",   "medrxiv",  "medline",  "semantic_scholar"};

// Bits that two titles may differ in and still be versions of one. Titles of one field share many bigrams and may lie as close as 15, so the
// bound is strict: taking two versions for two records costs a repeat that resolution merges; the reverse would lose a record.
constexpr int kMaxDifferentBits = 6;

}  // namespace

std::uint64_t content_hash(const Record& r) {
  thread_local std::string buffer;
  Serializer out(buffer);
  out << static_cast<std::int64_t>(r.kind) << r.type << r.title << r.title_translated << r.abstract << r.abstract_translated << r.full_text
      << r.language << r.date << r.end_date;
  out.list(r.persons.size());
  for (const Person& p : r.persons) {
    out << p.name << p.family << p.given << p.role << p.orcid << p.source_id;
    out.list(p.organisations.size());
    for (const std::int32_t index : p.organisations) out << static_cast<std::int64_t>(index);
  }
  out.list(r.organisations.size());
  for (const Organisation& o : r.organisations) out << o.name << o.country << o.role << o.ror;
  out.list(r.keywords.size());
  for (const std::string& keyword : r.keywords) out << keyword;
  out.list(r.classifications.size());
  for (const Classification& c : r.classifications) out << c.scheme << c.code << c.label;
  out.list(r.references.size());
  for (const Reference& f : r.references) out << f.text << f.doi << f.other << f.author << f.title << f.venue << std::int64_t{f.year};
  out.list(r.funding.size());
  for (const Funding& f : r.funding) out << f.funder << f.award;
  out.list(r.identifiers.size());
  for (const Identifier& i : r.identifiers) out << i.scheme << i.value;
  out << r.venue << r.volume << r.issue << r.pages << r.publisher << r.url << r.citation_count.value_or(-1)
      << std::bit_cast<std::int64_t>(r.amount.value_or(-1.0)) << r.currency << r.provenance.source << r.provenance.own_id;
  return hash64(buffer);
}

bool has_local_id(const Record& record) {
  return std::find(std::begin(kGlobalIdSources), std::end(kGlobalIdSources), record.provenance.source) == std::end(kGlobalIdSources);
}

std::uint64_t source_key(const Record& record, std::uint64_t content, std::string_view file_name) {
  if (record.provenance.own_id.empty()) return content;
  std::uint64_t key = hash64(record.provenance.source);
  if (has_local_id(record)) key = hash_combine(key, hash64(file_name.substr(file_name.find_last_of("/!") + 1)));
  return hash_combine(key, hash64(record.provenance.own_id));
}

std::uint64_t title_signature(std::string_view title) {
  const std::string folded = fold_case(title);
  // ones[b] counts the hashes with bit b set. Eight counters of a byte are kept in each word of `lanes` (bit b: word b % 8, byte b / 8) and
  // emptied before they can overflow.
  std::array<std::int32_t, 64> ones{};
  std::array<std::uint64_t, 8> lanes{};
  std::int32_t count = 0;
  const auto empty_lanes = [&] {
    for (std::size_t bit = 0; bit < 64; ++bit) ones[bit] += static_cast<std::int32_t>((lanes[bit % 8] >> (bit / 8 * 8)) & 0xff);
    lanes = {};
  };
  char32_t previous = 0;
  std::string_view rest = folded;
  while (!rest.empty()) {
    const CodePoint c = decode_utf8(rest);
    rest.remove_prefix(static_cast<std::size_t>(c.length));
    if (!is_letter(c.value) && !(c.value >= '0' && c.value <= '9')) continue;
    const std::uint64_t hash = hash_combine(previous, c.value);
    for (std::size_t shift = 0; shift < 8; ++shift) lanes[shift] += (hash >> shift) & 0x0101010101010101ULL;
    if (++count % 255 == 0) empty_lanes();
    previous = c.value;
  }
  empty_lanes();
  std::uint64_t signature = 0;
  for (std::size_t bit = 0; bit < 64; ++bit) signature |= static_cast<std::uint64_t>(2 * ones[bit] > count) << bit;
  return signature;
}

bool similar_titles(std::uint64_t a, std::uint64_t b) { return std::popcount(a ^ b) <= kMaxDifferentBits; }

std::string named_id(std::string_view kind, std::string_view name) { return fmt::format("{}-{:010x}", kind, hash64(fold_case(name)) >> 24); }

}  // namespace jianwei
