#include "workflow/judgement/entity_bench.h"

#include "records/record_key.h"
#include "records/unicode.h"

namespace jianwei::workflow::judgement {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

}  // namespace

analysis::IdLists* EntityBench::lists(const std::string& type) {
  if (type == "organisation") return &dataset_.organisations;
  if (type == "person") return &dataset_.persons;
  return type == "country" ? &dataset_.countries : nullptr;
}

EntityBench::Kind& EntityBench::kind(const std::string& type) {
  const auto [place, added] = kinds_.try_emplace(type);
  Kind& made = place->second;
  if (!added) return made;
  made.names = type == "organisation" ? &dataset_.organisation_names : type == "person" ? &dataset_.person_names : type == "country" ? &dataset_.country_names : &dataset_.venue_names;
  made.machine_names = *made.names;
  for (std::size_t i = 0; i < made.names->size(); ++i) {
    made.redirect.push_back(static_cast<std::int32_t>(i));
    made.ids.push_back(named_id(type, (*made.names)[i]));
    made.by_id.emplace(made.ids.back(), static_cast<std::int32_t>(i));
  }
  made.ended_by.assign(made.names->size(), 0);
  const analysis::IdLists* columns = lists(type);
  for (std::int64_t d = 0; d < dataset_.document_count(); ++d) {
    std::vector<std::int32_t>& row = made.rows.emplace_back();
    if (columns != nullptr) {
      const auto values = columns->row(d);
      row.assign(values.begin(), values.end());
    } else if (dataset_.venue[at(d)] >= 0) {
      row = {dataset_.venue[at(d)]};
    }
  }
  return made;
}

std::int32_t EntityBench::find(Kind& kind, const StandingJudgement& one, const std::string& asked, Outcome& problem) const {
  const std::string& id = wanted(one, asked);
  const auto found = kind.by_id.find(id);
  if (found == kind.by_id.end()) {
    problem = conflict(one, "gone", id);
    return -1;
  }
  if (const std::int64_t by = kind.ended_by[at(found->second)]; by != 0) {
    problem = conflict(one, "contradicts", id, by);
    problem->successors = {{kind.ids[at(kind.redirect[at(found->second)])], 1.0}};
    return -1;
  }
  return found->second;
}

JudgedObject& EntityBench::touch(const std::string& type, Kind& kind, std::int32_t entity, std::int64_t judgement) {
  const bool first = log_.find(type, kind.ids[at(entity)]) == nullptr;
  JudgedObject& object = log_.touch(type, kind.ids[at(entity)], judgement);
  if (first && at(entity) < kind.machine_names.size()) {
    object.machine_label_zh = object.machine_label_en = kind.machine_names[at(entity)];
    for (const auto& row : kind.rows) object.machine_documents += std::count(row.begin(), row.end(), entity);
  }
  return object;
}

Outcome EntityBench::check(const StandingJudgement& one, const std::string& type, const std::string& id) {
  Outcome problem;
  (void)find(kind(type), one, id, problem);
  return problem;
}

Outcome EntityBench::rename(const StandingJudgement& one, Kind& kind, std::int32_t entity) {
  const Judgement& j = one.judgement;
  const std::string& name = j.label_en.empty() ? j.label_zh : j.label_en;
  if (name.empty()) return {};
  for (std::size_t i = 0; i < kind.names->size(); ++i) {
    if (static_cast<std::int32_t>(i) != entity && kind.ended_by[i] == 0 && fold_case((*kind.names)[i]) == fold_case(name)) {
      JudgementConflict taken = conflict(one, "taken", kind.ids[at(entity)]);
      taken.successors = {{kind.ids[i], 1.0}};
      return taken;
    }
  }
  (*kind.names)[at(entity)] = name;
  return {};
}

