// Each n-gram is judged from the longest to the shortest: by the words at its edges, by cohesion (NPMI and ToPMine significance of its
// weakest split), by freedom (entropy of the words around it) and by openness (how often a break or function word bounds it). Author
// keywords weaken what is asked. A shorter n-gram that occurs almost only inside a longer term is a fragment and goes.
// Termhood is the mean of the ranks in five measures, so that no measure's scale matters.
#include "text/candidates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/strings.h"
#include "text/lexicon.h"
#include "text/segmenter.h"
#include "text/term_scores.h"

namespace jianwei::text {
namespace {

// Thresholds; chosen on the development corpora by reading samples of what they keep and drop (docs/methods/terms.md).
constexpr double kFragmentRatio = 1.3;       // f(x) / f(xc) below this: x is a fragment of xc
constexpr double kMinNpmi = 0.12;
constexpr double kMinNpmiHead = 0.32;        // phrases that end in a general noun, "... method"
constexpr double kMinNpmiWeak = 0.25;        // phrases that start with a common adjective, "large ..."
constexpr double kMinNpmiInside = 0.40;      // phrases with a function word inside, "internet of things"
constexpr double kMinNpmiJoined = 0.70;      // with "and" or an article inside, "simultaneous localization and mapping"
constexpr double kMinOpenJoined = 0.5;
constexpr double kMinSignificance = 2.0;
constexpr double kMinOpen = 0.12;
constexpr double kOpenEnough = 0.3;          // a phrase that ends noun groups so often need not end in a word that does
constexpr double kMinNounShare = 0.18;       // of the last word
constexpr double kMinNounShareSingle = 0.22;
constexpr double kMaxVerbal = 0.25;          // share of places after "to", "can", "we": "avoid local optima" is no term
constexpr double kMinArticleGerund = 0.03;   // "training data" follows an article at times, "capturing dependency" never
constexpr double kMinRepeat = 1.2;           // occurrences per document of a single word: a topic is named again, a turn of phrase is not
constexpr double kMinLogWeirdness = 1.0;     // ln of a Chinese word's share here over its share in general text (Ahmad et al. 1999)
constexpr double kMinRepeatGerund = 1.35;
constexpr double kLongDocument = 50.0;       // words per document from which repetition can be judged

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return word.size() > ending.size() + 2 && word.ends_with(ending); });
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::size_t capitals(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
}

class Selector {
 public:
  Selector(const TokenizedCorpus& corpus, const NgramCounts& counts, const WordRoles& roles, const KeywordEvidence& keywords, const Lexicon& words, const TermOptions& options)
      : corpus_(corpus), counts_(counts), roles_(roles), lexicon_(words), keywords_(keywords), options_(options), total_(static_cast<double>(counts.token_count)),
        words_per_document_(total_ / std::max(1.0, static_cast<double>(counts.document_count))) {}

  std::vector<Candidate> run() {
    const std::size_t levels = counts_.levels.size();
    std::vector<std::vector<std::int64_t>> longest(levels);  // count of the most frequent term that extends the n-gram by one word
    containers_.resize(levels);
    std::vector<std::vector<Candidate>> kept(levels);
    for (std::size_t n = 0; n < levels; ++n) {
      longest[n].assign(counts_.levels[n].size(), 0);
      containers_[n].resize(counts_.levels[n].size());
    }
    for (std::size_t n = levels; n-- > 0;) {
      const std::vector<Ngram>& level = counts_.levels[n];
      for (std::size_t g = 0; g < level.size(); ++g) {
        const Ngram& gram = level[g];
        if (gram.documents < options_.min_documents) continue;
        Candidate candidate = describe(n, static_cast<std::int32_t>(g));
        const bool fragment = static_cast<double>(gram.count) < kFragmentRatio * static_cast<double>(longest[n][g]) && candidate.keyword_documents < 3;
        if (fragment || !(n == 0 ? passes_single(candidate) : passes_phrase(candidate))) {
          // What a dropped n-gram is part of still bounds its own parts ("soft contact" inside "soft contact lens").
          if (n > 0 && longest[n][g] > 0) spread(longest, n, gram, longest[n][g]);
          continue;
        }
        candidate.c_value = c_value(static_cast<double>(n + 1), static_cast<double>(gram.count), containers_[n][g].number, containers_[n][g].frequency, 1.0);
        if (n > 0) {
          spread(longest, n, gram, gram.count);
          enter_containers(n, static_cast<std::int32_t>(g), static_cast<double>(gram.count) - containers_[n][g].frequency);
        }
        kept[n].push_back(std::move(candidate));
      }
    }
    std::vector<Candidate> all;
    for (std::vector<Candidate>& level : kept) std::move(level.begin(), level.end(), std::back_inserter(all));
    rank(all);
    return all;
  }

