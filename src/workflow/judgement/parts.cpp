#include "workflow/judgement/parts.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace jianwei::workflow {
namespace {

constexpr std::size_t kListedTerms = 25;   // as topics list
constexpr double kRelevance = 0.6;         // lambda of topic_table.h

double documents_of_term(const analysis::UnitDocuments& terms, std::int32_t t) {
  return static_cast<double>(terms.offsets[static_cast<std::size_t>(t) + 1] - terms.offsets[static_cast<std::size_t>(t)]);
}

// Adds idf weights of a document, scaled to length 1, to a profile.
void add_document(const analysis::IdLists& document_terms, const std::vector<double>& idf, std::int32_t d, std::vector<double>& profile) {
  double square = 0.0;
  for (const std::int32_t t : document_terms.row(d)) square += idf[static_cast<std::size_t>(t)] * idf[static_cast<std::size_t>(t)];
  if (square <= 0.0) return;
  for (const std::int32_t t : document_terms.row(d)) profile[static_cast<std::size_t>(t)] += idf[static_cast<std::size_t>(t)] / std::sqrt(square);
}

}  // namespace

std::vector<std::int32_t> nearest_parts(const analysis::UnitDocuments& terms, const analysis::IdLists& document_terms, std::span<const std::int32_t> documents, std::span<const PartSeed> seeds) {
  const auto term_count = static_cast<std::size_t>(terms.unit_count());
  const double total = std::max<double>(1.0, static_cast<double>(document_terms.offsets.size()) - 1.0);
  std::vector<double> idf(term_count, 0.0);
  for (std::size_t t = 0; t < term_count; ++t) idf[t] = std::log(total / std::max(1.0, documents_of_term(terms, static_cast<std::int32_t>(t))));
  std::vector<std::vector<double>> profiles(seeds.size(), std::vector<double>(term_count, 0.0));
  std::unordered_map<std::int32_t, std::int32_t> dealt;
  for (std::size_t p = 0; p < seeds.size(); ++p) {
    for (const std::int32_t d : seeds[p].documents) {
      if (dealt.try_emplace(d, static_cast<std::int32_t>(p)).second) add_document(document_terms, idf, d, profiles[p]);
    }
    for (const std::int32_t t : seeds[p].terms) profiles[p][static_cast<std::size_t>(t)] += idf[static_cast<std::size_t>(t)] * std::max<double>(1.0, static_cast<double>(seeds[p].documents.size()));
    double square = 0.0;
    for (const double value : profiles[p]) square += value * value;
    if (square > 0.0) {
      for (double& value : profiles[p]) value /= std::sqrt(square);
    }
  }
  std::vector<std::int32_t> part;
  part.reserve(documents.size());
  for (const std::int32_t d : documents) {
    if (const auto found = dealt.find(d); found != dealt.end()) {
      part.push_back(found->second);
      continue;
    }
    // The document's own length is the same for all parts.
    std::int32_t best = 0;
    double best_value = 0.0;
    for (std::size_t p = 0; p < profiles.size(); ++p) {
      double value = 0.0;
      for (const std::int32_t t : document_terms.row(d)) value += idf[static_cast<std::size_t>(t)] * profiles[p][static_cast<std::size_t>(t)];
      if (value > best_value) {
        best_value = value;
        best = static_cast<std::int32_t>(p);
      }
    }
    part.push_back(best);
  }
  return part;
}

std::vector<std::pair<std::int32_t, double>> group_terms(const analysis::UnitDocuments& terms, const analysis::IdLists& document_terms, std::span<const std::int32_t> documents, std::span<const float> share) {
  const double total_documents = static_cast<double>(document_terms.offsets.size()) - 1.0;
  const double limit = std::max(0.1 * total_documents, 20.0);
  const double all = static_cast<double>(terms.documents.size());
  std::unordered_map<std::int32_t, double> counts;
  double sum = 0.0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const std::int32_t t : document_terms.row(documents[i])) {
      if (documents_of_term(terms, t) > limit) continue;
      counts[t] += share[i];
      sum += share[i];
    }
  }
  struct Row {
    std::int32_t term;
    double probability, relevance;
  };
  std::vector<Row> rows;
  for (const auto& [term, count] : counts) {
    const double phi = count / sum;
    rows.push_back({term, phi, kRelevance * std::log(phi) + (1.0 - kRelevance) * std::log(phi * all / documents_of_term(terms, term))});
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.relevance != b.relevance ? a.relevance > b.relevance : a.term < b.term; });
  std::vector<std::pair<std::int32_t, double>> listed;
  for (std::size_t i = 0; i < std::min(rows.size(), kListedTerms); ++i) listed.emplace_back(rows[i].term, rows[i].probability);
  return listed;
}

}  // namespace jianwei::workflow
