// A small generated corpus for the tests of this folder and of hindcast/: hundreds of terms in a few fields; each field's share drifts, so that company tells the future.
#pragma once

#include <cmath>
#include <vector>

#include "analysis/dataset.h"
#include "base/random.h"

namespace jianwei::analysis::testing {

struct PlantedCorpus {
  Dataset dataset;
  UnitDocuments units;
  std::vector<std::int8_t> word_count;
};

// Years 1995..2014, `per_year` documents each of 6 terms, all drawn from the document's field. Fields rise and fall as slow sine waves.
inline PlantedCorpus plant_corpus(int per_year = 400, int fields = 12, int terms_per_field = 25, std::uint64_t seed = 3) {
  PlantedCorpus corpus;
  Random random(seed);
  std::vector<std::vector<std::int32_t>> documents(static_cast<std::size_t>(fields * terms_per_field));
  for (int year = 1995; year <= 2014; ++year) {
    std::vector<double> cumulative;
    double sum = 0.0;
    for (int f = 0; f < fields; ++f) cumulative.push_back(sum += std::exp(1.2 * std::sin(0.35 * (year - 1995) + 6.28 * f / fields)));
    for (int d = 0; d < per_year; ++d) {
      const double pick = random.uniform() * sum;
      int field = 0;
      while (cumulative[static_cast<std::size_t>(field)] < pick) ++field;
      const auto row = static_cast<std::int32_t>(corpus.dataset.year.size());
      corpus.dataset.year.push_back(static_cast<std::int16_t>(year));
      corpus.dataset.source.push_back(static_cast<std::int16_t>(random.below(4)));
      for (int k = 0; k < 6; ++k) {
        auto& list = documents[static_cast<std::size_t>(field * terms_per_field) + random.below(static_cast<std::uint32_t>(terms_per_field))];
        if (list.empty() || list.back() != row) list.push_back(row);
      }
    }
  }
  for (std::size_t u = 0; u < documents.size(); ++u) {
    corpus.units.documents.insert(corpus.units.documents.end(), documents[u].begin(), documents[u].end());
    corpus.units.offsets.push_back(static_cast<std::int64_t>(corpus.units.documents.size()));
    corpus.word_count.push_back(static_cast<std::int8_t>(1 + u % 3));
  }
  corpus.units.weights.assign(corpus.units.documents.size(), 1.0F);
  return corpus;
}

// The same corpus without the documents after `until`: rows, and the entries of units, are gone.
inline PlantedCorpus delete_later(const PlantedCorpus& corpus, int until) {
  PlantedCorpus cut;
  cut.word_count = corpus.word_count;
  for (std::size_t d = 0; d < corpus.dataset.year.size() && corpus.dataset.year[d] <= until; ++d) {
    cut.dataset.year.push_back(corpus.dataset.year[d]);
    cut.dataset.source.push_back(corpus.dataset.source[d]);
  }
  for (std::size_t u = 0; u < corpus.word_count.size(); ++u) {
    for (std::int64_t e = corpus.units.offsets[u]; e < corpus.units.offsets[u + 1]; ++e) {
      const std::int32_t d = corpus.units.documents[static_cast<std::size_t>(e)];
      if (d >= cut.dataset.document_count()) break;
      cut.units.documents.push_back(d);
      cut.units.weights.push_back(corpus.units.weights[static_cast<std::size_t>(e)]);
    }
    cut.units.offsets.push_back(static_cast<std::int64_t>(cut.units.documents.size()));
  }
  return cut;
}

}  // namespace jianwei::analysis::testing
