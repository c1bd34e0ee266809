#include "workflow/views/result_index.h"

#include <algorithm>
#include <cmath>

#include "base/strings.h"
#include "workflow/report/forecast_view.h"

namespace jianwei::workflow {
namespace {

constexpr std::int64_t kStandingYears = 5;
constexpr std::size_t kFittedTerms = 300;  // those people open first
constexpr double kStandingMargin = 2.0 / 3.0;

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }
std::size_t at(Group group) { return static_cast<std::size_t>(group); }

// Rows become members: values [0, count) each with the rows that hold it, increasing.
analysis::IdLists invert(const analysis::IdLists& lists, std::size_t count) {
  analysis::IdLists inverted;
  inverted.offsets.assign(count + 1, 0);
  for (const std::int32_t value : lists.values) ++inverted.offsets[at(value) + 1];
  for (std::size_t i = 0; i < count; ++i) inverted.offsets[i + 1] += inverted.offsets[i];
  inverted.values.resize(lists.values.size());
  std::vector<std::int64_t> next(inverted.offsets.begin(), inverted.offsets.end() - 1);
  for (std::size_t row = 0; row + 1 < lists.offsets.size(); ++row) {
    for (const std::int32_t value : lists.row(static_cast<std::int64_t>(row))) inverted.values[at(next[at(value)]++)] = static_cast<std::int32_t>(row);
  }
  return inverted;
}

// One member a document; negative: none.
template <class Id>
analysis::IdLists single(const std::vector<Id>& ids) {
  analysis::IdLists lists;
  for (const Id id : ids) {
    if (id >= 0) lists.values.push_back(id);
    lists.offsets.push_back(std::ssize(lists.values));
  }
  return lists;
}

std::vector<std::vector<TopicTie>> tie_topics(const StudyResult& result) {
  const std::size_t count = result.topics.size();
  const analysis::DocumentTopics& shares = result.document_topics;
  std::vector<double> product(count * count, 0.0), square(count, 0.0);
  std::vector<std::int64_t> both(count * count, 0);
  const analysis::UnitDocuments& units = result.topic_results.documents;
  // Shares that make a document one of the topic; smaller ones tie everything to everything.
  analysis::IdLists topics_of_documents = analysis::units_of_documents(units, result.dataset.document_count());
  for (std::size_t d = 0; d + 1 < shares.offsets.size(); ++d) {
    for (auto i = at(shares.offsets[d]); i < at(shares.offsets[d + 1]); ++i) {
      square[at(shares.topics[i])] += double{shares.shares[i]} * shares.shares[i];
      for (auto j = at(shares.offsets[d]); j < at(shares.offsets[d + 1]); ++j) product[at(shares.topics[i]) * count + at(shares.topics[j])] += double{shares.shares[i]} * shares.shares[j];
    }
    const auto topics = topics_of_documents.row(static_cast<std::int64_t>(d));
    for (const std::int32_t a : topics) {
      for (const std::int32_t b : topics) both[at(a) * count + at(b)] += a != b;
    }
  }
  std::vector<std::vector<TopicTie>> ties(count);
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = 0; b < count; ++b) {
      if (a == b || product[a * count + b] <= 0.0) continue;
      ties[a].push_back({static_cast<std::int32_t>(b), product[a * count + b] / std::sqrt(square[a] * square[b]), both[a * count + b]});
    }
    std::stable_sort(ties[a].begin(), ties[a].end(), [](const TopicTie& x, const TopicTie& y) { return x.cosine > y.cosine; });
  }
  return ties;
}

}  // namespace

std::string_view to_string(Group group) {
  constexpr std::string_view kNames[] = {"source", "kind", "language", "venue", "country", "organisation", "person", "funder"};
  return kNames[at(group)];
}

std::optional<Group> parse_group(std::string_view name) {
  for (const Group group : kGroups) {
    if (to_string(group) == name) return group;
  }
  return std::nullopt;
}

ResultIndex::ResultIndex(std::shared_ptr<const StudyResult> result, analysis::IdLists funders, std::vector<std::string> funder_names) : result_(std::move(result)), hindcast_(read_hindcast(result_->hindcast_json)) {
  const analysis::Dataset& data = result_->dataset;
  for (std::size_t k = 0; k < result_->topics.size(); ++k) topics_[result_->topics[k].id] = k;
  for (std::size_t t = 0; t < result_->terms.size(); ++t) terms_[result_->terms[t].id] = t;
  for (std::size_t d = 0; d < data.record_ids.size(); ++d) records_[data.record_ids[d]] = static_cast<std::int32_t>(d);
  document_terms_ = analysis::units_of_documents(result_->term_results.documents, data.document_count());

  members_[at(Group::source)] = single(data.source);
  members_[at(Group::kind)] = single(data.kind);
  members_[at(Group::language)] = single(data.language);
  members_[at(Group::venue)] = single(data.venue);
  members_[at(Group::country)] = data.countries;
  members_[at(Group::organisation)] = data.organisations;
  members_[at(Group::person)] = data.persons;
  members_[at(Group::funder)] = funders.offsets.size() == data.year.size() + 1 ? std::move(funders) : analysis::IdLists{std::vector<std::int64_t>(data.year.size() + 1, 0), {}};
  names_[at(Group::source)] = data.source_names;
  for (const RecordKind kind : kRecordKinds) {
    names_[at(Group::kind)].resize(std::max(names_[at(Group::kind)].size(), static_cast<std::size_t>(kind) + 1));
    names_[at(Group::kind)][static_cast<std::size_t>(kind)] = to_string(kind);
  }
  names_[at(Group::language)] = data.language_names;
  names_[at(Group::venue)] = data.venue_names;
  names_[at(Group::country)] = data.country_names;
  names_[at(Group::organisation)] = data.organisation_names;
  names_[at(Group::person)] = data.person_names;
  names_[at(Group::funder)] = std::move(funder_names);
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    documents_[g] = invert(members_[g], names_[g].size());
    for (std::size_t i = 0; i < names_[g].size(); ++i) ids_[g].try_emplace(names_[g][i], static_cast<std::int32_t>(i));
  }
}

