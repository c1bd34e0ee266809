#include "workflow/merge_records.h"

#include <algorithm>
#include <map>
#include <set>

#include "records/unicode.h"

namespace jianwei::workflow {
namespace {

using store::RecordRow;

// 0 is the most authoritative. Registries and publishers describe their own things; curated indexes come next, aggregators last.
int source_rank(std::string_view source) {
  struct Rank {
    std::string_view source;
    int rank;
  };
  static constexpr Rank kRanks[] = {
      {"crossref", 0}, {"uspto", 0},     {"nsf", 0},     {"nih", 0},    {"acl_anthology", 0}, {"ieee", 1},  {"springer", 1}, {"pubmed", 1},
      {"medline", 1},  {"chinaxiv", 1},  {"arxiv", 1},   {"dblp", 1},   {"wos", 2},           {"scopus", 2}, {"cnki", 2},     {"wanfang", 2},
      {"europepmc", 2}, {"dimensions", 3}, {"lens", 3},  {"openalex", 3}};
  for (const Rank& entry : kRanks) {
    if (entry.source == source) return entry.rank;
  }
  return 4;
}

class Merger {
 public:
  explicit Merger(std::span<const RecordRow> members) {
    for (const RecordRow& member : members) ranked_.push_back(&member);
    std::sort(ranked_.begin(), ranked_.end(), [](const RecordRow* a, const RecordRow* b) {
      const int rank_a = source_rank(a->record.provenance.source);
      const int rank_b = source_rank(b->record.provenance.source);
      return rank_a != rank_b ? rank_a < rank_b : a->key < b->key;
    });
  }

  RecordRow merge() {
    Record& r = out_.record;
    pick("title", "source_priority", first([](const Record& m) { return !m.title.empty(); }), [&](const Record& m) {
      r.title = m.title;
      r.language = m.language;
      r.kind = m.kind;
      r.provenance = {m.provenance.source, m.provenance.format, m.provenance.own_id, "", 0, 0};
    });
    pick("type", "source_priority", first([](const Record& m) { return !m.type.empty(); }), [&](const Record& m) { r.type = m.type; });
    pick("title_translated", "source_priority", first([](const Record& m) { return !m.title_translated.empty(); }),
         [&](const Record& m) { r.title_translated = m.title_translated; });
    pick("abstract", "longest", best([](const Record& m) { return m.abstract.size(); }), [&](const Record& m) { r.abstract = m.abstract; });
    pick("abstract_translated", "longest", best([](const Record& m) { return m.abstract_translated.size(); }),
         [&](const Record& m) { r.abstract_translated = m.abstract_translated; });
    pick("full_text", "longest", best([](const Record& m) { return m.full_text.size(); }), [&](const Record& m) { r.full_text = m.full_text; });
    if (r.language.empty()) {
      pick("language", "source_priority", first([](const Record& m) { return !m.language.empty(); }), [&](const Record& m) { r.language = m.language; });
    }
    pick_date();
    pick("end_date", "source_priority", first([](const Record& m) { return m.end_date.known(); }), [&](const Record& m) { r.end_date = m.end_date; });
    pick("persons", "most_complete", best(completeness), [&](const Record& m) {
      r.persons = m.persons;
      r.organisations = m.organisations;
    });
    pick("references", "most", best([](const Record& m) { return m.references.size(); }), [&](const Record& m) { r.references = m.references; });
    pick("venue", "source_priority", first([](const Record& m) { return !m.venue.empty(); }), [&](const Record& m) { r.venue = m.venue; });
    pick("volume", "source_priority", first([](const Record& m) { return !m.volume.empty(); }), [&](const Record& m) {
      r.volume = m.volume;  // volume, issue and pages belong together
      r.issue = m.issue;
      r.pages = m.pages;
    });
    if (r.pages.empty()) {
      pick("pages", "source_priority", first([](const Record& m) { return !m.pages.empty(); }), [&](const Record& m) { r.pages = m.pages; });
    }
    pick("publisher", "source_priority", first([](const Record& m) { return !m.publisher.empty(); }), [&](const Record& m) { r.publisher = m.publisher; });
    pick("url", "source_priority", first([](const Record& m) { return !m.url.empty(); }), [&](const Record& m) { r.url = m.url; });
    pick("citation_count", "highest", best([](const Record& m) { return static_cast<std::size_t>(m.citation_count.value_or(-1) + 1); }),
         [&](const Record& m) { r.citation_count = m.citation_count; });
    pick("amount", "source_priority", first([](const Record& m) { return m.amount.has_value(); }), [&](const Record& m) {
      r.amount = m.amount;
      r.currency = m.currency;
    });
    unite("keywords", &Record::keywords, [](const std::string& keyword) { return fold_case(keyword); });
    unite("classifications", &Record::classifications, [](const Classification& c) { return c.scheme + ":" + (c.code.empty() ? c.label : c.code); });
    unite("identifiers", &Record::identifiers, [](const Identifier& i) { return i.scheme + ":" + i.value; });
    unite("funding", &Record::funding, [](const Funding& f) { return fold_case(f.funder) + "|" + fold_case(f.award); });

    std::set<std::string> sources;
    for (const RecordRow* member : ranked_) {
      out_.members.push_back(member->key);
      sources.insert(member->record.provenance.source);
    }
    std::sort(out_.members.begin(), out_.members.end());
    out_.key = out_.members.front();
    out_.sources.assign(sources.begin(), sources.end());
    if (ranked_.size() == 1) out_.field_sources.clear();
    return std::move(out_);
  }

