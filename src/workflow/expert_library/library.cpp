#include "workflow/expert_library/library.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/date.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "records/unicode.h"
#include "store/app_db.h"
#include "workflow/expert_library/fields.h"
#include "workflow/expert_library/new_expert.h"
#include "workflow/expert_library/typed_words.h"
#include "workflow/technology_list/followed_lists.h"

namespace jianwei::workflow {
namespace {

std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

struct TextField {
  std::string_view name;
  std::string Expert::*member;
};
constexpr std::array kTexts{TextField{"name_zh", &Expert::name_zh}, TextField{"name_en", &Expert::name_en}, TextField{"pinyin", &Expert::pinyin}, TextField{"orcid", &Expert::orcid},
                            TextField{"email", &Expert::email}, TextField{"organisation", &Expert::organisation}, TextField{"sector", &Expert::sector}, TextField{"region", &Expert::region},
                            TextField{"country", &Expert::country}, TextField{"gender", &Expert::gender}, TextField{"age_band", &Expert::age_band}, TextField{"seniority", &Expert::seniority},
                            TextField{"title", &Expert::title}, TextField{"away_until", &Expert::away_until}};
struct ListField {
  std::string_view name;
  std::vector<std::string> Expert::*member;
};
constexpr std::array kLists{ListField{"fields", &Expert::fields}, ListField{"languages", &Expert::languages}, ListField{"projects", &Expert::projects}, ListField{"patents", &Expert::patents}, ListField{"panels", &Expert::panels}};
constexpr std::array<std::string_view, 3> kPersonal{"email", "gender", "age_band"};
constexpr std::array<std::string_view, 7> kFacets{"field", "sector", "region", "country", "language", "seniority", "organisation"};

// ISO 7064 mod 11-2 over the first fifteen digits.
bool is_orcid(std::string_view text) {
  if (text.size() != 19) return false;
  int total = 0, digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 5 == 4) {
      if (text[i] != '-') return false;
      continue;
    }
    if (++digits == 16) return text[i] == ((12 - total % 11) % 11 == 10 ? 'X' : static_cast<char>('0' + (12 - total % 11) % 11));
    if (!is_digit(text[i])) return false;
    total = (total + (text[i] - '0')) * 2;
  }
  return false;
}

Result<Expert> read_expert(const store::ObjectRow& row) {
  const Fields fields = TRY(Fields::parse(row.body, row.id));
  Expert expert;
  expert.id = row.id;
  for (const TextField& field : kTexts) expert.*field.member = TRY(fields.text(field.name));
  for (const ListField& field : kLists) expert.*field.member = TRY(fields.texts(field.name));
  expert.persons = TRY(fields.texts("persons"));
  expert.apart = TRY(fields.texts("apart"));
  const std::string identity = TRY(fields.text("identity"));
  expert.identity = identity == "certain" ? IdentityState::certain : identity == "uncertain" ? IdentityState::uncertain : IdentityState::none;
  expert.load = static_cast<std::int32_t>(TRY(fields.integer("load", 5)));
  expert.source = TRY(fields.text("source"));
  expert.consent = TRY(fields.text("consent"));
  expert.consent_at = TRY(fields.text("consent_at"));
  return expert;
}

Result<Expert> store_expert(store::ExpertDb& db, Expert expert, std::string_view kind, std::string detail, std::string_view actor) {
  const std::string id = expert.id;
  const auto rows = TRY(db.apply({{{"expert", id, "", 0, to_json(expert)}}, {}, {.actor = std::string(actor), .kind = std::string(kind), .object = id, .detail = std::move(detail)}}));
  expert.id = rows.front().id;
  return expert;
}

std::string detail_of(std::string_view name, std::string_view value, std::string_view reason = "") {
  JsonWriter json;
  json.begin_object().field(name, value);
  if (!reason.empty()) json.field("reason", reason);
  return json.end_object().text();
}

bool same_organisation(std::string_view a, std::string_view b) {
  const std::string x = fold_case(a), y = fold_case(b);
  return !x.empty() && !y.empty() && (x.find(y) != std::string::npos || y.find(x) != std::string::npos);
}

