// Chinese runs are put together again from the stream (a run is Chinese tokens joined by nothing), cut with the corpus' own words, and
// spelled as they stood in the text: a simplified character takes as many bytes as its traditional one, so that the cuts fit both.
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "records/unicode.h"
#include "text/domain_words.h"
#include "text/string_table.h"

namespace jianwei::text {
namespace {

constexpr std::uint8_t kNoJoint = 1U << TokenizedCorpus::kJointShift;
constexpr std::uint8_t kJointMask = 3U << TokenizedCorpus::kJointShift;

bool starts_with_han(std::string_view word) { return static_cast<unsigned char>(word[0]) >= 0xe3 && is_han(decode_utf8(word).value); }

class Recutter {
 public:
  Recutter(const TokenizedCorpus& from, const Segmenter& segmenter, const ExtraWords& extra) : from_(from), segmenter_(segmenter), extra_(extra) {
    han_.reserve(from.tokens.size());
    for (const std::string& token : from.tokens) {
      han_.push_back(starts_with_han(token) ? 1 : 0);
      tokens_.insert(token);
    }
  }

  TokenizedCorpus run() {
    TokenizedCorpus to;
    to.offsets = {0};
    to.stream.reserve(from_.stream.size());
    to.forms.reserve(from_.stream.size());
    for (std::int64_t d = 0; d < from_.document_count(); ++d) {
      const auto end = from_.offsets[static_cast<std::size_t>(d) + 1];
      copy(from_.offsets[static_cast<std::size_t>(d)], from_.text_end(d), to);
      if (!from_.text_ends.empty()) to.text_ends.push_back(static_cast<std::int64_t>(to.stream.size()));
      copy(from_.text_end(d), from_.learned_end(d), to);
      to.keyword_starts.push_back(static_cast<std::int64_t>(to.stream.size()));
      copy(from_.learned_end(d), end, to);
      to.offsets.push_back(static_cast<std::int64_t>(to.stream.size()));
    }
    name_tokens(to);
    return to;
  }

 private:
  struct Spelling {
    std::int32_t token = 0;
    std::int64_t count = 0;
    std::string text;
  };