 private:
  struct Containers {
    std::int64_t number = 0;
    double frequency = 0.0;
  };

  static void spread(std::vector<std::vector<std::int64_t>>& longest, std::size_t n, const Ngram& gram, std::int64_t count) {
    for (const std::int32_t part : {gram.left, gram.right}) {
      std::int64_t& most = longest[n - 1][static_cast<std::size_t>(part)];
      most = std::max(most, count);
    }
  }

  // The term nests each of its parts once, however often the part occurs in it. `count`: its occurrences outside longer terms, as in
  // the published algorithm, so that an occurrence is taken off once.
  void enter_containers(std::size_t n, std::int32_t gram, double count) {
    std::vector<std::int32_t> parts = {gram};
    for (std::size_t level = n; level > 0; --level) {
      std::vector<std::int32_t> shorter;
      for (const std::int32_t part : parts) {
        shorter.push_back(counts_.levels[level][static_cast<std::size_t>(part)].left);
        shorter.push_back(counts_.levels[level][static_cast<std::size_t>(part)].right);
      }
      std::sort(shorter.begin(), shorter.end());
      shorter.erase(std::unique(shorter.begin(), shorter.end()), shorter.end());
      for (const std::int32_t part : shorter) {
        Containers& entry = containers_[level - 1][static_cast<std::size_t>(part)];
        ++entry.number;
        entry.frequency += std::max(0.0, count);
      }
      parts.swap(shorter);
    }
  }

  Candidate describe(std::size_t n, std::int32_t g) const {
    const Ngram& gram = counts_.levels[n][static_cast<std::size_t>(g)];
    Candidate c;
    c.count = gram.count;
    c.documents = gram.documents;
    c.left_entropy = gram.left_entropy;
    c.right_entropy = gram.right_entropy;
    c.freedom = std::min(gram.left_entropy, gram.right_entropy);
    c.openness = std::min(gram.left_open, gram.right_open);
    c.left_verbal = gram.left_verbal;
    c.left_article = gram.left_article;
    c.keyword_documents = keywords_.documents[n][static_cast<std::size_t>(g)];
    c.tokens.resize(n + 1);
    std::vector<std::int64_t> prefix(n + 1), suffix(n + 1);  // counts of the first and last k + 1 words
    std::int32_t left = g;
    std::int32_t right = g;
    for (std::size_t k = n + 1; k-- > 0;) {
      prefix[k] = counts_.levels[k][static_cast<std::size_t>(left)].count;
      suffix[k] = counts_.levels[k][static_cast<std::size_t>(right)].count;
      if (k > 0) {
        // The last word of the first k + 1 words: go right to the end.
        std::int32_t last = left;
        for (std::size_t level = k; level > 0; --level) last = counts_.levels[level][static_cast<std::size_t>(last)].right;
        c.tokens[k] = last;
        left = counts_.levels[k][static_cast<std::size_t>(left)].left;
        right = counts_.levels[k][static_cast<std::size_t>(right)].right;
      } else {
        c.tokens[0] = left;
      }
    }
    if (n > 0) {
      c.npmi = 1.0;
      c.significance = 1e300;
      for (std::size_t split = 0; split < n; ++split) {
        const auto a = static_cast<double>(prefix[split]);
        const auto b = static_cast<double>(suffix[n - 1 - split]);
        c.npmi = std::min(c.npmi, npmi(static_cast<double>(gram.count), a, b, total_));
        c.significance = std::min(c.significance, merge_significance(static_cast<double>(gram.count), a, b, total_));
      }
    }
    for (const std::int32_t token : c.tokens) c.han = c.han || roles_.han[static_cast<std::size_t>(token)] != 0;
    c.nounness = roles_.han[static_cast<std::size_t>(c.tokens.back())] != 0 ? 0.5 : static_cast<double>(roles_.noun_share[static_cast<std::size_t>(c.tokens.back())]);
    return c;
  }

  bool has(std::int32_t token, int classes) const { return (roles_.classes[static_cast<std::size_t>(token)] & classes) != 0; }
  bool at_edge(std::int32_t token) const { return (roles_.use[static_cast<std::size_t>(token)] & kAtEdge) != 0; }

