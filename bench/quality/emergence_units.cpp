// bench_emergence_units WS OUT FIRST LAST STEP: what the ranking of a workspace sees at past cut-offs, as plain files for other programs.
//   OUT/documents.tsv      a line a document: year, source, venue, language, persons (ids, blanks between), organisations, countries
//   OUT/units-YEAR.tsv     a line a term of the vocabulary fitted up to YEAR: label, words, language, documents (row:occurrences, blanks between; later rows too)
// Used by emergence_features.py to try features, and by people who want to score the ranking with their own counts.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "base/strings.h"
#include "workflow/documents.h"
#include "workflow/run/corpus_stage.h"
#include "workflow/workspace.h"

using namespace jianwei;

namespace {

std::string id_list(std::span<const std::int32_t> ids) {
  std::string text;
  for (const std::int32_t id : ids) text += fmt::format("{}{}", text.empty() ? "" : " ", id);
  return text;
}

Result<> write_documents(const analysis::Dataset& dataset, const std::filesystem::path& path) {
  std::string text;
  for (std::size_t d = 0; d < dataset.year.size(); ++d) {
    const auto row = static_cast<std::int64_t>(d);
    text += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", dataset.year[d], dataset.source_names[static_cast<std::size_t>(dataset.source[d])], dataset.venue[d],
                        dataset.language_names[static_cast<std::size_t>(dataset.language[d])], id_list(dataset.persons.row(row)), id_list(dataset.organisations.row(row)),
                        id_list(dataset.countries.row(row)));
  }
  return write_file_atomically(path, text);
}

Result<> write_units(const text::TokenizedCorpus& corpus, const analysis::Dataset& dataset, std::int16_t year, const std::filesystem::path& path, Progress& progress) {
  const text::Vocabulary vocabulary = TRY(text::mine_terms(corpus, workflow::dated_until(dataset, year), {}, progress));
  const text::CountMatrix by_term = text::transpose(text::count_terms(corpus, vocabulary, 0));
  std::string text;
  for (std::size_t u = 0; u < vocabulary.terms.size(); ++u) {
    const text::Term& term = vocabulary.terms[u];
    text += fmt::format("{}\t{}\t{}\t{}\t", term.label, term.tokens.size(), term.language, term.termhood);
    for (auto e = static_cast<std::size_t>(by_term.offsets[u]); e < static_cast<std::size_t>(by_term.offsets[u + 1]); ++e) {
      text += fmt::format("{}:{} ", by_term.columns[e], by_term.counts[e]);
    }
    text.back() = '\n';
  }
  return write_file_atomically(path, text);
}

Result<> write_all(int argument_count, char** arguments) {
  if (argument_count != 6) return fail(ErrorKind::invalid_input, "usage: bench_emergence_units WS OUT FIRST LAST STEP");
  const workflow::Workspace workspace = TRY(workflow::open_workspace(arguments[1]));
  Progress progress;
  const workflow::Documents documents = TRY(workflow::load_documents(workspace, {}, progress));
  const text::TokenizedCorpus corpus = TRY(text::tokenize(documents.texts, {}, progress));
  const std::filesystem::path out = arguments[2];
  std::filesystem::create_directories(out);
  TRY(write_documents(documents.dataset, out / "documents.tsv"));
  const auto number = [&](int a) { return parse_int(arguments[a]).value_or(0); };
  for (auto year = number(3); year <= number(4); year += std::max<std::int64_t>(1, number(5))) {
    TRY(write_units(corpus, documents.dataset, static_cast<std::int16_t>(year), out / fmt::format("units-{}.tsv", year), progress));
  }
  return {};
}

}  // namespace

int main(int argument_count, char** arguments) {
  const auto done = write_all(argument_count, arguments);
  if (!done) fmt::print(stderr, "{}\n", done.error().message);
  return done ? 0 : 1;
}
