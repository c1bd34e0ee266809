#include "sources/xml/record_reader.h"

#include <algorithm>

#include "base/strings.h"
#include "sources/xml/dom.h"
#include "sources/xml/sgml.h"

namespace jianwei::sources::xml {
namespace {

// A piece as a document of its own, so that it can be corrected and imported again.
std::string with_ancestors(const Cutter& cutter, std::string_view piece) {
  std::string text;
  for (const std::string& tag : cutter.ancestors()) text += tag + '\n';
  text += piece;
  for (std::size_t i = cutter.ancestors().size(); i-- > 0;) {
    const std::string& tag = cutter.ancestors()[i];
    text += "\n</" + tag.substr(1, tag.find_first_of(" \t\r\n/>", 1) - 1) + ">";
  }
  return text;
}

// The first entity of the DTD that the text uses; "" when none. Predefined and HTML names mean the same everywhere.
std::string declared_entity_in(std::string_view text, const std::vector<std::string>& declared) {
  if (declared.empty()) return "";
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const std::size_t end = text.substr(at, 80).find(';');
    if (end == std::string_view::npos) continue;
    const std::string_view name = text.substr(at + 1, end - 1);
    if (std::find(declared.begin(), declared.end(), name) != declared.end() && !is_known_entity(name)) return std::string(name);
  }
  return "";
}

}  // namespace

Result<> read_records(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress, const Shape& shape) {
  Cutter cutter(stream, shape.cut);
  pugi::xml_document document;
  std::int64_t index = 0;
  std::int64_t bytes_reported = 0;
  std::int64_t without_title = 0;
  bool warned_entities = false;
  const auto reject = [&](const Piece& piece, std::string reason) {
    return sink.reject({index++, piece.line, std::move(reason), with_ancestors(cutter, piece.text)});
  };

  for (Piece piece;;) {
    if (!TRY(cutter.next(piece))) break;
    TRY(progress.check());
    progress.advance(cutter.byte_count() - std::exchange(bytes_reported, cutter.byte_count()));
    if (!warned_entities && !cutter.declared_entities().empty()) {
      warned_entities = true;
      sink.warn({"dtd_entities", fmt::format("the DTD declares {} entities; they are not expanded", cutter.declared_entities().size()), piece.line});
    }
    if (!piece.problem.empty()) {
      TRY(reject(piece, piece.problem));
      continue;
    }
    if (const std::string entity = declared_entity_in(piece.text, cutter.declared_entities()); !entity.empty()) {
      TRY(reject(piece, fmt::format("uses the entity &{}; that its DTD declares; entities are not expanded, write the text itself", entity)));
      continue;
    }

    // Whitespace between inline elements is text: "<b>deep</b> <i>learning</i>".
    constexpr unsigned int kParse = pugi::parse_default | pugi::parse_ws_pcdata;
    const std::string decoded = piece.text.find('&') == std::string_view::npos ? std::string() : replace_sgml_entities(piece.text);
    const std::string_view xml = decoded.empty() ? piece.text : std::string_view(decoded);
    pugi::xml_parse_result parsed = document.load_buffer(xml.data(), xml.size(), kParse, pugi::encoding_utf8);
    if (!parsed && shape.mend_tags) {
      const std::string mended = close_empty_tags(xml);
      parsed = document.load_buffer(mended.data(), mended.size(), kParse, pugi::encoding_utf8);
    }
    if (!parsed) {
      const auto offset = std::min<std::size_t>(xml.size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, parsed.offset)));
      const auto line = piece.line + std::count(xml.begin(), xml.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
      TRY(reject(piece, fmt::format("not well-formed XML at line {}: {}", line, parsed.description())));
      continue;
    }

    Record record;
    const Context context{options, cutter.ancestors(), piece.element};
    const Result<bool> built = shape.build(document.document_element(), context, record);
    if (!built) {
      if (built.error().kind != ErrorKind::invalid_input) return tl::unexpected(built.error());
      TRY(reject(piece, built.error().message));
      continue;
    }
    if (!*built) continue;
    if (record.title.empty() && record.abstract.empty() && record.identifiers.empty()) {
      TRY(reject(piece, fmt::format("<{}> has neither a title nor an abstract nor an identifier", piece.element)));
      continue;
    }
    without_title += record.title.empty() ? 1 : 0;
    Provenance& provenance = record.provenance;
    if (provenance.source.empty()) provenance.source = shape.source.empty() ? shape.format : shape.source;
    provenance.format = shape.format;
    provenance.raw = piece.text;
    provenance.line = piece.line;
    provenance.index = index++;
    TRY(sink.record(std::move(record)));
  }
  if (without_title > 0) sink.warn({"no_title", fmt::format("{} records have no title", without_title), 0});
  if (index == 0) sink.warn({"no_records", fmt::format("no <{}> element in the file", join(std::vector<std::string>(shape.cut.elements.begin(), shape.cut.elements.end()), "> or <")), 0});
  return {};
}

}  // namespace jianwei::sources::xml
