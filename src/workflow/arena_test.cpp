#include "workflow/arena.h"

#include <gtest/gtest.h>

#include "records/unicode.h"

namespace jianwei::workflow {
namespace {

TEST(Arena, CutsBetweenCharacters) {
  const std::string text = "固态电池";  // three bytes each
  EXPECT_EQ(cut_text(text, 12), text);
  EXPECT_EQ(cut_text(text, 11), "固态电");
  EXPECT_EQ(cut_text(text, 10), "固态电");
  EXPECT_EQ(cut_text(text, 9), "固态电");
  EXPECT_EQ(cut_text(text, 2), "");
}

TEST(Arena, ShortensOnlyWhatIsTooLongAndStaysUtf8) {
  const std::string text = "a电池𠀀b";  // 1, 3, 3, 4, 1 bytes
  EXPECT_EQ(shorten(text, text.size()), text);
  EXPECT_EQ(shorten(text, 8), "a电池 …");
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::string part = shorten(text, size);
    EXPECT_TRUE(is_valid_utf8(part)) << size;
    EXPECT_TRUE(part.ends_with(" …")) << size;
    EXPECT_LE(part.size(), size + std::string(" …").size());
  }
}

}  // namespace
}  // namespace jianwei::workflow
