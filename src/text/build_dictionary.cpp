// build_dictionary DICTIONARY HMM TRADITIONAL OUT: turns jieba's text files into the image that text/segmenter.cpp maps into memory.
//
// DICTIONARY has lines "word frequency part-of-speech", HMM the ln probabilities of the states B, E, M, S, TRADITIONAL pairs of a
// traditional character and its simplified one. Words are kept in simplified characters, and a traditional character gets the code of its
// simplified one, so that both scripts are cut alike at no cost. Runs at build time only.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/strings.h"
#include "text/dictionary_image.h"

namespace jianwei::text {
namespace {

struct Word {
  std::vector<std::uint16_t> codes;
  double frequency;
  WordPart part;
};

// The code points of UTF-8 text of the basic plane; empty when it holds another.
std::vector<std::uint16_t> code_points(std::string_view text) {
  std::vector<std::uint16_t> points;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned>(static_cast<unsigned char>(text[i + k])); };
    if (byte(0) < 0x80) {
      points.push_back(static_cast<std::uint16_t>(to_lower_ascii(text[i])));
      i += 1;
    } else if (byte(0) < 0xe0 && i + 1 < text.size()) {
      points.push_back(static_cast<std::uint16_t>(((byte(0) & 0x1f) << 6) | (byte(1) & 0x3f)));
      i += 2;
    } else if (byte(0) < 0xf0 && i + 2 < text.size()) {
      points.push_back(static_cast<std::uint16_t>(((byte(0) & 0x0f) << 12) | ((byte(1) & 0x3f) << 6) | (byte(2) & 0x3f)));
      i += 3;
    } else {
      return {};
    }
  }
  return points;
}

WordPart word_part(std::string_view tag) {
  if (tag == "vn") return WordPart::verbal_noun;
  if (tag == "an" || tag.starts_with('n') || tag == "l" || tag == "i" || tag == "j" || tag == "b" || tag == "eng") {
    return tag == "nr" || tag == "nrt" || tag == "ns" || tag == "nt" ? WordPart::name : WordPart::noun;
  }
  switch (tag.empty() ? 'x' : tag[0]) {
    case 'v': return WordPart::verb;
    case 'a': case 'z': return WordPart::adjective;
    case 'd': return WordPart::adverb;
    case 'c': case 'p': case 'u': case 'r': case 'q': case 'y': case 'e': case 'f': case 'k': case 'h': case 'o': return WordPart::function;
    case 'm': return WordPart::number;
    default: return WordPart::other;
  }
}

// Places the children of each state, first fit over the free cells.
class Builder {
 public:
  explicit Builder(const std::vector<Word>& words) : words_(words) { cells_.resize(1 << 20); }

  std::vector<DictionaryCell> build() {
    cells_[0].check = 0;  // the root
    place(0, 0, words_.size(), 0);
    std::size_t used = cells_.size();
    while (used > 0 && cells_[used - 1].check < 0) --used;
    cells_.resize(used + 0x10000);  // a code added to any base stays inside
    return std::move(cells_);
  }

 private:
  struct Child {
    std::uint16_t code;
    std::size_t begin, end;
  };

  void place(std::int32_t state, std::size_t begin, std::size_t end, std::size_t depth) {
    std::vector<Child> children;
    for (std::size_t i = begin; i < end; ++i) {
      if (words_[i].codes.size() == depth) {
        cells_[static_cast<std::size_t>(state)].weight = static_cast<float>(words_[i].frequency);
        cells_[static_cast<std::size_t>(state)].part = words_[i].part;
        continue;
      }
      const std::uint16_t code = words_[i].codes[depth];
      if (children.empty() || children.back().code != code) children.push_back({code, i, i});
      children.back().end = i + 1;
    }
    if (children.empty()) return;
    const std::size_t base = find_base(children);
    cells_[static_cast<std::size_t>(state)].base = static_cast<std::int32_t>(base);
    for (const Child& child : children) cells_[base + child.code].check = state;
    for (const Child& child : children) place(static_cast<std::int32_t>(base + child.code), child.begin, child.end, depth + 1);
  }

  std::size_t find_base(const std::vector<Child>& children) {
    std::size_t& first = children.size() == 1 ? first_single_ : first_;
    while (cells_[first].check >= 0) ++first;
    std::size_t misses = 0;
    for (std::size_t at = std::max<std::size_t>(first, children.front().code + 1U);; ++at) {
      const std::size_t base = at - children.front().code;
      if (base + 0x10000 >= cells_.size()) cells_.resize(cells_.size() * 2);
      if (std::all_of(children.begin(), children.end(), [&](const Child& child) { return cells_[base + child.code].check < 0; })) {
        if (misses > 2000) first = at;  // the cells before are too crowded to be worth another look
        return base;
      }
      ++misses;
    }
  }

  const std::vector<Word>& words_;
  std::vector<DictionaryCell> cells_;
  std::size_t first_ = 1;
  std::size_t first_single_ = 1;
};

struct Hmm {
  DictionaryHeader header{};
  std::vector<std::map<std::uint16_t, float>> emissions;  // B, E, M, S
};

// [0x10000] the simplified character of each code point of the basic plane, itself for most.
std::vector<std::uint16_t> read_simplified(std::string_view text) {
  std::vector<std::uint16_t> simplified(0x10000);
  for (std::size_t c = 0; c < simplified.size(); ++c) simplified[c] = static_cast<std::uint16_t>(c);
  for (const std::string_view line : split(text, "\n")) {
    if (line.starts_with('#')) continue;
    for (const std::string_view pair : split(trim(line), " ")) {
      const auto points = code_points(pair);
      if (points.size() == 2) simplified[points[0]] = points[1];
    }
  }
  return simplified;
}

