// Each field is a pair of loops over owners, made from an accessor: text_field for strings, number_field for numbers, list_field for
// lists of structures, whose fields are declared in the same way. A list is written in two steps: the items of all owners are gathered
// in order and the item columns filled at once; then each owner is given its range.

#include "store/record_columns.h"

#include <charconv>

namespace jianwei::store {
namespace {

using Base = ColumnType::Base;

// The accessors are generic lambdas `[](auto& owner) -> auto& { return owner.member; }`, so that one serves reading and writing.
template <class T, class Get>
Field<T> text_field(std::string name, Get get) {
  return {std::move(name), ColumnType{},
          [get](ColumnWriter& column, std::span<const T* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              column.lend_text_or_null(static_cast<std::int64_t>(i), get(*owners[i]));
            }
          },
          [get](const ColumnView& column, std::span<const std::int64_t> rows, std::span<T* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) get(*owners[i]) = column.text(rows[i]);
          }};
}

// `is_null` tells which values mean unknown.
template <class T, class Get, class IsNull>
Field<T> number_field(std::string name, Base base, Get get, IsNull is_null) {
  return {std::move(name), ColumnType{base, {}, {}},
          [get, is_null](ColumnWriter& column, std::span<const T* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              const auto value = get(*owners[i]);
              if (is_null(value)) {
                column.set_null(static_cast<std::int64_t>(i));
              } else {
                column.set(static_cast<std::int64_t>(i), value);
              }
            }
          },
          [get](const ColumnView& column, std::span<const std::int64_t> rows, std::span<T* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              auto& value = get(*owners[i]);
              value = static_cast<std::remove_reference_t<decltype(value)>>(column.integer(rows[i]));
            }
          }};
}

constexpr auto kNeverNull = [](auto) { return false; };
constexpr auto kZeroIsNull = [](auto value) { return value == 0; };

ColumnType structure_type(std::vector<std::pair<std::string, ColumnType>> members) {
  ColumnType type{Base::structure, {}, {}};
  for (auto& [name, member] : members) {
    type.field_names.push_back(std::move(name));
    type.children.push_back(std::move(member));
  }
  return type;
}

// Gathers the lists of all owners, hands the items to `write_items`, and gives every owner its range.
template <class T, class Get, class WriteItems>
void write_lists(ColumnWriter& column, std::span<const T* const> owners, Get get, WriteItems write_items) {
  using Item = typename std::remove_cvref_t<decltype(get(*owners[0]))>::value_type;
  std::vector<const Item*> items;
  for (const T* owner : owners) {
    for (const Item& item : get(*owner)) items.push_back(&item);
  }
  column.reserve_items(static_cast<std::int64_t>(items.size()));
  ColumnWriter item_column = column.items();
  write_items(item_column, std::span<const Item* const>(items));
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < owners.size(); ++i) {
    const auto count = static_cast<std::int64_t>(get(*owners[i]).size());
    column.set_list(static_cast<std::int64_t>(i), begin, count);
    begin += count;
  }
}

template <class T, class Get, class ReadItems>
void read_lists(const ColumnView& column, std::span<const std::int64_t> rows, std::span<T* const> owners, Get get,
                ReadItems read_items) {
  using Item = typename std::remove_cvref_t<decltype(get(*owners[0]))>::value_type;
  std::vector<std::int64_t> item_rows;
  std::vector<Item*> items;
  for (std::size_t i = 0; i < owners.size(); ++i) {
    const ColumnView::Range range = column.list(rows[i]);
    auto& list = get(*owners[i]);
    list.resize(static_cast<std::size_t>(range.count));
    for (std::int64_t k = 0; k < range.count; ++k) {
      item_rows.push_back(range.begin + k);
      items.push_back(&list[static_cast<std::size_t>(k)]);
    }
  }
  if (!items.empty()) read_items(column.items(), std::span<const std::int64_t>(item_rows), std::span<Item* const>(items));
}

