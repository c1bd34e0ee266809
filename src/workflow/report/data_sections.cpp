// Summary and data: what is in the corpus and how good it is.
#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_map>

#include "products/charts/charts.h"
#include "base/sentence.h"
#include "workflow/report/hindcast_verdict.h"
#include "workflow/run/indicator_stage.h"
#include "workflow/run/kept_hindcast.h"

namespace jianwei::workflow {
namespace {

using products::ReportCell;

// Rows of the dataset by the value of a small-id column.
template <class Ids>
std::vector<std::vector<std::int32_t>> rows_by(const Ids& ids, std::size_t value_count) {
  std::vector<std::vector<std::int32_t>> rows(value_count);
  for (std::size_t d = 0; d < ids.size(); ++d) {
    if (ids[d] >= 0 && static_cast<std::size_t>(ids[d]) < value_count) rows[static_cast<std::size_t>(ids[d])].push_back(static_cast<std::int32_t>(d));
  }
  return rows;
}

products::Table distribution(SectionWriter& writer, const std::string& title, const std::string& family, const std::vector<std::string>& names, const std::vector<std::string>& ids,
                             const std::vector<std::vector<std::int32_t>>& rows, std::size_t limit) {
  products::Table table{title, {{title, false}, {writer.say("report.records"), true}, {writer.say("report.share"), true}}, {}, ""};
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!rows[i].empty()) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rows[a].size() > rows[b].size(); });
  const auto total = static_cast<double>(std::max<std::int64_t>(1, writer.result.dataset.document_count()));
  for (std::size_t i = 0; i < std::min(limit, order.size()); ++i) {
    const auto& documents = rows[order[i]];
    const std::string& name = names[order[i]];
    table.rows.push_back({writer.text(name), writer.book.number(products::format_tick(static_cast<double>(documents.size()), 1), family + "-" + ids[order[i]], title + ": " + name, documents),
                          writer.text(share_text(static_cast<double>(documents.size()) / total))});
  }
  if (order.size() > limit) table.note = writer.say("report.rows_left_out", order.size() - limit);
  table.title.clear();
  return table;
}

// What is left out at the end of the series, and which larger sources (a twentieth of the records) end before the data do.
std::string coverage_warning(SectionWriter& writer) {
  const analysis::Dataset& dataset = writer.result.dataset;
  const analysis::UnitSeries& series = writer.result.term_results.series;
  const auto last = static_cast<std::int16_t>(series.years.first + series.complete_years - 1);
  std::string ended;
  const auto by_source = rows_by(dataset.source, dataset.source_names.size());
  for (std::size_t s = 0; s < by_source.size(); ++s) {
    if (by_source[s].size() * 20 < dataset.year.size()) continue;
    std::int16_t latest = 0;
    for (const std::int32_t d : by_source[s]) latest = std::max(latest, dataset.year[static_cast<std::size_t>(d)]);
    if (latest < series.years.last) ended += fmt::format("{}{} ({})", ended.empty() ? "" : writer.say("report.list_separator"), dataset.source_names[s], latest);
  }
  std::string text = last < series.years.last ? writer.say("report.last_complete_year", last) : "";
  if (!ended.empty()) text += (text.empty() ? "" : " ") + writer.say("report.coverage", ended);
  return text;
}

// The share of records with each field; a bar opens records that lack it, those that the run has.
products::Figure fill_figure(SectionWriter& writer) {
  std::unordered_map<std::string_view, std::int32_t> rows;
  const std::vector<std::string>& ids = writer.result.dataset.record_ids;
  for (std::size_t d = 0; d < ids.size(); ++d) rows.emplace(ids[d], static_cast<std::int32_t>(d));
  products::BarChart chart{.title = writer.say("report.fill"), .bars = {}};
  for (const FieldFill& fill : writer.quality.fill) {
    const std::string name = writer.say("field." + fill.field);
    std::vector<std::int32_t> lacking;
    for (const std::string& id : fill.examples) {
      if (const auto row = rows.find(id); row != rows.end()) lacking.push_back(row->second);
    }
    const std::string href = lacking.empty() ? "" : "#ev-" + writer.book.file("lacking-" + fill.field, writer.say("report.lacking", name, fill.lacking, lacking.size()), lacking, "");
    chart.bars.push_back({name, fill.share, share_text(fill.share), href});
  }
  return {products::draw(chart), writer.say("report.fill_caption")};
}

