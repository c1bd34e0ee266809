// Folds records in parallel blocks, then numbers sources and venues and counts words serially in key order.
#include "analysis/resolution/prepared.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <unordered_map>

#include "analysis/resolution/radix_sort.h"
#include "analysis/resolution/words.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/strings.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kBlock = 8192;
constexpr std::int32_t kYearsOfColumn = 3;  // a title that one source has in three years or more is the name of a column

struct IdentityScheme {
  std::string_view name;
  bool distinguishing;  // a work has one value only
};
constexpr std::array<IdentityScheme, 15> kSchemes = {{{"doi", true},   {"pmid", true},   {"pmcid", true}, {"arxiv", true}, {"patent", true},
                                                      {"patent_stem", false}, {"grant", true}, {"cstr", true}, {"openalex", false}, {"wos", false},
                                                      {"scopus", false}, {"lens", false}, {"anthology", true}, {"url", false}, {"application", false}}};

std::uint8_t scheme_index(std::string_view name) {
  for (std::size_t i = 0; i < kSchemes.size(); ++i) {
    if (kSchemes[i].name == name) return static_cast<std::uint8_t>(i);
  }
  return 255;
}

// The parts of a publication number: "US7123456B2" -> ("US7123456", "B2").
std::pair<std::string_view, std::string_view> split_patent(std::string_view number) {
  std::size_t end = number.size();
  while (end > 0 && is_digit(number[end - 1])) --end;
  if (end == number.size() || (end > 2 && number.size() - end <= 1)) {
    std::size_t letter = number.find_last_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (letter != std::string_view::npos && letter > 3 && number.size() - letter <= 2 && is_digit(number[letter - 1])) return {number.substr(0, letter), number.substr(letter)};
  }
  return {number, {}};
}

void read_identifiers(const ResolutionRecord& record, std::vector<RecordIdentifier>& out) {
  for (const std::string_view identifier : record.identifiers) {
    const std::size_t colon = identifier.find(':');
    if (colon == std::string_view::npos || colon + 1 == identifier.size()) continue;
    const std::string_view name = identifier.substr(0, colon);
    const std::uint8_t scheme = scheme_index(name);
    if (scheme == 255) continue;
    const bool work_like = record.kind == RecordKind::work || record.kind == RecordKind::patent;
    if (name == "grant" && record.kind != RecordKind::project) continue;  // a paper's grant number names the project, not the paper
    if (name == "url" && work_like) continue;                           // landing pages of a whole issue are common
    if (name == "application" && record.kind != RecordKind::patent) continue;
    out.push_back({hash64(identifier), 0, scheme, false});
    if (name == "patent") {
      const auto [stem, code] = split_patent(identifier.substr(colon + 1));
      out.push_back({hash64(stem, 0x57e3), 0, scheme_index("patent_stem"), false});
    }
  }
  std::sort(out.begin(), out.end(), [](const RecordIdentifier& a, const RecordIdentifier& b) { return std::tie(a.scheme, a.value) < std::tie(b.scheme, b.value); });
  out.erase(std::unique(out.begin(), out.end(), [](const RecordIdentifier& a, const RecordIdentifier& b) { return a.value == b.value; }), out.end());
}

// The distinct words of a text as hashes.
void add_words(std::string_view folded, char also_separator, std::vector<std::uint32_t>& out) {
  const std::size_t begin = out.size();
  std::string spaced(folded);
  if (also_separator != ' ') std::replace(spaced.begin(), spaced.end(), also_separator, ' ');
  each_word(spaced, [&](std::string_view word) { out.push_back(word_hash(word)); });
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
  out.erase(std::unique(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end()), out.end());
}

struct Block {
  std::vector<std::uint32_t> title_words, name_words;
  std::vector<RecordIdentifier> identifiers;
};

