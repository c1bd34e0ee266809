// The places of a word say what it is: after "to", "can" or "we", or before "the", it acts as a verb; before another content word it
// modifies; before a break, a preposition or a form of "be" it ends a noun group. Counting these over a corpus stands in for a tagger.
#include "text/word_roles.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/parallel.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "text/domain_words.h"
#include "text/lexicon.h"
#include "text/ngrams.h"
#include "text/segmenter.h"

namespace jianwei::text {
namespace {

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return word.size() > ending.size() + 2 && word.ends_with(ending); });
}

bool is_number_like(std::string_view word) { return !word.empty() && is_digit(word[0]) && std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '.'; }); }

std::uint16_t chinese_classes(const Segmenter& segmenter, const Lexicon& lexicon, std::string_view word) {
  switch (segmenter.part_of(word)) {
    case WordPart::function: return kConjunction;
    case WordPart::adverb: return kAdverb;
    case WordPart::number: return kNumber;
    case WordPart::none: break;
    default: return 0;
  }
  // A word of the HMM that holds a function character ("组和", "参数均") is a wrong cut.
  for (std::size_t i = 0; i < word.size();) {
    const auto length = static_cast<std::size_t>(decode_utf8(word.substr(i)).length);
    if ((lexicon.classes_of(word.substr(i, length)) & kBreakWord) != 0) return kBreakWord;
    i += length;
  }
  return 0;
}

struct Places {
  std::vector<std::int32_t> noun, verb, modifier;
};

Places count_places(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, const std::vector<std::uint16_t>& classes, std::int64_t from, std::int64_t to) {
  Places n;
  n.noun.assign(classes.size(), 0);
  n.verb = n.noun;
  n.modifier = n.noun;
  constexpr std::uint16_t kStart = 1 << 15;  // stands for a break
  for (std::int64_t d = from; d < to; ++d) {
    if (!use_document.empty() && use_document[static_cast<std::size_t>(d)] == 0) continue;
    std::uint16_t before = kStart;
    const std::int64_t end = corpus.learned_end(d);
    for (std::int64_t i = corpus.offsets[static_cast<std::size_t>(d)]; i < end; ++i) {
      const std::int32_t token = corpus.stream[static_cast<std::size_t>(i)];
      if (token < 0) {
        before = kStart;
        continue;
      }
      const auto t = static_cast<std::size_t>(token);
      const std::int32_t following = i + 1 < end ? corpus.stream[static_cast<std::size_t>(i) + 1] : TokenizedCorpus::kBreak;
      const std::uint16_t after = following < 0 ? kStart : classes[static_cast<std::size_t>(following)];
      const std::uint16_t self = classes[t];
      if ((self & kFunctionWord) == 0) {
        const bool closes = (after & (kStart | kPreposition | kBe | kModal | kConjunction | kPronoun | kAdverb)) != 0;
        if ((before & (kModal | kPronoun)) != 0 || (after & kDeterminer) != 0) ++n.verb[t];
        else if (closes && (before & (kBe | kAdverb)) == 0) ++n.noun[t];
        else ++n.modifier[t];
      }
      before = self;
    }
  }
  return n;
}

}  // namespace

Result<WordRoles> find_word_roles(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, int thread_count, std::span<const DomainWord> domain_words) {
  const Lexicon* words = TRY(lexicon());
  const std::size_t count = corpus.tokens.size();
  WordRoles roles;
  roles.classes.resize(count);
  roles.use.resize(count);
  roles.han.resize(count);
  const Segmenter* han = nullptr;
  std::unordered_set<std::string_view> found_words;
  for (const DomainWord& word : domain_words) found_words.insert(word.word);
  for (std::size_t t = 0; t < count; ++t) {
    const std::string& word = corpus.tokens[t];
    roles.classes[t] = words->classes_of(word);
    if (is_number_like(word)) roles.classes[t] |= kNumber;
    if (static_cast<unsigned char>(word[0]) >= 0xe3 && is_han(decode_utf8(word).value)) {
      roles.han[t] = 1;
      if (han == nullptr) han = TRY(segmenter());
      if ((roles.classes[t] & (kHead | kSolo | kVague)) == 0 && !found_words.contains(word)) roles.classes[t] |= chinese_classes(*han, *words, word);
      continue;
    }
    const bool noun_in_ly = ends_with_any(word, {"family", "sembly", "nomaly", "upply", "terfly", "nopoly"}) || word == "family" || word == "supply" || word == "reply" || word == "italy" || word == "july" || word == "ally";
    const bool adverb = word.size() > 4 && word.ends_with("ly") && !noun_in_ly;
    if (adverb && roles.classes[t] == 0) roles.classes[t] |= kAdverb;
  }

  // Counted over at most eight blocks, added in block order.
  const std::int64_t documents = corpus.document_count();
  const std::int64_t block = std::max<std::int64_t>(1, (documents + 7) / 8);
  std::vector<Places> parts(static_cast<std::size_t>(documents > 0 ? (documents + block - 1) / block : 0));
  parallel_blocks(documents, block, thread_count, [&](std::int64_t b, std::int64_t from, std::int64_t to) {
    parts[static_cast<std::size_t>(b)] = count_places(corpus, use_document, roles.classes, from, to);
  });
  roles.noun_share.resize(count);
  roles.verb_share.resize(count);
  for (std::size_t t = 0; t < count; ++t) {
    float noun = 0.0F;
    float verb = 0.0F;
    float modifier = 0.0F;
    for (const Places& part : parts) {
      noun += static_cast<float>(part.noun[t]);
      verb += static_cast<float>(part.verb[t]);
      modifier += static_cast<float>(part.modifier[t]);
    }
    const float all = noun + verb + modifier;
    roles.noun_share[t] = all > 0.0F ? noun / all : 0.0F;
    roles.verb_share[t] = all > 0.0F ? verb / all : 0.0F;

    const std::uint16_t classes = roles.classes[t];
    const bool function = (classes & kFunctionWord) != 0;
    const bool bounds = (classes & kBreakWord) != 0 || function;
    std::uint8_t use = 0;
    if (bounds) use |= kBounds;
    if ((classes & (kModal | kPronoun)) != 0 || corpus.tokens[t] == "to") use |= kVerbal;
    if ((classes & kDeterminer) != 0) use |= kArticle;
    if ((classes & kBreakWord) == 0 && (!function || (classes & kInside) != 0)) use |= kInPhrase;
    if (!bounds && (classes & kVague) == 0) use |= kAtEdge;
    // A verb in most of its places ("enforce the", "we train") bounds phrases as the listed verbs do.
    constexpr float kMostlyVerb = 0.6F;
    if (roles.han[t] == 0 && (classes & (kHead | kSolo)) == 0 && !bounds && all >= 20.0F && roles.verb_share[t] > kMostlyVerb) use = kBounds;
    if (ends_with_any(corpus.tokens[t], {"'t", "'re", "'ve", "'ll", "'m", "'d"}) || corpus.tokens[t].ends_with("n't")) use = kBounds;
    roles.use[t] = use;
  }
  return roles;
}

}  // namespace jianwei::text
