// The word graph is never stored: going from the last character to the first, each position walks the trie once and keeps the best
//   route(i) = max over words w starting at i of  ln P(w) + route(i + |w|),
// a character that starts no word counting as a word of frequency 1. Runs of single characters on that path are then cut again by the
// HMM over B(egin), M(iddle), E(nd), S(ingle), unless the run is itself a word of the dictionary.
#include "text/segmenter.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/share.h"
#include "records/unicode.h"

namespace jianwei::text {
namespace {

constexpr std::size_t kCodeTableBytes = 0x10000 * sizeof(std::uint16_t);

}  // namespace

Result<std::unique_ptr<Segmenter>> Segmenter::open(const char* path) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return fail(ErrorKind::unavailable, "{}: cannot be opened", path);
  struct stat status {};
  void* mapping = MAP_FAILED;
  if (fstat(file, &status) == 0 && status.st_size > 0) mapping = mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (mapping == MAP_FAILED) return fail(ErrorKind::unavailable, "{}: cannot be mapped into memory", path);
  std::unique_ptr<Segmenter> result(new Segmenter);
  result->mapping_ = mapping;
  result->size_ = static_cast<std::size_t>(status.st_size);
  const auto* bytes = static_cast<const std::byte*>(mapping);
  const auto* header = reinterpret_cast<const DictionaryHeader*>(bytes);
  if (result->size_ < sizeof(DictionaryHeader) || header->magic != kDictionaryMagic ||
      result->size_ != sizeof(DictionaryHeader) + 2 * kCodeTableBytes + header->cell_count * sizeof(DictionaryCell) + (header->code_count + 1) * 4 * sizeof(float)) {
    return fail(ErrorKind::corrupt, "{}: not a segmentation dictionary of this version", path);
  }
  result->header_ = header;
  result->codes_ = reinterpret_cast<const std::uint16_t*>(bytes + sizeof(DictionaryHeader));
  result->simplified_ = result->codes_ + 0x10000;
  result->cells_ = reinterpret_cast<const DictionaryCell*>(bytes + sizeof(DictionaryHeader) + 2 * kCodeTableBytes);
  result->emissions_ = reinterpret_cast<const float*>(result->cells_ + header->cell_count);
  return result;
}

Segmenter::~Segmenter() {
  if (mapping_ != nullptr) munmap(mapping_, size_);
}

bool Segmenter::has_word(const std::uint16_t* codes, std::size_t count) const {
  std::int32_t state = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int32_t next = cells_[state].base + codes[i];
    if (codes[i] == 0 || cells_[next].check != state) return false;
    state = next;
  }
  return cells_[state].weight <= 0.0F;
}

void Segmenter::read_codes(std::string_view run, Scratch& scratch) const {
  scratch.codes.clear();
  scratch.offsets.clear();
  for (std::size_t i = 0; i < run.size();) {
    scratch.offsets.push_back(static_cast<std::uint32_t>(i));
    const auto lead = static_cast<unsigned char>(run[i]);
    if (lead >= 0xe0 && lead < 0xf0 && i + 2 < run.size()) {
      const unsigned point = ((lead & 0x0fU) << 12) | ((static_cast<unsigned char>(run[i + 1]) & 0x3fU) << 6) | (static_cast<unsigned char>(run[i + 2]) & 0x3fU);
      scratch.codes.push_back(codes_[point]);
      i += 3;
    } else {
      const CodePoint point = decode_utf8(run.substr(i));
      scratch.codes.push_back(point.value < 0x10000 ? codes_[point.value] : std::uint16_t{0});
      i += static_cast<std::size_t>(point.length);
    }
  }
  scratch.offsets.push_back(static_cast<std::uint32_t>(run.size()));
}

bool Segmenter::add_word(std::string_view word, double log_probability, ExtraWords& extra) const {
  Scratch scratch;
  read_codes(word, scratch);
  if (scratch.codes.empty() || std::find(scratch.codes.begin(), scratch.codes.end(), 0) != scratch.codes.end()) return false;
  const auto add_node = [&] {
    extra.weights_.push_back(1.0F);
    return static_cast<std::int32_t>(extra.weights_.size()) - 1;
  };
  if (extra.first_.empty()) extra.first_.assign(header_->code_count + 1, -1);
  std::int32_t& first = extra.first_[scratch.codes[0]];
  if (first < 0) first = add_node();
  std::int32_t node = first;
  for (std::size_t i = 1; i < scratch.codes.size(); ++i) {
    const auto [edge, added] = extra.edges_.emplace(static_cast<std::uint64_t>(node) << 16 | scratch.codes[i], 0);
    if (added) edge->second = add_node();
    node = edge->second;
  }
  extra.weights_[static_cast<std::size_t>(node)] = static_cast<float>(log_probability);
  return true;
}

bool Segmenter::has_word(std::string_view word, const ExtraWords& extra) const {
  Scratch scratch;
  read_codes(word, scratch);
  if (extra.empty() || scratch.codes.empty()) return false;
  std::int32_t node = extra.first_[scratch.codes[0]];
  for (std::size_t i = 1; i < scratch.codes.size() && node >= 0; ++i) {
    const auto edge = extra.edges_.find(static_cast<std::uint64_t>(node) << 16 | scratch.codes[i]);
    node = edge == extra.edges_.end() ? -1 : edge->second;
  }
  return node >= 0 && extra.weights_[static_cast<std::size_t>(node)] <= 0.0F;
}

