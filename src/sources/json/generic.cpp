// JSON objects of any origin: keys are columns. Their meaning comes from the mapping file, or from the first documents by the same
// dictionary and value tests as for tables.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/strings.h"
#include "records/identifier.h"
#include "records/country.h"
#include "records/person_name.h"
#include "sources/json/blocks.h"
#include "sources/json/json_reader.h"
#include "sources/tables/csv.h"
#include "sources/tables/mapping.h"
#include "sources/tables/separators.h"

namespace jianwei::sources {
namespace {

constexpr std::size_t kMaxListItems = 100'000;

// The text a nested object stands for.
std::string object_label(const JsonElement& object) {
  for (const std::string_view key : {"name", "display_name", "displayName", "full_name", "title", "label", "value", "text", "term", "keyword", "id", "code"}) {
    std::string found = text(object, key);
    if (!found.empty()) return found;
  }
  return "";
}

void collect_values(const JsonElement& value, ColumnSample& column) {
  if (value.is_array()) {
    column.is_list = true;
    for (const JsonElement element : JsonArray(value)) {
      if (element.is_null()) continue;
      std::string label = is_object(element) ? object_label(element) : scalar_text(element);
      if (!label.empty()) column.values.push_back(std::move(label));
    }
    return;
  }
  std::string label = is_object(value) ? object_label(value) : scalar_text(value);
  if (!is_missing(label)) column.values.push_back(std::move(label));
}

Person person_of(const JsonElement& object, std::vector<Organisation>& affiliations) {
  Person person;
  const auto first_of = [&](std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
      std::string found = text(object, key);
      if (!found.empty()) return clean_value(found);
    }
    return std::string();
  };
  const std::string family = first_of({"family", "last_name", "lastName", "last", "surname", "family_name", "familyName", "lastname"});
  const std::string given = first_of({"given", "first_name", "firstName", "first", "given_name", "givenName", "firstname", "forename"});
  if (!family.empty()) {
    person.family = family;
    person.given = given;
    person.name = shown_name(family, given);
  } else {
    person = parse_person(first_of({"name", "full_name", "fullName", "display_name", "displayName", "author", "text"}));
  }
  person.orcid = normalize_identifier("orcid", first_of({"orcid", "ORCID"}));
  person.source_id = first_of({"id", "authorId", "author_id", "profile_id", "ids"});
  for (const std::string_view key : {"affiliation", "affiliations", "institution", "institutions", "organization", "aff"}) {
    for (const JsonElement& element : elements(object, key)) {
      Organisation organisation;
      organisation.name = clean_value(is_object(element) ? object_label(element) : scalar_text(element));
      organisation.country = is_object(element) ? country_code(text(element, "country")) : "";
      if (organisation.country.empty()) organisation.country = country_of_address(organisation.name);
      if (!organisation.name.empty()) affiliations.push_back(std::move(organisation));
    }
  }
  return person;
}

Reference reference_of(const JsonElement& object) {
  Reference reference;
  const auto first_of = [&](std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
      std::string found = text(object, key);
      if (!found.empty()) return clean_value(found);
    }
    return std::string();
  };
  reference.doi = find_doi(first_of({"doi", "DOI", "url"}));
  reference.text = first_of({"text", "unstructured", "raw", "citation"});
  reference.title = first_of({"title", "article-title", "articleTitle"});
  reference.author = first_of({"author", "first_author"});
  reference.venue = first_of({"venue", "journal", "journal-title", "source"});
  if (const auto year = parse_int(first_of({"year"}).substr(0, 4)); year && *year > 1000 && *year < 3000) reference.year = static_cast<std::int16_t>(*year);
  return reference;
}

// The keys of the objects as columns, in the order they are first met.
std::vector<ColumnSample> columns_of(const std::vector<JsonElement>& first) {
  std::vector<ColumnSample> columns;
  std::unordered_map<std::string, std::size_t> place;
  for (const JsonElement& document : first) {
    JsonObject object;
    if (document.get_object().get(object) != simdjson::SUCCESS) continue;
    for (const auto field : object) {
      const auto [at, added] = place.emplace(std::string(field.key), columns.size());
      if (added) columns.push_back({std::string(field.key), {}, 0, false});
      ++columns[at->second].row_count;
      if (columns[at->second].values.size() < 2000) collect_values(field.value, columns[at->second]);
    }
  }
  return columns;
}

class GenericConverter : public JsonConverter {
 public:
  explicit GenericConverter(const ReadOptions& options) : options_(options) {}

