#include "records/address.h"

#include <array>
#include <vector>

#include "base/strings.h"

namespace jianwei {
namespace {

struct Mark {
  std::string_view text;  // lower case
  int rank;
  bool whole_word;
};
// Rank 4: universities; 3: academies, polytechnics; 2: institutes, hospitals, companies; 1: parts of an institution that can stand alone.
constexpr std::array<Mark, 47> kMarks = {{{"universi", 4, false}, {"univ", 4, true}, {"大学", 4, false}, {"大學", 4, false}, {"hochschule", 4, false},
                                          {"academy", 3, false}, {"acad", 3, true}, {"academia", 3, false}, {"akademi", 3, false}, {"polytech", 3, false}, {"politecn", 3, false}, {"institute of technology", 3, false},
                                          {"école", 3, false}, {"ecole", 3, true}, {"cnrs", 3, true}, {"研究院", 3, false}, {"科学院", 3, false}, {"学院", 2, false},
                                          {"institut", 2, false}, {"istituto", 2, false}, {"inst", 2, true}, {"hospital", 2, false}, {"hosp", 2, true}, {"clinic", 2, true}, {"klinik", 2, false}, {"corporation", 2, false},
                                          {"corp", 2, true}, {"inc", 2, true}, {"ltd", 2, true}, {"gmbh", 2, true}, {"company", 2, true}, {"公司", 2, false}, {"研究所", 2, false}, {"医院", 2, false}, {"national lab", 2, false},
                                          {"national research", 2, false}, {"council", 2, false}, {"ministry", 2, false}, {"agency", 2, false}, {"bank", 2, true}, {"foundation", 2, true},
                                          {"college", 1, false}, {"center", 1, true}, {"centre", 1, true}, {"laborator", 1, false}, {"school", 1, false}, {"中心", 1, false}}};

int rank_of(const std::string& part) {
  int best = 0;
  for (const Mark& mark : kMarks) {
    if (mark.rank <= best) continue;
    const std::size_t at = part.find(mark.text);
    if (at == std::string::npos) continue;
    const std::size_t end = at + mark.text.size();
    const bool whole = (at == 0 || !is_alpha(part[at - 1])) && (end == part.size() || !is_alpha(part[end]));
    if (!mark.whole_word || whole) best = mark.rank;
  }
  return best;
}

// Without "1.", "(2)", "a)" before the name, and without punctuation at the ends.
std::string_view strip_numbering(std::string_view text) {
  text = trim(text);
  if (text.starts_with('(') || text.starts_with('[')) {
    const std::size_t close = text.find_first_of(")]");
    if (close != std::string_view::npos && close <= 4) text = trim(text.substr(close + 1));
  }
  std::size_t digits = 0;
  while (digits < text.size() && digits < 2 && is_digit(text[digits])) ++digits;
  if (digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')' || text[digits] == ' ')) {
    const bool number = text[digits] != ' ';
    if (number) text = trim(text.substr(digits + 1));
  }
  while (!text.empty() && (text.back() == ';' || text.back() == ',' || text.back() == '.')) text.remove_suffix(1);
  return trim(text);
}

}  // namespace

std::string organisation_of_address(std::string_view address) {
  address = strip_numbering(address);
  std::string_view best;
  int best_rank = -1;
  for (const std::string_view part : split(address, ",")) {
    const std::string_view name = trim(part);
    const int rank = name.empty() ? -1 : rank_of(to_lower_ascii(name));
    if (rank > best_rank) {
      best = name;
      best_rank = rank;
    }
  }
  return collapse_spaces(strip_numbering(best));
}

}  // namespace jianwei
