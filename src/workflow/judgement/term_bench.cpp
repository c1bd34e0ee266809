// Decisions on words are rules: one whose words the run does not hold waits quietly for a run that does, and one that the run has learned already finds
// nothing left to do. Rows of terms that stay keep the machine's numbers; after a merge all numbers of terms are computed again (judged_stage.h).
#include "workflow/judgement/term_bench.h"

#include "records/record_key.h"
#include "records/unicode.h"

namespace jianwei::workflow::judgement {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// The rows of a [units][width] table that stay.
template <class T>
std::vector<T> kept_rows(const std::vector<T>& table, const std::vector<std::int32_t>& number, std::size_t count) {
  if (table.empty() || number.empty()) return table;
  const std::size_t width = table.size() / number.size();
  std::vector<T> kept(count * width);
  for (std::size_t u = 0; u < number.size(); ++u) {
    if (number[u] >= 0) std::copy(table.begin() + static_cast<std::ptrdiff_t>(u * width), table.begin() + static_cast<std::ptrdiff_t>((u + 1) * width), kept.begin() + static_cast<std::ptrdiff_t>(at(number[u]) * width));
  }
  return kept;
}

}  // namespace

TermBench::TermBench(StudyResult& result, ObjectLog& log) : result_(result), log_(log) {
  for (std::size_t t = 0; t < result.terms.size(); ++t) {
    redirect_.push_back(static_cast<std::int32_t>(t));
    by_id_.emplace(result.terms[t].id, static_cast<std::int32_t>(t));
    for (const std::string& form : result.terms[t].forms) by_form_.emplace(fold_case(form), static_cast<std::int32_t>(t));
  }
}

std::int32_t TermBench::find(std::string_view name, bool by_form) const {
  if (const auto found = by_id_.find(std::string(name)); found != by_id_.end()) return found->second;
  if (const auto found = by_id_.find(named_id("term", name)); found != by_id_.end()) return found->second;
  const auto found = by_form_.find(fold_case(name));
  return !by_form || found == by_form_.end() ? -1 : found->second;
}

std::int32_t TermBench::living(std::int32_t term) const {
  while (term >= 0 && redirect_[at(term)] != term) term = redirect_[at(term)];
  return term;
}

JudgedObject& TermBench::touch(std::int32_t term, std::int64_t judgement) {
  TermRow& row = result_.terms[at(term)];
  const bool first = log_.find("term", row.id) == nullptr;
  JudgedObject& object = log_.touch("term", row.id, judgement);
  if (first) {
    object.machine_label_zh = row.label_zh.empty() && row.language == "zh" ? row.label : row.label_zh;
    object.machine_label_en = row.label_en.empty() && row.language != "zh" ? row.label : row.label_en;
    object.machine_documents = row.document_count;
  }
  return object;
}

Outcome TermBench::check(const StandingJudgement& one, const std::string& id) const {
  const std::int32_t term = find(wanted(one, id));
  if (term < 0) return conflict(one, "gone", id);
  return living(term) < 0 ? Outcome(conflict(one, "contradicts", id)) : Outcome();
}

void TermBench::merge(std::int32_t target, std::int32_t other, std::int64_t judgement) {
  JudgedObject& object = touch(other, judgement);
  object.state = "merged";
  object.became = {result_.terms[at(target)].id};
  redirect_[at(other)] = target;
  TermRow& row = result_.terms[at(target)];
  const TermRow& taken = result_.terms[at(other)];
  for (const std::string& form : taken.forms) {
    if (std::find(row.forms.begin(), row.forms.end(), form) == row.forms.end()) row.forms.push_back(form);
  }
  if (row.label_zh.empty()) row.label_zh = taken.label_zh;
  if (row.label_en.empty()) row.label_en = taken.label_en;
  row.termhood = std::max(row.termhood, taken.termhood);
  merged_ = true;
}

Outcome TermBench::apply(const StandingJudgement& one) {
  const Judgement& j = one.judgement;
  // The words of a lexicon decision, or the ids of one made on this page of the run.
  std::vector<std::string> names = j.names;
  if (names.empty()) {
    names = {wanted(one, j.object)};
    for (const std::string& other : j.others) names.push_back(wanted(one, other));
  }
  std::vector<std::int32_t> found;
  for (const std::string& name : names) {
    const std::int32_t known = find(name, j.kind != "remove");
    const std::int32_t term = known < 0 ? -1 : living(known);
    if (term >= 0 && std::find(found.begin(), found.end(), term) == found.end()) found.push_back(term);
  }
  if (j.kind == "rename") {
    if (found.empty()) return conflict(one, "gone", j.object);
    touch(found[0], j.sequence);
    renamed_ = true;
    TermRow& row = result_.terms[at(found[0])];
    if (!j.label_zh.empty()) row.label_zh = j.label_zh;
    if (!j.label_en.empty()) row.label_en = j.label_en;
    row.label = (row.language == "zh" && !row.label_zh.empty()) || row.label_en.empty() ? row.label_zh : row.label_en;
    return {};
  }
  if (j.kind == "remove") {
    for (const std::int32_t term : found) {
      touch(term, j.sequence).state = "hidden";
      redirect_[at(term)] = -1;
      dropped_ = true;
    }
    return {};
  }
  if (j.kind == "merge" && found.size() > 1) {
    touch(found[0], j.sequence);
    for (std::size_t i = 1; i < found.size(); ++i) merge(found[0], found[i], j.sequence);
  }
  return {};
}