// The persons of the lake that may be this expert: those of its names; when some of them worked where it works, those alone.
std::vector<std::int32_t> possible_persons(const People& people, const Expert& expert) {
  std::vector<std::int32_t> named, placed;
  for (const std::string& name : {expert.name_zh, expert.name_en, expert.pinyin}) {
    if (name.empty()) continue;
    const auto found = people.persons_of_name.find(name_key(name));
    if (found == people.persons_of_name.end()) continue;
    for (const std::int32_t person : found->second) {
      if (std::find(named.begin(), named.end(), person) == named.end()) named.push_back(person);
    }
  }
  std::sort(named.begin(), named.end());
  for (const std::int32_t person : named) {
    std::vector<experts::Membership> memberships;
    people.add_memberships(person, memberships);
    if (std::any_of(memberships.begin(), memberships.end(), [&](const auto& m) { return same_organisation(people.dataset.organisation_names[at(m.organisation)], expert.organisation); })) placed.push_back(person);
  }
  return placed.empty() ? named : placed;
}

}  // namespace

std::string_view to_string(IdentityState identity) {
  return identity == IdentityState::certain ? "certain" : identity == IdentityState::uncertain ? "uncertain" : "none";
}

std::string_view Expert::attribute(std::string_view name) const {
  if (name == "field") return fields.empty() ? std::string_view() : fields.front();
  if (name == "language") return languages.empty() ? std::string_view() : languages.front();
  for (const TextField& field : kTexts) {
    if (field.name == name) return this->*field.member;
  }
  return {};
}

std::string to_json(const Expert& expert, bool personal) {
  JsonWriter json;
  json.begin_object();
  if (!expert.id.empty()) json.field("id", expert.id);
  json.field("name", expert.name());
  for (const TextField& field : kTexts) {
    if (personal || std::find(kPersonal.begin(), kPersonal.end(), field.name) == kPersonal.end()) json.field(field.name, expert.*field.member);
  }
  const auto list = [&json](std::string_view name, const std::vector<std::string>& values) {
    json.key(name).begin_array();
    for (const std::string& value : values) json.value(value);
    json.end_array();
  };
  for (const ListField& field : kLists) list(field.name, expert.*field.member);
  list("persons", expert.persons);
  list("apart", expert.apart);
  json.field("identity", to_string(expert.identity)).field("load", expert.load).field("source", expert.source).field("consent", expert.consent).field("consent_at", expert.consent_at);
  return json.end_object().text();
}

Result<> change_fields(Expert& expert, std::string_view text) {
  const Fields fields = TRY(Fields::parse(text, "expert"));
  for (const auto& [name, value] : fields.members()) {
    const auto one = std::find_if(kTexts.begin(), kTexts.end(), [&](const TextField& field) { return field.name == name; });
    const auto many = std::find_if(kLists.begin(), kLists.end(), [&](const ListField& field) { return field.name == name; });
    if (one != kTexts.end()) {
      expert.*one->member = collapse_spaces(TRY(fields.text(name)));
    } else if (many != kLists.end()) {
      expert.*many->member = TRY(fields.texts(name));
    } else if (name == "load") {
      const std::int64_t load = TRY(fields.integer(name, 5));
      if (load < 0 || load > 1000) return fail(ErrorKind::invalid_input, "load: {} is outside 0 to 1000", load);
      expert.load = static_cast<std::int32_t>(load);
    } else {
      return fail(ErrorKind::invalid_input, "{}: is no field of an expert that may be set", name);
    }
  }
  if (!expert.orcid.empty()) {
    if (expert.orcid.starts_with("http")) expert.orcid = expert.orcid.substr(expert.orcid.rfind('/') + 1);
    if (!is_orcid(expert.orcid)) return fail(ErrorKind::invalid_input, "orcid: '{}' is no ORCID (0000-0000-0000-000X with its check digit)", expert.orcid);
  }
  for (const auto& [name, words] : {std::pair{"name_zh", &expert.name_zh}, std::pair{"name_en", &expert.name_en}, std::pair{"pinyin", &expert.pinyin}, std::pair{"organisation", &expert.organisation}, std::pair{"title", &expert.title}}) {
    TRY(check_line(name, *words, kTitleCharacters));
  }
  if (!expert.away_until.empty() && !parse_date(expert.away_until)) return fail(ErrorKind::invalid_input, "away_until: '{}' is no date (YYYY-MM-DD)", expert.away_until);
  return {};
}

