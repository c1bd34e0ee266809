// Every reference and every record becomes an item with a few keys. Keys are taken class by class from the surest; items of one key are
// joined by union-find unless that would put two DOIs, two records or years more than one apart into one node.
#include "analysis/resolution/references.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "analysis/resolution/comparable.h"
#include "base/hash.h"
#include "base/strings.h"
#include "records/identifier.h"

namespace jianwei::analysis {
namespace {

constexpr int kMinTitleWords = 4;

enum KeyClass : std::uint8_t { key_doi, key_identifier, key_spelling, key_title, key_place, key_source };
constexpr std::array<std::string_view, 6> kRuleNames = {"doi", "identifier", "spelling", "title", "place", "place"};

bool is_year(std::string_view text) {
  return text.size() == 4 && std::all_of(text.begin(), text.end(), is_digit) && text >= "1500" && text <= "2099";
}

std::int32_t leading_number(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && !is_digit(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && is_digit(text[end]) && end - begin < 8) ++end;
  return static_cast<std::int32_t>(parse_int(text.substr(begin, end - begin)).value_or(0));
}

// The family name of "Smith J", "Smith, John", "J. Smith" or "王颖": the first word that is not an initial; with a comma, what is before it.
std::string family_of(std::string_view name) {
  const std::size_t comma = name.find(',');
  const bool family_first = comma != std::string_view::npos;
  const std::string folded = fold_names(std::array{family_first ? name.substr(0, comma) : name});
  std::vector<std::string_view> words;
  each_word(folded, [&](std::string_view word) { words.push_back(word); });
  if (words.empty()) return "";
  // "smith j" and "smith jb" against "john smith": short words are initials.
  const auto is_initials = [](std::string_view word) { return word.size() <= 2 && static_cast<unsigned char>(word[0]) < 0x80; };
  if (family_first) return std::string(words.back());
  if (words.size() > 1 && is_initials(words.back())) {
    std::size_t last = words.size();
    while (last > 1 && is_initials(words[last - 1])) --last;
    return std::string(words[last - 1]);
  }
  return std::string(words.back());
}

// "Smith J, 1999, J APPL PHYS, V85, P1234, DOI 10.1063/1.1": the second or first part is a year.
bool read_web_of_science(std::string_view text, ReferenceParts& out) {
  std::vector<std::string> parts = split_trimmed(text, ",");
  const auto year = std::find_if(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, parts.size())), [](const std::string& part) { return is_year(part); });
  if (year == parts.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, parts.size()))) return false;
  if (out.year == 0) out.year = static_cast<std::int16_t>(parse_int(*year).value_or(0));
  if (out.author.empty() && year != parts.begin()) {
    // "Smith J" and "SMITH, J" both occur.
    const std::string name = fold_words(parts[0]);
    std::vector<std::string_view> words;
    each_word(name, [&](std::string_view word) { words.push_back(word); });
    while (words.size() > 1 && words.back().size() <= 3) words.pop_back();
    if (!words.empty()) out.author = std::string(words.back());
  }
  for (auto part = year + 1; part != parts.end(); ++part) {
    const bool numbered = part->size() >= 2 && (is_digit((*part)[1]) || (part->size() > 2 && is_digit((*part)[2])));
    if (numbered && (*part)[0] == 'V' && out.volume == 0) {
      out.volume = leading_number(*part);
    } else if (numbered && (*part)[0] == 'P' && out.first_page == 0) {
      out.first_page = leading_number(*part);
    } else if (part == year + 1 && out.source.empty()) {
      out.source = fold_words(*part);
    }
  }
  return true;
}

// "Smith, J., Lee, K., Title of it (1999) Journal of Physics, 85 (3), pp. 1-9"
bool read_scopus(std::string_view text, ReferenceParts& out) {
  std::size_t open = text.find(" (");
  while (open != std::string_view::npos && !(open + 7 <= text.size() && text[open + 6] == ')' && is_year(text.substr(open + 2, 4)))) open = text.find(" (", open + 1);
  if (open == std::string_view::npos) return false;
  if (out.year == 0) out.year = static_cast<std::int16_t>(parse_int(text.substr(open + 2, 4)).value_or(0));
  const std::string_view head = text.substr(0, open);
  const std::string_view tail = trim(text.substr(open + 7));
  const std::size_t initials = head.rfind("., ");
  if (initials == std::string_view::npos) return true;
  if (out.author.empty()) out.author = family_of(head.substr(0, head.find(',')));
  if (out.title.empty()) out.title = fold_words(head.substr(initials + 3));
  const std::vector<std::string> parts = split_trimmed(tail, ",");
  if (parts.empty()) return true;
  if (out.source.empty()) out.source = fold_words(parts[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].starts_with("pp.") || parts[i].starts_with("p.")) {
      if (out.first_page == 0) out.first_page = leading_number(parts[i]);
    } else if (out.volume == 0 && is_digit(parts[i][0])) {
      out.volume = leading_number(parts[i]);
    }
  }
  return true;
}