std::vector<std::uint32_t> concatenate(std::vector<Block>& blocks, std::vector<std::uint32_t> Block::*member) {
  std::vector<std::uint32_t> all;
  std::size_t total = 0;
  for (const Block& block : blocks) total += (block.*member).size();
  all.reserve(total);
  for (Block& block : blocks) {
    all.insert(all.end(), (block.*member).begin(), (block.*member).end());
    std::vector<std::uint32_t>().swap(block.*member);
  }
  return all;
}

// The words of all titles and names, once it is known how common each is.
void read_words(PreparedRecords& prepared, int thread_count) {
  const auto count = static_cast<std::int64_t>(prepared.records.size());
  prepared.words.resize(static_cast<std::size_t>((count + kBlock - 1) / kBlock));
  parallel_blocks(count, kBlock, thread_count, [&](std::int64_t index, std::int64_t begin, std::int64_t end) {
    std::vector<Word>& words = prepared.words[static_cast<std::size_t>(index)];
    std::vector<std::size_t> ends;  // of the words of title, translated title and names of each record
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      const Comparable& record = prepared.records[i];
      read_title_words(record.title, prepared.context.title_words, words);
      ends.push_back(words.size());
      read_title_words(record.translated, prepared.context.title_words, words);
      ends.push_back(words.size());
      read_name_words(record.persons, prepared.context.name_words, words);
      ends.push_back(words.size());
    }
    std::size_t from = 0;
    std::size_t next = 0;
    const auto take = [&] {
      const std::span<const Word> taken(words.data() + from, ends[next] - from);
      from = ends[next++];
      return taken;
    };
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      prepared.records[i].words = take();
      prepared.records[i].translated_words = take();
      prepared.records[i].name_words = take();
    }
  });
}

}  // namespace

std::string_view identity_scheme_name(std::uint8_t scheme) { return kSchemes[scheme].name; }
bool is_distinguishing(std::uint8_t scheme) { return kSchemes[scheme].distinguishing; }

Result<PreparedRecords> prepare_records(std::span<const ResolutionRecord> input, int thread_count, Progress& progress) {
  if (input.size() >= 0xffffffffU) return fail(ErrorKind::invalid_input, "{} records are more than one resolution can hold (4 294 967 294)", input.size());
  const auto count = static_cast<std::int64_t>(input.size());
  PreparedRecords out;
  out.order.resize(input.size());
  std::iota(out.order.begin(), out.order.end(), std::int64_t{0});
  std::sort(out.order.begin(), out.order.end(), [&](std::int64_t a, std::int64_t b) {
    const std::uint64_t key_a = input[static_cast<std::size_t>(a)].key;
    const std::uint64_t key_b = input[static_cast<std::size_t>(b)].key;
    return key_a != key_b ? key_a < key_b : a < b;
  });

  out.keys.reserve(input.size());
  for (const std::int64_t i : out.order) out.keys.push_back(input[static_cast<std::size_t>(i)].key);

  const auto block_count = static_cast<std::size_t>((count + kBlock - 1) / kBlock);
  std::vector<Block> blocks(block_count);
  out.arenas.resize(block_count);
  out.records.resize(input.size());
  parallel_blocks(count, kBlock, thread_count, [&](std::int64_t index, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    Block& block = blocks[static_cast<std::size_t>(index)];
    std::vector<RecordIdentifier> own;
    FoldedVenues folded_venues;
    for (std::int64_t i = begin; i < end; ++i) {
      const ResolutionRecord& record = input[static_cast<std::size_t>(out.order[static_cast<std::size_t>(i)])];
      Comparable& comparable = out.records[static_cast<std::size_t>(i)];
      comparable = make_comparable(record, out.arenas[static_cast<std::size_t>(index)], folded_venues);
      add_words(comparable.title, ' ', block.title_words);
      if (!comparable.translated.empty()) add_words(comparable.translated, ' ', block.title_words);
      add_words(comparable.persons, ',', block.name_words);
      own.clear();
      read_identifiers(record, own);
      for (RecordIdentifier& identifier : own) {
        identifier.record = static_cast<std::uint32_t>(i);
        block.identifiers.push_back(identifier);
      }
    }
    progress.advance(end - begin);
  });
  TRY(progress.check());

  // Sources and venues become numbers in order of appearance (the order of keys).
  std::unordered_map<std::string_view, std::int32_t> sources;
  std::unordered_map<std::string_view, std::int32_t> venues;
  for (std::size_t i = 0; i < out.records.size(); ++i) {
    const ResolutionRecord& record = input[static_cast<std::size_t>(out.order[i])];
    const auto [source, fresh] = sources.try_emplace(record.source, static_cast<std::int32_t>(sources.size()));
    if (fresh) out.source_names.push_back(record.source);
    out.records[i].source = source->second;
    if (!out.records[i].venue.empty()) out.records[i].venue_id = venues.try_emplace(out.records[i].venue, static_cast<std::int32_t>(venues.size())).first->second;
  }

  mark_repeated_titles(out.records);
  out.identifier_offsets.assign(input.size() + 1, 0);
  for (const Block& block : blocks) {
    for (const RecordIdentifier& identifier : block.identifiers) ++out.identifier_offsets[identifier.record + 1];
    out.identifiers.insert(out.identifiers.end(), block.identifiers.begin(), block.identifiers.end());
  }
  std::partial_sum(out.identifier_offsets.begin(), out.identifier_offsets.end(), out.identifier_offsets.begin());
  out.context.title_words = WordWeights(concatenate(blocks, &Block::title_words), count);
  out.context.name_words = WordWeights(concatenate(blocks, &Block::name_words), count);
  read_words(out, thread_count);
  return out;
}

