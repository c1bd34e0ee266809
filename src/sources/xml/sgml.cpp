#include "sources/xml/sgml.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::sources::xml {
namespace {

struct Entity {
  std::string_view name;
  std::string_view text;
};

// ISO 8879 sets (isogrk1 as &xgr;, isonum, isopub, isotech, isolat2) that HTML 4 lacks and patents use; sorted by name.
constexpr std::array<Entity, 96> kEntities = {{
    {"Agr", "Α"}, {"Bgr", "Β"}, {"Dgr", "Δ"}, {"EEgr", "Η"}, {"Egr", "Ε"}, {"Ggr", "Γ"}, {"Gmacr", "Ḡ"}, {"Igr", "Ι"},
    {"KHgr", "Χ"}, {"Kgr", "Κ"}, {"Lgr", "Λ"}, {"Mgr", "Μ"}, {"Ngr", "Ν"}, {"OHgr", "Ω"}, {"Ogr", "Ο"}, {"PHgr", "Φ"},
    {"PSgr", "Ψ"}, {"Pgr", "Π"}, {"Rgr", "Ρ"}, {"Scaron", "Š"}, {"Sgr", "Σ"}, {"THgr", "Θ"}, {"Tgr", "Τ"}, {"Ugr", "Υ"},
    {"Xgr", "Ξ"}, {"Zgr", "Ζ"}, {"agr", "α"}, {"angst", "Å"}, {"apos", "'"}, {"ast", "*"}, {"bgr", "β"}, {"boxh", "─"},
    {"boxv", "│"}, {"bsol", "\\"}, {"check", "✓"}, {"cir", "○"}, {"colon", ":"}, {"comma", ","}, {"commat", "@"}, {"copysr", "℗"},
    {"dash", "‐"}, {"dgr", "δ"}, {"dollar", "$"}, {"eegr", "η"}, {"egr", "ε"}, {"emsp13", " "}, {"emsp14", " "}, {"equals", "="},
    {"excl", "!"}, {"ggr", "γ"}, {"hairsp", " "}, {"horbar", "―"}, {"hyphen", "-"}, {"igr", "ι"}, {"incare", "℅"}, {"kgr", "κ"},
    {"khgr", "χ"}, {"lcub", "{"}, {"lgr", "λ"}, {"lowbar", "_"}, {"lpar", "("}, {"lsqb", "["}, {"mgr", "μ"}, {"mldr", "…"},
    {"ngr", "ν"}, {"num", "#"}, {"numsp", " "}, {"ogr", "ο"}, {"ohgr", "ω"}, {"ohm", "Ω"}, {"percnt", "%"}, {"period", "."},
    {"pgr", "π"}, {"phgr", "φ"}, {"plus", "+"}, {"psgr", "ψ"}, {"puncsp", " "}, {"quest", "?"}, {"rcub", "}"}, {"rgr", "ρ"},
    {"rpar", ")"}, {"rsqb", "]"}, {"scaron", "š"}, {"semi", ";"}, {"sgr", "σ"}, {"sol", "/"}, {"square", "□"}, {"squf", "▪"},
    {"star", "☆"}, {"starf", "★"}, {"tgr", "τ"}, {"thgr", "θ"}, {"ugr", "υ"}, {"verbar", "|"}, {"xgr", "ξ"}, {"zgr", "ζ"},
}};

const Entity* find_entity(std::string_view name) {
  const auto at = std::lower_bound(kEntities.begin(), kEntities.end(), name, [](const Entity& entity, std::string_view wanted) { return entity.name < wanted; });
  return at != kEntities.end() && at->name == name ? &*at : nullptr;
}

constexpr std::size_t kMaxOpen = 4096;  // open elements; more are no patent but an attack on this loop

bool is_xml_entity(std::string_view name) { return name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos"; }

}  // namespace

bool is_known_entity(std::string_view name) {
  if (is_xml_entity(name) || find_entity(name) != nullptr) return true;
  const std::string written = "&" + std::string(name) + ";";
  return decode_entities(written) != written;
}

std::string replace_sgml_entities(std::string_view text) {
  std::string replaced;
  replaced.reserve(text.size());
  while (!text.empty()) {
    const std::size_t at = text.find('&');
    replaced += text.substr(0, at);
    if (at == std::string_view::npos) break;
    text.remove_prefix(at);
    const std::size_t end = text.substr(0, 40).find(';');
    const std::string_view name = end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
    if (name.empty() || name[0] == '#' || is_xml_entity(name)) {
      replaced += '&';
      text.remove_prefix(1);
      continue;
    }
    if (const Entity* entity = find_entity(name)) {
      replaced += entity->text;
    } else {
      replaced += decode_entities(text.substr(0, end + 1));
    }
    text.remove_prefix(end + 1);
  }
  return replaced;
}

std::string close_empty_tags(std::string_view text) {
  struct Open {
    std::string_view name;
    std::size_t end;  // of its start tag's ">" in the text
  };
  std::vector<Open> open;
  std::vector<std::size_t> slashes;  // where "/" goes
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const bool closing = at + 1 < text.size() && text[at + 1] == '/';
    const std::size_t start = at + (closing ? 2 : 1);
    const std::size_t name_end = text.find_first_of(" \t\r\n/>", start);
    const std::size_t end = text.find('>', start);
    if (end == std::string_view::npos || name_end > end) break;
    const std::string_view name = text.substr(start, name_end - start);
    if (name.empty() || name[0] == '!' || name[0] == '?') continue;
    if (!closing) {
      if (text[end - 1] != '/') open.push_back({name, end});
      if (open.size() > kMaxOpen) return std::string(text);
      continue;
    }
    std::size_t level = open.size();
    while (level > 0 && open[level - 1].name != name) --level;
    if (level == 0) continue;  // an end tag without start: the parser says so
    for (std::size_t i = level; i < open.size(); ++i) slashes.push_back(open[i].end);
    open.resize(level - 1);
  }
  std::sort(slashes.begin(), slashes.end());
  std::string closed;
  closed.reserve(text.size() + slashes.size());
  std::size_t done = 0;
  for (const std::size_t slash : slashes) {
    closed += text.substr(done, slash - done);
    closed += '/';
    done = slash;
  }
  closed += text.substr(done);
  return closed;
}

}  // namespace jianwei::sources::xml