std::uint64_t title_key(std::string_view folded, int& word_count) {
  std::vector<std::uint64_t> words;
  each_word(folded, [&](std::string_view word) {
    if (!is_stop_word(word)) words.push_back(hash64(word));
  });
  word_count = static_cast<int>(words.size());
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::uint64_t key = 0x717;
  for (const std::uint64_t word : words) key = hash_combine(key, word);
  return key;
}

struct Item {
  std::int64_t record = -1;   // the record it is; -1 for a reference
  std::int64_t citing = -1;   // the record whose list it stands in; -1 for a record
  std::uint64_t doi = 0;
  std::int16_t year = 0;
  std::uint64_t order = 0;    // key of the record, so that ties do not depend on the input's order
};

struct KeyEntry {
  std::uint8_t key_class;
  std::uint64_t key;
  bool is_reference;          // records come first in their group
  std::uint64_t order;
  std::int64_t item;
  bool operator<(const KeyEntry& other) const {
    return std::tie(key_class, key, is_reference, order, item) < std::tie(other.key_class, other.key, other.is_reference, other.order, other.item);
  }
};

void add_keys(std::vector<KeyEntry>& entries, std::int64_t index, const Item& item, const ReferenceParts& parts, std::span<const std::string_view> identifiers) {
  const auto add = [&](KeyClass key_class, std::uint64_t key) { entries.push_back({key_class, key, item.record < 0, item.order, index}); };
  if (item.doi != 0) add(key_doi, item.doi);
  for (const std::string_view identifier : identifiers) {
    if (!identifier.starts_with("doi:") && !identifier.starts_with("issn:") && !identifier.starts_with("isbn:")) add(key_identifier, hash64(identifier));
  }
  if (!parts.title.empty()) {
    int words = 0;
    const std::uint64_t key = title_key(parts.title, words);
    // A year's key and the next one's let years one apart meet; without a year the title alone.
    if (words >= kMinTitleWords && item.year != 0) {
      add(key_title, hash_combine(key, static_cast<std::uint64_t>(item.year)));
      add(key_title, hash_combine(key, static_cast<std::uint64_t>(item.year) + 1));
    }
    if (words >= kMinTitleWords + 2) add(key_title, key);
  }
  if (parts.author.empty() || item.year == 0) return;
  const std::uint64_t who = hash_combine(hash64(parts.author), static_cast<std::uint64_t>(item.year));
  if (parts.first_page > 0 && parts.volume > 0) {
    add(key_place, hash_combine(hash_combine(who, static_cast<std::uint64_t>(parts.volume)), static_cast<std::uint64_t>(parts.first_page)));
  } else if (!parts.source.empty() && item.record < 0) {
    add(key_source, hash_combine(who, hash64(parts.source)));
  }
}

// Disjoint sets whose roots know their DOI, record and span of years.
class Nodes {
 public:
  explicit Nodes(const std::vector<Item>& items) : parent_(items.size()), state_(items.size()) {
    std::iota(parent_.begin(), parent_.end(), std::int64_t{0});
    for (std::size_t i = 0; i < items.size(); ++i) state_[i] = {items[i].doi, items[i].record, items[i].year, items[i].year, 255};
  }
  std::int64_t root(std::int64_t i) {
    while (at(i) != i) i = at(i) = at(at(i));
    return i;
  }
  void join(std::int64_t a, std::int64_t b, std::uint8_t key_class) {
    std::int64_t x = root(a);
    std::int64_t y = root(b);
    if (x == y) return;
    if (y < x) std::swap(x, y);
    State& s = state_[static_cast<std::size_t>(x)];
    const State& t = state_[static_cast<std::size_t>(y)];
    if (s.record >= 0 && t.record >= 0) return;
    if (s.doi != 0 && t.doi != 0 && s.doi != t.doi) return;
    const auto first = s.first_year == 0 ? t.first_year : t.first_year == 0 ? s.first_year : std::min(s.first_year, t.first_year);
    const auto last = std::max(s.last_year, t.last_year);
    if (key_class >= key_title && first != 0 && last - first > 1) return;
    const bool matched_now = (s.record >= 0) != (t.record >= 0);
    s.rule = matched_now ? std::min({s.rule, t.rule, key_class}) : std::min(s.rule, t.rule);
    s.record = std::max(s.record, t.record);
    s.doi = s.doi != 0 ? s.doi : t.doi;
    s.first_year = first;
    s.last_year = last;
    at(y) = x;
  }
  std::int64_t record(std::int64_t root) const { return state_[static_cast<std::size_t>(root)].record; }
  std::uint8_t rule(std::int64_t root) const { return state_[static_cast<std::size_t>(root)].rule; }
  std::int16_t year(std::int64_t root) const { return state_[static_cast<std::size_t>(root)].first_year; }

