"""One run from top to bottom: read, check, compose, render, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from handouts.compose import DEFAULT_KIND, HANDOUTS, Handout, file_stem
from handouts.dataset.model import Datasets
from handouts.files import file_name, write_files
from handouts.findings import Finding, HandoutError, Place
from handouts.look.fonts import missing_characters, missing_findings
from handouts.look.pictures import Drawing
from handouts.page.html_page import Page, refused_findings
from handouts.page.pdf import Pdf, PdfUnavailable, write_pdf
from handouts.page.rendering import render_page
from handouts.page.standalone import standalone_page
from handouts.runs.settings import Workshop
from handouts.runs.sources import Source, read_source

_ANNEX = "xlsx"


@dataclass(frozen=True, slots=True)
class Product:
    """One written file of a handout; `pages` only where the format has them."""

    path: Path
    pages: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Built:
    """What came of one dataset: the files, and all that was found wrong or odd."""

    dataset: str
    products: tuple[Product, ...]
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether something that was asked for was not made."""
        return not self.products or any(finding.severity == "error" for finding in self.findings)


def build_dataset(path: Path, kinds: Sequence[str], formats: Sequence[str], workshop: Workshop) -> Built:
    """Builds the handouts of the dataset at `path`; nothing is written where a fault stands.

    `kinds` empty means the handouts that the dataset itself lists, or 資料2-1 where it lists none.
    """
    workshop.progress(f"{path.name} を読んでいます")
    source = read_source(path)
    findings = workshop.findings + source.findings
    products: tuple[Product, ...] = ()
    stops = source.stops(workshop.strict) or (workshop.strict and workshop.findings)
    if source.dataset is not None and not stops:
        for kind in kinds or tuple(source.dataset.handouts) or (DEFAULT_KIND,):
            made, odd = _build_kind(source, kind, formats, workshop)
            products += made
            findings += odd
    return Built(source.name, products, findings)


def _build_kind(
    source: Source, kind: str, formats: Sequence[str], workshop: Workshop
) -> tuple[tuple[Product, ...], tuple[Finding, ...]]:
    assert source.dataset is not None
    workshop.progress(f"{source.name} の資料「{HANDOUTS[kind].name}」を組み立てています")
    datasets = Datasets(source.dataset, source.previous, source.earlier)
    handout = HANDOUTS[kind].compose(datasets)
    workshop = replace(workshop, look=workshop.look.of_kind(kind))
    page = Page("") if set(formats) == {_ANNEX} else _page(kind, handout, formats, workshop)
    missing = missing_characters(page.html, workshop.fonts)
    if missing:
        return (), missing_findings(missing, source.places, Place(source.name))
    files = _make(formats, _Content(kind, datasets, handout, page), workshop)
    findings = tuple(finding for file in files for finding in file.findings)
    if workshop.strict and findings:
        return (), findings
    stem = file_name(file_stem(kind, source.dataset, handout))
    return _write(workshop.out / source.name, stem, files), findings


def _page(kind: str, handout: Handout, formats: Sequence[str], workshop: Workshop) -> Page:
    """The page from which PDF and Word are made."""
    pictures = _draw(handout, {"svg"} if {"pdf", "html"} & set(formats) else set(), workshop)
    return render_page(kind, handout, workshop.look, workshop.fonts, workshop.templates, pictures)


def _draw(handout: Handout, formats: Collection[str], workshop: Workshop) -> Mapping[str, Drawing]:
    """Every chart by its id, drawn in `formats`."""
    if not handout.charts:
        return {}
    workshop.progress("グラフを描いています")
    from handouts.charts import draw

    return {chart.id: draw(chart, workshop.look, workshop.fonts, formats) for chart in handout.charts}


@dataclass(frozen=True, slots=True)
class _Content:
    """What the files of a handout are made of; an empty page where only the annex is made."""

    kind: str
    datasets: Datasets
    handout: Handout
    page: Page


@dataclass(frozen=True, slots=True)
class _File:
    """One format of a handout, not yet written; no content where it could not be made."""

    format: str
    content: bytes | None
    seconds: float
    pages: int | None = None
    findings: tuple[Finding, ...] = ()


def _write(folder: Path, stem: str, files: Sequence[_File]) -> tuple[Product, ...]:
    made = {f"{stem}.{file.format}": file for file in files if file.content is not None}
    paths = write_files(
        folder, {name: file.content for name, file in made.items() if file.content is not None}
    )
    return tuple(
        Product(path, file.pages, file.seconds) for path, file in zip(paths, made.values(), strict=True)
    )


