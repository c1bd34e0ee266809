// What is new since the last issue, with the documents behind each change; and the few figures that open an issue.
#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <unordered_map>

#include "products/charts/charts.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

std::string count_text(std::int64_t count) { return products::format_tick(static_cast<double>(count), 1); }

std::string move_text(std::int64_t before, std::int64_t after) { return fmt::format("{} → {}", count_text(before), count_text(after)); }

// The documents of a unit that are new since the last issue; all of them when none is (the unit itself changed).
std::vector<std::int32_t> new_documents(const SectionWriter& writer, const IssueUnit& unit, const std::vector<char>& is_new) {
  const auto reference = find_unit(writer.result, unit.id);
  if (!reference) return rows_of_records(writer.result, unit.examples);
  const std::vector<std::int32_t> all = documents_of(writer.result, reference->unit, static_cast<std::int64_t>(reference->index));
  std::vector<std::int32_t> fresh;
  std::copy_if(all.begin(), all.end(), std::back_inserter(fresh), [&](std::int32_t row) { return is_new[static_cast<std::size_t>(row)] != 0; });
  return fresh;
}

std::string event_key(const UnitChange& change) { return change.appeared() ? "report.event_new" : change.vanished() ? "report.event_gone" : "report.event_changed"; }

products::Table topic_table(SectionWriter& writer, const std::vector<UnitChange>& changes, const std::vector<char>& is_new) {
  products::Table table{writer.say("report.changed_topics"),
                        {{writer.say("report.topic"), false}, {writer.say("report.event"), false}, {writer.say("report.documents"), true}, {writer.say("report.new_documents"), true}, {writer.say("report.rank"), true}}, {},
                        writer.say("report.changed_topics_note")};
  const auto limit = static_cast<std::size_t>(writer.options.top_count);
  for (std::size_t i = 0; i < std::min(limit, changes.size()); ++i) {
    const UnitChange& change = changes[i];
    const IssueUnit& shown = change.vanished() ? change.before : change.after;
    const std::string& label = shown.label(writer.options.language);
    const std::vector<std::int32_t> fresh = new_documents(writer, shown, is_new);
    products::ReportCell name = writer.text(label);
    name.note = shown.id;
    const products::ReportCell behind = change.vanished() ? writer.book.number(writer.say("report.examples"), shown.id + "-gone", label, fresh, writer.say("report.gone_evidence"))
                                                          : writer.book.number(fmt::format("{:+}", static_cast<std::int64_t>(fresh.size())), shown.id + "-new", label + " · " + writer.say("report.new_documents"), fresh);
    table.rows.push_back({name, writer.text(writer.say(event_key(change))), writer.text(move_text(change.before.documents, change.after.documents)), behind,
                          writer.text(change.before.rank > 0 && change.after.rank > 0 ? move_text(change.before.rank, change.after.rank) : shown.rank > 0 ? count_text(shown.rank) : "–")});
  }
  if (changes.size() > limit) table.note += " " + writer.say("report.rows_left_out", changes.size() - limit);
  return table;
}

products::Table term_table(SectionWriter& writer, const std::vector<UnitChange>& changes, const std::vector<char>& is_new) {
  products::Table table{writer.say("report.rank_moves"), {{writer.say("report.term"), false}, {writer.say("report.rank_before"), true}, {writer.say("report.rank_now"), true}, {writer.say("report.move"), false}, {writer.say("report.documents"), true}, {writer.say("report.new_documents"), true}}, {},
                        writer.say("report.rank_moves_note", writer.options.top_count)};
  const auto limit = static_cast<std::size_t>(writer.options.top_count);
  const auto rank = [&](std::int32_t value) { return writer.text(value > 0 ? std::to_string(value) : "–"); };
  for (std::size_t i = 0; i < std::min(limit, changes.size()); ++i) {
    const UnitChange& change = changes[i];
    const IssueUnit& shown = change.after.id.empty() ? change.before : change.after;
    const std::vector<std::int32_t> fresh = new_documents(writer, shown, is_new);
    std::string move = writer.say("report.move_in");
    if (change.before.rank > 0 && change.after.rank > 0) {
      const std::int32_t places = change.before.rank - change.after.rank;
      move = fmt::format("{} {}", places > 0 ? "▲" : "▼", std::abs(places));
    } else if (change.after.rank == 0) {
      move = writer.say("report.move_out");
    }
    table.rows.push_back({writer.text(shown.label(writer.options.language)), rank(change.before.rank), rank(change.after.rank), writer.text(move), writer.text(move_text(change.before.documents, change.after.documents)),
                          writer.book.number(fmt::format("{:+}", static_cast<std::int64_t>(fresh.size())), shown.id + "-new", shown.label(writer.options.language) + " · " + writer.say("report.new_documents"), fresh)});
  }
  if (changes.size() > limit) table.note += " " + writer.say("report.rows_left_out", changes.size() - limit);
  return table;
}

}  // namespace

std::vector<std::int32_t> rows_of_records(const StudyResult& result, const std::vector<std::string>& record_ids) {
  std::unordered_map<std::string_view, std::int32_t> wanted;
  for (const std::string& id : record_ids) wanted.emplace(id, -1);
  for (std::size_t d = 0; d < result.dataset.record_ids.size(); ++d) {
    const auto found = wanted.find(result.dataset.record_ids[d]);
    if (found != wanted.end()) found->second = static_cast<std::int32_t>(d);
  }
  std::vector<std::int32_t> rows;
  for (const std::string& id : record_ids) {
    if (const std::int32_t row = wanted[id]; row >= 0) rows.push_back(row);
  }
  return rows;
}