void mark_repeated_titles(std::vector<Comparable>& records) {
  std::vector<std::uint32_t> order(records.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto group = [&](std::uint32_t i) { return std::tuple(records[i].title_key, records[i].source, records[i].kind); };
  radix_sort(order, [&](std::uint32_t i) { return records[i].title_key; });
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && records[order[end]].title_key == records[order[begin]].title_key) ++end;
    std::sort(order.begin() + static_cast<std::ptrdiff_t>(begin), order.begin() + static_cast<std::ptrdiff_t>(end),
              [&](std::uint32_t a, std::uint32_t b) { return std::tuple(group(a), records[a].year, a) < std::tuple(group(b), records[b].year, b); });
  }
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    std::int32_t years = 0;
    for (end = begin; end < order.size() && group(order[end]) == group(order[begin]); ++end) {
      const Comparable& record = records[order[end]];
      const bool same_year = end > begin && records[order[end - 1]].year == record.year;
      years += record.year != 0 && !same_year ? 1 : 0;
      if (same_year) records[order[end]].alone_in_year = records[order[end - 1]].alone_in_year = false;
    }
    for (std::size_t i = begin; i < end; ++i) {
      Comparable& record = records[order[i]];
      record.repeated_title = years >= 2;
      record.generic_title = record.generic_title || years >= kYearsOfColumn;
    }
  }
}

bool has_identifier_conflict(const PreparedRecords& prepared, std::uint32_t a, std::uint32_t b) {
  const auto ids_a = prepared.of(a);
  const auto ids_b = prepared.of(b);
  std::uint32_t in_common = 0;   // bits of schemes
  std::uint32_t differing = 0;
  for (const RecordIdentifier& x : ids_a) {
    if (!is_distinguishing(x.scheme) || x.shared) continue;
    for (const RecordIdentifier& y : ids_b) {
      if (x.scheme != y.scheme || y.shared) continue;
      (x.value == y.value ? in_common : differing) |= 1U << x.scheme;
    }
  }
  // A record with several DOIs (preprint and article) agrees with either.
  return (differing & ~in_common) != 0;
}

}  // namespace jianwei::analysis
