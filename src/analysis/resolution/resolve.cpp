// The flow of entity resolution:
//   1. prepare    records folded, sorted by key
//   2. block      candidate pairs
//   3. compare    levels of each pair, in parallel
//   4. learn      venue names that belong together, from pairs that are sure without them; then m, u, lambda by EM
//   5. decide     each pair: same, version or neither
//   6. cluster    links from the surest down, refusing a union that would put two contradicting records together
// Positions (0 = smallest key) are used until the last step, which turns them into indices of the input.
#include "analysis/resolution/resolve.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "analysis/resolution/blocking.h"
#include "analysis/resolution/decision.h"
#include "analysis/resolution/kept_comparisons.h"
#include "analysis/resolution/radix_sort.h"
#include "base/parallel.h"

namespace jianwei::analysis {
namespace {

constexpr std::int64_t kBlock = 1 << 14;
constexpr std::size_t kCheckedPairs = 100;  // of two clusters to be joined; larger ones are checked on evenly spaced members
constexpr std::size_t kListedCluster = 20;  // clusters up to this size get a link for each of their pairs

// With what learning needs of both records, so that it reads one array only.
struct ComparedPair {
  PackedPair pair = 0;
  Comparison comparison;
  std::uint64_t venues = 0;    // smaller id << 32 | larger id; all ones when one has none
  std::int32_t stratum = 0;    // 0: two sources; 1 + s: both of source s
  std::uint8_t kind = 0;
};
constexpr std::uint64_t kNoVenues = ~std::uint64_t{0};

// What learning needs of a record, close together.
struct Brief {
  std::int32_t venue_id = -1, source = 0;
  std::uint8_t kind = 0;
};

ComparedPair make_pair(const std::vector<Brief>& briefs, PackedPair pair, const Comparison& comparison) {
  const Brief& a = briefs[first_of(pair)];
  const Brief& b = briefs[second_of(pair)];
  ComparedPair item{pair, comparison, kNoVenues, a.source == b.source ? 1 + a.source : 0, a.kind};
  const auto [low, high] = std::minmax(a.venue_id, b.venue_id);
  if (low >= 0) item.venues = static_cast<std::uint64_t>(low) << 32 | static_cast<std::uint64_t>(high);
  return item;
}

// Takes over those of `known` (increasing) and compares the others.
std::vector<ComparedPair> compare_all(const PreparedRecords& prepared, const std::vector<PackedPair>& pairs, const std::vector<KeptComparisons::Pair>& known, std::int64_t& reused_count,
                                      int thread_count, Progress& progress) {
  std::vector<Brief> briefs;
  briefs.reserve(prepared.records.size());
  for (const Comparable& record : prepared.records) briefs.push_back({record.venue_id, record.source, record.kind});
  std::vector<ComparedPair> compared(pairs.size());
  std::atomic<std::int64_t> reused = 0;
  parallel_blocks(static_cast<std::int64_t>(pairs.size()), kBlock, thread_count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
    if (progress.cancelled()) return;
    std::vector<std::size_t> open;  // pairs to be compared
    auto next = std::lower_bound(known.begin(), known.end(), pairs[static_cast<std::size_t>(begin)], [](const KeptComparisons::Pair& item, PackedPair pair) { return item.pair < pair; });
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      while (next != known.end() && next->pair < pairs[i]) ++next;
      if (next == known.end() || next->pair != pairs[i]) {
        open.push_back(i);
        continue;
      }
      Comparison comparison = unpack_outcome(next->outcome);
      comparison.room = static_cast<double>(next->room);
      compared[i] = make_pair(briefs, pairs[i], comparison);
    }
    reused += end - begin - std::ssize(open);
    // The second records of pairs lie anywhere in memory: they are asked for some pairs ahead, and then what they point to.
    const auto ahead = [&](std::size_t place, std::size_t distance) -> const Comparable* {
      return place + distance < open.size() ? &prepared.records[second_of(pairs[open[place + distance]])] : nullptr;
    };
    for (std::size_t place = 0; place < open.size(); ++place) {
      const std::size_t i = open[place];
      if (const Comparable* far = ahead(place, 12)) {
        for (std::size_t line = 0; line < sizeof(Comparable); line += 64) __builtin_prefetch(reinterpret_cast<const char*>(far) + line);
      }
      if (const Comparable* near = ahead(place, 5)) {
        __builtin_prefetch(near->words.data());
        __builtin_prefetch(near->words.data() + 4);
        __builtin_prefetch(near->name_words.data());
        __builtin_prefetch(near->title.data());
        __builtin_prefetch(near->persons.data());
        __builtin_prefetch(near->persons.data() + 64);
        __builtin_prefetch(near->venue_initials.data());
      }
      compared[i] = make_pair(briefs, pairs[i], compare(prepared.records[first_of(pairs[i])], prepared.records[second_of(pairs[i])], prepared.context));
    }
    progress.advance(end - begin);
  });
  reused_count = reused;
  return compared;
}