Expert person_as_expert(const People& people, std::int32_t person) {
  const analysis::Dataset& d = people.dataset;
  Expert expert;
  std::string name = d.person_names[at(person)];
  if (const std::size_t bracket = name.rfind(" ("); bracket != std::string::npos && name.ends_with(')')) name.resize(bracket);
  (is_cjk_text(name) ? expert.name_zh : expert.name_en) = name;
  std::map<std::int32_t, std::int64_t> organisations, countries, languages;
  for (const std::int32_t row : people.works[at(person)]) {
    for (const std::int32_t id : d.organisations.row(row)) ++organisations[id];
    for (const std::int32_t id : d.countries.row(row)) ++countries[id];
    ++languages[d.language[at(row)]];
  }
  const auto most = [](const std::map<std::int32_t, std::int64_t>& counts, const std::vector<std::string>& names) {
    const auto best = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return best == counts.end() ? std::string() : names[at(best->first)];
  };
  expert.organisation = most(organisations, d.organisation_names);
  expert.country = most(countries, d.country_names);
  for (const auto& [language, count] : languages) {
    if (!d.language_names[at(language)].empty()) expert.languages.push_back(d.language_names[at(language)]);
  }
  expert.persons = {people.ids[at(person)]};
  expert.identity = IdentityState::certain;
  expert.source = "lake";
  return expert;
}

Result<std::unique_ptr<store::ExpertDb>> open_experts(const std::filesystem::path& workspace_root) {
  const std::filesystem::path folder = workspace_root / "experts";
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorKind::unavailable, "{} cannot be made: {}", folder.string(), error.message());
  auto db = TRY(store::ExpertDb::open(folder / "experts.db"));
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);  // personal data: the owner's alone
  TRY(take_over_technologies(workspace_root, *db));
  return db;
}

Result<std::vector<Expert>> load_experts(store::ExpertDb& db) {
  std::vector<Expert> list;
  for (const store::ObjectRow& row : TRY(db.objects("expert"))) list.push_back(TRY(read_expert(row)));
  return list;
}

Result<Expert> load_expert(store::ExpertDb& db, std::string_view id) {
  const auto row = TRY(db.object("expert", id));
  if (!row) return fail(ErrorKind::not_found, "there is no expert '{}' in the library; 'jianwei experts list WS' shows those there are", id);
  return read_expert(*row);
}

namespace {

// "专家1" and "专家2" are two people; the key of a name has its letters only.
bool same_digits(std::string_view a, std::string_view b) {
  const auto digits = [](std::string_view text) {
    std::string found;
    std::copy_if(text.begin(), text.end(), std::back_inserter(found), [](char c) { return c >= '0' && c <= '9'; });
    return found;
  };
  return digits(a) == digits(b);
}

}  // namespace

Result<Expert> check_new(const std::vector<Expert>& known, const People& people, Expert expert) {
  if (expert.name().empty()) return fail(ErrorKind::invalid_input, "name_zh, name_en or pinyin: an expert needs a name");
  for (const Expert& other : known) {
    const std::string_view who = other.id.empty() ? other.name() : std::string_view(other.id);
    if (!expert.orcid.empty() && other.orcid == expert.orcid) return fail(ErrorKind::conflict, "orcid {}: is {} already", expert.orcid, who);
    const bool same_place = expert.organisation.empty() || other.organisation.empty() || same_organisation(expert.organisation, other.organisation);
    const bool other_orcid = !expert.orcid.empty() && !other.orcid.empty();
    if (!other_orcid && same_place && name_key(other.name()) == name_key(expert.name()) && same_digits(other.name(), expert.name())) return fail(ErrorKind::conflict, "this name at this organisation is {} already; change it, or give ORCIDs when they are two people", who);
  }
  if (expert.persons.empty()) {
    for (const std::int32_t person : possible_persons(people, expert)) expert.persons.push_back(people.ids[at(person)]);
    expert.identity = expert.persons.empty() ? IdentityState::none : IdentityState::uncertain;
  }
  return expert;
}

