// The map of documents: what a page needs to name and colour points as JSON, the points themselves as columns of bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "workflow/views/result_index.h"

namespace jianwei::workflow {

inline constexpr std::uint16_t kNoTopic = 65535;

// {"n","trustworthiness","topics":[{id,label,label_zh,label_en,x,y,documents,area,domain}],"areas","domains","kinds","languages","sources",
// "first_year","last_year","points_href"}.
// Points name topics, kinds, languages and sources by their place in these lists. Errors: not_found  the run has no map
Result<std::string> map_json(const ResultIndex& index, Language language, std::string_view base);

// Little endian: "JWM1", u32 n, f32 x[n], f32 y[n], u16 topic[n] (65535 none), i16 year[n], u8 kind[n], u8 language[n], u8 source[n], zeros to a multiple of four.
// More than 256 sources or languages: the last number stands for all others. Errors: as above
Result<std::string> map_points(const ResultIndex& index);

// Ids, titles and years of the points at these places. Errors: invalid_input  a place outside the map
Result<std::string> map_documents_json(const ResultIndex& index, const std::vector<std::int64_t>& places, std::string_view base);

}  // namespace jianwei::workflow