 private:
  struct State {
    std::uint64_t doi;
    std::int64_t record;
    std::int16_t first_year, last_year;
    std::uint8_t rule;  // the surest class by which a reference reached the record; 255 none
  };
  std::int64_t& at(std::int64_t i) { return parent_[static_cast<std::size_t>(i)]; }
  std::vector<std::int64_t> parent_;
  std::vector<State> state_;
};

std::string spelling_of(const Reference& reference) {
  if (!reference.text.empty()) return reference.text;
  std::string label = reference.author;
  for (const std::string& part : {reference.year != 0 ? std::to_string(reference.year) : std::string(), reference.title, reference.venue}) {
    if (!part.empty()) label += (label.empty() ? "" : ", ") + part;
  }
  if (label.empty()) label = !reference.doi.empty() ? "doi:" + reference.doi : reference.other;
  return label;
}

ReferenceParts parts_of(const ResolutionRecord& record) {
  ReferenceParts parts;
  parts.title = fold_words(record.title);
  parts.year = record.date.year;
  parts.volume = leading_number(record.volume);
  parts.first_page = leading_number(record.pages);
  if (!record.persons.empty()) parts.author = family_of(record.persons[0]);
  for (const std::string_view identifier : record.identifiers) {
    if (identifier.starts_with("doi:")) parts.doi = std::string(identifier.substr(4));
  }
  return parts;
}

}  // namespace

ReferenceParts read_reference(const Reference& reference) {
  ReferenceParts parts;
  parts.doi = !reference.doi.empty() ? reference.doi : find_doi(reference.text);
  parts.year = reference.year;
  parts.title = fold_words(reference.title);
  parts.source = fold_words(reference.venue);
  if (!reference.author.empty()) parts.author = family_of(reference.author);
  if (reference.text.empty() || read_scopus(reference.text, parts) || read_web_of_science(reference.text, parts)) return parts;
  // Free text: the last year that stands alone.
  for (std::size_t i = 0; parts.year == 0 && i + 4 <= reference.text.size(); ++i) {
    const std::size_t at = reference.text.size() - 4 - i;
    const bool alone = (at == 0 || !is_digit(reference.text[at - 1])) && (at + 4 == reference.text.size() || !is_digit(reference.text[at + 4]));
    if (alone && is_year(std::string_view(reference.text).substr(at, 4))) parts.year = static_cast<std::int16_t>(parse_int(std::string_view(reference.text).substr(at, 4)).value_or(0));
  }
  return parts;
}