 private:
  static std::size_t completeness(const Record& record) {
    std::size_t score = 0;
    for (const Person& person : record.persons) {
      score += 4 + (person.orcid.empty() ? 0 : 1) + (person.organisations.empty() ? 0 : 1) + (person.given.size() > 2 ? 1 : 0);
    }
    return score + record.organisations.size();
  }

  template <class Filled>
  const RecordRow* first(Filled filled) const {
    for (const RecordRow* member : ranked_) {
      if (filled(member->record)) return member;
    }
    return nullptr;
  }
  template <class Size>
  const RecordRow* best(Size size) const {
    const RecordRow* best = nullptr;
    for (const RecordRow* member : ranked_) {
      if (size(member->record) > (best == nullptr ? 0 : size(best->record))) best = member;
    }
    return best;
  }
  template <class Copy>
  void pick(std::string_view field, std::string_view rule, const RecordRow* member, Copy copy) {
    if (member == nullptr) return;
    copy(member->record);
    out_.field_sources.push_back({std::string(field), member->key, std::string(rule)});
  }

  void pick_date() {
    std::map<std::int16_t, int> votes;
    for (const RecordRow* member : ranked_) {
      if (member->record.date.known()) ++votes[member->record.date.year];
    }
    pick("date", "most_precise", best([&](const Record& m) -> std::size_t {
           if (!m.date.known()) return 0;
           return static_cast<std::size_t>(votes[m.date.year]) * 4 + (m.date.month > 0 ? 1U : 0U) + (m.date.day > 0 ? 1U : 0U);
         }),
         [&](const Record& m) { out_.record.date = m.date; });
  }

  template <class T, class KeyOf>
  void unite(std::string_view field, std::vector<T> Record::*list, KeyOf key_of) {
    std::set<std::string> seen;
    for (const RecordRow* member : ranked_) {
      bool gave = false;
      for (const T& value : member->record.*list) {
        if (!seen.insert(key_of(value)).second) continue;
        (out_.record.*list).push_back(value);
        gave = true;
      }
      if (gave) out_.field_sources.push_back({std::string(field), member->key, "union"});
    }
  }

  std::vector<const RecordRow*> ranked_;
  RecordRow out_;
};

}  // namespace

RecordRow merge_records(std::span<const RecordRow> members) { return Merger(members).merge(); }

}  // namespace jianwei::workflow