// For the next resolution; to be called before the learned venues are put in.
void keep(const PreparedRecords& prepared, const std::vector<ComparedPair>& compared, std::int64_t reused_count, int thread_count, KeptComparisons& kept) {
  kept = keep_records(prepared, thread_count);
  kept.reused_count = reused_count;
  kept.pairs.reserve(compared.size());
  for (const ComparedPair& item : compared) kept.pairs.push_back({item.pair, pack_outcome(item.comparison), static_cast<float>(item.comparison.room)});
}

// Two names that sure pairs of different sources often carry together are names of one venue; two that both are well known from sure
// pairs but hardly ever meet are different venues.
void learn_venues(const std::vector<ComparedPair>& compared, DecisionContext& context) {
  std::unordered_map<std::uint64_t, std::int32_t> together;
  std::unordered_map<std::int32_t, std::int32_t> alone;
  std::vector<std::uint64_t> seen;
  for (const ComparedPair& item : compared) {
    const auto& levels = item.comparison.levels;
    if (item.venues == kNoVenues || item.stratum != 0) continue;
    if (levels[field_venue] == venue_unclear) seen.push_back(item.venues);
    const bool sure = levels[field_title] <= title_same_short && levels[field_persons] <= persons_subset && levels[field_year] == year_same && item.comparison.conflicts == conflict_none;
    if (!sure) continue;
    const auto low = static_cast<std::int32_t>(item.venues >> 32);
    const auto high = static_cast<std::int32_t>(item.venues & 0xffffffffU);
    ++together[item.venues];
    ++alone[low];
    if (low != high) ++alone[high];
  }
  radix_sort(seen);
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  for (const std::uint64_t key : seen) {
    const auto a = alone.find(static_cast<std::int32_t>(key >> 32));
    const auto b = alone.find(static_cast<std::int32_t>(key & 0xffffffffU));
    if (a == alone.end() || b == alone.end()) continue;
    const auto met = together.find(key);
    const double count = met == together.end() ? 0.0 : met->second;
    const double share = count / std::min(a->second, b->second);
    if (count >= 3 && share >= 0.3) context.venues.emplace(key, venue_same);
    if (std::min(a->second, b->second) >= 15 && share < 0.1) context.venues.emplace(key, venue_other);
  }
}

