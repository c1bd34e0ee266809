// Internal to compare(): the words of a title that have no partner yet, and which of them may be a slip of the pen of another word.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "analysis/resolution/words.h"

namespace jianwei::analysis {

inline constexpr std::size_t kMaxWords = 80;  // of a title, as read_title_words() gives at most

// Which words of a title have found a partner.
class Used {
 public:
  bool operator[](std::size_t word) const { return flags_[word]; }
  void add(std::size_t word) { flags_[word] = true; }

 private:
  std::array<bool, kMaxWords> flags_{};
};

// The words of a title that are free and may be misspelt, beside each other, so that a word is set against all of them without a branch.
class FreeWords {
 public:
  FreeWords(std::span<const Word> words, const Used& used) {
    for (std::size_t j = 0; j < words.size(); ++j) {
      const Word& word = words[j];
      if (used[j] || word.length < 4 || (word.flags & word_has_digit) != 0) continue;
      letters_[count_] = word.letters;
      lengths_[count_] = word.length;
      any_letters_[count_] = (word.flags & word_not_ascii) != 0;
      place_[count_++] = static_cast<std::uint8_t>(j);
    }
  }
  std::size_t count() const { return count_; }
  std::size_t place(std::size_t k) const { return place_[k]; }

  // A bit for each of the 64 words from `first` on for which may_be_misspelling() is true. `word` has four letters or more and no digit.
  std::uint64_t like(const Word& word, std::size_t first) const {
    std::uint64_t found = 0;
    const bool any = (word.flags & word_not_ascii) != 0;
    for (std::size_t k = first; k < std::min(count_, first + 64); ++k) {
      const int length = lengths_[k];
      std::uint32_t two = letters_[k] ^ word.letters;
      two &= two - 1;
      two &= two - 1;
      std::uint32_t four = two & (two - 1);
      four &= four - 1;
      const std::uint32_t left = std::min<int>(length, word.length) >= 8 ? four : two;
      const bool near = static_cast<unsigned>(length - word.length + 2) <= 4U;
      found |= static_cast<std::uint64_t>(near & (any | any_letters_[k] | (left == 0))) << (k - first);
    }
    return found;
  }

 private:
  std::size_t count_ = 0;
  std::array<std::uint32_t, kMaxWords> letters_;
  std::array<std::uint8_t, kMaxWords> lengths_, place_;
  std::array<bool, kMaxWords> any_letters_;
};

}  // namespace jianwei::analysis
