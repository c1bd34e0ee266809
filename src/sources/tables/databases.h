// Tables of known databases: which columns tell them, where each goes, and what their cells need beyond that.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/record.h"
#include "sources/reader.h"
#include "sources/tables/draft.h"

namespace jianwei::sources {

// The cells of one row by column.
class RowView {
 public:
  RowView(std::span<const std::string> keys, std::span<const std::string_view> cells) : keys_(keys), cells_(cells) {}
  // The cell under the column whose column_key() is `key`; "" when there is none.
  std::string_view operator[](std::string_view key) const;

 private:
  std::span<const std::string> keys_;
  std::span<const std::string_view> cells_;
};

struct ColumnRule {
  std::string_view key;  // column_key() of the name
  Field field;
  std::string_view role = "";
  std::string_view separator = "";  // "auto": by statistics
};

struct DatabaseTable {
  std::string_view format;  // "scopus_csv"
  std::string_view title;
  std::string_view source;  // Provenance::source
  RecordKind kind;
  std::string_view type;    // of records that have none
  std::span<const std::string_view> required;  // column keys that must all be there; alternatives: split by "|"
  std::span<const ColumnRule> columns;
  void (*refine)(const RowView& row, Draft& draft);  // before Draft::finish(); null: nothing to do
  char delimiter = '\0';    // '\0': recognised
  bool quotes = true;
  // Puts the cells of a row with more cells than the header back under their columns; null: the surplus is dropped.
  void (*realign)(std::span<const std::string> keys, std::vector<std::string_view>& cells) = nullptr;
};

std::span<const DatabaseTable> database_tables();

// Is this header row one of the database's?
bool has_columns(const DatabaseTable& table, std::span<const std::string> keys);

// The refinements, by database.
void realign_scopus(std::span<const std::string> keys, std::vector<std::string_view>& cells);
void refine_scopus(const RowView& row, Draft& draft);
void refine_wos(const RowView& row, Draft& draft);
void refine_wos_long(const RowView& row, Draft& draft);
void refine_ieee(const RowView& row, Draft& draft);
void refine_dimensions(const RowView& row, Draft& draft);
void refine_zotero(const RowView& row, Draft& draft);
void refine_openalex_web(const RowView& row, Draft& draft);
void refine_pubmed(const RowView& row, Draft& draft);
void refine_lens_patent(const RowView& row, Draft& draft);
void refine_derwent(const RowView& row, Draft& draft);
void refine_nih(const RowView& row, Draft& draft);
void refine_espacenet(const RowView& row, Draft& draft);
void refine_google_patents(const RowView& row, Draft& draft);
void refine_cordis(const RowView& row, Draft& draft);
void refine_kaken(const RowView& row, Draft& draft);
void refine_gtr(const RowView& row, Draft& draft);

}  // namespace jianwei::sources
