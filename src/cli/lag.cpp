#include <memory>

#include "cli/lag.h"
#include "cli/workspace_options.h"
#include "workflow/indicators/indicators.h"
#include "workflow/views/lag.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  StudyOptions study;
  std::string name, unit = "term";
  std::int32_t top = 25;
  double support = 3.0;
};

void print_tables(const Session& session, const workflow::StudyResult& result, const analysis::SourceLags& lags, workflow::Unit unit, const std::vector<std::size_t>& shown) {
  const auto kind_name = [&](std::size_t k) { return session.say(fmt::format("kind.{}", to_string(workflow::kind_of(lags.kinds[k])))); };
  if (lags.pairs.empty()) {
    session.note(session.say("lag.one_kind"));
  } else {
    TextTable pairs({session.say("lag.pair"), session.say("lag.units"), session.say("lag.median"), session.say("lag.quartiles"), session.say("lag.excess"), session.say("lag.order"), session.say("lag.unknown")}, {false, true, true, true, true, true, true});
    for (const analysis::PairLag& pair : lags.pairs) {
      pairs.add({kind_name(pair.from) + " → " + kind_name(pair.to), std::to_string(pair.lag.count), workflow::lag_text(pair.lag), pair.lag.count > 0 ? fmt::format("{:+.1f} {:+.1f}", pair.lag.lower_quartile, pair.lag.upper_quartile) : "–",
                 workflow::lag_text(pair.excess), fmt::format("{} : {} : {}", pair.from_first, pair.same_year, pair.to_first), std::to_string(pair.unknown)});
    }
    session.print(pairs.text(terminal_width()));
  }
  std::vector<std::string> heads = {session.say("column.label")};
  for (std::size_t k = 0; k < lags.kinds.size(); ++k) heads.push_back(fmt::format("{} {}–{}", kind_name(k), lags.kinds[k].years.first, lags.kinds[k].years.last));
  heads.push_back(session.say("column.id"));
  TextTable units(heads, std::vector<bool>(heads.size(), false));
  for (const std::size_t u : shown) {
    std::vector<std::string> cells = {workflow::unit_label(result, {unit, u}, session.language)};
    for (const analysis::Uptake& uptake : lags.uptakes[u]) cells.push_back(workflow::uptake_text(uptake));
    cells.push_back(workflow::unit_id(result, {unit, u}));
    units.add(cells);
  }
  if (!shown.empty()) session.print("\n" + units.text(terminal_width()));
}

}  // namespace

Action define_lag(CLI::App& app) {
  auto options = std::make_shared<Options>();
  options->workspace.define(app);
  options->study.define(app);
  const Language language = environment_language();
  app.add_option("UNIT", options->name, message(language, "option.lag_unit"));
  app.add_option("--unit", options->unit, message(language, "option.unit"))->check(CLI::IsMember({"term", "topic"}));
  app.add_option("--support", options->support, message(language, "option.lag_support"))->check(CLI::Range(1.0, 1e6));
  app.add_option("--top", options->top, message(language, "option.top"))->check(CLI::Range(1, 1'000'000));
  return [options](Session& session) -> Result<> {
    const workflow::StudyResult result = TRY(find_result(session, options->workspace, options->study, "lag", options->unit == "topic"));
    workflow::UnitReference reference{TRY(workflow::parse_unit(options->unit)), 0};
    if (!options->name.empty()) reference = TRY(workflow::find_unit(result, options->name));
    const analysis::SourceLags lags = TRY(workflow::measure_lags(result, reference.unit, options->support));
    const std::vector<std::size_t> shown = options->name.empty() ? workflow::lag_units(result, lags, reference.unit, static_cast<std::size_t>(options->top)) : std::vector<std::size_t>{reference.index};
    if (session.json) {
      session.print(workflow::lag_json(result, lags, reference.unit, shown, options->support, session.language));
      return {};
    }
    print_tables(session, result, lags, reference.unit, shown);
    session.note(session.say("lag.note", options->support));
    return {};
  };
}

}  // namespace jianwei::cli
