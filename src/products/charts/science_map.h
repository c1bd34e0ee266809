// A map of science: documents as points over contours of their density, topics named where their documents lie.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jianwei::products {

struct ScienceMap {
  std::string title;
  struct Topic {
    double x = 0, y = 0;        // any unit, the documents' own
    double size = 1;            // documents; large topics claim their place first and are set larger
    std::string label, href;
  };
  std::vector<double> x, y;           // [documents]
  std::vector<std::int32_t> topic;    // [documents] -1 none
  std::vector<Topic> topics;
  double width = 960, height = 680;
};

// At most some 4,000 points are drawn, evenly taken from the documents; the density is of all. Neighbouring topics get different colours of the palette.
std::string draw(const ScienceMap& map);

}  // namespace jianwei::products
