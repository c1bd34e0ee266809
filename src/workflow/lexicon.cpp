// The files are the state, the events their history: reading the files compares them with the decisions in force and records what came
// and went. A command changes one line of a file and then records the difference with its reason.
#include "workflow/lexicon.h"

#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/strings.h"
#include "records/han.h"
#include "records/unicode.h"

namespace jianwei::workflow {
namespace {

constexpr std::string_view kBar = " | ";
constexpr DecisionKind kKinds[] = {DecisionKind::stop, DecisionKind::synonyms, DecisionKind::pair, DecisionKind::refused_pair};

std::string file_name(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::stop: return "stop_terms.txt";
    case DecisionKind::synonyms: return "synonyms.txt";
    case DecisionKind::pair: return "pairs.txt";
    case DecisionKind::refused_pair: return "refused_pairs.txt";
  }
  return {};
}

std::string_view file_header(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::stop: return "# No terms, one a line. / 不作为术语的词，每行一个。\n";
    case DecisionKind::synonyms: return "# One term a line, called by its first name: neural network | neural net | NN / 每行一组同义词，以第一个为名。\n";
    case DecisionKind::pair: return "# One concept in Chinese and English: 石墨烯 | graphene / 中英文为同一概念，中文在前。\n";
    case DecisionKind::refused_pair: return "# Two concepts, though they are found together: 中文 | English / 不是同一概念的中英文词。\n";
  }
  return {};
}

// "" when the names fit the kind, else what is wrong and what would mend it.
std::string problem_of(DecisionKind kind, const std::vector<std::string>& names) {
  if (std::any_of(names.begin(), names.end(), [](const std::string& name) { return name.empty(); })) return "a name is empty: write names parted by \" | \"";
  switch (kind) {
    case DecisionKind::stop: return names.size() == 1 ? "" : fmt::format("{} names: write one term a line", names.size());
    case DecisionKind::synonyms: return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return name != names.front(); }) ? "" : "one name: write at least two, parted by \" | \"";
    case DecisionKind::pair:
    case DecisionKind::refused_pair:
      if (names.size() != 2) return fmt::format("{} names: write a Chinese and an English one, parted by \" | \"", names.size());
      if (!has_han(names[0]) || has_han(names[1])) return fmt::format("\"{}\" is not a Chinese name before an English one: write \"中文 | English\"", join(names, kBar));
      return "";
  }
  return "";
}

struct Line {
  DecisionKind kind;
  std::string words;  // normalised: names parted by " | "
  int number = 0;
};

std::vector<std::string> names_of(std::string_view line) {
  std::vector<std::string> names;
  for (const std::string_view name : split(line, "|")) names.emplace_back(trim(name));
  return names;
}

// The decision of a line of a file, "" for blank lines and remarks.
std::string words_of(std::string_view line) {
  if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  line = trim(line);
  return line.empty() || line.starts_with('#') ? std::string() : join(names_of(line), kBar);
}

std::filesystem::path folder(const Workspace& workspace) { return workspace.root() / "lexicon"; }

Result<std::vector<Line>> read_lines(const std::filesystem::path& path, DecisionKind kind) {
  std::vector<Line> lines;
  const std::string text = TRY(read_file(path));
  int number = 0;
  for (const std::string_view raw : split(text, "\n")) {
    ++number;
    std::string words = words_of(raw);
    if (words.empty()) continue;
    if (!is_valid_utf8(raw)) return fail(ErrorKind::invalid_input, "{}:{}: not UTF-8: save the file as UTF-8", path.string(), number);
    if (const std::string problem = problem_of(kind, names_of(words)); !problem.empty()) return fail(ErrorKind::invalid_input, "{}:{}: {}", path.string(), number, problem);
    lines.push_back({kind, std::move(words), number});
  }
  return lines;
}

std::vector<const store::TermEvent*> in_force(const std::vector<store::TermEvent>& events) {
  std::set<std::int64_t> undone;
  for (const store::TermEvent& event : events) {
    if (event.kind == "undo") undone.insert(event.undoes);
    if (event.kind == "redo") undone.erase(event.undoes);
  }
  std::vector<const store::TermEvent*> list;
  for (const store::TermEvent& event : events) {
    if (event.undoes == 0 && !undone.contains(event.id)) list.push_back(&event);
  }
  return list;
}

