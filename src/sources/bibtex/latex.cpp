// A recursive reader: convert() walks a text; a command reads its name, then its argument (a group, a command or one character), which is
// converted in turn. An accent puts its combining character behind the first character of its argument.
#include "sources/bibtex/latex.h"

#include <array>
#include <unordered_map>

#include "base/strings.h"
#include "records/unicode.h"

namespace jianwei::sources {
namespace {

constexpr int kMaxDepth = 64;

// Combining characters of the accent commands.
char32_t combining_mark(std::string_view command) {
  if (command.size() != 1) return command == "textcommabelow" ? 0x326 : 0;
  switch (command[0]) {
    case '`': return 0x300;
    case '\'': return 0x301;
    case '^': return 0x302;
    case '~': return 0x303;
    case '=': return 0x304;
    case 'u': return 0x306;
    case '.': return 0x307;
    case '"': return 0x308;
    case 'r': return 0x30a;
    case 'H': return 0x30b;
    case 'v': return 0x30c;
    case 'd': return 0x323;
    case 'c': return 0x327;
    case 'k': return 0x328;
    case 'b': return 0x331;
    default: return 0;
  }
}

const std::unordered_map<std::string_view, std::string_view>& symbols() {
  static const std::unordered_map<std::string_view, std::string_view> table = {
      // letters
      {"ss", "ß"}, {"o", "ø"}, {"O", "Ø"}, {"ae", "æ"}, {"AE", "Æ"}, {"oe", "œ"}, {"OE", "Œ"}, {"aa", "å"}, {"AA", "Å"}, {"l", "ł"}, {"L", "Ł"}, {"i", "ı"}, {"j", "ȷ"}, {"dh", "ð"}, {"DH", "Ð"},
      {"th", "þ"}, {"TH", "Þ"}, {"dj", "đ"}, {"DJ", "Đ"}, {"ng", "ŋ"}, {"NG", "Ŋ"}, {"SS", "ẞ"},
      // punctuation
      {"textendash", "–"}, {"textemdash", "—"}, {"textquoteright", "’"}, {"textquoteleft", "‘"}, {"textquotedblleft", "“"}, {"textquotedblright", "”"}, {"textquotesingle", "'"}, {"quotedblbase", "„"},
      {"guillemotleft", "«"}, {"guillemotright", "»"}, {"textbackslash", "\\"}, {"textasciitilde", "~"}, {"textasciicircum", "^"}, {"textunderscore", "_"}, {"textbar", "|"}, {"textless", "<"},
      {"textgreater", ">"}, {"textbraceleft", "{"}, {"textbraceright", "}"}, {"textdollar", "$"}, {"textbullet", "•"}, {"ldots", "…"}, {"dots", "…"}, {"textellipsis", "…"}, {"cdots", "⋯"},
      {"textregistered", "®"}, {"texttrademark", "™"}, {"copyright", "©"}, {"textcopyright", "©"}, {"pounds", "£"}, {"textsterling", "£"}, {"euro", "€"}, {"texteuro", "€"}, {"textyen", "¥"}, {"S", "§"}, {"P", "¶"},
      {"dag", "†"}, {"ddag", "‡"}, {"textdegree", "°"}, {"degree", "°"}, {"textordfeminine", "ª"}, {"textordmasculine", "º"}, {"textmu", "µ"}, {"textexclamdown", "¡"}, {"textquestiondown", "¿"},
      {"quad", " "}, {"qquad", " "}, {"newline", " "}, {"par", " "}, {"space", " "}, {"textvisiblespace", " "}, {"LaTeX", "LaTeX"}, {"TeX", "TeX"}, {"BibTeX", "BibTeX"},
      // Greek
      {"alpha", "α"}, {"beta", "β"}, {"gamma", "γ"}, {"delta", "δ"}, {"epsilon", "ε"}, {"varepsilon", "ε"}, {"zeta", "ζ"}, {"eta", "η"}, {"theta", "θ"}, {"vartheta", "ϑ"}, {"iota", "ι"}, {"kappa", "κ"},
      {"lambda", "λ"}, {"mu", "μ"}, {"nu", "ν"}, {"xi", "ξ"}, {"pi", "π"}, {"rho", "ρ"}, {"sigma", "σ"}, {"varsigma", "ς"}, {"tau", "τ"}, {"upsilon", "υ"}, {"phi", "φ"}, {"varphi", "φ"}, {"chi", "χ"},
      {"psi", "ψ"}, {"omega", "ω"}, {"Gamma", "Γ"}, {"Delta", "Δ"}, {"Theta", "Θ"}, {"Lambda", "Λ"}, {"Xi", "Ξ"}, {"Pi", "Π"}, {"Sigma", "Σ"}, {"Upsilon", "Υ"}, {"Phi", "Φ"}, {"Psi", "Ψ"}, {"Omega", "Ω"},
      // mathematics
      {"times", "×"}, {"cdot", "·"}, {"pm", "±"}, {"mp", "∓"}, {"div", "÷"}, {"leq", "≤"}, {"le", "≤"}, {"geq", "≥"}, {"ge", "≥"}, {"neq", "≠"}, {"ne", "≠"}, {"approx", "≈"}, {"sim", "∼"}, {"simeq", "≃"},
      {"equiv", "≡"}, {"propto", "∝"}, {"ll", "≪"}, {"gg", "≫"}, {"infty", "∞"}, {"partial", "∂"}, {"nabla", "∇"}, {"sum", "∑"}, {"prod", "∏"}, {"int", "∫"}, {"sqrt", "√"}, {"in", "∈"}, {"notin", "∉"},
      {"subset", "⊂"}, {"subseteq", "⊆"}, {"cup", "∪"}, {"cap", "∩"}, {"emptyset", "∅"}, {"forall", "∀"}, {"exists", "∃"}, {"rightarrow", "→"}, {"to", "→"}, {"leftarrow", "←"}, {"leftrightarrow", "↔"},
      {"Rightarrow", "⇒"}, {"uparrow", "↑"}, {"downarrow", "↓"}, {"mapsto", "↦"}, {"ell", "ℓ"}, {"circ", "°"}, {"prime", "′"}, {"ast", "*"}, {"star", "⋆"}, {"oplus", "⊕"}, {"otimes", "⊗"}, {"perp", "⊥"},
      {"parallel", "∥"}, {"angle", "∠"}, {"hbar", "ℏ"}, {"Re", "ℜ"}, {"Im", "ℑ"}, {"log", "log"}, {"ln", "ln"}, {"exp", "exp"}, {"sin", "sin"}, {"cos", "cos"}, {"tan", "tan"}, {"min", "min"}, {"max", "max"},
      {"lim", "lim"}, {"langle", "⟨"}, {"rangle", "⟩"}, {"lfloor", "⌊"}, {"rfloor", "⌋"}, {"lceil", "⌈"}, {"rceil", "⌉"}, {"mid", "|"}, {"backslash", "\\"}, {"lbrace", "{"}, {"rbrace", "}"}, {"vert", "|"}};
  return table;
}

class Converter {
 public:
  explicit Converter(std::string_view text) : text_(text) {}

