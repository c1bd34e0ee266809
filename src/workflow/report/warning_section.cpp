// Early warning: what the watch-lists fired on, and how earlier alerts turned out.
#include <algorithm>

#include "workflow/indicators/indicators.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {

products::Section warning_section(SectionWriter& writer) {
  products::Section section{"early-warning", writer.say("report.warning"), {}};
  if (writer.quality.alerts.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.no_alerts"))}});
    return section;
  }
  products::Table table{"", {{writer.say("report.alert"), false}, {writer.say("report.year"), true}, {writer.say("report.unit"), false}, {writer.say("report.documents"), true}, {writer.say("report.rule"), false}, {writer.say("report.verdict"), false}}, {},
                        writer.say("report.warning_note")};
  for (const ReportAlert& alert : writer.quality.alerts) {
    if (table.rows.size() >= static_cast<std::size_t>(writer.options.top_count)) break;
    // The unit may be gone from the newest run; its alert and the evidence kept with it stay.
    const auto reference = find_unit(writer.result, alert.unit_id);
    products::ReportCell documents = writer.text("–");
    if (reference) {
      const auto year = static_cast<std::int16_t>(alert.year);
      const auto rows = documents_of(writer.result, reference->unit, static_cast<std::int64_t>(reference->index), {static_cast<std::int16_t>(year - 2), year});
      documents = writer.book.number(std::to_string(rows.size()), fmt::format("{}-alert-{}", alert.unit_id, year), fmt::format("{} {}–{}", alert.label, year - 2, year), rows);
    }
    products::ReportCell verdict = writer.text(writer.say("verdict." + (alert.verdict.empty() ? "open" : alert.verdict)));
    verdict.note = alert.why;
    table.rows.push_back({writer.text(alert.id), writer.text(std::to_string(alert.year)), writer.text(alert.label), documents, writer.text(alert.rule), verdict});
  }
  section.blocks.push_back(std::move(table));
  return section;
}

}  // namespace jianwei::workflow