// Puts the learned venues into the pairs, and fits a model for each kind of record to how often each pattern of levels occurs, by stratum (within a source, or
// across sources).
std::vector<MatchModel> fit_models(const DecisionContext& context, std::vector<ComparedPair>& compared, int thread_count) {
  const auto count = static_cast<std::int64_t>(compared.size());
  using Counts = std::unordered_map<std::uint64_t, std::int64_t>;  // code: kind, stratum and the levels, half a byte each
  constexpr std::int64_t kCountedPairs = 1 << 18;
  std::vector<Counts> blocks(static_cast<std::size_t>((count + kCountedPairs - 1) / kCountedPairs));
  parallel_blocks(count, kCountedPairs, thread_count, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    Counts& counts = blocks[static_cast<std::size_t>(block)];
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      ComparedPair& item = compared[i];
      if (item.venues != kNoVenues) apply_venues(context, item.venues, item.comparison);
      std::uint64_t code = std::uint64_t{item.kind} << 32 | static_cast<std::uint64_t>(item.stratum);
      for (const std::uint8_t level : item.comparison.levels) code = code << 4 | (level & 15);  // 15: unknown
      ++counts[code];
    }
  });
  Counts all;
  for (const Counts& counts : blocks) {
    for (const auto& [code, pairs] : counts) all[code] += pairs;
  }
  std::array<std::vector<LevelPattern>, kRecordKinds.size()> patterns;
  for (const auto& [code, pairs] : all) {  // fit() sorts them
    LevelPattern pattern;
    for (std::size_t field = 0; field < field_count; ++field) {
      const auto level = static_cast<std::uint8_t>(code >> (4 * (field_count - 1 - field)) & 15);
      pattern.levels[field] = level == 15 ? kUnknownLevel : level;
    }
    pattern.stratum = static_cast<std::int32_t>(code >> (4 * field_count) & 0xffffffffU);
    pattern.pair_count = pairs;
    patterns[code >> (4 * field_count + 32)].push_back(pattern);
  }
  std::vector<MatchModel> models;
  for (std::vector<LevelPattern>& of_kind : patterns) models.push_back(MatchModel::fit(std::move(of_kind), static_cast<std::int32_t>(context.prepared.source_names.size()) + 1));
  return models;
}

struct Accepted {
  PackedPair pair = 0;
  Decision decision;
  Comparison comparison;
};

// What the compared pairs are: one work, and versions of one work; each list in the order of the pairs.
std::pair<std::vector<Accepted>, std::vector<Accepted>> decide_all(const DecisionContext& context, const std::vector<ComparedPair>& compared, int thread_count) {
  const auto count = static_cast<std::int64_t>(compared.size());
  std::vector<std::vector<Accepted>> blocks(static_cast<std::size_t>((count + kBlock - 1) / kBlock));
  parallel_blocks(count, kBlock, thread_count, [&](std::int64_t block, std::int64_t begin, std::int64_t end) {
    for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
      const ComparedPair& item = compared[i];
      const Decision decision = decide(context, first_of(item.pair), second_of(item.pair), item.comparison);
      if (decision.verdict == Verdict::none) continue;
      const bool close = item.comparison.closeness == kUnknownCloseness;  // taken over: how close the two are was not kept
      blocks[static_cast<std::size_t>(block)].push_back({item.pair, decision, close ? compare_records(context, first_of(item.pair), second_of(item.pair)) : item.comparison});
    }
  });
  std::vector<Accepted> same;
  std::vector<Accepted> versions;
  for (const std::vector<Accepted>& block : blocks) {
    for (const Accepted& item : block) (item.decision.verdict == Verdict::same ? same : versions).push_back(item);
  }
  return {std::move(same), std::move(versions)};
}

