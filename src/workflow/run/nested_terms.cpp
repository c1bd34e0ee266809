#include "workflow/run/nested_terms.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "records/unicode.h"

namespace jianwei::workflow {
namespace {

constexpr double kHeldShare = 0.7;

bool is_break(char c) { return c == ' ' || c == '-'; }

// Where a part of the text may begin or end: at its words, those joined by hyphens too; in Chinese at every character.
std::vector<std::size_t> boundaries(std::string_view text) {
  const bool han = is_cjk_text(text);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool character = i == text.size() || (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    const bool word = i == 0 || i == text.size() || is_break(text[i]) || is_break(text[i - 1]);
    if (han ? character : word) places.push_back(i);
  }
  return places;
}

struct Shared {
  std::int64_t of_part = 0, of_both = 0;
};

Shared shared_documents(const analysis::UnitDocuments& documents, std::size_t part, std::size_t whole, const std::vector<std::uint8_t>& counted) {
  Shared shared;
  auto w = documents.documents.begin() + documents.offsets[whole];
  const auto whole_end = documents.documents.begin() + documents.offsets[whole + 1];
  for (auto p = documents.documents.begin() + documents.offsets[part]; p != documents.documents.begin() + documents.offsets[part + 1]; ++p) {
    if (counted[static_cast<std::size_t>(*p)] == 0) continue;
    ++shared.of_part;
    while (w != whole_end && *w < *p) ++w;
    if (w != whole_end && *w == *p) ++shared.of_both;
  }
  return shared;
}

}  // namespace

std::vector<std::size_t> nested_terms(const std::vector<TermRow>& terms, const analysis::UnitDocuments& documents, const std::vector<std::uint8_t>& listed, const std::vector<std::uint8_t>& counted) {
  std::unordered_map<std::string, std::size_t> by_name;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    if (listed[t] != 0) by_name.emplace(fold_case(terms[t].label), t);
  }
  std::vector<std::size_t> nested;
  for (std::size_t whole = 0; whole < terms.size(); ++whole) {
    if (listed[whole] == 0) continue;
    const std::string name = fold_case(terms[whole].label);
    const std::vector<std::size_t> places = boundaries(name);
    for (std::size_t i = 0; i < places.size(); ++i) {
      for (std::size_t j = i + 1; j < places.size() && j - i + 1 < places.size(); ++j) {  // never the whole name: that term is no longer one
        const auto part = by_name.find(name.substr(places[i], places[j] - places[i]));
        if (part == by_name.end()) continue;
        const Shared shared = shared_documents(documents, part->second, whole, counted);
        if (shared.of_part > 0 && static_cast<double>(shared.of_both) >= kHeldShare * static_cast<double>(shared.of_part)) nested.push_back(part->second);
      }
    }
  }
  std::sort(nested.begin(), nested.end());
  nested.erase(std::unique(nested.begin(), nested.end()), nested.end());
  return nested;
}

}  // namespace jianwei::workflow
