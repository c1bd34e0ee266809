#include "analysis/knowledge/sentence_relations.h"

#include <algorithm>
#include <set>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::analysis {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Where a word or a character of a script without blanks may begin or end.
bool is_bound(std::string_view text, std::size_t i) {
  if (i == 0 || i >= text.size()) return true;
  if (is_continuation(text[i])) return false;
  return !(is_word(text[i - 1]) && is_word(text[i]));
}

bool ends_sentence(std::string_view text, std::size_t i) {
  const char c = text[i];
  if (c == '\n' || c == '\r') return true;
  if (c != '.' && c != '!' && c != '?' && c != ';') return false;
  if (i + 1 >= text.size()) return true;
  if (text[i + 1] != ' ' && text[i + 1] != '\n') return false;
  if (c == '.' && i >= 2 && !is_word(text[i - 2])) return false;  // "J. Smith", "e.g. this"
  std::size_t next = i + 1;
  while (next < text.size() && (text[next] == ' ' || text[next] == '\n')) ++next;
  return next >= text.size() || !is_ascii(text[next]) || (text[next] >= 'A' && text[next] <= 'Z') || (text[next] >= '0' && text[next] <= '9') || text[next] == '(' || text[next] == '"';
}

}  // namespace

std::vector<std::string_view> split_sentences(std::string_view text) {
  constexpr std::string_view kFullStops[] = {"。", "！", "？", "；"};
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    const std::string_view sentence = trim(text.substr(begin, end - begin));
    if (!sentence.empty()) sentences.push_back(sentence);
    begin = end;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_ascii(text[i])) {
      if (ends_sentence(text, i)) close(i + 1);
      continue;
    }
    for (const std::string_view stop : kFullStops) {
      if (text.substr(i, stop.size()) == stop) close(i + stop.size());
    }
  }
  close(text.size());
  return sentences;
}

std::string TermFinder::normalise(std::string_view text) {
  const std::string folded = fold_case(text);
  std::string made;
  made.reserve(folded.size());
  for (const char c : folded) {
    const char put = c == '-' || c == '/' || c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    if (put == ' ' && (made.empty() || made.back() == ' ')) continue;
    made += put;
  }
  while (!made.empty() && made.back() == ' ') made.pop_back();
  return made;
}

void TermFinder::add(std::string_view form, std::int32_t term) {
  std::string normal = normalise(form);
  const bool letter = std::any_of(normal.begin(), normal.end(), [](char c) { return !is_ascii(c) || (c >= 'a' && c <= 'z'); });
  if (!letter || normal.size() < 2) return;
  longest_ = std::max(longest_, normal.size());
  terms_.try_emplace(std::move(normal), term);
}

std::vector<TermFinder::Place> TermFinder::find(std::string_view normalised) const {
  std::vector<Place> places;
  std::string candidate;
  for (std::size_t begin = 0; begin < normalised.size();) {
    std::size_t next = begin + 1;
    while (next < normalised.size() && !is_bound(normalised, next)) ++next;
    if (normalised[begin] == ' ') {
      begin = next;
      continue;
    }
    std::size_t found_end = 0;
    for (std::size_t end = std::min(normalised.size(), begin + longest_); end > begin; --end) {
      if (!is_bound(normalised, end)) continue;
      candidate.assign(normalised.substr(begin, end - begin));
      const auto found = terms_.find(candidate);
      if (found == terms_.end()) continue;
      places.push_back({found->second, begin, end});
      found_end = end;
      break;
    }
    begin = found_end > 0 ? found_end : next;
  }
  return places;
}

std::vector<FoundRelation> relate_terms(const TermFinder& finder, std::string_view sentence, std::size_t max_terms) {
  const std::string normal = TermFinder::normalise(sentence);
  const std::vector<TermFinder::Place> places = finder.find(normal);
  std::vector<FoundRelation> relations;
  if (places.size() < 2 || places.size() > max_terms) return relations;
  std::set<std::pair<std::int32_t, std::int32_t>> told;
  const auto pair_of = [](std::int32_t a, std::int32_t b) { return std::pair(std::min(a, b), std::max(a, b)); };
  const std::string_view text = normal;
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    const TermFinder::Place& a = places[i];
    const TermFinder::Place& b = places[i + 1];
    if (a.term == b.term) continue;
    const PatternMatch match = match_pattern(text.substr(0, a.begin), text.substr(a.end, b.begin - a.end));
    if (match.relation == TermRelation::co_occurs || !told.insert(pair_of(a.term, b.term)).second) continue;
    relations.push_back({match.reversed ? b.term : a.term, match.reversed ? a.term : b.term, match.relation});
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t j = i + 1; j < places.size(); ++j) {
      if (places[i].term == places[j].term) continue;
      const auto [low, high] = pair_of(places[i].term, places[j].term);
      if (told.insert({low, high}).second) relations.push_back({low, high, TermRelation::co_occurs});
    }
  }
  return relations;
}

}  // namespace jianwei::analysis
