// What the layers say, in the reader's language.
//
// The layers say what is wrong in English, in a sentence made of a pattern and what fills it ("no job {}"), and pass it on as a value; a face says it
// at the edge. data/sentences.zh.json gives the Chinese of each pattern, so that whoever reads the code reads the sentence, and what was stored
// years ago is said, too. A sentence is recognised by the fixed words of its pattern; what filled it is said as well when it is a sentence itself (the
// reason of an error in another one). Chinese fills {} in the English order or names places: {1}, {0}; {0:field} is the word of the message
// catalogue that "field." and what fills it name. What the system or a library said stands as "system: ...". The test `messages.sentences` finds
// what has no Chinese.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "base/json_writer.h"

namespace jianwei {

// The sentence in a language; as it is when it is not known. Some tens of microseconds: for the edge, not for loops.
std::string say(Language language, std::string_view english);

// "name": English, "name_zh": Chinese; for documents that readers of either language are shown.
void write_said(JsonWriter& json, std::string_view name, std::string_view english);

}  // namespace jianwei