Result<Expert> add_checked(store::ExpertDb& db, Expert expert, std::string_view actor) {
  const std::string detail = detail_of("source", expert.source);
  return store_expert(db, std::move(expert), "expert_added", detail, actor);
}

Result<Expert> add_expert(store::ExpertDb& db, const People& people, Expert expert, std::string_view actor) {
  return add_checked(db, TRY(check_new(TRY(load_experts(db)), people, std::move(expert))), actor);
}

Result<Expert> add_person(store::ExpertDb& db, const People& people, std::string_view id, std::string_view actor) {
  const std::int32_t person = people.find(id);
  if (person < 0) return fail(ErrorKind::not_found, "there is no person '{}' in the lake; 'jianwei persons WS NAME' finds ids", id);
  for (const Expert& other : TRY(load_experts(db))) {
    if (std::find(other.persons.begin(), other.persons.end(), id) != other.persons.end() && other.identity == IdentityState::certain) return fail(ErrorKind::conflict, "{} is in the library already, as {}", id, other.id);
  }
  Expert expert = person_as_expert(people, person);
  expert.source = "lake";
  return store_expert(db, std::move(expert), "expert_added", detail_of("person", id), actor);
}

Result<Expert> change_expert(store::ExpertDb& db, std::string_view id, std::string_view json, std::string_view actor) {
  Expert expert = TRY(load_expert(db, id));
  TRY(change_fields(expert, json));
  if (expert.name().empty()) return fail(ErrorKind::invalid_input, "name_zh, name_en or pinyin: an expert needs a name");
  JsonWriter changed;  // which fields, never their values
  changed.begin_object().key("fields").begin_array();
  for (const auto& [name, value] : TRY(Fields::parse(json, "expert")).members()) changed.value(name);
  return store_expert(db, std::move(expert), "expert_changed", changed.end_array().end_object().text(), actor);
}

Result<Expert> join_identity(store::ExpertDb& db, const People& people, std::string_view id, std::string_view person, std::string_view reason, std::string_view actor) {
  Expert expert = TRY(load_expert(db, id));
  if (people.find(person) < 0) return fail(ErrorKind::not_found, "there is no person '{}' in the lake", person);
  for (const Expert& other : TRY(load_experts(db))) {
    if (other.id != expert.id && other.identity == IdentityState::certain && std::find(other.persons.begin(), other.persons.end(), person) != other.persons.end()) {
      return fail(ErrorKind::conflict, "{} is {} for certain: part them first", person, other.id);
    }
  }
  // The first decision replaces the guesses; further ones add spellings of the same person.
  if (expert.identity != IdentityState::certain) expert.persons.clear();
  if (std::find(expert.persons.begin(), expert.persons.end(), person) == expert.persons.end()) expert.persons.emplace_back(person);
  std::erase(expert.apart, std::string(person));
  expert.identity = IdentityState::certain;
  return store_expert(db, std::move(expert), "identity_joined", detail_of("person", person, reason), actor);
}

Result<Expert> part_identity(store::ExpertDb& db, const People& people, std::string_view id, std::string_view person, std::string_view reason, std::string_view actor) {
  Expert expert = TRY(load_expert(db, id));
  if (std::erase(expert.persons, std::string(person)) == 0 && people.find(person) < 0) return fail(ErrorKind::not_found, "there is no person '{}' in the lake", person);
  if (std::find(expert.apart.begin(), expert.apart.end(), person) == expert.apart.end()) expert.apart.emplace_back(person);
  if (expert.persons.empty()) expert.identity = IdentityState::none;
  return store_expert(db, std::move(expert), "identity_parted", detail_of("person", person, reason), actor);
}

