// jianwei users VERB ... and jianwei audit VERB: accounts and the audit log of a server's state folder.
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "base/json_writer.h"
#include "base/strings.h"
#include "cli/command_list.h"
#include "cli/workspace_options.h"
#include "server/access/offline.h"

namespace jianwei::cli {
namespace {

struct Options {
  std::string verb, name, roles = "viewer", state, display_name, by;
};

// From the terminal without showing it, else the first line of standard input.
Result<std::string> read_password(const Session& session) {
  const bool terminal = isatty(STDIN_FILENO) != 0;
  termios shown{};
  if (terminal) {
    fmt::print(stderr, "{}", session.say("users.password"));
    std::fflush(stderr);
    tcgetattr(STDIN_FILENO, &shown);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  std::string password;
  const bool read = static_cast<bool>(std::getline(std::cin, password));
  if (terminal) {
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fmt::print(stderr, "\n");
  }
  if (!read) return fail(ErrorKind::invalid_input, "standard input holds no password: write it there as one line");
  return password;
}

Result<> list(const Session& session, server::OfflineState& state) {
  JsonWriter json;
  json.begin_array();
  TextTable table({session.say("column.name"), session.say("column.display_name"), session.say("column.roles"), session.say("column.origin"), session.say("column.disabled"), session.say("column.last_sign_in")});
  for (const store::UserRow& user : TRY(state.database->users())) {
    json.begin_object().field("id", user.id).field("name", user.name).field("display_name", user.display_name).field("roles", user.roles).field("origin", user.origin).field("disabled", user.disabled);
    json.field("created_at", user.created_at).field("last_sign_in_at", user.last_sign_in_at).end_object();
    table.add({user.name, user.display_name, user.roles, user.origin, user.disabled ? "×" : "", user.last_sign_in_at});
  }
  session.print(session.json ? json.end_array().text() : table.text(terminal_width()));
  return {};
}

Result<> change(const Session& session, server::OfflineState& state, const Options& options) {
  const std::string by = decider(options.by);
  if (options.name.empty()) return fail(ErrorKind::invalid_input, "NAME is missing: users {} NAME", options.verb);
  if (options.verb == "add") {
    server::NewUser user;
    user.name = options.name;
    user.display_name = options.display_name;
    user.roles = TRY(server::parse_roles(options.roles));
    user.language = to_string(session.language);
    user.password = TRY(read_password(session));
    TRY(server::add_user_offline(state, user, by));
  } else if (options.verb == "passwd") {
    TRY(server::set_password_offline(state, options.name, TRY(read_password(session)), by));
  } else if (options.verb == "role") {
    TRY(server::set_roles_offline(state, options.name, TRY(server::parse_roles(options.roles)), by));
  } else {
    TRY(server::set_disabled_offline(state, options.name, options.verb == "disable", by));
  }
  session.print(session.json ? JsonWriter().begin_object().field("done", options.verb).field("name", options.name).end_object().text() : session.say("users.done", options.verb, options.name));
  return {};
}

}  // namespace

Action define_users(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.add_option("VERB", options->verb, message(language, "option.users_verb"))->required()->check(CLI::IsMember({"add", "list", "passwd", "role", "disable", "enable"}));
  app.add_option("NAME", options->name, message(language, "option.user_name"));
  app.add_option("--state", options->state, message(language, "option.state_of"))->required();
  app.add_option("--roles", options->roles, message(language, "option.roles"))->capture_default_str();
  app.add_option("--display-name", options->display_name, message(language, "option.display_name"));
  app.add_option("--by", options->by, message(language, "option.by"));
  return [options](Session& session) -> Result<> {
    server::OfflineState state = TRY(server::open_state(options->state));
    return options->verb == "list" ? list(session, state) : change(session, state, *options);
  };
}

Action define_audit(CLI::App& app) {
  auto options = std::make_shared<Options>();
  const Language language = environment_language();
  app.add_option("VERB", options->verb, message(language, "option.audit_verb"))->required()->check(CLI::IsMember({"verify", "export"}));
  app.add_option("STATE", options->state, message(language, "option.state_of"))->required();
  return [options](Session& session) -> Result<> {
    server::OfflineState state = TRY(server::open_state(options->state));
    if (options->verb == "export") {
      for (std::int64_t after = 0;;) {
        const std::vector<store::AuditRow> rows = TRY(state.database->audit(after, 1000));
        if (rows.empty()) return {};
        for (const store::AuditRow& row : rows) session.print(server::to_json(row));
        after = rows.back().seq;
      }
    }
    const server::AuditCheck check = TRY(server::verify_audit(*state.database));
    if (session.json) session.print(server::to_json(check));
    if (check.broken_at != 0) return fail(ErrorKind::corrupt, "the audit log does not fit from entry {} on: it was changed, or an entry before it is gone", check.broken_at);
    if (!session.json) session.print(session.say("audit.whole", thousands(check.entries), check.last_hash));
    return {};
  };
}

}  // namespace jianwei::cli
