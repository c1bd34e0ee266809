#!/usr/bin/env python3
"""Makes data/report_reference.docx, which gives DOCX reports their look: pandoc's own reference document with our page, fonts, colours and tables.

    tools/make_reference_docx.py data/report_reference.docx      # needs pandoc; run again when the look changes
"""
import io
import re
import subprocess
import sys
import zipfile

FONTS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Microsoft YaHei" w:cs="Calibri" />'
PAGE = ('<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter" /><w:pgSz w:w="11906" w:h="16838" />'
        '<w:pgMar w:top="1134" w:right="1020" w:bottom="1134" w:left="1020" w:header="567" w:footer="567" w:gutter="0" /></w:sectPr>')
FOOTER = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="right" /></w:pPr>'
          '<w:r><w:rPr><w:color w:val="98A2B3" /><w:sz w:val="16" /></w:rPr><w:t xml:space="preserve">Jianwei 见微 · </w:t></w:r>'
          '<w:r><w:rPr><w:color w:val="98A2B3" /><w:sz w:val="16" /></w:rPr><w:fldChar w:fldCharType="begin" /></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
          '<w:r><w:fldChar w:fldCharType="end" /></w:r></w:p></w:ftr>')


def style(text: str, name: str, paragraph: str, run: str) -> str:
    """Replaces the pPr and rPr of one style."""
    def change(match: re.Match) -> str:
        body = re.sub(r"\s*<w:pPr>.*?</w:pPr>", "", match.group(2), flags=re.S)
        body = re.sub(r"\s*<w:rPr>.*?</w:rPr>", "", body, flags=re.S)
        return f"{match.group(1)}{body}<w:pPr>{paragraph}</w:pPr><w:rPr>{FONTS}{run}</w:rPr></w:style>"
    changed, count = re.subn(rf'(<w:style [^>]*w:styleId="{name}"[^>]*>)(.*?)</w:style>', change, text, flags=re.S)
    assert count == 1, f"pandoc's reference document has no style {name}"
    return changed


def table_style(text: str) -> str:
    line = 'w:val="single" w:sz="4" w:space="0" w:color="{}"'
    table = ('<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table" /><w:basedOn w:val="TableNormal" /><w:qFormat />'
             '<w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto" /></w:pPr><w:rPr><w:sz w:val="17" /><w:szCs w:val="17" /></w:rPr>'
             f'<w:tblPr><w:tblBorders><w:top {line.format("98A2B3")} /><w:bottom {line.format("98A2B3")} /><w:insideH {line.format("E4E7EC")} /></w:tblBorders>'
             '<w:tblCellMar><w:top w:w="20" w:type="dxa" /><w:left w:w="60" w:type="dxa" /><w:bottom w:w="20" w:type="dxa" /><w:right w:w="60" w:type="dxa" /></w:tblCellMar></w:tblPr>'
             '<w:tblStylePr w:type="firstRow"><w:rPr><w:b /><w:color w:val="667085" /></w:rPr><w:tblPr /><w:tcPr>'
             f'<w:tcBorders><w:bottom {line.format("98A2B3")} /></w:tcBorders><w:vAlign w:val="bottom" /></w:tcPr></w:tblStylePr></w:style>')
    changed, count = re.subn(r'<w:style [^>]*w:styleId="Table"[^>]*>.*?</w:style>', lambda _: table, text, flags=re.S)
    assert count == 1
    return changed


def main() -> None:
    default = subprocess.run(["pandoc", "--print-default-data-file", "reference.docx"], check=True, capture_output=True).stdout
    source = zipfile.ZipFile(io.BytesIO(default))
    parts = {name: source.read(name) for name in source.namelist()}

    styles = parts["word/styles.xml"].decode()
    styles = re.sub(r"<w:rFonts w:asciiTheme=\"minorHAnsi\"[^>]*/>\s*<w:sz w:val=\"24\" />\s*<w:szCs w:val=\"24\" />", FONTS + '<w:sz w:val="20" /><w:szCs w:val="20" />', styles, count=1)
    body = '<w:spacing w:before="60" w:after="80" w:line="276" w:lineRule="auto" />'
    styles = style(styles, "BodyText", body, "")
    styles = style(styles, "Compact", '<w:spacing w:before="10" w:after="10" />', '<w:sz w:val="17" /><w:szCs w:val="17" />')
    keep = "<w:keepNext /><w:keepLines />"
    for level, (size, before, color) in enumerate([(40, 120, "101828"), (28, 360, "0072B2"), (23, 240, "1F2733"), (18, 120, "344054")], 1):
        styles = style(styles, f"Heading{level}", f'{keep}<w:spacing w:before="{before}" w:after="80" /><w:outlineLvl w:val="{level - 1}" />', f'<w:b /><w:bCs /><w:color w:val="{color}" /><w:sz w:val="{size}" /><w:szCs w:val="{size}" />')
    styles = style(styles, "TableCaption", f'{keep}<w:spacing w:before="160" w:after="60" />', '<w:b /><w:sz w:val="20" />')
    parts["word/styles.xml"] = table_style(styles).encode()

    document = parts["word/document.xml"].decode()
    document, count = re.subn(r"<w:sectPr\b.*?(</w:sectPr>|/>)", lambda _: PAGE, document, flags=re.S)
    assert count >= 1, "pandoc's reference document has no page"
    parts["word/document.xml"] = document.encode()
    parts["word/footer1.xml"] = FOOTER.encode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", '<Relationship Id="rIdFooter" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml" /></Relationships>').encode()
    types = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = types.replace("</Types>", '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml" /></Types>').encode()

    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # dated 1980: the same input gives the same bytes


if __name__ == "__main__":
    main()