  void copy(std::int64_t begin, std::int64_t end, TokenizedCorpus& to) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end);) {
      const std::int32_t token = from_.stream[i];
      if (token < 0 || han_[static_cast<std::size_t>(token)] == 0) {
        to.stream.push_back(token);
        to.forms.push_back(from_.forms[i++]);
        spelling_of_.push_back(0);
        continue;
      }
      key_.clear();
      text_.clear();
      const std::uint8_t joint = from_.forms[i] & kJointMask;
      const std::size_t first = i;
      do {
        add(i++);
      } while (i < static_cast<std::size_t>(end) && from_.stream[i] >= 0 && han_[static_cast<std::size_t>(from_.stream[i])] != 0 && (from_.forms[i] & kJointMask) == kNoJoint && i > first);
      cut(joint, to);
    }
  }

  void add(std::size_t i) {
    const auto token = static_cast<std::size_t>(from_.stream[i]);
    const std::uint8_t spelling = from_.forms[i] & TokenizedCorpus::kOtherSpelling;
    key_ += from_.tokens[token];
    text_ += spelling == TokenizedCorpus::kOtherSpelling ? from_.tokens[token] : from_.spellings[static_cast<std::size_t>(from_.spelling_offsets[token]) + spelling];
  }

  void cut(std::uint8_t joint, TokenizedCorpus& to) {
    ends_.clear();
    segmenter_.cut(key_, scratch_, ends_, &extra_);
    std::size_t begin = 0;
    for (const std::uint32_t end : ends_) {
      const std::string_view key = std::string_view(key_).substr(begin, end - begin);
      const std::uint32_t token = tokens_.insert(key).first;
      spelling_key_.assign(reinterpret_cast<const char*>(&token), sizeof token);
      spelling_key_ += std::string_view(text_).substr(begin, end - begin);
      const auto [spelling, added] = spellings_.insert(spelling_key_);
      if (added) found_.push_back({static_cast<std::int32_t>(token), 0, text_.substr(begin, end - begin)});
      ++found_[spelling].count;
      to.stream.push_back(static_cast<std::int32_t>(token));
      to.forms.push_back(joint);
      spelling_of_.push_back(spelling + 1);
      joint = kNoJoint;
      begin = end;
    }
  }

  // Spellings of Chinese tokens are ranked anew; those of other tokens stay.
  void name_tokens(TokenizedCorpus& to) const {
    const std::size_t count = tokens_.size();
    std::vector<std::uint32_t> order(found_.size());
    for (std::uint32_t s = 0; s < order.size(); ++s) order[s] = s;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return std::tie(found_[a].token, found_[b].count, found_[a].text) < std::tie(found_[b].token, found_[a].count, found_[b].text); });
    std::vector<std::uint8_t> rank(found_.size(), 0);
    to.spelling_offsets = {0};
    std::size_t at = 0;
    for (std::size_t t = 0; t < count; ++t) {
      to.tokens.emplace_back(tokens_[static_cast<std::uint32_t>(t)]);
      if (t < han_.size() && han_[t] == 0) {
        to.surfaces.push_back(from_.surfaces[t]);
        to.spellings.insert(to.spellings.end(), from_.spellings.begin() + from_.spelling_offsets[t], from_.spellings.begin() + from_.spelling_offsets[t + 1]);
      } else {
        to.surfaces.push_back(to.tokens.back());  // of a token that no text holds any more
        for (std::uint32_t place = 0; at < order.size() && found_[order[at]].token == static_cast<std::int32_t>(t); ++at, ++place) {
          rank[order[at]] = static_cast<std::uint8_t>(std::min<std::uint32_t>(place, TokenizedCorpus::kOtherSpelling));
          if (place == 0) to.surfaces.back() = found_[order[at]].text;
          if (place < TokenizedCorpus::kOtherSpelling) to.spellings.push_back(found_[order[at]].text);
        }
      }
      to.spelling_offsets.push_back(static_cast<std::int64_t>(to.spellings.size()));
    }
    for (std::size_t i = 0; i < to.stream.size(); ++i) {
      if (spelling_of_[i] > 0) to.forms[i] = static_cast<std::uint8_t>(to.forms[i] | rank[spelling_of_[i] - 1]);
    }
  }

  const TokenizedCorpus& from_;
  const Segmenter& segmenter_;
  const ExtraWords& extra_;
  std::vector<std::uint8_t> han_;            // [tokens of from]
  StringTable tokens_, spellings_;
  std::vector<Spelling> found_;              // [spellings]
  std::vector<std::uint32_t> spelling_of_;   // [stream of the new corpus] spelling + 1; 0: as it was
  std::vector<std::uint32_t> ends_;
  Segmenter::Scratch scratch_;
  std::string key_, text_, spelling_key_;
};

}  // namespace

Result<ExtraWords> extra_words_of(std::span<const DomainWord> words) {
  const Segmenter* han = TRY(segmenter());
  ExtraWords extra;
  Segmenter::Scratch scratch;
  std::vector<std::uint32_t> ends;
  for (const DomainWord& word : words) {
    constexpr double kLittleMore = 1e-3;
    ends.clear();
    han->cut(word.word, scratch, ends);
    han->add_word(word.word, std::min(-kLittleMore, std::max(scratch.best[0] + kLittleMore, word.log_share)), extra);
  }
  return extra;
}

Result<TokenizedCorpus> resegment(const TokenizedCorpus& corpus, std::span<const DomainWord> words) {
  if (words.empty()) return corpus;
  const Segmenter* han = TRY(segmenter());
  const ExtraWords extra = TRY(extra_words_of(words));
  return Recutter(corpus, *han, extra).run();
}

}  // namespace jianwei::text
