#include "server/map_base/map_base.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/file.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "store/app_db.h"

namespace jianwei::server {
namespace {

namespace fs = std::filesystem;
using simdjson::dom::element;

constexpr const char* kAbout = "map-base.json";
constexpr std::int64_t kMaxFeatures = 10'000, kMaxPositions = 1'000'000;
constexpr std::size_t kMaxNameBytes = 200;

// The signs of the provinces, which the numbers of provincial authorities begin with or carry.
constexpr std::string_view kProvinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新港澳台";

// Takes one sign off the front. Each is three bytes.
bool take_province(std::string_view& text) {
  if (text.size() < 3) return false;
  const std::size_t at = kProvinces.find(text.substr(0, 3));
  if (at == std::string_view::npos || at % 3 != 0) return false;
  text.remove_prefix(3);
  return true;
}

std::string_view without_mark(std::string_view text) { return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text; }

std::string file_name(std::string_view sha256) { return fmt::format("map-base-{}.geojson", sha256); }

// One feature: where a message says what is wrong, and how much was counted.
class Checker {
 public:
  Result<> check_feature(std::int64_t number, element feature) {
    place_ = fmt::format("feature {}", number);
    if (text_of(feature, "type") != "Feature") return wrong("its type is not \"Feature\"");
    element geometry, coordinates;
    if (feature["geometry"].get(geometry) || geometry["coordinates"].get(coordinates)) return wrong("it has no geometry with coordinates");
    const std::string type = text_of(geometry, "type");
    const bool area = type == "Polygon" || type == "MultiPolygon";
    std::string_view name;
    const bool named = !feature["properties"]["name"].get(name) && !trim(name).empty();
    if (area && !named) return wrong("a polygon needs properties.name, the region's name");
    if (named) place_ += fmt::format(" ({})", cut(name));
    if (name.size() > kMaxNameBytes) return wrong("its name is too long");
    if (type == "Polygon") return polygon(coordinates);
    if (type == "MultiPolygon") return each(coordinates, [&](element one) { return polygon(one); });
    if (type == "LineString") return line(coordinates, 2, false);
    if (type == "MultiLineString") return each(coordinates, [&](element one) { return line(one, 2, false); });
    return wrong(fmt::format("\"{}\" is not Polygon, MultiPolygon, LineString or MultiLineString", cut(type)));
  }
  std::int64_t positions() const { return positions_; }

 private:
  static std::string text_of(element from, const char* key) {
    std::string_view text;
    return from[key].get(text) ? std::string() : std::string(text);
  }
  static std::string cut(std::string_view text) { return std::string(text.substr(0, 60)); }
  Result<> wrong(std::string_view what) const { return fail(ErrorKind::invalid_input, "{}: {}", place_, what); }

  template <class Check>
  Result<> each(element list, Check check) {
    simdjson::dom::array items;
    if (list.get(items) || items.size() == 0) return wrong("its coordinates are no list of parts");
    for (const element item : items) TRY(check(item));
    return {};
  }
  Result<> polygon(element rings) {
    return each(rings, [&](element ring) { return line(ring, 4, true); });
  }
  Result<> line(element list, std::size_t at_least, bool closed) {
    simdjson::dom::array positions;
    if (list.get(positions) || positions.size() < at_least) return wrong(fmt::format("a line or ring needs a list of at least {} positions", at_least));
    std::array<double, 2> first{}, last{};
    bool begun = false;
    for (const element position : positions) {
      simdjson::dom::array numbers;
      if (position.get(numbers) || numbers.size() < 2 || numbers.at(0).get(last[0]) || numbers.at(1).get(last[1])) return wrong("a position is not [longitude, latitude]");
      if (!(std::abs(last[0]) <= 180 && std::abs(last[1]) <= 90)) return wrong(fmt::format("[{}, {}] is no longitude and latitude in degrees", last[0], last[1]));
      if (!begun) first = last;
      begun = true;
    }
    if (closed && first != last) return wrong("a ring is not closed: its last position must be its first");
    positions_ += static_cast<std::int64_t>(positions.size());
    if (positions_ > kMaxPositions) return wrong(fmt::format("the map has more than {} positions: simplify it", kMaxPositions));
    return {};
  }

  std::string place_;
  std::int64_t positions_ = 0;
};

}  // namespace

Result<std::string> read_approval_number(std::string_view text) {
  std::string plain = replace_all(replace_all(replace_all(std::string(text), "（", "("), "）", ")"), "　", "");
  std::erase_if(plain, is_space);
  const auto wrong = [&] { return fail(ErrorKind::invalid_input, "approval: \"{}\" is no approval number of a map (审图号): they look like GS(2024)0650号, GS京(2023)0123号 or 京S(2022)031号", text.substr(0, 60)); };
  std::string_view rest = plain;
  if (rest.starts_with("GS")) {
    rest.remove_prefix(2);
    take_province(rest);
  } else {
    if (!take_province(rest) || !rest.starts_with("S")) return wrong();
    rest.remove_prefix(1);
  }
  if (rest.size() < 7 || rest[0] != '(' || rest[5] != ')') return wrong();
  const auto year = parse_int(rest.substr(1, 4));
  rest.remove_prefix(6);
  const std::size_t digits = static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), is_digit) - rest.begin());
  if (!year || *year < 2000 || *year > 2100 || digits < 1 || digits > 5 || rest.substr(digits) != "号") return wrong();
  return plain;
}

