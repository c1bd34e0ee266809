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
  double known_prior = 0.0;        // log odds of two signatures with it where organisations are known
  double rarity = 0.0;             // as a co-author: 1 rare .. 0.3 common
};

// A signature as pairs see it.
struct Prepared {
  std::uint64_t name = 0;                     // hash of family and given name
  std::uint64_t block = 0;                    // hash of person_block(); 0 nameless
  std::int32_t record = -1;                   // row of the record tables below
  const NameUse* use = nullptr;
  double unknown_prior = 0.0;                 // log odds where organisations are not known, by its family name
};

// What the signatures of one record have in common.
struct RecordContext {
  std::vector<std::uint64_t> names;           // of its signatures, increasing, without repeats; empty when there are too many
  std::vector<const std::vector<std::uint64_t>*> companions;  // [names] the rare names that a rare one has signed with, increasing; null: none
  std::vector<std::pair<std::uint32_t, float>> title;  // word hash, weight; unit length, words increasing
};

class Evidence {
 public:
  Evidence(std::span<const PersonSignature> signatures, std::span<const std::string_view> organisation_names);

  std::span<const Prepared> prepared() const { return prepared_; }
  const NameUse& use(std::uint64_t name) const { return uses_.at(name); }

  const RecordContext& record_of(std::int32_t signature) const { return records_[static_cast<std::size_t>(prepared_[static_cast<std::size_t>(signature)].record)]; }

  // How many persons bear the name; where its organisations tell, what these two share of them. Log odds, as all below.
  double name_odds(std::int32_t a, std::int32_t b) const;
  bool same_id(std::int32_t a, std::int32_t b) const;
  // Two signatures of one record, or different ORCIDs.
  bool surely_different(std::int32_t a, std::int32_t b) const;

 private:
  void count_names();
  void describe_records();
  void find_companions();
  void read_organisations(std::span<const std::string_view> names);
  double organisation_odds(std::int32_t a, std::int32_t b) const;
  double organisation_likeness(std::int32_t a, std::int32_t b) const;

  std::span<const PersonSignature> signatures_;
  std::vector<Prepared> prepared_;
  std::vector<RecordContext> records_;
  std::unordered_map<std::uint64_t, std::vector<std::uint64_t>> companions_;  // rare name -> rare names it has signed with, increasing
  std::unordered_map<std::uint64_t, NameUse> uses_;
  std::vector<std::vector<std::int32_t>> organisation_words_;  // [organisations] word ids, increasing
  std::vector<double> organisation_weights_;                   // [organisations] sum of the weights of its words
  std::vector<double> word_weights_;                           // [words] ln(1 + organisations / with the word)
};

// The evidence of a block's pairs. Who has each co-author and each word of a title is listed once, so that a pair that shares nothing costs next to nothing.
// One object serves block after block, so that small ones need no memory of their own.
class BlockEvidence {
 public:
  explicit BlockEvidence(const Evidence& evidence) : evidence_(evidence) {}

  void enter(std::span<const std::int32_t> block);
  // The pairs (i, j), i < j, are asked for next.
  void look_at(std::size_t j);
  // Log odds that the signatures at places i and j of the block are one person; `stands_for`: full names an initial may stand for (1 when both are full).
  double log_odds(std::size_t i, GivenNames given, double stands_for);

 private:
  // A word or a co-author of one signature, and after sorting by key whose it is.
  struct Entry {
    std::uint64_t key;
    std::int32_t place;     // in the block
    std::int32_t number;    // in the order of signatures
    float weight;
  };
  // Keys, each with the places that have it.
  struct Lists {
    std::vector<Entry> entries;           // by key, then place
    std::vector<std::int32_t> begin;      // [keys + 1] into entries
    std::vector<std::int32_t> key_of;     // [entries by number] its key
    std::vector<std::int32_t> first;      // [places + 1] numbers of its entries
    void clear();
    void add(std::uint64_t key, std::size_t place, float weight) { entries.push_back({key, static_cast<std::int32_t>(place), static_cast<std::int32_t>(entries.size()), weight}); }
    void end_place() { first.push_back(static_cast<std::int32_t>(entries.size())); }
    void sort();
  };
  void share_titles();
  void share_coauthors();
  void link_all();
  std::span<const std::int32_t> linked_names(std::size_t number, const std::vector<std::uint64_t>& companions);
  double coauthor_odds(std::size_t i);
  double title_odds(std::size_t i) const;
  std::uint64_t name_at(std::size_t place) const { return own_names_[place]; }
  bool signs_alone(std::size_t place) const { return names_.first[place + 1] - names_.first[place] < 2; }
  bool may_hold(std::uint64_t name) const { return (filter_[(name & filter_mask_) >> 6] >> (name & 63) & 1) != 0; }

  const Evidence& evidence_;
  std::span<const std::int32_t> block_;
  Lists words_, names_;
  std::vector<std::uint64_t> own_names_;         // [block]
  std::vector<std::uint64_t> distinct_names_;    // increasing
  std::vector<std::uint64_t> filter_;            // a bit for each by its low bits: most other names are seen at once not to be among them
  std::uint64_t filter_mask_ = 63;
  // The names of the block that a name of it has signed with elsewhere, as numbers of distinct_names_; found when first asked for.
  struct Linked {
    std::int32_t begin = -1, end = -1;
  };
  std::vector<Linked> linked_of_;                // [distinct names] ranges of linked_list_
  std::vector<std::int32_t> linked_list_;
  // Of the pairs (i, at_):
  std::size_t at_ = 0;
  bool ready_ = false, links_ready_ = false;     // made when first asked for
  std::vector<double> cosine_, rarest_;
  std::vector<std::int32_t> shared_, linked_;    // co-authors in common; pairs of them, one's and the other's, that have signed a record together, all with rare names
};

}  // namespace jianwei::analysis::persons
