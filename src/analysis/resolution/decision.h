// What a compared pair is: one work, versions of one work, or neither. The rules that no score can overrule live here.
// Page: docs/methods/resolution.md
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/resolution/compare.h"
#include "analysis/resolution/fellegi_sunter.h"
#include "analysis/resolution/prepared.h"

namespace jianwei::analysis {

enum class Verdict : std::uint8_t { none, same, version };

struct Decision {
  Verdict verdict = Verdict::none;
  std::string_view rule;         // static text or the name of a scheme
  std::uint8_t scheme = 255;     // of the identifier that decided, 255 none
  double score = 0.0;            // probability
};

// Everything a decision needs, constant after fitting.
struct DecisionContext {
  const PreparedRecords& prepared;
  std::vector<MatchModel> models;              // [kinds]
  std::unordered_map<std::uint64_t, VenueLevel> venues;  // smaller id << 32 | larger: learned to be names of one venue, or different venues
  double min_probability = 0.9;
};

// Compares with the learned venue names put in.
Comparison compare_records(const DecisionContext& context, std::uint32_t a, std::uint32_t b);
// `venues`: smaller venue id << 32 | larger.
void apply_venues(const DecisionContext& context, std::uint64_t venues, Comparison& comparison);

double match_probability(const DecisionContext& context, std::uint32_t a, std::uint32_t b, const Comparison& comparison);

Decision decide(const DecisionContext& context, std::uint32_t a, std::uint32_t b, const Comparison& comparison);

// Whether two records speak against being in one cluster, however they got there.
bool contradicts(const DecisionContext& context, std::uint32_t a, std::uint32_t b);

// Identifiers that several works of one source carry (a volume's DOI on each of its abstracts) are marked shared.
void mark_shared_identifiers(PreparedRecords& prepared);

}  // namespace jianwei::analysis
