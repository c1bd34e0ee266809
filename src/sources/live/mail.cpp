#include "sources/live/mail.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace jianwei::sources {
namespace {

struct Reader {
  const std::string* text;
  std::size_t at = 0;
};

std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* self) {
  auto& reader = *static_cast<Reader*>(self);
  const std::size_t length = std::min(size * count, reader.text->size() - reader.at);
  std::memcpy(buffer, reader.text->data() + reader.at, length);
  reader.at += length;
  return length;
}

}  // namespace

MailAttempt send_mail(const MailServer& server, const std::string& from, const std::vector<std::string>& to, const std::string& message) {
  const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), &curl_easy_cleanup);
  CURL* curl = handle.get();
  if (curl == nullptr) return {MailOutcome::refused, "the mail library cannot be started"};
  curl_slist* recipients = nullptr;
  for (const std::string& address : to) recipients = curl_slist_append(recipients, ("<" + address + ">").c_str());
  Reader reader{&message};
  char reason[CURL_ERROR_SIZE] = {};
  curl_easy_setopt(curl, CURLOPT_URL, server.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_USE_SSL, server.starttls ? static_cast<long>(CURLUSESSL_ALL) : static_cast<long>(CURLUSESSL_NONE));
  if (!server.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, &on_read);
  curl_easy_setopt(curl, CURLOPT_READDATA, &reader);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(server.timeout_ms));
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
  const CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(recipients);
  if (code == CURLE_OK) return {MailOutcome::accepted, ""};
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  // A refusal by the server is an answer; a line that breaks after the last byte went out is none.
  const bool whole_text_sent = reader.at == message.size() && status < 400;
  return {whole_text_sent ? MailOutcome::unsure : MailOutcome::refused, reason[0] != '\0' ? reason : curl_easy_strerror(code)};
}

}  // namespace jianwei::sources
