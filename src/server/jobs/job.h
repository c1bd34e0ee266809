// Kinds of jobs: what a job of a kind takes, who may ask for it, and what it does.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "server/http/json_body.h"
#include "store/job_rows.h"

namespace jianwei::server {

struct Services;

// One job at work.
struct JobRun {
  const store::JobRow& row;
  const JsonBody& parameters;
  Services& services;
  Progress& progress;                                  // cancelled when somebody asks, or the server stops
  const std::function<void(std::string_view)>& log;    // a line of the job's log
};

struct JobKind {
  std::string name;
  RoleSet roles;
  std::function<Result<>(const JsonBody& parameters, Services&, std::string_view workspace)> check;  // before it is queued; names the bad field
  std::function<Result<std::string>(JobRun&)> run;     // the result as JSON
};

// The kinds this program knows. A kind does what a command does: the same workflow function, the same options.
std::vector<JobKind> job_kinds();
std::vector<JobKind> data_job_kinds();                 // import
std::vector<JobKind> analysis_job_kinds();             // run, hindcast
std::vector<JobKind> report_job_kinds();               // report
std::vector<JobKind> routine_job_kinds();              // schedule, collect, deliver
std::vector<JobKind> draft_job_kinds();                // draft
std::vector<JobKind> upkeep_job_kinds();               // backup

// Queues a job for each schedule that is due and has none: the worker calls it between its jobs. What goes wrong is logged.
void add_due_jobs(Services& services);

}  // namespace jianwei::server
