#include "workflow/expert_library/panel_desk.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/json_writer.h"
#include "base/strings.h"
#include "experts/panel/panel_design.h"
#include "records/unicode.h"
#include "workflow/expert_library/fields.h"

namespace jianwei::workflow {
namespace {

constexpr std::array<std::string_view, 9> kQuotaAttributes{"field", "sector", "region", "country", "age_band", "gender", "seniority", "organisation", "language"};
constexpr std::int64_t kPanelCandidates = 500;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }
std::string id_of(const Expert& expert) { return expert.id.empty() ? expert.persons.front() : expert.id; }

}  // namespace

Result<PanelQuota> parse_quota(std::string_view text) {
  const std::size_t equals = text.find('='), colon = text.rfind(':');
  PanelQuota quota;
  if (equals != std::string_view::npos && colon != std::string_view::npos && colon > equals) {
    quota.attribute = trim(text.substr(0, equals));
    quota.value = trim(text.substr(equals + 1, colon - equals - 1));
    const std::string_view range = text.substr(colon + 1);
    const std::size_t dash = range.find('-');
    const auto least = parse_int(trim(range.substr(0, dash)));
    const auto greatest = dash == std::string_view::npos ? std::optional<std::int64_t>(-1) : parse_int(trim(range.substr(dash + 1)));
    const bool known = std::find(kQuotaAttributes.begin(), kQuotaAttributes.end(), quota.attribute) != kQuotaAttributes.end();
    if (known && !quota.value.empty() && least && greatest && *least >= 0 && *least <= 10'000 && (*greatest == -1 || (*greatest >= *least && *greatest <= 10'000))) {
      quota.least = static_cast<std::int32_t>(*least);
      quota.greatest = static_cast<std::int32_t>(*greatest);
      return quota;
    }
  }
  return fail(ErrorKind::invalid_input, "quota '{}': write ATTRIBUTE=VALUE:LEAST or ATTRIBUTE=VALUE:LEAST-GREATEST, with one of field, sector, region, country, age_band, gender, seniority, organisation, language", text);
}

Result<PanelProposal> propose_panel(const Workspace& workspace, const Roster& roster, const SearchIndex& index, const Thing& thing, const PanelRequest& request, const RecommendOptions& options, Progress& progress) {
  RecommendOptions wide = options;
  wide.limit = kPanelCandidates;
  wide.work_count = 2000;
  wide.eligible_only = false;
  std::vector<Recommendation> all = TRY(recommend(workspace, roster, index, thing, wide, progress));
  PanelProposal proposal;
  std::vector<Recommendation> candidates;
  std::vector<std::uint8_t> needed;
  for (const std::string& id : request.required) {
    const Expert expert = TRY(roster.expert(id));
    if (std::none_of(all.begin(), all.end(), [&](const Recommendation& one) { return id_of(one.expert) == id_of(expert); })) {
      Recommendation added;
      added.expert = expert;
      experts::ConflictOptions asked = options.conflicts;
      if (asked.now == 0) asked.now = last_year(*roster.people);
      if (!thing.persons.empty() || !thing.authors.empty() || !thing.organisations.empty()) added.conflicts = check_conflicts(roster, expert, thing, asked);
      all.push_back(std::move(added));
    }
  }
  for (Recommendation& one : all) {
    const std::string id = id_of(one.expert);
    const bool required = std::any_of(request.required.begin(), request.required.end(), [&](const std::string& asked) { return asked == id || std::find(one.expert.persons.begin(), one.expert.persons.end(), asked) != one.expert.persons.end(); });
    if (required && !one.conflicts.empty()) return fail(ErrorKind::conflict, "{} is required but has a conflict of interest ({}) with what is to be judged", id, experts::to_string(one.conflicts.front().kind));
    if (request.library_only && one.expert.id.empty() && !required) continue;
    if (!one.eligible() && !required) {
      ++proposal.left_out;
      continue;
    }
    candidates.push_back(std::move(one));
    needed.push_back(required);
  }
  proposal.candidates = std::ssize(candidates);

  experts::PanelProblem problem;
  problem.size = request.size;
  std::map<std::string, std::int32_t> attribute_ids;
  std::map<std::pair<std::string, std::string>, std::int32_t> value_ids;
  for (const PanelQuota& quota : request.quotas) {
    const auto attribute = attribute_ids.try_emplace(quota.attribute, static_cast<std::int32_t>(attribute_ids.size())).first->second;
    const auto value = value_ids.try_emplace({quota.attribute, fold_case(quota.value)}, static_cast<std::int32_t>(value_ids.size())).first->second;
    problem.quotas.push_back({attribute, value, quota.least, quota.greatest});
  }
  problem.attribute_count = static_cast<std::int32_t>(attribute_ids.size());
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    experts::PanelCandidate candidate{candidates[c].score, std::vector<std::int32_t>(attribute_ids.size(), -1), needed[c] != 0};
    for (const auto& [name, attribute] : attribute_ids) {
      const auto value = value_ids.find({name, fold_case(candidates[c].expert.attribute(name))});
      if (value != value_ids.end()) candidate.values[at(attribute)] = value->second;
    }
    problem.candidates.push_back(std::move(candidate));
  }
  const experts::PanelDesign design = TRY(experts::design_panel(problem, progress));
  proposal.feasible = design.feasible;
  proposal.proved_best = design.proved_best;
  proposal.score = design.score;
  for (const std::int32_t member : design.members) proposal.members.push_back(candidates[at(member)]);
  for (const std::int32_t quota : design.contradiction) proposal.contradiction.push_back(request.quotas[at(quota)]);
  return proposal;
}