  bool passes_single(const Candidate& c) const {
    const std::int32_t token = c.tokens[0];
    const std::string& word = corpus_.tokens[static_cast<std::size_t>(token)];
    if (!at_edge(token) || has(token, kHead | kSolo | kVague | kWeak | kNumber)) return false;
    const bool keyword = c.keyword_documents >= 2;
    if (c.han) {
      if (code_points(word) < 2) return false;
      const auto shipped = segmenter();
      if (!shipped) return false;
      const WordPart part = (*shipped)->part_of(word);
      // A word of the general language is a term only where the field uses it more than others do (its "weirdness").
      const double general = (*shipped)->log_general_share(word);
      const double here = std::log(static_cast<double>(c.count) / total_);
      if (!keyword && general <= 0.0 && here - general < kMinLogWeirdness) return false;
      return keyword || part == WordPart::noun || part == WordPart::none;
    }
    const std::string& surface = corpus_.surfaces[static_cast<std::size_t>(token)];
    if (word.size() < 2) return false;
    if (is_digit(word[0])) return word.size() <= 3 && !is_digit(word[1]) && word[1] != '.' && capitals(surface) > 0;  // 5G, 3D
    const bool acronym = capitals(surface) >= 2;
    if (word.size() == 2 && !acronym) return false;
    if (keyword && c.nounness >= kMinNounShareSingle * 0.5) return true;
    if (acronym) return c.nounness >= 0.04;
    if (ends_with_any(word, {"ed"}) && c.nounness < 0.8) return false;
    const bool gerund = ends_with_any(word, {"ing"});
    if (words_per_document_ >= kLongDocument && c.documents >= 30 && capitals(surface) == 0 &&
        static_cast<double>(c.count) < (gerund ? kMinRepeatGerund : kMinRepeat) * static_cast<double>(c.documents)) {
      return false;
    }
    const bool adjective = ends_with_any(word, {"al", "ive", "ous", "able", "ible", "ful", "ic", "ary", "less", "est"});
    if (static_cast<double>(roles_.verb_share[static_cast<std::size_t>(token)]) > 0.35) return false;
    return c.nounness >= (adjective ? 0.5 : kMinNounShareSingle) && c.openness >= kMinOpen * 0.5;
  }

  bool passes_phrase(const Candidate& c) const {
    const std::int32_t first = c.tokens.front();
    const std::int32_t last = c.tokens.back();
    if (!at_edge(first) || !at_edge(last)) return false;
    if (is_stop_phrase(c)) return false;
    const bool keyword = c.keyword_documents >= 2;
    const double ease = keyword ? 0.5 : 1.0;
    if (has(first, kNumber)) return false;
    for (std::size_t i = 1; i + 1 < c.tokens.size(); ++i) {
      if (has(c.tokens[i], kNumber) && c.npmi < 0.5 * ease) return false;
    }
    if (has(last, kNumber) && (c.npmi < 0.6 || !keyword)) return false;
    bool inside = false;
    for (std::size_t i = 1; i + 1 < c.tokens.size(); ++i) inside = inside || has(c.tokens[i], kFunctionWord);
    if (inside && (c.npmi < kMinNpmiInside * ease || c.openness < 2 * kMinOpen)) return false;
    if (inside && !keyword) {
      // "and", articles and the like join two terms more often than they make one.
      for (std::size_t i = 1; i + 1 < c.tokens.size(); ++i) {
        if (has(c.tokens[i], kConjunction | kDeterminer) && (c.npmi < kMinNpmiJoined || c.openness < kMinOpenJoined)) return false;
      }
    }
    for (std::size_t i = 0; i + 1 < c.tokens.size(); ++i) {
      if (c.tokens[i] == c.tokens[i + 1]) return false;
    }
    // A rare phrase cannot reach a fixed significance: f(ab) = 4 gives at most 2.
    const double least = std::min(kMinSignificance, 0.6 * std::sqrt(static_cast<double>(c.count)));
    if (c.significance < least * ease || c.npmi < kMinNpmi * ease) return false;
    if (has(last, kHead) && c.npmi < kMinNpmiHead * ease) return false;
    if (has(first, kWeak) && c.npmi < kMinNpmiWeak * ease) return false;
    if (has(last, kWeak)) return false;
    if (has(first, kWeak) && c.tokens.size() == 2 && has(last, kHead | kSolo) && !keyword) return false;  // "high quality", "large scale"
    if (c.openness < kMinOpen * ease) return false;
    // Where function words and breaks bound the phrase on both sides, few different neighbours say nothing against it.
    if (c.openness < kMinOpenJoined && c.freedom < ease * std::min(1.0, 0.5 * std::log(static_cast<double>(c.count)))) return false;
    if (c.han) return passes_chinese(c, ease);
    if (!keyword && c.left_verbal > kMaxVerbal) return false;
    if (!keyword && ends_with_any(corpus_.tokens[static_cast<std::size_t>(first)], {"ing"}) && c.left_article < kMinArticleGerund && c.count >= 8) return false;
    const std::string& word = corpus_.tokens[static_cast<std::size_t>(last)];
    if (word.size() < 2) return false;
    const bool ends_groups = c.openness >= kOpenEnough && c.nounness >= kMinNounShare * 0.5;
    if (c.nounness < kMinNounShare * ease && !ends_groups && capitals(corpus_.surfaces[static_cast<std::size_t>(last)]) < 2) return false;
    if (ends_with_any(word, {"ed"}) && c.nounness < 0.8) return false;
    const auto verb = [&](std::int32_t token) { return static_cast<double>(roles_.verb_share[static_cast<std::size_t>(token)]) > 0.45 && !has(token, kSolo | kHead); };
    return keyword || (!verb(first) && !verb(last));
  }

