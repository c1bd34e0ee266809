// Runs a study: from a question to results that are stored with the data version, the options and the seed that made them.
//
// A run is a list of stages, each with a fingerprint (what it depends on) and an artifact below WS/lake/runs. A run that was cut off resumes
// at its first stage without a valid artifact; with nothing changed it computes nothing.
#pragma once

#include <optional>
#include <string>

#include "base/progress.h"
#include "workflow/run/results.h"
#include "workflow/workspace.h"

namespace jianwei::workflow {

enum class Depth {
  ranking,   // terms and their ranking: what `emerging --until` asks for
  full,      // topics, networks and the hindcast too
};

// Whether a full run becomes the one everybody sees (load_latest_run), or stands aside: another question asked once, by a report of one period, say.
enum class Place { newest, aside };

// The study.toml of the workspace, or the default study when it has none. Errors: invalid_input
Result<Study> workspace_study(const Workspace& workspace);

// Errors: not_found  nothing was imported; invalid_input  no record fits the study; conflict  another process writes; cancelled
Result<StudyResult> run_study(Workspace& workspace, const Study& study, Depth depth, Progress& progress, Place place = Place::newest);

// The results of the newest finished full run, corrected by the judgements that stand now (workflow/judgement).
// Errors: not_found  no run yet: says which command makes one; corrupt
Result<StudyResult> load_latest_run(Workspace& workspace);

// What the machine said, before any judgement: of the newest finished full run ("" ), or of the run of an id. Errors: as above
Result<StudyResult> load_machine_run(Workspace& workspace, std::string_view run_id);

// The JSON of `hindcast --json` for the study's cut-offs (chosen from the data when it names none). Stored like a stage.
// Errors: invalid_input  no cut-off can be evaluated: says why
Result<std::string> hindcast_study(Workspace& workspace, const Study& study, Unit unit, Progress& progress);

}  // namespace jianwei::workflow