std::string to_json(const PanelProposal& proposal) {
  JsonWriter json;
  json.begin_object().field("feasible", proposal.feasible).field("proved_best", proposal.proved_best).field("score", proposal.score).field("candidates", proposal.candidates).field("left_out", proposal.left_out);
  json.key("members").raw(Fields::parse(to_json(proposal.members), "members")->raw("items", "[]")).key("contradiction").begin_array();
  for (const PanelQuota& quota : proposal.contradiction) json.begin_object().field("attribute", quota.attribute).field("value", quota.value).field("least", quota.least).field("greatest", quota.greatest).end_object();
  return json.end_array().end_object().text();
}

Result<AssignmentProposal> propose_assignment(const Roster& roster, const SearchIndex& index, const AssignmentRequest& request, const RecommendOptions& options, Progress& progress) {
  AssignmentProposal proposal;
  std::vector<Expert> judges;
  if (request.experts.empty()) judges = roster.experts;
  for (const std::string& id : request.experts) judges.push_back(TRY(roster.expert(id)));
  if (judges.empty()) return fail(ErrorKind::invalid_input, "there is nobody to assign: add experts to the library ('jianwei experts add WS'), or name them");
  if (request.things.empty()) return fail(ErrorKind::invalid_input, "there is nothing to be judged");
  experts::AssignmentProblem& problem = proposal.problem;
  problem.item_count = static_cast<std::int32_t>(request.things.size());
  problem.expert_count = static_cast<std::int32_t>(judges.size());
  problem.experts_per_item.assign(request.things.size(), request.experts_per_thing);
  std::map<std::int32_t, std::size_t> judge_of_number;
  for (std::size_t e = 0; e < judges.size(); ++e) {
    proposal.experts.push_back(id_of(judges[e]));
    std::int64_t room = request.load > 0 ? request.load : judges[e].load;
    if (const auto held = roster.expert_of_id.find(judges[e].id); held != roster.expert_of_id.end()) room -= roster.assigned[held->second];
    problem.greatest_load.push_back(static_cast<std::int32_t>(std::max<std::int64_t>(0, room)));
    for (const std::string& id : judges[e].persons) {
      if (const std::int32_t person = roster.people->find(id); person >= 0) judge_of_number.emplace(roster.canonical(person), e);
    }
  }
  RecommendOptions wide = options;
  wide.work_count = 1000;
  wide.search.expert_count = std::numeric_limits<std::int32_t>::max();
  experts::ConflictOptions asked = options.conflicts;
  if (asked.now == 0) asked.now = last_year(*roster.people);
  for (const Thing& thing : request.things) {
    TRY(progress.check());
    proposal.things.push_back(thing.label);
    std::vector<double> scores(judges.size(), 0.0);
    // A text nobody wrote about still has to be judged: all alike then.
    if (const auto ranking = rank_experts(roster, index, thing, wide, progress)) {
      for (const experts::FoundExpert& found : *ranking) {
        if (const auto judge = judge_of_number.find(found.person); judge != judge_of_number.end()) scores[judge->second] = std::max(scores[judge->second], found.score / ranking->front().score);
      }
    } else if (ranking.error().kind != ErrorKind::invalid_input) {
      return tl::unexpected(ranking.error());
    }
    for (std::size_t e = 0; e < judges.size(); ++e) {
      problem.similarity.push_back(std::min(1.0, scores[e]));
      const bool known_author = !thing.persons.empty() || !thing.authors.empty() || !thing.organisations.empty();
      problem.conflict.push_back(known_author && !check_conflicts(roster, judges[e], thing, asked).empty() ? 1 : 0);
    }
  }
  proposal.assignment = TRY(experts::assign_experts(problem, request.goal, progress));
  return proposal;
}