store::TermEvent make_event(DecisionKind kind, const std::string& words, std::string_view reason, std::string_view by) {
  store::TermEvent event;
  event.kind = to_string(kind);
  event.words = words;
  event.reason = reason;
  event.decided_by = by;
  event.decided_at = store::utc_now();
  return event;
}

store::TermEvent make_undo(const store::TermEvent& undone, std::string_view reason, std::string_view by) {
  store::TermEvent event = undone;
  event.id = 0;
  event.kind = "undo";
  event.undoes = undone.id;
  event.reason = reason;
  event.decided_by = by;
  event.decided_at = store::utc_now();
  return event;
}

// Writes the files that are missing though decisions are in force.
Result<> restore_files(Workspace& workspace, const std::vector<store::TermEvent>& events) {
  for (const DecisionKind kind : kKinds) {
    const std::filesystem::path path = folder(workspace) / file_name(kind);
    if (std::filesystem::exists(path)) continue;
    std::string text(file_header(kind));
    bool any = false;
    for (const store::TermEvent* event : in_force(events)) {
      if (event->kind != to_string(kind)) continue;
      text += event->words + "\n";
      any = true;
    }
    if (!any) continue;
    std::error_code ignored;
    std::filesystem::create_directories(folder(workspace), ignored);
    TRY(write_file_atomically(path, text));
  }
  return {};
}

// Brings files and events together; returns the lines in force. `reason` empty: the file and the line say where it comes from.
Result<std::vector<Line>> synchronise(Workspace& workspace, std::string_view reason, std::string_view by) {
  const std::vector<store::TermEvent> events = TRY(workspace.lake.app().term_events());
  TRY(restore_files(workspace, events));
  std::vector<Line> lines;
  for (const DecisionKind kind : kKinds) {
    const std::filesystem::path path = folder(workspace) / file_name(kind);
    if (!std::filesystem::exists(path)) continue;
    const std::vector<Line> read = TRY(read_lines(path, kind));
    lines.insert(lines.end(), read.begin(), read.end());
  }
  std::set<std::pair<std::string_view, std::string_view>> written, known;
  for (const Line& line : lines) written.emplace(to_string(line.kind), line.words);
  std::vector<store::TermEvent> added;
  for (const store::TermEvent* event : in_force(events)) {
    known.emplace(event->kind, event->words);
    if (!written.contains({event->kind, event->words})) added.push_back(make_undo(*event, reason.empty() ? "taken out of the file" : reason, by));
  }
  for (const Line& line : lines) {
    if (!known.emplace(to_string(line.kind), line.words).second) continue;
    added.push_back(make_event(line.kind, line.words, reason.empty() ? fmt::format("lexicon/{}:{}", file_name(line.kind), line.number) : reason, by));
  }
  if (!added.empty()) TRY(workspace.lake.app().add_term_events(added));
  return lines;
}

}  // namespace

std::string_view to_string(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::stop: return "stop";
    case DecisionKind::synonyms: return "synonyms";
    case DecisionKind::pair: return "pair";
    case DecisionKind::refused_pair: return "refused_pair";
  }
  return "";
}

Result<text::TermDecisions> term_decisions(Workspace& workspace) {
  text::TermDecisions decisions;
  for (const Line& line : TRY(synchronise(workspace, "", "file"))) {
    std::vector<std::string> names = names_of(line.words);
    switch (line.kind) {
      case DecisionKind::stop: decisions.stops.push_back(std::move(names[0])); break;
      case DecisionKind::synonyms: decisions.synonyms.push_back(std::move(names)); break;
      case DecisionKind::pair: decisions.pairs.emplace_back(std::move(names[0]), std::move(names[1])); break;
      case DecisionKind::refused_pair: decisions.refused_pairs.emplace_back(std::move(names[0]), std::move(names[1])); break;
    }
  }
  return decisions;
}

