// Internal to resolve_persons: what two signatures of a block share, as log odds of being one person.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/resolution/persons.h"

namespace jianwei::analysis::persons {

// How often a full name occurs in the corpus and with how many organisations.
struct NameUse {
  std::int32_t signatures = 0;
  std::int32_t with_organisation = 0;
  std::int32_t organisations = 0;  // distinct
};

// A signature as pairs see it.
struct Prepared {
  std::uint64_t name = 0;                     // hash of family and given name
  std::uint64_t block = 0;                    // hash of person_block(); 0 nameless
  std::int32_t record = -1;                   // row of the record tables below
};

// What the signatures of one record have in common.
struct RecordContext {
  std::vector<std::uint64_t> names;           // of its signatures, increasing, without repeats; empty when there are too many
  std::vector<std::pair<std::uint32_t, float>> title;  // word hash, weight; unit length, words increasing
};

class Evidence {
 public:
  Evidence(std::span<const PersonSignature> signatures, std::span<const std::string_view> organisation_names);

  std::span<const Prepared> prepared() const { return prepared_; }
  const NameUse& use(std::uint64_t name) const { return uses_.at(name); }

  // Log odds that signatures a and b are one person; `stands_for`: full names an initial of the block may stand for (1 when both are full).
  double log_odds(std::int32_t a, std::int32_t b, GivenNames given, double stands_for) const;
  bool same_id(std::int32_t a, std::int32_t b) const;
  // Two signatures of one record, or different ORCIDs.
  bool surely_different(std::int32_t a, std::int32_t b) const;

 private:
  void count_names();
  void describe_records();
  void read_organisations(std::span<const std::string_view> names);
  std::span<const std::uint64_t> names_of_record(std::int32_t signature) const { return records_[static_cast<std::size_t>(prepared_[static_cast<std::size_t>(signature)].record)].names; }
  // How many persons bear the name; where its organisations tell, what these two share of them.
  double name_odds(std::int32_t a, std::int32_t b) const;
  double organisation_odds(std::int32_t a, std::int32_t b) const;
  double coauthor_odds(std::int32_t a, std::int32_t b) const;
  double title_odds(std::int32_t a, std::int32_t b) const;
  // Pairs of one's co-authors and the other's that have signed a record together, all with rare names; counted up to 2.
  int linked_coauthors(std::int32_t a, std::int32_t b) const;
  double organisation_likeness(std::int32_t a, std::int32_t b) const;
  double rarity(std::uint64_t name) const;  // of a co-author: 1 rare .. 0.3 common

  std::span<const PersonSignature> signatures_;
  std::vector<Prepared> prepared_;
  std::vector<RecordContext> records_;
  std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> companions_;  // rare name -> rare names it has signed with, increasing
  std::unordered_map<std::uint64_t, NameUse> uses_;
  std::unordered_map<std::uint64_t, std::int32_t> givens_of_family_;  // distinct given names
  std::vector<std::vector<std::int32_t>> organisation_words_;  // [organisations] word ids, increasing
  std::vector<double> word_weights_;                           // [words] ln(1 + organisations / with the word)
};

}  // namespace jianwei::analysis::persons
