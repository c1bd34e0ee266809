// Emergence, weak signals and bursts: what rises, why we say so, and how well saying so would have worked.
#include <algorithm>

#include "products/charts/charts.h"
#include "base/sentence.h"
#include "workflow/report/forecast_view.h"
#include "workflow/report/hindcast_verdict.h"
#include "workflow/run/indicator_stage.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kReasons = 3;

// The largest contributions to a score, in words: "growing neighbours +0.42".
std::string reasons(SectionWriter& writer, const Emergence& emergence) {
  const std::vector<const Component*> components = largest_contributions(emergence, kReasons);
  std::string text;
  for (std::size_t i = 0; i < components.size(); ++i) {
    text += fmt::format("{}{} {:+.2f}", i > 0 ? " · " : "", writer.say("component." + components[i]->name), components[i]->contribution);
  }
  return text;
}

products::Table ranking(SectionWriter& writer, Unit unit) {
  const StudyResult& result = writer.result;
  const UnitResults& units = result.results(unit);
  products::Table table{writer.say(unit == Unit::term ? "report.emerging_terms" : "report.emerging_topics"),
                        {{"#", true}, {writer.say(unit == Unit::term ? "report.term" : "report.topic"), false}, {writer.say("report.documents"), true}, {writer.say("report.growth_count"), true},
                         {writer.say("report.growth_rate"), true}, {writer.say("report.growth_diversity"), true}, {writer.say("report.trend"), false}, {writer.say("report.forecast"), true}, {writer.say("report.score"), true}},
                        {}, ""};
  table.note = writer.say("report.model_used", jianwei::say(writer.options.language, units.emergence_model)) + " " + writer.say("report.forecast") + ": " + coverage_text(units.calibration, writer.options.language);
  // Where hardly anything rises, the next by score follow, and each says why it is none that rises.
  const auto most = static_cast<std::size_t>(writer.options.top_count);
  const std::size_t rising = top_emerging(units, most).size();
  for (const std::size_t u : top_emerging(units, std::min(most, std::max(rising, kShortList)), Candidates::rising_first)) {
    const std::string label = unit == Unit::term ? result.terms[u].label : writer.topic_label(u);
    const std::string& id = unit == Unit::term ? result.terms[u].id : result.topics[u].id;
    const auto documents = documents_of(result, unit, static_cast<std::int64_t>(u));
    const auto recent = documents_of(result, unit, static_cast<std::int64_t>(u), recent_window(units.series));
    const Indicators& indicators = units.indicators[u];
    products::ReportCell name = writer.text(label);
    const std::string& gate = units.emergence[u].gate;
    name.note = (rises(units, u) ? "" : writer.say(gate.empty() ? "report.not_rising" : gate) + " · ") + reasons(writer, units.emergence[u]);
    products::ReportCell trend = writer.text("");
    trend.svg = products::sparkline(share_row(units.series, u));
    const std::string recent_title = label + " " + writer.say("report.recent_documents");
    table.rows.push_back({writer.text(std::to_string(units.emergence[u].rank)), name,
                          writer.book.number(products::format_tick(static_cast<double>(documents.size()), 1), id, label, documents),
                          writer.book.number(fmt::format("{:+.0f}", indicators.windows.growth_count), id + "-recent", recent_title, recent),
                          writer.book.number(rate_text(indicators.rate), id, label, documents),
                          writer.book.number(fmt::format("{:.2f}", indicators.growth_diversity_organisations), id + "-recent", recent_title, recent), trend,
                          writer.text(forecast_text(units, u)), writer.book.number(fmt::format("{:.3f}", units.emergence[u].score), id, label, documents)});
  }
  return table;
}

products::Table hindcast_table(SectionWriter& writer, const HindcastSummary& hindcast) {
  products::Table table{writer.say("report.hindcast"),
                        {{writer.say("report.ranking"), false}, {"AUPRC", true}, {"P@20", true}, {"P@50", true}, {"NDCG@50", true}, {"CSI", true}}, {},
                        writer.say("report.hindcast_note", hindcast.origin_count, hindcast.horizon_years, hindcast.prevalence, writer.say("method." + hindcast.best_baseline), hindcast.delta, hindcast.low, hindcast.high) + " " + writer.say(verdict_key(hindcast))};
  for (const auto& row : hindcast.pooled) {
    const auto cell = [&](double value) { return writer.text(fmt::format("{:.3f}", value)); };
    table.rows.push_back({writer.text(writer.say("method." + row.method)), cell(row.auprc), cell(row.p20), cell(row.p50), cell(row.ndcg50), cell(row.csi)});
  }
  return table;
}

}  // namespace