// Disjoint sets that list their members and refuse unions.
class Clusters {
 public:
  Clusters(const DecisionContext& context, std::size_t count, std::vector<std::vector<std::uint32_t>>&& separate_from)
      : context_(context), parent_(count), separate_from_(std::move(separate_from)) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }

  std::uint32_t root(std::uint32_t record) {
    while (parent_[record] != record) record = parent_[record] = parent_[parent_[record]];
    return record;
  }

  void join(std::uint32_t a, std::uint32_t b) {
    std::uint32_t x = root(a);
    std::uint32_t y = root(b);
    if (x == y) return;
    if (y < x) std::swap(x, y);
    std::vector<std::uint32_t> left = members(x);
    std::vector<std::uint32_t> right = members(y);
    if (is_kept_apart(left, y) || (left.size() + right.size() > 2 && is_contradicted(left, right, pack(a, b)))) return;
    left.insert(left.end(), right.begin(), right.end());
    members_.erase(y);
    parent_[y] = x;
    members_[x] = std::move(left);
  }

  const std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>& all() const { return members_; }

 private:
  std::vector<std::uint32_t> members(std::uint32_t root) const {
    const auto found = members_.find(root);
    return found == members_.end() ? std::vector<std::uint32_t>{root} : found->second;
  }

  bool is_kept_apart(const std::vector<std::uint32_t>& left, std::uint32_t other_root) {
    if (separate_from_.empty()) return false;
    for (const std::uint32_t record : left) {
      for (const std::uint32_t other : separate_from_[record]) {
        if (root(other) == other_root) return true;
      }
    }
    return false;
  }

  bool is_contradicted(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>& right, PackedPair direct) const {
    const std::size_t total = left.size() * right.size();
    const std::size_t step = std::max<std::size_t>(1, total / kCheckedPairs);
    for (std::size_t i = 0; i < total; i += step) {
      const std::uint32_t a = left[i / right.size()];
      const std::uint32_t b = right[i % right.size()];
      if (pack(a, b) != direct && contradicts(context_, a, b)) return true;
    }
    return false;
  }

  const DecisionContext& context_;
  std::vector<std::uint32_t> parent_;
  std::vector<std::vector<std::uint32_t>> separate_from_;                     // [records] or empty
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> members_;    // of clusters of two and more
};

std::string evidence_of(const ResolutionRecord& record, const Decision& decision, const Comparison& comparison) {
  std::string text;
  if (decision.scheme != 255) {
    const std::string_view scheme = identity_scheme_name(decision.scheme) == "patent_stem" ? "patent" : identity_scheme_name(decision.scheme);
    for (const std::string_view identifier : record.identifiers) {
      if (!identifier.starts_with(scheme) || identifier.size() <= scheme.size() || identifier[scheme.size()] != ':') continue;
      text = std::string(scheme) + ' ' + std::string(identifier.substr(scheme.size() + 1));
      break;
    }
  }
  const std::string levels = describe(comparison);
  return text.empty() ? levels : levels.empty() ? text : text + "; " + levels;
}

std::string rule_of(const Decision& decision) {
  if (decision.rule != "identifier") return std::string(decision.rule);
  return "identifier:" + std::string(identity_scheme_name(decision.scheme));
}

}  // namespace

