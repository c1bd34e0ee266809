// Writers of network formats. Numbers are written in their shortest form that reads back to the same double.
#include "products/exporters/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/json_writer.h"
#include "base/strings.h"

namespace jianwei::products {
namespace {

// As text or attribute value; characters that XML 1.0 does not allow are dropped.
std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': case '\t': case '\r': out += ' '; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
    }
  }
  return out;
}

// One line of a tab-separated file.
std::string plain(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return out;
}

double value_at(const std::vector<double>& values, std::size_t i) { return i < values.size() ? values[i] : std::numeric_limits<double>::quiet_NaN(); }

bool has_years(const Network& network) {
  return std::any_of(network.nodes.begin(), network.nodes.end(), [](const NetworkNode& node) { return node.first_year != 0 || node.last_year != 0; });
}

struct Bounds {
  double left = 0.0, top = 0.0, extent = 1.0;
};

Bounds bounds_of(const Network& network) {
  if (network.nodes.empty()) return {};
  Bounds bounds{network.nodes[0].x, network.nodes[0].y, 1.0};
  double right = bounds.left, bottom = bounds.top;
  for (const NetworkNode& node : network.nodes) {
    bounds.left = std::min(bounds.left, node.x);
    right = std::max(right, node.x);
    bounds.top = std::min(bounds.top, node.y);
    bottom = std::max(bottom, node.y);
  }
  bounds.extent = std::max({right - bounds.left, bottom - bounds.top, 1e-12});
  return bounds;
}

// Node sizes for viz: area follows the first weight, diameters 4 to 40.
double viz_size(const NetworkNode& node, double largest) {
  if (node.weights.empty() || !(largest > 0.0) || !(node.weights[0] >= 0.0)) return 10.0;
  return std::max(4.0, 40.0 * std::sqrt(node.weights[0] / largest));
}

double largest_weight(const Network& network) {
  double largest = 0.0;
  for (const NetworkNode& node : network.nodes) largest = std::max(largest, node.weights.empty() ? 0.0 : node.weights[0]);
  return largest;
}

// Appends name="..." pairs of the attributes in both XML formats: cluster, weights, scores.
struct Attribute {
  std::string id, name, type;
};

std::vector<Attribute> attributes_of(const Network& network, std::string_view integer_type) {
  std::vector<Attribute> attributes = {{"cluster", "cluster", std::string(integer_type)}};
  for (std::size_t i = 0; i < network.weight_names.size(); ++i) attributes.push_back({fmt::format("w{}", i), network.weight_names[i], "double"});
  for (std::size_t i = 0; i < network.score_names.size(); ++i) attributes.push_back({fmt::format("s{}", i), network.score_names[i], "double"});
  return attributes;
}

// The values of a node in the order of attributes_of(); "" for unknown.
std::vector<std::string> attribute_values(const Network& network, const NetworkNode& node) {
  std::vector<std::string> values = {node.cluster < 0 ? "" : fmt::to_string(node.cluster + 1)};
  const auto add = [&values](double value) { values.push_back(std::isfinite(value) ? fmt::format("{}", value) : ""); };
  for (std::size_t i = 0; i < network.weight_names.size(); ++i) add(value_at(node.weights, i));
  for (std::size_t i = 0; i < network.score_names.size(); ++i) add(value_at(node.scores, i));
  return values;
}

}  // namespace

std::string cluster_color(std::int32_t cluster) {
  // Paul Tol's and Okabe-Ito's qualitative sets, then darker turns of them.
  static constexpr std::array<std::string_view, 20> kColors = {"#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#E69F00", "#56B4E9", "#009E73", "#D55E00",
                                                              "#0072B2", "#CC79A7", "#332288", "#882255", "#117733", "#999933", "#44AA99", "#661100", "#6699CC", "#AA4466"};
  return std::string(cluster < 0 ? "#999999" : kColors[static_cast<std::size_t>(cluster) % kColors.size()]);
}

