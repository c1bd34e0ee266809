// Alerts as text for people and programs: mail (RFC 5322), JSON, Atom (RFC 4287).
#include <simdjson.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "products/charts/svg.h"
#include "workflow/routine/delivery.h"
#include "workflow/routine/mail_message.h"

namespace jianwei::workflow {
namespace {

constexpr std::size_t kFeedAlerts = 100, kShownDocuments = 5;

// Value, interval and first documents of an evidence case, a line each.
std::string case_lines(const ScoredAlert& alert, Language language) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const simdjson::padded_string padded(alert.alert.evidence);
  if (parser.parse(padded).get(root) != simdjson::SUCCESS) return "";
  const auto number = [](simdjson::dom::element from, const char* key) {
    double value = 0.0;
    if (from[key].get(value) != simdjson::SUCCESS) value = 0.0;
    return value;
  };
  std::string lines;
  simdjson::dom::element measure;
  if (root["measure"].get(measure) == simdjson::SUCCESS) lines += message(language, "alert.measure", number(measure, "value"), number(measure, "low"), number(measure, "high"), number(measure, "q")) + "\n";
  std::int64_t recent = 0;
  if (root["recent_documents"].get(recent) == simdjson::SUCCESS) lines += message(language, "alert.documents", recent) + "\n";
  simdjson::dom::array documents;
  if (root["documents"].get(documents) == simdjson::SUCCESS) {
    std::size_t shown = 0;
    for (const simdjson::dom::element document : documents) {
      if (shown++ == kShownDocuments) break;
      std::string_view id, title;
      std::int64_t year = 0;
      if (document["id"].get(id) == simdjson::SUCCESS && document["title"].get(title) == simdjson::SUCCESS && document["year"].get(year) == simdjson::SUCCESS) lines += fmt::format("  {} ({}) {}\n", title, year, id);
    }
  }
  return lines;
}

std::string headline(const ScoredAlert& alert, Language language) { return message(language, "alert.headline", alert.rule_name, alert.label, alert.alert.year); }

std::string wrapped_base64(std::string_view text) {
  const std::string all = base64(text);
  std::string lines;
  for (std::size_t i = 0; i < all.size(); i += 76) lines += all.substr(i, 76) + "\r\n";
  return lines;
}

// Encoded words of at most 45 bytes each, cut between characters (RFC 2047).
std::string encoded_header(std::string_view text) {
  std::string header, part;
  const auto flush = [&] {
    if (!part.empty()) header += (header.empty() ? "" : "\r\n ") + std::string("=?UTF-8?B?") + base64(part) + "?=";
    part.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 1;
    while (i + length < text.size() && (static_cast<unsigned char>(text[i + length]) & 0xc0) == 0x80) ++length;
    if (part.size() + length > 42) flush();
    part += text.substr(i, length);
    i += length;
  }
  flush();
  return header;
}

// Atom dates are RFC 3339, as ours.
std::string updated(const ScoredAlert& alert) { return alert.alert.created_at; }

}  // namespace

std::string mail_message(std::string_view from, const std::vector<std::string>& to, std::string_view subject, std::string_view text, std::string_view message_id, std::string_view now) {
  // "2026-11-27T20:00:00Z" -> "27 Nov 2026 20:00:00 +0000"
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::int64_t month = now.size() >= 19 ? std::clamp<std::int64_t>(parse_int(now.substr(5, 2)).value_or(1), 1, 12) : 1;
  const std::string date = now.size() >= 19 ? fmt::format("{} {} {} {} +0000", now.substr(8, 2), kMonths[month - 1], now.substr(0, 4), now.substr(11, 8)) : "";
  return fmt::format("From: <{}>\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@jianwei>\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
                     from, join(to, ", "), encoded_header(subject), date, message_id, wrapped_base64(text));
}

std::string mail_text(const std::vector<ScoredAlert>& alerts, const MailSettings& settings, std::string_view workspace_name, std::string_view message_id, std::string_view now, Language language) {
  std::string text = message(language, "alert.mail_intro", alerts.size(), workspace_name) + "\n\n";
  for (const ScoredAlert& alert : alerts) text += headline(alert, language) + "\n" + case_lines(alert, language) + message(language, "alert.case", alert.alert.id) + "\n\n";
  const std::string subject = alerts.size() == 1 ? headline(alerts.front(), language) : message(language, "alert.subject", alerts.size(), workspace_name);
  return mail_message(settings.from, settings.to, subject, text, message_id, now);
}

std::string webhook_json(const std::vector<ScoredAlert>& alerts, std::string_view workspace_name, std::string_view delivery) {
  JsonWriter json;
  json.begin_object().field("delivery", delivery).field("workspace", workspace_name).key("alerts").begin_array();
  for (const ScoredAlert& alert : alerts) {
    json.begin_object().field("id", alert.alert.id).field("rule", alert.rule_name).field("unit", alert.alert.unit_id).field("label", alert.label).field("year", alert.alert.year).field("run", alert.alert.run_id);
    json.field("data_version", alert.alert.snapshot_id).field("created", alert.alert.created_at).key("evidence").raw(alert.alert.evidence).end_object();
  }
  return std::move(json.end_array().end_object()).text();
}

std::string alert_feed(const std::vector<ScoredAlert>& alerts, std::string_view workspace_name, Language language) {
  using products::escape_xml;
  std::vector<const ScoredAlert*> newest;
  for (const ScoredAlert& alert : alerts) newest.push_back(&alert);
  std::stable_sort(newest.begin(), newest.end(), [](const ScoredAlert* a, const ScoredAlert* b) { return a->alert.created_at > b->alert.created_at; });
  if (newest.size() > kFeedAlerts) newest.resize(kFeedAlerts);
  std::string feed = fmt::format("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>urn:jianwei:{}:alerts</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>Jianwei</name></author>\n",
                                 language == Language::zh ? "zh-CN" : "en", escape_xml(workspace_name), escape_xml(message(language, "alert.feed_title", workspace_name)), newest.empty() ? "1970-01-01T00:00:00Z" : updated(*newest.front()));
  for (const ScoredAlert* alert : newest) {
    feed += fmt::format("<entry><id>urn:jianwei:{}:{}</id><title>{}</title><updated>{}</updated><category term=\"{}\"/><content type=\"text\">{}</content></entry>\n", escape_xml(workspace_name), escape_xml(alert->alert.id),
                        escape_xml(headline(*alert, language)), updated(*alert), escape_xml(alert->rule_name), escape_xml(case_lines(*alert, language) + message(language, "alert.case", alert->alert.id)));
  }
  return feed + "</feed>\n";
}

}  // namespace jianwei::workflow