template <class T, class Item, class Get>
Field<T> list_field(std::string name, Get get, std::vector<Field<Item>> fields) {
  std::vector<std::pair<std::string, ColumnType>> members;
  for (const Field<Item>& field : fields) members.emplace_back(field.name, field.type);
  return {std::move(name), ColumnType::list_of(structure_type(std::move(members))),
          [get, fields](ColumnWriter& column, std::span<const T* const> owners) {
            write_lists(column, owners, get, [&](ColumnWriter& items, std::span<const Item* const> values) {
              for (std::size_t f = 0; f < fields.size(); ++f) {
                ColumnWriter member = items.field(static_cast<std::int64_t>(f));
                fields[f].write(member, values);
              }
            });
          },
          [get, fields](const ColumnView& column, std::span<const std::int64_t> rows, std::span<T* const> owners) {
            read_lists(column, rows, owners, get,
                       [&](const ColumnView& items, std::span<const std::int64_t> item_rows, std::span<Item* const> values) {
                         for (std::size_t f = 0; f < fields.size(); ++f) {
                           fields[f].read(items.field(static_cast<std::int64_t>(f)), item_rows, values);
                         }
                       });
          }};
}

template <class T, class Get>
Field<T> text_list_field(std::string name, Get get) {
  return {std::move(name), ColumnType::list_of(ColumnType{}),
          [get](ColumnWriter& column, std::span<const T* const> owners) {
            write_lists(column, owners, get, [](ColumnWriter& items, std::span<const std::string* const> values) {
              for (std::size_t i = 0; i < values.size(); ++i) items.lend_text(static_cast<std::int64_t>(i), *values[i]);
            });
          },
          [get](const ColumnView& column, std::span<const std::int64_t> rows, std::span<T* const> owners) {
            read_lists(column, rows, owners, get,
                       [](const ColumnView& items, std::span<const std::int64_t> item_rows, std::span<std::string* const> values) {
                         for (std::size_t i = 0; i < values.size(); ++i) *values[i] = items.text(item_rows[i]);
                       });
          }};
}

template <class T, class Number, class Get>
Field<T> number_list_field(std::string name, Base base, Get get) {
  return {std::move(name), ColumnType::list_of(ColumnType{base, {}, {}}),
          [get](ColumnWriter& column, std::span<const T* const> owners) {
            write_lists(column, owners, get, [](ColumnWriter& items, std::span<const Number* const> values) {
              for (std::size_t i = 0; i < values.size(); ++i) items.set(static_cast<std::int64_t>(i), *values[i]);
            });
          },
          [get](const ColumnView& column, std::span<const std::int64_t> rows, std::span<T* const> owners) {
            read_lists(column, rows, owners, get,
                       [](const ColumnView& items, std::span<const std::int64_t> item_rows, std::span<Number* const> values) {
                         for (std::size_t i = 0; i < values.size(); ++i) {
                           *values[i] = static_cast<Number>(items.integer(item_rows[i]));
                         }
                       });
          }};
}

template <class Get>
Field<RecordRow> date_field(std::string name, Get get) {
  return {std::move(name), ColumnType{},
          [get](ColumnWriter& column, std::span<const RecordRow* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              column.set_text_or_null(static_cast<std::int64_t>(i), to_string(get(*owners[i])));
            }
          },
          [get](const ColumnView& column, std::span<const std::int64_t> rows, std::span<RecordRow* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              const Result<Date> date = parse_date(column.text(rows[i]));
              get(*owners[i]) = date ? *date : Date{};
            }
          }};
}

// A number that may be unknown as std::optional.
template <class Number, class Get>
Field<RecordRow> optional_field(std::string name, Base base, Get get) {
  return {std::move(name), ColumnType{base, {}, {}},
          [get](ColumnWriter& column, std::span<const RecordRow* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              const std::optional<Number>& value = get(*owners[i]);
              const auto row = static_cast<std::int64_t>(i);
              value ? column.set(row, *value) : column.set_null(row);
            }
          },
          [get](const ColumnView& column, std::span<const std::int64_t> rows, std::span<RecordRow* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              if (!column.valid(rows[i])) {
                get(*owners[i]).reset();
              } else if constexpr (std::is_floating_point_v<Number>) {
                get(*owners[i]) = column.real(rows[i]);
              } else {
                get(*owners[i]) = column.integer(rows[i]);
              }
            }
          }};
}

