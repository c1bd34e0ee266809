// One pass per kind of key: entries (key, record) are sorted by key, and the records of equal keys paired.
#include "analysis/resolution/blocking.h"

#include <algorithm>
#include <array>

#include "analysis/resolution/radix_sort.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr int kMinHashCount = kMinHashRows * kMinHashBands;
constexpr std::size_t kWindow = 8;            // neighbours paired in a block that is too large
constexpr std::int32_t kRareWord = 30;        // documents of a word that makes a block of its own
constexpr std::size_t kRareWordsPerTitle = 4;

struct Entry {
  std::uint64_t key;
  std::uint32_t record;
};

using MinHashes = std::array<std::uint32_t, kMinHashCount>;

// One hash per 3-gram: its high bits choose the bin, the rest compete in it. An empty bin takes the value of the next filled one,
// marked by the distance.
bool min_hash(std::string_view title, MinHashes& bins) {
  bins.fill(0xffffffffU);
  bool any = false;
  each_gram(title, [&](std::uint64_t gram) {
    const std::uint64_t hash = hash_combine(gram, 0xb10c);
    std::uint32_t& bin = bins[static_cast<std::size_t>(((hash >> 32) * kMinHashCount) >> 32)];
    bin = std::min(bin, static_cast<std::uint32_t>(hash) & 0xfffffffeU);
    any = true;
  });
  if (!any) return false;
  const MinHashes filled = bins;
  for (std::size_t i = 0; i < filled.size(); ++i) {
    for (std::size_t step = 1; bins[i] == 0xffffffffU; ++step) {
      const std::uint32_t value = filled[(i + step) % filled.size()];
      if (value != 0xffffffffU) bins[i] = value + static_cast<std::uint32_t>(step) * 0x9e3779b1U;
    }
  }
  return true;
}

class Pairing {
 public:
  Pairing(const PreparedRecords& prepared, std::vector<PackedPair>& out) : prepared_(prepared), out_(out) {}

  // Pairs the records of equal keys: all in blocks up to `max_block`, neighbours in larger ones (none when `window` is 0).
  void run(std::vector<Entry>& entries, std::size_t max_block, std::size_t window, bool check_titles) {
    radix_sort(entries, [](const Entry& entry) { return entry.key; });  // records come in order inside a block
    std::vector<std::uint32_t> block;
    for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
      block.clear();
      for (end = begin; end < entries.size() && entries[end].key == entries[begin].key; ++end) block.push_back(entries[end].record);
      if (block.size() > 1) {
        std::sort(block.begin(), block.end());
        block.erase(std::unique(block.begin(), block.end()), block.end());
      }
      if (block.size() < 2) continue;
      std::size_t reach = block.size();
      if (block.size() > max_block) {
        if (window == 0) continue;
        reach = window;
        std::sort(block.begin(), block.end(), [&](std::uint32_t a, std::uint32_t b) {
          const Comparable& x = prepared_.records[a];
          const Comparable& y = prepared_.records[b];
          return std::tie(x.year, x.persons, x.first_page, a) < std::tie(y.year, y.persons, y.first_page, b);
        });
      }
      for (std::size_t i = 0; i < block.size(); ++i) {
        for (std::size_t j = i + 1; j < std::min(block.size(), i + 1 + reach); ++j) add(block[i], block[j], check_titles);
      }
    }
  }

 private:
  void add(std::uint32_t a, std::uint32_t b, bool check_titles) {
    const Comparable& x = prepared_.records[a];
    const Comparable& y = prepared_.records[b];
    if (x.kind != y.kind || (check_titles && !may_be_alike(x, y))) return;
    out_.push_back(pack(a, b));
  }

  const PreparedRecords& prepared_;
  std::vector<PackedPair>& out_;
};

// Appends the rarest words that at least two records and at most `most_common` have.
void rarest_words(std::span<const Word> words, std::int32_t most_common, std::size_t limit, std::vector<std::pair<std::int32_t, std::uint32_t>>& rarest) {
  rarest.clear();
  for (const Word& word : words) {
    if (word.length >= 2 && word.document_count >= 2 && word.document_count <= most_common) rarest.emplace_back(word.document_count, word.hash);
  }
  std::sort(rarest.begin(), rarest.end());
  rarest.erase(std::unique(rarest.begin(), rarest.end()), rarest.end());
  if (rarest.size() > limit) rarest.resize(limit);
}

enum Pass { pass_identifiers, pass_title_key, pass_rare_words, pass_names, pass_locus, pass_abstract, pass_first_band };

