// The spellings a term wears in the texts: each occurrence gives its words' spellings and how they are joined; equal ones are counted.
#include <algorithm>
#include <tuple>

#include "base/parallel.h"
#include "base/strings.h"
#include "records/han.h"
#include "text/candidates.h"
#include "text/keyphrases.h"
#include "text/term_matcher.h"

namespace jianwei::text {
namespace {

constexpr std::size_t kMostForms = 24;

struct FormCount {
  std::int32_t term = 0;
  std::int64_t place = 0;   // of the first occurrence
  std::int32_t words = 0;
  std::int64_t count = 0;
};

// Forms by key: open addressing, since most of the time of finding forms is spent here.
class FormTable {
 public:
  FormTable() : slots_(1024) {}

  // The form of the key, count 0 when it is new. Valid until the next call.
  FormCount& operator[](std::uint64_t key) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[find(key)];
    if (slot.form.count == 0) {
      slot.key = key;
      ++size_;
    }
    return slot.form;
  }
  template <class Use>
  void for_each(Use use) const {
    for (const Slot& slot : slots_) {
      if (slot.form.count > 0) use(slot.key, slot.form);
    }
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    FormCount form;  // count 0: free
  };
  std::size_t find(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = (key ^ key >> 32) & mask;
    while (slots_[i].form.count > 0 && slots_[i].key != key) i = (i + 1) & mask;
    return i;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.form.count > 0) slots_[find(slot.key)] = slot;
    }
  }
  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace

std::string text_at(const TokenizedCorpus& corpus, std::int64_t place, std::int32_t words) {
  constexpr std::string_view kJoints[] = {" ", "", "-", "/"};
  std::string text;
  for (std::int32_t w = 0; w < words; ++w) {
    const auto i = static_cast<std::size_t>(place + w);
    const std::uint8_t spelling = corpus.forms[i] & TokenizedCorpus::kOtherSpelling;
    if (spelling == TokenizedCorpus::kOtherSpelling) return {};
    if (w > 0) text += kJoints[corpus.forms[i] >> TokenizedCorpus::kJointShift];
    text += corpus.spellings[static_cast<std::size_t>(corpus.spelling_offsets[static_cast<std::size_t>(corpus.stream[i])]) + spelling];
  }
  return text;
}

namespace {

std::uint64_t form_key(const TokenizedCorpus& corpus, std::int32_t term, std::int64_t place, std::int32_t words) {
  std::uint64_t key = static_cast<std::uint64_t>(term) * 0x9e3779b97f4a7c15ULL;
  for (std::int32_t w = 0; w < words; ++w) {
    const auto i = static_cast<std::size_t>(place + w);
    std::uint64_t word = static_cast<std::uint64_t>(corpus.stream[i]) << 8 | (w == 0 ? corpus.forms[i] & TokenizedCorpus::kOtherSpelling : corpus.forms[i]);
    word = (key ^ word) * 0xd6e8feb86659fd93ULL;
    key = word ^ (word >> 32);
  }
  return key;
}

using Forms = std::vector<std::pair<std::int64_t, std::string>>;  // count, text; most frequent first

// What people write in one language: the singular when it occurs, else the most frequent form; "" when they write none.
std::string label_of(const TokenizedCorpus& corpus, const Term& term, const Forms& forms, bool chinese) {
  const auto key_of = [&](const std::vector<std::int32_t>& tokens) {
    std::string key;
    for (const std::int32_t token : tokens) key += corpus.tokens[static_cast<std::size_t>(token)];
    return key;
  };
  std::string key = key_of(term.tokens);
  for (std::size_t v = 0; has_han(key) != chinese && v < term.variants.size(); ++v) key = key_of(term.variants[v]);
  const std::pair<std::int64_t, std::string>* most = nullptr;
  for (const auto& entry : forms) {
    if (has_han(entry.second) != chinese) continue;
    if (most == nullptr) most = &entry;
    if (entry.first * 20 < most->first) break;
    std::string folded = to_lower_ascii(entry.second);
    std::erase_if(folded, [](char c) { return c == ' ' || c == '-' || c == '/'; });
    if (folded == key) return entry.second;
  }
  return most != nullptr ? most->second : std::string();
}

// Names the term in its language and, where the texts do, in the other.
void set_labels(const TokenizedCorpus& corpus, const Forms& forms, Term& term) {
  term.label_zh = label_of(corpus, term, forms, true);
  term.label_en = label_of(corpus, term, forms, false);
  std::string& own = term.language == "zh" ? term.label_zh : term.label_en;
  const std::string& other = term.language == "zh" ? term.label_en : term.label_zh;
  if (!term.label.empty()) (has_han(term.label) ? term.label_zh : term.label_en) = term.label;  // as people decided
  else term.label = own.empty() ? other : own;
}

}  // namespace

