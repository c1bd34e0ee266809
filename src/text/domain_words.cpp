// The n-gram counter of term mining counts characters in place of words: its levels hold f, the documents and both entropies, and each
// n-gram's first and last n-1 characters, from which every split of a sequence is read.
#include "text/domain_words.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "records/unicode.h"
#include "text/lexicon.h"
#include "text/ngrams.h"
#include "text/string_table.h"
#include "text/term_matcher.h"

namespace jianwei::text {
namespace {

constexpr double kFragmentRatio = 1.3;       // f(x) / f(xc) below this: x is a fragment
constexpr double kMaxCrossing = 0.3;
constexpr double kCountPerByte = 5e-7;       // at least 5 occurrences in 10 MB: chance makes more sequences in more text

bool is_chinese(std::string_view word) { return static_cast<unsigned char>(word[0]) >= 0xe3 && is_han(decode_utf8(word).value); }

// Characters that only grammar uses: no word holds them.
bool is_particle(std::string_view character) {
  static constexpr std::string_view kParticles = "的了及这那它我你您他她们很也都还又且但仍则吗呢";
  return kParticles.find(character) != std::string_view::npos;
}

// Single characters that build terms ("过拟合", "多模态") though the word lists and the dictionary hold them as function words, numbers or adverbs.
bool is_prefix(std::string_view character) {
  static constexpr std::string_view kPrefixes = "过超多非反亚预微半单双全高低前后内外上下中大小新零一二三四五六七八九";
  return kPrefixes.find(character) != std::string_view::npos;
}

class Finder {
 public:
  Finder(const TokenizedCorpus& characters, std::span<const std::uint8_t> use_document, const NgramCounts& counts, const Segmenter& segmenter, const Lexicon& lexicon, const DomainWordOptions& options, double words)
      : characters_(characters), use_document_(use_document), counts_(counts), segmenter_(segmenter), lexicon_(lexicon), options_(options), words_(words),
        min_count_(std::max<std::int64_t>(options.min_documents, std::llround(3.0 * kCountPerByte * static_cast<double>(counts.token_count)))) {}

  std::vector<DomainWord> run() {
    std::vector<Sequence> sequences = free_sequences();
    count_crossings(sequences);
    // Shorter ones first: what they make up together is a phrase.
    std::vector<DomainWord> found;
    for (Sequence& sequence : sequences) {
      if (static_cast<double>(sequence.crossings) > kMaxCrossing * static_cast<double>(sequence.occurrences) || !is_word(sequence.word.word)) continue;
      if (segmenter_.add_word(sequence.word.word, std::max(scratch_.best[0], sequence.word.log_share), accepted_)) found.push_back(std::move(sequence.word));
    }
    std::sort(found.begin(), found.end(), [](const DomainWord& a, const DomainWord& b) { return std::tie(b.count, a.word) < std::tie(a.count, b.word); });
    return found;
  }

 private:
  struct Sequence {
    DomainWord word;
    std::vector<std::int32_t> characters;
    std::int64_t occurrences = 0;
    std::int64_t crossings = 0;  // places where an edge of it cuts a word of the dictionary in two
  };

  // The sequences that hold together and stand free, shorter ones first.
  std::vector<Sequence> free_sequences() const {
    std::vector<Sequence> found;
    for (std::size_t n = 1; n < counts_.levels.size() && n < static_cast<std::size_t>(options_.max_characters); ++n) {
      const std::vector<std::int64_t> longer = longest_extensions(n);
      for (std::size_t g = 0; g < counts_.levels[n].size(); ++g) {
        const Ngram& gram = counts_.levels[n][g];
        const double freedom = std::min(gram.left_entropy, gram.right_entropy);
        if (gram.documents < options_.min_documents || gram.count < min_count_ || freedom < options_.min_freedom) continue;
        if (static_cast<double>(gram.count) < kFragmentRatio * static_cast<double>(longer[g])) continue;
        const double cohesion = cohesion_of(n, static_cast<std::int32_t>(g));
        if (cohesion < options_.min_cohesion) continue;
        Sequence sequence;
        sequence.characters = characters_of(n, static_cast<std::int32_t>(g));
        std::string text;
        for (const std::int32_t character : sequence.characters) text += characters_.tokens[static_cast<std::size_t>(character)];
        sequence.word = {std::move(text), gram.count, gram.documents, cohesion, freedom, std::log(static_cast<double>(gram.count) / words_)};
        found.push_back(std::move(sequence));
      }
    }
    return found;
  }