Result<std::size_t> ResultIndex::topic(std::string_view id) const {
  const auto found = topics_.find(id);
  if (found == topics_.end()) return fail(ErrorKind::not_found, "the newest run has no topic \"{}\"", id);
  return found->second;
}

Result<std::size_t> ResultIndex::term(std::string_view id) const {
  const auto found = terms_.find(id);
  if (found == terms_.end()) return fail(ErrorKind::not_found, "the newest run has no term \"{}\"", id);
  return found->second;
}

std::optional<std::int32_t> ResultIndex::record(std::string_view id) const {
  const auto found = records_.find(id);
  return found == records_.end() ? std::nullopt : std::optional(found->second);
}

std::span<const std::int32_t> ResultIndex::documents(Unit unit, std::size_t index) const {
  const analysis::UnitDocuments& units = result_->results(unit).documents;
  return std::span(units.documents).subspan(at(units.offsets[index]), at(units.offsets[index + 1] - units.offsets[index]));
}

const std::vector<std::string>& ResultIndex::names(Group group) const { return names_[at(group)]; }

std::optional<std::int32_t> ResultIndex::find_name(Group group, std::string_view name) const {
  const auto found = ids_[at(group)].find(name);
  if (found != ids_[at(group)].end()) return found->second;
  const std::vector<std::string>& names = names_[at(group)];
  const auto similar = std::find_if(names.begin(), names.end(), [&](const std::string& other) { return equals_ignore_case(other, name); });
  return similar == names.end() ? std::nullopt : std::optional(static_cast<std::int32_t>(similar - names.begin()));
}

std::span<const std::int32_t> ResultIndex::documents(Group group, std::int32_t id) const { return documents_[at(group)].row(id); }

analysis::SCurve ResultIndex::s_curve(Unit unit, std::size_t index) const {
  auto& curves = curves_[static_cast<std::size_t>(unit)];
  {
    const std::lock_guard lock(curves_mutex_);
    if (const auto found = curves.find(index); found != curves.end()) return found->second;
  }
  const analysis::SCurve curve = best_s_curve(result_->results(unit), index);  // two who ask at once get the same
  const std::lock_guard lock(curves_mutex_);
  return curves.try_emplace(index, curve).first->second;
}

void ResultIndex::fit_curves(const Progress& progress) const {
  for (std::size_t k = 0; k < result_->topics.size() && !progress.cancelled(); ++k) static_cast<void>(s_curve(Unit::topic, k));
  const std::vector<std::size_t>& terms = ranking(Unit::term, Candidates::rising);
  for (std::size_t i = 0; i < std::min(kFittedTerms, terms.size()) && !progress.cancelled(); ++i) static_cast<void>(s_curve(Unit::term, terms[i]));
}

const std::vector<std::size_t>& ResultIndex::ranking(Unit unit, Candidates which) const {
  return rankings_[static_cast<std::size_t>(unit) * 3 + static_cast<std::size_t>(which)].get([&] { return top_emerging(result_->results(unit), result_->results(unit).emergence.size(), which); });
}

const std::vector<TopicTie>& ResultIndex::ties(std::size_t topic) const {
  return ties_.get([&] { return tie_topics(*result_); })[topic];
}

const Result<TopicPeriods>& ResultIndex::periods() const {
  return periods_.get([&] { return trace_topics(*result_); });
}

const Result<Standings>& ResultIndex::standings(Unit unit, Actor actor) const {
  return standings_[static_cast<std::size_t>(unit) * 2 + static_cast<std::size_t>(actor)].get([&] { return measure_standings(*result_, unit, actor, kStandingYears, kStandingMargin); });
}

const ActorDirectory& ResultIndex::actors(ActorKind kind) const {
  return actors_[static_cast<std::size_t>(kind)].get([&] { return make_actor_directory(result_->dataset, kind); });
}

const Result<std::vector<analysis::YearTable>>& ResultIndex::topic_years() const {
  return topic_years_.get([&] {
    Progress progress;
    return measure_years(*result_, Unit::topic, progress);
  });
}

void write_hindcast_summary(JsonWriter& json, const HindcastSummary& hindcast) {
  json.key("hindcast").begin_object().field("present", hindcast.present);
  if (hindcast.present) {
    json.field("unit", hindcast.unit).field("horizon_years", hindcast.horizon_years).field("origins", hindcast.origin_count).field("prevalence", hindcast.prevalence);
    json.field("best_baseline", hindcast.best_baseline).field("delta", hindcast.delta).field("low", hindcast.low).field("high", hindcast.high).key("methods").begin_array();
    for (const HindcastSummary::Row& row : hindcast.pooled) {
      json.begin_object().field("method", row.method).field("auprc", row.auprc).field("p20", row.p20).field("p50", row.p50).field("ndcg50", row.ndcg50).field("csi", row.csi).field("brier", row.brier).end_object();
    }
    json.end_array();
  }
  json.end_object();
}

}  // namespace jianwei::workflow
