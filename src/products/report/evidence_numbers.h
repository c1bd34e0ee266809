// E1, E2, ...: the evidence of a report in the order in which a reader meets it. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "products/report/report.h"

namespace jianwei::products {

// The keys a figure's marks link to, in the order of the drawing.
std::vector<std::string> evidence_of(const Figure& figure);

class EvidenceNumbers {
 public:
  explicit EvidenceNumbers(const Report& report);
  std::int64_t of(const std::string& key) const;                     // from 1; 0 = no such evidence
  const std::vector<std::string>& keys() const { return keys_; }     // by number
  std::string list(const std::vector<std::string>& keys) const;      // "E3–E9, E12"

 private:
  void meet(const std::string& key);
  const Report& report_;
  std::vector<std::string> keys_;
  std::map<std::string, std::int64_t> numbers_;
};

}  // namespace jianwei::products