Result<MapContent> check_map(std::string_view geojson) {
  geojson = without_mark(geojson);
  if (geojson.size() > kMaxMapBytes) return fail(ErrorKind::invalid_input, "the map has {} bytes, at most {} are taken: simplify it", geojson.size(), kMaxMapBytes);
  simdjson::dom::parser parser;
  element root;
  const simdjson::padded_string padded(geojson);
  if (const auto error = parser.parse(padded).get(root)) return fail(ErrorKind::invalid_input, "the map is not JSON: {}", simdjson::error_message(error));
  std::string_view type;
  simdjson::dom::array features;
  if (root["type"].get(type) || type != "FeatureCollection" || root["features"].get(features)) return fail(ErrorKind::invalid_input, "the map is no GeoJSON FeatureCollection (RFC 7946)");
  if (features.size() == 0 || static_cast<std::int64_t>(features.size()) > kMaxFeatures) return fail(ErrorKind::invalid_input, "the map has {} features, expected 1 to {}", features.size(), kMaxFeatures);
  MapContent content;
  Checker checker;
  for (const element feature : features) TRY(checker.check_feature(++content.features, feature));
  content.positions = checker.positions();
  return content;
}

Result<std::optional<MapBase>> read_map_base_about(const fs::path& state) {
  const Result<std::string> text = read_file(state / kAbout);
  if (!text && text.error().kind == ErrorKind::not_found) return std::optional<MapBase>();
  if (!text) return tl::unexpected<Error>(text.error());
  simdjson::dom::parser parser;
  element root;
  MapBase base;
  const auto read_text = [&](const char* key, std::string& into) {
    std::string_view value;
    if (root[key].get(value)) return false;
    into = value;
    return true;
  };
  const bool whole = !parser.parse(*text).get(root) && read_text("approval", base.approval) && read_text("name", base.name) && read_text("by", base.by) && read_text("at", base.at) && read_text("sha256", base.sha256) &&
                     !root["bytes"].get(base.bytes) && !root["features"].get(base.features) && !root["positions"].get(base.positions);
  const bool hash = base.sha256.size() == 64 && std::all_of(base.sha256.begin(), base.sha256.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  if (!whole || !hash) return fail(ErrorKind::corrupt, "{} is damaged: remove the base map and install it again", kAbout);
  return std::optional(std::move(base));
}

Result<MapBase> install_map_base(const fs::path& state, std::string_view geojson, std::string_view approval, std::string_view name, std::string_view by) {
  MapBase base;
  base.approval = TRY(read_approval_number(approval));
  base.name = trim(name);
  if (base.name.size() > kMaxNameBytes) return fail(ErrorKind::invalid_input, "name: longer than {} bytes", kMaxNameBytes);
  const MapContent content = TRY(check_map(geojson));
  geojson = without_mark(geojson);
  base.by = by;
  base.at = store::utc_now();
  base.sha256 = sha256_hex(geojson);
  base.bytes = static_cast<std::int64_t>(geojson.size());
  base.features = content.features;
  base.positions = content.positions;
  const auto before = read_map_base_about(state);
  TRY(write_file_atomically(state / file_name(base.sha256), geojson));
  TRY(write_file_atomically(state / kAbout, to_json(base)));
  std::error_code ignored;
  if (before && *before && (*before)->sha256 != base.sha256) fs::remove(state / file_name((*before)->sha256), ignored);
  return base;
}

Result<std::optional<MapBase>> installed_map_base(const fs::path& state) {
  std::optional<MapBase> base = TRY(read_map_base_about(state));
  if (base) TRY(read_map_base(state));
  return base;
}

Result<std::string> read_map_base(const fs::path& state) {
  const std::optional<MapBase> base = TRY(read_map_base_about(state));
  if (!base) return fail(ErrorKind::not_found, "no base map is installed; an admin installs an approved one (docs/operations.md)");
  const Result<std::string> geojson = read_file(state / file_name(base->sha256));
  if (!geojson || sha256_hex(*geojson) != base->sha256) return fail(ErrorKind::corrupt, "the base map is not the one that was installed: install it again");
  return *geojson;
}

Result<> remove_map_base(const fs::path& state) {
  const Result<std::optional<MapBase>> base = read_map_base_about(state);
  if (base && !*base) return fail(ErrorKind::not_found, "no base map is installed");
  std::error_code error;
  fs::remove(state / kAbout, error);
  if (error) return fail(ErrorKind::unavailable, "{} cannot be removed: {}", kAbout, error.message());
  if (base) fs::remove(state / file_name((*base)->sha256), error);
  return {};
}

std::string to_json(const std::optional<MapBase>& base) {
  JsonWriter json;
  json.begin_object().field("installed", base.has_value());
  const MapBase shown = base.value_or(MapBase{});
  json.field("approval", shown.approval).field("name", shown.name).field("by", shown.by).field("at", shown.at).field("sha256", shown.sha256);
  return json.field("bytes", shown.bytes).field("features", shown.features).field("positions", shown.positions).end_object().text();
}

}  // namespace jianwei::server
