// keyphrases: what single documents are about.
#include "workflow/keyphrases.h"

#include <memory>

#include "cli/command_list.h"

namespace jianwei::cli {

Action define_keyphrases(CLI::App& app) {
  auto request = std::make_shared<workflow::KeyphraseRequest>();
  const Language language = environment_language();
  app.add_option("FILE", request->path, message(language, "option.keyphrase_path"))->required();
  app.add_option("ID", request->ids, message(language, "option.keyphrase_ids"));
  app.add_option("--top", request->count, message(language, "option.keyphrase_top"))->check(CLI::Range(1, 1'000));
  app.add_option("--corpus", request->corpus, message(language, "option.keyphrase_corpus"));
  return [request](Session& session) -> Result<> {
    request->thread_count = session.thread_count;
    const workflow::KeyphraseResult result = TRY(workflow::list_keyphrases(*request, *session.progress));
    if (session.json) {
      session.print(workflow::to_json(result));
      return {};
    }
    for (const workflow::DocumentKeyphrases& document : result.documents) {
      session.print(fmt::format("{}  {}", document.id, document.title));
      TextTable table({"  " + session.say("column.phrase"), session.say("column.score"), session.say("column.occurrences"), session.say("column.documents")}, {false, true, true, true});
      for (const workflow::ShownKeyphrase& phrase : document.phrases) {
        table.add({"  " + phrase.phrase, fmt::format("{:.2f}", phrase.score), thousands(phrase.count), thousands(phrase.document_count)});
      }
      session.print(table.text(terminal_width()));
    }
    session.note(session.say("keyphrases.corpus", thousands(result.corpus_count)));
    if (result.corpus_count < 20) session.note(session.say("keyphrases.small"));
    return {};
  };
}

}  // namespace jianwei::cli
