// Documents become two sorted lists of candidates, the Chinese ones of one side and the English ones of the other. For each Chinese
// candidate its documents are walked and the English ones counted in a dense array: no table of pairs is ever held.
#include "text/term_pairs.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/parallel.h"
#include "text/term_matcher.h"

namespace jianwei::text {
namespace {

// Chosen by reading the links of Chinese preprints with English abstracts (docs/methods/bilingual.md).
constexpr double kMinScore = 0.40;
constexpr double kMinScoreFew = 0.55;              // where few documents speak
constexpr std::int32_t kMinTogether = 3;
constexpr std::int32_t kFewTogether = 5;
constexpr std::int32_t kMinDirect = 2;             // definitions and keyword places
constexpr std::size_t kMostDocuments = 30'000;
constexpr double kMaxShare = 0.1;                  // of the documents with a translation: commoner terms link to each other by chance
constexpr std::int64_t kShortTranslation = 40;     // words: only the title is translated

struct Sides {
  std::vector<std::int64_t> offsets = {0};
  std::vector<std::int32_t> items;
  void close() { offsets.push_back(static_cast<std::int64_t>(items.size())); }
  std::span<const std::int32_t> row(std::size_t r) const { return {items.data() + offsets[r], static_cast<std::size_t>(offsets[r + 1] - offsets[r])}; }
  std::size_t count() const { return offsets.size() - 1; }
};

struct Direct {
  std::int32_t definitions = 0, keywords = 0;
  std::int32_t all() const { return definitions + keywords; }
};

class PairFinder {
 public:
  PairFinder(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, std::span<const std::uint8_t> han, const std::vector<Candidate>& candidates, int thread_count)
      : corpus_(corpus), use_document_(use_document), han_(han), candidates_(candidates), thread_count_(thread_count), matcher_(static_cast<std::int64_t>(corpus.tokens.size())) {
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      matcher_.add(candidates[c].tokens, static_cast<std::int32_t>(c));
      for (const auto& variant : candidates[c].variants) matcher_.add(variant, static_cast<std::int32_t>(c));
    }
  }

  std::vector<CandidatePair> run(const PairLimits& limits) {
    for (std::int64_t d = 0; d < corpus_.document_count(); ++d) {
      if (!use_document_.empty() && use_document_[static_cast<std::size_t>(d)] == 0) continue;
      read_definitions(d);
      read_keywords(d);
    }
    read_sides();
    return link(score(), limits);
  }

 private:
  using Range = std::pair<std::int64_t, std::int64_t>;  // of the stream
  bool han(std::int32_t token) const { return token >= 0 && han_[static_cast<std::size_t>(token)] != 0; }
  std::int32_t token(std::int64_t i) const { return corpus_.stream[static_cast<std::size_t>(i)]; }
  std::int32_t find(std::int64_t from, std::int64_t to) const { return matcher_.find({corpus_.stream.data() + from, static_cast<std::size_t>(to - from)}); }

  // The longest candidate that ends at `end`, of the language asked for.
  std::int32_t ending_at(std::int64_t begin, std::int64_t end, bool chinese) const {
    constexpr std::int64_t kLongest = 6;
    for (std::int64_t from = std::max(begin, end - kLongest); from < end; ++from) {
      const std::int32_t found = find(from, end);
      if (found >= 0 && candidates_[static_cast<std::size_t>(found)].han == chinese) return found;
    }
    return -1;
  }

  void add_direct(std::int32_t a, std::int32_t b, std::int32_t Direct::*kind) {
    if (a < 0 || b < 0 || candidates_[static_cast<std::size_t>(a)].han == candidates_[static_cast<std::size_t>(b)].han) return;
    if (!candidates_[static_cast<std::size_t>(a)].han) std::swap(a, b);
    ++(direct_[{a, b}].*kind);
  }

  // A stretch between breaks that is one term, right behind a term of the other language.
  void read_definitions(std::int64_t d) {
    const std::int64_t begin = corpus_.offsets[static_cast<std::size_t>(d)];
    const std::int64_t end = corpus_.learned_end(d);
    for (std::int64_t i = begin + 1; i + 1 < end; ++i) {
      if (token(i) >= 0 || token(i - 1) < 0 || token(i + 1) < 0 || han(token(i - 1)) == han(token(i + 1))) continue;
      std::int64_t close = i + 1;
      while (close < end && token(close) >= 0) ++close;
      const std::int32_t inside = find(i + 1, close);
      if (inside >= 0) add_direct(ending_at(begin, i, han(token(i - 1))), inside, &Direct::definitions);
    }
  }

