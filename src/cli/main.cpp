// jianwei: parse the command line, run one action, turn its error into a message and an exit code.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/json_writer.h"
#include "base/sentence.h"
#include "base/strings.h"
#include "cli/session.h"
#include "cli/terminal_progress.h"

namespace jianwei::cli {
namespace {

int report(const Session& session, const Error& error) {
  if (session.json) {
    JsonWriter json;
    json.begin_object().key("error").begin_object().field("kind", error_name(error.kind)).field("message", error.message).end_object().end_object();
    session.print(json.text());
  }
  fmt::print(stderr, "jianwei: {}{}\n", session.say(fmt::format("error.{}", error_name(error.kind))), say(session.language, error.message));
  return exit_code(error.kind);
}

// The library's own group of options bears its name in the reader's language.
class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(std::string options) : options_(std::move(options)) {}
  std::string make_group(std::string group, bool is_positional, std::vector<const CLI::Option*> options) const override {
    return CLI::Formatter::make_group(group == "Options" ? options_ : group, is_positional, options);
  }

 private:
  std::string options_;
};

int run(int argc, char** argv) {
  Session session;
  session.language = environment_language();
  // --lang decides the language of --help too, so it is looked for before the parser runs; the options of commands are told in the environment's.
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--lang" && i + 1 < argc) session.language = parse_language(argv[i + 1]);
    if (word.starts_with("--lang=")) session.language = parse_language(word.substr(7));
  }
  setenv("JIANWEI_LANG", std::string(to_string(session.language)).c_str(), 1);

  CLI::App app(session.say("app.description"), "jianwei");
  app.set_help_flag("-h,--help", session.say("option.help"));
  app.set_version_flag("--version", "jianwei " JIANWEI_VERSION, session.say("option.version"));
  app.formatter(std::make_shared<HelpFormatter>(session.say("group.options")));
  for (const char* label : {"Usage", "Positionals", "OPTIONS", "SUBCOMMAND", "SUBCOMMANDS", "REQUIRED", "Needs", "Excludes"}) {
    app.get_formatter()->label(label, session.say(fmt::format("help.{}", to_lower_ascii(label))));
  }
  app.failure_message([&session](const CLI::App*, const CLI::Error& error) {
    return fmt::format("jianwei: {}\n{}\n", say(session.language, error.what()), session.say("help.how"));
  });
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(session.say("app.footer"));

  Action chosen;
  std::string language;
  const auto add_language = [&](CLI::App& to) { to.add_option("--lang", language, session.say("option.lang"))->check(CLI::IsMember({"zh", "en"})); };
  add_language(app);
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(command.name, session.say(fmt::format("command.{}", command.name)));
    sub->group(session.say(fmt::format("group.{}", command.group)));
    sub->footer(session.say("app.example") + "\n  " + session.say(fmt::format("example.{}", command.name)));
    sub->add_flag("--json", session.json, session.say("option.json"));
    sub->add_flag("-q,--quiet", session.quiet, session.say("option.quiet"));
    add_language(*sub);
    sub->add_option("--threads", session.thread_count, session.say("option.threads"))->check(CLI::Range(0, 1024));
    sub->add_flag("--wait", session.wait, session.say("option.wait"));
    sub->callback([&chosen, action = command.define(*sub)] { chosen = action; });
  }

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == 0;  // --help, --version
    app.exit(error);
    return asked ? 0 : exit_code(ErrorKind::invalid_input);
  }

  TerminalProgress progress(session.language, !session.quiet && isatty(STDERR_FILENO) != 0);
  progress.listen_to_signals();
  session.progress = &progress;
  const Result<> done = chosen(session);
  if (!done) return report(session, done.error());
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return report(session, {ErrorKind::unavailable, "standard output cannot be written to the end: the disk is full, or its reader has gone"});
  return 0;
}

}  // namespace
}  // namespace jianwei::cli

int main(int argc, char** argv) { return jianwei::cli::run(argc, argv); }
