#include "workflow/delphi/study_export.h"

#include <simdjson.h>
#include <stdlib.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/entropy.h"
#include "base/file.h"
#include "base/hash.h"
#include "experts/delphi/disclosure.h"
#include "products/exporters/zip.h"
#include "workflow/delphi/delphi_json.h"
#include "workflow/delphi/item_results.h"
#include "workflow/delphi/seats.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kOther = "(other)";
constexpr std::size_t kMostSheetRows = 1'048'575;  // of Excel, below the heading
constexpr std::size_t kMostCells = 20'000'000;     // about 1 GB while the file is made

// What the export says of each seat: its attributes, or "(other)" for all of them where fewer than the small cell of people share their combination (or where
// those who do not could be found by taking the others away).
std::map<std::int64_t, std::vector<std::string>> shown_attributes(const std::vector<store::SeatRow>& seats, const std::set<std::string>& names, std::int64_t small_cell) {
  std::map<std::vector<std::string>, std::vector<std::int64_t>> combinations;
  for (const store::SeatRow& seat : seats) {
    const Attributes attributes = read_attributes(seat);
    std::vector<std::string> values;
    for (const std::string& name : names) {
      const auto found = attributes.find(name);
      values.push_back(found == attributes.end() ? std::string() : found->second);
    }
    combinations[values].push_back(seat.number);
  }
  std::vector<std::int64_t> sizes;
  for (const auto& [values, members] : combinations) sizes.push_back(static_cast<std::int64_t>(members.size()));
  const std::vector<std::uint8_t> shown = experts::shown_groups(sizes, small_cell);
  std::map<std::int64_t, std::vector<std::string>> result;
  std::size_t g = 0;
  for (const auto& [values, members] : combinations) {
    const bool keep = shown[g++] != 0;
    for (const std::int64_t seat : members) result[seat] = keep ? values : std::vector<std::string>(names.size(), std::string(kOther));
  }
  return result;
}

// Cells of one answer for the export: as codes of the codebook.
std::string answer_text(const experts::Question& question, const experts::Answer& answer) {
  JsonWriter json;
  write_answer(json, question, answer);
  simdjson::dom::parser parser;
  const std::string text = std::move(json).text();
  simdjson::dom::object object;
  if (parser.parse(text).get(object)) return text;
  std::string cell;
  for (const auto [name, value] : object) {
    if (name == "abstained") return "abstained";
    std::string_view word;
    simdjson::dom::array list;
    if (!value.get(word)) {
      cell = std::string(word);
    } else if (!value.get(list)) {
      for (const simdjson::dom::element item : list) cell += (cell.empty() ? "" : "|") + (item.is_string() ? std::string(item.get_string().value_unsafe()) : simdjson::minify(item));
    } else {
      cell = simdjson::minify(value);
    }
  }
  return cell;
}

products::Sheet make_codebook(const std::vector<experts::Question>& questions) {
  constexpr std::string_view kTypes[] = {"scale", "choice", "choices", "year", "probability", "ranking", "allocation", "text"};
  products::Sheet sheet;
  sheet.name = "codebook";
  sheet.columns = {"question", "type", "code", "label_zh", "label_en"};
  for (const experts::Question& question : questions) {
    sheet.rows.push_back({question.id, std::string(kTypes[static_cast<std::size_t>(question.type)]), std::string(), question.label.zh, question.label.en});
    for (const experts::Option& option : question.options) sheet.rows.push_back({question.id, std::string("option"), option.id, option.label.zh, option.label.en});
  }
  return sheet;
}

std::string words(const experts::Words& words, Language language) {
  const std::string &own = language == Language::zh ? words.zh : words.en, &other = language == Language::zh ? words.en : words.zh;
  return own.empty() ? other : own;
}

