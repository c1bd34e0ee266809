// Scalars go straight into the record; lists that belong together are kept apart until finish().
#include "sources/tables/draft.h"

#include <algorithm>

#include "base/strings.h"
#include "records/country.h"
#include "records/identifier.h"
#include "records/unicode.h"

namespace jianwei::sources {
namespace {

void add_unique(std::vector<std::string>& list, std::string value) {
  if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

// 1,234.5 and 1.234,5: of two signs the last is the decimal one; a lone comma is it unless three digits follow.
char decimal_sign(std::string_view text) {
  const std::size_t comma = text.rfind(','), point = text.rfind('.');
  if (comma == std::string_view::npos) return '.';
  if (point != std::string_view::npos) return comma > point ? ',' : '.';
  const std::size_t digits = std::min(text.find_first_not_of("0123456789", comma + 1), text.size()) - comma - 1;
  return text.find(',') == comma && digits != 3 && digits != 0 ? ',' : '.';
}

std::optional<double> parse_amount(std::string_view text) {
  std::string digits;
  const char decimal = decimal_sign(text);
  for (const char c : text) {
    if (is_digit(c) || c == '-') digits += c;
    if (c == decimal) digits += '.';
    if (!digits.empty() && !is_digit(c) && c != '.' && c != ',' && c != ' ') break;
  }
  std::optional<double> amount = parse_double(digits);
  if (amount && text.find("万") != std::string_view::npos) *amount *= 1e4;
  return amount;
}

// The order in which date columns are believed; a smaller rank wins.
int date_rank(std::string_view role) {
  if (role == "application") return 3;
  if (role == "second") return 2;
  if (role == "version") return 1;
  return 0;
}

// "2018.01-2020.12", "2018-01-01至2020-12-31": the two ends.
std::pair<std::string_view, std::string_view> split_range(std::string_view text) {
  for (const std::string_view mark : {"至", "～", "~", "—", "–", " - ", " to ", "--"}) {
    const std::size_t at = text.find(mark);
    if (at != std::string_view::npos) return {trim(text.substr(0, at)), trim(text.substr(at + mark.size()))};
  }
  const std::size_t dashes = static_cast<std::size_t>(std::count(text.begin(), text.end(), '-'));
  if (dashes % 2 == 1) {
    std::size_t at = 0;
    for (std::size_t i = 0; i <= dashes / 2; ++i) at = text.find('-', i == 0 ? 0 : at + 1);
    return {trim(text.substr(0, at)), trim(text.substr(at + 1))};
  }
  return {trim(text), {}};
}

std::vector<std::size_t> parse_indices(std::string_view text) {
  std::vector<std::size_t> indices;
  for (const std::string_view part : split(text, "+")) {
    if (const auto index = parse_int(trim(part)); index && *index >= 0) indices.push_back(static_cast<std::size_t>(*index));
  }
  return indices;
}

std::string letters_only(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (is_alpha(c) || static_cast<unsigned char>(c) >= 0x80) letters += to_lower_ascii(c);
  }
  return letters;
}

}  // namespace

void Draft::add(const ColumnPlan& plan, std::string_view value) {
  if (is_missing(value)) return;
  switch (plan.field) {
    case Field::persons:
    case Field::keywords:
    case Field::classifications:
    case Field::organisations:
    case Field::references:
    case Field::countries:
    case Field::funders:
    case Field::awards:
    case Field::person_orcids:
    case Field::person_ids:
    case Field::identifier:
      if (!plan.separator.empty()) {
        // "M&uuml;ller; Li": the semicolon of an entity separates nothing.
        const std::string decoded = value.find('&') == std::string_view::npos ? std::string() : decode_entities(value);
        for (const std::string& part : split_values(decoded.empty() ? value : decoded, plan.separator)) {
          // "张三、李四；王五": the Chinese comma of lists separates names and keywords whatever else does.
          const bool names = plan.field == Field::persons || plan.field == Field::keywords;
          for (const std::string& one : split_values(part, names && plan.separator != "、" ? "、" : "")) add_one(plan, one);
        }
        return;
      }
      break;
    default:
      break;
  }
  add_one(plan, value);
}

void Draft::add_one(const ColumnPlan& plan, std::string_view value) {
  value = trim(value);
  if (value.empty()) return;
  const auto set = [&](std::string& field) {
    if (field.empty()) field = clean_value(value);
  };
  switch (plan.field) {
    case Field::ignore: break;
    case Field::id: set(record.provenance.own_id); break;
    case Field::identifier:
      if (plan.role == "patent") {
        if (patent_number_.empty()) patent_number_ = clean_value(value);
        // "US06836996-20050104": number and date.
        const std::size_t dash = value.rfind('-');
        if (dash != std::string_view::npos && value.size() - dash == 9 && parse_int(value.substr(dash + 1))) value = value.substr(0, dash);
        std::string number = normalize_identifier("patent", value);
        while (number.size() > 8 && is_alpha(number[0]) && is_alpha(number[1]) && number[2] == '0' && number.starts_with("US")) number.erase(2, 1);
        add_identifier(record, plan.role, number);
      } else {
        add_identifier(record, plan.role, value);
      }
      break;
    case Field::kind:
      if (const auto kind = parse_record_kind(to_lower_ascii(value))) record.kind = *kind;
      break;
    case Field::type:
      if (record.type.empty()) {
        record.type = work_type(value);
        if (record.type.empty()) record.type = to_lower_ascii(clean_value(value));
      }
      break;
    case Field::title: set(record.title); break;
    case Field::title_translated: set(record.title_translated); break;
    case Field::abstract:
      if (plan.role == "second") {
        if (second_abstract_.empty()) second_abstract_ = clean_value(value);
      } else {
        set(record.abstract);
      }
      break;
    case Field::abstract_translated: set(record.abstract_translated); break;
    case Field::full_text:
      if (record.full_text.empty()) record.full_text = clean_long_text(value);
      break;
    case Field::language:
      if (record.language.empty()) record.language = language_code(value);
      break;
    case Field::year:
      if (year_ == 0) {
        const Date date = parse_table_date(value, DateStyle::recognised, 2099);
        year_ = date.year;
      }
      break;
    case Field::month: month_ = parse_month(value); break;
    case Field::date: dates_.push_back({date_rank(plan.role), std::string(value), plan.date_style, plan.role == "online"}); break;
    case Field::end_date: end_dates_.push_back({0, std::string(value), plan.date_style, false}); break;
    case Field::date_range: {
      const auto [begin, end] = split_range(value);
      dates_.push_back({0, std::string(begin), plan.date_style, false});
      if (!end.empty()) end_dates_.push_back({0, std::string(end), plan.date_style, false});
      break;
    }
    case Field::persons: {
      Person person = parse_person(value, plan.family_first);
      if (person.name.empty()) break;
      person.role = plan.role == "author" ? "" : plan.role;
      record.persons.push_back(std::move(person));
      break;
    }
    case Field::person_orcids: orcids_.emplace_back(value); break;
    case Field::person_ids: person_ids_.emplace_back(value); break;
    case Field::organisations:
      if (plan.role == "normalised") {
        normalised_.push_back(clean_value(value));
      } else if (plan.role.empty() || plan.role == "affiliation") {
        affiliations_.push_back(clean_value(value));
      } else {
        add_organisation({clean_value(value), "", plan.role, ""});
      }
      break;
    case Field::person_affiliations: person_affiliations_ = clean_value(value); break;
    case Field::organisation_index: organisation_index_ = value; break;
    case Field::countries:
      if (plan.role == "province") {
        if (is_cjk_text(value)) countries_ = {"CN"};
      } else {
        (plan.role == "unique" ? unique_countries_ : countries_).push_back(country_code(value));
      }
      break;
    case Field::country_index: country_index_ = value; break;
    case Field::keywords: add_unique(plan.role == "index" ? index_terms_ : record.keywords, clean_value(value)); break;
    case Field::classifications: {
      std::string code = clean_value(value);
      const bool is_code = plan.role == "cpc" || plan.role == "ipc" || plan.role == "uspc" || plan.role == "clc" || plan.role == "jel";
      if (plan.role == "ipc" || plan.role == "cpc") code = patent_symbol(code);
      Classification classification{plan.role.empty() ? "field" : plan.role, is_code ? code : "", is_code ? "" : code};
      const auto same = [&](const Classification& c) { return c.scheme == classification.scheme && c.code == classification.code && c.label == classification.label; };
      if (std::none_of(record.classifications.begin(), record.classifications.end(), same)) record.classifications.push_back(std::move(classification));
      break;
    }
    case Field::references:
      if (plan.role.empty()) {
        record.references.push_back(parse_reference(value));
      } else {
        Reference reference;
        reference.other = plan.role + ':' + normalize_identifier(plan.role, value);
        record.references.push_back(std::move(reference));
      }
      break;
    case Field::funding:
      for (Funding& funding : parse_funding(value)) record.funding.push_back(std::move(funding));
      break;
    case Field::funders: add_unique(funders_, clean_value(value)); break;
    case Field::awards:
      add_unique(awards_, clean_value(value));
      if (plan.role == "own" && record.provenance.own_id.empty()) record.provenance.own_id = clean_value(value);
      break;
    case Field::venue: set(record.venue); break;
    case Field::volume: set(record.volume); break;
    case Field::issue: set(record.issue); break;
    case Field::pages: set(record.pages); break;
    case Field::start_page: set(start_page_); break;
    case Field::end_page: set(end_page_); break;
    case Field::publisher: set(record.publisher); break;
    case Field::url:
      if (record.url.empty()) record.url = std::string(value.substr(0, value.find_first_of(" \n\r\t")));
      break;
    case Field::citations: {
      const auto count = parse_double(value);
      if (count && *count >= 0 && *count < 1e12 && !record.citation_count) record.citation_count = static_cast<std::int64_t>(*count);
      break;
    }
    case Field::amount:
      if (!record.amount) {
        record.amount = parse_amount(value);
        if (record.amount) *record.amount *= plan.scale;
        if (record.amount && record.currency.empty() && plan.role.size() == 3) record.currency = plan.role;
      }
      break;
    case Field::currency:
      if (value.size() == 3) record.currency = std::string(value);
      break;
    case Field::head: break;
  }
}

std::int32_t Draft::add_organisation(Organisation organisation) {
  for (std::size_t i = 0; i < record.organisations.size(); ++i) {
    Organisation& known = record.organisations[i];
    if (known.name == organisation.name && known.role == organisation.role) {
      if (known.country.empty()) known.country = organisation.country;
      if (known.ror.empty()) known.ror = organisation.ror;
      return static_cast<std::int32_t>(i);
    }
  }
  record.organisations.push_back(std::move(organisation));
  return static_cast<std::int32_t>(record.organisations.size() - 1);
}

void Draft::add_person(Person person, const std::vector<Organisation>& affiliations) {
  for (const Organisation& affiliation : affiliations) {
    if (affiliation.name.empty() && affiliation.country.empty()) continue;
    const std::int32_t index = add_organisation(affiliation);
    if (std::find(person.organisations.begin(), person.organisations.end(), index) == person.organisations.end()) person.organisations.push_back(index);
  }
  if (!person.name.empty()) record.persons.push_back(std::move(person));
}

void Draft::finish_dates() {
  const auto best = [&](std::vector<DateCandidate>& candidates) {
    Date found;
    int found_rank = 100;
    for (const DateCandidate& candidate : candidates) {
      const Date date = parse_table_date(candidate.text, candidate.style, year_ != 0 ? year_ : 2060);
      if (candidate.only_this_year && year_ != 0 && date.year != year_) continue;
      if (!date.known() || candidate.rank > found_rank || (candidate.rank == found_rank && found.known())) continue;
      found = date;
      found_rank = candidate.rank;
    }
    return found;
  };
  if (!record.date.known()) record.date = best(dates_);
  if (!record.end_date.known()) record.end_date = best(end_dates_);
  if (!record.date.known() && year_ != 0) record.date = {static_cast<std::int16_t>(year_), static_cast<std::int8_t>(month_), 0};
  // A call for proposals of which only the deadline is known is dated by it.
  if (!record.date.known() && record.kind == RecordKind::project && record.persons.empty()) record.date = record.end_date;
  if (record.date.year == year_ && record.date.month == 0) record.date.month = static_cast<std::int8_t>(month_);
}

void Draft::finish_persons() {
  auto& persons = record.persons;
  // Some exports give the whole list twice.
  const std::size_t half = persons.size() / 2;
  if (half > 0 && persons.size() % 2 == 0) {
    const auto same = [](const Person& a, const Person& b) { return a.name == b.name && a.role == b.role; };
    if (std::equal(persons.begin(), persons.begin() + static_cast<std::ptrdiff_t>(half), persons.begin() + static_cast<std::ptrdiff_t>(half), same)) persons.resize(half);
  }
  const std::size_t count = persons.size();
  if (orcids_.size() == count) {
    for (std::size_t i = 0; i < count; ++i) persons[i].orcid = normalize_identifier("orcid", orcids_[i]);
  }
  if (person_ids_.size() == count) {
    for (std::size_t i = 0; i < count; ++i) {
      if (persons[i].source_id.empty()) persons[i].source_id = person_ids_[i];
    }
  }
  const auto link = [&](std::size_t person, std::int32_t organisation) {
    auto& list = persons[person].organisations;
    if (std::find(list.begin(), list.end(), organisation) == list.end()) list.push_back(organisation);
  };
  if (!normalised_.empty()) {
    // Normalised organisations with one index (or "0+2") per person; countries the same way.
    std::vector<std::int32_t> index;
    for (const std::string& name : normalised_) index.push_back(add_organisation({name, "", "", ""}));
    const auto per_person = split(organisation_index_, ";");
    const auto country_per_person = split(country_index_, ";");
    for (std::size_t i = 0; i < per_person.size(); ++i) {
      const auto organisations = parse_indices(per_person[i]);
      const auto countries = i < country_per_person.size() ? parse_indices(country_per_person[i]) : std::vector<std::size_t>{};
      for (std::size_t k = 0; k < organisations.size(); ++k) {
        if (organisations[k] >= index.size()) continue;
        const std::int32_t organisation = index[organisations[k]];
        if (per_person.size() == count) link(i, organisation);
        const std::size_t c = organisations.size() == countries.size() ? countries[k] : countries.size() == 1 ? countries[0] : unique_countries_.size();
        Organisation& target = record.organisations[static_cast<std::size_t>(organisation)];
        if (c < unique_countries_.size() && target.country.empty()) target.country = unique_countries_[c];
      }
    }
    affiliations_.clear();
    return;
  }
  if (!unique_countries_.empty() && countries_.empty()) countries_ = unique_countries_;
  if (!person_affiliations_.empty()) {
    // Each entry starts with a person's name; what follows names one or more of the affiliations.
    std::size_t person = 0;
    std::vector<std::int32_t> known;
    for (const std::string& name : affiliations_) known.push_back(add_organisation({name, country_of_address(name), "", ""}));
    for (const std::string& entry : split_trimmed(person_affiliations_, "; ")) {
      std::size_t owner = count;
      for (std::size_t i = person; i < std::min(count, person + 3) && owner == count; ++i) {
        // The full name, or the family name with the first initial: the two columns may abbreviate differently.
        const std::string key = letters_only(persons[i].family.empty() ? persons[i].name : persons[i].family + persons[i].given.substr(0, 1));
        const std::string start = letters_only(entry.substr(0, std::min(entry.size(), key.size() + persons[i].name.size() + 16)));
        if (!key.empty() && start.starts_with(key)) owner = i;
      }
      if (owner == count) {
        if (person == 0) continue;
        owner = person - 1;  // an affiliation that holds "; "
      } else {
        person = owner + 1;
      }
      bool any = false;
      for (std::size_t k = 0; k < known.size(); ++k) {
        if (entry.find(affiliations_[k]) != std::string::npos) {
          link(owner, known[k]);
          any = true;
        }
      }
      if (any || !known.empty()) continue;
      // No list of affiliations: what stands behind "Family, Given, " or "Family G., ".
      const std::size_t commas = persons[owner].family.empty() || entry.find(persons[owner].name) != 0 ? 1 : 2;
      std::size_t at = 0;
      for (std::size_t c = 0; c < commas && at != std::string::npos; ++c) at = entry.find(", ", at == 0 ? 0 : at + 2);
      if (at == std::string::npos) continue;
      const std::string name = entry.substr(at + 2);
      link(owner, add_organisation({name, country_of_address(name), "", ""}));
    }
    affiliations_.clear();
    return;
  }
  // The people the affiliations speak of: those of the first role.
  std::vector<std::size_t> people;
  for (std::size_t i = 0; i < count; ++i) {
    if (persons[i].role == persons[0].role && persons[i].organisations.empty()) people.push_back(i);
  }
  const std::size_t affiliation_count = affiliations_.size();
  for (std::size_t k = 0; k < affiliation_count; ++k) {
    std::string country = k < countries_.size() && countries_.size() == affiliation_count ? countries_[k] : "";
    if (country.empty()) country = country_of_address(affiliations_[k]);
    const std::int32_t organisation = add_organisation({affiliations_[k], std::move(country), "", ""});
    if (affiliation_count == people.size()) {
      link(people[k], organisation);
    } else if (affiliation_count == 1 || people.size() == 1) {
      for (const std::size_t i : people) link(i, organisation);
    }
  }
}

void Draft::finish_countries() {
  std::erase(countries_, "");
  if (countries_.empty()) return;
  std::vector<std::string> unique;
  for (const std::string& country : countries_) add_unique(unique, country);
  bool placed = false;
  for (Organisation& organisation : record.organisations) {
    if (organisation.role == "funder" || organisation.role == "publisher") continue;
    if (unique.size() == 1 && organisation.country.empty()) organisation.country = unique[0];
    placed |= !organisation.country.empty();
  }
  // Countries without a known organisation are kept as nameless affiliations rather than guessed onto one.
  if (placed) return;
  for (const std::string& country : unique) add_organisation({"", country, "", ""});
}

void Draft::finish_funding() {
  if (funders_.size() == awards_.size() || awards_.empty()) {
    for (std::size_t i = 0; i < funders_.size(); ++i) record.funding.push_back({funders_[i], awards_.empty() ? "" : awards_[i]});
  } else if (funders_.size() == 1) {
    for (const std::string& award : awards_) record.funding.push_back({funders_[0], award});
  } else if (awards_.size() == 1 && !funders_.empty()) {
    for (const std::string& funder : funders_) record.funding.push_back({funder, awards_[0]});
  } else {
    for (const std::string& funder : funders_) record.funding.push_back({funder, ""});
    for (const std::string& award : awards_) record.funding.push_back({"", award});
  }
}

std::optional<std::string> Draft::finish() {
  if (record.abstract.empty()) record.abstract = std::move(second_abstract_);
  finish_dates();
  finish_persons();
  finish_countries();
  finish_funding();
  // Terms given by the database stand in for missing author keywords, else beside them.
  if (record.keywords.empty()) {
    record.keywords = std::move(index_terms_);
  } else {
    for (std::string& term : index_terms_) record.classifications.push_back({"index", "", std::move(term)});
  }
  if (record.pages.empty() && !start_page_.empty()) {
    const auto whole = [](std::string page) { return page.ends_with(".0") ? page.substr(0, page.size() - 2) : page; };
    record.pages = whole(start_page_);
    if (!end_page_.empty() && end_page_ != start_page_) record.pages += '-' + whole(end_page_);
  }
  for (std::string* number : {&record.volume, &record.issue}) {
    if (number->ends_with(".0")) number->resize(number->size() - 2);  // spreadsheets write 14 as 14.0
  }
  if (record.kind == RecordKind::project) {
    for (const std::string& award : awards_) add_identifier(record, "grant", award);
  }
  if (record.provenance.own_id.empty()) record.provenance.own_id = patent_number_;
  // An award or a patent without a text still counts for its organisations when it can be identified.
  const bool counted = (record.kind == RecordKind::project || record.kind == RecordKind::patent) && (!record.organisations.empty() || !record.persons.empty()) &&
                       (!record.url.empty() || !record.identifiers.empty() || !record.provenance.own_id.empty());
  if (!counted && record.title.empty() && record.abstract.empty() && record.full_text.empty()) {
    return "no title, abstract or text: fill one of them, or name its column in a mapping file";
  }
  return std::nullopt;
}

}  // namespace jianwei::sources
