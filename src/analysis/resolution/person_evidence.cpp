#include "analysis/resolution/person_evidence.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "analysis/resolution/comparable.h"
#include "base/hash.h"

namespace jianwei::analysis::persons {
namespace {

// Fitted weights; see docs/methods/persons.md for the data and bench/quality/persons.cpp for the score.
constexpr double kKnownPrior = 1.53, kNameSignatures = 0.54, kNameOrganisations = -2.26;   // names seen with organisations
constexpr double kUnknownPrior = 1.3, kFamilyCommon = -0.45;                              // names seen without
constexpr double kOrganisationLikeness = 1.75, kSameOrganisation = 3.71, kOrganisationUnknown = 0.87;
constexpr double kInitialsOnly = -0.3;
constexpr double kCoauthor = 3.1, kFurtherCoauthor = 0.8, kNoCoauthor = -0.33;
constexpr double kLinkedCoauthors[] = {kNoCoauthor, 1.7, 2.5};
constexpr double kTitleSteps[][2] = {{0.4, 4.0}, {0.2, 2.3}, {0.1, 1.3}, {0.0, -0.1}};  // cosine from which, log odds
// The ranges the weights were fitted in; beyond them they stay what they are at the border.
constexpr double kMostSignatures = 250.0, kMostOrganisations = 33.0, kMostNames = 60.0;
constexpr std::int32_t kRareName = 60;
constexpr std::size_t kManyAuthors = 50;  // a list of hundreds says little about who knows whom

std::uint64_t name_hash(const PersonName& name) { return hash_combine(hash64(name.family), hash64(name.hanzi.empty() ? name.joined_given() : name.hanzi)); }

// The distinct significant words of a title; weights are set later.
std::vector<std::pair<std::uint32_t, float>> title_words(std::string_view title) {
  std::vector<std::pair<std::uint32_t, float>> words;
  each_word(fold_words(title), [&](std::string_view word) {
    if (!is_stop_word(word)) words.emplace_back(word_hash(word), 0.0f);
  });
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace

Evidence::Evidence(std::span<const PersonSignature> signatures, std::span<const std::string_view> organisation_names) : signatures_(signatures) {
  count_names();
  describe_records();
  read_organisations(organisation_names);
}

void Evidence::count_names() {
  std::unordered_map<std::uint64_t, std::set<std::uint64_t>> givens;
  std::unordered_map<std::uint64_t, std::set<std::int32_t>> organisations;
  prepared_.resize(signatures_.size());
  for (std::size_t i = 0; i < signatures_.size(); ++i) {
    const PersonSignature& s = signatures_[i];
    const std::string block = person_block(s.name);
    if (block.empty()) continue;
    prepared_[i].block = hash64(block);
    prepared_[i].name = name_hash(s.name);
    NameUse& use = uses_[prepared_[i].name];
    ++use.signatures;
    if (!s.organisations.empty()) ++use.with_organisation;
    organisations[prepared_[i].name].insert(s.organisations.begin(), s.organisations.end());
    givens[hash64(s.name.family)].insert(hash64(s.name.joined_given()));
  }
  for (const auto& [name, set] : organisations) uses_[name].organisations = static_cast<std::int32_t>(set.size());
  for (const auto& [family, set] : givens) givens_of_family_[family] = static_cast<std::int32_t>(set.size());
}

void Evidence::describe_records() {
  std::unordered_map<std::int64_t, std::int32_t> rows;
  std::unordered_map<std::uint32_t, std::int32_t> word_records;
  for (std::size_t i = 0; i < signatures_.size(); ++i) {
    if (prepared_[i].block == 0) continue;
    const auto [place, added] = rows.try_emplace(signatures_[i].record, static_cast<std::int32_t>(records_.size()));
    prepared_[i].record = place->second;
    if (added) {
      records_.emplace_back().title = title_words(signatures_[i].title);
      for (const auto& [word, weight] : records_.back().title) ++word_records[word];
    }
    records_[static_cast<std::size_t>(place->second)].names.push_back(prepared_[i].name);
  }
  for (RecordContext& record : records_) {
    std::sort(record.names.begin(), record.names.end());
    record.names.erase(std::unique(record.names.begin(), record.names.end()), record.names.end());
    if (record.names.size() > kManyAuthors) record.names = {};
    double square = 0.0;
    for (auto& [word, weight] : record.title) {
      weight = static_cast<float>(std::log1p(static_cast<double>(records_.size()) / word_records[word]));
      square += weight * weight;
    }
    for (auto& [word, weight] : record.title) weight /= static_cast<float>(std::sqrt(square));
    for (const std::uint64_t name : record.names) {
      if (use(name).signatures > kRareName) continue;
      std::vector<std::uint64_t>& companions = companions_[name];
      for (const std::uint64_t other : record.names) {
        if (other != name && use(other).signatures <= kRareName) companions.push_back(other);
      }
    }
  }
  for (auto& [name, companions] : companions_) {
    std::sort(companions.begin(), companions.end());
    companions.erase(std::unique(companions.begin(), companions.end()), companions.end());
  }
}

void Evidence::read_organisations(std::span<const std::string_view> names) {
  organisation_words_.resize(names.size());
  std::unordered_map<std::string, std::int32_t> word_ids;
  std::vector<double> counts;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::vector<std::int32_t>& words = organisation_words_[i];
    each_word(fold_words(names[i]), [&](std::string_view word) {
      if (is_stop_word(word)) return;
      const auto [place, added] = word_ids.try_emplace(std::string(word), static_cast<std::int32_t>(counts.size()));
      if (added) counts.push_back(0.0);
      words.push_back(place->second);
    });
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const std::int32_t word : words) ++counts[static_cast<std::size_t>(word)];
  }
  for (const double count : counts) word_weights_.push_back(std::log1p(static_cast<double>(names.size()) / count));
}

double Evidence::name_odds(std::int32_t a, std::int32_t b) const {
  const NameUse& use_a = use(prepared_[static_cast<std::size_t>(a)].name);
  const NameUse& use_b = use(prepared_[static_cast<std::size_t>(b)].name);
  const NameUse& more = use_a.organisations >= use_b.organisations ? use_a : use_b;
  if (3 * more.with_organisation >= more.signatures) {
    return kKnownPrior + kNameSignatures * std::log(std::min(kMostSignatures, double(more.signatures)) + 1.0) +
           kNameOrganisations * std::log(std::min(kMostOrganisations, double(more.organisations)) + 1.0) + organisation_odds(a, b);
  }
  const double givens = givens_of_family_.at(hash64(signatures_[static_cast<std::size_t>(a)].name.family));
  return kUnknownPrior + kFamilyCommon * std::log(std::min(kMostNames, givens));
}

double Evidence::organisation_likeness(std::int32_t a, std::int32_t b) const {
  const auto weigh = [this](std::span<const std::int32_t> words) {
    double sum = 0.0;
    for (const std::int32_t word : words) sum += word_weights_[static_cast<std::size_t>(word)];
    return sum;
  };
  double best = 0.0;
  for (const std::int32_t x : signatures_[static_cast<std::size_t>(a)].organisations) {
    for (const std::int32_t y : signatures_[static_cast<std::size_t>(b)].organisations) {
      if (x == y) return 1.0;
      const std::vector<std::int32_t>& words_x = organisation_words_[static_cast<std::size_t>(x)];
      const std::vector<std::int32_t>& words_y = organisation_words_[static_cast<std::size_t>(y)];
      std::vector<std::int32_t> common;
      std::set_intersection(words_x.begin(), words_x.end(), words_y.begin(), words_y.end(), std::back_inserter(common));
      if (common.empty()) continue;
      const double shared = weigh(common);
      best = std::max(best, shared / (weigh(words_x) + weigh(words_y) - shared));
    }
  }
  return best;
}

double Evidence::organisation_odds(std::int32_t a, std::int32_t b) const {
  if (signatures_[static_cast<std::size_t>(a)].organisations.empty() || signatures_[static_cast<std::size_t>(b)].organisations.empty()) return kOrganisationUnknown;
  const double likeness = organisation_likeness(a, b);
  return kOrganisationLikeness * likeness + (likeness > 0.99 ? kSameOrganisation : 0.0);
}

double Evidence::rarity(std::uint64_t name) const {
  const double signatures = use(name).signatures;
  return std::clamp(1.0 - 0.15 * std::log2(signatures / 16.0), 0.3, 1.0);
}

int Evidence::linked_coauthors(std::int32_t a, std::int32_t b) const {
  const std::uint64_t name_a = prepared_[static_cast<std::size_t>(a)].name, name_b = prepared_[static_cast<std::size_t>(b)].name;
  int linked = 0;
  for (const std::uint64_t x : names_of_record(a)) {
    if (x == name_a || x == name_b) continue;
    const auto companions = companions_.find(x);
    if (companions == companions_.end()) continue;
    for (const std::uint64_t y : names_of_record(b)) {
      if (y == name_a || y == name_b || !std::binary_search(companions->second.begin(), companions->second.end(), y)) continue;
      if (++linked == 2) return linked;
    }
  }
  return linked;
}

double Evidence::coauthor_odds(std::int32_t a, std::int32_t b) const {
  const std::span<const std::uint64_t> x = names_of_record(a), y = names_of_record(b);
  if (x.size() < 2 || y.size() < 2) return 0.0;
  const std::uint64_t name_a = prepared_[static_cast<std::size_t>(a)].name, name_b = prepared_[static_cast<std::size_t>(b)].name;
  double rarest = 0.0;
  int shared = 0;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    if (x[i] < y[j]) {
      ++i;
    } else if (y[j] < x[i]) {
      ++j;
    } else {
      if (x[i] != name_a && x[i] != name_b) {
        rarest = std::max(rarest, rarity(x[i]));
        ++shared;
      }
      ++i;
      ++j;
    }
  }
  if (shared == 0) return kLinkedCoauthors[linked_coauthors(a, b)];
  return kCoauthor * rarest + kFurtherCoauthor * std::min(3, shared - 1);
}