Outcome EntityBench::apply(const StandingJudgement& one) {
  const Judgement& j = one.judgement;
  Kind& own = kind(j.type);
  Outcome problem;
  const std::int32_t entity = find(own, one, j.object, problem);
  if (entity < 0) return problem;
  if (j.kind == "rename") {
    JudgedObject& object = touch(j.type, own, entity, j.sequence);
    Outcome outcome = rename(one, own, entity);
    if (outcome) object.judgements.pop_back();
    own.changed = true;
    return outcome;
  }
  if (j.kind == "merge") {
    std::vector<std::int32_t> taken;
    for (const std::string& id : j.others) {
      const std::int32_t other = find(own, one, id, problem);
      if (other < 0) return problem;
      if (other != entity) taken.push_back(other);
    }
    touch(j.type, own, entity, j.sequence);
    for (const std::int32_t other : taken) {
      JudgedObject& object = touch(j.type, own, other, j.sequence);
      object.state = "merged";
      object.became = {own.ids[at(entity)]};
      own.redirect[at(other)] = entity;
      own.ended_by[at(other)] = j.sequence;
      for (auto& row : own.rows) {
        if (const auto place = std::find(row.begin(), row.end(), other); place != row.end()) {
          if (std::find(row.begin(), row.end(), entity) != row.end()) row.erase(place);
          else *place = entity;
        }
      }
    }
    own.changed = true;
    return rename(one, own, entity);
  }
  // split: some documents belong to another body or person
  for (const JudgementPart& part : j.parts) {
    std::vector<std::int32_t> documents = documents_.find_all(part.documents);
    std::erase_if(documents, [&](std::int32_t d) { return std::find(own.rows[at(d)].begin(), own.rows[at(d)].end(), entity) == own.rows[at(d)].end(); });
    if (documents.empty()) return conflict(one, "documents_gone", part.id);
    const auto made = static_cast<std::int32_t>(own.names->size());
    own.names->push_back(part.label_en.empty() ? (part.label_zh.empty() ? (*own.names)[at(entity)] + " (2)" : part.label_zh) : part.label_en);
    own.ids.push_back(part.id);
    own.by_id[part.id] = made;
    own.redirect.push_back(made);
    own.ended_by.push_back(0);
    for (const std::int32_t d : documents) std::replace(own.rows[at(d)].begin(), own.rows[at(d)].end(), entity, made);
    touch(j.type, own, entity, j.sequence).became.push_back(part.id);
    touch(j.type, own, made, j.sequence);
  }
  own.changed = true;
  return {};
}

void EntityBench::write_back(const std::string& type, Kind& kind) {
  std::vector<std::int32_t> number(kind.names->size(), -1);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (kind.ended_by[i] != 0) continue;
    number[i] = static_cast<std::int32_t>(names.size());
    names.push_back((*kind.names)[i]);
  }
  if (analysis::IdLists* columns = lists(type)) {
    analysis::IdLists written;
    for (const auto& row : kind.rows) {
      for (const std::int32_t entity : row) written.values.push_back(number[at(entity)]);
      written.offsets.push_back(static_cast<std::int64_t>(written.values.size()));
    }
    *columns = std::move(written);
  } else {
    for (std::size_t d = 0; d < kind.rows.size(); ++d) dataset_.venue[d] = kind.rows[d].empty() ? -1 : number[at(kind.rows[d][0])];
  }
  *kind.names = std::move(names);
}

void EntityBench::finish(std::vector<NetworkResult>* networks, std::vector<std::pair<std::string, std::string>>* ids) {
  for (auto& [type, kind] : kinds_) {
    if (!kind.changed) continue;
    NewNodes new_name;
    for (std::size_t i = 0; i < kind.names->size(); ++i) {
      std::int32_t last = static_cast<std::int32_t>(i);
      while (kind.redirect[at(last)] != last) last = kind.redirect[at(last)];
      const std::string& name = (*kind.names)[at(last)];
      if (i < kind.machine_names.size() && name != kind.machine_names[i]) new_name[kind.machine_names[i]] = {name, name};
      if (ids != nullptr && kind.ended_by[i] == 0 && named_id(type, name) != kind.ids[i]) ids->emplace_back(type + "\t" + name, kind.ids[i]);
    }
    if (networks != nullptr) {
      for (NetworkResult& network : *networks) {
        if (network.id == type + "-network") follow_objects(network, new_name);
      }
    }
    write_back(type, kind);
  }
}

}  // namespace jianwei::workflow::judgement