Result<Resolution> resolve(std::span<const ResolutionRecord> records, std::span<const std::pair<std::int64_t, std::int64_t>> separate,
                           const ResolutionOptions& options, KeptComparisons* kept, Progress& progress) {
  progress.begin("resolve.prepare", static_cast<std::int64_t>(records.size()), "records");
  PreparedRecords prepared = TRY(prepare_records(records, options.thread_count, progress));
  mark_shared_identifiers(prepared);
  progress.begin("resolve.block");
  const std::vector<PackedPair> pairs = TRY(candidate_pairs(prepared, options.thread_count, progress));
  progress.begin("resolve.compare", static_cast<std::int64_t>(pairs.size()), "pairs");
  std::vector<KeptComparisons::Pair> known;
  if (kept != nullptr) {
    known = pairs_that_hold(*kept, prepared, options.thread_count);
    *kept = {};  // as long as the pairs of a large lake: gone before the compared ones are made
  }
  std::int64_t reused_count = 0;
  std::vector<ComparedPair> compared = compare_all(prepared, pairs, known, reused_count, options.thread_count, progress);
  TRY(progress.check());
  std::vector<KeptComparisons::Pair>().swap(known);
  if (kept != nullptr) keep(prepared, compared, reused_count, options.thread_count, *kept);

  DecisionContext context{prepared, {}, {}, options.min_probability};
  learn_venues(compared, context);
  context.models = fit_models(context, compared, options.thread_count);
  // From here on the model is fixed.

  std::vector<std::vector<std::uint32_t>> separate_from;
  if (!separate.empty()) {
    std::vector<std::uint32_t> position(records.size());
    for (std::uint32_t i = 0; i < prepared.order.size(); ++i) position[static_cast<std::size_t>(prepared.order[i])] = i;
    separate_from.resize(records.size());
    for (const auto& [a, b] : separate) {
      if (a < 0 || b < 0 || a == b || std::max(a, b) >= static_cast<std::int64_t>(records.size())) return fail(ErrorKind::invalid_input, "separate pair ({}, {}) names no two records", a, b);
      separate_from[position[static_cast<std::size_t>(a)]].push_back(position[static_cast<std::size_t>(b)]);
      separate_from[position[static_cast<std::size_t>(b)]].push_back(position[static_cast<std::size_t>(a)]);
    }
  }
  auto [same, versions] = decide_all(context, compared, options.thread_count);
  std::vector<ComparedPair>().swap(compared);
  std::sort(same.begin(), same.end(), [](const Accepted& a, const Accepted& b) {
    const bool id_a = a.decision.scheme != 255;
    const bool id_b = b.decision.scheme != 255;
    if (id_a != id_b) return id_a;
    // Equal titles come before contained ones, whatever the fitted weights make of them.
    if (a.comparison.same_title != b.comparison.same_title) return a.comparison.same_title;
    if (a.decision.score != b.decision.score) return a.decision.score > b.decision.score;
    return a.comparison.closeness != b.comparison.closeness ? a.comparison.closeness > b.comparison.closeness : a.pair < b.pair;
  });
  Clusters clusters(context, records.size(), std::vector<std::vector<std::uint32_t>>(separate_from));
  for (const Accepted& link : same) clusters.join(first_of(link.pair), second_of(link.pair));

  Resolution result;
  result.candidate_pair_count = static_cast<std::int64_t>(pairs.size());
  const auto add = [&](PackedPair pair, LinkKind kind, const Decision& decision, const Comparison& comparison, std::string rule) {
    const std::int64_t x = prepared.order[first_of(pair)];
    const std::int64_t y = prepared.order[second_of(pair)];
    result.links.push_back({std::min(x, y), std::max(x, y), kind, std::move(rule), decision.score, evidence_of(records[static_cast<std::size_t>(x)], decision, comparison)});
  };
  std::unordered_set<PackedPair> linked;
  for (const Accepted& link : same) {
    if (clusters.root(first_of(link.pair)) != clusters.root(second_of(link.pair))) continue;
    linked.insert(link.pair);
    add(link.pair, LinkKind::same, link.decision, link.comparison, rule_of(link.decision));
  }
  result.cluster.resize(records.size());
  std::iota(result.cluster.begin(), result.cluster.end(), std::int64_t{0});
  for (const auto& [root, members] : clusters.all()) {
    std::int64_t smallest = prepared.order[root];
    for (const std::uint32_t member : members) smallest = std::min(smallest, prepared.order[member]);
    for (const std::uint32_t member : members) result.cluster[static_cast<std::size_t>(prepared.order[member])] = smallest;
    // Pairs that are one work only because both are the same as a third.
    for (std::size_t i = 0; i < members.size() && members.size() <= kListedCluster; ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        if (linked.contains(pack(members[i], members[j]))) continue;
        const Comparison comparison = compare_records(context, members[i], members[j]);
        Decision decision;
        decision.score = std::max(1e-6, match_probability(context, members[i], members[j], comparison));
        add(pack(members[i], members[j]), LinkKind::same, decision, comparison, "transitive");
      }
    }
  }
  for (const Accepted& link : versions) {
    const std::uint32_t a = first_of(link.pair);
    const std::uint32_t b = second_of(link.pair);
    if (clusters.root(a) == clusters.root(b)) continue;
    if (!separate_from.empty() && std::find(separate_from[a].begin(), separate_from[a].end(), b) != separate_from[a].end()) continue;
    add(link.pair, LinkKind::version, link.decision, link.comparison, std::string(link.decision.rule));
  }
  std::sort(result.links.begin(), result.links.end(), [](const Link& a, const Link& b) { return std::tie(a.a, a.b) < std::tie(b.a, b.b); });
  return result;
}

}  // namespace jianwei::analysis