// The columns of one question; add_values fills as many cells.
void add_columns(products::LabelledSheet& table, std::vector<std::string>& names, const experts::Question& question, Language language) {
  using products::ColumnType;
  using experts::QuestionType;
  const std::string label = words(question.label, language);
  const auto add = [&](std::string_view name, std::string text, ColumnType type, bool ordered = false, std::vector<std::pair<std::int32_t, std::string>> codes = {}) {
    table.columns.push_back({products::plain_name(name, names), std::move(text), type, ordered, std::move(codes)});
  };
  const std::vector<std::pair<std::int32_t, std::string>> no_yes = language == Language::zh ? std::vector<std::pair<std::int32_t, std::string>>{{0, "否"}, {1, "是"}} : std::vector<std::pair<std::int32_t, std::string>>{{0, "no"}, {1, "yes"}};
  if (question.type == QuestionType::scale || question.type == QuestionType::choice) {
    std::vector<std::pair<std::int32_t, std::string>> codes;
    for (std::size_t i = 0; i < question.options.size(); ++i) codes.emplace_back(static_cast<std::int32_t>(i) + 1, words(question.options[i].label, language));
    add(question.id, label, ColumnType::whole, question.type == QuestionType::scale, std::move(codes));
  } else if (question.type == QuestionType::year) {
    add(question.id, label, ColumnType::whole);
    add(question.id + "_kind", label, ColumnType::whole, false,
        {{1, message(language, "delphi.year.year")}, {2, message(language, "delphi.year.already")}, {3, message(language, "delphi.year.never")}, {4, message(language, "delphi.year.unknown")}});
  } else if (question.type == QuestionType::probability) {
    add(question.id, label, ColumnType::real);
  } else {
    for (const experts::Option& option : question.options) {
      add(fmt::format("{}_{}", question.id, option.id), fmt::format("{}: {}", label, words(option.label, language)), ColumnType::whole, false, question.type == QuestionType::choices ? no_yes : std::vector<std::pair<std::int32_t, std::string>>{});
    }
  }
  add(question.id + "_abstained", label, ColumnType::whole, false, no_yes);
}

// Null: not answered; every cell is missing.
void add_values(std::vector<products::Cell>& row, const experts::Question& question, const experts::Answer* answer) {
  using experts::QuestionType;
  const bool given = answer != nullptr && !answer->abstained;
  const auto add = [&](std::int64_t value) { row.push_back(given ? products::Cell(value) : products::Cell()); };
  if (question.type == QuestionType::scale || question.type == QuestionType::choice) {
    add(given ? answer->options[0] + 1 : 0);
  } else if (question.type == QuestionType::year) {
    const bool year = given && answer->realized == experts::Realized::year;
    row.push_back(year ? products::Cell(std::int64_t{answer->year}) : products::Cell());
    add(given ? static_cast<std::int64_t>(answer->realized) + 1 : 0);
  } else if (question.type == QuestionType::probability) {
    row.push_back(given ? products::Cell(answer->number) : products::Cell());
  } else {
    for (std::size_t i = 0; i < question.options.size(); ++i) {
      if (!given) {
        add(0);
      } else if (question.type == QuestionType::allocation) {
        add(answer->points[i]);
      } else {
        const auto place = std::ranges::find(answer->options, static_cast<std::int32_t>(i)) - answer->options.begin();
        const bool chosen = place < std::ssize(answer->options);
        add(question.type == QuestionType::ranking ? place + 1 : chosen ? 1 : 0);
      }
    }
  }
  row.push_back(answer == nullptr ? products::Cell() : products::Cell(std::int64_t{answer->abstained}));
}

products::LabelledSheet empty_table(const DelphiStudy& study, const std::set<std::string>& attributes, Language language) {
  products::LabelledSheet table;
  table.title = fmt::format("{} {}", study.row.id, words({study.row.title_zh, study.row.title_en}, language));
  std::vector<std::string> names;
  const auto add = [&](std::string_view name, std::string_view key, products::ColumnType type) { table.columns.push_back({products::plain_name(name, names), message(language, key), type, false, {}}); };
  add("respondent", "delphi.column.respondent", products::ColumnType::whole);
  add("round", "delphi.column.round", products::ColumnType::whole);
  add("item", "delphi.column.item", products::ColumnType::text);
  for (const std::string& attribute : attributes) table.columns.push_back({products::plain_name(attribute, names), attribute, products::ColumnType::text, false, {}});
  for (const experts::Question& question : study.questions) {
    if (question.type != experts::QuestionType::text) add_columns(table, names, question, language);
  }
  return table;
}

