// Classification authorities and files that are no records of evidence: they are recognised, counted and reported. CPC scheme
// (<class-scheme>), CPC master file (symbols per application), Citavi backups. Page: docs/formats/uspto.md
#include "sources/xml/cutter.h"
#include "sources/xml/readers.h"

namespace jianwei::sources::xml {
namespace {

// Counts the elements of a name and says in a warning what the file is.
Result<> count_elements(ByteStream& stream, std::string_view element, std::string_view what, RecordSink& sink, Progress& progress) {
  CutOptions options;
  options.elements = {element};
  Cutter cutter(stream, options);
  std::int64_t count = 0;
  std::int64_t bytes = 0;
  for (Piece piece; TRY(cutter.next(piece));) {
    TRY(progress.check());
    progress.advance(cutter.byte_count() - std::exchange(bytes, cutter.byte_count()));
    if (piece.problem.empty()) ++count;
    else TRY(sink.reject({count, piece.line, piece.problem, std::string(piece.text)}));
  }
  sink.warn({"authority_file", fmt::format("{}: {} entries; an authority, not records of evidence, so nothing was imported", what, count), 0});
  return {};
}

}  // namespace

Result<> read_cpc_scheme(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  return count_elements(stream, "classification-symbol", "CPC scheme (symbols and their titles)", sink, progress);
}

Result<> read_cpc_master(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress& progress) {
  return count_elements(stream, "CPCMasterClassificationRecord", "CPC master classification file (symbols of patent documents)", sink, progress);
}

Result<> read_citavi(ByteStream& stream, const ReadOptions&, RecordSink& sink, Progress&) {
  char first[1];
  TRY(stream.read(first, sizeof first));
  return sink.reject({0, 0, "Citavi backups are not read; export the project from Citavi as RIS or BibTeX and import that", ""});
}

}  // namespace jianwei::sources::xml