void find_forms(const TokenizedCorpus& corpus, std::span<const std::uint8_t> use_document, Vocabulary& vocabulary, int thread_count) {
  const TermMatcher matcher = match_terms(corpus, vocabulary);
  // Four fixed blocks whatever the thread count; merged in order, so the first occurrence is the first of the corpus.
  const std::int64_t documents = corpus.document_count();
  const std::int64_t block = std::max<std::int64_t>(1, (documents + 3) / 4);
  std::vector<FormTable> parts(static_cast<std::size_t>(documents > 0 ? (documents + block - 1) / block : 0));
  parallel_blocks(documents, block, thread_count, [&](std::int64_t b, std::int64_t from, std::int64_t to) {
    auto& part = parts[static_cast<std::size_t>(b)];
    for (std::int64_t d = from; d < to; ++d) {
      if (!use_document.empty() && use_document[static_cast<std::size_t>(d)] == 0) continue;
      const std::int64_t end = corpus.learned_end(d);
      for (std::int64_t i = corpus.offsets[static_cast<std::size_t>(d)]; i < end; ++i) {
        matcher.match({corpus.stream.data() + i, static_cast<std::size_t>(end - i)}, [&](std::int32_t term, std::int32_t words) {
          FormCount& form = part[form_key(corpus, term, i, words)];
          if (form.count++ == 0) form = {term, i, words, 1};
        });
      }
    }
  });
  FormTable all;
  for (const FormTable& part : parts) {
    part.for_each([&](std::uint64_t key, const FormCount& form) {
      FormCount& total = all[key];
      if (total.count == 0) total = form;
      else {
        total.count += form.count;
        total.place = std::min(total.place, form.place);
      }
    });
  }
  std::vector<std::vector<std::pair<std::int64_t, std::string>>> by_term(vocabulary.terms.size());
  all.for_each([&](std::uint64_t, const FormCount& form) {
    std::string text = text_at(corpus, form.place, form.words);
    if (!text.empty()) by_term[static_cast<std::size_t>(form.term)].emplace_back(form.count, std::move(text));
  });
  const auto total = static_cast<std::int64_t>(vocabulary.terms.size());
  parallel_blocks(total, 4096, thread_count, [&](std::int64_t, std::int64_t from, std::int64_t to) {
    for (auto t = static_cast<std::size_t>(from); t < static_cast<std::size_t>(to); ++t) {
      auto& forms = by_term[t];
      Term& term = vocabulary.terms[t];
      std::sort(forms.begin(), forms.end(), [](const auto& a, const auto& b) { return std::tie(b.first, a.second) < std::tie(a.first, b.second); });
      if (forms.empty()) {
        const bool decided = !term.label.empty();
        for (const std::int32_t token : decided ? std::vector<std::int32_t>() : term.tokens) term.label += (term.label.empty() || term.language == "zh" ? "" : " ") + corpus.surfaces[static_cast<std::size_t>(token)];
        term.forms = {term.label};
        (has_han(term.label) ? term.label_zh : term.label_en) = term.label;
        continue;
      }
      set_labels(corpus, forms, term);
      if (forms.size() > kMostForms) forms.resize(kMostForms);
      for (auto& [count, form] : forms) term.forms.push_back(std::move(form));
    }
  });
}

}  // namespace jianwei::text
