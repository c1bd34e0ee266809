// What the pages look up in a result, made once for each run: who stands behind which document, numbers of ids and names, forecasts, what hangs together.
//
// Pure: holds the result and lists derived from it. Whatever costs more than a moment is made when it is first asked for, once, from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/forecast/calibrated.h"
#include "analysis/forecast/s_curve.h"
#include "base/json_writer.h"
#include "base/progress.h"
#include "workflow/actor_list.h"
#include "workflow/indicators/indicators.h"
#include "workflow/report/sections.h"
#include "workflow/report/topic_periods.h"
#include "workflow/run/results.h"
#include "workflow/standing/standing.h"

namespace jianwei::workflow {

// What documents have in common beside words.
enum class Group : std::uint8_t { source, kind, language, venue, country, organisation, person, funder };
inline constexpr std::array<Group, 8> kGroups = {Group::source, Group::kind, Group::language, Group::venue, Group::country, Group::organisation, Group::person, Group::funder};
std::string_view to_string(Group group);
std::optional<Group> parse_group(std::string_view name);

// A value made at its first use.
template <class T>
class Lazy {
 public:
  template <class Make>
  const T& get(Make make) const {
    std::call_once(once_, [&] { value_.emplace(make()); });
    return *value_;
  }

 private:
  mutable std::once_flag once_;
  mutable std::optional<T> value_;
};

// Two topics that share documents: cosine of their shares, and how many documents hold both.
struct TopicTie {
  std::int32_t topic = 0;
  double cosine = 0.0;           // (0, 1]
  std::int64_t documents = 0;    // of both
};

class ResultIndex {
 public:
  // `funders` documents x names, as many rows as the result has documents, or empty when they are not known.
  ResultIndex(std::shared_ptr<const StudyResult> result, analysis::IdLists funders, std::vector<std::string> funder_names);

  const StudyResult& result() const { return *result_; }
  const std::shared_ptr<const StudyResult>& shared() const { return result_; }

  // Errors: not_found  the newest run has no such topic, term or record
  Result<std::size_t> topic(std::string_view id) const;
  Result<std::size_t> term(std::string_view id) const;
  Result<std::size_t> unit(Unit unit, std::string_view id) const { return unit == Unit::topic ? topic(id) : term(id); }
  std::optional<std::int32_t> record(std::string_view id) const;

  // Documents x terms, increasing.
  const analysis::IdLists& document_terms() const { return document_terms_; }
  // Documents of a unit, increasing.
  std::span<const std::int32_t> documents(Unit unit, std::size_t index) const;

  const std::vector<std::string>& names(Group group) const;
  std::optional<std::int32_t> find_name(Group group, std::string_view name) const;           // ASCII case is ignored when no name fits exactly
  std::span<const std::int32_t> documents(Group group, std::int32_t id) const;               // increasing
  // Calls use(id) for every member of the group in a document; kinds, sources, languages and venues have at most one.
  template <class Use>
  void each(Group group, std::int32_t document, Use use) const {
    for (const std::int32_t id : members_[static_cast<std::size_t>(group)].row(document)) use(id);
  }

  // The better S-curve of a unit, fitted once.
  analysis::SCurve s_curve(Unit unit, std::size_t index) const;
  // Fits those of all topics and of the first terms of the ranking, so that their pages do not wait. Stops when `progress` is cancelled.
  void fit_curves(const Progress& progress) const;
  const HindcastSummary& hindcast() const { return hindcast_; }
  // Ids of all units in the order the ranking shows them. Made once.
  const std::vector<std::size_t>& ranking(Unit unit, Candidates which) const;
  // Closest first.
  const std::vector<TopicTie>& ties(std::size_t topic) const;
  const Result<TopicPeriods>& periods() const;
  // Over the last five complete years with the usual margin.
  const Result<Standings>& standings(Unit unit, Actor actor) const;
  const ActorDirectory& actors(ActorKind kind) const;
  // All topics at every year up to the last complete one.
  const Result<std::vector<analysis::YearTable>>& topic_years() const;

 private:
  std::shared_ptr<const StudyResult> result_;
  std::unordered_map<std::string_view, std::size_t> topics_, terms_;
  std::unordered_map<std::string_view, std::int32_t> records_;
  analysis::IdLists document_terms_;
  std::array<analysis::IdLists, kGroups.size()> members_;    // documents x names
  std::array<analysis::IdLists, kGroups.size()> documents_;  // names x documents
  std::array<std::vector<std::string>, kGroups.size()> names_;
  std::array<std::unordered_map<std::string_view, std::int32_t>, kGroups.size()> ids_;
  HindcastSummary hindcast_;
  mutable std::mutex curves_mutex_;  // protects curves_
  mutable std::array<std::unordered_map<std::size_t, analysis::SCurve>, 2> curves_;
  std::array<Lazy<std::vector<std::size_t>>, 6> rankings_;
  Lazy<std::vector<std::vector<TopicTie>>> ties_;
  Lazy<Result<TopicPeriods>> periods_;
  std::array<Lazy<Result<Standings>>, 4> standings_;
  std::array<Lazy<ActorDirectory>, 2> actors_;
  Lazy<Result<std::vector<analysis::YearTable>>> topic_years_;
};

// The score of the ranking on the corpus's own past, as the field "hindcast" of the open object: what stands beside every forecast.
void write_hindcast_summary(JsonWriter& json, const HindcastSummary& hindcast);

}  // namespace jianwei::workflow