products::Figure years_figure(SectionWriter& writer) {
  const analysis::Dataset& dataset = writer.result.dataset;
  const analysis::YearRange years = writer.result.term_results.series.years;
  const auto by_source = rows_by(dataset.source, dataset.source_names.size());
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < by_source.size(); ++s) order.push_back(s);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return by_source[a].size() > by_source[b].size(); });

  products::StackedColumns chart;
  chart.title = writer.say("report.records_per_year");
  for (std::int16_t year = years.first; year <= years.last; ++year) chart.x.push_back(std::to_string(year));
  constexpr std::size_t kShown = 7;  // and one for the rest: the palette has eight colours
  for (std::size_t i = 0; i < std::min(kShown + 1, order.size()); ++i) {
    const bool rest = i == kShown && order.size() > kShown + 1;
    products::Series series{rest ? writer.say("report.other_sources") : dataset.source_names[order[i]], {}, {}, {}, {}};
    series.y.assign(chart.x.size(), 0.0);
    for (std::size_t j = i; j < (rest ? order.size() : i + 1); ++j) {
      for (const std::int32_t d : by_source[order[j]]) {
        const std::int16_t year = dataset.year[static_cast<std::size_t>(d)];
        if (year >= years.first && year <= years.last) *series.y[static_cast<std::size_t>(years.index(year))] += 1;
      }
    }
    chart.series.push_back(std::move(series));
  }
  // Each column opens the year's documents.
  for (std::int16_t year = years.first; year <= years.last; ++year) {
    std::vector<std::int32_t> documents;
    for (std::size_t d = 0; d < dataset.year.size(); ++d) {
      if (dataset.year[d] == year) documents.push_back(static_cast<std::int32_t>(d));
    }
    const std::string key = documents.empty() ? "" : "#ev-" + writer.book.file(fmt::format("year-{}", year), std::to_string(year), documents, "");
    for (products::Series& series : chart.series) series.href.push_back(key);
  }
  return {products::draw(chart), writer.say("report.records_per_year_caption")};
}

}  // namespace

std::vector<const Component*> largest_contributions(const Emergence& emergence, std::size_t count) {
  std::vector<const Component*> components;
  for (const Component& component : emergence.components) {
    if (component.contribution > 0) components.push_back(&component);
  }
  std::stable_sort(components.begin(), components.end(), [](const Component* a, const Component* b) { return a->contribution > b->contribution; });
  if (components.size() > count) components.resize(count);
  return components;
}

std::vector<double> share_row(const analysis::UnitSeries& series, std::size_t unit) {
  std::vector<double> values;
  for (std::int64_t y = 0; y < series.complete_years; ++y) {
    const double share = series.share(static_cast<std::int64_t>(unit), y);
    values.push_back(share == share ? share : 0.0);  // NaN where the year has no document
  }
  return values;
}

