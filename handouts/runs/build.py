"""One run from top to bottom: read, check, compose, render, make, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.compose import Handout, compose_handout
from handouts.dataset.declared import terms_of
from handouts.dataset.kinds import HandoutKind, kinds_of
from handouts.dataset.settings import HandoutSettings
from handouts.dataset.stored import dataset_name
from handouts.files import file_name, write_files
from handouts.findings import Finding, Place, Rule
from handouts.look.fonts import missing_characters
from handouts.look.forms import lost_form_findings, print_forms
from handouts.page.html_page import HtmlPage
from handouts.page.rendering import render_page
from handouts.runs.checking import CheckedDataset, read_checked
from handouts.runs.formats import ANNEX, FORMATS, Content, FileFormat, MadeFile, draw_charts
from handouts.runs.old_handouts import old_handouts
from handouts.runs.settings import BuildSettings
from handouts.runs.snapshots import DataChanged
from handouts.runs.tracked_handouts import tracked_handout
from handouts.runs.unprintable import unprintable_findings

_SETTINGS = terms_of(HandoutSettings)
NO_FIGURES = Rule(
    "build.no-figures",
    "資料「{handout}」には、Excel の別紙に載せる数字（KPI、月別の表、予算）がありません",
    remedy="数字を入力するか、ほかの形式（pdf、docx）だけを作ってください",
)
SAME_FILE_NAME = Rule(
    "build.same-file-name",
    "資料「{handout}」のファイルが、ほかの資料と同じ名前になります",
    remedy="{title} か {material} を、資料ごとに変えてください",
    title=_SETTINGS("title"),
    material=_SETTINGS("material"),
)
_ATTEMPTS = 3
_PAUSE = 1.0  # seconds in which somebody's editor finishes what it is saving


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


def build_dataset(path: Path, kinds: Sequence[str], formats: Sequence[str], settings: BuildSettings) -> Built:
    """Builds the handouts of the dataset at `path`; nothing is written where a fault stands.

    `kinds` empty means the handouts that the dataset itself lists, or 資料2-1 where it lists none. Where somebody
    saves a file of the data meanwhile, all is made anew, and given up the third time.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _build(path, kinds, formats, settings)
        except DataChanged as changed:
            findings = changed.findings
        if attempt < _ATTEMPTS:
            settings.progress(f"{path.name} が書き換えられたので、読み直します")
            time.sleep(_PAUSE)
    return Built(dataset_name(path), (), findings)


def _build(path: Path, kinds: Sequence[str], formats: Sequence[str], settings: BuildSettings) -> Built:
    """Raises DataChanged, and has written nothing, where the data are not those any more that were read."""
    settings.progress(f"{path.name} を読んでいます")
    source = read_checked(path, kinds)
    findings = settings.findings + source.findings
    files: dict[str, MadeFile] = {}
    if source.dataset is not None and not _stops(source, settings):
        for kind in kinds_of(source.dataset, kinds):
            made = make_handout(kind, source, formats, settings)
            findings += made.findings
            if made.files.keys() & files.keys():
                findings += (SAME_FILE_NAME.at(Place(source.name), handout=kind.name),)
            else:
                files |= made.files
    all_made = MadeHandout(source.name, files, findings)
    products = write_handout(all_made, settings.out, source.snapshot.check)
    if products and source.dataset is not None:
        written = {str(product.path) for product in products}
        old = old_handouts(products[0].path.parent, source.dataset, kinds)
        findings += tuple(one for one in old if one.place.file not in written)
    return Built(source.name, products, findings)


def _stops(source: CheckedDataset, settings: BuildSettings) -> bool:
    return source.stops(settings.strict) or (settings.strict and bool(settings.findings))


def make_handout(
    kind: HandoutKind, source: CheckedDataset, formats: Sequence[str], settings: BuildSettings
) -> MadeHandout:
    """The handout of this kind in these formats; nothing is written."""
    settings.progress(f"{source.name} の資料「{kind.name}」を組み立てています")
    handout = compose_handout(kind, source.datasets)
    settings = replace(settings, look=settings.look.of_kind(kind.id))
    chosen = [FORMATS[form] for form in formats]
    page = _page(kind, handout, chosen, settings)
    html, lost = print_forms(page.html, settings.fonts)
    findings = lost_form_findings(lost, source.places, Place(source.name))
    files: dict[str, MadeFile] = {}
    tracked: MadeFile | None = None
    if missing := missing_characters(html, settings.fonts):
        findings += unprintable_findings(missing, source)
    else:
        content = Content(kind, source.datasets, handout, replace(page, html=html))
        files = _make_files(chosen, content, settings)
        tracked = tracked_handout(content, source, settings) if settings.track_against else None
        findings += tuple(finding for file in files.values() for finding in file.findings)
        if settings.strict and findings:
            files, tracked = {}, None
    stem = file_name(handout.front.file_stem)
    named = {f"{stem}.{form}": file for form, file in files.items() if file.content}
    if tracked is not None:
        # A name of its own, so that nobody sends it for the handout.
        named[f"{file_name(f'{settings.track_against}からの変更_{stem}')}.docx"] = tracked
    return MadeHandout(source.name, named, findings)


def _page(
    kind: HandoutKind, handout: Handout, formats: Sequence[FileFormat], settings: BuildSettings
) -> HtmlPage:
    """The page from which most formats are made; empty where none of these is."""
    charts_as = {form.charts_as for form in formats}
    if charts_as <= {""}:
        return HtmlPage("")
    pictures = draw_charts(handout, {"svg"} & charts_as, settings)
    return render_page(kind.template, handout, settings.look, settings.fonts, settings.templates, pictures)


def _make_files(
    formats: Sequence[FileFormat], content: Content, settings: BuildSettings
) -> dict[str, MadeFile]:
    """The files by format in their order; what another process makes is made while the others are."""
    begun = {
        form: form.begin(content, settings) for form in sorted(formats, key=lambda form: not form.runs_beside)
    }
    files: dict[str, MadeFile] = {}
    for form in sorted(formats, key=lambda form: form.runs_beside):
        settings.progress(f"{form.id.upper()} を作っています")
        files[form.id] = begun[form]()
    if not any(file.content or file.findings for file in files.values()):
        no_figures = NO_FIGURES.at(Place(content.datasets.this.name), handout=content.kind.name)
        return {ANNEX.id: MadeFile(b"", 0.0, findings=(no_figures,))}
    return {form.id: files[form.id] for form in formats}


def write_handout(made: MadeHandout, out: Path, check: Callable[[], None]) -> tuple[Product, ...]:
    """The files, written into the folder of their dataset below `out`, all of them or none; `check` may still stop it."""
    if not made.files:
        check()
        return ()
    contents = {name: file.content for name, file in made.files.items()}
    paths = write_files(out / made.dataset, contents, check=check)
    return tuple(Product(path, made.files[path.name].pages, made.files[path.name].seconds) for path in paths)
