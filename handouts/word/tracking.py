"""Whether Word keeps track of what is changed in the file: a setting of the document."""

from __future__ import annotations

from docx.document import Document

from handouts.word.ooxml import toggle, w

_TRACKING = "trackRevisions"
# What the schema has before it.
_BEFORE = (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
    "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts",
    "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors",
    "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign", "attachedTemplate", "linkStyles",
    "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge", "revisionView",
)  # fmt: skip


def set_tracking(document: Document, is_tracked: bool) -> None:
    """Switches it on, or off where the template has it on."""
    settings = document.settings.element
    for old in settings.findall(w(_TRACKING)):
        settings.remove(old)
    if is_tracked:
        before = {w(name) for name in _BEFORE}
        place = sum(1 for child in settings if child.tag in before)
        settings.insert(place, toggle(_TRACKING))
