"""One run from top to bottom: read, check, compose, render, make, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.compose import Handout, compose_handout
from handouts.dataset.kinds import HandoutKind, kinds_of
from handouts.files import file_name, write_files
from handouts.findings import Finding, Place
from handouts.look.fonts import missing_characters, missing_findings
from handouts.page.rendering import render_page
from handouts.runs.formats import ANNEX, FORMATS, Content, FileFormat, MadeFile, draw_charts
from handouts.runs.settings import Workshop
from handouts.runs.sources import Source, read_source


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


@dataclass(frozen=True, slots=True)
class MadeHandout:
    """A handout that is not yet written: its files by name, and what was found; no files where that stands against them."""

    dataset: str
    files: Mapping[str, MadeFile]
    findings: tuple[Finding, ...]


def build_dataset(path: Path, kinds: Sequence[str], formats: Sequence[str], workshop: Workshop) -> Built:
    """Builds the handouts of the dataset at `path`; nothing is written where a fault stands.

    `kinds` empty means the handouts that the dataset itself lists, or 資料2-1 where it lists none.
    """
    workshop.progress(f"{path.name} を読んでいます")
    source = read_source(path)
    findings = source.findings
    products: tuple[Product, ...] = ()
    if source.dataset is not None and not source.stops(workshop.strict):
        for kind in kinds_of(source.dataset, kinds):
            made = make_handout(kind, source, formats, workshop)
            products += write_handout(made, workshop.out)
            findings += made.findings
    return Built(source.name, products, findings)


def make_handout(
    kind: HandoutKind, source: Source, formats: Sequence[str], workshop: Workshop
) -> MadeHandout:
    """The handout of this kind in these formats; nothing is written."""
    workshop.progress(f"{source.name} の資料「{kind.name}」を組み立てています")
    handout = compose_handout(kind, source.datasets)
    workshop = replace(workshop, look=workshop.look.of_kind(kind.id))
    chosen = [FORMATS[form] for form in formats]
    html = _page(kind, handout, chosen, workshop)
    files: dict[str, MadeFile] = {}
    if missing := missing_characters(html, workshop.fonts):
        findings = missing_findings(missing, source.places, Place(source.name))
    else:
        files = _make_files(chosen, Content(kind, source.datasets, handout, html), workshop)
        findings = tuple(finding for file in files.values() for finding in file.findings)
        if workshop.strict and findings:
            files = {}
    stem = file_name(handout.front.file_stem)
    named = {f"{stem}.{form}": file for form, file in files.items() if file.content}
    return MadeHandout(source.name, named, findings)


def _page(kind: HandoutKind, handout: Handout, formats: Sequence[FileFormat], workshop: Workshop) -> str:
    """The HTML from which most formats are made; empty where none of these is."""
    charts_as = {form.charts_as for form in formats}
    if charts_as <= {""}:
        return ""
    pictures = draw_charts(handout, {"svg"} & charts_as, workshop)
    return render_page(kind.template, handout, workshop.look, workshop.fonts, workshop.templates, pictures)


def _make_files(formats: Sequence[FileFormat], content: Content, workshop: Workshop) -> dict[str, MadeFile]:
    """The files by format in their order; what another process makes is made while the others are."""
    begun = {
        form: form.begin(content, workshop) for form in sorted(formats, key=lambda form: not form.runs_beside)
    }
    files: dict[str, MadeFile] = {}
    for form in sorted(formats, key=lambda form: form.runs_beside):
        workshop.progress(f"{form.id.upper()} を作っています")
        files[form.id] = begun[form]()
    if not any(file.content or file.findings for file in files.values()):
        return {ANNEX.id: MadeFile(b"", 0.0, findings=(_no_figures(content),))}
    return {form.id: files[form.id] for form in formats}


def _no_figures(content: Content) -> Finding:
    return Finding(
        place=Place(content.datasets.this.name),
        found=f"資料「{content.kind.name}」には、Excel の別紙に載せる数字（KPI、月別の表、予算）がありません",
        allowed="",
        remedy="数字を入力するか、ほかの形式（pdf、docx）だけを作ってください",
    )


def write_handout(made: MadeHandout, out: Path) -> tuple[Product, ...]:
    """The files of the handout, written into the folder of its dataset below `out`; all of them or none."""
    if not made.files:
        return ()
    paths = write_files(out / made.dataset, {name: file.content for name, file in made.files.items()})
    return tuple(
        Product(path, file.pages, file.seconds) for path, file in zip(paths, made.files.values(), strict=True)
    )
