// The define functions of all commands, one a file.
#pragma once

#include "cli/session.h"

namespace jianwei::cli {

Action define_audit(CLI::App& app);
Action define_backup(CLI::App& app);
Action define_alerts(CLI::App& app);
Action define_bursts(CLI::App& app);
Action define_collect(CLI::App& app);
Action define_countries(CLI::App& app);
Action define_demo(CLI::App& app);
Action define_draft(CLI::App& app);
Action define_emerging(CLI::App& app);
Action define_experts(CLI::App& app);
Action define_export(CLI::App& app);
Action define_hindcast(CLI::App& app);
Action define_impact(CLI::App& app);
Action define_import(CLI::App& app);
Action define_indicators(CLI::App& app);
Action define_init(CLI::App& app);
Action define_map_base(CLI::App& app);
Action define_match(CLI::App& app);
Action define_issues(CLI::App& app);
Action define_items(CLI::App& app);
Action define_judge(CLI::App& app);
Action define_knowledge(CLI::App& app);
Action define_report(CLI::App& app);
Action define_restore(CLI::App& app);
Action define_run(CLI::App& app);
Action define_schedule(CLI::App& app);
Action define_search(CLI::App& app);
Action define_seeds(CLI::App& app);
Action define_serve(CLI::App& app);
Action define_persons(CLI::App& app);
Action define_organisations(CLI::App& app);
Action define_show(CLI::App& app);
Action define_status(CLI::App& app);
Action define_terms(CLI::App& app);
Action define_topics(CLI::App& app);
Action define_unmerge(CLI::App& app);
Action define_users(CLI::App& app);
Action define_watch(CLI::App& app);
Action define_weak_signals(CLI::App& app);

}  // namespace jianwei::cli
