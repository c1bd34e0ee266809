// Where documents and topics lie on the map of science, in units of the map: only distances mean something, and near ones more than far ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jianwei::workflow {

struct MapResult {
  std::vector<std::string> record_ids;     // [documents] in the order of the dataset; a later run finds its documents by them
  std::vector<float> x, y;                 // [documents]
  std::vector<std::int32_t> topic;         // [documents] with the largest share, -1 none
  std::vector<double> topic_x, topic_y;    // [topics] median of its documents, by share
  double trustworthiness = 0.0;            // [0, 1] how far neighbours on the map are neighbours by words (k = 15, over up to 200 documents, when all were last laid out)
  bool empty() const { return x.empty(); }
};

}  // namespace jianwei::workflow
