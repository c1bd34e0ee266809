#include "records/country.h"

#include <gtest/gtest.h>

#include "records/address.h"

namespace jianwei {
namespace {

TEST(Country, KnowsNamesInEnglishAndChineseAndCodes) {
  const struct { const char* name; const char* code; } cases[] = {
      {"USA", "US"}, {"United States", "US"}, {"Peoples R China", "CN"}, {"P. R. China", "CN"}, {"PEOPLES R CHINA", "CN"}, {"UK", "GB"}, {"England", "GB"},
      {"Scotland", "GB"}, {"South Korea", "KR"}, {"Korea", "KR"}, {"Republic of Korea", "KR"}, {"中国", "CN"}, {"美国", "US"}, {"德国", "DE"}, {"DE", "DE"},
      {"DEU", "DE"}, {"The Netherlands", "NL"}, {"Türkiye", "TR"}, {"Côte d'Ivoire", "CI"}, {"Viet Nam", "VN"}, {"Russian Federation", "RU"}, {"U Arab Emirates", "AE"},
      {"中国台湾", "TW"}, {"Hong Kong, China", "HK"}, {"Czechia", "CZ"}, {"Iran (Islamic Republic of)", "IR"}, {"Atlantis", ""}, {"", ""}, {"de", ""}};
  for (const auto& one : cases) EXPECT_EQ(country_code(one.name), one.code) << one.name;
}

TEST(Country, FindsTheCountryOfAnAddress) {
  const struct { const char* address; const char* code; } cases[] = {
      {"Univ Tokyo, Dept Phys, Bunkyo Ku, Tokyo 1130033, Japan.", "JP"},
      {"MIT, Cambridge, MA 02139 USA.", "US"},
      {"Texas A&M University, College Station, TX 77843-3137, USA", "US"},
      {"UNIV TRONDHEIM,INST THEORET PHYS,N-7034 TRONDHEIM,NORWAY.", "NO"},
      {"Zhejiang Univ, Coll Comp Sci, Hangzhou 310027, Peoples R China.", "CN"},
      {"Hunan University, 410082 Changsha, PR China", "CN"},
      {"School of Psychology, Fudan University, Shanghai, China, 200083", "CN"},
      {"University of New Mexico, Albuquerque, New Mexico 87131", "US"},
      {"Bank of China", ""},
      {"Georgia Tech, Atlanta, GA 30332", "US"},
      {"Tbilisi State University, Tbilisi, Georgia", "GE"},
      {"Dept of Medicine, Oslo, Norway. Electronic address: a.b@uio.no.", "NO"},
      {"University of Manchester. v.long@manchester.ac.uk", ""},
      {"清华大学, 北京 100084, 中国", "CN"},
      {"212214 江苏省镇江市扬中市三茅街道丰联西路1号", "CN"},
      {"香港中文大学", "HK"},
      {"Univ Murcia, Spain; Univ Porto, Portugal", "PT"},
      {"", ""}};
  for (const auto& one : cases) EXPECT_EQ(country_of_address(one.address), one.code) << one.address;
}

TEST(Address, NamesTheInstitution) {
  const struct { const char* address; const char* name; } cases[] = {
      {"Dept Phys, Fudan University, Shanghai 200433, China", "Fudan University"},
      {"College of Mechanical and Vehicle Engineering, Hunan University, 410082 Changsha, PR China", "Hunan University"},
      {"(1)Institute for Research in Operative Medicine, University Witten/Herdecke, Cologne, Germany", "University Witten/Herdecke"},
      {"IBM Corp, Almaden Res Ctr, San Jose, CA USA", "IBM Corp"},
      {"1.中国铁道科学研究院 研究生部", "中国铁道科学研究院 研究生部"},
      {"西北工业大学理学院;", "西北工业大学理学院"},
      {"Kyiv, Ukraine", "Kyiv"}};
  for (const auto& one : cases) EXPECT_EQ(organisation_of_address(one.address), one.name) << one.address;
}

}  // namespace
}  // namespace jianwei
