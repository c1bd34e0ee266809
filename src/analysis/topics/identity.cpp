// Matches two generations of topics through the documents they share, and names what happened.
//
// Two tables are made: shared weights O_ij (soft, which also sees topics that are nobody's main topic) decide who continues whom; counts of main
// documents n_ij decide the events, because a person can check them.
#include "analysis/topics/identity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "analysis/clusters/leiden.h"

namespace jianwei::analysis {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

Result<> check(const TopicGeneration& generation, std::int32_t topic_count, std::string_view which) {
  if (std::ssize(generation.record_ids) != generation.documents.document_count()) {
    return fail(ErrorKind::invalid_input, "{}: {} records but {} rows of topics", which, generation.record_ids.size(), generation.documents.document_count());
  }
  for (const std::int32_t topic : generation.documents.topics) {
    if (topic < 0 || topic >= topic_count) return fail(ErrorKind::invalid_input, "{}: topic {} of {} topics", which, topic, topic_count);
  }
  return {};
}

// The largest share stands first in a row.
std::int32_t main_topic(const DocumentTopics& documents, std::int64_t d) {
  return documents.offsets[at(d)] == documents.offsets[at(d) + 1] ? -1 : documents.topics[at(documents.offsets[at(d)])];
}
float main_share(const DocumentTopics& documents, std::int64_t d) {
  return documents.offsets[at(d)] == documents.offsets[at(d) + 1] ? 0.0F : documents.shares[at(documents.offsets[at(d)])];
}

// Row of each document of `after` in `before`, -1 for a new one.
std::vector<std::int64_t> rows_before(const TopicGeneration& before, const TopicGeneration& after) {
  std::unordered_map<std::string_view, std::int64_t> row;
  row.reserve(before.record_ids.size());
  for (std::size_t d = 0; d < before.record_ids.size(); ++d) row.emplace(before.record_ids[d], static_cast<std::int64_t>(d));
  std::vector<std::int64_t> rows(after.record_ids.size(), -1);
  for (std::size_t d = 0; d < rows.size(); ++d) {
    if (const auto found = row.find(after.record_ids[d]); found != row.end()) rows[d] = found->second;
  }
  return rows;
}

using Cell = std::pair<std::int32_t, std::int32_t>;

// The matched new topic of every old one (-1: none), and the overlap of the pair.
struct Matches {
  std::vector<std::int32_t> successor;     // [old topics]
  std::vector<std::int32_t> predecessor;   // [new topics]
  std::vector<double> overlap;             // [old topics]
};

Matches match(const TopicGeneration& before, const TopicGeneration& after, std::span<const std::int64_t> row_before, std::int32_t topic_count, double min_overlap) {
  std::vector<double> shared(before.numbers.size() * at(topic_count), 0.0);  // [old][new]
  const auto place_of = [&](const Cell& cell) { return at(cell.first) * at(topic_count) + at(cell.second); };
  std::vector<double> square_before(before.numbers.size(), 0.0), square_after(at(topic_count), 0.0);
  for (std::size_t d = 0; d < row_before.size(); ++d) {
    const std::int64_t old = row_before[d];
    if (old < 0 || main_topic(before.documents, old) < 0 || main_topic(after.documents, static_cast<std::int64_t>(d)) < 0) continue;
    for (auto a = at(before.documents.offsets[at(old)]); a < at(before.documents.offsets[at(old) + 1]); ++a) {
      square_before[at(before.documents.topics[a])] += static_cast<double>(before.documents.shares[a]) * before.documents.shares[a];
      for (auto b = at(after.documents.offsets[d]); b < at(after.documents.offsets[d + 1]); ++b) {
        shared[place_of({before.documents.topics[a], after.documents.topics[b]})] += static_cast<double>(before.documents.shares[a]) * after.documents.shares[b];
      }
    }
    for (auto b = at(after.documents.offsets[d]); b < at(after.documents.offsets[d + 1]); ++b) {
      square_after[at(after.documents.topics[b])] += static_cast<double>(after.documents.shares[b]) * after.documents.shares[b];
    }
  }
  const auto overlap_of = [&](const Cell& cell, double weight) { return weight / std::sqrt(square_before[at(cell.first)] * square_after[at(cell.second)]); };
  std::vector<WeightedPair> pairs;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(before.numbers.size()); ++i) {
    for (std::int32_t j = 0; j < topic_count; ++j) {
      const double weight = shared[place_of({i, j})];
      if (weight > 0.0 && overlap_of({i, j}, weight) >= min_overlap) pairs.push_back({i, j, weight});
    }
  }
  Matches matches{assign_greatest_total(static_cast<std::int32_t>(before.numbers.size()), topic_count, pairs), std::vector<std::int32_t>(at(topic_count), -1),
                  std::vector<double>(before.numbers.size(), 0.0)};
  for (std::size_t i = 0; i < matches.successor.size(); ++i) {
    const std::int32_t j = matches.successor[i];
    if (j < 0) continue;
    matches.predecessor[at(j)] = static_cast<std::int32_t>(i);
    const Cell cell{static_cast<std::int32_t>(i), j};
    matches.overlap[i] = std::min(1.0, overlap_of(cell, shared[place_of(cell)]));
  }
  return matches;
}