// Everything an export reads of one card.
struct ExportedCard {
  std::int64_t respondent = 0;
  const store::CardRow& row;
  const Card& card;
  const std::vector<std::string>& attributes;  // as they may be shown
};

// Every card of the panel, respondent by respondent, in an order drawn anew: two exports cannot be laid side by side by the number.
Result<> each_card(Delphi& delphi, const DelphiStudy& study, const std::vector<store::SeatRow>& seats, const std::set<std::string>& attributes, Progress& progress, const std::function<Result<>(const ExportedCard&)>& take) {
  const std::map<std::int64_t, std::vector<std::string>> shown = shown_attributes(seats, attributes, study.protocol.small_cell);
  const std::string salt = random_hex(32);
  std::vector<std::pair<std::string, std::int64_t>> order;
  for (const store::SeatRow& seat : seats) order.emplace_back(sha256_hex(salt + seat.id), seat.number);
  std::ranges::sort(order);
  progress.begin("export", std::ssize(seats), "respondents");
  std::int64_t respondent = 0;
  for (const auto& [hash, number] : order) {
    TRY(progress.check());
    ++respondent;
    for (const store::CardRow& row : TRY(delphi.db->cards_of_seat(number))) {
      const Card card = TRY(read_card(study.questions, TRY(delphi.answers.reveal(row.answers, card_context(row)))));
      TRY(take({respondent, row, card, shown.at(number)}));
    }
    progress.advance();
  }
  return {};
}

products::Sheet empty_answers(const std::set<std::string>& attributes) {
  products::Sheet sheet{"answers", {"respondent", "round", "item", "question", "value"}, {}};
  for (const std::string& attribute : attributes) sheet.columns.push_back(attribute);
  return sheet;
}

// Words of one's own may tell who one is; they are in the dissent report, redacted, without the number.
void add_answers(products::Sheet& sheet, const DelphiStudy& study, const ExportedCard& one) {
  for (const experts::Question& question : study.questions) {
    const auto answer = one.card.find(question.id);
    if (answer == one.card.end() || question.type == experts::QuestionType::text) continue;
    std::vector<products::Cell> cells{one.respondent, one.row.round, fmt::format("item-{}", one.row.item), question.id, answer_text(question, answer->second)};
    for (const std::string& value : one.attributes) cells.emplace_back(value);
    sheet.rows.push_back(std::move(cells));
  }
}

void add_row(products::LabelledSheet& table, const DelphiStudy& study, const ExportedCard& one) {
  std::vector<products::Cell> cells{one.respondent, one.row.round, fmt::format("item-{}", one.row.item)};
  for (const std::string& value : one.attributes) cells.emplace_back(value);
  for (const experts::Question& question : study.questions) {
    if (question.type == experts::QuestionType::text) continue;
    const auto answer = one.card.find(question.id);
    add_values(cells, question, answer == one.card.end() ? nullptr : &answer->second);
  }
  table.rows.push_back(std::move(cells));
}

// The text of a long sheet, made a few thousand rows at a time: of a large study only the text itself is held.
class SheetText {
 public:
  SheetText(products::Sheet sheet, bool json, products::CsvOptions options) : sheet_(std::move(sheet)), json_(json), options_(options) {
    if (!json_) text_ = products::to_csv(sheet_, options_);
    options_.byte_order_mark = false;
    if (!json_) heading_ = products::to_csv(sheet_, options_).size();
  }
  products::Sheet& sheet() { return sheet_; }
  void flush(std::size_t least = 4096) {
    if (sheet_.rows.empty() || sheet_.rows.size() < least) return;
    text_ += json_ ? products::to_jsonl(sheet_) : products::to_csv(sheet_, options_).substr(heading_);
    sheet_.rows.clear();
  }
  std::string finish() {
    flush(0);
    return std::move(text_);
  }

 private:
  products::Sheet sheet_;
  bool json_;
  products::CsvOptions options_;
  std::size_t heading_ = 0;
  std::string text_;
};

