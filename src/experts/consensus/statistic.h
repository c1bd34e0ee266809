// A figure about answers, or the reason why there is none. A statistic is never silently 0.
#pragma once

#include <limits>
#include <string_view>

namespace jianwei::experts {

struct Statistic {
  double value = std::numeric_limits<double>::quiet_NaN();
  std::string_view undefined = "statistic.too_few";  // key of the message catalogue; "" when the value holds

  static Statistic of(double value) { return {value, ""}; }
  static Statistic none(std::string_view reason) { return {std::numeric_limits<double>::quiet_NaN(), reason}; }
  bool defined() const { return undefined.empty(); }
};

inline constexpr std::string_view kTooFew = "statistic.too_few";          // fewer answers than the formula needs
inline constexpr std::string_view kUnanimous = "statistic.unanimous";     // all answers alike: the figure divides by their spread
inline constexpr std::string_view kNoMean = "statistic.zero_mean";        // a ratio to a mean of 0

}  // namespace jianwei::experts
