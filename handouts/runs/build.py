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
from handouts.page.pdf import Pdf, PdfUnavailable, write_pdf
from handouts.page.rendering import render_page
from handouts.runs.settings import BuildSettings
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


def build_dataset(path: Path, kinds: Sequence[str], formats: Sequence[str], settings: BuildSettings) -> Built:
    """Builds the handouts of the dataset at `path`; nothing is written where a fault stands.

    `kinds` empty means the handouts that the dataset itself lists, or 資料2-1 where it lists none.
    """
    settings.progress(f"{path.name} を読んでいます")
    source = read_source(path)
    findings = source.findings
    products: tuple[Product, ...] = ()
    if source.dataset is not None and not source.stops(settings.strict):
        for kind in kinds or tuple(source.dataset.handouts) or (DEFAULT_KIND,):
            made, odd = _build_kind(source, kind, formats, settings)
            products += made
            findings += odd
    return Built(source.name, products, findings)


def _build_kind(
    source: Source, kind: str, formats: Sequence[str], settings: BuildSettings
) -> tuple[tuple[Product, ...], tuple[Finding, ...]]:
    assert source.dataset is not None
    settings.progress(f"{source.name} の資料「{HANDOUTS[kind].name}」を組み立てています")
    datasets = Datasets(source.dataset, source.previous, source.earlier)
    handout = HANDOUTS[kind].compose(datasets)
    settings = replace(settings, look=settings.look.of_kind(kind))
    html = "" if set(formats) == {_ANNEX} else _page(kind, handout, formats, settings)
    missing = missing_characters(html, settings.fonts)
    if missing:
        return (), missing_findings(missing, source.places, Place(source.name))
    files = _make(formats, _Content(kind, datasets, handout, html), settings)
    findings = tuple(finding for file in files for finding in file.findings)
    if settings.strict and findings:
        return (), findings
    stem = file_name(file_stem(kind, source.dataset, handout))
    return _write(settings.out / source.name, stem, files), findings


def _page(kind: str, handout: Handout, formats: Sequence[str], settings: BuildSettings) -> str:
    """The HTML from which PDF and Word are made."""
    pictures = _draw(handout, {"svg"} if {"pdf", "html"} & set(formats) else set(), settings)
    return render_page(kind, handout, settings.look, settings.fonts, settings.templates, pictures)


def _draw(handout: Handout, formats: Collection[str], settings: BuildSettings) -> Mapping[str, Drawing]:
    """Every chart by its id, drawn in `formats`."""
    if not handout.charts:
        return {}
    settings.progress("グラフを描いています")
    from handouts.charts import draw

    return {chart.id: draw(chart, settings.look, settings.fonts, formats) for chart in handout.charts}


@dataclass(frozen=True, slots=True)
class _Content:
    """What the files of a handout are made of; no page where only the annex is made."""

    kind: str
    datasets: Datasets
    handout: Handout
    html: str


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


def _make(formats: Sequence[str], content: _Content, settings: BuildSettings) -> list[_File]:
    """The formats in their order; the PDF is begun first, so that it is made while the others are."""
    start = time.perf_counter()
    pdf = _begin_pdf(content.html, settings) if "pdf" in formats else None
    files = {wanted: _make_here(wanted, content, settings) for wanted in formats if wanted != "pdf"}
    if pdf is not None:
        settings.progress("PDF を作っています")
        files["pdf"] = _finish_pdf(pdf, start)
    if all(file.content is None and not file.findings for file in files.values()):
        return [_File(_ANNEX, None, 0.0, findings=(_no_figures(content),))]
    return [files[wanted] for wanted in formats]


def _make_here(wanted: str, content: _Content, settings: BuildSettings) -> _File:
    start = time.perf_counter()
    settings.progress(f"{wanted.upper()} を作っています")
    made: bytes | None
    if wanted == _ANNEX:
        made = _annex(content, settings)
    else:
        made = content.html.encode() if wanted == "html" else _word(content, settings)
    return _File(wanted, made, time.perf_counter() - start)


def _annex(content: _Content, settings: BuildSettings) -> bytes | None:
    """The workbook of the figures; None where the handout has none."""
    from handouts.annex.writing import write_annex
    from handouts.compose.annex import compose_annex

    annex = compose_annex(content.kind, content.datasets, content.handout.front)
    return None if annex is None else write_annex(annex, settings.look, _created(content, settings))


def _no_figures(content: _Content) -> Finding:
    return Finding(
        place=Place(content.datasets.this.name),
        found=f"資料「{HANDOUTS[content.kind].name}」には、Excel の別紙に載せる数字（KPI、月別の表、予算）がありません",
        allowed="",
        remedy="数字を入力するか、ほかの形式（pdf、docx）だけを作ってください",
    )


def _word(content: _Content, settings: BuildSettings) -> bytes:
    from handouts.word import UnknownMarkup, write_word

    # Drawn here, while the PDF is already being made.
    pictures = _draw(content.handout, {"png"}, settings)
    created = _created(content, settings)
    try:
        return write_word(content.html, settings.look, settings.word_template, created, pictures)
    except UnknownMarkup as error:
        raise HandoutError(
            f"テンプレートに、Word にできない書き方があります（{error}）。templates フォルダーのファイルを見直してください。"
        ) from None


def _created(content: _Content, settings: BuildSettings) -> datetime:
    """The time that the files bear: the one that was set, else the day of the meeting."""
    return settings.created or datetime.combine(content.handout.front.date, datetime.min.time(), UTC)


def _begin_pdf(html: str, settings: BuildSettings) -> Callable[[], Pdf]:
    """What gives the PDF when it is called; another process works on it meanwhile, where there is one."""
    process = settings.pdf_process
    if process is None:
        return lambda: write_pdf(html, settings.progress)
    process.start(html)
    return process.wait


def _finish_pdf(pdf: Callable[[], Pdf], start: float) -> _File:
    try:
        made = pdf()
    except PdfUnavailable as error:
        return _File("pdf", None, 0.0, findings=(Finding(Place("PDF"), str(error), "", ""),))
    findings = _pdf_findings(made.overflows, made.complaints)
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