std::vector<Entry> entries_of(const PreparedRecords& prepared, int pass, const std::vector<MinHashes>& hashes, const std::vector<std::uint32_t>& hash_record) {
  std::vector<Entry> entries;
  if (pass == pass_identifiers) {
    for (const RecordIdentifier& identifier : prepared.identifiers) entries.push_back({identifier.value, identifier.record});
    return entries;
  }
  if (pass >= pass_first_band) {
    const auto first = static_cast<std::size_t>((pass - pass_first_band) * kMinHashRows);
    entries.reserve(hashes.size());
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      std::uint64_t key = first;
      for (std::size_t row = 0; row < kMinHashRows; ++row) key = hash_combine(key, hashes[i][first + row]);
      entries.push_back({key, hash_record[i]});
    }
    return entries;
  }
  std::vector<std::pair<std::int32_t, std::uint32_t>> rarest;  // document count, hash
  for (std::uint32_t i = 0; i < prepared.records.size(); ++i) {
    const Comparable& record = prepared.records[i];
    switch (pass) {
      case pass_title_key:
        if (record.title_key != 0) entries.push_back({record.title_key, i});
        if (record.translated_key != 0) entries.push_back({record.translated_key, i});
        break;
      case pass_rare_words:
        rarest_words(record.words, kRareWord, kRareWordsPerTitle, rarest);
        for (const auto& [documents, word] : rarest) entries.push_back({word, i});
        break;
      case pass_names: {
        rarest_words(record.name_words, 2000, 2, rarest);
        if (rarest.size() == 2) {
          const auto [low, high] = std::minmax(rarest[0].second, rarest[1].second);
          entries.push_back({hash_combine(hash_combine(2, low), high), i});
        }
        // The next year's key too, so that years one apart meet.
        if (rarest.empty() || record.year == 0) break;
        for (int year = record.year; year <= record.year + 1; ++year) entries.push_back({hash_combine(hash_combine(1, rarest[0].second), static_cast<std::uint64_t>(year)), i});
        break;
      }
      case pass_locus:
        if (record.first_page > 1 && record.volume != 0 && record.year != 0) {
          entries.push_back({hash_combine(hash_combine(static_cast<std::uint64_t>(record.first_page), static_cast<std::uint64_t>(record.volume)), static_cast<std::uint64_t>(record.year)), i});
        }
        break;
      default:
        if (record.abstract_simhash != 0) entries.push_back({record.abstract_simhash, i});
    }
  }
  return entries;
}

}  // namespace

Result<std::vector<PackedPair>> candidate_pairs(const PreparedRecords& prepared, int thread_count, Progress& progress) {
  // MinHash values of both titles of every record.
  const auto count = static_cast<std::int64_t>(prepared.records.size());
  std::vector<MinHashes> hashes(prepared.records.size());
  std::vector<std::uint32_t> hash_record(prepared.records.size());
  parallel_blocks(count, 8192, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      hash_record[i] = static_cast<std::uint32_t>(i);
      // A record without a title meets nobody: its bins are its own.
      if (!min_hash(prepared.records[i].title, hashes[i])) hashes[i].fill(static_cast<std::uint32_t>(i));
    }
  });
  for (std::uint32_t i = 0; i < prepared.records.size(); ++i) {
    MinHashes translated;
    if (prepared.records[i].translated.empty() || !min_hash(prepared.records[i].translated, translated)) continue;
    hashes.push_back(translated);
    hash_record.push_back(i);
  }
  TRY(progress.check());

  constexpr int kPasses = pass_first_band + kMinHashBands;
  std::array<std::vector<PackedPair>, kPasses> found;
  parallel_blocks(kPasses, 1, thread_count, [&](std::int64_t pass, std::int64_t, std::int64_t) {
    if (progress.cancelled()) return;
    std::vector<Entry> entries = entries_of(prepared, static_cast<int>(pass), hashes, hash_record);
    std::vector<PackedPair>& out = found[static_cast<std::size_t>(pass)];
    Pairing pairing(prepared, out);
    switch (pass) {
      case pass_identifiers: pairing.run(entries, 12, kWindow, false); break;
      case pass_title_key: pairing.run(entries, 30, kWindow, false); break;
      case pass_rare_words: pairing.run(entries, kRareWord, 0, true); break;
      case pass_names: pairing.run(entries, 60, kWindow, true); break;
      case pass_locus: pairing.run(entries, 8, 0, false); break;
      case pass_abstract: pairing.run(entries, 10, kWindow, false); break;
      default: pairing.run(entries, 30, kWindow, true);
    }
    radix_sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
  });
  TRY(progress.check());
  std::vector<PackedPair> pairs;
  for (std::vector<PackedPair>& part : found) {
    pairs.insert(pairs.end(), part.begin(), part.end());
    std::vector<PackedPair>().swap(part);
  }
  radix_sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

Result<std::vector<std::pair<std::int64_t, std::int64_t>>> blocked_pairs(std::span<const ResolutionRecord> records, int thread_count, Progress& progress) {
  const PreparedRecords prepared = TRY(prepare_records(records, thread_count, progress));
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
  for (const PackedPair pair : TRY(candidate_pairs(prepared, thread_count, progress))) {
    const auto [a, b] = std::minmax(prepared.order[first_of(pair)], prepared.order[second_of(pair)]);
    pairs.emplace_back(a, b);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

double pair_coverage(std::span<const std::pair<std::int64_t, std::int64_t>> candidates, std::span<const std::pair<std::int64_t, std::int64_t>> gold) {
  if (gold.empty()) return 1.0;
  const auto found = std::count_if(gold.begin(), gold.end(), [&](const auto& pair) { return std::binary_search(candidates.begin(), candidates.end(), pair); });
  return static_cast<double>(found) / static_cast<double>(gold.size());
}

}  // namespace jianwei::analysis