products::Section change_section(SectionWriter& writer) {
  products::Section section{"changes", writer.say("report.changes"), {}};
  const std::optional<IssueNumbers>& last = writer.material.last;
  if (!last) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.first_issue"))}});
    return section;
  }
  const IssueDifference difference = compare_issues(*last, writer.material.numbers, writer.options.top_count);
  if (!difference.comparable) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.not_comparable", last->number, last->template_version, writer.material.numbers.template_version))}});
    return section;
  }
  std::vector<std::int32_t> fresh = rows_of_records(writer.result, difference.new_records);
  std::stable_sort(fresh.begin(), fresh.end(), [&](std::int32_t a, std::int32_t b) { return writer.result.dataset.year[static_cast<std::size_t>(a)] > writer.result.dataset.year[static_cast<std::size_t>(b)]; });
  std::vector<char> is_new(static_cast<std::size_t>(writer.result.dataset.document_count()), 0);
  for (const std::int32_t row : fresh) is_new[static_cast<std::size_t>(row)] = 1;

  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.since_issue", last->number, last->created, last->snapshot_id)),
                                                writer.book.number(writer.say("report.new_records", count_text(static_cast<std::int64_t>(fresh.size()))), "new-records", writer.say("report.new_documents"), fresh),
                                                writer.text(writer.say("report.gone_records", count_text(static_cast<std::int64_t>(difference.gone_records.size())), difference.new_alerts.size()))}});
  if (difference.same_data && difference.topics.empty() && difference.terms.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.nothing_changed"))}});
    return section;
  }
  if (!difference.topics.empty()) section.blocks.push_back(topic_table(writer, difference.topics, is_new));
  if (!difference.terms.empty()) section.blocks.push_back(term_table(writer, difference.terms, is_new));
  return section;
}

products::Section key_figure_section(SectionWriter& writer) {
  const StudyResult& result = writer.result;
  products::Section section{"key-figures", writer.say("report.key_figures"), {}};
  std::vector<std::int32_t> all(static_cast<std::size_t>(result.dataset.document_count()));
  for (std::size_t d = 0; d < all.size(); ++d) all[d] = static_cast<std::int32_t>(d);
  const analysis::YearRange years = result.term_results.series.years;
  products::Tiles tiles;
  products::ReportCell documents = writer.book.number(count_text(static_cast<std::int64_t>(all.size())), "all", writer.say("report.all_records"), all);
  documents.note = fmt::format("{}–{}", years.first, years.last);
  tiles.tiles.push_back({documents, writer.say("report.records")});
  if (writer.material.last) {
    const IssueDifference difference = compare_issues(*writer.material.last, writer.material.numbers, writer.options.top_count);
    products::ReportCell fresh = writer.book.number(fmt::format("{:+}", static_cast<std::int64_t>(difference.new_records.size())), "new-records", writer.say("report.new_documents"), rows_of_records(result, difference.new_records));
    fresh.note = writer.say("report.since_number", writer.material.last->number);
    tiles.tiles.push_back({fresh, writer.say("report.new_documents")});
  }
  const std::vector<std::size_t> rising = top_emerging(result.topic_results, result.topics.size());
  products::ReportCell topics = writer.text(std::to_string(result.topics.size()));
  topics.note = writer.say("report.of_them_rising", rising.size());
  tiles.tiles.push_back({topics, writer.say("report.topics")});
  products::ReportCell terms = writer.text(count_text(static_cast<std::int64_t>(result.terms.size())));
  terms.note = writer.say("report.of_them_rising", top_emerging(result.term_results, result.terms.size()).size());
  tiles.tiles.push_back({terms, writer.say("report.terms")});
  std::int64_t open = 0;
  for (const ReportAlert& alert : writer.quality.alerts) open += alert.verdict.empty() ? 1 : 0;
  products::ReportCell alerts = writer.text(std::to_string(writer.quality.alerts.size()));
  alerts.note = writer.say("report.of_them_open", open);
  tiles.tiles.push_back({alerts, writer.say("report.alerts")});
  section.blocks.push_back(std::move(tiles));

  const auto leaders = [&](Unit unit, std::string_view intro) {
    products::Paragraph paragraph{{writer.text(writer.say(intro))}};
    const auto top = top_emerging(result.results(unit), 5);
    for (std::size_t i = 0; i < top.size(); ++i) {
      const UnitReference reference{unit, top[i]};
      const std::string& label = unit_label(result, reference, writer.options.language);
      const auto& windows = result.results(unit).indicators[top[i]].windows;
      if (i > 0) paragraph.runs.push_back(writer.text(writer.say("report.list_separator")));
      paragraph.runs.push_back(writer.book.number(label, unit_id(result, reference), label, documents_of(result, unit, static_cast<std::int64_t>(top[i]))));
      paragraph.runs.push_back(writer.text(" (" + writer.say("report.from_to", windows.previous, windows.recent) + ")"));
    }
    if (!top.empty()) section.blocks.push_back(std::move(paragraph));
  };
  leaders(Unit::topic, "report.summary_topics");
  leaders(Unit::term, "report.summary_terms");
  return section;
}

}  // namespace jianwei::workflow
