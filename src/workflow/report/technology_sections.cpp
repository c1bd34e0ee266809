// Key technologies: the named lists at a glance, and a sheet for each technology or chosen topic.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>

#include "products/charts/charts.h"
#include "workflow/report/forecast_view.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kNewestDocuments = 6;
constexpr std::size_t kActors = 8;
constexpr std::size_t kUnlistedSheets = 3;  // when nothing was chosen

const IssueUnit* last_numbers(const SectionWriter& writer, const std::string& id) {
  if (!writer.material.last) return nullptr;
  for (const IssueUnit& unit : writer.material.last->units) {
    if (unit.id == id) return &unit;
  }
  return nullptr;
}

// Names of a kind on the rows, most documents first, each with its rows.
std::vector<std::pair<std::int32_t, std::vector<std::int32_t>>> actors_of(const analysis::IdLists& lists, const std::vector<std::int32_t>& rows) {
  std::map<std::int32_t, std::vector<std::int32_t>> by_actor;
  for (const std::int32_t row : rows) {
    for (const std::int32_t actor : lists.row(row)) {
      auto& list = by_actor[actor];
      if (list.empty() || list.back() != row) list.push_back(row);
    }
  }
  std::vector<std::pair<std::int32_t, std::vector<std::int32_t>>> order(by_actor.begin(), by_actor.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  if (order.size() > kActors) order.resize(kActors);
  return order;
}

std::vector<products::ReportCell> unit_row(SectionWriter& writer, UnitReference reference) {
  const StudyResult& result = writer.result;
  const UnitResults& units = result.results(reference.unit);
  const std::string& id = unit_id(result, reference);
  const std::string& label = unit_label(result, reference, writer.options.language);
  const auto documents = documents_of(result, reference.unit, static_cast<std::int64_t>(reference.index));
  const auto recent = documents_of(result, reference.unit, static_cast<std::int64_t>(reference.index), recent_window(units.series));
  const Indicators& indicators = units.indicators[reference.index];
  products::ReportCell trend = writer.text("");
  trend.svg = products::sparkline(share_row(units.series, reference.index));
  products::ReportCell name = writer.text(label);
  name.note = id;
  const std::int32_t rank = units.emergence[reference.index].rank;
  products::ReportCell place = writer.text(rank > 0 ? std::to_string(rank) : "–");
  products::ReportCell size = writer.book.number(products::format_tick(static_cast<double>(documents.size()), 1), id, label, documents);
  if (const IssueUnit* before = last_numbers(writer, id)) {
    size.note = fmt::format("{:+}", static_cast<std::int64_t>(documents.size()) - before->documents);
    if (rank > 0 && before->rank > 0 && rank != before->rank) place.note = fmt::format("{} {}", rank < before->rank ? "▲" : "▼", std::abs(rank - before->rank));
  }
  return {name, size, writer.book.number(writer.say("report.from_to", indicators.windows.previous, indicators.windows.recent), id + "-recent", label + " " + writer.say("report.recent_documents"), recent), writer.text(rate_text(indicators.rate)), place, trend};
}

std::vector<products::Column> unit_columns(const SectionWriter& writer) {
  return {{writer.say("report.technology"), false}, {writer.say("report.documents"), true}, {writer.say("report.recent_window"), true}, {writer.say("report.growth_rate"), true}, {writer.say("report.rank"), true}, {writer.say("report.trend"), false}};
}

void add_series(SectionWriter& writer, UnitReference reference, products::Section& section) {
  const StudyResult& result = writer.result;
  const analysis::UnitSeries& series = result.results(reference.unit).series;
  products::StackedColumns chart;
  const std::string& label = unit_label(result, reference, writer.options.language);
  const std::string& id = unit_id(result, reference);
  chart.title = writer.say("report.documents_per_year", label);
  chart.height = 200;
  std::vector<std::vector<std::int32_t>> by_year(static_cast<std::size_t>(series.years.count()));
  for (const std::int32_t row : documents_of(result, reference.unit, static_cast<std::int64_t>(reference.index))) {
    const std::int16_t year = result.dataset.year[static_cast<std::size_t>(row)];
    if (year >= series.years.first && year <= series.years.last) by_year[static_cast<std::size_t>(series.years.index(year))].push_back(row);
  }
  products::Series line{label, {}, {}, {}, {}};
  for (std::size_t y = 0; y < by_year.size(); ++y) {
    const auto year = series.years.first + static_cast<std::int64_t>(y);
    chart.x.push_back(std::to_string(year));
    line.y.emplace_back(static_cast<double>(by_year[y].size()));
    line.href.push_back(by_year[y].empty() ? "" : "#ev-" + writer.book.file(fmt::format("{}-{}", id, year), fmt::format("{} {}", label, year), by_year[y], ""));
  }
  chart.series.push_back(std::move(line));
  section.blocks.push_back(products::Figure{products::draw(chart), writer.say("report.documents_per_year_caption", recent_window(series).last)});
}

void add_actors(SectionWriter& writer, UnitReference reference, products::Section& section) {
  const analysis::Dataset& dataset = writer.result.dataset;
  const std::string& id = unit_id(writer.result, reference);
  const std::string& label = unit_label(writer.result, reference, writer.options.language);
  std::vector<std::int32_t> rows = documents_of(writer.result, reference.unit, static_cast<std::int64_t>(reference.index), recent_window(writer.result.results(reference.unit).series));
  products::Paragraph paragraph;
  const auto add = [&](const analysis::IdLists& lists, const std::vector<std::string>& names, std::string_view intro, std::string_view family) {
    const auto actors = actors_of(lists, rows);
    if (actors.empty()) return;
    paragraph.runs.push_back(writer.text(writer.say(intro)));
    for (std::size_t i = 0; i < actors.size(); ++i) {
      const std::string& name = names[static_cast<std::size_t>(actors[i].first)];
      paragraph.runs.push_back(writer.text((i > 0 ? writer.say("report.list_separator") : "") + name + " "));
      paragraph.runs.push_back(writer.book.number(std::to_string(actors[i].second.size()), fmt::format("{}-{}-{}", id, family, name), label + " · " + name, actors[i].second));
    }
    paragraph.runs.push_back(writer.text(writer.say("report.full_stop")));
  };
  add(dataset.organisations, dataset.organisation_names, "report.recent_organisations", "org");
  add(dataset.countries, dataset.country_names, "report.recent_countries", "country");
  if (!paragraph.runs.empty()) section.blocks.push_back(std::move(paragraph));
}

void add_newest(SectionWriter& writer, UnitReference reference, products::Section& section) {
  const analysis::Dataset& dataset = writer.result.dataset;
  std::vector<std::int32_t> rows = documents_of(writer.result, reference.unit, static_cast<std::int64_t>(reference.index));
  std::stable_sort(rows.begin(), rows.end(), [&](std::int32_t a, std::int32_t b) {
    const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
    return dataset.year[i] != dataset.year[j] ? dataset.year[i] > dataset.year[j] : dataset.month[i] > dataset.month[j];
  });
  products::Table table{"", {{writer.say("report.newest_documents"), false}, {writer.say("report.year"), true}, {writer.say("report.kind"), false}}, {}, ""};
  for (std::size_t i = 0; i < std::min(kNewestDocuments, rows.size()); ++i) {
    const auto d = static_cast<std::size_t>(rows[i]);
    table.rows.push_back({writer.book.number(writer.result.titles[d], "record-" + dataset.record_ids[d], writer.result.titles[d], std::span(&rows[i], 1)), writer.text(std::to_string(dataset.year[d])),
                          writer.text(writer.say(fmt::format("kind.{}", to_string(kRecordKinds[static_cast<std::size_t>(dataset.kind[d])]))))});
  }
  if (!table.rows.empty()) section.blocks.push_back(std::move(table));
}

}  // namespace

