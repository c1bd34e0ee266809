// A network as map and graph programs read it: Gephi (GEXF, GraphML), Pajek, VOSviewer, Cytoscape.
//
// All writers give the same nodes and edges; what a format cannot hold is left out (docs/formats/exports.md lists it).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jianwei::products {

struct NetworkNode {
  std::string id;                 // the product's own id ("T12", "term:soft robot"); unique
  std::string label;
  double x = 0.0;
  double y = 0.0;
  std::int32_t cluster = -1;      // 0-based, -1: none
  std::vector<double> weights;    // as Network::weight_names; >= 0; the first sizes the node
  std::vector<double> scores;     // as Network::score_names; not a number: unknown
  std::int16_t first_year = 0;    // 0: always there
  std::int16_t last_year = 0;
};

struct NetworkEdge {
  std::int32_t source = 0;        // indices into nodes
  std::int32_t target = 0;
  double weight = 1.0;            // > 0
};

struct Network {
  std::string title;
  std::string description;        // data version, filters, method, seed, software version
  std::vector<std::string> weight_names, score_names;  // "documents", "occurrences"; "mean year", "emergence"
  std::vector<NetworkNode> nodes;
  std::vector<NetworkEdge> edges; // undirected unless `directed`
  bool directed = false;
};

std::string to_gexf(const Network& network);      // GEXF 1.3 with viz; dynamic when a node has years
std::string to_graphml(const Network& network);

// Pajek: .net holds labels, positions scaled to [0, 1] and edges; .clu the clusters (1-based, 0 none); .vec the first weight.
// Lines end in "\r\n"; a byte order mark tells Pajek for Windows that labels are UTF-8.
struct PajekFiles {
  std::string net, clu, vec;
};
PajekFiles to_pajek(const Network& network, bool byte_order_mark = true);

// VOSviewer: map and network text files, and the JSON that VOSviewer and VOSviewer Online open.
std::string to_vosviewer_map(const Network& network);
std::string to_vosviewer_network(const Network& network);
std::string to_vosviewer_json(const Network& network);

// Twenty colours told apart on white and on a screen for colour-blind readers as far as twenty can be; as #RRGGBB; grey for no cluster.
std::string cluster_color(std::int32_t cluster);

}  // namespace jianwei::products
