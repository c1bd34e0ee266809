// The base map of regions that an admin installs: a GeoJSON whose drawing the authority has approved, with its approval number (审图号). None by default:
// the program ships no borders.
//
// <state>/map-base.json says what is installed and names its file, <state>/map-base-<sha256>.geojson; it is written last.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jianwei::server {

inline constexpr std::size_t kMaxMapBytes = std::size_t{8} << 20;

struct MapBase {
  std::string approval;       // "GS(2024)0650号"
  std::string name;           // of the map, as it must be credited
  std::string by, at, sha256; // who installed it, when
  std::int64_t bytes = 0, features = 0, positions = 0;
};

// As the authorities write them: GS(2024)0650号, GS京(2023)0123号, 京S(2022)031号; full-width brackets and blanks are brought to this form.
// Errors: invalid_input
Result<std::string> read_approval_number(std::string_view text);

struct MapContent {
  std::int64_t features = 0, positions = 0;
};
// A FeatureCollection of polygons and lines in degrees, each polygon with a name. Errors: invalid_input  names the feature and what is wrong
Result<MapContent> check_map(std::string_view geojson);

// Errors: invalid_input  number or file; unavailable
Result<MapBase> install_map_base(const std::filesystem::path& state, std::string_view geojson, std::string_view approval, std::string_view name, std::string_view by);
// What is said to be installed, the file unread; nothing when none is. Errors: corrupt
Result<std::optional<MapBase>> read_map_base_about(const std::filesystem::path& state);
// The same, the file read and checked. Errors: corrupt  the file is not the one that was installed, by its hash
Result<std::optional<MapBase>> installed_map_base(const std::filesystem::path& state);
// Errors: not_found  none is installed; corrupt  it is not what was installed
Result<std::string> read_map_base(const std::filesystem::path& state);
// Errors: not_found
Result<> remove_map_base(const std::filesystem::path& state);

std::string to_json(const std::optional<MapBase>& base);

}  // namespace jianwei::server
