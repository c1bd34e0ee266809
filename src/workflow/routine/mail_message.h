// One plain-text mail, and the server of [mail] that takes it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/live/mail.h"
#include "workflow/routine/delivery_settings.h"

namespace jianwei::workflow {

// As RFC 5322 asks; `now`: UTC text.
std::string mail_message(std::string_view from, const std::vector<std::string>& to, std::string_view subject, std::string_view text, std::string_view message_id, std::string_view now);

// Errors: invalid_input  the environment variable that holds the password is not set
Result<sources::MailServer> mail_server(const MailSettings& mail);

}  // namespace jianwei::workflow