Result<DeclaredTie> declare_tie(store::ExpertDb& db, const People& people, const DeclaredTie& tie, std::string_view actor) {
  for (const std::string& end : {tie.a, tie.b}) {
    if (end.starts_with("expert-")) (void)TRY(load_expert(db, end));
    if (end.starts_with("person-") && people.find(end) < 0) return fail(ErrorKind::not_found, "there is no person '{}' in the lake", end);
  }
  if (tie.a.empty() || tie.b.empty() || tie.a == tie.b) return fail(ErrorKind::invalid_input, "a tie needs two different ends: experts, persons of the lake, or an organisation's name");
  if (tie.reason.empty()) return fail(ErrorKind::invalid_input, "reason: say what the tie is");
  DeclaredTie stored = tie;
  const auto rows = TRY(db.apply({{{"tie", "", "", 0, JsonWriter().begin_object().field("a", tie.a).field("b", tie.b).field("reason", tie.reason).end_object().text()}}, {}, {.actor = std::string(actor), .kind = "tie_declared", .object = ""}}));
  stored.id = rows.front().id;
  return stored;
}

Result<std::vector<DeclaredTie>> load_ties(store::ExpertDb& db) {
  std::vector<DeclaredTie> list;
  for (const store::ObjectRow& row : TRY(db.objects("tie"))) {
    const Fields fields = TRY(Fields::parse(row.body, row.id));
    list.push_back({row.id, TRY(fields.text("a")), TRY(fields.text("b")), TRY(fields.text("reason"))});
  }
  return list;
}

Result<ExpertPage> find_in_library(store::ExpertDb& db, const ExpertQuery& query) {
  for (const auto& [name, value] : query.attributes) {
    if (std::find(kFacets.begin(), kFacets.end(), name) == kFacets.end()) return fail(ErrorKind::invalid_input, "'{}' is no facet; there are field, sector, region, country, language, seniority, organisation", name);
  }
  ExpertPage page;
  std::vector<std::string> words;
  for (const std::string& word : split_trimmed(query.text, " ")) words.push_back(strip_marks(fold_case(word)));
  const auto values_of = [](const Expert& expert, std::string_view facet) -> std::vector<std::string> {
    if (facet == "field") return expert.fields;
    if (facet == "language") return expert.languages;
    const std::string value(expert.attribute(facet));
    return value.empty() ? std::vector<std::string>() : std::vector<std::string>{value};
  };
  for (Expert& expert : TRY(load_experts(db))) {
    const std::string text = strip_marks(fold_case(to_json(expert, false))) + " " + name_key(expert.name());
    bool fits = std::all_of(words.begin(), words.end(), [&](const std::string& word) { return text.find(word) != std::string::npos; });
    for (const auto& [name, value] : query.attributes) {
      const auto values = values_of(expert, name);
      fits = fits && std::any_of(values.begin(), values.end(), [&](const std::string& one) { return fold_case(one) == fold_case(value); });
    }
    if (!fits) continue;
    for (const std::string_view facet : kFacets) {
      for (const std::string& value : values_of(expert, facet)) ++page.facets[std::string(facet)][value];
    }
    if (page.total++ >= query.offset && std::ssize(page.experts) < query.limit) page.experts.push_back(std::move(expert));
  }
  return page;
}

std::string to_json(const ExpertPage& page) {
  JsonWriter json;
  json.begin_object().field("total", page.total).key("items").begin_array();
  for (const Expert& expert : page.experts) json.raw(to_json(expert, false));
  json.end_array().key("facets").begin_object();
  for (const auto& [facet, values] : page.facets) {
    json.key(facet).begin_array();
    for (const auto& [value, count] : values) json.begin_object().field("value", value).field("count", count).end_object();
    json.end_array();
  }
  return json.end_object().end_object().text();
}

}  // namespace jianwei::workflow
