#include "analysis/resolution/words.h"

#include <gtest/gtest.h>

#include <string>

#include "analysis/resolution/free_words.h"
#include "analysis/resolution/radix_sort.h"
#include "analysis/resolution/similarity.h"
#include "base/random.h"

namespace jianwei::analysis {
namespace {

std::vector<Word> title_words(std::string_view folded) {
  std::vector<Word> words;
  read_title_words(folded, WordWeights(), words);
  return words;
}

TEST(Words, LeaveOutStopWordsAndSpellSmallNumbersAlike) {
  const std::string_view title = "the fourth study of sensors part iv";
  const std::vector<Word> words = title_words(title);
  ASSERT_EQ(words.size(), 5U);
  EXPECT_EQ(title_text(words[0], title), "4");
  EXPECT_EQ(title_text(words[1], title), "study");
  EXPECT_EQ(title_text(words[4], title), "4");
  EXPECT_EQ(words[0].hash, words[4].hash);
  EXPECT_TRUE(words[4].flags & word_is_number);
  EXPECT_FALSE(words[1].flags & word_is_number);
}

TEST(Words, KnowWhoseTheyAre) {
  const std::string_view names = "ada lovelace,charles babbage,王颖";
  std::vector<Word> words;
  read_name_words(names, WordWeights(), words);
  ASSERT_EQ(words.size(), 5U);
  EXPECT_EQ(words[1].number, 0);
  EXPECT_EQ(words[2].number, 1);
  EXPECT_EQ(words[4].number, 2);
  EXPECT_EQ(name_text(words[3], names), "babbage");
  EXPECT_TRUE(words[4].flags & word_not_ascii);
}

// The quick tests before the edit distance must never refuse a pair that it would accept.
TEST(Words, MisspellingsAreThoseOfTheEditDistance) {
  Random random(5);
  int found = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string a;
    const auto length = 3 + random.below(9);
    for (std::uint32_t i = 0; i < length; ++i) a += static_cast<char>('a' + random.below(6));
    std::string b = a;
    for (std::uint32_t change = random.below(4); change > 0; --change) {
      const auto at = random.below(static_cast<std::uint32_t>(b.size()));
      if (random.below(3) == 0 && b.size() > 3) b.erase(at, 1);
      else if (random.below(2) == 0) b.insert(at, 1, static_cast<char>('a' + random.below(26)));
      else b[at] = static_cast<char>('a' + random.below(26));
    }
    const std::vector<Word> x = title_words(a);
    const std::vector<Word> y = title_words(b);
    if (x.size() != 1 || y.size() != 1 || title_text(x[0], a) != a || title_text(y[0], b) != b) continue;  // a stop word or a number
    EXPECT_EQ(is_misspelling(x[0], a, y[0], b), is_misspelling(a, b)) << a << " " << b;
    found += is_misspelling(a, b) ? 1 : 0;
  }
  EXPECT_GT(found, 1000);
}

// FreeWords sets a word against many without a branch: the answers are those of may_be_misspelling(), word by word, whatever is used, short or numbered.
TEST(Words, ManyAtOnceAreTheSameAsOneByOne) {
  Random random(6);
  int alike = 0, unlike = 0;
  for (int round = 0; round < 400; ++round) {
    std::string title;
    for (std::uint32_t count = 1 + random.below(100); count > 0; --count) {
      std::string word(1 + random.below(12), 'a');
      for (char& c : word) c = static_cast<char>((random.below(3) == 0 ? 'e' : 'a') + random.below(4));
      if (random.below(9) == 0) word += static_cast<char>('0' + random.below(10));
      if (random.below(9) == 0) word += "é";
      title += (title.empty() ? "" : " ") + word;
    }
    const std::vector<Word> words = title_words(title);
    Used used;
    for (std::size_t j = 0; j < words.size(); ++j) {
      if (random.below(5) == 0) used.add(j);
    }
    const FreeWords free(words, used);
    for (const Word& word : words) {
      if (word.length < 4 || (word.flags & word_has_digit) != 0) continue;
      std::vector<std::uint8_t> found(words.size(), 0);
      for (std::size_t first = 0; first < free.count(); first += 64) {
        for (std::size_t bit = 0; bit < std::min<std::size_t>(64, free.count() - first); ++bit) found[free.place(first + bit)] = free.like(word, first) >> bit & 1;
      }
      for (std::size_t j = 0; j < words.size(); ++j) {
        const bool expected = !used[j] && may_be_misspelling(word, words[j]);
        ASSERT_EQ(found[j] != 0, expected) << title_text(word, title) << " " << title_text(words[j], title);
        ++(expected ? alike : unlike);
      }
    }
  }
  EXPECT_GT(alike, 1000);
  EXPECT_GT(unlike, 1000);
}

TEST(RadixSort, SortsAndKeepsTheOrderOfEqualKeys) {
  Random random(9);
  std::vector<std::pair<std::uint64_t, int>> items;
  for (int i = 0; i < 5000; ++i) items.emplace_back(std::uint64_t{random.below(40)} << (random.below(2) * 50), i);
  auto expected = items;
  std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  radix_sort(items, [](const auto& item) { return item.first; });
  EXPECT_EQ(items, expected);
  std::vector<std::uint32_t> none;
  radix_sort(none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace jianwei::analysis
