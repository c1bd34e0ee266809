// An organisation, a person or a country: years, topics, partners, and the records behind each number.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "workflow/actor_list.h"
#include "workflow/views/result_index.h"

namespace jianwei::workflow {

// documents_href and href of a row, into the open object.
void write_actor_links(JsonWriter& json, ActorKind kind, const ActorRow& row, std::string_view base);

// {"id","name","documents","years":[{year, documents}],"topics":[{id, label, documents, share, overall}],"terms":[...],"countries":[...],"organisations","persons","venues",...}
std::string actor_json(const ResultIndex& index, ActorKind kind, const ActorRow& row, Language language, std::string_view base);

// The same of a country (ISO 3166-1 alpha-2), with where it stands in each topic. Errors: not_found
Result<std::string> country_json(const ResultIndex& index, std::string_view country, Language language, std::string_view base);

}  // namespace jianwei::workflow
