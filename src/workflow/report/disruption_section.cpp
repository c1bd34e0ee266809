// The monitor of disruptive technologies: four signs of each topic, each with its interval, side by side and never added up; what the data cannot
// say is said.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "analysis/indicators/intervals.h"
#include "products/charts/charts.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kFewMeasured = 5;  // below, a mean CD says nothing

struct Signs {
  std::size_t topic = 0;
  analysis::MeanInterval disruption;
  std::vector<std::int32_t> disrupting;    // measured documents, most disrupting first
  std::int64_t measured = 0;
  double novel_share = 0.0;
  analysis::Interval novel;
  std::vector<std::int32_t> novel_documents;
  std::int64_t novelty_measured = 0;
  double technical_recent = 0.0, technical_before = 0.0;  // share of patents, projects and news
  analysis::Interval technical;
  std::vector<std::int32_t> technical_documents;
  std::int64_t recent = 0, before = 0;
  const analysis::GrowthRate* rate = nullptr;
  int count = 0;                           // of signs that hold
  bool grows = false, disrupts = false, is_novel = false, moves = false;
};

bool is_technical(const analysis::Dataset& dataset, std::int32_t row) { return kRecordKinds[static_cast<std::size_t>(dataset.kind[static_cast<std::size_t>(row)])] != RecordKind::work; }

Signs signs_of(const SectionWriter& writer, const Impact& impact, std::size_t topic, double corpus_novel) {
  const StudyResult& result = writer.result;
  Signs signs;
  signs.topic = topic;
  std::vector<double> values;
  for (const std::int32_t row : documents_of(result, Unit::topic, static_cast<std::int64_t>(topic))) {
    const auto d = static_cast<std::size_t>(row);
    if (d < impact.disruption.size() && impact.disruption[d].measured) {
      values.push_back(impact.disruption[d].index());
      signs.disrupting.push_back(row);
    }
    if (impact.novelty[d].pairs > 0) {
      ++signs.novelty_measured;
      if (impact.novelty[d].tenth_percentile_z < 0) signs.novel_documents.push_back(row);
    }
  }
  std::stable_sort(signs.disrupting.begin(), signs.disrupting.end(), [&](std::int32_t a, std::int32_t b) { return impact.disruption[static_cast<std::size_t>(a)].index() > impact.disruption[static_cast<std::size_t>(b)].index(); });
  signs.measured = static_cast<std::int64_t>(values.size());
  signs.disruption = analysis::mean_interval(values);
  signs.novel = analysis::wilson_interval(static_cast<double>(signs.novel_documents.size()), static_cast<double>(signs.novelty_measured));
  signs.novel_share = signs.novelty_measured > 0 ? static_cast<double>(signs.novel_documents.size()) / static_cast<double>(signs.novelty_measured) : 0.0;

  const analysis::UnitSeries& series = result.topic_results.series;
  const auto recent = documents_of(result, Unit::topic, static_cast<std::int64_t>(topic), recent_window(series));
  const auto before = documents_of(result, Unit::topic, static_cast<std::int64_t>(topic), previous_window(series));
  std::copy_if(recent.begin(), recent.end(), std::back_inserter(signs.technical_documents), [&](std::int32_t row) { return is_technical(result.dataset, row); });
  const auto technical_before = std::count_if(before.begin(), before.end(), [&](std::int32_t row) { return is_technical(result.dataset, row); });
  signs.recent = static_cast<std::int64_t>(recent.size());
  signs.before = static_cast<std::int64_t>(before.size());
  signs.technical_recent = recent.empty() ? 0.0 : static_cast<double>(signs.technical_documents.size()) / static_cast<double>(recent.size());
  signs.technical_before = before.empty() ? 0.0 : static_cast<double>(technical_before) / static_cast<double>(before.size());
  signs.technical = analysis::wilson_interval(static_cast<double>(signs.technical_documents.size()), static_cast<double>(recent.size()));
  signs.rate = &result.topic_results.indicators[topic].rate;

  signs.grows = signs.rate->estimated && signs.rate->low > 0;
  signs.disrupts = signs.measured >= kFewMeasured && signs.disruption.known && signs.disruption.interval.low > 0;
  signs.is_novel = signs.novelty_measured >= kFewMeasured && signs.novel.low > corpus_novel;
  signs.moves = signs.before > 0 && signs.technical.low > signs.technical_before;
  signs.count = int{signs.grows} + int{signs.disrupts} + int{signs.is_novel} + int{signs.moves};
  return signs;
}

products::ReportCell marked(products::ReportCell cell, bool holds, std::string note) {
  if (holds) cell.text = "● " + cell.text;
  cell.note = std::move(note);
  return cell;
}

}  // namespace

