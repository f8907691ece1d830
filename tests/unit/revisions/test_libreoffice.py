"""Marks that no document made in Word was at hand for: LibreOffice's own accept-all and reject-all as a second reader.

Where LibreOffice differs from the standard, `DIFFERS` says how, and holds what it gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from handouts.revisions import read_document, view_of
from tests.office import HAS_OFFICE, resolved
from tests.unit.revisions.documents import (
    BY,
    DEL,
    FROM,
    INS,
    TO,
    box,
    dele,
    gone,
    ins,
    p,
    part,
    saved,
    t,
    tbl,
    tc,
    tr,
)

pytestmark = pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not here")

CELL_INS, CELL_DEL = (f'<w:{name} w:id="1" {BY}/>' for name in ("cellIns", "cellDel"))
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
SEPARATORS = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
MOVE = '<w:move{0}RangeStart w:id="{1}" w:name="move7" {2}/>{3}<w:move{0}RangeEnd w:id="{1}"/>'
CHANGE = f'<w:{{0}}Change w:id="1" {BY}>{{1}}</w:{{0}}Change>'

BODIES: Mapping[str, str] = {
    "ins and del": p(t("毎") + dele("週") + ins("月")),
    "del in ins": p(t("甲") + f'<w:ins w:id="1" {BY}><w:del w:id="2" {BY}>{gone("乙")}</w:del></w:ins>' + t("丙")),
    "a mark inserted (split)": p(t("甲"), INS) + p(t("乙")),
    "a mark deleted (merge)": p(t("甲"), DEL) + p(t("乙")),
    "marks of several paragraphs": p(t("甲"), DEL) + p(t("乙"), DEL) + p(t("丙")) + p(t("丁"), INS) + p(t("戊")),
    "a paragraph inserted": p(t("甲")) + p(ins("乙"), INS) + p(t("丙")),
    "a paragraph deleted": p(t("甲")) + p(dele("乙"), DEL) + p(t("丙")),
    "words inserted before an inserted paragraph": p(t("甲") + ins("乙")) + p(ins("丙"), INS) + p(t("丁")),
    "empty paragraphs": p(t("甲")) + p("", INS) + p("", DEL) + p(t("丙")),
    "a move of a paragraph": p(t("甲")) + MOVE.format("From", 3, BY, p(f'<w:moveFrom w:id="5" {BY}>{t("移す")}</w:moveFrom>', FROM))
    + p(t("乙")) + MOVE.format("To", 4, BY, p(f'<w:moveTo w:id="6" {BY}>{t("移す")}</w:moveTo>', TO)) + p(t("丙")),
    "a row inserted": tbl(tr(tc(p(t("甲")))), tr(tc(p(ins("乙"), INS)), mark=INS), tr(tc(p(t("丙"))))) + p(t("後")),
    "a row deleted": tbl(tr(tc(p(t("甲")))), tr(tc(p(dele("乙"), DEL)), mark=DEL), tr(tc(p(t("丙"))))) + p(t("後")),
    "a row inserted whose text bears no marks": tbl(tr(tc(p(t("甲")))), tr(tc(p(t("乙"))), mark=INS)) + p(t("後")),
    "a whole table deleted": p(t("前")) + tbl(tr(tc(p(dele("甲"), DEL)), mark=DEL)) + p(t("後")),
    "a cell inserted": tbl(tr(tc(p(t("甲"))), tc(p(ins("乙")), CELL_INS))) + p(t("後")),
    "a cell deleted": tbl(tr(tc(p(t("甲"))), tc(p(dele("乙")), CELL_DEL))) + p(t("後")),
    "a mark deleted at the end of a cell": tbl(tr(tc(p(t("甲")) + p(dele("乙"), DEL)), tc(p(t("丙"))))) + p(t("後")),
    "a mark deleted before a table": p(t("前")) + p(dele("甲"), DEL) + tbl(tr(tc(p(t("乙"))))) + p(t("後")),
    "a mark with text deleted before a table": p(t("前"), DEL) + tbl(tr(tc(p(t("乙"))))) + p(t("後")),
    "a mark deleted at the end": p(t("甲")) + p(dele("乙"), DEL),
    "a nested table": tbl(tr(tc(tbl(tr(tc(p(t("甲") + ins("乙")))), tr(tc(p(dele("丙"), DEL)), mark=DEL)) + p(t("中"))))) + p(t("後")),
    "a text box": p(t("甲") + box(p(t("箱") + ins("の中")) + p(dele("消す"), DEL) + p(t("末")))) + p(t("乙")),
    "a content control": p(t("甲") + f"<w:sdt><w:sdtPr><w:alias w:val='題'/></w:sdtPr><w:sdtContent>{t('乙')}</w:sdtContent></w:sdt>" + ins("丙")),
    "a link": p(t("甲") + f'<w:hyperlink w:anchor="a">{t("乙")}<w:ins w:id="1" {BY}>{t("丙")}</w:ins></w:hyperlink>'),
    "sectPrChange": p(t("甲") + ins("乙"), properties=f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{CHANGE.format("sectPr", "<w:sectPr/>")}</w:sectPr>') + p(t("乙")),
    "trPrChange": tbl(tr(tc(p(t("甲") + ins("乙"))), mark=f'<w:cantSplit/>{CHANGE.format("trPr", "<w:trPr/>")}')) + p(),
    "rPrChange and pPrChange": p(f'<w:r><w:rPr><w:b/>{CHANGE.format("rPr", "<w:rPr/>")}</w:rPr><w:t>甲</w:t></w:r>' + dele("乙"), properties=f'<w:jc w:val="center"/>{CHANGE.format("pPr", "<w:pPr/>")}'),
}  # fmt: skip
PARTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "header": (p(t("甲")), {"header1": part("hdr", p(t("頭") + ins("1") + dele("2")) + p(dele("3"), DEL) + p(t("末")))}),
    "footer": (p(t("甲")), {"footer1": part("ftr", p(t("足"), INS) + p(t("1")))}),
    "footnote": (p(t("甲") + NOTE), {"footnotes": part("footnotes", SEPARATORS + f'<w:footnote w:id="2">{p(t("注") + ins("1") + dele("2"))}</w:footnote>')}),
    "a footnote deleted": (p(t("甲") + f'<w:del w:id="1" {BY}>{NOTE}</w:del>'), {"footnotes": part("footnotes", SEPARATORS + f'<w:footnote w:id="2">{p(t("注"))}</w:footnote>')}),
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, Path, Path]]:
    """For each name the document, and what LibreOffice made of it: all rejected, all accepted."""
    folder = tmp_path_factory.mktemp("given")
    cases = {name: (body, {}) for name, body in BODIES.items()} | dict(PARTS)
    files = {name: saved(folder, *case, name=f"{n}.docx") for n, (name, case) in enumerate(cases.items())}
    made = resolved(list(files.values()), tmp_path_factory.mktemp("made"))
    return {name: (file, *made[file.name]) for name, file in files.items()}


def texts(file: Path, side: str) -> dict[str, list[str]]:
    """The paragraphs of each kind of story in a view; stories that are not there or empty are left out."""
    found: dict[str, list[str]] = {}
    for story in read_document(file).stories:
        lines = [one.text.strip() for one in view_of(story, "before" if side == "before" else "after")]
        if any(lines):
            found.setdefault(story.kind, []).extend(lines)
    return found


DIFFERS: Mapping[tuple[str, str], Mapping[str, list[str]]] = {
    # What was inserted and then deleted is nowhere; LibreOffice undoes one of the two marks.
    ("del in ins", "before"): {"body": ["甲乙丙"]},
    ("del in ins", "after"): {"body": ["甲乙丙"]},
    # An inserted row is not there before, whatever stands in it; LibreOffice asks its text.
    ("a row inserted whose text bears no marks", "before"): {"body": ["甲", "乙", "後"]},
    # A mark that bears nothing stays; LibreOffice takes insertions on both sides of it for one.
    ("words inserted before an inserted paragraph", "before"): {"body": ["甲丁"]},
    # A deleted paragraph goes with its mark (ECMA-376, 17.13.5.15), as in Word; LibreOffice can only join it to one below.
    ("a mark deleted at the end of a cell", "after"): {"body": ["甲", "", "丙", "後"]},
    ("a mark deleted before a table", "after"): {"body": ["前", "", "乙", "後"]},
    ("a mark deleted at the end", "after"): {"body": ["甲", ""]},
}


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("name", [*BODIES, *PARTS])
def test_libreoffice_reads_the_same(
    results: Mapping[str, tuple[Path, Path, Path]], name: str, side: str
) -> None:
    file, rejected, accepted = results[name]
    made = rejected if side == "before" else accepted
    assert texts(made, side) == DIFFERS.get((name, side), texts(file, side))