  // "河流域" holds together and stands free, but its first character belongs to the name before it: 黄河 | 流域.
  void count_crossings(std::vector<Sequence>& sequences) const {
    TermMatcher matcher(static_cast<std::int64_t>(characters_.tokens.size()));
    for (std::size_t s = 0; s < sequences.size(); ++s) matcher.add(sequences[s].characters, static_cast<std::int32_t>(s));
    for (std::int64_t d = 0; d < characters_.document_count(); ++d) {
      if (!use_document_.empty() && use_document_[static_cast<std::size_t>(d)] == 0) continue;
      const auto end = static_cast<std::size_t>(characters_.offsets[static_cast<std::size_t>(d) + 1]);
      for (auto i = static_cast<std::size_t>(characters_.offsets[static_cast<std::size_t>(d)]); i < end; ++i) {
        matcher.match({characters_.stream.data() + i, end - i}, [&](std::int32_t sequence, std::int32_t length) {
          Sequence& found = sequences[static_cast<std::size_t>(sequence)];
          ++found.occurrences;
          found.crossings += (characters_.forms[i] | characters_.forms[i + static_cast<std::size_t>(length)]) != 0;  // a break always follows
        });
      }
    }
  }

  // [n-grams of the level] the count of the most frequent sequence that is one character longer.
  std::vector<std::int64_t> longest_extensions(std::size_t n) const {
    std::vector<std::int64_t> longer(counts_.levels[n].size(), 0);
    if (n + 1 >= counts_.levels.size()) return longer;
    for (const Ngram& gram : counts_.levels[n + 1]) {
      for (const std::int32_t part : {gram.left, gram.right}) longer[static_cast<std::size_t>(part)] = std::max(longer[static_cast<std::size_t>(part)], gram.count);
    }
    return longer;
  }

  double cohesion_of(std::size_t n, std::int32_t g) const {
    const auto total = static_cast<double>(counts_.token_count);
    const auto count = static_cast<double>(counts_.levels[n][static_cast<std::size_t>(g)].count);
    std::vector<double> prefix(n + 1), suffix(n + 1);  // counts of the first and last k + 1 characters
    std::int32_t left = g;
    std::int32_t right = g;
    for (std::size_t k = n + 1; k-- > 0;) {
      prefix[k] = static_cast<double>(counts_.levels[k][static_cast<std::size_t>(left)].count);
      suffix[k] = static_cast<double>(counts_.levels[k][static_cast<std::size_t>(right)].count);
      left = counts_.levels[k][static_cast<std::size_t>(left)].left;
      right = counts_.levels[k][static_cast<std::size_t>(right)].right;
    }
    double least = 1e300;
    for (std::size_t split = 0; split < n; ++split) least = std::min(least, std::log(count * total / (prefix[split] * suffix[n - 1 - split])));
    return least;
  }

  std::vector<std::int32_t> characters_of(std::size_t n, std::int32_t g) const {
    if (n == 0) return {g};
    const Ngram& gram = counts_.levels[n][static_cast<std::size_t>(g)];
    std::vector<std::int32_t> characters = characters_of(n - 1, gram.left);
    characters.push_back(characters_of(n - 1, gram.right).back());
    return characters;
  }

  bool is_function(std::string_view word) const {
    const WordPart part = segmenter_.part_of(word);
    return (lexicon_.classes_of(word) & (kBreakWord | kFunctionWord)) != 0 || part == WordPart::function || part == WordPart::adverb || part == WordPart::number;
  }

  // Not in the dictionary, no function word at its edges, and something else than whole words side by side: those are phrases, and term
  // mining finds them with their parts of speech known.
  bool is_word(const std::string& word) {
    if (segmenter_.part_of(word) != WordPart::none || lexicon_.classes_of(word) != 0) return false;
    ends_.clear();
    segmenter_.cut(word, scratch_, ends_, &accepted_);
    bool phrase = ends_.size() > 1;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      const std::string_view part = std::string_view(word).substr(begin, ends_[i] - begin);
      const bool edge = i == 0 || i + 1 == ends_.size();
      if (edge && is_function(part) && !(i == 0 && is_prefix(part))) return false;
      if (!edge && (lexicon_.classes_of(part) & kBreakWord) != 0) return false;
      constexpr std::size_t kHanBytes = 3;
      phrase = phrase && part.size() > kHanBytes && (segmenter_.part_of(part) != WordPart::none || segmenter_.has_word(part, accepted_));
      begin = ends_[i];
    }
    return !phrase;
  }

