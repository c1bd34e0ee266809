#include "analysis/resolution/person_evidence.h"

#include <algorithm>
#include <cmath>
#include <tuple>
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

struct NameHashes {
  std::uint64_t name = 0, block = 0, family = 0, given = 0;  // block 0: nameless
  NameUse* use = nullptr;
};

NameHashes hash_name(const PersonName& name) {
  const std::string block = person_block(name);
  if (block.empty()) return {};
  const std::string given = name.joined_given();
  const std::uint64_t family = hash64(name.family);
  return {hash_combine(family, hash64(name.hanzi.empty() ? given : name.hanzi)), hash64(block), family, hash64(given), nullptr};
}

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
  std::unordered_map<const PersonName*, NameHashes> hashes;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> givens;          // family, given: distinct ones are counted below
  std::vector<std::pair<std::uint64_t, std::int32_t>> organisations;    // name, organisation
  std::vector<std::uint64_t> family_of(signatures_.size());
  prepared_.resize(signatures_.size());
  for (std::size_t i = 0; i < signatures_.size(); ++i) {
    const PersonSignature& s = signatures_[i];
    const auto [place, added] = hashes.try_emplace(s.name);
    NameHashes& hash = place->second;
    if (added) {
      hash = hash_name(*s.name);
      if (hash.block != 0) {
        givens.emplace_back(hash.family, hash.given);
        hash.use = &uses_[hash.name];
      }
    }
    if (hash.block == 0) continue;
    prepared_[i].block = hash.block;
    prepared_[i].name = hash.name;
    family_of[i] = hash.family;
    prepared_[i].use = hash.use;
    ++hash.use->signatures;
    if (!s.organisations.empty()) ++hash.use->with_organisation;
    for (const std::int32_t organisation : s.organisations) organisations.emplace_back(hash.name, organisation);
  }
  const auto count_distinct = [](auto& pairs, const auto& count) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    for (const auto& [key, value] : pairs) count(key);
  };
  count_distinct(organisations, [&](std::uint64_t name) { ++uses_[name].organisations; });
  std::unordered_map<std::uint64_t, double> givens_of_family;
  count_distinct(givens, [&](std::uint64_t family) { ++givens_of_family[family]; });
  for (auto& [name, use] : uses_) {
    const double signatures = use.signatures;
    use.known_prior = kKnownPrior + kNameSignatures * std::log(std::min(kMostSignatures, signatures) + 1.0) +
                      kNameOrganisations * std::log(std::min(kMostOrganisations, double(use.organisations)) + 1.0);
    use.rarity = std::clamp(1.0 - 0.15 * std::log2(signatures / 16.0), 0.3, 1.0);
  }
  for (auto& [family, count] : givens_of_family) count = kUnknownPrior + kFamilyCommon * std::log(std::min(kMostNames, count));
  for (std::size_t i = 0; i < signatures_.size(); ++i) {
    if (prepared_[i].block == 0) continue;
    prepared_[i].unknown_prior = givens_of_family.at(family_of[i]);
  }
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
  }
  find_companions();
}

