// The binary form of the segmentation dictionary, made at build time by build_dictionary and mapped into memory at run time.
//
// Characters get dense codes by how many words use them (1 = most). The words form a double-array trie over these codes (Aoe 1989,
// doi:10.1109/32.31365): the child of state s by code c is t = cells[s].base + c, and it exists when cells[t].check == s.
// Layout: Header, codes[0x10000] (uint16, by code point of the basic plane; 0 = in no word), simplified[0x10000] (uint16), cells, emissions (code_count + 1) x 4 floats.
#pragma once

#include <cstdint>

namespace jianwei::text {

inline constexpr std::uint64_t kDictionaryMagic = 0x31305a4a574a0002ULL;  // changes with the layout

struct DictionaryHeader {
  std::uint64_t magic;
  std::uint32_t cell_count;
  std::uint32_t code_count;
  float log_total;           // ln of the sum of all frequencies
  float start[4];            // ln probability of the HMM's states B, E, M, S at the start of a run
  float transition[4][4];    // [from][to], ln
  float unseen_emission;     // ln probability of a character that a state never emitted
  std::uint32_t padding[2];
};

// Coarse part of speech of a dictionary word.
enum class WordPart : std::int32_t { none = 0, noun, verb, verbal_noun, adjective, adverb, function, number, name, other };

struct DictionaryCell {
  std::int32_t base = 0;     // children are at base + code
  std::int32_t check = -1;   // the parent, -1 when free
  float weight = 1.0F;       // ln(frequency / total) of the word that ends here; > 0: none ends here
  WordPart part = WordPart::none;
};

}  // namespace jianwei::text
