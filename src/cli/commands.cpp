#include "cli/command_list.h"
#include "cli/lag.h"

namespace jianwei::cli {

Action define_delphi(CLI::App& app);
Action define_keyphrases(CLI::App& app);
Action define_lookback(CLI::App& app);
Action define_select(CLI::App& app);
Action define_longlist(CLI::App& app);

const std::vector<Command>& commands() {
  static const std::vector<Command> list = {
      {"init", "data", define_init},         {"import", "data", define_import},
      {"status", "data", define_status},     {"show", "data", define_show},
      {"search", "data", define_search},     {"unmerge", "data", define_unmerge},
      {"persons", "data", define_persons},   {"organisations", "data", define_organisations},
      {"collect", "data", define_collect},   {"run", "analysis", define_run},
      {"topics", "analysis", define_topics}, {"terms", "analysis", define_terms}, {"seeds", "analysis", define_seeds}, {"emerging", "analysis", define_emerging},
      {"weak-signals", "analysis", define_weak_signals},
      {"bursts", "analysis", define_bursts}, {"indicators", "analysis", define_indicators}, {"countries", "analysis", define_countries}, {"lag", "analysis", define_lag}, {"watch", "analysis", define_watch}, {"hindcast", "analysis", define_hindcast},
      {"keyphrases", "analysis", define_keyphrases}, {"match", "analysis", define_match},
      {"judge", "analysis", define_judge}, {"draft", "analysis", define_draft},
      {"items", "analysis", define_items},
      {"experts", "people", define_experts}, {"longlist", "people", define_longlist}, {"select", "people", define_select}, {"delphi", "people", define_delphi}, {"lookback", "people", define_lookback},
      {"impact", "analysis", define_impact}, {"knowledge", "analysis", define_knowledge},
      {"report", "products", define_report}, {"issues", "products", define_issues},
      {"schedule", "products", define_schedule}, {"alerts", "products", define_alerts},
      {"export", "products", define_export},
      {"demo", "products", define_demo},
      {"serve", "server", define_serve}, {"users", "server", define_users}, {"audit", "server", define_audit}, {"map-base", "server", define_map_base}, {"backup", "server", define_backup}, {"restore", "server", define_restore},
  };
  return list;
}

}  // namespace jianwei::cli