// A workbook is written to a file; here its bytes are wanted.
Result<std::string> xlsx_bytes(std::span<const products::Sheet> sheets) {
  std::string pattern = (std::filesystem::temp_directory_path() / "jianwei-export-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return fail(ErrorKind::unavailable, "no temporary folder can be made in {}", std::filesystem::temp_directory_path().string());
  const std::filesystem::path folder = pattern;
  const Result<> written = products::write_xlsx(folder / "answers.xlsx", sheets);
  Result<std::string> bytes = written ? read_file(folder / "answers.xlsx") : Result<std::string>(tl::unexpected(written.error()));
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return bytes;
}

}  // namespace

Result<AnonymousExport> export_answers(Delphi& delphi, const DelphiStudy& study, Language language, Progress& progress) {
  const std::vector<store::SeatRow> seats = TRY(panel_seats(delphi, study));
  const std::set<std::string> attributes = attribute_names(seats);
  AnonymousExport result{empty_answers(attributes), make_codebook(study.questions), empty_table(study, attributes, language)};
  TRY(each_card(delphi, study, seats, attributes, progress, [&](const ExportedCard& one) -> Result<> {
    add_answers(result.answers, study, one);
    add_row(result.table, study, one);
    return {};
  }));
  return result;
}

Result<ExportFile> export_study(Delphi& delphi, const DelphiStudy& study, std::string_view format, std::string_view part, Language language, std::string_view actor, Progress& progress) {
  if (part != "answers" && part != "codebook") return fail(ErrorKind::invalid_input, "part: '{}' is none of answers, codebook", part);
  const std::vector<store::SeatRow> seats = TRY(panel_seats(delphi, study));
  const std::set<std::string> attributes = attribute_names(seats);
  const auto each = [&](const std::function<Result<>(const ExportedCard&)>& take) { return each_card(delphi, study, seats, attributes, progress, take); };
  ExportFile file;
  if (format == "csv" || format == "jsonl") {
    SheetText text(part == "answers" ? empty_answers(attributes) : make_codebook(study.questions), format == "jsonl", {});
    if (part == "answers") {
      TRY(each([&](const ExportedCard& one) -> Result<> {
        add_answers(text.sheet(), study, one);
        text.flush();
        return {};
      }));
    }
    file = {fmt::format("{}-{}.{}", study.row.id, part, format), format == "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson", text.finish()};
  } else if (format == "xlsx") {
    std::vector<products::Sheet> sheets{empty_answers(attributes), make_codebook(study.questions)};
    TRY(each([&](const ExportedCard& one) -> Result<> {
      add_answers(sheets[0], study, one);
      if (sheets[0].rows.size() > kMostSheetRows) return fail(ErrorKind::invalid_input, "format: xlsx holds {} answers in a sheet, {} has more; take csv, jsonl or r", kMostSheetRows, study.row.id);
      return {};
    }));
    file = {study.row.id + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", TRY(xlsx_bytes(sheets))};
  } else if (format == "dta") {
    products::LabelledSheet table = empty_table(study, attributes, language);
    TRY(each([&](const ExportedCard& one) -> Result<> {
      add_row(table, study, one);
      if (table.rows.size() * table.columns.size() > kMostCells) return fail(ErrorKind::invalid_input, "format: dta is made in memory, and {} has more than {} cells; take r or csv", study.row.id, kMostCells);
      return {};
    }));
    file = {study.row.id + ".dta", "application/x-stata-dta", TRY(products::to_dta(table))};
  } else if (format == "r") {
    products::LabelledSheet table = empty_table(study, attributes, language);
    SheetText text(products::plain_sheet(table), false, {.byte_order_mark = false, .guard_formulas = false});
    TRY(each([&](const ExportedCard& one) -> Result<> {
      add_row(table, study, one);
      text.sheet().rows.push_back(std::move(table.rows.back()));
      table.rows.clear();
      text.flush();
      return {};
    }));
    file = {study.row.id + "-r.zip", "application/zip", products::make_zip({{"answers.csv", text.finish()}, {"read.R", products::to_r_script(table, "answers.csv")}, {"codebook.csv", products::to_csv(make_codebook(study.questions))}})};
  } else {
    return fail(ErrorKind::invalid_input, "format: '{}' is none of csv, jsonl, xlsx, dta, r", format);
  }
  TRY(delphi.db->add_event(study.row.number, study_event(actor, "exported", JsonWriter().begin_object().field("part", part).field("format", format).end_object().text())));
  return file;
}

}  // namespace jianwei::workflow
