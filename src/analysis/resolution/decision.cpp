// Rules in order: a shared identifier with titles that allow it; then the score, held back by contradicting numbers, notices,
// identifiers, kinds of publication and, inside one source, by the need for more than a title.
#include "analysis/resolution/decision.h"

#include <algorithm>

namespace jianwei::analysis {
namespace {

constexpr double kSameSourceProbability = 0.97;  // inside one source a pair starts from its own lambda and must be surer than across
constexpr double kChangedWordProbability = 0.99;
constexpr std::size_t kWorksOfSharedIdentifier = 2;  // different titles under one identifier in one source: it names their container

bool title_allows(const Comparison& c) { return c.levels[field_title] <= title_contained; }
bool has_level(const Comparison& c, Field field, std::uint8_t at_most) { return c.levels[field] != kUnknownLevel && c.levels[field] <= at_most; }

// The first scheme both records have the same, not shared, value of; 255 when none.
std::uint8_t common_scheme(const PreparedRecords& prepared, std::uint32_t a, std::uint32_t b, bool shared) {
  for (const RecordIdentifier& x : prepared.of(a)) {
    for (const RecordIdentifier& y : prepared.of(b)) {
      if (x.value == y.value && x.scheme == y.scheme && (x.shared || y.shared) == shared) return x.scheme;
    }
  }
  return 255;
}

bool are_versions(const Comparable& a, const Comparable& b, const Comparison& c) {
  if (a.version == b.version || a.version == Venue::unknown || b.version == Venue::unknown) return false;
  // The sources describe one publication with other words when its place in print agrees.
  if (has_level(c, field_locus, locus_page)) return false;
  const bool preprint = a.version == Venue::preprint || b.version == Venue::preprint;
  return preprint || !has_level(c, field_venue, venue_same);
}

std::string_view version_rule(const Comparable& a, const Comparable& b) {
  const auto is = [&](Venue venue) { return a.version == venue || b.version == venue; };
  if (is(Venue::preprint)) return "version:preprint";
  if (is(Venue::thesis)) return "version:thesis";
  if (is(Venue::conference)) return "version:conference";
  if (is(Venue::book)) return "version:book";
  return "version:publication";
}

Decision decide_by_identifier(const DecisionContext& context, std::uint32_t a, std::uint32_t b, const Comparison& c) {
  const Comparable& x = context.prepared.records[a];
  const Comparable& y = context.prepared.records[b];
  const std::uint8_t scheme = common_scheme(context.prepared, a, b, false);
  if (scheme == 255 || (c.conflicts & conflict_mark) != 0) return {};
  const std::string_view name = identity_scheme_name(scheme);
  const double score = std::max(match_probability(context, a, b, c), 0.999);
  if (name == "patent_stem" || name == "application") {
    // One application published twice (A1, B2) is two documents; a number without a kind code is the same document.
    if (has_identifier_conflict(context.prepared, a, b)) {
      const bool two_publications = std::count_if(context.prepared.of(a).begin(), context.prepared.of(a).end(), [](const auto& id) { return identity_scheme_name(id.scheme) == "patent"; }) > 0;
      return two_publications ? Decision{Verdict::version, "version:patent_publication", scheme, score} : Decision{};
    }
    return {Verdict::same, "identifier:patent", scheme, score};
  }
  const bool title_known = c.levels[field_title] != kUnknownLevel;
  const bool support = has_level(c, field_persons, persons_half) || has_level(c, field_locus, locus_page) || has_level(c, field_abstract, abstract_alike);
  if (title_known && c.levels[field_title] == title_different && !support) return {};
  if (title_known && c.levels[field_title] >= title_substituted && (c.conflicts & conflict_number) != 0) return {};
  if (has_identifier_conflict(context.prepared, a, b) && are_versions(x, y, c)) return {Verdict::version, version_rule(x, y), scheme, score};
  if (has_identifier_conflict(context.prepared, a, b) && name != "doi" && name != "pmid") return {};
  return {Verdict::same, "identifier", scheme, score};
}

// More than a title: what two records of one source must share.
bool is_strong(const Comparison& c, const Comparable& a, const Comparable& b) {
  if (has_level(c, field_locus, locus_page) || has_level(c, field_abstract, abstract_same)) return true;
  if (has_level(c, field_persons, persons_subset) && c.levels[field_title] <= title_near && !(c.levels[field_year] != kUnknownLevel && c.levels[field_year] > year_next)) return true;
  const bool nothing_else = c.levels[field_persons] == kUnknownLevel && c.levels[field_abstract] == kUnknownLevel;
  return nothing_else && c.levels[field_title] == title_same_long && a.year == b.year && a.venue_id == b.venue_id;
}

}  // namespace

void apply_venues(const DecisionContext& context, std::uint64_t venues, Comparison& comparison) {
  if (comparison.levels[field_venue] != venue_unclear) return;
  if (const auto learned = context.venues.find(venues); learned != context.venues.end()) comparison.levels[field_venue] = learned->second;
}

Comparison compare_records(const DecisionContext& context, std::uint32_t a, std::uint32_t b) {
  const Comparable& x = context.prepared.records[a];
  const Comparable& y = context.prepared.records[b];
  Comparison comparison = compare(x, y, context.prepared.context);
  const auto [low, high] = std::minmax(x.venue_id, y.venue_id);
  if (low >= 0) apply_venues(context, static_cast<std::uint64_t>(low) << 32 | static_cast<std::uint64_t>(high), comparison);
  return comparison;
}

double match_probability(const DecisionContext& context, std::uint32_t a, std::uint32_t b, const Comparison& comparison) {
  const Comparable& x = context.prepared.records[a];
  const std::int32_t stratum = x.source == context.prepared.records[b].source ? 1 + x.source : 0;
  return context.models[x.kind].probability(comparison.levels, stratum);
}

Decision decide(const DecisionContext& context, std::uint32_t a, std::uint32_t b, const Comparison& c) {
  const Comparable& x = context.prepared.records[a];
  const Comparable& y = context.prepared.records[b];
  if (const Decision decision = decide_by_identifier(context, a, b, c); decision.verdict != Verdict::none) return decision;
  if (c.conflicts != conflict_none) return {};
  const bool title_known = c.levels[field_title] != kUnknownLevel;
  if (title_known && c.levels[field_title] > title_substituted) return {};  // most pairs: no rule below believes such titles, whatever the score
  const double p = match_probability(context, a, b, c);
  const bool other_identifiers = has_identifier_conflict(context.prepared, a, b);
  const auto kind = static_cast<RecordKind>(x.kind);

  if (other_identifiers && kind == RecordKind::patent) {
    const bool family = c.levels[field_title] == title_same_long && c.levels[field_persons] == persons_same && c.levels[field_abstract] != abstract_other;
    return family && p >= context.min_probability ? Decision{Verdict::version, "version:patent_family", 255, p} : Decision{};
  }
  if (other_identifiers && kind != RecordKind::work) return {};
  const bool same_year = c.levels[field_year] == year_same;
  const bool placed = has_level(c, field_locus, locus_page);
  const bool same_venue = has_level(c, field_venue, venue_same);
  const bool same_people = has_level(c, field_persons, persons_half);

  if ((x.generic_title || y.generic_title) && title_known) return {};
  if (!title_known) {
    // "Editorial", or titles in two languages: their place in print tells them apart, or that each source has it once in that year.
    const bool in_print = placed && same_year && (same_venue || has_level(c, field_persons, persons_subset));
    const bool once = c.same_title && same_year && same_venue && same_people && x.alone_in_year && y.alone_in_year && x.source != y.source && c.levels[field_locus] != locus_other;
    if (other_identifiers || !(in_print || once)) return {};
    return {Verdict::same, "scored", 255, std::max(p, context.min_probability)};
  }
  if (p < context.min_probability) return {};
  if (!title_allows(c)) {
    // A word of the title was changed on the way: believed only when all else agrees.
    const bool all_else = placed || (x.source != y.source && p >= kChangedWordProbability && c.levels[field_persons] == persons_same && same_year && same_venue && c.levels[field_locus] != locus_other);
    const bool allowed = c.levels[field_title] == title_substituted && has_level(c, field_persons, persons_subset) && all_else;
    return allowed && !other_identifiers ? Decision{Verdict::same, "scored", 255, p} : Decision{};
  }
  if (c.levels[field_title] == title_contained && !same_year && c.levels[field_year] != kUnknownLevel && !placed) return {};
  const bool year_apart = c.levels[field_year] != kUnknownLevel && !same_year;
  const auto version = [&](std::string_view rule) { return same_people || has_level(c, field_abstract, abstract_alike) ? Decision{Verdict::version, rule, 255, p} : Decision{}; };
  if (are_versions(x, y, c)) return version(version_rule(x, y));
  if (other_identifiers) return c.levels[field_title] <= title_near ? version(version_rule(x, y)) : Decision{};
  // The same title and people at another place in print, or years apart: printed twice, or a talk and its paper.
  const bool elsewhere = (c.levels[field_locus] == locus_other && (!same_venue || !same_year)) || (c.levels[field_venue] == venue_other && !placed) ||
                         (c.levels[field_year] != kUnknownLevel && c.levels[field_year] >= year_near && !placed && !same_venue && c.levels[field_venue] != kUnknownLevel);
  if (elsewhere) return version(version_rule(x, y));
  if (c.levels[field_year] == year_far && !placed) return {};
  if (year_apart && (x.repeated_title || y.repeated_title) && !placed) return {};
  if (x.source == y.source && (p < kSameSourceProbability || !is_strong(c, x, y))) return {};
  const bool by_title = c.levels[field_title] <= title_same_short && (c.levels[field_year] == kUnknownLevel || c.levels[field_year] <= year_next);
  return {Verdict::same, by_title ? "title_key" : "scored", 255, p};
}

bool contradicts(const DecisionContext& context, std::uint32_t a, std::uint32_t b) {
  const PreparedRecords& prepared = context.prepared;
  const Comparable& x = prepared.records[a];
  const Comparable& y = prepared.records[b];
  if (has_identifier_conflict(prepared, a, b)) return true;
  if (common_scheme(prepared, a, b, false) != 255) return false;
  const Comparison c = compare_records(context, a, b);
  if (c.conflicts != conflict_none) return true;
  const bool placed = has_level(c, field_locus, locus_page);
  if (c.levels[field_title] != kUnknownLevel && c.levels[field_title] >= title_related && !placed) return true;
  if (c.levels[field_year] == year_far && !placed) return true;
  if (are_versions(x, y, c)) return true;
  const double p = match_probability(context, a, b, c);
  return p < (x.source == y.source ? 0.5 : 0.05);
}

void mark_shared_identifiers(PreparedRecords& prepared) {
  std::vector<RecordIdentifier*> all;
  all.reserve(prepared.identifiers.size());
  for (RecordIdentifier& identifier : prepared.identifiers) all.push_back(&identifier);
  std::sort(all.begin(), all.end(), [](const RecordIdentifier* a, const RecordIdentifier* b) { return std::tie(a->value, a->record) < std::tie(b->value, b->record); });
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end]->value == all[begin]->value) ++end;
    if (end - begin < 2) continue;
    // Counts, in each source, the works under the identifier whose titles differ clearly from one another.
    bool shared = false;
    std::vector<std::uint32_t> works;
    for (std::size_t i = begin; i < end && !shared; ++i) {
      const Comparable& record = prepared.records[all[i]->record];
      if (record.title.empty()) continue;
      const bool known = std::any_of(works.begin(), works.end(), [&](std::uint32_t other) {
        const Comparable& y = prepared.records[other];
        if (y.source != record.source) return false;
        const Comparison c = compare(record, y, prepared.context);
        return c.levels[field_title] == kUnknownLevel || (c.levels[field_title] < title_related && c.conflicts == conflict_none) ||
               has_level(c, field_abstract, abstract_alike) || (has_level(c, field_locus, locus_page) && has_level(c, field_persons, persons_half));
      });
      if (!known) works.push_back(all[i]->record);
      const auto of_source = std::count_if(works.begin(), works.end(), [&](std::uint32_t other) { return prepared.records[other].source == record.source; });
      shared = static_cast<std::size_t>(of_source) >= kWorksOfSharedIdentifier;
    }
    for (std::size_t i = begin; i < end && shared; ++i) all[i]->shared = true;
  }
}

}  // namespace jianwei::analysis