// Main documents: counts by old and new topic, and where each shared document went.
struct MainDocuments {
  std::map<Cell, std::int64_t> shared;                   // n_ij
  std::vector<std::int64_t> before, after;               // [topics] all main documents
  std::vector<std::int64_t> still_before, known_after;   // [topics] of those, the shared ones
  std::vector<Cell> moves;                               // [shared documents]
  std::vector<std::int64_t> documents;                   // [shared documents] row in `after`
  std::int64_t count(std::int32_t i, std::int32_t j) const {
    const auto found = shared.find({i, j});
    return found == shared.end() ? 0 : found->second;
  }
};

MainDocuments count_main_documents(const TopicGeneration& before, const TopicGeneration& after, std::span<const std::int64_t> row_before, std::int32_t topic_count) {
  MainDocuments counts;
  counts.before.assign(before.numbers.size(), 0);
  counts.still_before = counts.before;
  counts.after.assign(at(topic_count), 0);
  counts.known_after = counts.after;
  for (std::int64_t d = 0; d < before.documents.document_count(); ++d) {
    if (const std::int32_t i = main_topic(before.documents, d); i >= 0) ++counts.before[at(i)];
  }
  for (std::size_t d = 0; d < row_before.size(); ++d) {
    const std::int32_t j = main_topic(after.documents, static_cast<std::int64_t>(d));
    if (j < 0) continue;
    ++counts.after[at(j)];
    const std::int32_t i = row_before[d] < 0 ? -1 : main_topic(before.documents, row_before[d]);
    if (i < 0) continue;
    ++counts.still_before[at(i)];
    ++counts.known_after[at(j)];
    ++counts.shared[{i, j}];
    counts.moves.emplace_back(i, j);
    counts.documents.push_back(static_cast<std::int64_t>(d));
  }
  return counts;
}

// Builds the list of events from the tables.
class EventList {
 public:
  EventList(const TopicGeneration& before, const TopicGeneration& after, const Matches& matches, const MainDocuments& counts, std::span<const std::int32_t> numbers, const IdentityOptions& options)
      : before_(before), after_(after), matches_(matches), counts_(counts), numbers_(numbers), options_(options), in_split_(numbers.size(), false), in_merge_(before.numbers.size(), false) {}

  std::vector<TopicEvent> make() && {
    for (std::size_t i = 0; i < matches_.successor.size(); ++i) {
      if (matches_.successor[i] >= 0) add_continuation(static_cast<std::int32_t>(i), matches_.successor[i]);
    }
    for (std::size_t i = 0; i < matches_.successor.size(); ++i) add_split(static_cast<std::int32_t>(i));
    for (std::size_t j = 0; j < numbers_.size(); ++j) add_merge(static_cast<std::int32_t>(j));
    for (std::size_t j = 0; j < numbers_.size(); ++j) {
      if (matches_.predecessor[j] < 0 && !in_split_[j]) add_birth(static_cast<std::int32_t>(j));
    }
    for (std::size_t i = 0; i < matches_.successor.size(); ++i) {
      if (matches_.successor[i] < 0 && !in_merge_[i]) add_death(static_cast<std::int32_t>(i));
    }
    std::sort(events_.begin(), events_.end(), [](const TopicEvent& a, const TopicEvent& b) { return std::tie(a.kind, a.from, a.to) < std::tie(b.kind, b.from, b.to); });
    return std::move(events_);
  }