products::Section technology_section(SectionWriter& writer) {
  products::Section section{"technologies", writer.say("report.technologies"), {}};
  if (writer.material.technologies.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_technologies"))}});
    return section;
  }
  for (const TechnologyList& list : writer.material.technologies) {
    products::Table table{list.name, unit_columns(writer), {}, ""};
    std::string missing;
    for (const std::string& name : list.units) {
      if (const auto reference = find_unit(writer.result, name)) {
        table.rows.push_back(unit_row(writer, *reference));
      } else {
        missing += (missing.empty() ? "" : writer.say("report.list_separator")) + name;
      }
    }
    table.note = writer.say("report.list_reason", list.why, list.decided_by, list.decided_at.substr(0, 10));
    if (!missing.empty()) table.note += " " + writer.say("report.not_in_run", missing);
    section.blocks.push_back(std::move(table));
  }
  return section;
}

products::Section technology_sheet_section(SectionWriter& writer) {
  products::Section section{"technology-sheets", writer.say("report.technology_sheets"), {}};
  std::vector<UnitReference> shown = writer.focus;
  if (shown.empty()) {
    for (const TechnologyList& list : writer.material.technologies) {
      for (const std::string& name : list.units) {
        if (const auto reference = find_unit(writer.result, name)) shown.push_back(*reference);
      }
    }
  }
  if (shown.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.sheets_of_rising"))}});
    for (const std::size_t k : top_emerging(writer.result.topic_results, kUnlistedSheets, Candidates::all)) shown.push_back({Unit::topic, k});
  }
  std::vector<std::string> done;
  for (const UnitReference reference : shown) {
    const std::string& id = unit_id(writer.result, reference);
    if (std::find(done.begin(), done.end(), id) != done.end()) continue;  // on two lists
    done.push_back(id);
    products::Table head{unit_label(writer.result, reference, writer.options.language), unit_columns(writer), {unit_row(writer, reference)}, ""};
    if (reference.unit == Unit::topic) {
      std::string terms;
      const TopicRow& topic = writer.result.topics[reference.index];
      for (std::size_t i = 0; i < std::min<std::size_t>(10, topic.terms.size()); ++i) terms += (i > 0 ? writer.say("report.list_separator") : "") + writer.result.terms[static_cast<std::size_t>(topic.terms[i].first)].label;
      head.note = terms;
    }
    section.blocks.push_back(std::move(head));
    add_series(writer, reference, section);
    add_actors(writer, reference, section);
    add_newest(writer, reference, section);
  }
  return section;
}

}  // namespace jianwei::workflow
