#include "workflow/actors.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <functional>

#include "base/file.h"
#include "base/hash.h"
#include "base/share.h"
#include "base/strings.h"
#include "workflow/id_lists.h"

namespace jianwei::workflow {
namespace {

std::filesystem::path own_aliases(const Workspace& workspace) { return workspace.root() / "lexicon" / "organisations.tsv"; }

// [owners] the item each has most often, -1 when it has none; of equals the one that comes `before` the others. `pairs`: owner << 32 | item.
template <class Before>
std::vector<std::int32_t> most_frequent(std::vector<std::uint64_t>&& pairs, std::size_t owner_count, Before before) {
  std::vector<std::int32_t> best(owner_count, -1);
  std::sort(pairs.begin(), pairs.end());
  std::size_t most = 0;
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    while (end < pairs.size() && pairs[end] == pairs[begin]) ++end;
    std::int32_t& kept = best[pairs[begin] >> 32];
    const auto item = static_cast<std::int32_t>(pairs[begin] & 0xffffffffU);
    if (kept >= 0 && (end - begin < most || (end - begin == most && !before(item, kept)))) continue;
    kept = item;
    most = end - begin;
  }
  return best;
}

std::uint64_t pair_of(std::int32_t owner, std::int32_t item) { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(owner)) << 32 | static_cast<std::uint32_t>(item); }

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
  key_.assign(name).append("\t").append(ror);
  const auto [place, added] = organisation_ids_.try_emplace(key_, static_cast<std::int32_t>(organisations_.size()));
  if (added) organisations_.push_back({std::string(name), std::string(ror)});
  ++organisations_[static_cast<std::size_t>(place->second)].mentions;
  return place->second;
}

void ActorCollector::add_organisation(std::string_view name, std::string_view ror, bool actor) { listed_.push_back(actor ? organisation(name, ror) : -1); }

void ActorCollector::add_person(const PersonMention& mention) {
  if (mention.name.empty()) return;
  analysis::PersonSignature signature;
  signature.record = static_cast<std::int64_t>(first_signature_.size()) - 1;
  key_.assign(mention.name).append("\t").append(mention.family).append("\t").append(mention.given);
  const auto [place, added] = written_.try_emplace(key_);
  if (added) {
    const auto [spelling, is_new] = spelling_ids_.try_emplace(std::string(mention.name), static_cast<std::int32_t>(spellings_.size()));
    if (is_new) spellings_.emplace_back(mention.name);
    place->second = {spelling->second, &names_.emplace_back(parse_person_name(mention.name, mention.family, mention.given))};
  }
  signature.name = place->second.name;
  if (!mention.orcid.empty()) signature.orcid = ids_.emplace_back(mention.orcid);
  if (!mention.source_id.empty()) signature.source_id = ids_.emplace_back(fmt::format("{}:{}", mention.source, mention.source_id));
  for (const std::string_view part : split(mention.organisations, ",")) {
    std::size_t at = 0;
    const auto parsed = std::from_chars(part.data(), part.data() + part.size(), at);
    if (parsed.ec == std::errc() && at < listed_.size() && listed_[at] >= 0) signature.organisations.push_back(listed_[at]);
  }
  spelling_of_.push_back(place->second.spelling);
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

  std::vector<std::uint64_t> spelled, placed;  // person << 32 | spelling, person << 32 | organisation
  for (std::size_t r = 0; r + 1 < first_signature_.size(); ++r) {
    std::vector<std::int32_t> ids;
    for (auto i = static_cast<std::size_t>(first_signature_[r]); i < static_cast<std::size_t>(first_signature_[r + 1]); ++i) {
      const std::int32_t person = persons.person_of[i];
      if (person < 0) continue;
      ids.push_back(person);
      spelled.push_back(pair_of(person, spelling_of_[i]));
      for (const std::int32_t body : signatures_[i].organisations) placed.push_back(pair_of(person, body));
    }
    add_distinct(dataset.persons, ids);
  }
  const auto person_count = static_cast<std::size_t>(persons.person_count);
  const std::vector<std::int32_t> names_of = most_frequent(std::move(spelled), person_count, [&](std::int32_t a, std::int32_t b) { return spellings_[static_cast<std::size_t>(a)] < spellings_[static_cast<std::size_t>(b)]; });
  const std::vector<std::int32_t> place_of = most_frequent(std::move(placed), person_count, std::less<>());
  std::vector<std::int32_t> bearers(spellings_.size(), 0);
  for (const std::int32_t name : names_of) ++bearers[static_cast<std::size_t>(name)];
  std::unordered_map<std::string, std::int32_t> used;
  for (std::size_t p = 0; p < person_count; ++p) {
    std::string& name = dataset.person_names.emplace_back(spellings_[static_cast<std::size_t>(names_of[p])]);
    const bool shared = bearers[static_cast<std::size_t>(names_of[p])] > 1;
    if (shared && place_of[p] >= 0) name += fmt::format(" ({})", bodies.labels[static_cast<std::size_t>(place_of[p])]);
    if (!shared && !name.ends_with(')')) continue;  // nobody else can be called so
    if (const std::int32_t number = ++used[name]; number > 1) name += fmt::format(" #{}", number);
  }
  dataset.organisation_names = std::move(bodies.labels);
  return {};
}

}  // namespace jianwei::workflow
