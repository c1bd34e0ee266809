#include "sources/reader.h"

namespace jianwei::sources {

std::vector<Format> all_formats() {
  std::vector<Format> formats;
  for (const auto group : {tagged_formats(), xml_formats(), json_formats(), table_formats(), document_formats()}) {
    formats.insert(formats.end(), group.begin(), group.end());
  }
  return formats;
}

const Format* recognise_format(const Sample& sample) {
  static const std::vector<Format> formats = all_formats();
  const Format* best = nullptr;
  double best_score = 0.1;
  for (const Format& format : formats) {
    const double score = format.recognise(sample);
    if (score > best_score) {
      best = &format;
      best_score = score;
    }
  }
  return best;
}

const Format* find_format(std::string_view name) {
  static const std::vector<Format> formats = all_formats();
  for (const Format& format : formats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace jianwei::sources
