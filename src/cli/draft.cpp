// jianwei draft WS TOPIC: a language model's draft of a topic's name and summary; people accept or refuse it.
#include <memory>

#include "base/json_writer.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "workflow/draft/draft.h"
#include "workflow/run/run.h"

namespace jianwei::cli {
namespace {

struct Options {
  WorkspaceOption workspace;
  std::string topic, accept, refuse, take = "label,summary", by, role = "analyst";
  workflow::DraftAcceptance acceptance;
  bool list = false;
};

void show(const Session& session, const workflow::TopicDraft& draft) {
  if (session.json) return session.print(workflow::draft_json(draft));
  session.print(session.say("draft.head", draft.id, draft.topic, session.say("draft.state." + draft.state), draft.model, draft.created));
  session.print(fmt::format("  {} / {}  [{}]", draft.answer.label_zh, draft.answer.label_en, join(draft.answer.label_records, ", ")));
  for (const workflow::DraftSentence& sentence : draft.answer.summary) session.print(fmt::format("  {} [{}]", sentence.text, join(sentence.records, ", ")));
}

Result<> list(const Session& session, const workflow::Workspace& workspace, const std::string& topic) {
  const workflow::DraftList found = workflow::list_drafts(workspace, topic);
  const auto& drafts = found.drafts;
  for (const workflow::DamagedDraft& damaged : found.damaged) session.note(damaged.why);
  if (session.json) {
    JsonWriter json;
    json.begin_array();
    for (const workflow::TopicDraft& draft : drafts) workflow::write_draft(json, draft);
    session.print(json.end_array().text());
  } else {
    for (const workflow::TopicDraft& draft : drafts) show(session, draft);
    if (drafts.empty()) session.note(session.say("draft.none"));
  }
  return {};
}

Result<> accept(const Session& session, workflow::Workspace& workspace, Options& options) {
  for (const std::string& part : split_trimmed(options.take, ",")) {
    if (part != "label" && part != "summary") return fail(ErrorKind::invalid_input, "--take: \"{}\" is neither label nor summary", part);
    (part == "label" ? options.acceptance.label : options.acceptance.summary) = true;
  }
  show(session, TRY(workflow::accept_draft(workspace, options.accept, options.acceptance, {decider(options.by), options.role})).draft);
  return {};
}

}  // namespace

Action define_draft(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  options->workspace.define(app);
  app.add_option("TOPIC", options->topic, message(language, "option.draft_topic"));
  app.add_flag("--list", options->list, message(language, "option.draft_list"));
  CLI::Option* accepted = app.add_option("--accept", options->accept, message(language, "option.draft_accept"));
  app.add_option("--refuse", options->refuse, message(language, "option.draft_refuse"))->excludes(accepted);
  app.add_option("--take", options->take, message(language, "option.draft_take"))->needs(accepted)->capture_default_str();
  app.add_option("--label-zh", options->acceptance.label_zh, message(language, "option.draft_label"))->needs(accepted);
  app.add_option("--label-en", options->acceptance.label_en, message(language, "option.draft_label"))->needs(accepted);
  app.add_option("--why", options->acceptance.reason, message(language, "option.reason"));
  app.add_option("--by", options->by, message(language, "option.by"));
  app.add_option("--role", options->role, message(language, "option.judge_role"))->capture_default_str();
  return [options](Session& session) -> Result<> {
    workflow::Workspace workspace = TRY(options->workspace.open(session, store::Access::read, "draft"));
    if (options->list) return list(session, workspace, options->topic);
    if (!options->accept.empty()) return accept(session, workspace, *options);
    if (!options->refuse.empty()) {
      show(session, TRY(workflow::refuse_draft(workspace, options->refuse, options->acceptance.reason, {decider(options->by), options->role})));
      return {};
    }
    if (options->topic.empty()) return fail(ErrorKind::invalid_input, "TOPIC is missing: jianwei draft WS topic-3, or --list, --accept, --refuse");
    const workflow::StudyResult result = TRY(workflow::load_latest_run(workspace));
    show(session, TRY(workflow::draft_topic(workspace, result, options->topic, decider(options->by), *session.progress)));
    if (!session.json) session.note(session.say("draft.next", options->workspace.path));
    return {};
  };
}

}  // namespace jianwei::cli