def _make(formats: Sequence[str], content: _Content, workshop: Workshop) -> list[_File]:
    """The formats in their order; the PDF is begun first, so that it is made while the others are."""
    start = time.perf_counter()
    pdf = _begin_pdf(content.page, workshop) if "pdf" in formats else None
    files = {wanted: _make_here(wanted, content, workshop) for wanted in formats if wanted != "pdf"}
    if pdf is not None:
        workshop.progress("PDF を作っています")
        files["pdf"] = _finish_pdf(pdf, start, workshop)
    if all(file.content is None and not file.findings for file in files.values()):
        return [_File(_ANNEX, None, 0.0, findings=(_no_figures(content),))]
    return [files[wanted] for wanted in formats]


def _make_here(wanted: str, content: _Content, workshop: Workshop) -> _File:
    start = time.perf_counter()
    workshop.progress(f"{wanted.upper()} を作っています")
    made: bytes | None
    findings: tuple[Finding, ...] = ()
    if wanted == _ANNEX:
        made = _annex(content, workshop)
    elif wanted == "html":
        html, refused = standalone_page(content.page)
        made, findings = html.encode(), refused_findings(refused, workshop.templates)
    else:
        made = _word(content, workshop)
    return _File(wanted, made, time.perf_counter() - start, findings=findings)


def _annex(content: _Content, workshop: Workshop) -> bytes | None:
    """The workbook of the figures; None where the handout has none."""
    from handouts.annex.writing import write_annex
    from handouts.compose.annex import compose_annex

    annex = compose_annex(content.kind, content.datasets, content.handout.front)
    return None if annex is None else write_annex(annex, workshop.look, _created(content, workshop))


def _no_figures(content: _Content) -> Finding:
    return Finding(
        place=Place(content.datasets.this.name),
        found=f"資料「{HANDOUTS[content.kind].name}」には、Excel の別紙に載せる数字（KPI、月別の表、予算）がありません",
        allowed="",
        remedy="数字を入力するか、ほかの形式（pdf、docx）だけを作ってください",
    )


def _word(content: _Content, workshop: Workshop) -> bytes:
    from handouts.word import UnknownMarkup, write_word

    # Drawn here, while the PDF is already being made.
    pictures = _draw(content.handout, {"png"}, workshop)
    created = _created(content, workshop)
    try:
        return write_word(content.page.html, workshop.look, workshop.word_template, created, pictures)
    except UnknownMarkup as error:
        raise HandoutError(
            f"テンプレートに、Word にできない書き方があります（{error}）。templates フォルダーのファイルを見直してください。"
        ) from None


def _created(content: _Content, workshop: Workshop) -> datetime:
    """The time that the files bear: the one that was set, else the day of the meeting."""
    return workshop.created or datetime.combine(content.handout.front.date, datetime.min.time(), UTC)


def _begin_pdf(page: Page, workshop: Workshop) -> Callable[[], Pdf]:
    """What gives the PDF when it is called; a press works on it meanwhile."""
    press = workshop.press
    if press is None:
        return lambda: write_pdf(page, workshop.progress)
    begun = press.start(page)
    return lambda: press.wait(begun)


def _finish_pdf(pdf: Callable[[], Pdf], start: float, workshop: Workshop) -> _File:
    try:
        made = pdf()
    except PdfUnavailable as error:
        return _File("pdf", None, 0.0, findings=(Finding(Place("PDF"), str(error), "", ""),))
    findings = (
        *_pdf_findings(made.overflows, made.complaints),
        *refused_findings(made.refused, workshop.templates),
    )
    return _File("pdf", made.content, time.perf_counter() - start, made.pages, findings)


def _pdf_findings(overflows: Sequence[str], complaints: Sequence[str]) -> tuple[Finding, ...]:
    remedy = "文を短くするか、表の列の幅（templates/look.toml）を広げてください"
    return (
        *(
            Finding(Place("PDF"), f"文字が枠からはみ出しています: {text}", "", remedy, "warning")
            for text in overflows
        ),
        *(
            Finding(Place("PDF"), f"PDF を作る部品からの知らせ: {text.rstrip('.')}", "", "", "warning")
            for text in complaints
        ),
    )