double Evidence::title_odds(std::int32_t a, std::int32_t b) const {
  const auto& x = records_[static_cast<std::size_t>(prepared_[static_cast<std::size_t>(a)].record)].title;
  const auto& y = records_[static_cast<std::size_t>(prepared_[static_cast<std::size_t>(b)].record)].title;
  if (x.empty() || y.empty()) return 0.0;
  double cosine = 0.0;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    if (x[i].first < y[j].first) {
      ++i;
    } else if (y[j].first < x[i].first) {
      ++j;
    } else {
      cosine += static_cast<double>(x[i++].second) * static_cast<double>(y[j++].second);
    }
  }
  for (const auto& [from, odds] : kTitleSteps) {
    if (cosine >= from) return odds;
  }
  return 0.0;
}

double Evidence::log_odds(std::int32_t a, std::int32_t b, GivenNames given, double stands_for) const {
  double odds = name_odds(a, b) + coauthor_odds(a, b) + title_odds(a, b);
  if (given == GivenNames::initials) odds += kInitialsOnly - std::log(std::max(1.0, stands_for));
  return odds;
}

bool Evidence::same_id(std::int32_t a, std::int32_t b) const {
  const PersonSignature& x = signatures_[static_cast<std::size_t>(a)];
  const PersonSignature& y = signatures_[static_cast<std::size_t>(b)];
  return (!x.orcid.empty() && x.orcid == y.orcid) || (!x.source_id.empty() && x.source_id == y.source_id);
}

bool Evidence::surely_different(std::int32_t a, std::int32_t b) const {
  const PersonSignature& x = signatures_[static_cast<std::size_t>(a)];
  const PersonSignature& y = signatures_[static_cast<std::size_t>(b)];
  return x.record == y.record || (!x.orcid.empty() && !y.orcid.empty() && x.orcid != y.orcid);
}

}  // namespace jianwei::analysis::persons