products::Section emergence_section(SectionWriter& writer) {
  products::Section section{"emergence", writer.say("report.emergence"), {}};
  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.emergence_intro", writer.result.study.horizon_years))}});
  section.blocks.push_back(ranking(writer, Unit::term));
  const HindcastSummary hindcast = read_hindcast(writer.result.hindcast_json);
  if (hindcast.present) {
    section.blocks.push_back(hindcast_table(writer, hindcast));
  } else {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_hindcast"))}});
  }
  if (!top_emerging(writer.result.topic_results, 1, Candidates::all).empty()) section.blocks.push_back(ranking(writer, Unit::topic));

  // The lines behind the first places.
  products::LineChart chart;
  chart.title = writer.say("report.emergence_lines");
  chart.y_label = writer.say("report.share_of_year");
  const analysis::UnitSeries& series = writer.result.term_results.series;
  const analysis::Calibration& calibration = writer.result.term_results.calibration;
  const std::int64_t years_ahead = calibration.tested > 0 ? calibration.horizon : 0;  // a band that no past could test is not drawn
  for (std::int64_t y = 0; y < series.complete_years + years_ahead; ++y) chart.x.push_back(std::to_string(series.years.first + y));
  for (const std::size_t u : top_emerging(writer.result.term_results, 6)) {
    products::Series line;
    line.name = writer.result.terms[u].label;
    for (const double share : share_row(series, u)) line.y.emplace_back(100 * share);
    // The years to come: the forecast with its band; before, the band is the line itself.
    for (const auto& share : line.y) {
      line.low.push_back(*share);
      line.high.push_back(*share);
    }
    const analysis::UnitBand band = analysis::forecast_unit(series, calibration, static_cast<std::int64_t>(u));
    for (std::size_t step = 0; step < band.share.size() && years_ahead > 0; ++step) {
      line.y.emplace_back(100 * band.share[step]);
      line.low.push_back(100 * band.low[analysis::kMainBand][step]);
      line.high.push_back(100 * band.high[analysis::kMainBand][step]);
    }
    line.y.resize(chart.x.size());
    line.low.resize(chart.x.size(), line.low.empty() ? 0.0 : line.low.back());
    line.high.resize(chart.x.size(), line.high.empty() ? 0.0 : line.high.back());
    line.href.assign(line.y.size(), "#ev-" + writer.book.file(writer.result.terms[u].id, line.name, documents_of(writer.result, Unit::term, static_cast<std::int64_t>(u)), ""));
    chart.series.push_back(std::move(line));
  }
  if (!chart.series.empty()) section.blocks.push_back(products::Figure{products::draw(chart), writer.say("report.emergence_lines_caption")});
  return section;
}

products::Section weak_signal_section(SectionWriter& writer) {
  const StudyResult& result = writer.result;
  const analysis::WeakSignalMap& map = result.weak_signals;
  products::Section section{"weak-signals", writer.say("report.weak_signals"), {}};
  std::vector<std::size_t> weak;
  for (std::size_t u = 0; u < map.units.size(); ++u) {
    if (map.units[u].agreed == analysis::Quadrant::weak) weak.push_back(u);
  }
  std::stable_sort(weak.begin(), weak.end(), [&](std::size_t a, std::size_t b) { return map.units[a].diffusion_growth > map.units[b].diffusion_growth; });
  if (weak.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_weak_signals"))}});
    return section;
  }

  products::QuadrantChart chart;
  chart.title = writer.say("report.weak_signal_map");
  chart.x_label = writer.say("report.mean_document_frequency");
  chart.y_label = writer.say("report.diffusion_growth");
  chart.x_cut = map.median_document_frequency;
  chart.y_cut = map.median_diffusion_growth;
  for (std::size_t i = 0; i < 4; ++i) {
    constexpr const char* kNames[] = {"quadrant.weak", "quadrant.strong", "quadrant.latent", "quadrant.well_known"};
    chart.names[i] = writer.say(kNames[i]);
  }
  // All weak signals of the table are named, and the most frequent terms as landmarks; of the rest a sample keeps the drawing light.
  const std::size_t listed = std::min(weak.size(), static_cast<std::size_t>(writer.options.top_count));
  const auto add = [&](std::size_t u, bool named) {
    const auto& unit = map.units[u];
    const std::string key = named ? "#ev-" + writer.book.file(result.terms[u].id, result.terms[u].label, documents_of(result, Unit::term, static_cast<std::int64_t>(u)), "") : "";
    chart.points.push_back({unit.mean_document_frequency, unit.diffusion_growth, result.terms[u].label, key, named});
  };
  for (std::size_t i = 0; i < listed; ++i) add(weak[i], true);
  std::size_t landmarks = 0;
  std::size_t background = 0;
  constexpr std::size_t kBackground = 600;
  const std::size_t every = std::max<std::size_t>(1, map.units.size() / kBackground);
  for (std::size_t u = 0; u < map.units.size(); ++u) {
    if (map.units[u].agreed == analysis::Quadrant::unsupported || map.units[u].agreed == analysis::Quadrant::weak) continue;
    const bool landmark = map.units[u].agreed == analysis::Quadrant::strong && landmarks < 8;
    if (landmark) ++landmarks;
    if (landmark || background++ % every == 0) add(u, landmark);
  }
  section.blocks.push_back(products::Figure{products::draw(chart), writer.say("report.weak_signal_caption")});

  products::Table table{"", {{writer.say("report.term"), false}, {writer.say("report.documents"), true}, {writer.say("report.diffusion_growth"), true}, {writer.say("report.visibility_growth"), true},
                             {writer.say("report.trend"), false}}, {}, writer.say("report.weak_signal_note", weak.size())};
  for (std::size_t i = 0; i < listed; ++i) {
    const std::size_t u = weak[i];
    const auto documents = documents_of(result, Unit::term, static_cast<std::int64_t>(u));
    products::ReportCell trend = writer.text("");
    trend.svg = products::sparkline(share_row(result.term_results.series, u));
    table.rows.push_back({writer.text(result.terms[u].label), writer.book.number(products::format_tick(static_cast<double>(documents.size()), 1), result.terms[u].id, result.terms[u].label, documents),
                          writer.book.number(fmt::format("{:+.0f} %", 100 * map.units[u].diffusion_growth), result.terms[u].id, result.terms[u].label, documents),
                          writer.book.number(fmt::format("{:+.0f} %", 100 * map.units[u].visibility_growth), result.terms[u].id, result.terms[u].label, documents), trend});
  }
  section.blocks.push_back(std::move(table));
  return section;
}

