#include "experts/delphi/study_state.h"

#include <array>
#include <string>
#include <utility>

namespace jianwei::experts {
namespace {

constexpr std::array<std::string_view, 12> kStates{"design", "protocol_locked", "recruiting", "round_open", "round_closed", "analyzed", "feedback_released", "concluded", "reported", "archived", "paused", "aborted"};
constexpr std::array<std::string_view, 12> kSteps{"lock_protocol", "recruit", "open_round", "close_round", "analyze", "release_feedback", "conclude", "report", "archive", "pause", "resume", "abort"};

struct Transition {
  StudyState from;
  StudyStep step;
  StudyState to;
};
constexpr Transition kTransitions[] = {
    {StudyState::design, StudyStep::lock_protocol, StudyState::protocol_locked},
    {StudyState::protocol_locked, StudyStep::recruit, StudyState::recruiting},
    {StudyState::recruiting, StudyStep::open_round, StudyState::round_open},
    {StudyState::round_open, StudyStep::close_round, StudyState::round_closed},
    {StudyState::round_closed, StudyStep::analyze, StudyState::analyzed},
    {StudyState::analyzed, StudyStep::release_feedback, StudyState::feedback_released},
    {StudyState::analyzed, StudyStep::conclude, StudyState::concluded},
    {StudyState::feedback_released, StudyStep::open_round, StudyState::round_open},
    {StudyState::feedback_released, StudyStep::conclude, StudyState::concluded},
    {StudyState::concluded, StudyStep::report, StudyState::reported},
    {StudyState::reported, StudyStep::archive, StudyState::archived},
};

bool open(StudyState state) {
  return state != StudyState::concluded && state != StudyState::reported && state != StudyState::archived && state != StudyState::aborted;
}

}  // namespace

std::string_view to_string(StudyState state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view to_string(StudyStep step) { return kSteps[static_cast<std::size_t>(step)]; }

Result<StudyState> parse_study_state(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (kStates[i] == name) return static_cast<StudyState>(i);
  }
  return fail(ErrorKind::invalid_input, "'{}' is no state of a study", name);
}

Result<StudyStep> parse_study_step(std::string_view name) {
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    if (kSteps[i] == name) return static_cast<StudyStep>(i);
  }
  return fail(ErrorKind::invalid_input, "'{}' is no step of a study", name);
}

Result<StudyState> next_state(StudyState state, StudyStep step, StudyState before_pause) {
  if (step == StudyStep::abort && open(state)) return StudyState::aborted;
  if (step == StudyStep::pause && open(state) && state != StudyState::paused) return StudyState::paused;
  if (step == StudyStep::resume && state == StudyState::paused) return before_pause;
  std::string possible;
  for (const Transition& transition : kTransitions) {
    if (transition.from != state) continue;
    if (transition.step == step) return transition.to;
    possible += (possible.empty() ? "" : ", ") + std::string(to_string(transition.step));
  }
  if (state == StudyState::paused) possible = "resume";
  return fail(ErrorKind::conflict, "the study is in state {}: {} may not follow; possible: {}", to_string(state), to_string(step), possible.empty() ? "nothing more" : possible);
}

bool may_edit_items(StudyState state) {
  return state == StudyState::design || state == StudyState::protocol_locked || state == StudyState::recruiting || state == StudyState::analyzed || state == StudyState::feedback_released;
}
bool may_answer(StudyState state) { return state == StudyState::round_open; }
bool may_withdraw_answers(StudyState state) { return open(state); }

}  // namespace jianwei::experts