products::Section disruption_section(SectionWriter& writer) {
  products::Section section{"disruption", writer.say("report.disruption"), {}};
  const StudyResult& result = writer.result;
  if (!writer.material.impact || result.topics.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_disruption"))}});
    return section;
  }
  const Impact& impact = *writer.material.impact;
  std::int64_t measured = 0, novel = 0, novelty_measured = 0, technical = 0;
  for (std::size_t d = 0; d < impact.novelty.size(); ++d) {
    measured += d < impact.disruption.size() && impact.disruption[d].measured ? 1 : 0;
    novelty_measured += impact.novelty[d].pairs > 0 ? 1 : 0;
    novel += impact.novelty[d].pairs > 0 && impact.novelty[d].tenth_percentile_z < 0 ? 1 : 0;
    technical += is_technical(result.dataset, static_cast<std::int32_t>(d)) ? 1 : 0;
  }
  const double corpus_novel = novelty_measured > 0 ? static_cast<double>(novel) / static_cast<double>(novelty_measured) : 0.0;
  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.disruption_intro", kFewMeasured, share_text(corpus_novel)))}});
  // What the data lack is part of the finding.
  if (!impact.has_references) section.blocks.push_back(products::Paragraph{{writer.text("⚠ " + writer.say("report.lacks_references"))}});
  else section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.disruption_measured", measured, result.dataset.document_count(), impact.window_years, impact.documents_with_references))}});
  if (impact.basis == NoveltyBasis::terms) section.blocks.push_back(products::Paragraph{{writer.text("⚠ " + writer.say("report.novelty_by_terms"))}});
  if (technical == 0) section.blocks.push_back(products::Paragraph{{writer.text("⚠ " + writer.say("report.lacks_kinds"))}});

  std::vector<Signs> all;
  for (std::size_t k = 0; k < result.topics.size(); ++k) all.push_back(signs_of(writer, impact, k, corpus_novel));
  std::stable_sort(all.begin(), all.end(), [](const Signs& a, const Signs& b) { return a.count != b.count ? a.count > b.count : a.rate->low > b.rate->low; });
  products::Table table{"", {{writer.say("report.topic"), false}, {writer.say("report.signs"), true}, {writer.say("report.growth_rate"), true}, {writer.say("report.mean_cd"), true}, {writer.say("report.novel_share"), true}, {writer.say("report.technical_share"), true}, {writer.say("report.trend"), false}}, {},
                        writer.say("report.disruption_note")};
  for (std::size_t i = 0; i < std::min(all.size(), static_cast<std::size_t>(writer.options.top_count)); ++i) {
    const Signs& signs = all[i];
    const std::string& id = result.topics[signs.topic].id;
    const std::string& label = writer.topic_label(signs.topic);
    const auto documents = documents_of(result, Unit::topic, static_cast<std::int64_t>(signs.topic));
    const bool few = signs.measured < kFewMeasured || !signs.disruption.known;
    products::ReportCell cd = few ? writer.text("–") : writer.book.number(fmt::format("{:+.3f}", signs.disruption.mean), id + "-cd", label + " · CD", signs.disrupting, writer.say("report.cd_evidence"));
    products::ReportCell novelty = signs.novelty_measured < kFewMeasured ? writer.text("–") : writer.book.number(share_text(signs.novel_share), id + "-novel", label + " · " + writer.say("report.novel_share"), signs.novel_documents);
    products::ReportCell mix = signs.recent == 0 || technical == 0 ? writer.text("–") : writer.book.number(fmt::format("{} → {}", share_text(signs.technical_before), share_text(signs.technical_recent)), id + "-technical", label + " · " + writer.say("report.technical_share"), signs.technical_documents);
    products::ReportCell trend = writer.text("");
    trend.svg = products::sparkline(share_row(result.topic_results.series, signs.topic));
    table.rows.push_back({writer.text(label), writer.text(fmt::format("{}/4", signs.count)), marked(writer.book.number(rate_text(*signs.rate), id, label, documents), signs.grows, ""),
                          marked(cd, signs.disrupts, few ? writer.say("report.too_few_measured", signs.measured) : fmt::format("[{:+.3f}, {:+.3f}] n={}", signs.disruption.interval.low, signs.disruption.interval.high, signs.measured)),
                          marked(novelty, signs.is_novel, signs.novelty_measured < kFewMeasured ? "" : fmt::format("[{}, {}]", share_text(signs.novel.low), share_text(signs.novel.high))),
                          marked(mix, signs.moves, signs.recent == 0 || technical == 0 ? "" : fmt::format("[{}, {}]", share_text(signs.technical.low), share_text(signs.technical.high))), trend});
  }
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace jianwei::workflow