 private:
  bool is_part(std::int64_t documents, std::int64_t of) const {
    return documents >= options_.event_documents && static_cast<double>(documents) >= options_.event_share * static_cast<double>(of);
  }
  static bool is_greater_half(std::int64_t documents, std::int64_t of) { return 2 * documents > of; }
  static double share(std::int64_t part, std::int64_t whole) { return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0; }

  TopicEvent start(TopicEventKind kind, const std::vector<std::int32_t>& from, const std::vector<std::int32_t>& to) const {
    TopicEvent event;
    event.kind = kind;
    for (const std::int32_t i : from) {
      event.from.push_back(before_.numbers[at(i)]);
      event.documents_before += counts_.before[at(i)];
    }
    for (const std::int32_t j : to) {
      event.to.push_back(numbers_[at(j)]);
      event.documents_after += counts_.after[at(j)];
    }
    for (const std::int32_t i : from) {
      for (const std::int32_t j : to) event.documents_shared += counts_.count(i, j);
    }
    std::sort(event.from.begin(), event.from.end());
    std::sort(event.to.begin(), event.to.end());
    return event;
  }

  // The ids of the rows of `after` with the largest main shares.
  std::vector<std::string> strongest(std::vector<std::int64_t> rows) const {
    std::stable_sort(rows.begin(), rows.end(), [&](std::int64_t a, std::int64_t b) { return main_share(after_.documents, a) > main_share(after_.documents, b); });
    if (rows.size() > options_.evidence_count) rows.resize(options_.evidence_count);
    std::vector<std::string> ids;
    for (const std::int64_t d : rows) ids.push_back(after_.record_ids[at(d)]);
    return ids;
  }
  template <class Holds>
  std::vector<std::string> strongest_moves(const Holds& holds) const {
    std::vector<std::int64_t> rows;
    for (std::size_t m = 0; m < counts_.moves.size(); ++m) {
      if (holds(counts_.moves[m].first, counts_.moves[m].second)) rows.push_back(counts_.documents[m]);
    }
    return strongest(std::move(rows));
  }

  void add_continuation(std::int32_t i, std::int32_t j) {
    TopicEvent event = start(TopicEventKind::continuation, {i}, {j});
    event.overlap = matches_.overlap[at(i)];
    event.evidence = strongest_moves([&](std::int32_t from, std::int32_t to) { return from == i && to == j; });
    events_.push_back(std::move(event));
  }

  void add_split(std::int32_t i) {
    std::vector<std::int32_t> parts;
    for (auto cell = counts_.shared.lower_bound({i, 0}); cell != counts_.shared.end() && cell->first.first == i; ++cell) {
      const auto [pair, documents] = *cell;
      const std::int32_t j = pair.second;
      const bool made_of_it = matches_.successor[at(i)] == j || (matches_.predecessor[at(j)] < 0 && is_greater_half(documents, counts_.known_after[at(j)]));
      if (made_of_it && is_part(documents, counts_.still_before[at(i)])) parts.push_back(j);
    }
    if (parts.size() < 2) return;
    for (const std::int32_t j : parts) in_split_[at(j)] = true;
    TopicEvent event = start(TopicEventKind::split, {i}, parts);
    event.overlap = share(event.documents_shared, counts_.still_before[at(i)]);
    event.evidence = strongest_moves([&](std::int32_t from, std::int32_t to) { return from == i && to != matches_.successor[at(i)] && std::binary_search(parts.begin(), parts.end(), to); });
    events_.push_back(std::move(event));
  }

