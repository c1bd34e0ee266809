// PubMed XML: <PubmedArticle> of efetch answers and of the yearly baseline files (DTDs of 2001 to today). Page: docs/formats/pubmed.md
#include <algorithm>

#include "base/strings.h"
#include "records/identifier.h"
#include "sources/xml/dom.h"
#include "sources/xml/parts.h"
#include "sources/xml/readers.h"
#include "sources/xml/record_reader.h"

namespace jianwei::sources::xml {
namespace {

// <PubDate>: Year, Month ("Feb" or "02"), Day; or Year with Season; or MedlineDate such as "1998 Dec-1999 Jan".
Date publication_date(const Node& node) {
  if (!node) return {};
  if (const Date date = date_of_parts(node); date.known()) return date;
  const std::string text = text_at(node, "MedlineDate");
  Date date = valid_date(text);
  // A range keeps what both ends share at least: the first year, and the first month; a day range has no day.
  if (text.find('-') != std::string::npos) date.day = 0;
  return date;
}

void read_abstract(const Node& node, std::string& abstract) {
  for (const Node& part : children(node, "AbstractText")) {
    std::string text = text_of(part);
    if (text.empty()) continue;
    const std::string label = attribute(part, "Label");
    if (!abstract.empty()) abstract += ' ';
    abstract += label.empty() || label == "UNLABELLED" ? text : label + ": " + text;
  }
  if (abstract.empty()) abstract = text_of(node);  // DTDs of before 2001 and hand-made files have the text without <AbstractText>
}

void read_authors(Record& record, const Node& list, std::string_view role) {
  for (const Node& author : children(list, "Author")) {
    if (attribute(author, "ValidYN") == "N") continue;
    const std::string group = text_at(author, "CollectiveName");
    std::string given = text_at(author, "ForeName");
    if (given.empty()) given = text_at(author, "FirstName");
    if (given.empty()) given = text_at(author, "Initials");
    const std::string family = text_at(author, "LastName");
    if (family.empty() && group.empty()) continue;
    if (family.empty()) {
      Person person;
      person.name = group;
      person.role = role;
      record.persons.push_back(std::move(person));
    } else {
      const std::string suffix = text_at(author, "Suffix");
      add_person(record, family, suffix.empty() ? given : given + " " + suffix, role);
    }
    for (const Node& identifier : children(author, "Identifier")) {
      if (equals_ignore_case(attribute(identifier, "Source"), "ORCID")) record.persons.back().orcid = normalize_identifier("orcid", text_of(identifier));
    }
    std::vector<std::string> affiliations = texts_at(author, "AffiliationInfo/Affiliation");
    const std::vector<std::string> old_affiliations = texts_at(author, "Affiliation");
    affiliations.insert(affiliations.end(), old_affiliations.begin(), old_affiliations.end());
    for (const std::string& affiliation : affiliations) {
      const std::int32_t organisation = add_affiliation(record, affiliation);
      affiliate(record.persons.back(), organisation);
    }
  }
}

void read_references(Record& record, const Node& data) {
  for (const Node& list : descendants(data, "ReferenceList")) {
    for (const Node& node : children(list, "Reference")) {
      Reference reference;
      reference.text = text_at(node, "Citation");
      for (const Node& id : children(node, "ArticleIdList/ArticleId")) {
        const std::string type = attribute(id, "IdType");
        const std::string value = text_of(id);
        if (type == "doi") reference.doi = normalize_identifier("doi", value);
        if (type == "pubmed") reference.other = "pmid:" + normalize_identifier("pmid", value);
        if (type == "pmc" && reference.other.empty()) reference.other = "pmcid:" + normalize_identifier("pmcid", value);
      }
      if (reference.doi.empty()) reference.doi = find_doi(reference.text);
      reference.year = valid_date(reference.text).year;
      if (!reference.text.empty() || !reference.doi.empty() || !reference.other.empty()) record.references.push_back(std::move(reference));
    }
  }
}

std::string record_type(const Node& article) {
  const std::vector<std::string> types = texts_at(article, "PublicationTypeList/PublicationType");
  const auto has = [&](std::string_view type) { return std::find(types.begin(), types.end(), type) != types.end(); };
  if (has("Preprint")) return "preprint";
  if (has("Review") || has("Systematic Review")) return "review";
  if (has("Editorial")) return "editorial";
  if (has("Letter")) return "letter";
  if (has("Dataset")) return "dataset";
  if (has("Technical Report")) return "report";
  if (has("Retraction of Publication")) return "retraction";
  return "article";
}

void read_ids(Record& record, const Node& list) {
  for (const Node& id : children(list, "ArticleId")) {
    const std::string type = attribute(id, "IdType");
    if (type == "doi") add_identifier(record, "doi", text_of(id));
    if (type == "pmc") add_identifier(record, "pmcid", text_of(id));
  }
}

Result<bool> build(const Node& element, const Context& context, Record& record) {
  const bool is_book = context.element == "PubmedBookArticle";
  const Node citation = child(element, is_book ? "BookDocument" : "MedlineCitation");
  const Node article = is_book ? citation : child(citation, "Article");
  if (!article) return fail(ErrorKind::invalid_input, "<{}> holds no <{}>", context.element, is_book ? "BookDocument" : "MedlineCitation/Article");

  const std::string pmid = normalize_identifier("pmid", text_at(citation, "PMID"));
  record.provenance.own_id = pmid;
  add_identifier(record, "pmid", pmid);
  for (const Node& location : children(article, "ELocationID")) {
    if (attribute(location, "EIdType") == "doi" && attribute(location, "ValidYN") != "N") add_identifier(record, "doi", text_of(location));
  }
  read_ids(record, child(element, "PubmedData/ArticleIdList"));
  read_ids(record, child(citation, "ArticleIdList"));

  record.kind = RecordKind::work;
  record.type = is_book ? "chapter" : record_type(article);
  record.title = text_at(article, "ArticleTitle");
  // "[An English title]." stands for a paper in another language, whose own title is the vernacular one.
  const std::string vernacular = text_at(article, "VernacularTitle");
  const bool translated = record.title.starts_with("[") && !vernacular.empty();
  if (record.title.starts_with("[") && (record.title.ends_with("]") || record.title.ends_with("]."))) {
    record.title = record.title.substr(1, record.title.rfind(']') - 1);
  }
  if (record.title.empty()) record.title = vernacular;
  else if (!vernacular.empty()) record.title_translated = vernacular;
  const std::vector<std::string> languages = texts_at(article, "Language");
  // Title and abstract are English when the title was translated.
  if (!languages.empty()) record.language = translated ? "en" : language_of(languages.front());

  read_abstract(child(article, "Abstract"), record.abstract);
  for (const Node& other : children(citation, "OtherAbstract")) {
    if (record.abstract_translated.empty() && attribute(other, "Type") != "plain-language-summary") read_abstract(other, record.abstract_translated);
  }
  if (record.abstract.empty()) record.abstract.swap(record.abstract_translated);

  const Node journal = child(article, is_book ? "Book" : "Journal");
  record.venue = text_at(journal, is_book ? "BookTitle" : "Title");
  if (record.venue.empty()) record.venue = text_at(journal, "ISOAbbreviation");
  if (record.venue.empty()) record.venue = text_at(citation, "MedlineJournalInfo/MedlineTA");
  record.volume = text_at(journal, "JournalIssue/Volume");
  record.issue = text_at(journal, "JournalIssue/Issue");
  record.pages = text_at(article, "Pagination/MedlinePgn");
  if (record.pages.empty()) {
    record.pages = text_at(article, "Pagination/StartPage");
    const std::string last = text_at(article, "Pagination/EndPage");
    if (!last.empty()) record.pages += "-" + last;
  }
  record.publisher = text_at(journal, "Publisher/PublisherName");
  for (const std::string& issn : texts_at(journal, "ISSN")) add_identifier(record, "issn", issn);
  for (const std::string& isbn : texts_at(journal, "Isbn")) add_identifier(record, "isbn", isbn);
  add_identifier(record, "issn", text_at(citation, "MedlineJournalInfo/ISSNLinking"));

  record.date = publication_date(child(journal, is_book ? "PubDate" : "JournalIssue/PubDate"));
  const Date electronic = date_of_parts(child(article, "ArticleDate"));
  if (!record.date.known() || (electronic.known() && electronic.year == record.date.year && record.date.month == 0)) {
    if (electronic.known()) record.date = electronic;
  }
  if (!record.date.known()) record.date = date_of_parts(child(citation, "DateCreated"));

  for (const Node& list : children(article, "AuthorList")) read_authors(record, list, attribute(list, "Type") == "editors" ? "editor" : "");

  for (const Node& heading : children(citation, "MeshHeadingList/MeshHeading")) {
    const Node descriptor = child(heading, "DescriptorName");
    add_classification(record, "mesh", attribute(descriptor, "UI"), text_of(descriptor));
  }
  for (const Node& list : children(citation, "KeywordList")) {
    for (const std::string& keyword : texts_at(list, "Keyword")) {
      // Some publishers send the whole list as one keyword.
      const bool packed = keyword.find(';') != std::string::npos && keyword.size() > 40;
      for (std::string& part : packed ? split_trimmed(keyword, ";") : std::vector<std::string>{keyword}) {
        if (part.ends_with(".") && part.find('.') == part.size() - 1) part.pop_back();
        add_keyword(record, std::move(part));
      }
    }
  }
  for (const Node& grant : children(article, "GrantList/Grant")) {
    Funding funding{text_at(grant, "Agency"), text_at(grant, "GrantID")};
    if (!funding.funder.empty() || !funding.award.empty()) record.funding.push_back(std::move(funding));
  }
  read_references(record, child(element, "PubmedData"));
  if (!pmid.empty()) record.url = "https://pubmed.ncbi.nlm.nih.gov/" + pmid + "/";
  return true;
}

}  // namespace

Result<> read_pubmed(ByteStream& stream, const ReadOptions& options, RecordSink& sink, Progress& progress) {
  Shape shape;
  shape.format = "pubmed_xml";
  shape.source = "pubmed";
  shape.cut.elements = {"PubmedArticle", "PubmedBookArticle"};
  shape.build = build;
  return read_records(stream, options, sink, progress, shape);
}

}  // namespace jianwei::sources::xml
