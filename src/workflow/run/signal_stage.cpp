#include "workflow/run/signal_stage.h"

#include "workflow/run/corpus_stage.h"
#include "workflow/run/emergence_stage.h"
#include "workflow/run/indicator_stage.h"
#include "workflow/run/topic_stage.h"

namespace jianwei::workflow {
namespace {

analysis::Calibration calibrated(const UnitResults& units, const Study& study) {
  analysis::CalibrationOptions options;
  options.thread_count = study.thread_count;
  return analysis::calibrate_forecasts(units.series, study.horizon_years, options);
}

}  // namespace

Result<> measure_terms(const analysis::Dataset& dataset, const Study& study, const std::vector<TermRow>& terms, const Occurrences& occurrences, SignalArtifact& signals, Progress& progress) {
  TRY(measure_units(dataset, study, signals.terms, progress));
  signals.terms.calibration = calibrated(signals.terms, study);
  const std::vector<double> by_year = occurrences(signals.terms.series);
  TRY(rank_units(dataset, study, terms, by_year, signals.terms, progress));
  signals.occurrences.assign(by_year.begin(), by_year.end());
  signals.weak_signals = TRY(analysis::map_weak_signals(signals.terms.series, by_year, {}));
  std::vector<std::uint8_t> new_language;
  for (const Emergence& row : signals.terms.emergence) new_language.push_back(row.gate == "gate.new_language" ? 1 : 0);
  signals.signals = analysis::find_signals(dataset, signals.terms.documents, signals.terms.series, new_language, {});
  analysis::UnitBurstOptions bursts;
  bursts.seed = study.seed;
  bursts.thread_count = study.thread_count;
  signals.bursts = TRY(analysis::find_unit_bursts(signals.terms.series, bursts, progress));
  return {};
}

Result<> measure_topics(const analysis::Dataset& dataset, const Study& study, const analysis::DocumentTopics& topics, std::size_t topic_count, UnitResults& units, Progress& progress) {
  if (topic_count == 0) return {};
  units.documents = documents_of_topics(topics, static_cast<std::int32_t>(topic_count), kTopicShare);
  TRY(measure_units(dataset, study, units, progress));
  units.calibration = calibrated(units, study);
  return rank_units(dataset, study, {}, {}, units, progress);
}

}  // namespace jianwei::workflow