  void add_merge(std::int32_t j) {
    std::vector<std::int32_t> parts;
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(matches_.successor.size()); ++i) {
      const std::int64_t documents = counts_.count(i, j);
      const bool gone_into_it = matches_.successor[at(i)] == j || (matches_.successor[at(i)] < 0 && is_greater_half(documents, counts_.still_before[at(i)]));
      if (gone_into_it && is_part(documents, counts_.known_after[at(j)])) parts.push_back(i);
    }
    if (parts.size() < 2) return;
    for (const std::int32_t i : parts) in_merge_[at(i)] = true;
    TopicEvent event = start(TopicEventKind::merge, parts, {j});
    event.overlap = share(event.documents_shared, counts_.known_after[at(j)]);
    event.evidence = strongest_moves([&](std::int32_t from, std::int32_t to) { return to == j && from != matches_.predecessor[at(j)] && std::binary_search(parts.begin(), parts.end(), from); });
    events_.push_back(std::move(event));
  }

  void add_birth(std::int32_t j) {
    TopicEvent event = start(TopicEventKind::birth, {}, {j});
    event.documents_shared = counts_.known_after[at(j)];
    event.overlap = share(event.documents_after - event.documents_shared, event.documents_after);
    std::vector<std::int64_t> rows;
    for (std::int64_t d = 0; d < after_.documents.document_count(); ++d) {
      if (main_topic(after_.documents, d) == j) rows.push_back(d);
    }
    event.evidence = strongest(std::move(rows));
    events_.push_back(std::move(event));
  }

  void add_death(std::int32_t i) {
    TopicEvent event = start(TopicEventKind::death, {i}, {});
    event.documents_shared = counts_.still_before[at(i)];
    event.overlap = share(event.documents_before - event.documents_shared, event.documents_before);
    event.evidence = strongest_moves([&](std::int32_t from, std::int32_t) { return from == i; });
    events_.push_back(std::move(event));
  }

  const TopicGeneration& before_;
  const TopicGeneration& after_;
  const Matches& matches_;
  const MainDocuments& counts_;
  std::span<const std::int32_t> numbers_;
  const IdentityOptions& options_;
  std::vector<bool> in_split_, in_merge_;  // [new topics], [old topics]
  std::vector<TopicEvent> events_;
};

}  // namespace

std::string_view to_string(TopicEventKind kind) {
  constexpr std::string_view kNames[] = {"birth", "continuation", "split", "merge", "death"};
  return kNames[static_cast<std::size_t>(kind)];
}

Result<TopicIdentity> carry_identity(const TopicGeneration& before, std::int32_t next_number, const TopicGeneration& after, std::int32_t topic_count, const IdentityOptions& options) {
  TRY(check(before, static_cast<std::int32_t>(before.numbers.size()), "the last topics"));
  TRY(check(after, topic_count, "the new topics"));
  for (const std::int32_t number : before.numbers) {
    if (number < 1 || number >= next_number) return fail(ErrorKind::invalid_input, "topic number {} is not below the next free one, {}", number, next_number);
  }
  const std::vector<std::int64_t> row_before = rows_before(before, after);
  const Matches matches = match(before, after, row_before, topic_count, options.min_overlap);

  TopicIdentity identity;
  for (const std::int32_t predecessor : matches.predecessor) identity.numbers.push_back(predecessor >= 0 ? before.numbers[at(predecessor)] : next_number++);
  identity.next_number = next_number;
  if (before.numbers.empty()) return identity;

  // From here on the numbers are fixed.
  const MainDocuments counts = count_main_documents(before, after, row_before, topic_count);
  identity.events = EventList(before, after, matches, counts, identity.numbers, options).make();
  identity.shared_documents = static_cast<std::int64_t>(counts.moves.size());
  std::vector<std::int32_t> main_before, main_after;
  for (const auto& [i, j] : counts.moves) {
    identity.kept_documents += before.numbers[at(i)] == identity.numbers[at(j)];
    main_before.push_back(i);
    main_after.push_back(j);
  }
  if (!main_before.empty()) identity.adjusted_rand = adjusted_rand_index(main_before, main_after);
  return identity;
}

}  // namespace jianwei::analysis
