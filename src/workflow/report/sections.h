// The sections of a report, one function each; build_report() puts them in order.
#pragma once

#include "workflow/indicators/indicators.h"
#include "workflow/report/evidence_book.h"
#include "workflow/report/report.h"

namespace jianwei::workflow {

struct SectionWriter {
  const StudyResult& result;
  const DataQuality& quality;
  const ReportMaterial& material;
  const ReportOptions& options;
  EvidenceBook& book;
  std::vector<UnitReference> focus = {};         // of the sheets: the options' units
  std::vector<std::int32_t> countries = {};      // of the comparison: the options' countries

  // Looks the options' units and countries up. Errors: not_found
  Result<> find_selection();

  template <class... Args>
  std::string say(std::string_view key, const Args&... args) const {
    return message(options.language, key, args...);
  }
  const std::string& topic_label(std::size_t topic) const;
  products::ReportCell text(std::string content) const { return {std::move(content), "", "", ""}; }
};

products::Section summary_section(SectionWriter& writer);
products::Section data_section(SectionWriter& writer);
products::Section topic_section(SectionWriter& writer);
products::Section indicator_section(SectionWriter& writer);
products::Section lag_section(SectionWriter& writer);
products::Section emergence_section(SectionWriter& writer);
products::Section warning_section(SectionWriter& writer);
products::Section weak_signal_section(SectionWriter& writer);
products::Section burst_section(SectionWriter& writer);
products::Section map_section(SectionWriter& writer);
products::Section actor_section(SectionWriter& writer);
products::Section method_section(SectionWriter& writer);
products::Section key_figure_section(SectionWriter& writer);
products::Section change_section(SectionWriter& writer);
products::Section technology_section(SectionWriter& writer);
products::Section technology_sheet_section(SectionWriter& writer);
products::Section disruption_section(SectionWriter& writer);
products::Section country_section(SectionWriter& writer);
products::Section country_topic_section(SectionWriter& writer);

// Rows of the dataset of these records; those that are gone are left out.
std::vector<std::int32_t> rows_of_records(const StudyResult& result, const std::vector<std::string>& record_ids);

// Candidates in the order of their emergence rank, at most `count`. Rising: only those that rise (rises() in run/indicator_stage.h); a ranking may also expect
// a fallen unit to come back, which is a forecast but not what people call emerging.
// Rising first: those, then the others, for a short list that must not stand empty and says of each which it is.
enum class Candidates { all, rising, rising_first };
constexpr std::size_t kShortList = 5;  // a list of what emerges that holds fewer rising ones is filled up to this many
std::vector<std::size_t> top_emerging(const UnitResults& units, std::size_t count, Candidates which = Candidates::rising);

// The hindcast figures the report and the CLI print, read from StudyResult::hindcast_json. `present` is false when there are none.
struct HindcastSummary {
  bool present = false;
  std::string unit;
  std::int32_t horizon_years = 0;
  std::int64_t origin_count = 0;
  double prevalence = 0.0;
  struct Row {
    std::string method;
    double auprc = 0.0, p20 = 0.0, p50 = 0.0, ndcg50 = 0.0, csi = 0.0, brier = 0.0;
  };
  std::vector<Row> pooled;        // best AUPRC first
  std::string best_baseline;
  double delta = 0.0, low = 0.0, high = 0.0;
};
HindcastSummary read_hindcast(const std::string& json);

// The positive contributions to a score, largest first, at most `count`.
std::vector<const Component*> largest_contributions(const Emergence& emergence, std::size_t count);

// Shares of a unit in the complete years; 0 where a year has no document.
std::vector<double> share_row(const analysis::UnitSeries& series, std::size_t unit);

// 0.123 -> "+12.3 %" per year from a log slope, with its interval.
std::string rate_text(const analysis::GrowthRate& rate);
std::string share_text(double share);

}  // namespace jianwei::workflow
