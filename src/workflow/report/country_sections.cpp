// Countries side by side: output, growth, cooperation; then who leads in which topic.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "analysis/indicators/intervals.h"
#include "products/charts/charts.h"
#include "workflow/report/sections.h"
#include "workflow/standing/standing.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kComparedCountries = 8;  // a chart tells eight lines apart
constexpr std::int64_t kWindowYears = 5;

// Rows of each country, by its index.
std::vector<std::vector<std::int32_t>> rows_of_countries(const analysis::Dataset& dataset) {
  std::vector<std::vector<std::int32_t>> rows(dataset.country_names.size());
  for (std::int64_t d = 0; d < dataset.document_count(); ++d) {
    for (const std::int32_t country : dataset.countries.row(d)) {
      auto& list = rows[static_cast<std::size_t>(country)];
      if (list.empty() || list.back() != d) list.push_back(static_cast<std::int32_t>(d));
    }
  }
  return rows;
}

std::vector<std::int32_t> compared(const SectionWriter& writer, const std::vector<std::vector<std::int32_t>>& rows) {
  if (!writer.countries.empty()) return writer.countries;
  std::vector<std::int32_t> order;
  for (std::size_t c = 0; c < rows.size(); ++c) {
    if (!rows[c].empty()) order.push_back(static_cast<std::int32_t>(c));
  }
  std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) { return rows[static_cast<std::size_t>(a)].size() > rows[static_cast<std::size_t>(b)].size(); });
  if (order.size() > kComparedCountries) order.resize(kComparedCountries);
  return order;
}

bool has_partner(const analysis::Dataset& dataset, std::int32_t row, std::int32_t country) {
  const auto countries = dataset.countries.row(row);
  return std::any_of(countries.begin(), countries.end(), [&](std::int32_t other) { return other != country; });
}

}  // namespace

products::Section country_section(SectionWriter& writer) {
  const analysis::Dataset& dataset = writer.result.dataset;
  products::Section section{"country-overview", writer.say("report.country_overview"), {}};
  const auto rows = rows_of_countries(dataset);
  const std::vector<std::int32_t> shown = compared(writer, rows);
  if (shown.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_countries"))}});
    return section;
  }
  std::int64_t named = 0;
  for (std::int64_t d = 0; d < dataset.document_count(); ++d) named += dataset.countries.row(d).empty() ? 0 : 1;
  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.countries_named", share_text(static_cast<double>(named) / static_cast<double>(std::max<std::int64_t>(1, dataset.document_count())))))}});

  const analysis::UnitSeries& series = writer.result.term_results.series;
  const analysis::YearRange recent = recent_window(series);
  products::LineChart chart;
  chart.title = writer.say("report.records_of_countries");
  chart.y_label = writer.say("report.records");
  for (std::int64_t y = 0; y < series.complete_years; ++y) chart.x.push_back(std::to_string(series.years.first + y));
  products::Table table{"", {{writer.say("report.country"), false}, {writer.say("report.records"), true}, {writer.say("report.share"), true}, {writer.say("report.recent_records", recent.first, recent.last), true}, {writer.say("report.growth_rate"), true}, {writer.say("report.with_partners"), true}}, {},
                        writer.say("report.country_note")};
  for (const std::int32_t country : shown) {
    const auto& list = rows[static_cast<std::size_t>(country)];
    const std::string& name = dataset.country_names[static_cast<std::size_t>(country)];
    std::vector<double> counts(static_cast<std::size_t>(series.complete_years), 0.0);
    std::vector<std::vector<std::int32_t>> by_year(counts.size());
    std::vector<std::int32_t> recent_rows, joint;
    for (const std::int32_t row : list) {
      const std::int16_t year = dataset.year[static_cast<std::size_t>(row)];
      if (year >= series.years.first && series.years.index(year) < series.complete_years) by_year[static_cast<std::size_t>(series.years.index(year))].push_back(row);
      if (year >= recent.first && year <= recent.last) recent_rows.push_back(row);
      if (has_partner(dataset, row, country)) joint.push_back(row);
    }
    products::Series line{name, {}, {}, {}, {}};
    for (std::size_t y = 0; y < counts.size(); ++y) {
      counts[y] = static_cast<double>(by_year[y].size());
      line.y.emplace_back(counts[y]);
      line.href.push_back(by_year[y].empty() ? "" : "#ev-" + writer.book.file(fmt::format("country-{}-{}", name, series.years.first + static_cast<std::int64_t>(y)), fmt::format("{} {}", name, series.years.first + static_cast<std::int64_t>(y)), by_year[y], ""));
    }
    if (chart.series.size() < kComparedCountries) chart.series.push_back(std::move(line));
    const analysis::GrowthRate rate = analysis::growth_rate(counts, std::span(series.corpus).first(counts.size()));
    const analysis::Interval interval = analysis::wilson_interval(static_cast<double>(joint.size()), static_cast<double>(list.size()));
    products::ReportCell partners = writer.book.number(share_text(static_cast<double>(joint.size()) / static_cast<double>(list.size())), "country-joint-" + name, name + " · " + writer.say("report.with_partners"), joint);
    partners.note = fmt::format("[{}, {}]", share_text(interval.low), share_text(interval.high));
    table.rows.push_back({writer.text(name), writer.book.number(products::format_tick(static_cast<double>(list.size()), 1), "country-" + name, name, list), writer.text(share_text(static_cast<double>(list.size()) / static_cast<double>(std::max<std::int64_t>(1, named)))),
                          writer.book.number(products::format_tick(static_cast<double>(recent_rows.size()), 1), "country-recent-" + name, fmt::format("{} {}–{}", name, recent.first, recent.last), recent_rows), writer.text(rate_text(rate)), partners});
  }
  section.blocks.push_back(products::Figure{products::draw(chart), writer.say("report.records_of_countries_caption")});
  section.blocks.push_back(std::move(table));
  return section;
}

