"""The formats of a handout: which there are, and how each is made.

What makes them is loaded where it is needed, so that the commands can name them at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from handouts import __version__
from handouts.findings import Finding, HandoutError, Place, Rule

if TYPE_CHECKING:
    from handouts.compose import Handout
    from handouts.dataset.kinds import HandoutKind
    from handouts.dataset.model import Datasets
    from handouts.look.pictures import Drawing
    from handouts.page.html_page import HtmlPage
    from handouts.page.pdf import Pdf
    from handouts.runs.settings import BuildSettings
    from handouts.word import Provenance


OUT = Path("output")  # where handouts are written unless somebody says otherwise
PDF_UNAVAILABLE = Rule("pdf.unavailable", "{reason}")
OVERFLOW = Rule(
    "pdf.overflow",
    "文字が枠からはみ出しています: {text}",
    remedy="文を短くするか、表の列の幅（templates/look.toml）を広げてください",
    severity="warning",
)
COMPLAINT = Rule("pdf.complaint", "PDF を作る部品からの知らせ: {text}", severity="warning")


@dataclass(frozen=True, slots=True)
class Content:
    """What the files of a handout are made of; no page where no format is made of it."""

    kind: HandoutKind
    datasets: Datasets
    handout: Handout
    page: HtmlPage

    def created(self, settings: BuildSettings) -> datetime:
        """The time that the files bear: the one that was set, else the day of the meeting."""
        return settings.created or datetime.combine(self.handout.front.date, datetime.min.time(), UTC)


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A handout in one format, not yet written; empty where it could not be made."""

    content: bytes
    seconds: float
    pages: int | None = None
    findings: tuple[Finding, ...] = ()


# What finishes a file that was begun.
Finish: TypeAlias = Callable[[], MadeFile]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format: how a file of it is begun, and how its page shows charts, empty where it is not made of a page.

    `note` stands behind its id in the help. A usual one is made where nobody says which. `runs_beside`: it is made in
    another process meanwhile, and so begun before and finished after the others.
    """

    id: str
    begin: Callable[[Content, BuildSettings], Finish]
    charts_as: Literal["svg", "png", ""]
    note: str = ""
    is_usual: bool = True
    is_mailed: bool = True
    runs_beside: bool = False


def draw_charts(handout: Handout, formats: Collection[str], settings: BuildSettings) -> Mapping[str, Drawing]:
    """Every chart by its id, drawn in `formats`."""
    if not handout.charts:
        return {}
    settings.progress("グラフを描いています")
    from handouts.charts import draw

    return {chart.id: draw(chart, settings.look, settings.fonts, formats) for chart in handout.charts}


def _begin_pdf(content: Content, settings: BuildSettings) -> Finish:
    from handouts.page.pdf import write_pdf

    start = time.perf_counter()
    process = settings.pdf_process
    if process is None:
        return partial(_finish_pdf, partial(write_pdf, content.page, settings.progress), start, settings)
    process.start(content.page)
    return partial(_finish_pdf, process.wait, start, settings)


def _finish_pdf(pdf: Callable[[], Pdf], start: float, settings: BuildSettings) -> MadeFile:
    from handouts.page.pdf import PdfUnavailable

    try:
        made = pdf()
    except PdfUnavailable as error:
        return MadeFile(b"", 0.0, findings=(PDF_UNAVAILABLE.at(Place("PDF"), reason=str(error)),))
    return MadeFile(made.content, time.perf_counter() - start, made.pages, findings_of(made, settings))


def findings_of(pdf: Pdf, settings: BuildSettings) -> tuple[Finding, ...]:
    """What is odd in a PDF: texts that leave their cells, what the library said, files that it was not given."""
    from handouts.page.html_page import refused_findings

    refused = refused_findings(pdf.refused, settings.templates)
    return (*map(_overflow, pdf.overflows), *map(_complaint, pdf.complaints), *refused)


def _overflow(text: str) -> Finding:
    return OVERFLOW.at(Place("PDF"), text=text)


def _complaint(text: str) -> Finding:
    return COMPLAINT.at(Place("PDF"), text=text.rstrip("."))


def _begin_here(
    make: Callable[[Content, BuildSettings], bytes], content: Content, settings: BuildSettings
) -> Finish:
    """Nothing is begun yet: the file is made when it is asked for."""

    def finish() -> MadeFile:
        start = time.perf_counter()
        made = make(content, settings)
        return MadeFile(made, time.perf_counter() - start)

    return finish


def word_of(content: Content, settings: BuildSettings) -> bytes:
    """The handout as Word."""
    from handouts.word import UnknownMarkup, write_word

    # Drawn here, while the PDF is already being made.
    pictures = draw_charts(content.handout, {"png"}, settings)
    try:
        return write_word(
            content.page.html,
            settings.look,
            settings.word_template,
            content.created(settings),
            pictures,
            _provenance(content),
            is_tracked=settings.tracking and content.datasets.this.edition != "最終",
        )
    except UnknownMarkup as error:
        raise HandoutError(
            f"テンプレートに、Word にできない書き方があります（{error}）。templates フォルダーのファイルを見直してください。"
        ) from None


def _provenance(content: Content) -> Provenance:
    """What the Word file says of itself beside its page, so that it can be read back."""
    from handouts.measures.sources import Sources
    from handouts.origin import OriginHead
    from handouts.word import Provenance

    this, previous, earlier = content.datasets.this, content.datasets.previous, content.datasets.earlier
    head = OriginHead(
        program=__version__,
        dataset=this.name,
        fiscal_year=this.fiscal_year.year,
        edition=this.edition,
        kind=content.kind.id,
        previous=previous.name if previous else "",
        earlier=earlier.name if earlier else "",
    )
    return Provenance(head, Sources(content.datasets).text)


def _annex(content: Content, settings: BuildSettings) -> bytes:
    """The workbook of the figures; empty where the handout has none."""
    from handouts.annex.writing import write_annex
    from handouts.compose.annex import compose_annex

    annex = compose_annex(content.kind, content.handout, content.datasets)
    return b"" if annex is None else write_annex(annex, settings.look, content.created(settings))


def _begin_html(content: Content, settings: BuildSettings) -> Finish:
    def finish() -> MadeFile:
        from handouts.page.html_page import refused_findings
        from handouts.page.standalone import standalone_page

        start = time.perf_counter()
        html, refused = standalone_page(content.page)
        findings = refused_findings(refused, settings.templates)
        return MadeFile(html.encode(), time.perf_counter() - start, findings=findings)

    return finish


PDF = FileFormat("pdf", _begin_pdf, "svg", runs_beside=True)
WORD = FileFormat("docx", partial(_begin_here, word_of), "png")
ANNEX = FileFormat("xlsx", partial(_begin_here, _annex), "", note="（別紙）")
HTML = FileFormat("html", _begin_html, "svg", is_usual=False, is_mailed=False)
FORMATS: Mapping[str, FileFormat] = {each.id: each for each in (PDF, WORD, ANNEX, HTML)}
"""Every format by its id, in the order in which they are named."""
USUAL_FORMATS = tuple(each.id for each in FORMATS.values() if each.is_usual)
MAILED_FORMATS = tuple(each.id for each in FORMATS.values() if each.is_mailed)
"""Those that a mail may carry; the first is what it carries where nobody says otherwise."""
