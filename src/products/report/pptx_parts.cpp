#include "products/report/pptx_parts.h"

#include <fmt/format.h>

#include "products/charts/svg.h"

namespace jianwei::products {
namespace {

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kSpaces =
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

// Colours of the charts (Okabe-Ito); Latin and Chinese fonts that Office and LibreOffice know.
std::string theme_xml() {
  std::string colors;
  for (const auto& [name, rgb] : std::initializer_list<std::pair<const char*, const char*>>{{"dk1", "1F2733"}, {"lt1", "FFFFFF"}, {"dk2", "344054"}, {"lt2", "F6F8FA"}, {"accent1", "0072B2"}, {"accent2", "E69F00"},
                                                                                             {"accent3", "009E73"}, {"accent4", "D55E00"}, {"accent5", "56B4E9"}, {"accent6", "CC79A7"}, {"hlink", "0072B2"}, {"folHlink", "667085"}}) {
    colors += fmt::format("<a:{0}><a:srgbClr val=\"{1}\"/></a:{0}>", name, rgb);
  }
  const std::string font = "<a:latin typeface=\"Calibri\"/><a:ea typeface=\"Microsoft YaHei\"/><a:cs typeface=\"\"/>";
  const std::string fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
  const std::string line = "<a:ln w=\"9525\">" + fill + "</a:ln>";
  const std::string effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
  return fmt::format("{0}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Jianwei\"><a:themeElements><a:clrScheme name=\"Jianwei\">{1}</a:clrScheme>"
                     "<a:fontScheme name=\"Jianwei\"><a:majorFont>{2}</a:majorFont><a:minorFont>{2}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Jianwei\"><a:fillStyleLst>{3}{3}{3}</a:fillStyleLst>"
                     "<a:lnStyleLst>{4}{4}{4}</a:lnStyleLst><a:effectStyleLst>{5}{5}{5}</a:effectStyleLst><a:bgFillStyleLst>{3}{3}{3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>",
                     kHead, colors, font, fill, line, effect);
}

constexpr std::string_view kEmptyTree =
    "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

std::string title_placeholder() {
  return fmt::format("<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"500000\" y=\"260000\"/>"
                     "<a:ext cx=\"{}\" cy=\"640000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr anchor=\"b\" lIns=\"0\" rIns=\"0\"><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>",
                     kSlideWidth - 1'000'000);
}

std::string master_xml() {
  std::string levels;
  for (int level = 1; level <= 5; ++level) levels += fmt::format("<a:lvl{0}pPr marL=\"0\" indent=\"0\"><a:buNone/><a:defRPr sz=\"1600\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/></a:defRPr></a:lvl{0}pPr>", level);
  return fmt::format("{}<p:sldMaster {}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>{}{}</p:spTree></p:cSld>"
                     "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>"
                     "<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\"><a:defRPr sz=\"2400\" b=\"1\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>"
                     "<a:latin typeface=\"+mj-lt\"/><a:ea typeface=\"+mj-ea\"/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>{}</p:bodyStyle><p:otherStyle/></p:txStyles></p:sldMaster>",
                     kHead, kSpaces, kEmptyTree, title_placeholder(), levels);
}

std::string content_types(std::size_t slide_count) {
  constexpr std::string_view kOffice = "application/vnd.openxmlformats-officedocument.";
  std::string overrides;
  const auto add = [&](std::string_view part, std::string_view type) { overrides += fmt::format("<Override PartName=\"/{}\" ContentType=\"{}{}\"/>", part, kOffice, type); };
  add("ppt/presentation.xml", "presentationml.presentation.main+xml");
  add("ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster+xml");
  add("ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout+xml");
  add("ppt/theme/theme1.xml", "theme+xml");
  for (std::size_t i = 1; i <= slide_count; ++i) add(fmt::format("ppt/slides/slide{}.xml", i), "presentationml.slide+xml");
  return fmt::format("{}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                     "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>"
                     "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>{}</Types>",
                     kHead, overrides);
}

}  // namespace

std::string relations_xml(const std::vector<Relation>& relations) {
  std::string rows;
  for (const Relation& relation : relations) {
    rows += fmt::format("<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/{}/2006/relationships/{}\" Target=\"{}\"/>", relation.id,
                        relation.kind == "metadata/core-properties" ? "package" : "officeDocument", relation.kind, relation.target);
  }
  return fmt::format("{}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>", kHead, rows);
}

std::vector<std::pair<std::string, std::string>> frame_parts(std::size_t slide_count, std::string_view title, std::string_view language) {
  std::vector<Relation> relations = {{"rId1", "slideMaster", "slideMasters/slideMaster1.xml"}, {"rId2", "theme", "theme/theme1.xml"}};
  std::string slides;
  for (std::size_t i = 1; i <= slide_count; ++i) {
    relations.push_back({fmt::format("rId{}", i + 2), "slide", fmt::format("slides/slide{}.xml", i)});
    slides += fmt::format("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 255 + i, i + 2);
  }
  return {
      {"[Content_Types].xml", content_types(slide_count)},
      {"_rels/.rels", relations_xml({{"rId1", "officeDocument", "ppt/presentation.xml"}, {"rId2", "metadata/core-properties", "docProps/core.xml"}})},
      {"docProps/core.xml", fmt::format("{}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title>"
                                        "<dc:creator>Jianwei</dc:creator><dc:language>{}</dc:language></cp:coreProperties>",
                                        kHead, escape_xml(title), language)},
      {"ppt/presentation.xml", fmt::format("{}<p:presentation {}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:sldIdLst>{}</p:sldIdLst><p:sldSz cx=\"{}\" cy=\"{}\"/>"
                                           "<p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>",
                                           kHead, kSpaces, slides, kSlideWidth, kSlideHeight)},
      {"ppt/_rels/presentation.xml.rels", relations_xml(relations)},
      {"ppt/theme/theme1.xml", theme_xml()},
      {"ppt/slideMasters/slideMaster1.xml", master_xml()},
      {"ppt/slideMasters/_rels/slideMaster1.xml.rels", relations_xml({{"rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"}, {"rId2", "theme", "../theme/theme1.xml"}})},
      {"ppt/slideLayouts/slideLayout1.xml", fmt::format("{}<p:sldLayout {} type=\"titleOnly\"><p:cSld name=\"Title only\"><p:spTree>{}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>", kHead, kSpaces, kEmptyTree, title_placeholder())},
      {"ppt/slideLayouts/_rels/slideLayout1.xml.rels", relations_xml({{"rId1", "slideMaster", "../slideMasters/slideMaster1.xml"}})},
  };
}

}  // namespace jianwei::products
