"""One run from top to bottom: read, check, compose, render, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handouts.compose import HANDOUTS, Handout, file_stem
from handouts.errors import Finding, HandoutError, Place
from handouts.files import file_name, write_files
from handouts.fonts import FontFile, find_fonts, missing_characters, missing_findings
from handouts.look import Look, read_look
from handouts.pages import render_page
from handouts.shipped import folders
from handouts.sources import Source, read_source

FORMATS = ("pdf", "docx", "html")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every handout of a run needs: look, fonts, template folders, where to write, how strict to be.

    `created` is the time to write into the files; None for the day of each handout's meeting, since the same
    dataset must give the same bytes again.
    """

    look: Look
    fonts: tuple[FontFile, ...]
    templates: tuple[Path, ...]
    out: Path
    created: datetime | None = None
    strict: bool = False
    progress: Progress = lambda step: None


def open_workshop(
    working_folder: Path,
    out: Path,
    environ: Mapping[str, str],
    strict: bool = False,
    progress: Progress | None = None,
) -> Workshop:
    """The shipped templates and fonts, with those of the working folder before them."""
    templates = folders("templates", working_folder)
    return Workshop(
        look=read_look(_first_file(templates, "look.toml")),
        fonts=find_fonts(folders("fonts", working_folder)),
        templates=templates,
        out=out,
        created=_source_date(environ),
        strict=strict,
        progress=progress or (lambda step: None),
    )


def _first_file(places: Sequence[Path], name: str) -> Path:
    for place in places:
        if (place / name).is_file():
            return place / name
    looked = "、".join(str(place) for place in places)
    raise HandoutError(f"{name} が見つかりません（探した場所: {looked}）。プログラムを入れ直してください。")


def _source_date(environ: Mapping[str, str]) -> datetime | None:
    epoch = environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else None
    except (ValueError, OverflowError, OSError):
        raise HandoutError(
            f"環境変数 SOURCE_DATE_EPOCH の値「{epoch}」は、秒数（整数）として読めません。"
        ) from None


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

    `kinds` empty means the handouts that the dataset itself lists.
    """
    workshop.progress(f"{path.name} を読んでいます")
    source = read_source(path)
    findings = source.findings
    products: tuple[Product, ...] = ()
    if source.dataset is not None and not source.stops(workshop.strict):
        for kind in kinds or tuple(source.dataset.handouts) or tuple(HANDOUTS):
            made, odd = _build_kind(source, kind, formats, workshop)
            products += made
            findings += odd
    return Built(path.name, products, findings)


def _build_kind(
    source: Source, kind: str, formats: Sequence[str], workshop: Workshop
) -> tuple[tuple[Product, ...], tuple[Finding, ...]]:
    assert source.dataset is not None
    workshop.progress(f"{source.path.name} の資料「{HANDOUTS[kind].name}」を組み立てています")
    handout = HANDOUTS[kind].compose(source.dataset, source.previous)
    html = render_page(kind, handout, workshop.look, workshop.fonts, workshop.templates)
    missing = missing_characters(html, workshop.fonts)
    if missing:
        return (), missing_findings(missing, source.places, Place(source.path.name))
    files = [_make(each, html, handout, workshop) for each in formats]
    findings = tuple(finding for file in files for finding in file.findings)
    if workshop.strict and findings:
        return (), findings
    stem = file_name(file_stem(kind, source.dataset, handout))
    return _write(workshop.out / source.path.name, stem, files), findings


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


def _make(wanted: str, html: str, handout: Handout, workshop: Workshop) -> _File:
    start = time.perf_counter()
    workshop.progress(f"{wanted.upper()} を作っています")
    if wanted == "pdf":
        return _pdf(html, start, workshop.progress)
    content = html.encode() if wanted == "html" else _word(html, handout, workshop)
    return _File(wanted, content, time.perf_counter() - start)


def _word(html: str, handout: Handout, workshop: Workshop) -> bytes:
    from handouts.word import write_word

    template = _first_file(workshop.templates, "template.docx").read_bytes()
    created = workshop.created or datetime.combine(handout.date, datetime.min.time(), UTC)
    return write_word(html, workshop.look, template, created)


def _pdf(html: str, start: float, progress: Progress) -> _File:
    from handouts.pdf import PdfUnavailable, write_pdf

    try:
        pdf = write_pdf(html, progress)
    except PdfUnavailable as error:
        return _File("pdf", None, 0.0, findings=(Finding(Place("PDF"), str(error), "", ""),))
    seconds = time.perf_counter() - start
    return _File("pdf", pdf.content, seconds, pdf.pages, _pdf_findings(pdf.overflows, pdf.complaints))


def _pdf_findings(overflows: Sequence[str], complaints: Sequence[str]) -> tuple[Finding, ...]:
    remedy = "文を短くするか、表の列の幅（templates/look.toml）を広げてください"
    return (
        *(
            Finding(Place("PDF"), f"文字が枠からはみ出しています: {text}", "", remedy, "warning")
            for text in overflows
        ),
        *(
            Finding(Place("PDF"), f"PDF を作る部品からの知らせ: {text}", "", "", "warning")
            for text in complaints
        ),
    )
