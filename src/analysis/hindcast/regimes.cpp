#include "analysis/hindcast/regimes.h"

#include <algorithm>
#include <map>
#include <string>

namespace jianwei::analysis {

namespace {

constexpr std::int64_t kLeastSourceRows = 50;

std::string size_group(double documents) { return documents < 20.0 ? "size:<20" : documents < 50.0 ? "size:20-49" : "size:50+"; }

std::string language_group(const OriginResult& origin, std::size_t i) {
  const auto language = static_cast<std::size_t>(origin.language[i]);
  return "language:" + (language < origin.language_names.size() ? origin.language_names[language] : std::to_string(language));
}

std::vector<std::string> groups_of(const OriginResult& origin, std::size_t i, std::int64_t horizon_years) {
  std::vector<std::string> groups = {size_group(origin.base_documents[i]), language_group(origin, i)};
  if (!origin.age_years.empty()) groups.push_back(origin.age_years[i] < 5.0 ? "age:<5" : "age:5+");
  if (!origin.main_source.empty() && !origin.main_source[i].empty()) groups.push_back("source:" + origin.main_source[i]);
  const bool pandemic = origin.cutoff < 2022 && origin.cutoff + horizon_years >= 2020;
  groups.push_back(pandemic ? "outcome:with 2020-2022" : "outcome:without 2020-2022");
  return groups;
}

struct Group {
  Regime regime;
  std::int64_t origins = 0;
};

}  // namespace

std::vector<Regime> find_regimes(const std::vector<OriginResult>& origins, std::size_t baseline, std::int64_t horizon_years) {
  std::map<std::string, Group> groups;
  for (const OriginResult& origin : origins) {
    std::map<std::string, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < origin.labels.size(); ++i) {
      for (const std::string& name : groups_of(origin, i, horizon_years)) members[name].push_back(i);
    }
    for (const auto& [name, rows] : members) {
      std::vector<double> own, other;
      std::vector<std::uint8_t> labels;
      for (const std::size_t i : rows) {
        own.push_back(origin.methods[0].scores[i]);
        other.push_back(origin.methods[baseline].scores[i]);
        labels.push_back(origin.labels[i]);
      }
      const auto positives = std::count(labels.begin(), labels.end(), std::uint8_t{1});
      if (positives == 0) continue;
      Group& group = groups[name];
      ++group.origins;
      group.regime.rows += static_cast<std::int64_t>(rows.size());
      group.regime.prevalence += static_cast<double>(positives) / static_cast<double>(rows.size());
      group.regime.jianwei += auprc(own, labels);
      group.regime.baseline += auprc(other, labels);
    }
  }
  std::vector<Regime> regimes;
  for (auto& [name, group] : groups) {
    if (name.starts_with("source:") && group.regime.rows < kLeastSourceRows * group.origins) continue;
    const auto n = static_cast<double>(group.origins);
    regimes.push_back({name, group.regime.rows, group.regime.prevalence / n, group.regime.jianwei / n, group.regime.baseline / n});
  }
  return regimes;
}

}  // namespace jianwei::analysis
