#include "workflow/expert_library/record_texts.h"

#include <algorithm>

#include "base/strings.h"
#include "records/unicode.h"
#include "store/record_columns.h"

namespace jianwei::workflow {
namespace {

// Ends after 。！？ and after . ! ? before a blank; abbreviations are cut now and then, which costs a shorter sentence.
std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> list;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool latin = (text[i] == '.' || text[i] == '!' || text[i] == '?') && (i + 1 == text.size() || is_space(text[i + 1]));
    const bool chinese = text.substr(i).starts_with("。") || text.substr(i).starts_with("！") || text.substr(i).starts_with("？");
    if (!latin && !chinese && text[i] != '\n') continue;
    const std::size_t end = i + (chinese ? 3 : 1);
    if (const std::string_view sentence = trim(text.substr(begin, end - begin)); !sentence.empty()) list.push_back(sentence);
    begin = end;
    i = end - 1;
  }
  if (const std::string_view rest = trim(text.substr(std::min(begin, text.size()))); !rest.empty()) list.push_back(rest);
  return list;
}

}  // namespace

Result<std::map<std::string, RecordText>> read_record_texts(const Workspace& workspace, const std::vector<std::string>& ids) {
  std::map<std::string, RecordText> texts;
  std::string keys;
  for (const std::string& id : ids) {
    if (const auto key = store::parse_record_id(id)) keys += (keys.empty() ? "" : ", ") + std::to_string(*key);
  }
  if (keys.empty()) return texts;
  const store::SnapshotRow snapshot = TRY(workspace.lake.latest_snapshot());
  store::Database database = TRY(workspace.lake.open_database(1));
  store::Connection connection = TRY(database.connect());
  store::Rows rows = TRY(connection.query("SELECT key, title, coalesce(abstract, substr(full_text, 1, 20000)), venue, list_transform(persons, p -> p.name), list_transform(persons, p -> coalesce(p.orcid, '')) FROM " +
                                          store::parquet_sql({workspace.lake.path(snapshot.merged_path)}) + " WHERE key IN (" + keys + ")"));
  while (TRY(rows.next())) {
    for (std::int64_t row = 0; row < rows.row_count(); ++row) {
      RecordText& one = texts[store::record_id(rows.column(0).unsigned_integer(row))];
      one.title = rows.column(1).text(row);
      one.abstract = rows.column(2).text(row);
      one.venue = rows.column(3).text(row);
      const store::ColumnView names = rows.column(4), orcids = rows.column(5);
      const auto place = names.list(row), other = orcids.list(row);
      for (std::int64_t i = 0; i < std::min(place.count, other.count); ++i) {
        if (const std::string_view orcid = orcids.items().text(other.begin + i); !orcid.empty()) one.orcids.emplace_back(names.items().text(place.begin + i), orcid);
      }
    }
  }
  return texts;
}

std::string telling_sentence(std::string_view text, const std::vector<std::pair<std::string, double>>& words) {
  std::string_view best;
  double best_weight = -1.0;
  for (const std::string_view sentence : sentences_of(text)) {
    const std::string folded = fold_case(sentence);
    double weight = 0.0;
    for (const auto& [word, value] : words) {
      if (folded.find(word) != std::string::npos) weight += value;
    }
    if (weight <= best_weight) continue;
    best = sentence;
    best_weight = weight;
  }
  return std::string(best);
}

}  // namespace jianwei::workflow