  void read_keywords(std::int64_t d) {
    std::vector<std::int32_t> zh, en;  // candidates, -1 for keywords that are none
    const std::int64_t end = corpus_.offsets[static_cast<std::size_t>(d) + 1];
    for (std::int64_t i = corpus_.learned_end(d); i < end;) {
      std::int64_t close = i;
      bool chinese = false;
      while (close < end && token(close) >= 0) chinese = han(token(close++)) || chinese;
      if (close > i) (chinese ? zh : en).push_back(find(i, close));
      i = close + 1;
    }
    if (zh.size() != en.size() || zh.size() < 2) return;
    for (std::size_t k = 0; k < zh.size(); ++k) add_direct(zh[k], en[k], &Direct::keywords);
  }

  void read_sides() {
    std::vector<std::int64_t> documents;
    for (std::int64_t d = 0; d < corpus_.document_count(); ++d) {
      const bool used = use_document_.empty() || use_document_[static_cast<std::size_t>(d)] != 0;
      if (used && corpus_.learned_end(d) > corpus_.text_end(d)) documents.push_back(d);
    }
    const std::size_t step = documents.size() / kMostDocuments + 1;
    for (std::size_t i = 0; i < documents.size(); i += step) {
      const std::int64_t d = documents[i];
      Range own = {corpus_.offsets[static_cast<std::size_t>(d)], corpus_.text_end(d)};
      const Range translated = {corpus_.text_end(d), corpus_.learned_end(d)};
      if (translated.second - translated.first < kShortTranslation) {  // beside a translated title stands the title
        own.second = std::find_if(corpus_.stream.begin() + own.first, corpus_.stream.begin() + own.second, [](std::int32_t t) { return t < 0; }) - corpus_.stream.begin();
      }
      const bool own_chinese = mostly_chinese(own);
      if (own_chinese == mostly_chinese(translated)) continue;
      collect(own_chinese ? own : translated, true, zh_);
      collect(own_chinese ? translated : own, false, en_);
    }
  }

  bool mostly_chinese(const Range& range) const {
    std::int64_t words = 0;
    std::int64_t chinese = 0;
    for (std::int64_t i = range.first; i < range.second; ++i) {
      words += token(i) >= 0;
      chinese += han(token(i));
    }
    return chinese * 2 > words;
  }

  void collect(const Range& range, bool chinese, Sides& sides) const {
    const std::size_t before = sides.items.size();
    for (std::int64_t i = range.first; i < range.second; ++i) {
      matcher_.match({corpus_.stream.data() + i, static_cast<std::size_t>(range.second - i)}, [&](std::int32_t term, std::int32_t) {
        if (candidates_[static_cast<std::size_t>(term)].han == chinese) sides.items.push_back(term);
      });
    }
    std::sort(sides.items.begin() + static_cast<std::ptrdiff_t>(before), sides.items.end());
    sides.items.erase(std::unique(sides.items.begin() + static_cast<std::ptrdiff_t>(before), sides.items.end()), sides.items.end());
    sides.close();
  }

