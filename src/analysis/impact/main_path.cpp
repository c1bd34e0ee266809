// Documents that cite each other in a circle (same-year papers, errors of dates) form strongly connected components, found by Tarjan's
// algorithm without recursion; links inside one are left out, and the order of the components is then an order of the flow.
#include "analysis/impact/main_path.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/graph/networks.h"

namespace jianwei::analysis {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();  // log 0

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kNone ? a : a + std::log1p(std::exp(b - a));
}

struct FlowOrder {
  std::vector<std::int32_t> component;  // [documents]; Tarjan numbers a component after those it cites
  std::vector<std::int32_t> order;      // documents, cited before citing
};

FlowOrder order_flow(const IdLists& references) {
  const auto count = static_cast<std::int64_t>(references.offsets.size()) - 1;
  FlowOrder found;
  found.component.assign(at(count), -1);
  std::vector<std::int32_t> index(at(count), -1), low(at(count), 0), open;
  std::vector<std::pair<std::int32_t, std::int64_t>> calls;  // document, next entry to look at
  std::int32_t next_index = 0, next_component = 0;
  for (std::int32_t root = 0; root < count; ++root) {
    if (index[at(root)] >= 0) continue;
    calls.emplace_back(root, references.offsets[at(root)]);
    while (!calls.empty()) {
      const std::int32_t node = calls.back().first;
      if (index[at(node)] < 0) {
        index[at(node)] = low[at(node)] = next_index++;
        open.push_back(node);
      }
      if (calls.back().second < references.offsets[at(node) + 1]) {
        const std::int32_t cited = references.values[at(calls.back().second++)];
        if (index[at(cited)] < 0) {
          calls.emplace_back(cited, references.offsets[at(cited)]);
        } else if (found.component[at(cited)] < 0) {
          low[at(node)] = std::min(low[at(node)], index[at(cited)]);
        }
        continue;
      }
      calls.pop_back();
      if (!calls.empty()) low[at(calls.back().first)] = std::min(low[at(calls.back().first)], low[at(node)]);
      if (low[at(node)] != index[at(node)]) continue;
      for (std::int32_t member = -1; member != node;) {
        member = open.back();
        open.pop_back();
        found.component[at(member)] = next_component;
        found.order.push_back(member);
      }
      ++next_component;
    }
  }
  return found;
}

}  // namespace

Result<MainPath> find_main_path(const IdLists& references) {
  const auto count = static_cast<std::int64_t>(references.offsets.size()) - 1;
  for (const std::int32_t cited : references.values) {
    if (cited < 0 || cited >= count) return fail(ErrorKind::invalid_input, "a reference points to document {} of {}", cited, count);
  }
  const FlowOrder components = order_flow(references);
  MainPath result;
  result.shares.assign(references.values.size(), 0.0);
  result.through.assign(at(count), 0.0);
  const auto each_link = [&](std::int32_t citing, const auto& use) {
    for (std::int64_t e = references.offsets[at(citing)]; e < references.offsets[at(citing) + 1]; ++e) {
      const std::int32_t cited = references.values[at(e)];
      if (components.component[at(cited)] != components.component[at(citing)]) use(cited, e);
    }
  };

  // N- in the order of the flow, N+ against it; as logarithms.
  std::vector<double> before(at(count), kNone), after(at(count), kNone);
  std::vector<std::uint8_t> is_cited(at(count), 0), cites(at(count), 0);
  for (const std::int32_t citing : components.order) {
    each_link(citing, [&](std::int32_t cited, std::int64_t) {
      before[at(citing)] = log_add(before[at(citing)], before[at(cited)]);
      is_cited[at(cited)] = cites[at(citing)] = 1;
    });
    if (cites[at(citing)] == 0) before[at(citing)] = 0.0;
  }
  double total = kNone;
  for (auto citing = components.order.rbegin(); citing != components.order.rend(); ++citing) {
    if (is_cited[at(*citing)] == 0) {
      after[at(*citing)] = 0.0;
      if (cites[at(*citing)] != 0) total = log_add(total, before[at(*citing)]);
    }
    each_link(*citing, [&](std::int32_t cited, std::int64_t) { after[at(cited)] = log_add(after[at(cited)], after[at(*citing)]); });
  }
  std::int64_t used = 0;
  std::vector<double> best(at(count), 0.0);  // the largest sum of shares of a path that ends here
  std::vector<std::int32_t> from(at(count), -1);
  std::vector<std::int64_t> by(at(count), -1);
  std::int32_t last = -1;
  for (const std::int32_t citing : components.order) {
    each_link(citing, [&](std::int32_t cited, std::int64_t e) {
      ++used;
      result.shares[at(e)] = std::exp(before[at(cited)] + after[at(citing)] - total);
      const double sum = best[at(cited)] + result.shares[at(e)];
      if (from[at(citing)] >= 0 && sum <= best[at(citing)]) return;
      best[at(citing)] = sum;
      from[at(citing)] = cited;
      by[at(citing)] = e;
    });
    if (is_cited[at(citing)] != 0 || cites[at(citing)] != 0) result.through[at(citing)] = std::exp(before[at(citing)] + after[at(citing)] - total);
    if (from[at(citing)] >= 0 && (last < 0 || best[at(citing)] > best[at(last)] || (best[at(citing)] == best[at(last)] && citing < last))) last = citing;
  }
  result.left_out = static_cast<std::int64_t>(references.values.size()) - used;
  result.log_path_count = used > 0 ? total : 0.0;
  for (std::int32_t document = last; document >= 0; document = from[at(document)]) {
    result.documents.push_back(document);
    if (by[at(document)] >= 0) result.path_shares.push_back(result.shares[at(by[at(document)])]);
  }
  std::reverse(result.documents.begin(), result.documents.end());
  std::reverse(result.path_shares.begin(), result.path_shares.end());
  return result;
}

}  // namespace jianwei::analysis