Result<CitationMatch> match_references(std::span<const ResolutionRecord> records, std::span<const std::span<const Reference>> references, Progress& progress) {
  if (records.size() != references.size()) return fail(ErrorKind::invalid_input, "{} records come with {} lists of references", records.size(), references.size());
  progress.begin("resolve.references", static_cast<std::int64_t>(records.size()), "records");
  std::vector<Item> items;
  std::vector<KeyEntry> entries;
  std::vector<const Reference*> reference_of;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const ReferenceParts parts = parts_of(records[i]);
    const Item item{static_cast<std::int64_t>(i), -1, parts.doi.empty() ? 0 : hash64(parts.doi), parts.year, records[i].key};
    add_keys(entries, static_cast<std::int64_t>(items.size()), item, parts, records[i].identifiers);
    items.push_back(item);
    reference_of.push_back(nullptr);
  }
  CitationMatch result;
  for (std::size_t i = 0; i < references.size(); ++i) {
    for (const Reference& reference : references[i]) {
      const ReferenceParts parts = read_reference(reference);
      const Item item{-1, static_cast<std::int64_t>(i), parts.doi.empty() ? 0 : hash64(parts.doi), parts.year, hash_combine(records[i].key, hash64(spelling_of(reference)))};
      const std::string_view other = reference.other;
      add_keys(entries, static_cast<std::int64_t>(items.size()), item, parts, other.empty() ? std::span<const std::string_view>() : std::span(&other, 1));
      // The same words with a year are the same work; without one they may be a remark ("no title captured").
      if (const std::string words = fold_words(reference.text); words.size() > 12 && parts.year != 0) entries.push_back({key_spelling, hash64(words), true, item.order, static_cast<std::int64_t>(items.size())});
      items.push_back(item);
      reference_of.push_back(&reference);
      ++result.reference_count;
    }
    progress.advance();
    if ((i & 0xfff) == 0) TRY(progress.check());
  }
  std::sort(entries.begin(), entries.end());
  Nodes nodes(items);
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (entries[i].key_class != entries[i - 1].key_class || entries[i].key != entries[i - 1].key) continue;
    // With the first of the group, which is a record when there is one, else with the neighbour.
    std::size_t first = i - 1;
    while (first > 0 && i - first < 16 && entries[first - 1].key == entries[i].key && entries[first - 1].key_class == entries[i].key_class) --first;
    nodes.join(entries[first].item, entries[i].item, entries[i].key_class);
    nodes.join(entries[i - 1].item, entries[i].item, entries[i].key_class);
  }
  TRY(progress.check());

  // Nodes that are cited become works; their label is the record's title or the most frequent spelling.
  std::vector<std::int32_t> number(items.size(), -1);  // [items] of roots: index into works as they are met
  std::vector<std::int64_t> roots;
  std::vector<CitedWork> works;
  std::vector<std::map<std::string, std::int64_t>> spellings;  // [works] how often each was met; empty for works that are records
  std::vector<std::pair<std::int64_t, std::int32_t>> edges;    // citing record, work
  for (std::size_t i = records.size(); i < items.size(); ++i) {
    const std::int64_t root = nodes.root(static_cast<std::int64_t>(i));
    const std::int64_t record = nodes.record(root);
    if (record == items[i].citing) continue;
    std::int32_t& work = number[static_cast<std::size_t>(root)];
    if (work < 0) {
      work = static_cast<std::int32_t>(works.size());
      roots.push_back(root);
      works.push_back({"", nodes.year(root), record, 0, ""});
      spellings.emplace_back();
    }
    edges.emplace_back(items[i].citing, work);
    if (record < 0) ++spellings[static_cast<std::size_t>(work)][spelling_of(*reference_of[i])];
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  for (const auto& [citing, work] : edges) ++works[static_cast<std::size_t>(work)].citation_count;
  for (std::size_t w = 0; w < works.size(); ++w) {
    CitedWork& work = works[w];
    if (work.record >= 0) {
      work.label = records[static_cast<std::size_t>(work.record)].title;
      work.rule = kRuleNames[std::min<std::size_t>(nodes.rule(roots[w]), kRuleNames.size() - 1)];
      continue;
    }
    std::int64_t most = 0;
    for (const auto& [spelling, count] : spellings[w]) {
      if (count > most) work.label = spelling;
      most = std::max(most, count);
    }
  }
  std::vector<std::int32_t> order(works.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    const CitedWork& x = works[static_cast<std::size_t>(a)];
    const CitedWork& y = works[static_cast<std::size_t>(b)];
    return std::tuple(-x.citation_count, std::string_view(x.label), x.year, roots[static_cast<std::size_t>(a)]) <
           std::tuple(-y.citation_count, std::string_view(y.label), y.year, roots[static_cast<std::size_t>(b)]);
  });
  std::vector<std::int32_t> node_of(works.size());  // [works] its place in that order
  for (const std::int32_t work : order) {
    node_of[static_cast<std::size_t>(work)] = static_cast<std::int32_t>(result.works.size());
    result.works.push_back(std::move(works[static_cast<std::size_t>(work)]));
  }
  std::size_t edge = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::size_t begin = result.cited.size();
    for (; edge < edges.size() && edges[edge].first == static_cast<std::int64_t>(i); ++edge) result.cited.push_back(node_of[static_cast<std::size_t>(edges[edge].second)]);
    std::sort(result.cited.begin() + static_cast<std::ptrdiff_t>(begin), result.cited.end());
    result.offsets.push_back(static_cast<std::int64_t>(result.cited.size()));
  }
  return result;
}

}  // namespace jianwei::analysis