void Segmenter::cut(std::string_view run, Scratch& scratch, std::vector<std::uint32_t>& ends, const ExtraWords* extra) const {
  if (extra != nullptr && extra->empty()) extra = nullptr;
  read_codes(run, scratch);
  const std::size_t n = scratch.codes.size();
  scratch.best.resize(n + 1);
  scratch.next.resize(n + 1);
  scratch.best[n] = 0.0;

  const std::uint16_t* codes = scratch.codes.data();
  double* best = scratch.best.data();
  const double unknown = -static_cast<double>(header_->log_total);  // frequency 1
  for (std::size_t i = n; i-- > 0;) {
    double top = unknown + best[i + 1];
    auto top_end = static_cast<std::uint32_t>(i + 1);
    const auto offer = [&](float weight, std::size_t j) {
      const double score = static_cast<double>(weight) + best[j + 1];
      if (score < top) return;  // a tie goes to the longer word
      top = score;
      top_end = static_cast<std::uint32_t>(j + 1);
    };
    std::int32_t state = 0;
    for (std::size_t j = i; j < n && codes[j] != 0; ++j) {
      const std::int32_t next = cells_[state].base + codes[j];
      const DictionaryCell& cell = cells_[next];
      if (cell.check != state) break;
      state = next;
      if (cell.weight <= 0.0F) offer(cell.weight, j);
    }
    if (extra != nullptr) {
      std::int32_t node = extra->first_[codes[i]];
      for (std::size_t j = i; node >= 0; ++j) {
        if (const float weight = extra->weights_[static_cast<std::size_t>(node)]; weight <= 0.0F) offer(weight, j);
        if (j + 1 >= n) break;
        const auto edge = extra->edges_.find(static_cast<std::uint64_t>(node) << 16 | codes[j + 1]);
        node = edge == extra->edges_.end() ? -1 : edge->second;
      }
    }
    best[i] = top;
    scratch.next[i] = top_end;
  }

  // Runs of single characters go to the HMM.
  std::size_t i = 0;
  while (i < n) {
    if (scratch.next[i] > i + 1) {
      i = scratch.next[i];
      ends.push_back(scratch.offsets[i]);
      continue;
    }
    std::size_t j = i + 1;
    while (j < n && scratch.next[j] == j + 1) ++j;
    if (j == i + 1) {
      ends.push_back(scratch.offsets[j]);
    } else if (has_word(codes + i, j - i)) {
      for (std::size_t k = i; k < j; ++k) ends.push_back(scratch.offsets[k + 1]);
    } else {
      cut_unknown(scratch, i, j, scratch.back, ends);
    }
    i = j;
  }
}

void Segmenter::cut_unknown(const Scratch& scratch, std::size_t begin, std::size_t end, std::vector<std::uint8_t>& back, std::vector<std::uint32_t>& ends) const {
  enum : std::uint8_t { B, E, M, S };
  // The states that may come before each state.
  constexpr std::array<std::array<std::uint8_t, 2>, 4> kBefore = {{{E, S}, {B, M}, {M, B}, {S, E}}};
  const std::size_t count = end - begin;
  back.resize(count * 4);
  std::array<double, 4> score{};
  const float* emit = emissions_ + scratch.codes[begin] * 4U;
  for (std::size_t s = 0; s < 4; ++s) score[s] = static_cast<double>(header_->start[s]) + static_cast<double>(emit[s]);
  for (std::size_t i = 1; i < count; ++i) {
    emit = emissions_ + scratch.codes[begin + i] * 4U;
    std::array<double, 4> now{};
    for (std::size_t s = 0; s < 4; ++s) {
      const std::uint8_t a = kBefore[s][0];
      const std::uint8_t b = kBefore[s][1];
      const double from_a = score[a] + static_cast<double>(header_->transition[a][s]);
      const double from_b = score[b] + static_cast<double>(header_->transition[b][s]);
      back[i * 4 + s] = from_a >= from_b ? a : b;
      now[s] = std::max(from_a, from_b) + static_cast<double>(emit[s]);
    }
    score = now;
  }
  std::uint8_t state = score[E] >= score[S] ? E : S;
  // Walks back, marking word ends in place of the pointers already read.
  for (std::size_t i = count; i-- > 0;) {
    const std::uint8_t before = back[i * 4 + state];
    back[i * 4] = state;
    if (i > 0) state = before;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (back[i * 4] == E || back[i * 4] == S || i + 1 == count) ends.push_back(scratch.offsets[begin + i + 1]);
  }
}

std::string Segmenter::simplified(std::string_view text) const {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    const auto length = static_cast<std::size_t>(point.length);
    if (length == 3 && point.value < 0x10000 && simplified_[point.value] != point.value) append_utf8(result, simplified_[point.value]);
    else result += text.substr(0, length);
    text.remove_prefix(length);
  }
  return result;
}

const DictionaryCell* Segmenter::find(std::string_view word) const {
  std::int32_t state = 0;
  while (!word.empty()) {
    const CodePoint point = decode_utf8(word);
    const std::uint16_t code = point.value < 0x10000 ? codes_[point.value] : std::uint16_t{0};
    const std::int32_t next = cells_[state].base + code;
    if (code == 0 || cells_[next].check != state) return nullptr;
    state = next;
    word.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return cells_[state].weight <= 0.0F ? &cells_[state] : nullptr;
}

WordPart Segmenter::part_of(std::string_view word) const {
  const DictionaryCell* cell = find(word);
  return cell != nullptr ? cell->part : WordPart::none;
}

double Segmenter::log_general_share(std::string_view word) const {
  const DictionaryCell* cell = find(word);
  return cell != nullptr ? static_cast<double>(cell->weight) : 1.0;
}

Result<const Segmenter*> segmenter() {
  static const Result<std::unique_ptr<Segmenter>> opened = []() -> Result<std::unique_ptr<Segmenter>> {
    const auto path = TRY(share_file("segmentation.bin"));
    return Segmenter::open(path.c_str());
  }();
  if (!opened) return tl::unexpected(opened.error());
  return opened->get();
}

}  // namespace jianwei::text