namespace {

// Names trimmed, and fit for the kind. Errors: invalid_input
Result<std::string> words_for(DecisionKind kind, std::vector<std::string> names) {
  for (std::string& name : names) name = std::string(trim(name));
  if (std::any_of(names.begin(), names.end(), [](const std::string& name) { return name.find_first_of("|\r\n") != std::string::npos || name.starts_with('#'); })) {
    return fail(ErrorKind::invalid_input, "a name holds \"|\" or a line break, or begins with \"#\"");
  }
  if (const std::string problem = problem_of(kind, names); !problem.empty()) return fail(ErrorKind::invalid_input, "{}", problem);
  return join(names, kBar);
}

Result<> add_line(const std::filesystem::path& path, DecisionKind kind, const std::string& words) {
  std::string text = std::filesystem::exists(path) ? TRY(read_file(path)) : std::string(file_header(kind));
  if (!text.empty() && text.back() != '\n') text += '\n';
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  return write_file_atomically(path, text + words + "\n");
}

Result<> take_line(const std::filesystem::path& path, const std::string& words) {
  if (!std::filesystem::exists(path)) return {};
  const std::string text = TRY(read_file(path));
  std::string kept;
  for (const std::string_view line : split(text, "\n")) {
    if (words_of(line) != words) kept += std::string(line) + "\n";
  }
  if (text.ends_with('\n') && kept.ends_with("\n\n")) kept.pop_back();
  return write_file_atomically(path, kept);
}

}  // namespace

Result<> write_decision(Workspace& workspace, DecisionKind kind, std::vector<std::string> names, bool present) {
  const std::string words = TRY(words_for(kind, std::move(names)));
  TRY(restore_files(workspace, TRY(workspace.lake.app().term_events())));
  const std::filesystem::path path = folder(workspace) / file_name(kind);
  if (!present) return take_line(path, words);
  if (std::filesystem::exists(path)) {
    for (const Line& line : TRY(read_lines(path, kind))) {
      if (line.words == words) return {};
    }
  }
  return add_line(path, kind, words);
}

Result<store::TermEvent> decide(Workspace& workspace, DecisionKind kind, std::vector<std::string> names, std::string_view reason, std::string_view by) {
  const std::string words = TRY(words_for(kind, std::move(names)));
  for (const Line& line : TRY(synchronise(workspace, "", "file"))) {
    if (line.kind == kind && line.words == words) return fail(ErrorKind::conflict, "\"{}\" is in force already: lexicon/{}:{}", words, file_name(kind), line.number);
  }
  TRY(add_line(folder(workspace) / file_name(kind), kind, words));
  TRY(synchronise(workspace, reason, by));
  return TRY(workspace.lake.app().term_events()).back();
}

Result<store::TermEvent> undo_decision(Workspace& workspace, std::int64_t event_id, std::string_view reason, std::string_view by) {
  TRY(synchronise(workspace, "", "file"));
  const std::vector<store::TermEvent> events = TRY(workspace.lake.app().term_events());
  const auto found = std::find_if(events.begin(), events.end(), [&](const store::TermEvent& event) { return event.id == event_id; });
  if (found == events.end()) return fail(ErrorKind::not_found, "no decision {}: `jianwei terms history {}` lists them", event_id, workspace.root().string());
  const std::vector<const store::TermEvent*> active = in_force(events);
  if (std::none_of(active.begin(), active.end(), [&](const store::TermEvent* event) { return event->id == event_id; })) {
    return fail(ErrorKind::conflict, "decision {} is not in force", event_id);
  }
  for (const DecisionKind kind : kKinds) {
    if (to_string(kind) == found->kind) TRY(take_line(folder(workspace) / file_name(kind), found->words));
  }
  TRY(synchronise(workspace, reason, by));
  return TRY(workspace.lake.app().term_events()).back();
}

Result<std::vector<DecisionRow>> decision_history(Workspace& workspace) {
  const std::vector<store::TermEvent> events = TRY(workspace.lake.app().term_events());
  std::string last_run;
  for (const store::RunRow& run : TRY(workspace.lake.app().runs())) {
    if (run.status == "finished") last_run = std::max(last_run, run.started_at);
  }
  std::set<std::int64_t> active;
  for (const store::TermEvent* event : in_force(events)) active.insert(event->id);
  std::vector<DecisionRow> rows;
  for (const store::TermEvent& event : events) rows.push_back({event, active.contains(event.id), event.decided_at <= last_run});
  return rows;
}

}  // namespace jianwei::workflow