Field<RecordRow> kind_field() {
  return {"kind", ColumnType{},
          [](ColumnWriter& column, std::span<const RecordRow* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              column.set_text(static_cast<std::int64_t>(i), to_string(owners[i]->record.kind));
            }
          },
          [](const ColumnView& column, std::span<const std::int64_t> rows, std::span<RecordRow* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              owners[i]->record.kind = parse_record_kind(column.text(rows[i])).value_or(RecordKind::work);
            }
          }};
}

// The year stands beside the date for people who query the files; it is read back from the date.
Field<RecordRow> year_field() {
  return {"year", ColumnType{Base::int16, {}, {}},
          [](ColumnWriter& column, std::span<const RecordRow* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              const std::int16_t year = owners[i]->record.date.year;
              const auto row = static_cast<std::int64_t>(i);
              year != 0 ? column.set(row, year) : column.set_null(row);
            }
          },
          [](const ColumnView&, std::span<const std::int64_t>, std::span<RecordRow* const>) {}};
}

// The id as people see it; read back from the key.
Field<RecordRow> id_field() {
  return {"id", ColumnType{},
          [](ColumnWriter& column, std::span<const RecordRow* const> owners) {
            for (std::size_t i = 0; i < owners.size(); ++i) {
              column.set_text(static_cast<std::int64_t>(i), record_id(owners[i]->key));
            }
          },
          [](const ColumnView&, std::span<const std::int64_t>, std::span<RecordRow* const>) {}};
}

#define JW_GET(expression) [](auto& owner) -> auto& { return owner.expression; }

std::vector<Field<RecordRow>> shared_fields() {
  using R = RecordRow;
  using P = Person;
  using O = Organisation;
  return {
      kind_field(),
      text_field<R>("type", JW_GET(record.type)),
      text_field<R>("title", JW_GET(record.title)),
      text_field<R>("title_translated", JW_GET(record.title_translated)),
      text_field<R>("abstract", JW_GET(record.abstract)),
      text_field<R>("abstract_translated", JW_GET(record.abstract_translated)),
      text_field<R>("full_text", JW_GET(record.full_text)),
      text_field<R>("language", JW_GET(record.language)),
      date_field("date", JW_GET(record.date)),
      year_field(),
      date_field("end_date", JW_GET(record.end_date)),
      list_field<R, P>("persons", JW_GET(record.persons),
                       {text_field<P>("name", JW_GET(name)), text_field<P>("family", JW_GET(family)),
                        text_field<P>("given", JW_GET(given)), text_field<P>("role", JW_GET(role)),
                        text_field<P>("orcid", JW_GET(orcid)), text_field<P>("source_id", JW_GET(source_id)),
                        number_list_field<P, std::int32_t>("organisations", Base::int32, JW_GET(organisations))}),
      list_field<R, O>("organisations", JW_GET(record.organisations),
                       {text_field<O>("name", JW_GET(name)), text_field<O>("country", JW_GET(country)),
                        text_field<O>("role", JW_GET(role)), text_field<O>("ror", JW_GET(ror))}),
      text_list_field<R>("keywords", JW_GET(record.keywords)),
      list_field<R, Classification>("classifications", JW_GET(record.classifications),
                                    {text_field<Classification>("scheme", JW_GET(scheme)),
                                     text_field<Classification>("code", JW_GET(code)),
                                     text_field<Classification>("label", JW_GET(label))}),
      list_field<R, Reference>("references", JW_GET(record.references),
                               {text_field<Reference>("text", JW_GET(text)), text_field<Reference>("doi", JW_GET(doi)),
                                text_field<Reference>("other", JW_GET(other)), text_field<Reference>("author", JW_GET(author)),
                                text_field<Reference>("title", JW_GET(title)), text_field<Reference>("venue", JW_GET(venue)),
                                number_field<Reference>("year", Base::int16, JW_GET(year), kZeroIsNull)}),
      list_field<R, Funding>("funding", JW_GET(record.funding),
                             {text_field<Funding>("funder", JW_GET(funder)), text_field<Funding>("award", JW_GET(award))}),
      list_field<R, Identifier>("identifiers", JW_GET(record.identifiers),
                                {text_field<Identifier>("scheme", JW_GET(scheme)), text_field<Identifier>("value", JW_GET(value))}),
      text_field<R>("venue", JW_GET(record.venue)),
      text_field<R>("volume", JW_GET(record.volume)),
      text_field<R>("issue", JW_GET(record.issue)),
      text_field<R>("pages", JW_GET(record.pages)),
      text_field<R>("publisher", JW_GET(record.publisher)),
      text_field<R>("url", JW_GET(record.url)),
      optional_field<std::int64_t>("citation_count", Base::int64, JW_GET(record.citation_count)),
      optional_field<double>("amount", Base::float64, JW_GET(record.amount)),
      text_field<R>("currency", JW_GET(record.currency)),
  };
}

