// The life of a study: which step may follow which. Every step is an event of the audit; nothing else changes the state.
//
//   design -> protocol_locked -> recruiting -> round_open -> round_closed -> analyzed -> feedback_released -> round_open ... -> concluded -> reported -> archived
//   paused and aborted may follow any open state; a paused study resumes where it was.
//
// Page: docs/delphi.md
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace jianwei::experts {

enum class StudyState : std::uint8_t { design, protocol_locked, recruiting, round_open, round_closed, analyzed, feedback_released, concluded, reported, archived, paused, aborted };
enum class StudyStep : std::uint8_t { lock_protocol, recruit, open_round, close_round, analyze, release_feedback, conclude, report, archive, pause, resume, abort };

std::string_view to_string(StudyState state);
std::string_view to_string(StudyStep step);
Result<StudyState> parse_study_state(std::string_view name);
Result<StudyStep> parse_study_step(std::string_view name);

// The state after the step. `before_pause` is where a paused study resumes.
// Errors: conflict  the step may not follow: names the state and the steps that may
Result<StudyState> next_state(StudyState state, StudyStep step, StudyState before_pause = StudyState::design);

// What may still be changed.
bool may_edit_items(StudyState state);     // words and lineage of statements: until a round is open
bool may_answer(StudyState state);         // round_open only
bool may_withdraw_answers(StudyState state);  // before the study closes answers are deleted; after it only the link to the person

}  // namespace jianwei::experts
