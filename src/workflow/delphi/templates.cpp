#include "workflow/delphi/templates.h"

#include <chrono>

#include <string>
#include <tuple>

namespace jianwei::workflow {
namespace {

using namespace experts;

Option option(std::string_view id, std::string_view zh, std::string_view en, double score = 0.0) { return {std::string(id), {std::string(zh), std::string(en)}, score}; }

Question question(std::string_view id, QuestionType type, QuestionRole role, std::string_view zh, std::string_view en, std::vector<Option> options = {}) {
  Question q;
  q.id = id;
  q.type = type;
  q.role = role;
  q.label = {std::string(zh), std::string(en)};
  q.options = std::move(options);
  return q;
}

Question familiarity() {
  return question("familiarity", QuestionType::scale, QuestionRole::familiarity, "您对该技术课题的熟悉程度", "How familiar are you with this item?",
                  {option("none", "不熟悉", "Not familiar", 0.2), option("little", "不太熟悉", "Slightly", 0.4), option("some", "一般", "Somewhat", 0.6), option("well", "较熟悉", "Familiar", 0.8), option("expert", "很熟悉", "Very familiar", 1.0)});
}

Question importance() {
  Question q = question("importance", QuestionType::scale, QuestionRole::importance, "该技术课题的重要程度", "How important is this item?",
                        {option("none", "不重要", "Not important", 0), option("low", "较不重要", "Slightly important", 25), option("middle", "一般", "Somewhat important", 50), option("high", "重要", "Important", 75), option("top", "很重要", "Very important", 100)});
  q.required = true;
  return q;
}

Question standing() {
  return question("standing", QuestionType::scale, QuestionRole::standing, "我国目前的研发水平", "Standing of our country today",
                  {option("behind", "跟跑", "Following"), option("par", "并跑", "Keeping pace"), option("lead", "领跑", "Leading")});
}

Question year(std::string_view id, QuestionRole role, std::string_view zh, std::string_view en, std::int32_t first_year) {
  Question q = question(id, QuestionType::year, role, zh, en);
  q.first_year = first_year;
  q.last_year = first_year + 30;
  return q;
}

Question constraints() {
  return question("constraints", QuestionType::choices, QuestionRole::constraint, "主要制约因素(可多选)", "What holds it back? (any number)",
                  {option("people", "人才", "People"), option("money", "资金", "Funding"), option("infrastructure", "基础设施", "Infrastructure"), option("basic", "基础研究", "Basic research"), option("industry", "工业基础", "Industrial base"),
                   option("rules", "法规与标准", "Regulation and standards"), option("market", "市场需求", "Demand")});
}

Question measures() {
  return question("measures", QuestionType::choices, QuestionRole::measure, "应采取的主要措施(可多选)", "What should be done? (any number)",
                  {option("people", "培养和引进人才", "Train and attract people"), option("money", "增加研发投入", "Raise R&D funding"), option("cooperation", "加强国际合作", "International cooperation"), option("linkage", "产学研结合", "Link industry and research"),
                   option("environment", "改善政策环境", "Improve the policy environment")});
}

// No question of the templates asks for a reason: every card takes arguments, which others see and vote on; the words of a text question reach nobody but their author.
std::vector<Question> china(std::int32_t first_year) {
  std::vector<Question> questions{familiarity(), importance(), standing(), year("technical", QuestionRole::technical_realization, "技术预计实现时间", "Year of technical realization", first_year),
                                  year("social", QuestionRole::social_realization, "社会预计实现时间", "Year of social realization", first_year)};
  for (const auto& [id, zh, en] : {std::tuple{"security", "对国家安全的影响", "Impact on national security"}, std::tuple{"industry", "对产业发展的影响", "Impact on industry"}, std::tuple{"society", "对社会发展的影响", "Impact on society"},
                                   std::tuple{"life", "对生活质量的影响", "Impact on quality of life"}}) {
    questions.push_back(question(id, QuestionType::scale, QuestionRole::impact, zh, en, {option("low", "小", "Small"), option("middle", "中", "Medium"), option("high", "大", "Large")}));
  }
  questions.push_back(constraints());
  questions.push_back(measures());
  return questions;
}

std::vector<Question> japan(std::int32_t first_year) {
  Question competitiveness = question("competitiveness", QuestionType::scale, QuestionRole::standing, "国际竞争力", "International competitiveness",
                                      {option("very_low", "很弱", "Very low"), option("low", "较弱", "Low"), option("middle", "相当", "Comparable"), option("high", "较强", "High"), option("very_high", "很强", "Very high")});
  return {familiarity(), importance(), competitiveness, year("technical", QuestionRole::technical_realization, "技术实现时间", "Year of scientific and technological realization", first_year), measures(),
          year("social", QuestionRole::social_realization, "社会实现时间", "Year of social realization", first_year), constraints()};
}

}  // namespace

std::int32_t this_year() { return static_cast<std::int32_t>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())).year().operator int()); }

std::vector<DelphiTemplate> delphi_templates(std::int32_t first_year) {
  return {{"china", {"国家技术预测调查", "National technology foresight (China)"}, china(first_year), {}},
          {"japan", {"科学技术预测调查(日本模式)", "Science and technology foresight survey (Japan)"}, japan(first_year), {}},
          {"short", {"简短问卷", "Short"}, {familiarity(), importance(), year("technical", QuestionRole::technical_realization, "预计实现时间", "Year of realization", first_year)}, {}}};
}

Result<DelphiTemplate> delphi_template(std::string_view id, std::int32_t first_year) {
  std::string known;
  for (DelphiTemplate& found : delphi_templates(first_year)) {
    if (found.id == id) return std::move(found);
    known += (known.empty() ? "" : ", ") + std::string(found.id);
  }
  return fail(ErrorKind::not_found, "there is no questionnaire '{}'; there are {}", id, known);
}

}  // namespace jianwei::workflow