products::Section burst_section(SectionWriter& writer) {
  const StudyResult& result = writer.result;
  products::Section section{"bursts", writer.say("report.bursts"), {}};
  products::Table table{"", {{writer.say("report.term"), false}, {writer.say("report.burst_period"), false}, {writer.say("report.documents"), true}, {writer.say("report.weight"), true}, {"q", true},
                             {writer.say("report.trend"), false}}, {}, writer.say("report.burst_note")};
  for (const analysis::UnitBurst& burst : result.bursts) {
    if (table.rows.size() >= static_cast<std::size_t>(writer.options.top_count)) break;
    if (burst.level != 1 || burst.q_value > 0.05) continue;
    const auto u = static_cast<std::size_t>(burst.unit);
    const auto documents = documents_of(result, Unit::term, burst.unit, {burst.first_year, burst.last_year});
    const std::string key = fmt::format("{}-burst-{}", result.terms[u].id, burst.first_year);
    products::ReportCell trend = writer.text("");
    trend.svg = products::sparkline(share_row(result.term_results.series, u));
    table.rows.push_back({writer.text(result.terms[u].label), writer.text(fmt::format("{}–{}{}", burst.first_year, burst.last_year, burst.open ? " →" : "")),
                          writer.book.number(fmt::format("{:.0f}", burst.documents), key, result.terms[u].label, documents),
                          writer.book.number(fmt::format("{:.1f}", burst.weight), key, result.terms[u].label, documents), writer.text(fmt::format("{:.3f}", burst.q_value)), trend});
  }
  if (table.rows.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_bursts"))}});
  } else {
    section.blocks.push_back(std::move(table));
  }
  return section;
}

products::Section method_section(SectionWriter& writer) {
  products::Section section{"methods", writer.say("report.methods"), {}};
  const Study& study = writer.result.study;
  const auto card = [&](const std::string& key, std::string parameters) {
    section.blocks.push_back(products::MethodCard{writer.say("card." + key + ".name"), writer.say("card." + key + ".question"), writer.say("card." + key + ".formula"), std::move(parameters),
                                                  writer.say("card." + key + ".limits"), writer.say("card." + key + ".source")});
  };
  card("terms", fmt::format("min_documents={} max_words={} max_document_share={}", study.terms.min_documents, study.terms.max_words, study.terms.max_document_share));
  card("topics", fmt::format("K={} iterations={} seed={}", writer.result.topics.size(), study.topic_iterations, study.seed));
  card("growth", fmt::format("window={}", recent_window(writer.result.term_results.series).count()));
  card("emergence", fmt::format("horizon={} model={}", study.horizon_years, jianwei::say(writer.options.language, writer.result.term_results.emergence_model)));
  card("hindcast", fmt::format("horizon={}", study.horizon_years));
  card("weak_signals", "tw=0.05");
  card("bursts", "s=1.5 gamma=1 q<=0.05");
  card("networks", "association strength, Leiden (modularity)");
  card("resolution", "");
  return section;
}

}  // namespace jianwei::workflow
