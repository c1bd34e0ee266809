#include "workflow/actors.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>

#include "base/file.h"
#include "base/hash.h"
#include "base/share.h"
#include "base/strings.h"
#include "workflow/id_lists.h"

namespace jianwei::workflow {
namespace {

std::filesystem::path own_aliases(const Workspace& workspace) { return workspace.root() / "lexicon" / "organisations.tsv"; }

// What is counted most often; of equals the longest, then the first in order.
template <class Map>
auto most_frequent(const Map& counts) {
  return std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

}  // namespace

Result<std::vector<analysis::OrganisationAlias>> organisation_aliases(const Workspace& workspace) {
  const std::filesystem::path shipped = TRY(share_file("organisation_aliases.tsv"));
  std::vector<analysis::OrganisationAlias> aliases = TRY(analysis::parse_organisation_aliases(TRY(read_file(shipped)), shipped.string()));
  if (const std::filesystem::path own = own_aliases(workspace); std::filesystem::exists(own)) {
    for (analysis::OrganisationAlias& alias : TRY(analysis::parse_organisation_aliases(TRY(read_file(own)), own.string()))) aliases.push_back(std::move(alias));
  }
  return aliases;
}

std::string organisation_aliases_fingerprint(const Workspace& workspace) {
  const std::filesystem::path own = own_aliases(workspace);
  if (!std::filesystem::exists(own)) return {};
  const Result<std::string> content = read_file(own);
  return content ? fmt::format("{:016x}", hash64(*content)) : std::string("unreadable");
}

std::int32_t ActorCollector::organisation(std::string_view name, std::string_view ror) {
  if (name.empty()) return -1;
  const auto [place, added] = organisation_ids_.try_emplace(fmt::format("{}\t{}", name, ror), static_cast<std::int32_t>(organisations_.size()));
  if (added) organisations_.push_back({std::string(name), std::string(ror)});
  ++organisations_[static_cast<std::size_t>(place->second)].mentions;
  return place->second;
}

void ActorCollector::add_organisation(std::string_view name, std::string_view ror, bool actor) { listed_.push_back(actor ? organisation(name, ror) : -1); }

void ActorCollector::add_person(const PersonMention& mention) {
  if (mention.name.empty()) return;
  analysis::PersonSignature signature;
  signature.record = static_cast<std::int64_t>(first_signature_.size()) - 1;
  signature.name = parse_person_name(mention.name, mention.family, mention.given);
  if (!mention.orcid.empty()) signature.orcid = ids_.emplace_back(mention.orcid);
  if (!mention.source_id.empty()) signature.source_id = ids_.emplace_back(fmt::format("{}:{}", mention.source, mention.source_id));
  for (const std::string_view part : split(mention.organisations, ",")) {
    std::size_t place = 0;
    const auto parsed = std::from_chars(part.data(), part.data() + part.size(), place);
    if (parsed.ec == std::errc() && place < listed_.size() && listed_[place] >= 0) signature.organisations.push_back(listed_[place]);
  }
  const auto [spelling, added] = spelling_ids_.try_emplace(std::string(mention.name), static_cast<std::int32_t>(spellings_.size()));
  if (added) spellings_.emplace_back(mention.name);
  spelling_of_.push_back(spelling->second);
  signatures_.push_back(std::move(signature));
}

void ActorCollector::end_record(std::string_view title) {
  std::vector<std::int32_t> named;
  for (const std::int32_t id : listed_) {
    if (id >= 0) named.push_back(id);
  }
  add_distinct(record_organisations_, named);
  listed_.clear();
  for (auto i = static_cast<std::size_t>(first_signature_.back()); i < signatures_.size(); ++i) signatures_[i].title = title;
  first_signature_.push_back(static_cast<std::int64_t>(signatures_.size()));
}

Result<> ActorCollector::resolve(const std::vector<analysis::OrganisationAlias>& aliases, analysis::Dataset& dataset, Progress& progress, int thread_count) {
  std::vector<analysis::OrganisationName> names;
  for (const RawOrganisation& raw : organisations_) names.push_back({raw.name, raw.ror, raw.mentions});
  analysis::Organisations bodies = analysis::resolve_organisations(names, aliases);
  for (std::size_t r = 0; r + 1 < record_organisations_.offsets.size(); ++r) {
    std::vector<std::int32_t> ids;
    for (const std::int32_t raw : record_organisations_.row(static_cast<std::int64_t>(r))) ids.push_back(bodies.organisation_of[static_cast<std::size_t>(raw)]);
    add_distinct(dataset.organisations, ids);
  }
  for (analysis::PersonSignature& signature : signatures_) {
    for (std::int32_t& id : signature.organisations) id = bodies.organisation_of[static_cast<std::size_t>(id)];
  }
  const std::vector<std::string_view> labels(bodies.labels.begin(), bodies.labels.end());
  analysis::PersonOptions options;
  options.thread_count = thread_count;
  const analysis::PersonClusters persons = TRY(analysis::resolve_persons(signatures_, labels, options, progress));

  std::vector<std::map<std::string_view, std::int64_t>> spellings(static_cast<std::size_t>(persons.person_count));
  std::vector<std::map<std::int32_t, std::int64_t>> places(spellings.size());
  for (std::size_t r = 0; r + 1 < first_signature_.size(); ++r) {
    std::vector<std::int32_t> ids;
    for (auto i = static_cast<std::size_t>(first_signature_[r]); i < static_cast<std::size_t>(first_signature_[r + 1]); ++i) {
      const std::int32_t person = persons.person_of[i];
      if (person < 0) continue;
      ids.push_back(person);
      ++spellings[static_cast<std::size_t>(person)][spellings_[static_cast<std::size_t>(spelling_of_[i])]];
      for (const std::int32_t body : signatures_[i].organisations) ++places[static_cast<std::size_t>(person)][body];
    }
    add_distinct(dataset.persons, ids);
  }
  std::unordered_map<std::string, std::int32_t> bearers;
  for (const auto& spelling : spellings) {
    dataset.person_names.emplace_back(most_frequent(spelling));
    ++bearers[dataset.person_names.back()];
  }
  std::unordered_map<std::string, std::int32_t> used;
  for (std::size_t p = 0; p < spellings.size(); ++p) {
    std::string& name = dataset.person_names[p];
    if (bearers[name] > 1 && !places[p].empty()) name += fmt::format(" ({})", bodies.labels[static_cast<std::size_t>(most_frequent(places[p]))]);
    if (const std::int32_t number = ++used[name]; number > 1) name += fmt::format(" #{}", number);
  }
  dataset.organisation_names = std::move(bodies.labels);
  return {};
}

}  // namespace jianwei::workflow
