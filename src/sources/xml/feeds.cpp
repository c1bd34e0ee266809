// RSS 2.0, RSS 1.0 and Atom feeds: an item is a post of the site whose title the channel gives. Page: docs/formats/feeds.md
#include <memory>

#include "base/strings.h"
#include "records/unicode.h"
#include "sources/documents/html.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

struct Channel {
  std::string title, language;
};

// The text of an element that holds HTML, escaped or in CDATA.
std::string html_text(const Node& node) {
  std::string html;
  for (const Node& part : node.children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) html += part.value();
  }
  if (html.find('<') == std::string::npos && html.find('&') == std::string::npos) return text_of(node);
  return documents::html_to_text(html);
}

// What stands in the channel before the items; true when the element was such a one.
bool read_channel(const Node& element, const Context& context, Channel& channel) {
  if (context.element == "title" && channel.title.empty()) channel.title = text_of(element);
  if (context.element == "language" && channel.language.empty()) channel.language = language_of(text_of(element));
  return context.element == "title" || context.element == "language";
}

void finish(Record& record, const Channel& channel) {
  record.kind = RecordKind::post;
  record.type = "news";
  record.venue = channel.title;
  if (record.language.empty()) record.language = channel.language;
  // A summary that is the beginning of the text says nothing new; a long summary without text is the text.
  if (record.full_text == record.abstract) record.full_text.clear();
  if (record.provenance.own_id.empty()) record.provenance.own_id = record.url;
  add_identifier(record, "url", record.url);
}

Result<bool> build_rss(const Node& item, const Context& context, Record& record, Channel& channel) {
  if (read_channel(item, context, channel)) return false;
  record.title = html_text(child(item, "title"));
  record.abstract = html_text(child(item, "description"));
  record.full_text = html_text(child(item, "encoded"));
  if (record.abstract.empty()) record.abstract.swap(record.full_text);
  record.url = text_at(item, "link");
  record.provenance.own_id = text_at(item, "guid");
  if (record.url.empty() && record.provenance.own_id.starts_with("http")) record.url = record.provenance.own_id;
  if (record.url.empty()) record.url = attribute(item, "about");
  record.date = date_at(item, "pubDate");
  if (!record.date.known()) record.date = date_at(item, "date");
  for (const std::string& name : texts_at(item, "creator")) add_person_named(record, name);
  if (record.persons.empty()) {
    // "mail@site (Name)"
    std::string name = text_at(item, "author");
    if (const std::size_t open = name.find('('); open != std::string::npos && name.ends_with(")")) name = name.substr(open + 1, name.size() - open - 2);
    if (!name.empty() && name.find('@') == std::string::npos) add_person_named(record, name);
  }
  for (const std::string& category : texts_at(item, "category")) add_keyword(record, category);
  if (record.title.empty()) record.title = record.abstract.substr(0, record.abstract.find('\n'));
  finish(record, channel);
  return true;
}

Result<bool> build_atom(const Node& entry, const Context& context, Record& record, Channel& channel) {
  if (read_channel(entry, context, channel)) return false;
  record.title = html_text(child(entry, "title"));
  const auto content = [](const Node& node) { return attribute(node, "type") == "xhtml" ? paragraphs_of(node) : html_text(node); };
  record.abstract = content(child(entry, "summary"));
  record.full_text = content(child(entry, "content"));
  if (record.abstract.empty()) record.abstract.swap(record.full_text);
  for (const Node& link : children(entry, "link")) {
    const std::string relation = attribute(link, "rel");
    if (record.url.empty() && (relation.empty() || relation == "alternate")) record.url = attribute(link, "href");
  }
  record.provenance.own_id = text_at(entry, "id");
  record.date = date_at(entry, "published");
  if (!record.date.known()) record.date = date_at(entry, "updated");
  for (const Node& author : children(entry, "author")) {
    if (const std::string name = text_at(author, "name"); !name.empty()) add_person_named(record, name);
  }
  for (const Node& category : children(entry, "category")) {
    const std::string label = attribute(category, "label");
    add_keyword(record, label.empty() ? attribute(category, "term") : label);
  }
  record.language = language_of(attribute(entry, "lang"));
  finish(record, channel);
  return true;
}

}  // namespace

Result<> read_rss(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  auto channel = std::make_shared<Channel>();
  Shape shape;
  shape.format = "rss";
  shape.cut.elements = {"item", "title", "language"};
  shape.build = [channel](const Node& element, const Context& context, Record& record) { return build_rss(element, context, record, *channel); };
  return read_records(stream, options, sink, progress, shape);
}

Result<> read_atom(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  auto channel = std::make_shared<Channel>();
  Shape shape;
  shape.format = "atom";
  shape.cut.elements = {"entry", "title"};
  shape.build = [channel](const Node& element, const Context& context, Record& record) { return build_atom(element, context, record, *channel); };
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml
