// The words of the exports for languages, document types and databases; tables only.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/strings.h"
#include "sources/tagged/record_fields.h"

namespace jianwei::sources {
namespace {

using Words = std::unordered_map<std::string_view, std::string_view>;

const Words& languages() {
  static const Words words = {
      {"english", "en"}, {"eng", "en"}, {"en", "en"}, {"英语", "en"}, {"英文", "en"}, {"chinese", "zh"}, {"chi", "zh"}, {"zho", "zh"}, {"zh", "zh"}, {"chn", "zh"},
      {"中文", "zh"}, {"汉语", "zh"}, {"中文;", "zh"}, {"mandarin", "zh"}, {"chinese (simplified)", "zh"}, {"german", "de"}, {"ger", "de"}, {"deu", "de"}, {"de", "de"}, {"德语", "de"},
      {"french", "fr"}, {"fre", "fr"}, {"fra", "fr"}, {"fr", "fr"}, {"法语", "fr"}, {"spanish", "es"}, {"spa", "es"}, {"es", "es"}, {"spanish; castilian", "es"}, {"portuguese", "pt"},
      {"por", "pt"}, {"pt", "pt"}, {"italian", "it"}, {"ita", "it"}, {"it", "it"}, {"japanese", "ja"}, {"jpn", "ja"}, {"ja", "ja"}, {"日语", "ja"}, {"日文", "ja"}, {"korean", "ko"},
      {"kor", "ko"}, {"ko", "ko"}, {"russian", "ru"}, {"rus", "ru"}, {"ru", "ru"}, {"俄语", "ru"}, {"dutch", "nl"}, {"dut", "nl"}, {"nld", "nl"}, {"nl", "nl"}, {"polish", "pl"}, {"pol", "pl"},
      {"pl", "pl"}, {"turkish", "tr"}, {"tur", "tr"}, {"tr", "tr"}, {"czech", "cs"}, {"cze", "cs"}, {"ces", "cs"}, {"cs", "cs"}, {"swedish", "sv"}, {"swe", "sv"}, {"sv", "sv"}, {"danish", "da"},
      {"dan", "da"}, {"da", "da"}, {"norwegian", "no"}, {"nor", "no"}, {"no", "no"}, {"finnish", "fi"}, {"fin", "fi"}, {"fi", "fi"}, {"hungarian", "hu"}, {"hun", "hu"}, {"hu", "hu"},
      {"greek", "el"}, {"gre", "el"}, {"ell", "el"}, {"el", "el"}, {"hebrew", "he"}, {"heb", "he"}, {"he", "he"}, {"arabic", "ar"}, {"ara", "ar"}, {"ar", "ar"}, {"persian", "fa"}, {"per", "fa"},
      {"fas", "fa"}, {"fa", "fa"}, {"ukrainian", "uk"}, {"ukr", "uk"}, {"uk", "uk"}, {"romanian", "ro"}, {"rum", "ro"}, {"ron", "ro"}, {"ro", "ro"}, {"croatian", "hr"}, {"hrv", "hr"}, {"hr", "hr"},
      {"serbian", "sr"}, {"srp", "sr"}, {"sr", "sr"}, {"slovenian", "sl"}, {"slovene", "sl"}, {"slv", "sl"}, {"sl", "sl"}, {"slovak", "sk"}, {"slo", "sk"}, {"slk", "sk"}, {"sk", "sk"}, {"bulgarian", "bg"},
      {"bul", "bg"}, {"bg", "bg"}, {"catalan", "ca"}, {"cat", "ca"}, {"ca", "ca"}, {"icelandic", "is"}, {"isl", "is"}, {"ice", "is"}, {"is", "is"}, {"lithuanian", "lt"}, {"lit", "lt"}, {"lt", "lt"},
      {"estonian", "et"}, {"est", "et"}, {"et", "et"}, {"latvian", "lv"}, {"lav", "lv"}, {"lv", "lv"}, {"thai", "th"}, {"tha", "th"}, {"th", "th"}, {"vietnamese", "vi"}, {"vie", "vi"}, {"vi", "vi"},
      {"indonesian", "id"}, {"ind", "id"}, {"id", "id"}, {"malay", "ms"}, {"may", "ms"}, {"msa", "ms"}, {"ms", "ms"}, {"afrikaans", "af"}, {"afr", "af"}, {"af", "af"}, {"hindi", "hi"}, {"hin", "hi"}, {"hi", "hi"}};
  return words;
}

struct Type {
  RecordKind kind;
  std::string_view name;
};

const std::unordered_map<std::string_view, Type>& types() {
  using enum RecordKind;
  static const std::unordered_map<std::string_view, Type> names = {
      // articles
      {"jour", {work, "article"}}, {"ejour", {work, "article"}}, {"article", {work, "article"}}, {"journal article", {work, "article"}}, {"journal articles", {work, "article"}}, {"journal", {work, "article"}}, {"jfull", {work, "article"}},
      {"electronic article", {work, "article"}}, {"magazine article", {work, "article"}}, {"mgzn", {work, "article"}}, {"journal-paper", {work, "article"}}, {"journal paper", {work, "article"}}, {"research article", {work, "article"}},
      {"research-article", {work, "article"}}, {"early access", {work, "article"}}, {"article in press", {work, "article"}}, {"inpr", {work, "article"}}, {"abst", {work, "article"}}, {"article; early access", {work, "article"}},
      {"periodical", {work, "article"}}, {"期刊论文", {work, "article"}}, {"期刊", {work, "article"}}, {"学术期刊", {work, "article"}}, {"外文期刊", {work, "article"}}, {"学术辑刊", {work, "article"}}, {"期刊文章", {work, "article"}}, {"journal article (on-line/unpaginated)", {work, "article"}}, {"original article", {work, "article"}},
      {"article; data paper", {work, "article"}}, {"data paper", {work, "article"}}, {"short survey", {work, "review"}}, {"j", {work, "article"}}, {"s", {work, "chapter"}},
      {"review", {work, "review"}}, {"review; early access", {work, "review"}}, {"systematic review", {work, "review"}}, {"review article", {work, "review"}}, {"editorial", {work, "editorial"}}, {"editorial material", {work, "editorial"}},
      {"letter", {work, "letter"}}, {"note", {work, "letter"}}, {"erratum", {work, "erratum"}}, {"correction", {work, "erratum"}}, {"published erratum", {work, "erratum"}}, {"book review", {work, "book_review"}}, {"meeting abstract", {work, "conference_paper"}},
      // conferences
      {"conf", {work, "conference_paper"}}, {"cpaper", {work, "conference_paper"}}, {"conference paper", {work, "conference_paper"}}, {"conference proceedings", {work, "conference_paper"}}, {"conference proceeding", {work, "conference_paper"}},
      {"proceedings paper", {work, "conference_paper"}}, {"inproceedings", {work, "conference_paper"}}, {"conference", {work, "conference_paper"}}, {"conference-paper", {work, "conference_paper"}},
      {"conference paper in journal", {work, "conference_paper"}}, {"conference review", {work, "proceedings"}}, {"proceedings", {work, "proceedings"}}, {"会议论文", {work, "conference_paper"}}, {"国际会议", {work, "conference_paper"}}, {"中国会议", {work, "conference_paper"}}, {"国内会议", {work, "conference_paper"}}, {"会议", {work, "conference_paper"}}, {"c", {work, "conference_paper"}},
      {"mvproceedings", {work, "proceedings"}}, {"congress", {work, "conference_paper"}},
      // theses and reports
      {"thes", {work, "thesis"}}, {"thesis", {work, "thesis"}}, {"dissertation", {work, "thesis"}}, {"dissertation/thesis", {work, "thesis"}}, {"phdthesis", {work, "thesis"}}, {"mastersthesis", {work, "thesis"}}, {"学位论文", {work, "thesis"}}, {"博士", {work, "thesis"}}, {"硕士", {work, "thesis"}}, {"博士论文", {work, "thesis"}}, {"硕士论文", {work, "thesis"}}, {"优秀硕士", {work, "thesis"}},
      {"dissertation/thesis, unpublished", {work, "thesis"}}, {"academic dissertation", {work, "thesis"}}, {"rprt", {work, "report"}}, {"report", {work, "report"}}, {"techreport", {work, "report"}}, {"technical report", {work, "report"}}, {"govdoc", {work, "report"}},
      {"government document", {work, "report"}}, {"reports", {work, "report"}}, {"manual", {work, "report"}}, {"other article", {work, "report"}}, {"科技成果", {work, "report"}}, {"成果", {work, "report"}},
      // books
      {"book", {work, "book"}}, {"ebook", {work, "book"}}, {"book, whole", {work, "book"}}, {"book, edited", {work, "book"}}, {"edited book", {work, "book"}}, {"edbook", {work, "book"}}, {"electronic book", {work, "book"}}, {"mvbook", {work, "book"}}, {"b", {work, "book"}},
      {"booklet", {work, "book"}}, {"collection", {work, "book"}}, {"mvcollection", {work, "book"}}, {"图书", {work, "book"}}, {"monograph", {work, "book"}}, {"ser", {work, "book"}}, {"serial", {work, "book"}}, {"年鉴", {work, "book"}}, {"k", {work, "book"}},
      {"chap", {work, "chapter"}}, {"echap", {work, "chapter"}}, {"book section", {work, "chapter"}}, {"book, section", {work, "chapter"}}, {"book chapter", {work, "chapter"}}, {"inbook", {work, "chapter"}}, {"incollection", {work, "chapter"}},
      {"electronic book section", {work, "chapter"}}, {"article; book chapter", {work, "chapter"}}, {"encyc", {work, "chapter"}}, {"inreference", {work, "chapter"}}, {"suppbook", {work, "chapter"}},
      // preprints, data, standards
      {"preprint", {work, "preprint"}}, {"unpb", {work, "preprint"}}, {"unpublished", {work, "preprint"}}, {"unpublished work", {work, "preprint"}}, {"unpublished material", {work, "preprint"}}, {"manscpt", {work, "preprint"}}, {"预印本", {work, "preprint"}},
      {"data", {work, "dataset"}}, {"dataset", {work, "dataset"}}, {"data set", {work, "dataset"}}, {"dbase", {work, "dataset"}}, {"comp", {work, "software"}}, {"software", {work, "software"}}, {"computer program", {work, "software"}}, {"std", {work, "standard"}},
      {"stand", {work, "standard"}}, {"standard", {work, "standard"}}, {"标准", {work, "standard"}}, {"国家标准", {work, "standard"}}, {"行业标准", {work, "standard"}}, {"gen", {work, "other"}}, {"generic", {work, "other"}}, {"misc", {work, "other"}},
      {"audiovisual material", {work, "other"}}, {"web page", {post, "webpage"}}, {"elec", {post, "webpage"}}, {"electronic source", {post, "webpage"}}, {"online", {post, "webpage"}}, {"blog", {post, "blog"}}, {"news", {post, "news"}},
      {"newspaper", {post, "news"}}, {"newspaper article", {post, "news"}}, {"报纸", {post, "news"}}, {"报纸文章", {post, "news"}},
      // patents, projects, law
      {"pat", {patent, "patent"}}, {"patent", {patent, "patent"}}, {"p", {patent, "patent"}}, {"专利", {patent, "patent"}}, {"中国专利", {patent, "patent"}}, {"发明公开", {patent, "patent"}}, {"grant", {project, "grant"}}, {"grnt", {project, "grant"}}, {"bill", {policy, "law"}}, {"stat", {policy, "law"}}, {"statute", {policy, "law"}}, {"legal", {policy, "law"}},
      {"hear", {policy, "hearing"}}, {"hearing", {policy, "hearing"}}, {"case", {policy, "case"}}, {"legal rule or regulation", {policy, "law"}}, {"laws/statutes", {policy, "law"}}, {"bills/resolutions", {policy, "law"}}, {"legislation", {policy, "law"}}};
  return names;
}

}  // namespace

std::string language_code(std::string_view name) {
  std::string lower = to_lower_ascii(trim(name));
  // The first of several: "English; French", "eng,fre".
  if (const std::size_t at = lower.find_first_of(";,|/"); at != std::string::npos && at > 0) lower.resize(at);
  const auto known = languages().find(trim(lower));
  if (known != languages().end()) return std::string(known->second);
  const std::size_t region = lower.find_first_of("-_");  // en-US, zh_CN
  const auto base = region == 2 ? languages().find(std::string_view(lower).substr(0, 2)) : languages().end();
  return base == languages().end() ? "" : std::string(base->second);
}

bool set_type(Record& record, std::string_view name) {
  const auto known = types().find(to_lower_ascii(trim(name)));
  if (known == types().end()) return false;
  record.kind = known->second.kind;
  record.type = known->second.name;
  return true;
}

std::string recognise_source(std::string_view text) {
  if (text.empty()) return "";
  static constexpr std::array<std::array<std::string_view, 2>, 37> kMarks = {{
      {"scopus", "scopus"}, {"wos:", "wos"}, {"web of science", "wos"}, {"web of knowledge", "wos"}, {"webofscience", "wos"}, {"lens.org", "lens"}, {"dimensions.ai", "dimensions"},
      {"psycinfo", "psycinfo"}, {"psyh", "psycinfo"}, {"cnki", "cnki"}, {"wanfang", "wanfang"}, {"万方", "wanfang"}, {"cqvip", "vip"}, {"维普", "vip"}, {"chinaxiv", "chinaxiv"}, {"ieeexplore", "ieee"},
      {"pubmed", "pubmed"}, {"ncbi.nlm.nih.gov", "pubmed"}, {"nlm", "pubmed"}, {"embase", "embase"}, {"cinahl", "cinahl"}, {"inspec", "inspec"}, {"compendex", "compendex"}, {"medline", "medline"}, {"eric.ed.gov", "eric"},
      {"dl.acm.org", "acm"}, {"doi.acm.org", "acm"}, {"sciencedirect", "sciencedirect"}, {"springer", "springer"}, {"jstor", "jstor"}, {"arxiv.org", "arxiv"}, {"openalex", "openalex"}, {"semanticscholar", "semanticscholar"},
      {"aclanthology", "acl"}, {"dblp", "dblp"}, {"proquest", "proquest"}, {"repec", "repec"}}};
  const std::string lower = to_lower_ascii(text);
  for (const auto& [mark, source] : kMarks) {
    if (lower.find(mark) != std::string::npos) return std::string(source);
  }
  return "";
}

}  // namespace jianwei::sources