std::string to_json(const AssignmentProposal& proposal) {
  JsonWriter json;
  const experts::Assignment& found = proposal.assignment;
  json.begin_object().field("feasible", found.feasible).field("sum", found.sum).field("worst_item", found.worst_item).key("items").begin_array();
  for (std::size_t i = 0; found.feasible && i < proposal.things.size(); ++i) {
    json.begin_object().field("item", proposal.things[i]).key("experts").begin_array();
    for (const std::int32_t e : found.experts_of_item[i]) json.begin_object().field("id", proposal.experts[at(e)]).field("similarity", proposal.problem.similarity[i * proposal.experts.size() + at(e)]).end_object();
    json.end_array().end_object();
  }
  json.end_array().key("certificate");
  if (found.feasible) return json.null().end_object().text();
  json.begin_object().field("needed", found.certificate.needed).field("available", found.certificate.available).key("items").begin_array();
  for (const std::int32_t i : found.certificate.items) json.value(proposal.things[at(i)]);
  json.end_array().key("experts").begin_array();
  for (const std::int32_t e : found.certificate.experts) json.value(proposal.experts[at(e)]);
  return json.end_array().end_object().end_object().text();
}

Result<std::string> keep_assignment(store::ExpertDb& db, const AssignmentProposal& proposal, std::string_view actor) {
  if (!proposal.assignment.feasible) return fail(ErrorKind::conflict, "there is no assignment to keep: the certificate says which items lack experts");
  JsonWriter json;
  json.begin_object().field("closed", false).key("experts").begin_array();
  for (const auto& list : proposal.assignment.experts_of_item) {
    for (const std::int32_t e : list) json.value(proposal.experts[at(e)]);
  }
  json.end_array().key("result").raw(to_json(proposal)).end_object();
  return TRY(db.apply({{{"assignment", "", "", 0, json.text()}}, {}, {.actor = std::string(actor), .kind = "assignment_kept", .object = ""}})).front().id;
}

Result<> close_assignment(store::ExpertDb& db, std::string_view id, std::string_view actor) {
  auto row = TRY(db.object("assignment", id));
  if (!row) return fail(ErrorKind::not_found, "there is no assignment '{}'", id);
  const std::string open = "\"closed\":false";
  if (const std::size_t place = row->body.find(open); place != std::string::npos) row->body.replace(place, open.size(), "\"closed\":true");
  TRY(db.apply({{*row}, {}, {.actor = std::string(actor), .kind = "assignment_closed", .object = std::string(id)}}));
  return {};
}

}  // namespace jianwei::workflow