void Evidence::find_companions() {
  std::vector<std::uint64_t> rare;
  for (const RecordContext& record : records_) {
    rare.clear();
    for (const std::uint64_t name : record.names) {
      if (use(name).signatures <= kRareName) rare.push_back(name);
    }
    if (rare.size() < 2) continue;
    for (const std::uint64_t name : rare) {
      std::vector<std::uint64_t>& companions = companions_[name];
      for (const std::uint64_t other : rare) {
        if (other != name) companions.push_back(other);
      }
    }
  }
  for (auto& [name, companions] : companions_) {
    std::sort(companions.begin(), companions.end());
    companions.erase(std::unique(companions.begin(), companions.end()), companions.end());
  }
  for (RecordContext& record : records_) {
    record.companions.reserve(record.names.size());
    for (const std::uint64_t name : record.names) {
      const auto found = companions_.find(name);
      record.companions.push_back(found == companions_.end() ? nullptr : &found->second);
    }
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
  for (const std::vector<std::int32_t>& words : organisation_words_) {
    double sum = 0.0;
    for (const std::int32_t word : words) sum += word_weights_[static_cast<std::size_t>(word)];
    organisation_weights_.push_back(sum);
  }
}

double Evidence::name_odds(std::int32_t a, std::int32_t b) const {
  const Prepared& x = prepared_[static_cast<std::size_t>(a)];
  const Prepared& y = prepared_[static_cast<std::size_t>(b)];
  const NameUse& more = x.use->organisations >= y.use->organisations ? *x.use : *y.use;
  return 3 * more.with_organisation >= more.signatures ? more.known_prior + organisation_odds(a, b) : x.unknown_prior;
}

double Evidence::organisation_likeness(std::int32_t a, std::int32_t b) const {
  double best = 0.0;
  for (const std::int32_t x : signatures_[static_cast<std::size_t>(a)].organisations) {
    for (const std::int32_t y : signatures_[static_cast<std::size_t>(b)].organisations) {
      if (x == y) return 1.0;
      const std::vector<std::int32_t>& words_x = organisation_words_[static_cast<std::size_t>(x)];
      const std::vector<std::int32_t>& words_y = organisation_words_[static_cast<std::size_t>(y)];
      double shared = 0.0;
      for (std::size_t i = 0, j = 0; i < words_x.size() && j < words_y.size();) {
        if (words_x[i] == words_y[j]) shared += word_weights_[static_cast<std::size_t>(words_x[i])];
        const bool next_x = words_x[i] <= words_y[j], next_y = words_y[j] <= words_x[i];
        i += next_x ? 1 : 0;
        j += next_y ? 1 : 0;
      }
      if (shared == 0.0) continue;
      best = std::max(best, shared / (organisation_weights_[static_cast<std::size_t>(x)] + organisation_weights_[static_cast<std::size_t>(y)] - shared));
    }
  }
  return best;
}

double Evidence::organisation_odds(std::int32_t a, std::int32_t b) const {
  if (signatures_[static_cast<std::size_t>(a)].organisations.empty() || signatures_[static_cast<std::size_t>(b)].organisations.empty()) return kOrganisationUnknown;
  const double likeness = organisation_likeness(a, b);
  return kOrganisationLikeness * likeness + (likeness > 0.99 ? kSameOrganisation : 0.0);
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

void BlockEvidence::Lists::clear() {
  entries.clear();
  begin.clear();
  key_of.clear();
  first.assign(1, 0);
}

void BlockEvidence::Lists::sort() {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return std::tie(a.key, a.place) < std::tie(b.key, b.place); });
  key_of.resize(entries.size());
  for (std::size_t e = 0; e < entries.size(); ++e) {
    if (e == 0 || entries[e].key != entries[e - 1].key) begin.push_back(static_cast<std::int32_t>(e));
    key_of[static_cast<std::size_t>(entries[e].number)] = static_cast<std::int32_t>(begin.size()) - 1;
  }
  begin.push_back(static_cast<std::int32_t>(entries.size()));
}

void BlockEvidence::enter(std::span<const std::int32_t> block) {
  block_ = block;
  words_.clear();
  names_.clear();
  own_names_.clear();
  for (std::size_t place = 0; place < block.size(); ++place) {
    const RecordContext& record = evidence_.record_of(block[place]);
    for (const auto& [word, weight] : record.title) words_.add(word, place, weight);
    for (const std::uint64_t name : record.names) names_.add(name, place, 0.0F);
    own_names_.push_back(evidence_.prepared()[static_cast<std::size_t>(block[place])].name);
    words_.end_place();
    names_.end_place();
  }
  words_.sort();
  names_.sort();
  distinct_names_.clear();
  for (std::size_t k = 0; k + 1 < names_.begin.size(); ++k) distinct_names_.push_back(names_.entries[static_cast<std::size_t>(names_.begin[k])].key);
  linked_of_.assign(distinct_names_.size(), {});
  linked_list_.clear();
  std::size_t bits = 64;
  while (bits < 8 * distinct_names_.size()) bits *= 2;
  filter_mask_ = bits - 1;
  filter_.assign(bits / 64, 0);
  for (const std::uint64_t name : distinct_names_) filter_[(name & filter_mask_) >> 6] |= std::uint64_t{1} << (name & 63);
  for (std::vector<double>* values : {&cosine_, &rarest_}) values->resize(block.size());
  for (std::vector<std::int32_t>* values : {&shared_, &linked_}) values->resize(block.size());
}

void BlockEvidence::look_at(std::size_t j) {
  at_ = j;
  ready_ = links_ready_ = false;
}

