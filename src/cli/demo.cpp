#include <memory>

#include "base/json_writer.h"
#include "cli/command_list.h"
#include "workflow/synthetic.h"

namespace jianwei::cli {

Action define_demo(CLI::App& app) {
  struct Options {
    std::string folder;
    std::int64_t record_count = 4000;
    std::uint64_t seed = 1;
  };
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.add_option("FOLDER", options->folder, message(language, "option.folder"))->required();
  app.add_option("--records", options->record_count, message(language, "option.record_count"))->check(CLI::Range(std::int64_t{1}, std::int64_t{10'000'000}));
  app.add_option("--seed", options->seed, message(language, "option.seed"));
  return [options](Session& session) -> Result<> {
    analysis::SyntheticOptions synthetic;
    synthetic.work_count = options->record_count;
    synthetic.seed = options->seed;
    const SyntheticFiles files = TRY(write_synthetic(options->folder, synthetic, *session.progress));
    if (session.json) {
      JsonWriter json;
      json.begin_object().field("records", files.record_count).field("truth", files.truth.string()).key("inputs").begin_array();
      for (const auto& path : files.inputs) json.value(path.string());
      session.print(json.end_array().end_object().text());
    } else {
      session.print(session.say("demo.done", thousands(files.record_count), options->folder));
    }
    return {};
  };
}

}  // namespace jianwei::cli
