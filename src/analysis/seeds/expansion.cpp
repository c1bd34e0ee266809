#include "analysis/seeds/expansion.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

namespace jianwei::analysis {
namespace {

std::span<const std::int32_t> documents_of(const UnitDocuments& units, std::int32_t unit) {
  const auto u = static_cast<std::size_t>(unit);
  return {units.documents.data() + units.offsets[u], static_cast<std::size_t>(units.offsets[u + 1] - units.offsets[u])};
}

// Unit vector of the sum of the terms' vectors; empty when nothing is known of them.
std::vector<double> centre_of(const SeedConcept& seed, const VectorTable& vectors) {
  std::vector<double> centre(static_cast<std::size_t>(vectors.dimensions), 0.0);
  for (const std::vector<std::int32_t>* list : {&seed.terms, &seed.hints}) {
    for (const std::int32_t term : *list) {
      const std::span<const float> row = vectors.row(term);
      for (std::size_t i = 0; i < row.size(); ++i) centre[i] += row[i];
    }
  }
  double square = 0.0;
  for (const double x : centre) square += x * x;
  if (square <= 0.0) return {};
  for (double& x : centre) x /= std::sqrt(square);
  return centre;
}

double dot(std::span<const float> row, const std::vector<double>& centre) {
  double sum = 0.0;
  for (std::size_t i = 0; i < row.size(); ++i) sum += row[i] * centre[i];
  return sum;
}

// max(0, NPMI) of two sets of documents.
double company_of(std::int64_t together, std::int64_t first, std::int64_t second, std::int64_t all) {
  if (together == 0) return 0.0;
  const double joint = static_cast<double>(together) / static_cast<double>(all);
  if (joint >= 1.0) return 0.0;  // both stand everywhere: nothing is learnt
  const double chance = static_cast<double>(first) / static_cast<double>(all) * (static_cast<double>(second) / static_cast<double>(all));
  return std::clamp(std::log(joint / chance) / -std::log(joint), 0.0, 1.0);
}

std::vector<std::uint8_t> flags_of(std::span<const std::int32_t> documents, std::int64_t document_count) {
  std::vector<std::uint8_t> flags(static_cast<std::size_t>(document_count), 0);
  for (const std::int32_t d : documents) flags[static_cast<std::size_t>(d)] = 1;
  return flags;
}

std::vector<std::int32_t> examples_of(std::span<const std::int32_t> documents, const std::vector<std::uint8_t>& in_concept, std::int32_t count) {
  std::vector<std::int32_t> examples;
  for (const bool together : {true, false}) {
    for (auto d = documents.rbegin(); d != documents.rend() && std::ssize(examples) < count; ++d) {
      if ((in_concept[static_cast<std::size_t>(*d)] != 0) == together) examples.push_back(*d);
    }
  }
  return examples;
}

bool in_range(const std::vector<SeedConcept>& concepts, std::int64_t term_count) {
  return std::all_of(concepts.begin(), concepts.end(), [&](const SeedConcept& seed) {
    for (const std::vector<std::int32_t>* list : {&seed.terms, &seed.hints, &seed.closed}) {
      if (std::any_of(list->begin(), list->end(), [&](std::int32_t term) { return term < 0 || term >= term_count; })) return false;
    }
    return true;
  });
}

}  // namespace

UnitDocuments documents_of_concepts(const std::vector<SeedConcept>& concepts, const UnitDocuments& terms, std::int64_t document_count) {
  UnitDocuments united;
  for (const SeedConcept& seed : concepts) {
    std::vector<std::uint8_t> flags(static_cast<std::size_t>(document_count), 0);
    for (const std::int32_t term : seed.terms) {
      for (const std::int32_t d : documents_of(terms, term)) flags[static_cast<std::size_t>(d)] = 1;
    }
    for (std::int64_t d = 0; d < document_count; ++d) {
      if (flags[static_cast<std::size_t>(d)] != 0) united.documents.push_back(static_cast<std::int32_t>(d));
    }
    united.offsets.push_back(std::ssize(united.documents));
  }
  united.weights.assign(united.documents.size(), 1.0F);
  return united;
}

Result<std::vector<std::vector<SeedProposal>>> propose_terms(const std::vector<SeedConcept>& concepts, const VectorTable& vectors, const UnitDocuments& terms,
                                                             std::int64_t document_count, const SeedOptions& options) {
  if (vectors.row_count != terms.unit_count()) return fail(ErrorKind::invalid_input, "seeds: {} vectors for {} terms", vectors.row_count, terms.unit_count());
  if (options.top < 1 || options.example_count < 0 || !(options.min_similarity > 0.0 && options.min_similarity <= 1.0)) {
    return fail(ErrorKind::invalid_input, "seeds: top must be at least 1, examples at least 0, the least similarity in (0, 1]");
  }
  if (!in_range(concepts, terms.unit_count())) return fail(ErrorKind::invalid_input, "seeds: a concept names a term beyond {}", terms.unit_count());

  std::vector<std::uint8_t> held(static_cast<std::size_t>(terms.unit_count()), 0);  // by any concept
  for (const SeedConcept& seed : concepts) {
    for (const std::int32_t term : seed.terms) held[static_cast<std::size_t>(term)] = 1;
  }
  const UnitDocuments united = documents_of_concepts(concepts, terms, document_count);
  std::vector<std::int32_t> nearest(held.size(), -1);
  std::vector<SeedProposal> best(held.size());
  for (std::size_t c = 0; c < concepts.size(); ++c) {
    const std::vector<double> centre = centre_of(concepts[c], vectors);
    if (centre.empty()) continue;
    const std::span<const std::int32_t> own = documents_of(united, static_cast<std::int32_t>(c));
    const std::vector<std::uint8_t> flags = flags_of(own, document_count);
    for (std::int32_t t = 0; t < terms.unit_count(); ++t) {
      if (held[static_cast<std::size_t>(t)] != 0) continue;
      SeedProposal found{.term = t, .similarity = dot(vectors.row(t), centre)};
      if (found.similarity < options.min_similarity) continue;
      const std::span<const std::int32_t> documents = documents_of(terms, t);
      found.documents = std::ssize(documents);
      for (const std::int32_t d : documents) found.together += flags[static_cast<std::size_t>(d)];
      found.company = company_of(found.together, found.documents, std::ssize(own), document_count);
      found.score = (found.similarity + found.company) / 2.0;
      if (nearest[static_cast<std::size_t>(t)] >= 0 && found.score <= best[static_cast<std::size_t>(t)].score) continue;
      nearest[static_cast<std::size_t>(t)] = static_cast<std::int32_t>(c);
      best[static_cast<std::size_t>(t)] = std::move(found);
    }
  }

  std::vector<std::vector<SeedProposal>> proposals(concepts.size());
  for (std::size_t c = 0; c < concepts.size(); ++c) {
    for (const std::int32_t term : concepts[c].closed) {
      if (nearest[static_cast<std::size_t>(term)] == static_cast<std::int32_t>(c)) nearest[static_cast<std::size_t>(term)] = -1;
    }
    std::vector<SeedProposal>& list = proposals[c];
    for (std::size_t t = 0; t < nearest.size(); ++t) {
      if (nearest[t] == static_cast<std::int32_t>(c)) list.push_back(best[t]);
    }
    std::sort(list.begin(), list.end(), [](const SeedProposal& a, const SeedProposal& b) { return std::tie(b.score, a.term) < std::tie(a.score, b.term); });
    if (std::ssize(list) > options.top) list.resize(static_cast<std::size_t>(options.top));
    const std::vector<std::uint8_t> flags = flags_of(documents_of(united, static_cast<std::int32_t>(c)), document_count);
    for (SeedProposal& proposal : list) proposal.examples = examples_of(documents_of(terms, proposal.term), flags, options.example_count);
  }
  return proposals;
}

}  // namespace jianwei::analysis
