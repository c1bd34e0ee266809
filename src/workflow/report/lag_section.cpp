// Source lag: how the kinds of source follow one another over all terms, and when each took up the first terms of the ranking.
#include "workflow/indicators/indicators.h"
#include "workflow/lag/lag.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {
namespace {

constexpr double kSupport = 3.0;

std::string kind_name(const SectionWriter& writer, const analysis::KindCover& cover) { return writer.say(fmt::format("kind.{}", to_string(kind_of(cover)))); }

products::Table pair_table(SectionWriter& writer, const analysis::SourceLags& lags) {
  products::Table table{writer.say("report.lag_pairs"),
                        {{writer.say("lag.pair"), false}, {writer.say("lag.units"), true}, {writer.say("lag.median"), true}, {writer.say("lag.excess"), true}, {writer.say("lag.order"), true}, {writer.say("lag.unknown"), true}},
                        {},
                        ""};
  for (const analysis::PairLag& pair : lags.pairs) {
    table.rows.push_back({writer.text(kind_name(writer, lags.kinds[pair.from]) + " → " + kind_name(writer, lags.kinds[pair.to])), writer.text(std::to_string(pair.lag.count)), writer.text(lag_text(pair.lag)),
                          writer.text(lag_text(pair.excess)), writer.text(fmt::format("{} : {} : {}", pair.from_first, pair.same_year, pair.to_first)), writer.text(std::to_string(pair.unknown))});
  }
  return table;
}

products::Table term_table(SectionWriter& writer, const analysis::SourceLags& lags) {
  const StudyResult& result = writer.result;
  products::Table table{writer.say("report.lag_terms"), {{writer.say("report.term"), false}}, {}, writer.say("lag.note", kSupport)};
  for (const analysis::KindCover& cover : lags.kinds) table.columns.push_back({fmt::format("{} {}–{}", kind_name(writer, cover), cover.years.first, cover.years.last), true});
  for (const std::size_t term : top_emerging(result.term_results, static_cast<std::size_t>(writer.options.top_count))) {
    const UnitReference reference{Unit::term, term};
    std::vector<products::ReportCell> cells = {writer.text(unit_label(result, reference, writer.options.language))};
    for (std::size_t k = 0; k < lags.kinds.size(); ++k) {
      const analysis::Uptake& uptake = lags.uptakes[term][k];
      if (uptake.documents <= 0.0) {
        cells.push_back(writer.text("–"));
        continue;
      }
      std::vector<std::int32_t> documents;
      for (const std::int32_t d : documents_of(result, Unit::term, static_cast<std::int64_t>(term))) {
        if (result.dataset.kind[static_cast<std::size_t>(d)] == lags.kinds[k].kind) documents.push_back(d);
      }
      const std::string kind = kind_name(writer, lags.kinds[k]);
      cells.push_back(writer.book.number(uptake_text(uptake), fmt::format("{}-{}", unit_id(result, reference), to_string(kind_of(lags.kinds[k]))), unit_label(result, reference, writer.options.language) + ", " + kind, documents));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

products::Section lag_section(SectionWriter& writer) {
  products::Section section{"source-lag", writer.say("report.lag"), {}};
  const auto lags = measure_lags(writer.result, Unit::term, kSupport);
  if (!lags || lags->pairs.empty()) {
    section.blocks.push_back(products::Paragraph{{writer.text(writer.say("lag.one_kind"))}});
    return section;
  }
  section.blocks.push_back(products::Paragraph{{writer.text(writer.say("report.lag_intro"))}});
  section.blocks.push_back(pair_table(writer, *lags));
  products::Table terms = term_table(writer, *lags);
  if (!terms.rows.empty()) section.blocks.push_back(std::move(terms));
  return section;
}

}  // namespace jianwei::workflow
