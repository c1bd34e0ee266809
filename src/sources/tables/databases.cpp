#include "sources/tables/databases.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace jianwei::sources {
namespace {

using F = Field;

constexpr std::string_view kScopusRequired[] = {"title", "eid", "sourcetitle|authors", "year"};
constexpr ColumnRule kScopus[] = {
    {"title", F::title}, {"year", F::year}, {"sourcetitle", F::venue}, {"volume", F::volume}, {"issue", F::issue},
    {"pagestart", F::start_page}, {"pageend", F::end_page}, {"citedby", F::citations}, {"doi", F::identifier, "doi"}, {"link", F::url},
    {"affiliations", F::organisations, "affiliation", ";"}, {"authorswithaffiliations", F::person_affiliations},
    {"authorkeywords", F::keywords, "", ";"}, {"indexkeywords", F::keywords, "index", ";"}, {"fundingdetails", F::funding},
    {"editors", F::persons, "editor", "auto"}, {"publisher", F::publisher}, {"issn", F::identifier, "issn", ";"}, {"isbn", F::identifier, "isbn", ";"},
    {"pubmedid", F::identifier, "pmid"}, {"languageoforiginaldocument", F::language}, {"documenttype", F::type}, {"eid", F::id},
};

constexpr std::string_view kIeeeRequired[] = {"documenttitle", "authors", "publicationtitle"};
constexpr ColumnRule kIeee[] = {
    {"documenttitle", F::title}, {"authors", F::persons, "", ";"}, {"authoraffiliations", F::organisations, "affiliation", ";"},
    {"publicationtitle", F::venue}, {"publicationyear", F::year}, {"onlinedate", F::date, "online"}, {"issuedate", F::date, "online"},
    {"volume", F::volume}, {"issue", F::issue}, {"startpage", F::start_page}, {"endpage", F::end_page}, {"abstract", F::abstract},
    {"issn", F::identifier, "issn", ";"}, {"isbns", F::identifier, "isbn", ";"}, {"isbn", F::identifier, "isbn", ";"}, {"doi", F::identifier, "doi"},
    {"fundinginformation", F::funding}, {"pdflink", F::url}, {"authorkeywords", F::keywords, "", "auto"}, {"ieeeterms", F::keywords, "index", ";"},
    {"inspeccontrolledterms", F::classifications, "inspec", ";"}, {"meshterms", F::classifications, "mesh", ";"},
    {"articlecitationcount", F::citations}, {"publisher", F::publisher}, {"documentidentifier", F::type},
};

constexpr std::string_view kSpringerRequired[] = {"itemtitle", "itemdoi"};
constexpr ColumnRule kSpringer[] = {
    {"itemtitle", F::title}, {"publicationtitle", F::venue}, {"journalvolume", F::volume}, {"journalissue", F::issue}, {"itemdoi", F::identifier, "doi"},
    {"authors", F::persons, "", "glued"}, {"publicationyear", F::year}, {"url", F::url}, {"contenttype", F::type},
};

constexpr std::string_view kLensRequired[] = {"lensid", "title", "sourcetitle", "publicationtype"};
constexpr ColumnRule kLens[] = {
    {"lensid", F::id}, {"title", F::title}, {"datepublished", F::date}, {"publicationyear", F::year}, {"publicationtype", F::type}, {"sourcetitle", F::venue},
    {"issns", F::identifier, "issn", ";"}, {"publisher", F::publisher}, {"authors", F::persons, "", ";"}, {"abstract", F::abstract}, {"volume", F::volume},
    {"issuenumber", F::issue}, {"startpage", F::start_page}, {"endpage", F::end_page}, {"fieldsofstudy", F::classifications, "field", ";"},
    {"keywords", F::keywords, "", ";"}, {"meshterms", F::classifications, "mesh", ";"}, {"funding", F::funding}, {"externalurl", F::url},
    {"pmid", F::identifier, "pmid", ";"}, {"doi", F::identifier, "doi"}, {"pmcid", F::identifier, "pmcid", ";"}, {"references", F::references, "lens", ";"},
    {"citingworkscount", F::citations},
};

constexpr std::string_view kLensPatentRequired[] = {"jurisdiction", "kind", "publicationnumber|displaykey", "applicants", "inventors"};
constexpr ColumnRule kLensPatent[] = {
    {"lensid", F::id}, {"publicationnumber", F::identifier, "patent"}, {"displaykey", F::identifier, "patent"}, {"publicationdate", F::date},
    {"publicationyear", F::year}, {"applicationnumber", F::identifier, "application"}, {"applicationdate", F::date, "application"}, {"title", F::title},
    {"abstract", F::abstract}, {"applicants", F::organisations, "applicant", "auto"}, {"inventors", F::persons, "inventor", "auto"}, {"url", F::url},
    {"type", F::type}, {"documenttype", F::type}, {"citedcount", F::citations}, {"citedbypatentcount", F::citations},
    {"cpcclassifications", F::classifications, "cpc", "auto"}, {"ipcrclassifications", F::classifications, "ipc", "auto"},
    {"usclassifications", F::classifications, "uspc", "auto"}, {"jurisdiction", F::venue},
};

constexpr std::string_view kDimensionsRequired[] = {"publicationid", "title", "dimensionsurl", "pubyear|publicationyear"};
constexpr ColumnRule kDimensions[] = {
    {"publicationid", F::id}, {"doi", F::identifier, "doi"}, {"pmid", F::identifier, "pmid"}, {"pmcid", F::identifier, "pmcid"}, {"title", F::title},
    {"abstract", F::abstract}, {"sourcetitle", F::venue}, {"sourcetitleanthologytitle", F::venue}, {"anthologytitle", F::venue},
    {"publisher", F::publisher}, {"meshterms", F::classifications, "mesh", ";"}, {"publicationdate", F::date}, {"pubyear", F::year}, {"publicationyear", F::year},
    {"volume", F::volume}, {"issue", F::issue}, {"pagination", F::pages}, {"publicationtype", F::type}, {"documenttype", F::type},
    {"countryofresearchorganization", F::countries, "", ";"}, {"countryofstandardizedresearchorganization", F::countries, "", ";"},
    {"funder", F::funders, "", ";"}, {"supportinggrants", F::awards, "", ";"}, {"uidsofsupportinggrants", F::ignore}, {"timescited", F::citations},
    {"sourcelinkout", F::url}, {"dimensionsurl", F::url}, {"foranzsrccategories", F::classifications, "for", ";"}, {"fieldsofresearchanzsrc2020", F::classifications, "for", ";"},
    {"keywords", F::keywords, "", ";"}, {"isbn", F::identifier, "isbn"}, {"issn", F::identifier, "issn", ";"},
};

constexpr std::string_view kWosRequired[] = {"au", "ti", "so", "py", "ut|pt"};
constexpr ColumnRule kWos[] = {
    {"ti", F::title}, {"ab", F::abstract}, {"so", F::venue}, {"py", F::year}, {"vl", F::volume}, {"is", F::issue}, {"bp", F::start_page}, {"ep", F::end_page},
    {"di", F::identifier, "doi"}, {"pm", F::identifier, "pmid"}, {"sn", F::identifier, "issn", ";"}, {"ei", F::identifier, "issn", ";"}, {"bn", F::identifier, "isbn", ";"},
    {"la", F::language}, {"dt", F::type}, {"de", F::keywords, "", ";"}, {"id", F::keywords, "index", ";"}, {"wc", F::classifications, "wos", ";"},
    {"sc", F::classifications, "field", ";"}, {"tc", F::citations}, {"pu", F::publisher}, {"ut", F::id}, {"fu", F::funding}, {"cr", F::references, "", ";"},
    {"be", F::persons, "editor", ";"},
};

constexpr std::string_view kZoteroRequired[] = {"key", "itemtype", "publicationtitle", "dateadded"};
constexpr ColumnRule kZotero[] = {
    {"key", F::id}, {"publicationyear", F::year}, {"author", F::persons, "", ";"}, {"title", F::title}, {"publicationtitle", F::venue},
    {"conferencename", F::venue}, {"isbn", F::identifier, "isbn", " "}, {"issn", F::identifier, "issn", " "}, {"doi", F::identifier, "doi"}, {"url", F::url},
    {"abstractnote", F::abstract}, {"date", F::date}, {"pages", F::pages}, {"issue", F::issue}, {"volume", F::volume}, {"publisher", F::publisher},
    {"language", F::language}, {"automatictags", F::keywords, "index", ";"}, {"editor", F::persons, "editor", ";"}, {"assignee", F::organisations, "applicant", ";"},
    {"filingdate", F::date, "application"}, {"applicationnumber", F::identifier, "application"},
};

constexpr std::string_view kOpenAlexRequired[] = {"id", "authorshipsauthordisplayname", "publicationyear"};
constexpr ColumnRule kOpenAlex[] = {
    {"abstract", F::abstract}, {"authorshipsauthordisplayname", F::persons, "", "|"}, {"authorshipsauthorid", F::person_ids, "", "|"},
    {"authorshipsauthororcid", F::person_orcids, "", "|"}, {"authorshipsinstitutionsdisplayname", F::organisations, "affiliation", "|"},
    {"authorshipscountries", F::countries, "", "|"}, {"citedbycount", F::citations}, {"displayname", F::title}, {"title", F::title}, {"doi", F::identifier, "doi"},
    {"fundersdisplayname", F::funders, "", "|"}, {"idspmid", F::identifier, "pmid"}, {"language", F::language},
    {"primarylocationsourcedisplayname", F::venue}, {"primarylocationsourceissnl", F::identifier, "issn"}, {"primarylocationlandingpageurl", F::url},
    {"primarytopicdisplayname", F::classifications, "topic"}, {"topicsdisplayname", F::classifications, "topic", "|"}, {"keywordsdisplayname", F::keywords, "", "|"},
    {"publicationdate", F::date}, {"publicationyear", F::year}, {"type", F::type}, {"bibliovolume", F::volume}, {"biblioissue", F::issue},
    {"bibliofirstpage", F::start_page}, {"bibliolastpage", F::end_page}, {"referencedworks", F::references, "openalex", "|"}, {"id", F::id},
};

constexpr std::string_view kNihRequired[] = {"projecttitle", "pinames|contactpiprojectleader", "organizationname|orgname", "fy|fiscalyear"};
constexpr ColumnRule kNih[] = {
    {"applicationid", F::id}, {"projecttitle", F::title}, {"projectabstract", F::abstract}, {"abstracttext", F::abstract}, {"pinames", F::persons, "investigator", ";"},
    {"contactpiprojectleader", F::persons, "investigator", ";"}, {"otherpiorprojectleaders", F::persons, "investigator", ";"}, {"orgname", F::organisations, "affiliation"},
    {"organizationname", F::organisations, "affiliation"}, {"orgcountry", F::countries}, {"organizationcountry", F::countries}, {"totalcost", F::amount, "USD"},
    {"fullprojectnum", F::awards}, {"projectnumber", F::awards}, {"fy", F::year}, {"fiscalyear", F::year}, {"projectstart", F::date}, {"projectstartdate", F::date},
    {"projectend", F::end_date}, {"projectenddate", F::end_date}, {"projectterms", F::keywords, "index", ";"}, {"icname", F::funders}, {"administeringic", F::funders},
    {"nihspendingcats", F::classifications, "nih", ";"},
};

constexpr std::string_view kPubmedRequired[] = {"pmid", "title", "journalbook", "createdate"};
constexpr ColumnRule kPubmed[] = {
    {"pmid", F::identifier, "pmid"}, {"title", F::title}, {"journalbook", F::venue}, {"publicationyear", F::year}, {"createdate", F::date, "online"},
    {"pmcid", F::identifier, "pmcid"}, {"doi", F::identifier, "doi"},
};

constexpr std::string_view kDerwentRequired[] = {"publicationnumber", "patentassigneescleaned|assigneedwpi|assigneeapplicant|assigneeoriginal", "publicationdate"};
constexpr ColumnRule kDerwent[] = {
    {"publicationnumber", F::identifier, "patent"}, {"applicationnumbers", F::identifier, "application", "auto"}, {"applicationnumber", F::identifier, "application", "auto"},
    {"publicationdate", F::date}, {"publicationyear", F::year}, {"applicationdates", F::date, "application"}, {"applicationdate", F::date, "application"},
    {"titleoriginalenglishcleaned", F::title}, {"titledwpi", F::title}, {"title", F::title}, {"abstract", F::abstract}, {"abstractdwpi", F::abstract, "second"},
    {"patentassigneescleaned", F::organisations, "applicant", "auto"}, {"assigneedwpi", F::organisations, "applicant", "auto"},
    {"assigneeapplicant", F::organisations, "applicant", "auto"}, {"inventorsoriginalcleaned", F::persons, "inventor", "auto"}, {"inventor", F::persons, "inventor", "auto"},
    {"inventordwpi", F::persons, "inventor", "auto"}, {"cpccodes", F::classifications, "cpc", "auto"}, {"cpccurrent", F::classifications, "cpc", "auto"}, {"cpc", F::classifications, "cpc", "auto"},
    {"internationalclassificationscodes", F::classifications, "ipc", "auto"}, {"ipccurrent", F::classifications, "ipc", "auto"}, {"ipc", F::classifications, "ipc", "auto"},
    {"cpcclassnames", F::ignore}, {"citedpatentnumbers", F::references, "patent", "auto"}, {"citedrefspatent", F::references, "patent", "auto"},
    {"citingpatentcount", F::citations}, {"countofcitingpatents", F::citations}, {"publicationnumberespacelinks", F::url}, {"publicationcountrynames", F::venue},
    {"publicationcountry", F::venue},
};

constexpr std::string_view kEspacenetRequired[] = {"publicationnumber", "earliestpriority", "inventors", "applicants"};
constexpr ColumnRule kEspacenet[] = {
    {"title", F::title}, {"earliestpriority", F::date, "application"}, {"publicationdate", F::ignore}, {"earliestpublication", F::date, "second"}, {"abstract", F::abstract},
    {"ipc", F::classifications, "ipc", "auto"},
};

constexpr std::string_view kGooglePatentsRequired[] = {"id", "inventorauthor", "assignee", "filingcreationdate|prioritydate"};
constexpr ColumnRule kGooglePatents[] = {
    {"title", F::title}, {"inventorauthor", F::persons, "inventor", ","}, {"publicationdate", F::date}, {"filingcreationdate", F::date, "application"}, {"resultlink", F::url},
};

constexpr std::string_view kCordisRequired[] = {"id", "acronym", "startdate", "frameworkprogramme", "fundingscheme"};
constexpr ColumnRule kCordis[] = {
    {"id", F::awards, "own"}, {"title", F::title}, {"objective", F::abstract}, {"startdate", F::date}, {"enddate", F::end_date}, {"totalcost", F::amount, "EUR"},
    {"frameworkprogramme", F::venue}, {"coordinator", F::organisations, "affiliation"}, {"participants", F::organisations, "affiliation", ";"},
    {"coordinatorcountry", F::countries}, {"grantdoi", F::identifier, "doi"}, {"projecturl", F::url}, {"fundingscheme", F::classifications, "scheme"},
    {"topics", F::classifications, "programme", ","}, {"subjects", F::classifications, "discipline", ";"}, {"keywords", F::keywords, "", "auto"},
};

constexpr std::string_view kGtrRequired[] = {"fundingorgname", "projectreference", "leadroname", "title"};
constexpr ColumnRule kGtr[] = {
    {"fundingorgname", F::funders}, {"projectreference", F::awards, "own"}, {"leadroname", F::organisations, "affiliation"}, {"title", F::title},
    {"awardpounds", F::amount, "GBP"}, {"projectcategory", F::venue}, {"gtrprojecturl", F::url}, {"abstract", F::abstract},
};

constexpr std::string_view kKakenRequired[] = {"研究課題番号", "研究課題名", "研究代表者"};
constexpr ColumnRule kKaken[] = {
    {"研究課題番号", F::awards, "own"}, {"研究課題名", F::title}, {"研究課題名英文", F::title_translated}, {"研究種目", F::venue}, {"審査区分研究分野", F::classifications, "discipline"},
    {"審査区分", F::classifications, "discipline"}, {"研究分野", F::classifications, "discipline"}, {"研究機関", F::organisations, "affiliation"}, {"研究期間年度", F::date_range},
    {"研究期間", F::date_range}, {"配分額", F::amount, "JPY"}, {"総配分額", F::amount, "JPY"}, {"キーワード", F::keywords, "", "/"}, {"研究成果の概要", F::abstract},
    {"研究概要", F::abstract}, {"研究開始時の研究の概要", F::abstract, "second"}, {"研究実績の概要", F::abstract, "second"},
};

constexpr std::string_view kWosLongRequired[] = {"authors|authorfullnames", "articletitle", "sourcetitle", "utuniquewosid|keywordsplus"};
constexpr ColumnRule kWosLong[] = {
    {"articletitle", F::title}, {"abstract", F::abstract}, {"sourcetitle", F::venue}, {"publicationyear", F::year}, {"volume", F::volume}, {"issue", F::issue},
    {"startpage", F::start_page}, {"endpage", F::end_page}, {"doi", F::identifier, "doi"}, {"pubmedid", F::identifier, "pmid"}, {"issn", F::identifier, "issn", ";"},
    {"eissn", F::identifier, "issn", ";"}, {"isbn", F::identifier, "isbn", ";"}, {"language", F::language}, {"documenttype", F::type},
    {"authorkeywords", F::keywords, "", ";"}, {"keywordsplus", F::keywords, "index", ";"}, {"woscategories", F::classifications, "wos", ";"},
    {"researchareas", F::classifications, "field", ";"}, {"timescitedwoscore", F::citations}, {"publisher", F::publisher}, {"utuniquewosid", F::id},
    {"fundingorgs", F::funding}, {"citedreferences", F::references, "", ";"}, {"bookeditors", F::persons, "editor", ";"},
};

constexpr std::string_view kWipoRequired[] = {"publicationnumber", "publicationdate", "applicantsuseme|applicants", "ipccodes|ipc"};
constexpr ColumnRule kWipo[] = {
    {"applicationid", F::id}, {"applicantsuseme", F::organisations, "applicant", "auto"}, {"applicants", F::organisations, "applicant", "auto"}, {"citedcount", F::citations},
    {"cpccodesuseme", F::classifications, "cpc", "auto"}, {"cpccodes", F::classifications, "cpc", "auto"}, {"cpc", F::classifications, "cpc", "auto"},
    {"ipccodes", F::classifications, "ipc", "auto"}, {"ipc", F::classifications, "ipc", "auto"}, {"inventorsuseme", F::persons, "inventor", "auto"},
    {"inventors", F::persons, "inventor", "auto"}, {"publicationdate", F::date}, {"publicationyear", F::year}, {"publicationnumber", F::identifier, "patent"},
    {"applicationnumber", F::identifier, "application"}, {"applicationdate", F::date, "application"}, {"publicationcountryname", F::venue}, {"country", F::venue},
    {"title", F::title}, {"abstract", F::abstract}, {"url", F::url}, {"nonpatentcitations", F::references, "", "auto"},
};

constexpr DatabaseTable kTables[] = {
    {"scopus_csv", "Scopus CSV", "scopus", RecordKind::work, "", kScopusRequired, kScopus, refine_scopus, '\0', true, realign_scopus},
    {"ieee_csv", "IEEE Xplore CSV", "ieee", RecordKind::work, "", kIeeeRequired, kIeee, refine_ieee},
    {"springer_csv", "SpringerLink CSV", "springer", RecordKind::work, "", kSpringerRequired, kSpringer, nullptr},
    {"lens_csv", "Lens scholarly CSV", "lens", RecordKind::work, "", kLensRequired, kLens, nullptr},
    {"lens_patent_csv", "Lens patent CSV", "lens", RecordKind::patent, "", kLensPatentRequired, kLensPatent, refine_lens_patent},
    {"dimensions_csv", "Dimensions CSV", "dimensions", RecordKind::work, "", kDimensionsRequired, kDimensions, refine_dimensions},
    {"wos_tab", "Web of Science tab-delimited", "wos", RecordKind::work, "", kWosRequired, kWos, refine_wos, '\t', false},
    {"wos_csv", "Web of Science, columns by name (Excel)", "wos", RecordKind::work, "", kWosLongRequired, kWosLong, refine_wos_long},
    {"zotero_csv", "Zotero CSV", "zotero", RecordKind::work, "", kZoteroRequired, kZotero, refine_zotero},
    {"openalex_csv", "OpenAlex web CSV", "openalex", RecordKind::work, "", kOpenAlexRequired, kOpenAlex, refine_openalex_web},
    {"nih_csv", "NIH RePORTER CSV", "nih", RecordKind::project, "grant", kNihRequired, kNih, refine_nih},
    {"pubmed_csv", "PubMed CSV", "pubmed", RecordKind::work, "article", kPubmedRequired, kPubmed, refine_pubmed},
    {"derwent_csv", "Derwent / Thomson Innovation CSV", "derwent", RecordKind::patent, "", kDerwentRequired, kDerwent, refine_derwent},
    {"espacenet_csv", "Espacenet CSV", "espacenet", RecordKind::patent, "", kEspacenetRequired, kEspacenet, refine_espacenet},
    {"google_patents_csv", "Google Patents CSV", "google_patents", RecordKind::patent, "", kGooglePatentsRequired, kGooglePatents, refine_google_patents},
    {"cordis_csv", "CORDIS CSV", "cordis", RecordKind::project, "grant", kCordisRequired, kCordis, refine_cordis},
    {"gtr_csv", "Gateway to Research CSV", "gtr", RecordKind::project, "grant", kGtrRequired, kGtr, refine_gtr},
    {"kaken_csv", "KAKEN CSV", "kaken", RecordKind::project, "grant", kKakenRequired, kKaken, refine_kaken},
    {"wipo_csv", "WIPO patent CSV", "wipo", RecordKind::patent, "", kWipoRequired, kWipo, nullptr},
};

}  // namespace

std::string_view RowView::operator[](std::string_view key) const {
  for (std::size_t i = 0; i < std::min(keys_.size(), cells_.size()); ++i) {
    if (keys_[i] == key) return trim(cells_[i]);
  }
  return {};
}

std::span<const DatabaseTable> database_tables() { return kTables; }

bool has_columns(const DatabaseTable& table, std::span<const std::string> keys) {
  return std::all_of(table.required.begin(), table.required.end(), [&](std::string_view wanted) {
    const auto alternatives = split(wanted, "|");
    return std::any_of(alternatives.begin(), alternatives.end(), [&](std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); });
  });
}

}  // namespace jianwei::sources