std::string to_gexf(const Network& network) {
  const bool dynamic = has_years(network);
  const std::vector<Attribute> attributes = attributes_of(network, "integer");
  const double largest = largest_weight(network);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n";
  out += fmt::format("  <meta>\n    <creator>Jianwei</creator>\n    <title>{}</title>\n    <description>{}</description>\n  </meta>\n", xml(network.title), xml(network.description));
  out += fmt::format("  <graph defaultedgetype=\"{}\" mode=\"{}\"{}>\n", network.directed ? "directed" : "undirected", dynamic ? "dynamic" : "static", dynamic ? " timeformat=\"integer\"" : "");
  out += "    <attributes class=\"node\" mode=\"static\">\n";
  for (const Attribute& a : attributes) out += fmt::format("      <attribute id=\"{}\" title=\"{}\" type=\"{}\"/>\n", a.id, xml(a.name), a.type);
  out += fmt::format("    </attributes>\n    <nodes count=\"{}\">\n", network.nodes.size());
  for (const NetworkNode& node : network.nodes) {
    out += fmt::format("      <node id=\"{}\" label=\"{}\"", xml(node.id), xml(node.label));
    if (node.first_year != 0) out += fmt::format(" start=\"{}\"", node.first_year);
    if (node.last_year != 0) out += fmt::format(" end=\"{}\"", node.last_year);
    out += ">\n        <attvalues>";
    const std::vector<std::string> values = attribute_values(network, node);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i].empty()) out += fmt::format("<attvalue for=\"{}\" value=\"{}\"/>", attributes[i].id, values[i]);
    }
    const std::string color = cluster_color(node.cluster);
    const auto channel = [&color](std::size_t at) { return std::stoi(color.substr(at, 2), nullptr, 16); };
    // Gephi's plane is about a thousand units wide.
    out += fmt::format("</attvalues>\n        <viz:size value=\"{:.3f}\"/><viz:position x=\"{}\" y=\"{}\" z=\"0\"/><viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>\n      </node>\n", viz_size(node, largest),
                       node.x * 500.0, node.y * 500.0, channel(1), channel(3), channel(5));
  }
  out += fmt::format("    </nodes>\n    <edges count=\"{}\">\n", network.edges.size());
  for (std::size_t e = 0; e < network.edges.size(); ++e) {
    const NetworkEdge& edge = network.edges[e];
    out += fmt::format("      <edge id=\"{}\" source=\"{}\" target=\"{}\" weight=\"{}\"/>\n", e, xml(network.nodes[static_cast<std::size_t>(edge.source)].id),
                       xml(network.nodes[static_cast<std::size_t>(edge.target)].id), edge.weight);
  }
  return out + "    </edges>\n  </graph>\n</gexf>\n";
}

std::string to_graphml(const Network& network) {
  const std::vector<Attribute> attributes = attributes_of(network, "int");
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  out += "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n  <key id=\"x\" for=\"node\" attr.name=\"x\" attr.type=\"double\"/>\n  <key id=\"y\" for=\"node\" attr.name=\"y\" attr.type=\"double\"/>\n";
  for (const Attribute& a : attributes) out += fmt::format("  <key id=\"{}\" for=\"node\" attr.name=\"{}\" attr.type=\"{}\"/>\n", a.id, xml(a.name), a.type);
  out += "  <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n";
  out += fmt::format("  <graph id=\"G\" edgedefault=\"{}\">\n    <desc>{}</desc>\n", network.directed ? "directed" : "undirected", xml(network.title + (network.description.empty() ? "" : ". " + network.description)));
  for (const NetworkNode& node : network.nodes) {
    out += fmt::format("    <node id=\"{}\"><data key=\"label\">{}</data><data key=\"x\">{}</data><data key=\"y\">{}</data>", xml(node.id), xml(node.label), node.x, node.y);
    const std::vector<std::string> values = attribute_values(network, node);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i].empty()) out += fmt::format("<data key=\"{}\">{}</data>", attributes[i].id, values[i]);
    }
    out += "</node>\n";
  }
  for (const NetworkEdge& edge : network.edges) {
    out += fmt::format("    <edge source=\"{}\" target=\"{}\"><data key=\"weight\">{}</data></edge>\n", xml(network.nodes[static_cast<std::size_t>(edge.source)].id),
                       xml(network.nodes[static_cast<std::size_t>(edge.target)].id), edge.weight);
  }
  return out + "  </graph>\n</graphml>\n";
}