  const TokenizedCorpus& characters_;
  std::span<const std::uint8_t> use_document_;
  const NgramCounts& counts_;
  const Segmenter& segmenter_;
  const Lexicon& lexicon_;
  const DomainWordOptions& options_;
  double words_;
  std::int64_t min_count_;
  ExtraWords accepted_;
  Segmenter::Scratch scratch_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace

Result<TokenizedCorpus> split_into_characters(const TokenizedCorpus& corpus) {
  TokenizedCorpus result;
  const Segmenter* han = nullptr;
  std::vector<std::uint8_t> chinese(corpus.tokens.size(), 0);
  std::vector<std::uint8_t> in_dictionary(corpus.tokens.size(), 0);
  StringTable characters;
  std::vector<std::vector<std::int32_t>> split(corpus.tokens.size());  // of Chinese tokens
  for (std::size_t t = 0; t < corpus.tokens.size(); ++t) {
    std::string_view rest = corpus.tokens[t];
    if (!is_chinese(rest)) continue;
    chinese[t] = 1;
    if (han == nullptr) han = TRY(segmenter());
    in_dictionary[t] = han->part_of(rest) != WordPart::none ? 1 : 0;
    while (!rest.empty()) {
      const auto length = static_cast<std::size_t>(decode_utf8(rest).length);
      const auto [id, added] = characters.insert(rest.substr(0, length));
      if (added) result.tokens.emplace_back(rest.substr(0, length));
      split[t].push_back(static_cast<std::int32_t>(id));
      rest.remove_prefix(length);
    }
  }
  result.offsets = {0};
  if (result.tokens.empty()) {  // most corpora in other scripts
    result.offsets.resize(corpus.offsets.size(), 0);
    result.keyword_starts.resize(corpus.offsets.size() - 1, 0);
    return result;
  }
  for (std::int64_t d = 0; d < corpus.document_count(); ++d) {
    bool in_run = false;
    const auto end_run = [&] {
      if (!in_run) return;
      result.stream.push_back(TokenizedCorpus::kBreak);
      result.forms.push_back(0);
      in_run = false;
    };
    for (std::int64_t i = corpus.offsets[static_cast<std::size_t>(d)]; i < corpus.learned_end(d); ++i) {
      const std::int32_t token = corpus.stream[static_cast<std::size_t>(i)];
      if (token < 0 || chinese[static_cast<std::size_t>(token)] == 0) {
        end_run();
        continue;
      }
      in_run = true;
      const std::vector<std::int32_t>& characters_of_token = split[static_cast<std::size_t>(token)];
      for (std::size_t c = 0; c < characters_of_token.size(); ++c) {
        result.stream.push_back(characters_of_token[c]);
        result.forms.push_back(c > 0 ? in_dictionary[static_cast<std::size_t>(token)] : 0);
      }
    }
    end_run();
    result.offsets.push_back(static_cast<std::int64_t>(result.stream.size()));
    result.keyword_starts.push_back(result.offsets.back());
  }
  return result;
}

Result<std::vector<DomainWord>> find_domain_words(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const DomainWordOptions& options, Progress& progress) {
  const TokenizedCorpus characters = TRY(split_into_characters(corpus));
  if (characters.tokens.empty()) return std::vector<DomainWord>();
  const Segmenter* han = TRY(segmenter());
  const Lexicon* words = TRY(lexicon());
  std::vector<std::uint8_t> use;
  for (const std::string& character : characters.tokens) use.push_back(is_particle(character) ? 0 : kInPhrase | kAtEdge);
  // One level more than the longest word: what extends it must be known.
  const NgramCounts counts = TRY(count_ngrams(characters, use_document, use, {options.min_documents, options.max_characters + 1, options.thread_count}, progress));
  std::int64_t tokens = 0;
  for (std::int64_t d = 0; d < corpus.document_count(); ++d) {
    if (!use_document.empty() && use_document[static_cast<std::size_t>(d)] == 0) continue;
    const auto begin = corpus.stream.begin() + corpus.offsets[static_cast<std::size_t>(d)];
    tokens += std::count_if(begin, corpus.stream.begin() + corpus.learned_end(d), [](std::int32_t token) { return token >= 0; });
  }
  return Finder(characters, use_document, counts, *han, *words, options, static_cast<double>(tokens)).run();
}

Result<std::optional<DomainCorpus>> with_domain_words(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const DomainWordOptions& options, Progress& progress) {
  std::vector<DomainWord> words = TRY(find_domain_words(corpus, use_document, options, progress));
  if (words.empty()) return std::optional<DomainCorpus>();
  TokenizedCorpus tokens = TRY(resegment(corpus, words));
  return std::optional<DomainCorpus>({std::move(tokens), std::move(words)});
}

}  // namespace jianwei::text