std::string share_text(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string rate_text(const analysis::GrowthRate& rate) {
  if (!rate.estimated) return "–";
  // Beyond tenfold a year the figure says only "unknown, large".
  const auto percent = [](double slope) { return slope > std::log(10.0) ? std::string(">+900") : fmt::format("{:+.0f}", 100 * (std::exp(slope) - 1)); };
  return fmt::format("{} % [{}, {}]", percent(rate.log_slope), percent(rate.low), percent(rate.high));
}

const std::string& SectionWriter::topic_label(std::size_t topic) const {
  return options.language == Language::zh ? result.topics[topic].label_zh : result.topics[topic].label_en;
}

std::vector<std::size_t> top_emerging(const UnitResults& units, std::size_t count, Candidates which) {
  std::vector<std::size_t> ranked;
  for (std::size_t u = 0; u < units.emergence.size(); ++u) {
    if (units.emergence[u].rank > 0 && (which != Candidates::rising || rises(units, u))) ranked.push_back(u);
  }
  std::sort(ranked.begin(), ranked.end(), [&](std::size_t a, std::size_t b) { return units.emergence[a].rank < units.emergence[b].rank; });
  if (which == Candidates::rising_first) std::stable_partition(ranked.begin(), ranked.end(), [&](std::size_t u) { return rises(units, u); });
  if (ranked.size() > count) ranked.resize(count);
  return ranked;
}

products::Section summary_section(SectionWriter& writer) {
  const StudyResult& result = writer.result;
  products::Section section{"summary", writer.say("report.summary"), {}};
  std::vector<std::int32_t> all(static_cast<std::size_t>(result.dataset.document_count()));
  for (std::size_t d = 0; d < all.size(); ++d) all[d] = static_cast<std::int32_t>(d);
  const analysis::YearRange years = result.term_results.series.years;
  section.blocks.push_back(products::Paragraph{{writer.book.number(products::format_tick(static_cast<double>(all.size()), 1), "all", writer.say("report.all_records"), all),
                                                writer.text(writer.say("report.summary_corpus", years.first, years.last, products::format_tick(static_cast<double>(result.terms.size()), 1), result.topics.size()))}});

  const auto leaders = [&](Unit unit, std::string_view intro) {
    products::Paragraph paragraph{{writer.text(writer.say(intro))}};
    const auto top = top_emerging(result.results(unit), 5);
    for (std::size_t i = 0; i < top.size(); ++i) {
      const std::size_t u = top[i];
      const std::string label = unit == Unit::term ? result.terms[u].label : writer.topic_label(u);
      const std::string& id = unit == Unit::term ? result.terms[u].id : result.topics[u].id;
      if (i > 0) paragraph.runs.push_back(writer.text(writer.say("report.list_separator")));
      paragraph.runs.push_back(writer.book.number(label, id, label, documents_of(result, unit, static_cast<std::int64_t>(u))));
      const auto& windows = result.results(unit).indicators[u].windows;
      const auto recent = documents_of(result, unit, static_cast<std::int64_t>(u), recent_window(result.results(unit).series));
      paragraph.runs.push_back(writer.text(" ("));
      paragraph.runs.push_back(writer.book.number(writer.say("report.from_to", windows.previous, windows.recent), id + "-recent",
                                                  label + " " + writer.say("report.recent_documents"), recent));
      paragraph.runs.push_back(writer.text(")"));
    }
    if (!top.empty()) section.blocks.push_back(std::move(paragraph));
  };
  leaders(Unit::term, "report.summary_terms");
  leaders(Unit::topic, "report.summary_topics");

  const HindcastSummary hindcast = read_hindcast(result.hindcast_json);
  if (hindcast.present) {
    const auto own = std::find_if(hindcast.pooled.begin(), hindcast.pooled.end(), [](const auto& row) { return row.method == "jianwei"; });
    if (own != hindcast.pooled.end()) {
      section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.summary_hindcast", hindcast.origin_count, hindcast.horizon_years, own->auprc, hindcast.prevalence,
                                                                           writer.say("method." + hindcast.best_baseline), hindcast.delta, hindcast.low, hindcast.high) +
                                                                           " " + writer.say(verdict_key(hindcast)))}});
      if (const auto kept = measured_on(result.hindcast_json)) {
        section.blocks.push_back(products::Paragraph{{writer.text(writer.say("hindcast.kept", kept->documents, kept->changed))}});
      }
    }
  } else {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_hindcast"))}});
  }
  return section;
}

products::Section data_section(SectionWriter& writer) {
  const analysis::Dataset& dataset = writer.result.dataset;
  products::Section section{"data", writer.say("report.data"), {}};
  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.data_merge", writer.quality.source_record_count, writer.quality.merged_record_count, writer.quality.merge_count))}});
  section.blocks.push_back(years_figure(writer));

  std::vector<std::string> kind_names, kind_ids;
  for (const RecordKind kind : kRecordKinds) {
    kind_names.push_back(writer.say(fmt::format("kind.{}", to_string(kind))));
    kind_ids.emplace_back(to_string(kind));
  }
  section.blocks.push_back(distribution(writer, writer.say("report.kind"), "kind", kind_names, kind_ids, rows_by(dataset.kind, kind_names.size()), 6));
  section.blocks.push_back(distribution(writer, writer.say("report.source"), "source", dataset.source_names, dataset.source_names, rows_by(dataset.source, dataset.source_names.size()), 20));
  section.blocks.push_back(distribution(writer, writer.say("report.language"), "language", dataset.language_names, dataset.language_names, rows_by(dataset.language, dataset.language_names.size()), 8));

  if (const std::string coverage = coverage_warning(writer); !coverage.empty()) section.blocks.push_back(products::Paragraph{{writer.text("⚠ " + coverage)}});

  if (!writer.quality.fill.empty()) section.blocks.push_back(fill_figure(writer));
  for (const std::string& problem : writer.quality.problems) section.blocks.push_back(products::Paragraph{{writer.text("⚠ " + say(writer.options.language, problem))}});
  return section;
}

}  // namespace jianwei::workflow