void BlockEvidence::share_titles() {
  std::fill_n(cosine_.begin(), at_, 0.0);
  const auto& title = evidence_.record_of(block_[at_]).title;
  for (std::size_t k = 0; k < title.size(); ++k) {
    const auto word = static_cast<std::size_t>(words_.key_of[static_cast<std::size_t>(words_.first[at_]) + k]);
    for (auto e = static_cast<std::size_t>(words_.begin[word]); words_.entries[e].place < static_cast<std::int32_t>(at_); ++e) {
      cosine_[static_cast<std::size_t>(words_.entries[e].place)] += static_cast<double>(words_.entries[e].weight) * static_cast<double>(title[k].second);
    }
  }
}

void BlockEvidence::share_coauthors() {
  std::fill_n(rarest_.begin(), at_, 0.0);
  std::fill_n(shared_.begin(), at_, 0);
  const RecordContext& record = evidence_.record_of(block_[at_]);
  if (record.names.size() < 2) return;
  for (std::size_t k = 0; k < record.names.size(); ++k) {
    const std::uint64_t name = record.names[k];
    if (name == name_at(at_)) continue;
    const auto number = static_cast<std::size_t>(names_.key_of[static_cast<std::size_t>(names_.first[at_]) + k]);
    for (auto e = static_cast<std::size_t>(names_.begin[number]); names_.entries[e].place < static_cast<std::int32_t>(at_); ++e) {
      const auto i = static_cast<std::size_t>(names_.entries[e].place);
      if (name == name_at(i)) continue;
      rarest_[i] = std::max(rarest_[i], evidence_.use(name).rarity);
      ++shared_[i];
    }
  }
}

void BlockEvidence::link_all() {
  std::fill_n(linked_.begin(), at_, 0);
  const RecordContext& record = evidence_.record_of(block_[at_]);
  for (std::size_t k = 0; k < record.names.size(); ++k) {
    const std::uint64_t name = record.names[k];
    if (name == name_at(at_) || record.companions[k] == nullptr) continue;
    for (const std::int32_t other : linked_names(static_cast<std::size_t>(names_.key_of[static_cast<std::size_t>(names_.first[at_]) + k]), *record.companions[k])) {
      const auto number = static_cast<std::size_t>(other);
      const std::uint64_t companion = distinct_names_[number];
      if (companion == name_at(at_)) continue;
      for (auto e = static_cast<std::size_t>(names_.begin[number]); e < static_cast<std::size_t>(names_.begin[number + 1]) && names_.entries[e].place < static_cast<std::int32_t>(at_); ++e) {
        const auto i = static_cast<std::size_t>(names_.entries[e].place);
        if (name != name_at(i) && companion != name_at(i)) ++linked_[i];
      }
    }
  }
}

std::span<const std::int32_t> BlockEvidence::linked_names(std::size_t number, const std::vector<std::uint64_t>& companions) {
  Linked& linked = linked_of_[number];
  if (linked.begin < 0) {
    linked.begin = static_cast<std::int32_t>(linked_list_.size());
    auto from = distinct_names_.begin();
    for (const std::uint64_t companion : companions) {
      if (!may_hold(companion)) continue;
      from = std::lower_bound(from, distinct_names_.end(), companion);
      if (from == distinct_names_.end()) break;
      if (*from == companion) linked_list_.push_back(static_cast<std::int32_t>(from - distinct_names_.begin()));
    }
    linked.end = static_cast<std::int32_t>(linked_list_.size());
  }
  return {linked_list_.data() + linked.begin, static_cast<std::size_t>(linked.end - linked.begin)};
}

double BlockEvidence::coauthor_odds(std::size_t i) {
  if (signs_alone(i) || signs_alone(at_)) return 0.0;
  if (shared_[i] > 0) return kCoauthor * rarest_[i] + kFurtherCoauthor * std::min(3, shared_[i] - 1);
  if (!links_ready_) link_all();
  links_ready_ = true;
  return kLinkedCoauthors[std::min(linked_[i], 2)];
}

double BlockEvidence::title_odds(std::size_t i) const {
  if (words_.first[i] == words_.first[i + 1] || words_.first[at_] == words_.first[at_ + 1]) return 0.0;
  for (const auto& [from, odds] : kTitleSteps) {
    if (cosine_[i] >= from) return odds;
  }
  return 0.0;
}

double BlockEvidence::log_odds(std::size_t i, GivenNames given, double stands_for) {
  if (!ready_) {
    share_titles();
    share_coauthors();
    ready_ = true;
  }
  double odds = evidence_.name_odds(block_[i], block_[at_]) + coauthor_odds(i) + title_odds(i);
  if (given == GivenNames::initials) odds += kInitialsOnly - std::log(std::max(1.0, stands_for));
  return odds;
}

}  // namespace jianwei::analysis::persons