  void learn(const std::vector<JsonElement>& first) override {
    const std::vector<ColumnSample> columns = columns_of(first);
    const Mapping mapping = options_.mapping != nullptr ? *options_.mapping : suggest_mapping(columns).mapping;
    plan_ = compile_plan(mapping, columns, options_.file_name);
    if (options_.mapping != nullptr && mapping.kind.empty()) plan_.kind = parse_record_kind(suggest_mapping(columns).mapping.kind).value_or(RecordKind::work);
    for (std::size_t i = 0; i < columns.size(); ++i) plans_[columns[i].name] = plan_.columns[i];
    for (const ColumnSample& column : columns) names_.push_back(column.name);
  }

  std::string refusal() const override {
    if (plan_.has_text) return "";
    return fmt::format("none of the keys ({}) looks like a title, an abstract or a text: name one in a mapping file", fmt::join(names_, ", "));
  }

  void convert(const JsonElement& document, Converted& out) const override {
    JsonObject object;
    if (document.get_object().get(object) != simdjson::SUCCESS) return out.reject("not a JSON object");
    Draft draft;
    draft.record.kind = plan_.kind;
    draft.record.provenance.source = plan_.source;
    draft.record.language = plan_.language;
    for (const auto field : object) {
      if (field.value.is_null()) continue;
      const auto known = plans_.find(std::string(field.key));
      if (known != plans_.end() && known->second.field != Field::ignore) {
        add(draft, known->second, field.value);
      } else if (known == plans_.end()) {
        // A key the first documents did not have: its name alone decides.
        ColumnPlan plan;
        const auto meaning = options_.mapping == nullptr ? recognise_column(field.key) : std::nullopt;
        if (meaning && meaning->confidence >= 0.9) {
          plan.field = meaning->field;
          plan.role = meaning->role;
          add(draft, plan, field.value);
        } else {
          ++out.notes["unmapped\t" + std::string(field.key)];
        }
      } else {
        ++out.notes["unmapped\t" + std::string(field.key)];
      }
    }
    if (auto problem = draft.finish()) return out.reject(std::move(*problem));
    Record& record = draft.record;
    if (record.type.empty()) record.type = plan_.type;
    if (record.kind == RecordKind::policy) settle_policy(record);
    out.items.emplace_back(std::move(record));
  }

 private:
  static void add(Draft& draft, const ColumnPlan& plan, const JsonElement& value) {
    if (value.is_string()) {
      draft.add(plan, value.get_string().value_unsafe());
    } else if (value.is_array()) {
      std::string joined;
      std::size_t count = 0;
      const bool running = plan.field == Field::abstract || plan.field == Field::full_text;
      for (const JsonElement element : JsonArray(value)) {
        if (++count > kMaxListItems) break;
        if (element.is_array()) continue;
        if (running) {
          joined += (joined.empty() ? "" : "\n") + (is_object(element) ? object_label(element) : scalar_text(element));
        } else {
          add_element(draft, plan, element);
        }
      }
      if (running) draft.add(plan, joined);
    } else {
      add_element(draft, plan, value);
    }
  }

  static void add_element(Draft& draft, const ColumnPlan& plan, const JsonElement& value) {
    if (!is_object(value)) {
      const std::string scalar = scalar_text(value);
      if (!is_missing(scalar)) draft.add_one(plan, scalar);
      return;
    }
    if (plan.field == Field::persons) {
      std::vector<Organisation> affiliations;
      Person person = person_of(value, affiliations);
      person.role = plan.role == "author" ? "" : plan.role;
      draft.add_person(std::move(person), affiliations);
    } else if (plan.field == Field::references) {
      draft.record.references.push_back(reference_of(value));
    } else {
      draft.add_one(plan, object_label(value));
    }
  }

  const ReadOptions& options_;
  Plan plan_;
  std::unordered_map<std::string, ColumnPlan> plans_;
  std::vector<std::string> names_;
};

}  // namespace

Result<SuggestedMapping> suggest_mapping_of_json(const Sample& sample) {
  TextStream stream(sample.text);
  JsonBlockReader reader(stream, sample.text.size() + 1);
  JsonBlock block;
  std::vector<std::unique_ptr<simdjson::dom::parser>> parsers;  // keep the documents alive
  std::vector<JsonElement> documents;
  if (reader.next(block).value_or(false)) {
    for (const JsonPiece& piece : block.pieces) {
      auto parser = std::make_unique<simdjson::dom::parser>();
      JsonElement document;
      if (piece.problem != nullptr || parser->parse(block.text.data() + piece.begin, piece.end - piece.begin, false).get(document) != simdjson::SUCCESS) continue;
      documents.push_back(document);
      parsers.push_back(std::move(parser));
    }
  }
  if (documents.empty()) return fail(ErrorKind::invalid_input, "{}: no JSON object could be read", sample.name);
  SuggestedMapping suggestion = suggest_mapping(columns_of(documents));
  suggestion.mapping.source = collection_name(sample.name);
  return suggestion;
}

std::unique_ptr<JsonConverter> generic_converter(const ReadOptions& options) { return std::make_unique<GenericConverter>(options); }

}  // namespace jianwei::sources
