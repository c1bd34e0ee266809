// By what a source record is known: its key, the hash of its content, and a signature of its title.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "records/record.h"

namespace jianwei {

// Hash of everything the record says: all canonical fields, its source and own id; not its raw text, format or place in the file.
std::uint64_t content_hash(const Record& record);

// True when own ids mean something within one file only: the source is not one of the databases that number their records for good.
bool has_local_id(const Record& record);

// The key under which versions of one source record replace one another: source name + own id (+ `file_name`'s last part when the id
// is local to its file); the content when the record has no id of its own.
std::uint64_t source_key(const Record& record, std::uint64_t content, std::string_view file_name);

// Simhash (Charikar 2002, doi:10.1145/509907.509965) of the character bigrams of the folded title: equal titles have equal signatures, similar
// ones differ in few of the 64 bits, unrelated ones in about 32 (fewer inside one field). similar_titles() is strict.
std::uint64_t title_signature(std::string_view title);
bool similar_titles(std::uint64_t a, std::uint64_t b);

// The lasting id of a thing that is known by its name: kind, "-", ten hexadecimal digits of the folded name (term-…, organisation-…, person-…).
std::string named_id(std::string_view kind, std::string_view name);

}  // namespace jianwei
