// Which documents stand behind a number, as a list that every page links to, with why each of them counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflow/views/result_index.h"

namespace jianwei::workflow {

// All conditions must hold. Names are those of the result.
struct DocumentSelection {
  std::vector<std::size_t> topics, terms;                    // indices; documents that belong to each of them
  std::vector<std::pair<Group, std::int32_t>> groups;
  std::int16_t from = 0, until = 0;                          // years; 0: no bound
};

// Rows of the dataset. With a topic first: by its share, newest first among equals; else newest first. Time O(documents).
std::vector<std::int32_t> select_documents(const ResultIndex& index, const DocumentSelection& selection);

// One document as an object of the open array: id, title, year, kind, source, language, venue, url, organisations (five), countries.
// Of a topic: its share (weight) and the topic's terms that the document holds, most relevant first, each with its probability in the topic: why.
void write_document(JsonWriter& json, const ResultIndex& index, std::int32_t document, std::optional<std::size_t> topic = {}, std::string_view base = {});

// Counts of a list by year, kind, source, language, country and organisation (of each the most frequent), as the field "facets".
void write_facets(JsonWriter& json, const ResultIndex& index, const std::vector<std::int32_t>& documents);

}  // namespace jianwei::workflow
