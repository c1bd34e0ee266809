#include "text/segmenter.h"

#include <gtest/gtest.h>

#include <string>

namespace jianwei::text {
namespace {

std::string cut(std::string_view text) {
  const auto shipped = segmenter();
  if (!shipped) return shipped.error().message;
  Segmenter::Scratch scratch;
  std::vector<std::uint32_t> ends;
  (*shipped)->cut(text, scratch, ends);
  std::string result;
  std::size_t begin = 0;
  for (const std::uint32_t end : ends) {
    if (begin > 0) result += '/';
    result += text.substr(begin, end - begin);
    begin = end;
  }
  return result;
}

// The examples of jieba's README (https://github.com/fxsj/jieba), default mode.
TEST(Segmenter, CutsThePublishedExamplesOfJieba) {
  EXPECT_EQ(cut("我来到北京清华大学"), "我/来到/北京/清华大学");
  EXPECT_EQ(cut("他来到了网易杭研大厦"), "他/来到/了/网易/杭研/大厦");  // 杭研 is found by the HMM
  EXPECT_EQ(cut("小明硕士毕业于中国科学院计算所"), "小明/硕士/毕业/于/中国科学院/计算所");
}

TEST(Segmenter, KeepsEveryByteOfItsInput) {
  for (const std::string_view text : {"固态电池界面稳定性", "㐀㐁𠀀龘龘", "一", ""}) {
    std::string joined = cut(text);
    std::erase(joined, '/');
    EXPECT_EQ(joined, text);
  }
}

TEST(Segmenter, CutsBothScriptsAlike) {
  EXPECT_EQ(cut("機器學習與資訊檢索"), "機器/學習/與/資訊/檢索");
  EXPECT_EQ(cut("机器学习与资讯检索"), "机器/学习/与/资讯/检索");
  const Segmenter* shipped = *segmenter();
  EXPECT_EQ(shipped->simplified("機器學習與資訊檢索"), "机器学习与资讯检索");
  EXPECT_EQ(shipped->simplified("于乾隆后裡㐀𠀀"), "于干隆后里㐀𠀀");  // character by character: 乾 is 干, though not in this name
  EXPECT_EQ(shipped->part_of("電池"), WordPart::noun);
}

TEST(Segmenter, KnowsPartsOfSpeech) {
  const Segmenter* shipped = *segmenter();
  EXPECT_EQ(shipped->part_of("电池"), WordPart::noun);
  EXPECT_EQ(shipped->part_of("提高"), WordPart::verb);
  EXPECT_EQ(shipped->part_of("的"), WordPart::function);
  EXPECT_EQ(shipped->part_of("龘龘龘"), WordPart::none);
}

}  // namespace
}  // namespace jianwei::text
