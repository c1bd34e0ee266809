#include "text/segmenter.h"

#include <gtest/gtest.h>

#include <algorithm>
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

// All ways to cut a short run, by brute force: none is more probable than the one taken.
TEST(Segmenter, TakesTheMostProbableOfAllPaths) {
  const Segmenter* shipped = *segmenter();
  Segmenter::Scratch scratch;
  std::vector<std::uint32_t> ends;
  shipped->cut("𠀀", scratch, ends);
  const double unknown = scratch.best[0];  // a character of no word
  for (const std::string_view run : {"研究生命起源的科学家", "中国科学院计算所", "结合成分子时", "乒乓球拍卖完了", "支持向量机分类"}) {
    const std::size_t count = run.size() / 3;
    double best = -1e300;
    for (unsigned cuts = 0; cuts < 1U << (count - 1); ++cuts) {
      double sum = 0.0;
      std::size_t begin = 0;
      for (std::size_t i = 1; i <= count; ++i) {
        if (i < count && (cuts >> (i - 1) & 1U) == 0) continue;
        const double share = shipped->log_general_share(run.substr(3 * begin, 3 * (i - begin)));
        if (share <= 0.0) sum += i - begin == 1 ? std::max(share, unknown) : share;
        else if (i - begin == 1) sum += unknown;
        else sum = -1e300;
        begin = i;
      }
      best = std::max(best, sum);
    }
    ends.clear();
    shipped->cut(run, scratch, ends);
    EXPECT_NEAR(scratch.best[0], best, 1e-9) << run;
  }
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