products::Section country_topic_section(SectionWriter& writer) {
  const StudyResult& result = writer.result;
  products::Section section{"country-topics", writer.say("report.country_topics"), {}};
  const auto standings = measure_standings(result, Unit::topic, Actor::country, kWindowYears, analysis::StandingOptions{}.margin);
  if (!standings || result.topics.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_countries"))}});
    return section;
  }
  const std::vector<std::int32_t> shown = compared(writer, rows_of_countries(result.dataset));
  products::Table table{"", {{writer.say("report.topic"), false}, {writer.say("report.strongest"), false}}, {}, writer.say("report.standing_note", standings->options.window.first, standings->options.window.last)};
  const std::size_t columns = std::min<std::size_t>(shown.size(), 6);
  for (std::size_t c = 0; c < columns; ++c) table.columns.push_back({result.dataset.country_names[static_cast<std::size_t>(shown[c])], true});
  for (std::size_t k = 0; k < result.topics.size(); ++k) {
    const analysis::UnitStanding& unit = standings->units[k];
    const std::string& label = writer.topic_label(k);
    std::vector<products::ReportCell> row = {writer.text(label)};
    products::ReportCell strongest = writer.text("–");
    if (!unit.actors.empty()) {
      const analysis::ActorStanding& first = unit.actors.front();
      strongest = writer.text(result.dataset.country_names[static_cast<std::size_t>(first.actor)]);
      strongest.note = writer.say(fmt::format("standing.{}", analysis::standing_name(first.standing)));
    }
    row.push_back(strongest);
    const auto documents = documents_of(result, Unit::topic, static_cast<std::int64_t>(k), standings->options.window);
    for (std::size_t c = 0; c < columns; ++c) {
      const auto found = std::find_if(unit.actors.begin(), unit.actors.end(), [&](const auto& actor) { return actor.actor == shown[c]; });
      if (found == unit.actors.end()) {
        row.push_back(writer.text("–"));
        continue;
      }
      std::vector<std::int32_t> own;
      std::copy_if(documents.begin(), documents.end(), std::back_inserter(own), [&](std::int32_t d) {
        const auto countries = result.dataset.countries.row(d);
        return std::find(countries.begin(), countries.end(), shown[c]) != countries.end();
      });
      const std::string& name = result.dataset.country_names[static_cast<std::size_t>(shown[c])];
      products::ReportCell cell = writer.book.number(fmt::format("{:.2f}", found->rta), fmt::format("{}-country-{}", result.topics[k].id, name), label + " · " + name, own);
      cell.note = fmt::format("[{:.1f}, {:.1f}] {}", found->rta_interval.low, found->rta_interval.high, writer.say(fmt::format("standing.{}", analysis::standing_name(found->standing))));
      row.push_back(cell);
    }
    table.rows.push_back(std::move(row));
  }
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace jianwei::workflow
