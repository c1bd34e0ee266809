#include "workflow/run/topic_levels.h"

#include <map>

namespace jianwei::workflow {
namespace {

// Records of each topic, by some group of theirs.
using Counts = std::map<std::int32_t, std::map<std::int32_t, std::int64_t>>;

std::int32_t commonest(const Counts& counts, std::int32_t group) {
  const auto found = counts.find(group);
  std::int32_t best = -1;
  std::int64_t most = 0;
  if (found == counts.end()) return best;
  for (const auto& [topic, count] : found->second) {
    if (count > most) {
      most = count;
      best = topic;
    }
  }
  return best;
}

}  // namespace

void place_wordless(const analysis::Dataset& dataset, TopicLevels& levels) {
  if (levels.empty()) return;
  Counts of_venue, of_source, of_all;
  for (std::size_t d = 0; d < levels.document_topic.size(); ++d) {
    const std::int32_t topic = levels.document_topic[d];
    if (topic < 0) continue;
    if (dataset.venue[d] >= 0) ++of_venue[dataset.venue[d]][topic];
    ++of_source[dataset.source[d]][topic];
    ++of_all[0][topic];
  }
  for (std::size_t d = 0; d < levels.document_topic.size(); ++d) {
    std::int32_t& topic = levels.document_topic[d];
    if (topic >= 0) continue;
    if (dataset.venue[d] >= 0) topic = commonest(of_venue, dataset.venue[d]);
    if (topic < 0) topic = commonest(of_source, dataset.source[d]);
    if (topic < 0) topic = commonest(of_all, 0);
    if (topic < 0) continue;
    LevelRow& area = levels.areas[static_cast<std::size_t>(levels.topic_area[static_cast<std::size_t>(topic)])];
    ++area.document_count;
    ++levels.domains[static_cast<std::size_t>(area.parent)].document_count;
  }
}

}  // namespace jianwei::workflow