std::vector<Field<RecordRow>> join_fields(std::vector<Field<RecordRow>> first, std::vector<Field<RecordRow>> second,
                                          std::vector<Field<RecordRow>> third) {
  for (Field<RecordRow>& field : second) first.push_back(std::move(field));
  for (Field<RecordRow>& field : third) first.push_back(std::move(field));
  return first;
}

}  // namespace

const std::vector<Field<RecordRow>>& source_fields() {
  using R = RecordRow;
  static const std::vector<Field<R>> fields = join_fields(
      {id_field(), number_field<R>("key", Base::uint64, JW_GET(key), kNeverNull)}, shared_fields(),
      {
          text_field<R>("source", JW_GET(record.provenance.source)),
          text_field<R>("format", JW_GET(record.provenance.format)),
          text_field<R>("own_id", JW_GET(record.provenance.own_id)),
          number_field<R>("file_id", Base::int64, JW_GET(file_id), kNeverNull),
          number_field<R>("position", Base::int64, JW_GET(record.provenance.index), kNeverNull),
          number_field<R>("line", Base::int64, JW_GET(record.provenance.line), kZeroIsNull),
          number_field<R>("sequence", Base::int64, JW_GET(sequence), kNeverNull),
          number_field<R>("content_hash", Base::uint64, JW_GET(content_hash), kNeverNull),
          number_field<R>("title_signature", Base::uint64, JW_GET(title_signature), kNeverNull),
          text_field<R>("raw", JW_GET(record.provenance.raw)),
      });
  return fields;
}

const std::vector<Field<RecordRow>>& merged_fields() {
  using R = RecordRow;
  static const std::vector<Field<R>> fields = join_fields(
      {id_field(), number_field<R>("key", Base::uint64, JW_GET(key), kNeverNull)}, shared_fields(),
      {
          text_list_field<R>("sources", JW_GET(sources)),
          number_list_field<R, std::uint64_t>("members", Base::uint64, JW_GET(members)),
          list_field<R, FieldSource>("field_sources", JW_GET(field_sources),
                                     {text_field<FieldSource>("field", JW_GET(field)),
                                      number_field<FieldSource>("key", Base::uint64, JW_GET(key), kNeverNull),
                                      text_field<FieldSource>("rule", JW_GET(rule))}),
      });
  return fields;
}

#undef JW_GET

const std::vector<std::string>& shared_field_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list = {"id", "key"};
    for (const Field<RecordRow>& field : shared_fields()) list.push_back(field.name);
    return list;
  }();
  return names;
}

std::string record_id(std::uint64_t key) { return fmt::format("r{:016x}", key); }

Result<std::uint64_t> parse_record_id(std::string_view id) {
  std::uint64_t key = 0;
  const char* begin = id.data() + 1;
  if (id.size() == 17 && id.front() == 'r') {
    const auto [end, error] = std::from_chars(begin, id.data() + id.size(), key, 16);
    if (error == std::errc() && end == id.data() + id.size()) return key;
  }
  return fail(ErrorKind::invalid_input, "\"{}\" is not a record id, expected \"r\" and sixteen hexadecimal digits", id);
}

}  // namespace jianwei::store
