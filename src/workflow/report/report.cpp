#include "workflow/report/report.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/strings.h"
#include "records/country.h"
#include "workflow/report/sections.h"

namespace jianwei::workflow {

products::FrameWords frame_words(Language language) {
  products::FrameWords words;
  for (const char* key : {"contents", "appendix", "appendix_note", "and_more", "evidence", "question", "formula", "parameters", "limits", "source", "documents", "close", "filter", "more"}) {
    words[key] = message(language, std::string("frame.") + key);
  }
  return words;
}

namespace {

using WriteSection = products::Section (*)(SectionWriter&);
constexpr std::pair<std::string_view, WriteSection> kSections[] = {
    {"summary", summary_section},       {"key-figures", key_figure_section},  {"data", data_section},
    {"topics", topic_section},          {"indicators", indicator_section},    {"emergence", emergence_section},
    {"warning", warning_section},       {"weak-signals", weak_signal_section}, {"bursts", burst_section},
    {"lag", lag_section},                  {"map", map_section},               {"actors", actor_section},            {"methods", method_section},
    {"changes", change_section},        {"technologies", technology_section}, {"technology-sheets", technology_sheet_section},
    {"disruption", disruption_section}, {"country-overview", country_section}, {"country-topics", country_topic_section}};

}  // namespace

Result<> SectionWriter::find_selection() {
  for (const std::string& name : options.units) focus.push_back(TRY(find_unit(result, name)));
  for (const std::string& name : options.countries) {
    const std::string code = country_code(name);
    const auto& names = result.dataset.country_names;
    const auto found = std::find(names.begin(), names.end(), code.empty() ? name : code);
    if (found == names.end()) return fail(ErrorKind::not_found, "no record of the run names the country \"{}\"; there are: {}", name, join(std::span(names).first(std::min<std::size_t>(30, names.size())), ", "));
    countries.push_back(static_cast<std::int32_t>(found - names.begin()));
  }
  return {};
}

const std::vector<std::string>& report_section_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const auto& [name, write] : kSections) names.emplace_back(name);
    return names;
  }();
  return kNames;
}

Result<products::Report> build_report(const StudyResult& result, const ReportMaterial& material, const ReportOptions& options) {
  products::Report report;
  report.language = std::string(to_string(options.language));
  const auto say = [&](std::string_view key, const auto&... args) { return message(options.language, key, args...); };
  report.title = material.form.title(options.language);
  report.subtitle = result.study.question.empty() ? say("report.subtitle") : result.study.question;
  if (!result.study.title.empty()) report.title = fmt::format("{} · {}", result.study.title, report.title);
  if (!options.title.empty()) report.title = options.title;
  report.series = material.numbers.number > 0 ? say("report.issue", material.numbers.number) : "";
  if (result.synthetic) report.warning = say("report.synthetic");

  std::string filters;
  for (const RecordKind kind : result.study.kinds) filters += (filters.empty() ? "" : ", ") + say(fmt::format("kind.{}", to_string(kind)));
  const auto add_list = [&](const std::vector<std::string>& values) {
    constexpr std::size_t kShown = 8;
    if (values.empty()) return;
    filters += (filters.empty() ? "" : "; ") + join(std::span(values).first(std::min(kShown, values.size())), ", ") + (values.size() > kShown ? fmt::format(", … ({})", values.size()) : "");
  };
  add_list(result.study.sources);
  add_list(result.study.languages);
  if (result.study.from != 0) filters += fmt::format(" ≥ {}", result.study.from);
  if (result.study.until != 0) filters += fmt::format(" ≤ {}", result.study.until);
  if (!result.study.query.empty()) filters += fmt::format(" \"{}\"", result.study.query);
  report.facts = {{say("report.data_version"), result.snapshot_id},
                  {say("report.run"), result.run_id},
                  {say("report.filters"), filters.empty() ? say("report.no_filters") : filters},
                  {say("report.seed"), std::to_string(result.study.seed)},
                  {say("report.software"), "Jianwei 见微 " + result.software_version},
                  {say("report.created"), result.created},
                  {say("report.template"), fmt::format("{} {}", material.form.id, material.form.version)}};

  EvidenceBook book(result, report);
  SectionWriter writer{result, material.quality, material, options, book};
  TRY(writer.find_selection());
  for (const std::string& name : material.form.sections) {
    const auto* const found = std::find_if(std::begin(kSections), std::end(kSections), [&](const auto& section) { return section.first == name; });
    if (found != std::end(kSections)) report.sections.push_back(found->second(writer));
  }
  return report;
}

}  // namespace jianwei::workflow