  bool is_stop_phrase(const Candidate& c) const {
    std::string phrase;
    for (const std::int32_t token : c.tokens) {
      if (!phrase.empty() && !c.han) phrase += ' ';
      phrase += corpus_.tokens[static_cast<std::size_t>(token)];
    }
    return lexicon_.stop_phrases.contains(phrase);
  }

  bool passes_chinese(const Candidate& c, double ease) const {
    std::size_t length = 0;
    for (const std::int32_t token : c.tokens) length += code_points(corpus_.tokens[static_cast<std::size_t>(token)]);
    constexpr std::size_t kLongestChineseTerm = 14;
    if (length < 2 || length > kLongestChineseTerm) return false;
    const auto shipped = segmenter();
    if (!shipped) return false;
    const auto part = [&](std::int32_t token) { return (*shipped)->part_of(corpus_.tokens[static_cast<std::size_t>(token)]); };
    const WordPart first = part(c.tokens.front());
    const WordPart last = part(c.tokens.back());
    if (first == WordPart::verb && c.npmi < 0.3 * ease) return false;
    if (last == WordPart::adjective && ease == 1.0) return false;
    for (std::size_t i = 1; i + 1 < c.tokens.size(); ++i) {
      if (part(c.tokens[i]) == WordPart::verb && ease == 1.0) return false;  // a clause: "对照组 饲喂 基础 饲粮"
    }
    return !(last == WordPart::verb && c.npmi < 0.25 * ease);
  }

  // Mean of the ranks, each in (0, 1], ties sharing the highest.
  void rank(std::vector<Candidate>& all) const {
    std::vector<std::uint32_t> order(all.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto add = [&](auto measure, double weight) {
      std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return measure(all[a]) < measure(all[b]); });
      for (std::size_t i = 0; i < order.size();) {
        std::size_t j = i;
        while (j < order.size() && measure(all[order[j]]) == measure(all[order[i]])) ++j;
        for (; i < j; ++i) all[order[i]].termhood += weight * static_cast<double>(j) / static_cast<double>(order.size());
      }
    };
    add([](const Candidate& c) { return c.tokens.size() > 1 ? c.npmi : 0.5 * c.nounness; }, 0.25);
    add([](const Candidate& c) { return c.c_value; }, 0.25);
    add([](const Candidate& c) { return c.freedom; }, 0.15);
    add([](const Candidate& c) { return c.openness; }, 0.15);
    add([](const Candidate& c) { return static_cast<double>(c.keyword_documents) / static_cast<double>(c.documents); }, 0.2);
  }

  const TokenizedCorpus& corpus_;
  const NgramCounts& counts_;
  const WordRoles& roles_;
  const Lexicon& lexicon_;
  const KeywordEvidence& keywords_;
  const TermOptions& options_;
  double total_;
  double words_per_document_;
  std::vector<std::vector<Containers>> containers_;
};

}  // namespace

Result<std::vector<Candidate>> select_candidates(const TokenizedCorpus& corpus, const NgramCounts& counts, const WordRoles& roles, const KeywordEvidence& keywords, const TermOptions& options) {
  const Lexicon* words = TRY(lexicon());
  return Selector(corpus, counts, roles, keywords, *words, options).run();
}

}  // namespace jianwei::text
