#include "workflow/technology_list/delphi_items.h"

#include <set>

#include "base/json_writer.h"
#include "workflow/delphi/templates.h"
#include "workflow/expert_library/fields.h"

namespace jianwei::workflow {
namespace {

std::string origin_of(const Entry& entry) {
  return JsonWriter().begin_object().field("entry", entry.id).field("list", entry.list).key("source").raw(entry.origin).end_object().text();
}

}  // namespace

Result<std::string> ask_about_list(Delphi& delphi, const Longlist& list, std::string_view study, std::string_view actor) {
  std::vector<NewItem> items;
  std::set<std::string> asked;
  if (!study.empty()) {
    for (const store::DelphiItemRow& row : TRY(load_study(delphi, study)).items) asked.insert(TRY(TRY(Fields::parse(row.origin, row.id)).text("entry")));
  }
  for (const std::string_view state : {"accepted", "candidate"}) {
    if (!items.empty()) break;
    for (const Entry& entry : list.entries) {
      if (entry.state == state && !asked.contains(entry.id)) items.push_back({entry.field, {entry.zh, entry.en}, origin_of(entry)});
    }
    if (!asked.empty()) break;  // a study that asks about accepted entries gets no candidates later
  }
  if (items.empty()) return fail(ErrorKind::invalid_input, "the list '{}' has no entry that the study does not ask about", list.id);
  std::string id(study);
  if (id.empty()) {
    const DelphiTemplate form = TRY(delphi_template("china", this_year()));
    id = TRY(make_study(delphi, {{list.zh, list.en}, {}, false, form.protocol, form.questions, std::string(actor)})).id;
  }
  (void)TRY(add_items(delphi, id, items, actor));
  return id;
}

}  // namespace jianwei::workflow
