// The readers of this folder, one pair of functions per format; tagged_formats() lists them.
#pragma once

#include "sources/reader.h"

namespace jianwei::sources {

// docs/formats/ris.md
double recognise_ris(const Sample& sample);
Result<> read_ris(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

// docs/formats/wos.md
double recognise_wos(const Sample& sample);
Result<> read_wos(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

// docs/formats/medline.md
double recognise_medline(const Sample& sample);
Result<> read_medline(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

// docs/formats/endnote.md
double recognise_endnote(const Sample& sample);
Result<> read_endnote(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

// docs/formats/refworks.md
double recognise_refworks(const Sample& sample);
Result<> read_refworks(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

// docs/formats/cnki.md
double recognise_noteexpress(const Sample& sample);
Result<> read_noteexpress(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

// docs/formats/cnki.md; BibTeX: docs/formats/bibtex.md
double recognise_cnki_text(const Sample& sample);
Result<> read_cnki_text(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);
double recognise_gbt7714(const Sample& sample);
Result<> read_gbt7714(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);
double recognise_bibtex(const Sample& sample);
Result<> read_bibtex(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

// docs/formats/catalogues.md
double recognise_copac(const Sample& sample);
Result<> read_copac(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);
double recognise_inspec(const Sample& sample);
Result<> read_inspec(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);
double recognise_ovid(const Sample& sample);
Result<> read_ovid(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);
double recognise_biblioscape(const Sample& sample);
Result<> read_biblioscape(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);
double recognise_nep(const Sample& sample);
Result<> read_nep(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);
double recognise_cff(const Sample& sample);
Result<> read_cff(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress);

}  // namespace jianwei::sources
