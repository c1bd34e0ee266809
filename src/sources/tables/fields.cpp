#include "sources/tables/fields.h"

#include <array>
#include <unordered_map>

#include "records/unicode.h"

namespace jianwei::sources {
namespace {

struct Name {
  Field field;
  std::string_view name;
};
constexpr Name kNames[] = {
    {Field::ignore, "ignore"}, {Field::id, "id"}, {Field::identifier, "identifier"}, {Field::kind, "kind"}, {Field::type, "type"},
    {Field::title, "title"}, {Field::title_translated, "title_translated"}, {Field::abstract, "abstract"},
    {Field::abstract_translated, "abstract_translated"}, {Field::full_text, "full_text"}, {Field::language, "language"},
    {Field::year, "year"}, {Field::month, "month"}, {Field::date, "date"}, {Field::end_date, "end_date"}, {Field::date_range, "date_range"},
    {Field::persons, "persons"}, {Field::person_orcids, "person_orcids"}, {Field::person_ids, "person_ids"},
    {Field::organisations, "organisations"}, {Field::person_affiliations, "person_affiliations"},
    {Field::organisation_index, "organisation_index"}, {Field::countries, "countries"}, {Field::country_index, "country_index"},
    {Field::keywords, "keywords"}, {Field::classifications, "classifications"}, {Field::references, "references"},
    {Field::funding, "funding"}, {Field::funders, "funders"}, {Field::awards, "awards"}, {Field::venue, "venue"},
    {Field::volume, "volume"}, {Field::issue, "issue"}, {Field::pages, "pages"}, {Field::start_page, "start_page"},
    {Field::end_page, "end_page"}, {Field::publisher, "publisher"}, {Field::url, "url"}, {Field::citations, "citations"},
    {Field::amount, "amount"}, {Field::currency, "currency"}, {Field::head, "head"},
    // synonyms, after the name that is written
    {Field::persons, "authors"}, {Field::persons, "author"}, {Field::organisations, "affiliations"}, {Field::organisations, "affiliation"},
    {Field::keywords, "keyword"}, {Field::countries, "country"}, {Field::funders, "funder"}, {Field::awards, "award"},
    {Field::identifier, "doi"}, {Field::classifications, "classification"}, {Field::references, "reference"},
};

struct Entry {
  std::string_view names;  // separated by blanks, as column_key() gives them
  Field field;
  std::string_view role = "";
  double confidence = 0.95;
};

// Names met in exports, in the corpora and in hand-made sheets. A role "" is the field's usual one.
constexpr Entry kDictionary[] = {
    {"title titles articletitle papertitle documenttitle displayname itemtitle publicationtitleoriginal projecttitle awardtitle patenttitle "
     "titleenglish ti 题名 篇名 标题 题目 论文题目 论文标题 文献标题 项目名称 课题名称 专利名称 发明名称 名称 成果标题 文章标题 新闻标题 政策名称 文件名称 标题名称 中文题名 中文标题 titlezh titlecn",
     Field::title},
    {"headline subject item name projectname topic titleoriginalenglishcleaned", Field::title, "", 0.7},
    {"titletranslated englishtitle titleen entitle 英文题名 英文标题 外文题名 英文名称 translatedtitle titleforeign", Field::title_translated},
    {"abstract abst abstracttext abstractnote abstracten summary ab 摘要 文摘 中文摘要 内容摘要 内容简介 简介 项目摘要 专利摘要 abstractzh abstractcn", Field::abstract},
    {"description objectives objective tldr projectabstract 描述 项目简介 说明 descriptions", Field::abstract, "second", 0.75},
    {"abstracttranslated abstractenglish englishabstract 英文摘要 外文摘要", Field::abstract_translated},
    {"fulltext body maintext 全文 正文 内容 原文", Field::full_text},
    {"text content articlebody html", Field::full_text, "", 0.75},
    {"year publicationyear pubyear publishedyear py fiscalyear fy awardyear yearpublished publishyear 年 年份 年度 出版年 发表年份 发表年 立项年度 批准年度 publicationyears", Field::year},
    {"month publicationmonth 月 月份", Field::month},
    {"date publicationdate publisheddate datepublished publishdate pubdate coverdate issuedate onlinedate issued published publishedat awarddate grantdate "
     "submitted posted timestamp releasedate startdate projectstartdate fromdate start begindate datestart awardnoticedate 日期 时间 发表时间 发布时间 发布日期 出版日期 出版时间 公布日期 "
     "发表日期 立项时间 立项日期 公开日 公开日期 授权公告日 公开公告日 公告日 授权日 开始日期 开始时间 起始日期 成文日期 颁布日期 施行日期 新闻时间", Field::date},
    {"time datetime created createdat releasetime 出版时间段", Field::date, "", 0.8},
    {"versiondate effectivedate 生效日期 实施日期 版本日期", Field::date, "version", 0.85},
    {"firstdateintext writtentime opendate dateadded 开放日期", Field::date, "second", 0.75},
    {"applicationdate filingdate applicationdates earliestprioritydate 申请日 申请日期", Field::date, "application"},
    {"enddate projectenddate todate end expirationdate completiondate enddates closedate deadline duedate 结束日期 结束时间 截止时间 截止日期 结项时间 结题时间 完成日期 终止日期 失效日期", Field::end_date},
    {"startenddate period projectperiod duration 起止年月 起止时间 研究期限 执行期限 项目周期 起止日期", Field::date_range},
    {"author authors authors authornames authorfullnames creator creators authorname byline au 作者 作者姓名 著者 全部作者 撰稿人", Field::persons, "author"},
    {"inventor inventors inventornames inventorsuseme inventorsoriginal 发明人 发明设计人 发明者", Field::persons, "inventor"},
    {"pi principalinvestigator principalinvestigators investigator investigators contactpi piname pinames projectleader 负责人 项目负责人 课题负责人 主持人 项目主持人 申请者 首席科学家", Field::persons, "investigator"},
    {"editor editors 编者 主编 编辑", Field::persons, "editor"},
    {"orcid orcids authororcid authororcids", Field::person_orcids},
    {"authorid authorids authorsid", Field::person_ids},
    {"aff affs affiliation affiliations authoraffiliation authoraffiliations institution institutions organization organisation organizations organisations "
     "institute university department affiliationname orgname organizationname reseachinstitution researchinstitution performingorganization awardeeorganization "
     "单位 机构 作者单位 依托单位 工作单位 所属机构 承担单位 第一作者单位 作者机构 项目单位 所在单位 研究机构 单位名称 依托机构", Field::organisations, "affiliation"},
    {"firm company awardee awardeename recipient companyname grantee 企业 公司 承担企业 企业名称 公司名称", Field::organisations, "awardee"},
    {"affuniquenorm affiliationnormalized normalizedaffiliations affnorm", Field::organisations, "normalised"},
    {"affuniqueindex affnormindex", Field::organisation_index},
    {"affcountryunique affcountries", Field::countries, "unique"},
    {"affcountryuniqueindex", Field::country_index},
    {"applicant applicants assignee assignees patentassignee patentassignees currentassignee originalassignee applicantsuseme owners owner proprietor "
     "申请人 专利权人 申请专利权人 申请权利人 权利人 受让人 当前权利人", Field::organisations, "applicant"},
    {"releaseoffice issuer issuingbody issuingauthority issuingagency 发文机关 发布机构 发文单位 发布单位 颁布机关 制定机关 发布机关 发布部门", Field::organisations, "issuer"},
    {"country countries countryregion nation countrycode authorcountry authorcountries 国家 国别 国家地区 所属国家", Field::countries},
    {"所在省区市 所在省市 省份 省区市 所在省 省 地区 所在地区", Field::countries, "province", 0.8},
    {"keyword keywords keyphrases keyphrase keywordlist authorkeywords tags tag manualtags subjectterms indexterms prefterms de kw 关键词 关键字 主题词 中文关键词 标签 关键词中文", Field::keywords},
    {"terms indexkeywords automatictags ieeeterms", Field::keywords, "index", 0.8},
    {"cpc cpcs cpccode cpccodes cpcclassification cpcclassifications classificationscpc cpccodesuseme cpc分类号", Field::classifications, "cpc"},
    {"ipc ipcs ipccode ipccodes ipcr ipcclassification ipcclassifications ipcrclassifications internationalclassificationscodes internationalclassification classificationsipc "
     "ipc分类号 国际专利分类号 ipc主分类号 主分类号 国际分类号 ipc主分类 专利分类号", Field::classifications, "ipc"},
    {"usclassifications uspc usclassification", Field::classifications, "uspc"},
    {"mesh meshterms meshheadings", Field::classifications, "mesh"},
    {"jel jelcodes jelclassification", Field::classifications, "jel"},
    {"分类号 中图分类号 clc clccode", Field::classifications, "clc"},
    {"discipline disciplines subjectarea subjectareas subjectcategory fieldofstudy fieldsofstudy field fields researchfield researcharea researchareas 学科 学科分类 学科类别 学科领域 研究领域 所属学科 学科代码 一级学科 二级学科 领域", Field::classifications, "discipline"},
    {"category categories primaryarea 类别 分类", Field::classifications, "category", 0.8},
    {"label class", Field::classifications, "label", 0.55},
    {"reference references citedreferences bibliography cr 参考文献 引文 引用文献", Field::references},
    {"citedpatents citedpatentnumbers patentcitations 引用专利", Field::references, "patent"},
    {"funding fundingdetails fundinginformation fundingdata grants 基金 基金项目 资助基金 基金资助", Field::funding},
    {"funder funders agency agencies sponsor sponsors fundername fundingagency fundingagencies fundingbody 资助机构 资助单位 项目来源 基金名称 资助者", Field::funders},
    {"grantnumber grantno grantid awardnumber awardno awardid grant award contractnumber contract projectnumber projectno projectnum 项目编号 课题编号 批准号 资助号 合同编号 立项编号", Field::awards},
    {"项目批准号 projectid 批准编号", Field::awards, "own"},
    {"venue journal journaltitle journalname journals sourcetitle publicationtitle publicationname publication conference conferencename proceedings booktitle containertitle "
     "publicationvenue periodical newspaper so 来源 刊名 期刊 期刊名称 来源期刊 期刊名 刊物名称 文献来源 会议名称 出处 媒体 网站 来源库 新闻来源", Field::venue, "", 0.9},
    {"source site website publicationcountryname publicationcountry publicationcountrycode jurisdiction office 受理局 公开国别", Field::venue, "", 0.6},
    {"program programme programname list series 计划名称 项目类别 资助类别 项目类型 计划类别 专项名称", Field::venue, "program", 0.8},
    {"volume vol vl 卷", Field::volume},
    {"issue number issuenumber no 期 期号", Field::issue, "", 0.8},
    {"page pages pagerange 页码 页", Field::pages},
    {"startpage firstpage pagestart bp 起始页 起始页码", Field::start_page},
    {"endpage lastpage pageend ep 结束页 终止页", Field::end_page},
    {"publisher publishers 出版社 出版商 出版单位 出版者", Field::publisher},
    {"srcdatabase来源库 srcdatabase", Field::type, "", 0.9},  // CNKI: 期刊, 博士, 会议, ...
    {"url link links uri portalurl sourceurl externalurl webpage homepage projecturl 链接 网址 地址链接 原文链接 详情链接", Field::url},
    {"citation citations citationcount citationscount citedby citedbycount timescited numcitations ncitations citecount citedcount citingworkscount gscitation tc "
     "被引次数 被引 被引频次 引用次数 被引用次数 引用量 总被引", Field::citations},
    {"amount awardamount amountawarded totalcost fundingamount budget budgetmax value totalamount 金额 资助金额 经费 批准金额 项目经费 资助经费 金额万元 资助金额万元 批准金额万元 项目金额 总经费", Field::amount},
    {"currency 币种 货币", Field::currency},
    {"language lang languages la 语言 语种 文种", Field::language},
    {"kind recordkind", Field::kind, "", 0.5},
    {"type documenttype publicationtype itemtype doctype entrytype pubtype articletype contenttype actiontype dt 类型 文献类型 文章类型 文档类型 专利类型", Field::type, "", 0.85},
    {"doi dois articledoi itemdoi di doi号", Field::identifier, "doi"},
    {"pmid pubmedid pubmed pmids", Field::identifier, "pmid"},
    {"pmcid pmc", Field::identifier, "pmcid"},
    {"arxiv arxivid eprint", Field::identifier, "arxiv"},
    {"issn issns issnl eissn", Field::identifier, "issn"},
    {"isbn isbns", Field::identifier, "isbn"},
    {"openalexid openalex", Field::identifier, "openalex"},
    {"corpusid s2id semanticscholarid", Field::identifier, "s2"},
    {"cstr cstrid", Field::identifier, "cstr"},
    {"lensid", Field::identifier, "lens"},
    {"patentnumber patentno publicationnumber publicationno patentid publicationnumbers 专利号 公开号 公开公告号 公告号 授权公告号 专利公开号", Field::identifier, "patent"},
    {"applicationnumber applicationno applnumber 申请号 专利申请号", Field::identifier, "application"},
    {"releasenumber documentnumber 发文字号 文号 发文号 文件号", Field::identifier, "document"},
    {"indexnumber 索引号 indexno", Field::identifier, "index"},
    {"callidentifier", Field::identifier, "call"},
    {"id recordid paperid articleid docid documentid uid key identifier accession accessionnumber entryid eid ut topicid 编号 序号id 记录号 文献编号 标识", Field::id, "", 0.9},
    {"head", Field::head, "", 0.3},
    {"rank row rownumber index unnamed0 序号 行号 number0 recordno", Field::ignore, "", 0.6},
};

const std::unordered_map<std::string_view, const Entry*>& dictionary() {
  static const auto table = [] {
    std::unordered_map<std::string_view, const Entry*> names;
    for (const Entry& entry : kDictionary) {
      std::string_view rest = entry.names;
      while (!rest.empty()) {
        const std::size_t end = rest.find(' ');
        const std::string_view name = rest.substr(0, end);
        if (!name.empty()) names.emplace(name, &entry);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
      }
    }
    return names;
  }();
  return table;
}

}  // namespace

std::string_view to_string(Field field) {
  for (const Name& name : kNames) {
    if (name.field == field) return name.name;
  }
  return "ignore";
}

std::optional<Field> parse_field(std::string_view name) {
  for (const Name& row : kNames) {
    if (row.name == name) return row.field;
  }
  return std::nullopt;
}

std::string column_key(std::string_view name) {
  const std::string folded = fold_case(name);
  std::string key;
  std::string_view rest = folded;
  while (!rest.empty()) {
    const CodePoint point = decode_utf8(rest);
    if (is_letter(point.value) || (point.value >= '0' && point.value <= '9')) append_utf8(key, point.value);
    rest.remove_prefix(static_cast<std::size_t>(point.length));
  }
  return key;
}

std::optional<ColumnMeaning> recognise_column(std::string_view name) {
  const std::string key = column_key(name);
  if (key.empty()) return std::nullopt;
  const auto& names = dictionary();
  if (const auto found = names.find(key); found != names.end()) {
    return ColumnMeaning{found->second->field, std::string(found->second->role), found->second->confidence};
  }
  // "Title-题名", "Author/作者": the name in two languages; the Chinese one tells more.
  for (const std::string_view mark : {"-", "/", "_", " "}) {
    const std::size_t at = name.find(mark);
    if (at == std::string_view::npos || at == 0 || static_cast<unsigned char>(name[0]) >= 0x80 || !is_cjk_text(name.substr(at + 1))) continue;
    if (const auto found = names.find(column_key(name.substr(at + 1))); found != names.end()) {
      return ColumnMeaning{found->second->field, std::string(found->second->role), found->second->confidence * 0.98};
    }
  }
  // "Author(s)", "Title (EN)", "作者(全部)": what stands before a bracket.
  for (const std::string_view bracket : {"(", "（", "[", "【"}) {
    const std::size_t at = name.find(bracket);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string before = column_key(name.substr(0, at));
    if (const auto found = names.find(before); found != names.end()) {
      return ColumnMeaning{found->second->field, std::string(found->second->role), found->second->confidence * 0.9};
    }
  }
  return std::nullopt;
}

}  // namespace jianwei::sources