PajekFiles to_pajek(const Network& network, bool byte_order_mark) {
  const Bounds bounds = bounds_of(network);
  PajekFiles files;
  const std::string head = fmt::format("{}*Vertices {}\r\n", byte_order_mark ? "\xEF\xBB\xBF" : "", network.nodes.size());
  files.net = files.clu = files.vec = head;
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const NetworkNode& node = network.nodes[i];
    // A quote inside a label cannot be written; an apostrophe stands for it.
    files.net += fmt::format("{} \"{}\" {:.6f} {:.6f} 0.5\r\n", i + 1, replace_all(plain(node.label), "\"", "'"), (node.x - bounds.left) / bounds.extent, (node.y - bounds.top) / bounds.extent);
    files.clu += fmt::format("{}\r\n", node.cluster + 1);
    files.vec += fmt::format("{}\r\n", node.weights.empty() || !std::isfinite(node.weights[0]) ? 1.0 : node.weights[0]);
  }
  files.net += network.directed ? "*Arcs\r\n" : "*Edges\r\n";
  for (const NetworkEdge& edge : network.edges) files.net += fmt::format("{} {} {}\r\n", edge.source + 1, edge.target + 1, edge.weight);
  return files;
}

std::string to_vosviewer_map(const Network& network) {
  std::string out = "id\tlabel\tx\ty\tcluster";
  for (const std::string& name : network.weight_names) out += fmt::format("\tweight<{}>", plain(name));
  for (const std::string& name : network.score_names) out += fmt::format("\tscore<{}>", plain(name));
  out += '\n';
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const NetworkNode& node = network.nodes[i];
    out += fmt::format("{}\t{}\t{}\t{}\t{}", i + 1, plain(node.label), node.x, node.y, node.cluster < 0 ? "" : fmt::to_string(node.cluster + 1));
    const auto add = [&out](double value) { out += std::isfinite(value) ? fmt::format("\t{}", value) : "\t"; };
    for (std::size_t w = 0; w < network.weight_names.size(); ++w) add(value_at(node.weights, w));
    for (std::size_t s = 0; s < network.score_names.size(); ++s) add(value_at(node.scores, s));
    out += '\n';
  }
  return out;
}

std::string to_vosviewer_network(const Network& network) {
  std::string out;
  for (const NetworkEdge& edge : network.edges) out += fmt::format("{}\t{}\t{}\n", edge.source + 1, edge.target + 1, edge.weight);
  return out;
}

std::string to_vosviewer_json(const Network& network) {
  JsonWriter json;
  json.begin_object().key("network").begin_object().key("items").begin_array();
  for (std::size_t i = 0; i < network.nodes.size(); ++i) {
    const NetworkNode& node = network.nodes[i];
    json.begin_object().field("id", i + 1).field("label", std::string_view(node.label)).field("x", node.x).field("y", node.y);
    if (node.cluster >= 0) json.field("cluster", node.cluster + 1);
    const auto add = [&json](std::string_view key, const std::vector<std::string>& names, const std::vector<double>& values) {
      if (names.empty()) return;
      json.key(key).begin_object();
      for (std::size_t v = 0; v < names.size(); ++v) {
        if (std::isfinite(value_at(values, v))) json.field(names[v], values[v]);
      }
      json.end_object();
    };
    add("weights", network.weight_names, node.weights);
    add("scores", network.score_names, node.scores);
    json.end_object();
  }
  json.end_array().key("links").begin_array();
  for (const NetworkEdge& edge : network.edges) json.begin_object().field("source_id", edge.source + 1).field("target_id", edge.target + 1).field("strength", edge.weight).end_object();
  json.end_array().end_object();
  json.key("info").begin_object().field("title", std::string_view(network.title)).field("description", std::string_view(network.description)).end_object();
  json.end_object();
  return std::move(json).text();
}

}  // namespace jianwei::products