  std::string convert() {
    std::string out;
    out.reserve(text_.size());
    while (at_ < text_.size()) take(out, 0);
    return out;
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  // Converts the next character, command or group.
  void take(std::string& out, int depth) {
    const char c = text_[at_];
    switch (c) {
      case '\\': take_command(out, depth); return;
      case '{': take_group(out, depth); return;
      case '}': ++at_; return;
      case '$': take_dollar(out); return;
      case '~': out += ' '; ++at_; return;
      case '-':
        if (text_.substr(at_, 3) == "---") {
          out += "—";
          at_ += 3;
          return;
        }
        if (peek(1) == '-') {
          out += "–";
          at_ += 2;
          return;
        }
        break;
      case '`':
        out += peek(1) == '`' ? "“" : "‘";
        at_ += peek(1) == '`' ? 2 : 1;
        return;
      case '\'':
        if (peek(1) == '\'') {
          out += "”";
          at_ += 2;
          return;
        }
        break;
      case '_': case '^':
        // An index or exponent of mathematics shows as its content.
        if (in_math_) {
          ++at_;
          return;
        }
        break;
      default: break;
    }
    out += c;
    ++at_;
  }

  void take_group(std::string& out, int depth) {
    ++at_;  // "{"
    if (depth >= kMaxDepth) return;
    while (at_ < text_.size() && text_[at_] != '}') take(out, depth + 1);
    if (at_ < text_.size()) ++at_;
  }

  // "$" opens mathematics when another one closes it; alone it is money.
  void take_dollar(std::string& out) {
    ++at_;
    if (!in_math_) {
      std::size_t close = text_.find('$', at_);
      while (close != std::string_view::npos && text_[close - 1] == '\\') close = text_.find('$', close + 1);
      if (close == std::string_view::npos || close - at_ > 400) {
        out += '$';
        return;
      }
    }
    in_math_ = !in_math_;
  }

  // The argument of a command: a group, another command, or one character. Blanks before it are skipped.
  std::string take_argument(int depth) {
    while (peek() == ' ') ++at_;
    std::string out;
    if (at_ >= text_.size()) return out;
    if (text_[at_] == '{') {
      take_group(out, depth);
    } else if (text_[at_] == '\\') {
      take_command(out, depth);
    } else {
      const auto length = static_cast<std::size_t>(decode_utf8(text_.substr(at_)).length);
      out = text_.substr(at_, length);
      at_ += length;
    }
    return out;
  }

  void take_accent(std::string& out, char32_t mark, char written, int depth) {
    std::string letter = take_argument(depth);
    if (trim(letter).empty()) {
      out += is_alpha(written) ? letter : std::string(1, written) + letter;  // "\~{}" is a tilde
      return;
    }
    // The dot of i and j gives way to the accent.
    if (letter.starts_with("ı")) letter.replace(0, 2, "i");
    if (letter.starts_with("ȷ")) letter.replace(0, 2, "j");
    const auto first = static_cast<std::size_t>(decode_utf8(letter).length);
    out += letter.substr(0, first);
    append_utf8(out, mark);
    out += letter.substr(first);
  }

  void take_command(std::string& out, int depth) {
    ++at_;  // "\"
    if (at_ >= text_.size() || depth >= kMaxDepth) return;
    const char c = text_[at_];
    if (!is_alpha(c)) {
      ++at_;
      if (const char32_t mark = in_math_ ? 0 : combining_mark(std::string_view(&c, 1)); mark != 0) {
        take_accent(out, mark, c, depth + 1);
      } else if (c == ' ' || c == ',' || c == ';' || c == ':' || c == '\\' || c == '\n' || c == '\t') {
        out += ' ';
      } else if (c != '-' && c != '/' && c != '!' && c != '(' && c != ')' && c != '[' && c != ']') {
        out += c;  // \& \% \$ \# \_ \{ \}
      }
      return;
    }
    std::size_t end = at_;
    while (end < text_.size() && is_alpha(text_[end])) ++end;
    const std::string_view name = text_.substr(at_, end - at_);
    at_ = end;
    if (const char32_t mark = combining_mark(name); mark != 0) {
      take_accent(out, mark, name[0], depth + 1);
      return;
    }
    const auto symbol = symbols().find(name);
    if (symbol != symbols().end()) {
      out += symbol->second;
      end_name(symbol->second);
    } else if (name == "href") {
      take_argument(depth + 1);  // the address; its text follows
    } else {
      while (peek() == ' ') ++at_;  // \textit, \emph, \em and unknown ones: what they enclose stays
    }
  }

  // The blank that ends a command's name is no text, and neither is "{}".
  void end_name(std::string_view symbol) {
    if (text_.substr(at_, 2) == "{}") {
      at_ += 2;
    } else if (peek() == ' ' && !in_math_ && symbol != " " && static_cast<unsigned char>(symbol[0]) >= 0x80) {
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool in_math_ = false;
};

constexpr std::array<bool, 256> kSpecial = [] {
  std::array<bool, 256> table{};
  for (const char c : {'\\', '{', '}', '$', '~', '`'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

}  // namespace

bool is_plain_latex(std::string_view text) {
  char last = '\0';
  for (const char c : text) {
    if (kSpecial[static_cast<unsigned char>(c)] || (c == last && (c == '-' || c == '\''))) return false;
    last = c;
  }
  return true;
}

std::string latex_to_text(std::string_view latex) { return is_plain_latex(latex) ? std::string(latex) : Converter(latex).convert(); }

std::string latex_to_identifier(std::string_view latex) {
  std::string text;
  for (std::size_t i = 0; i < latex.size(); ++i) {
    if (latex[i] == '{' || latex[i] == '}') continue;
    if (latex[i] == '\\') {
      if (latex.substr(i).starts_with("\\textasciitilde")) {
        text += '~';
        i += std::string_view("\\textasciitilde").size() - 1;
      }
      continue;
    }
    text += latex[i];
  }
  return std::string(trim(text));
}

}  // namespace jianwei::sources