Hmm read_hmm(std::string_view text) {
  Hmm hmm;
  std::vector<std::string_view> lines;
  for (const std::string_view line : split(text, "\n")) {
    if (!trim(line).empty() && line[0] != '#') lines.push_back(trim(line));
  }
  const auto numbers = [](std::string_view line, float* out) {
    for (const std::string_view number : split(line, " ")) *out++ = static_cast<float>(parse_double(number).value_or(-3.14e100));
  };
  numbers(lines.at(0), hmm.header.start);
  for (std::size_t s = 0; s < 4; ++s) numbers(lines.at(1 + s), hmm.header.transition[s]);
  for (std::size_t s = 0; s < 4; ++s) {
    auto& row = hmm.emissions.emplace_back();
    for (const std::string_view pair : split(lines.at(5 + s), ",")) {
      const std::size_t colon = pair.rfind(':');
      const auto points = code_points(pair.substr(0, colon));
      if (points.size() == 1) row[points[0]] = static_cast<float>(parse_double(pair.substr(colon + 1)).value_or(-30.0));
    }
  }
  return hmm;
}

int run(const char* dictionary_path, const char* hmm_path, const char* traditional_path, const char* out_path) {
  const auto dictionary = read_file(dictionary_path);
  const auto hmm_text = read_file(hmm_path);
  const auto traditional = read_file(traditional_path);
  for (const auto* file : {&dictionary, &hmm_text, &traditional}) {
    if (*file) continue;
    fmt::print(stderr, "build_dictionary: {}\n", file->error().message);
    return 6;
  }
  const std::vector<std::uint16_t> simplified = read_simplified(*traditional);
  Hmm hmm = read_hmm(*hmm_text);

  // The words, with how many of them use each character.
  std::vector<Word> words;
  std::vector<std::uint32_t> uses(0x10000, 0);
  double total = 0.0;
  for (const std::string_view line : split(*dictionary, "\n")) {
    const auto fields = split(trim(line), " ");
    if (fields.size() < 2) continue;
    Word word{code_points(fields[0]), parse_double(fields[1]).value_or(1.0), word_part(fields.size() > 2 ? fields[2] : "")};
    total += word.frequency;
    if (word.codes.empty() || word.codes[0] < 0x3400) continue;  // words that start with a Latin letter stay whole in the scanner
    for (std::uint16_t& c : word.codes) ++uses[c = simplified[c]];
    words.push_back(std::move(word));
  }
  for (const auto& row : hmm.emissions) {
    for (const auto& [point, weight] : row) uses[simplified[point]] += uses[simplified[point]] == 0;
  }
  std::vector<std::uint16_t> by_use;
  for (std::uint32_t c = 0; c < 0x10000; ++c) {
    if (uses[c] > 0) by_use.push_back(static_cast<std::uint16_t>(c));
  }
  std::stable_sort(by_use.begin(), by_use.end(), [&](std::uint16_t a, std::uint16_t b) { return uses[a] > uses[b]; });
  std::vector<std::uint16_t> codes(0x10000, 0);
  for (std::size_t i = 0; i < by_use.size(); ++i) codes[by_use[i]] = static_cast<std::uint16_t>(i + 1);

  for (std::uint32_t c = 0; c < 0x10000; ++c) codes[c] = codes[simplified[c]];

  for (Word& word : words) {
    word.frequency = std::log(word.frequency / total);
    for (std::uint16_t& c : word.codes) c = codes[c];
  }
  std::sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.codes != b.codes ? a.codes < b.codes : a.frequency < b.frequency; });
  const std::vector<DictionaryCell> cells = Builder(words).build();

  hmm.header.magic = kDictionaryMagic;
  hmm.header.cell_count = static_cast<std::uint32_t>(cells.size());
  hmm.header.code_count = static_cast<std::uint32_t>(by_use.size());
  hmm.header.log_total = static_cast<float>(std::log(total));
  hmm.header.unseen_emission = -3.14e38F;  // jieba's -3.14e100, as a float
  for (auto& row : hmm.header.transition) {
    for (float& p : row) p = std::max(p, -3.14e37F);
  }
  for (float& p : hmm.header.start) p = std::max(p, -3.14e37F);
  hmm.header.unseen_emission = -3.14e37F;
  std::vector<float> emissions((by_use.size() + 1) * 4, hmm.header.unseen_emission);
  for (std::size_t s = 0; s < 4; ++s) {
    for (const auto& [point, weight] : hmm.emissions[s]) {
      if (simplified[point] == point) emissions[codes[point] * 4U + s] = weight;
    }
  }

  std::string image;
  const auto append = [&](const void* data, std::size_t size) { image.append(static_cast<const char*>(data), size); };
  append(&hmm.header, sizeof hmm.header);
  append(codes.data(), codes.size() * sizeof codes[0]);
  append(simplified.data(), simplified.size() * sizeof simplified[0]);
  append(cells.data(), cells.size() * sizeof cells[0]);
  append(emissions.data(), emissions.size() * sizeof emissions[0]);
  if (const auto written = write_file_atomically(out_path, image); !written) {
    fmt::print(stderr, "build_dictionary: {}\n", written.error().message);
    return 6;
  }
  return 0;
}

}  // namespace
}  // namespace jianwei::text

int main(int argument_count, char** arguments) {
  if (argument_count != 5) {
    fmt::print(stderr, "build_dictionary DICTIONARY HMM TRADITIONAL OUT\n");
    return 2;
  }
  return jianwei::text::run(arguments[1], arguments[2], arguments[3], arguments[4]);
}
