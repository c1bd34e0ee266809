// Chinese word segmentation: the most probable path through the words of a dictionary, an HMM for runs that the dictionary lacks.
//
// Method and data of jieba (MIT licence): unigram path by dynamic programming over the word graph, then BMES Viterbi over runs of
// single characters. See docs/methods/segmentation.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "text/dictionary_image.h"

namespace jianwei::text {

// Words beside those of the dictionary, for one corpus: a trie over the dictionary's character codes.
class ExtraWords {
 public:
  bool empty() const { return weights_.empty(); }

 private:
  friend class Segmenter;
  std::vector<std::int32_t> first_;                        // [codes] node of a first character, -1: none
  std::unordered_map<std::uint64_t, std::int32_t> edges_;  // node << 16 | code
  std::vector<float> weights_;                             // [nodes] ln probability of the word that ends here; > 0: none ends here
};

class Segmenter {
 public:
  // Maps the image into memory; pages are read when used. Errors: unavailable, corrupt.
  static Result<std::unique_ptr<Segmenter>> open(const char* path);
  ~Segmenter();
  Segmenter(const Segmenter&) = delete;
  Segmenter& operator=(const Segmenter&) = delete;

  // Work space of one caller, so that the segmenter itself stays constant.
  struct Scratch {
    std::vector<std::uint16_t> codes;
    std::vector<std::uint32_t> offsets;
    std::vector<double> best;
    std::vector<std::uint32_t> next;
    std::vector<std::uint8_t> in_dictionary;
    std::vector<std::uint8_t> back;
  };

  // Cuts a run of characters of the basic plane (3 bytes each, or other UTF-8) into words; appends their end offsets in bytes.
  // `extra` words take part; scratch.best[0] is then ln of the probability of the best path. Time O(characters * longest word).
  void cut(std::string_view run, Scratch& scratch, std::vector<std::uint32_t>& ends, const ExtraWords* extra = nullptr) const;

  // Adds a word with the ln of its probability, <= 0. False when one of its characters is in no word of the dictionary.
  bool add_word(std::string_view word, double log_probability, ExtraWords& extra) const;

  // True when `word` was added.
  bool has_word(std::string_view word, const ExtraWords& extra) const;

  // The text in simplified characters. Its bytes are as many as those of `text`, character by character.
  std::string simplified(std::string_view text) const;

  // The part of speech of a word, WordPart::none when the dictionary lacks it.
  WordPart part_of(std::string_view word) const;

  // ln of the word's share of the general text behind the dictionary, <= 0; 1 when the dictionary lacks it.
  double log_general_share(std::string_view word) const;

 private:
  Segmenter() = default;
  void cut_unknown(const Scratch& scratch, std::size_t begin, std::size_t end, std::vector<std::uint8_t>& back, std::vector<std::uint32_t>& ends) const;
  const DictionaryCell* find(std::string_view word) const;  // nullptr: no word
  bool has_word(const std::uint16_t* codes, std::size_t count) const;
  void read_codes(std::string_view run, Scratch& scratch) const;

  void* mapping_ = nullptr;
  std::size_t size_ = 0;
  const DictionaryHeader* header_ = nullptr;
  const std::uint16_t* codes_ = nullptr;
  const std::uint16_t* simplified_ = nullptr;
  const DictionaryCell* cells_ = nullptr;
  const float* emissions_ = nullptr;
};

// The segmenter of the shipped dictionary, opened at the first call. Errors: not_found, unavailable, corrupt.
Result<const Segmenter*> segmenter();

}  // namespace jianwei::text
