// One mail through one SMTP server.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"

namespace jianwei::sources {

struct MailServer {
  std::string url;                 // smtp://host:25, smtps://host:465
  std::string user, password;      // "" = none is asked for
  bool starttls = true;            // of smtp://: refuse to go on without TLS
  std::int64_t timeout_ms = 60'000;
};

// What is known after an attempt. `unsure`: the server may have taken the mail (the line broke after the text was under way); sending it again could
// deliver it twice.
enum class MailOutcome : std::uint8_t { accepted, refused, unsure };
struct MailAttempt {
  MailOutcome outcome = MailOutcome::refused;
  std::string problem;
};

// `message`: headers and text as of RFC 5322, lines ended by "\r\n".
MailAttempt send_mail(const MailServer& server, const std::string& from, const std::vector<std::string>& to, const std::string& message);

}  // namespace jianwei::sources