  std::vector<CandidatePair> score() const {
    const std::size_t terms = candidates_.size();
    std::vector<std::int32_t> frequency(terms, 0);
    for (const Sides* sides : {&zh_, &en_}) {
      for (const std::int32_t t : sides->items) ++frequency[static_cast<std::size_t>(t)];
    }
    std::vector<std::int32_t> direct_total(terms, 0);
    for (const auto& [pair, evidence] : direct_) {
      direct_total[static_cast<std::size_t>(pair.first)] += evidence.all();
      direct_total[static_cast<std::size_t>(pair.second)] += evidence.all();
    }
    const auto most = static_cast<std::int32_t>(std::max(100.0, kMaxShare * static_cast<double>(zh_.count())));
    // The documents of each Chinese candidate.
    std::vector<std::int64_t> begin(terms + 1, 0);
    for (const std::int32_t t : zh_.items) ++begin[static_cast<std::size_t>(t) + 1];
    for (std::size_t t = 0; t < terms; ++t) begin[t + 1] += begin[t];
    std::vector<std::int32_t> documents(zh_.items.size());
    std::vector<std::int64_t> next(begin.begin(), begin.end() - 1);
    for (std::size_t d = 0; d < zh_.count(); ++d) {
      for (const std::int32_t t : zh_.row(d)) documents[static_cast<std::size_t>(next[static_cast<std::size_t>(t)]++)] = static_cast<std::int32_t>(d);
    }
    const auto total = static_cast<std::int64_t>(terms);
    const std::int64_t block = std::max<std::int64_t>(1, (total + 15) / 16);
    std::vector<std::vector<CandidatePair>> parts(static_cast<std::size_t>((total + block - 1) / block));
    parallel_blocks(total, block, thread_count_, [&](std::int64_t b, std::int64_t from, std::int64_t to) {
      std::vector<std::int32_t> together(terms, 0);
      std::vector<std::int32_t> touched;
      for (auto z = static_cast<std::size_t>(from); z < static_cast<std::size_t>(to); ++z) {
        if (!candidates_[z].han) continue;
        touched.clear();
        if (frequency[z] >= kMinTogether && frequency[z] <= most) {
          for (std::int64_t i = begin[z]; i < begin[z + 1]; ++i) {
            for (const std::int32_t e : en_.row(static_cast<std::size_t>(documents[static_cast<std::size_t>(i)]))) {
              if (together[static_cast<std::size_t>(e)]++ == 0) touched.push_back(e);
            }
          }
        }
        const auto known = direct_.lower_bound({static_cast<std::int32_t>(z), 0});
        for (auto it = known; it != direct_.end() && it->first.first == static_cast<std::int32_t>(z); ++it) {
          if (together[static_cast<std::size_t>(it->first.second)] == 0) touched.push_back(it->first.second);
        }
        for (const std::int32_t e : touched) {
          CandidatePair pair = {static_cast<std::int32_t>(z), e, 0, 0, together[static_cast<std::size_t>(e)], frequency[z], frequency[static_cast<std::size_t>(e)], 0.0};
          together[static_cast<std::size_t>(e)] = 0;
          if (frequency[static_cast<std::size_t>(e)] > most) continue;
          if (pair.together >= kMinTogether && 2 * pair.together >= std::min(pair.zh_documents, pair.en_documents)) pair.score = 2.0 * (pair.together - 0.5) / (pair.zh_documents + pair.en_documents);
          if (const auto found = direct_.find({pair.zh, e}); found != direct_.end()) {
            pair.definitions = found->second.definitions;
            pair.keywords = found->second.keywords;
            const double evidence = found->second.all();
            const double share = evidence / std::max(direct_total[z], direct_total[static_cast<std::size_t>(e)]);
            // "蛋白激酶（AMPK）" cut from a longer name: the texts have one far more often than the translations have the other.
            const bool fragment = pair.zh_documents >= 3 * pair.en_documents + 10 || pair.en_documents >= 3 * pair.zh_documents + 10;
            if (evidence >= kMinDirect && share >= 0.4 && !fragment) pair.score = std::max(pair.score, 0.4 + 0.6 * share * (1.0 - 1.0 / (evidence + 1.0)));
          }
          const double least = pair.together < kFewTogether && pair.definitions + pair.keywords < kMinDirect ? kMinScoreFew : kMinScore;
          if (pair.score >= least) parts[static_cast<std::size_t>(b)].push_back(pair);
        }
      }
    });
    std::vector<CandidatePair> all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
  }

  std::vector<CandidatePair> link(std::vector<CandidatePair> pairs, const PairLimits& limits) const {
    std::sort(pairs.begin(), pairs.end(), [](const CandidatePair& a, const CandidatePair& b) { return std::tie(b.score, b.together, a.zh, a.en) < std::tie(a.score, a.together, b.zh, b.en); });
    std::vector<std::uint8_t> taken(candidates_.size(), 0);
    for (const std::int32_t t : limits.taken) taken[static_cast<std::size_t>(t)] = 1;
    std::erase_if(pairs, [&](const CandidatePair& pair) { return std::find(limits.refused.begin(), limits.refused.end(), std::pair(pair.zh, pair.en)) != limits.refused.end(); });
    std::erase_if(pairs, [&](const CandidatePair& pair) {
      if (taken[static_cast<std::size_t>(pair.zh)] != 0 || taken[static_cast<std::size_t>(pair.en)] != 0) return true;
      taken[static_cast<std::size_t>(pair.zh)] = taken[static_cast<std::size_t>(pair.en)] = 1;
      return false;
    });
    return pairs;
  }

  const TokenizedCorpus& corpus_;
  std::span<const std::uint8_t> use_document_, han_;
  const std::vector<Candidate>& candidates_;
  int thread_count_;
  TermMatcher matcher_;
  std::map<std::pair<std::int32_t, std::int32_t>, Direct> direct_;  // (zh, en)
  Sides zh_, en_;                                                   // [documents with a translation]
};

}  // namespace

std::vector<CandidatePair> find_term_pairs(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, std::span<const std::uint8_t> han,
                                           const std::vector<Candidate>& candidates, const PairLimits& limits, int thread_count) {
  const bool both = std::any_of(candidates.begin(), candidates.end(), [](const Candidate& c) { return c.han; }) && std::any_of(candidates.begin(), candidates.end(), [](const Candidate& c) { return !c.han; });
  if (!both) return {};
  return PairFinder(corpus, use_document, han, candidates, thread_count).run(limits);
}

}  // namespace jianwei::text
