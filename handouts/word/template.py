"""templates/template.docx; `python -m handouts.word.template look.toml template.docx` makes it again.

python-docx's own template forces ＭＳ 明朝 through its theme and brings a customXml part; this one brings only
what Word needs, and our font in theme and defaults.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lxml import etree

from handouts.look.values import FontLook, Look, read_look
from handouts.word.ooxml import W
from handouts.word.package import zip_parts
from handouts.word.style_sheet import write_styles

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPC = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEADINGS = ("cover-title", "pillar", "topic", "section", "measure")
"""The looks of heading 1 to 5 in the template; each document sets those that it uses."""

_PARTS = {
    "word/document.xml": f"{_WORD_TYPE}.document.main+xml",
    "word/styles.xml": f"{_WORD_TYPE}.styles+xml",
    "word/settings.xml": f"{_WORD_TYPE}.settings+xml",
    "word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}

_DOCUMENT = f"""<w:document xmlns:w="{W}"><w:body><w:p/><w:sectPr/></w:body></w:document>"""

_SETTINGS = f"""<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="840"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:strictFirstAndLastChars/>
<w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification"
 w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
<w:compatSetting w:name="differentiateMultirowTableHeaders"
 w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
</w:compat>
<w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/>
</w:settings>"""

_STYLES = f"""<w:styles xmlns:w="{W}">
<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"
 w:defQFormat="0" w:count="376"/>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/><w:basedOn w:val="Normal"/>
<w:uiPriority w:val="99"/><w:unhideWhenUsed/></w:style>
<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>
<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>
</w:styles>"""

_CORE = f"""<cp:coreProperties xmlns:cp="{_OPC}/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:language>ja</dc:language></cp:coreProperties>"""

_RELATIONSHIPS = f"""<Relationships xmlns="{_OPC}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_OPC}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""

_DOCUMENT_RELATIONSHIPS = f"""<Relationships xmlns="{_OPC}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>
<Relationship Id="rId3" Type="{_OFFICE}/fontTable" Target="fontTable.xml"/>
<Relationship Id="rId4" Type="{_OFFICE}/theme" Target="theme/theme1.xml"/>
</Relationships>"""

_THEME_COLORS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "404040", "lt2": "E6ECF2", "accent1": "2F5D8A", "accent2": "B25D2B",
    "accent3": "6F6F6F", "accent4": "B08A1E", "accent5": "3E7CB1", "accent6": "4F7F3A", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip


def make_template(look: Look) -> bytes:
    """The base of every Word file: settings, theme, and the styles of `look`."""
    return zip_parts(
        {
            "[Content_Types].xml": _xml(_content_types()),
            "_rels/.rels": _xml(_RELATIONSHIPS),
            "word/_rels/document.xml.rels": _xml(_DOCUMENT_RELATIONSHIPS),
            "word/document.xml": _xml(_DOCUMENT),
            "word/styles.xml": _styles(look),
            "word/settings.xml": _xml(_SETTINGS),
            "word/fontTable.xml": _xml(_font_table(look.font)),
            "word/theme/theme1.xml": _xml(_theme(look.font.word)),
            "docProps/core.xml": _xml(_CORE),
        }
    )


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _PARTS.items()
    )
    return f"""<Types xmlns="{_OPC}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>"""


def _styles(look: Look) -> bytes:
    styles = _parsed(_STYLES)
    write_styles(styles, look, {f"Heading{level}": (level, name) for level, name in enumerate(_HEADINGS, 1)})
    return _serialized(styles)


def _font_table(font: FontLook) -> str:
    """The other name of the font helps where Word knows it under its English name only."""
    return f"""<w:fonts xmlns:w="{W}"><w:font w:name="{font.word}"><w:altName w:val="{font.family}"/>
<w:charset w:val="80"/><w:family w:val="modern"/><w:pitch w:val="fixed"/></w:font></w:fonts>"""


def _theme(font: str) -> str:
    colors = "".join(f'<a:{n}><a:srgbClr val="{c}"/></a:{n}>' for n, c in _THEME_COLORS.items())
    fonts = f'<a:latin typeface="{font}"/><a:ea typeface="{font}"/><a:cs typeface="{font}"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = '<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return f"""<a:theme xmlns:a="{_DRAWING}" name="handouts"><a:themeElements>
<a:clrScheme name="handouts">{colors}</a:clrScheme>
<a:fontScheme name="handouts"><a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>
<a:fmtScheme name="handouts"><a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst>
<a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme>
</a:themeElements></a:theme>"""


def _xml(text: str) -> bytes:
    return _serialized(_parsed(text))


def _parsed(text: str) -> etree._Element:
    return etree.fromstring(text, etree.XMLParser(remove_blank_text=True))


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


if __name__ == "__main__":
    look_file, template_file = map(Path, sys.argv[1:])
    template_file.write_bytes(make_template(read_look(look_file)))