// Documents and occurrences of joined terms together; the rest of their numbers is computed later.
void TermBench::join_documents(const std::vector<std::int32_t>& number, std::size_t count) {
  const analysis::UnitDocuments& units = result_.term_results.documents;
  std::vector<std::vector<std::int32_t>> documents(count);
  const auto years = redirect_.empty() ? 0 : result_.term_occurrences.size() / redirect_.size();
  std::vector<float> occurrences(count * years, 0.0F);
  for (std::size_t t = 0; t < redirect_.size(); ++t) {
    const std::int32_t term = living(static_cast<std::int32_t>(t));
    if (term < 0) continue;
    const std::size_t n = at(number[at(term)]);
    documents[n].insert(documents[n].end(), units.documents.begin() + units.offsets[t], units.documents.begin() + units.offsets[t + 1]);
    for (std::size_t y = 0; y < years; ++y) occurrences[n * years + y] += result_.term_occurrences[t * years + y];
  }
  analysis::UnitDocuments joined;
  for (std::size_t n = 0; n < count; ++n) {
    std::sort(documents[n].begin(), documents[n].end());
    documents[n].erase(std::unique(documents[n].begin(), documents[n].end()), documents[n].end());
    joined.documents.insert(joined.documents.end(), documents[n].begin(), documents[n].end());
    joined.offsets.push_back(static_cast<std::int64_t>(joined.documents.size()));
    result_.terms[n].document_count = static_cast<std::int32_t>(documents[n].size());
  }
  joined.weights.assign(joined.documents.size(), 1.0F);
  result_.term_results.documents = std::move(joined);
  result_.term_occurrences = std::move(occurrences);
}

// Terms were hidden only: the others keep their numbers, ranks close up.
void TermBench::keep_measured(const std::vector<std::int32_t>& number, std::size_t count) {
  UnitResults& units = result_.term_results;
  units.series.counts = kept_rows(units.series.counts, number, count);
  units.series.comparable = kept_rows(units.series.comparable, number, count);
  units.series.unit_count = static_cast<std::int64_t>(count);
  units.indicators = kept_rows(units.indicators, number, count);
  units.emergence = kept_rows(units.emergence, number, count);
  std::vector<std::pair<std::int32_t, std::size_t>> ranked;
  for (std::size_t u = 0; u < units.emergence.size(); ++u) {
    if (units.emergence[u].rank > 0) ranked.emplace_back(units.emergence[u].rank, u);
  }
  std::sort(ranked.begin(), ranked.end());
  for (std::size_t i = 0; i < ranked.size(); ++i) units.emergence[ranked[i].second].rank = static_cast<std::int32_t>(i) + 1;
  result_.weak_signals.units = kept_rows(result_.weak_signals.units, number, count);
  std::erase_if(result_.signals, [&](const analysis::SignalEvidence& signal) { return number[at(signal.unit)] < 0; });
  for (analysis::SignalEvidence& signal : result_.signals) signal.unit = number[at(signal.unit)];
  std::erase_if(result_.bursts, [&](const analysis::UnitBurst& burst) { return number[at(burst.unit)] < 0; });
  for (analysis::UnitBurst& burst : result_.bursts) burst.unit = number[at(burst.unit)];
}

void TermBench::renumber_links(const std::vector<std::int32_t>& number) {
  const auto place = [&](std::int32_t term) {
    term = living(term);
    return term < 0 ? -1 : number[at(term)];
  };
  for (TopicRow& topic : result_.topics) {
    std::vector<std::pair<std::int32_t, double>> terms;
    for (const auto& [term, share] : topic.terms) {
      const std::int32_t n = place(term);
      const auto known = std::find_if(terms.begin(), terms.end(), [n](const auto& entry) { return entry.first == n; });
      if (n < 0) continue;
      if (known != terms.end()) known->second += share;
      else terms.emplace_back(n, share);
    }
    topic.terms = std::move(terms);
  }
  for (text::TermPair& pair : result_.term_pairs) {
    if (pair.term >= 0) pair.term = place(pair.term);
  }
}

void TermBench::follow_network() {
  NewNodes changed;
  for (std::size_t t = 0; t < redirect_.size(); ++t) {
    const std::int32_t term = living(static_cast<std::int32_t>(t));
    const TermRow& row = result_.terms[t];
    if (term < 0) changed[row.id] = {"", ""};
    else if (log_.find("term", row.id) != nullptr) changed[row.id] = {result_.terms[at(term)].id, result_.terms[at(term)].label};
  }
  for (NetworkResult& network : result_.networks) {
    if (network.id == "term-network") follow_objects(network, changed);
  }
}

void TermBench::finish() {
  if (renamed_ || dropped_ || merged_) follow_network();
  if (!dropped_ && !merged_) return;
  std::vector<std::int32_t> number(redirect_.size(), -1);
  std::size_t count = 0;
  std::vector<TermRow> terms;
  for (std::size_t t = 0; t < redirect_.size(); ++t) {
    if (redirect_[t] != static_cast<std::int32_t>(t)) continue;
    number[t] = static_cast<std::int32_t>(count++);
    terms.push_back(std::move(result_.terms[t]));
  }
  result_.terms = std::move(terms);
  renumber_links(number);
  join_documents(number, count);
  if (merged_) result_.judged.terms_merged = true;
  else keep_measured(number, count);
}

}  // namespace jianwei::workflow::judgement
