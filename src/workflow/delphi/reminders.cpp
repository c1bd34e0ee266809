#include "workflow/delphi/reminders.h"

#include "base/catalogue.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "store/app_db.h"
#include "workflow/routine/mail_message.h"

namespace jianwei::workflow {
namespace {

// In both languages: which one a person reads is not known here.
std::string reminder_text(const DelphiStudy& study, const ReminderLink& to, std::string_view link) {
  std::string text;
  for (const Language language : {Language::zh, Language::en}) {
    const std::string& own = language == Language::zh ? study.row.title_zh : study.row.title_en;
    const std::string& title = own.empty() ? (language == Language::zh ? study.row.title_en : study.row.title_zh) : own;
    text += (text.empty() ? "" : "\n\n") + message(language, "delphi.reminder_text", to.name, title, study.row.round, link);
  }
  return text + "\n";
}

}  // namespace

Result<ReminderReport> mail_reminders(const Workspace& workspace, Delphi& delphi, const DelphiStudy& study, std::string_view link_base, std::string_view actor, Progress& progress) {
  const MailSettings mail = TRY(delivery_settings(workspace)).mail;
  if (!mail.is_set()) return fail(ErrorKind::invalid_input, "[mail] is not set in jianwei.toml");
  // Before links are made: a password that is missing would leave links nobody has.
  const sources::MailServer server = TRY(mail_server(mail));
  const std::vector<ReminderLink> links = TRY(remind(delphi, study, false, actor));
  ReminderReport report;
  report.missing = std::ssize(links);
  const std::string title = study.row.title_zh.empty() || study.row.title_en.empty() ? study.row.title_zh + study.row.title_en : study.row.title_zh + " / " + study.row.title_en;
  progress.begin("remind", std::ssize(links), "people");
  for (const ReminderLink& to : links) {
    TRY(progress.check());
    const std::string_view address = trim(to.email);
    if (address.empty() || address.find_first_of("\r\n<> ,") != std::string_view::npos) {
      ++report.without_address;
    } else {
      const std::string text = reminder_text(study, to, std::string(link_base) + to.secret);
      const std::string now = store::utc_now();
      // The id says nothing of the link.
      const std::string id = fmt::format("r{:016x}", hash64(study.row.id + "\n" + to.email + "\n" + now));
      const auto attempt = sources::send_mail(server, mail.from, {std::string(address)}, mail_message(mail.from, {std::string(address)}, title, text, id, now));
      report.sent += attempt.outcome == sources::MailOutcome::accepted ? 1 : 0;
      report.refused += attempt.outcome == sources::MailOutcome::refused ? 1 : 0;
      report.unsure += attempt.outcome == sources::MailOutcome::unsure ? 1 : 0;
    }
    progress.advance();
  }
  return report;
}

std::string to_json(const ReminderReport& report) {
  return JsonWriter().begin_object().field("missing", report.missing).field("sent", report.sent).field("refused", report.refused).field("unsure", report.unsure).field("without_address", report.without_address).end_object().text();
}

}  // namespace jianwei::workflow
