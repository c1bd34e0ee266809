#include "products/report/evidence_numbers.h"

#include <fmt/format.h>

#include <algorithm>

namespace jianwei::products {

std::vector<std::string> evidence_of(const Figure& figure) {
  constexpr std::string_view kLink = "\"#ev-";
  std::vector<std::string> keys;
  for (std::size_t at = figure.svg.find(kLink); at != std::string::npos; at = figure.svg.find(kLink, at)) {
    at += kLink.size();
    keys.push_back(figure.svg.substr(at, figure.svg.find('"', at) - at));
  }
  return keys;
}

EvidenceNumbers::EvidenceNumbers(const Report& report) : report_(report) {
  for (const Section& section : report.sections) {
    for (const Block& block : section.blocks) {
      if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
        for (const ReportCell& cell : paragraph->runs) meet(cell.evidence);
      } else if (const auto* table = std::get_if<Table>(&block)) {
        for (const auto& row : table->rows) {
          for (const ReportCell& cell : row) meet(cell.evidence);
        }
      } else if (const auto* figure = std::get_if<Figure>(&block)) {
        for (const std::string& key : evidence_of(*figure)) meet(key);
      } else if (const auto* tiles = std::get_if<Tiles>(&block)) {
        for (const Tiles::Tile& tile : tiles->tiles) meet(tile.number.evidence);
      }
    }
  }
  for (const auto& [key, evidence] : report.evidence) meet(key);
}

void EvidenceNumbers::meet(const std::string& key) {
  if (key.empty() || !report_.evidence.contains(key) || !numbers_.emplace(key, static_cast<std::int64_t>(keys_.size()) + 1).second) return;
  keys_.push_back(key);
}

std::int64_t EvidenceNumbers::of(const std::string& key) const {
  const auto found = numbers_.find(key);
  return found == numbers_.end() ? 0 : found->second;
}

std::string EvidenceNumbers::list(const std::vector<std::string>& keys) const {
  std::vector<std::int64_t> numbers;
  for (const std::string& key : keys) {
    if (const std::int64_t number = of(key); number > 0) numbers.push_back(number);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    text += (text.empty() ? "E" : ", E") + std::to_string(numbers[i]);
    if (last > i) text += "–E" + std::to_string(numbers[last]);
    i = last + 1;
  }
  return text;
}

}  // namespace jianwei::products
