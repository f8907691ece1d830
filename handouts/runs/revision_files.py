"""新旧対照 as a file: PDF, Word, a sheet or a page, by the end of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from handouts.annex.writing import write_annex
from handouts.compose.annex.revisions import compose_revision_annex
from handouts.compose.revision_table import RevisionTable
from handouts.files import write_files
from handouts.findings import DataFaults, Finding, HandoutError, Place
from handouts.look.fonts import missing_characters, missing_findings
from handouts.look.forms import lost_form_findings, print_forms
from handouts.page.html_page import HtmlPage, refused_findings
from handouts.page.rendering import render_page
from handouts.runs.settings import BuildSettings

_TEMPLATE, _KIND = "revisions.html", "revisions"


def check_form(file: Path) -> None:
    """Raises HandoutError where the name of the file does not say which of the forms it is to have."""
    if file.suffix.lower() not in _MAKERS:
        raise HandoutError(
            f"「{file}」の形式が分かりません。名前の最後を {'、'.join(_MAKERS)} のどれかにしてください。"
        )


def write_revisions(table: RevisionTable, file: Path, settings: BuildSettings) -> tuple[Finding, ...]:
    """Writes the table into the file in the form that its name says; returns what is odd in it.

    Raises DataFaults where a font lacks characters, HandoutError for a broken template.
    """
    check_form(file)
    content, findings = made(table, file.suffix.lower(), Place(file.name), settings)
    write_files(file.parent, {file.name: content})
    return findings


def made(
    table: RevisionTable, form: str, place: Place, settings: BuildSettings
) -> tuple[bytes, tuple[Finding, ...]]:
    """The bytes of the table in a form such as .pdf, and what is odd in it; `place` is where that is said to be."""
    settings = replace(settings, look=settings.look.of_kind(_KIND))
    page = render_page(_TEMPLATE, table, settings.look, settings.fonts, settings.templates)
    html, lost = print_forms(page.html, settings.fonts)
    if missing := missing_characters(html, settings.fonts):
        raise DataFaults(missing_findings(missing, {}, place))
    content, findings = _MAKERS[form](table, replace(page, html=html), settings)
    return content, (*settings.findings, *lost_form_findings(lost, {}, place), *findings)


def _pdf(table: RevisionTable, page: HtmlPage, settings: BuildSettings) -> tuple[bytes, tuple[Finding, ...]]:
    from handouts.page.pdf import write_pdf
    from handouts.runs.formats import findings_of

    pdf = write_pdf(page, settings.progress)
    return pdf.content, findings_of(pdf, settings)


def _word(table: RevisionTable, page: HtmlPage, settings: BuildSettings) -> tuple[bytes, tuple[Finding, ...]]:
    from handouts.word import UnknownMarkup, write_word

    try:
        return write_word(page.html, settings.look, settings.word_template, _created(table, settings)), ()
    except UnknownMarkup as error:
        raise HandoutError(
            f"テンプレートに、Word にできない書き方があります（{error}）。templates フォルダーのファイルを見直してください。"
        ) from None


def _sheet(
    table: RevisionTable, page: HtmlPage, settings: BuildSettings
) -> tuple[bytes, tuple[Finding, ...]]:
    return write_annex(compose_revision_annex(table), settings.look, _created(table, settings)), ()


def _page(table: RevisionTable, page: HtmlPage, settings: BuildSettings) -> tuple[bytes, tuple[Finding, ...]]:
    from handouts.page.standalone import standalone_page

    html, refused = standalone_page(page)
    return html.encode(), refused_findings(refused, settings.templates)


def _created(table: RevisionTable, settings: BuildSettings) -> datetime:
    return settings.created or datetime.combine(table.front.date, datetime.min.time(), UTC)


_Maker = Callable[[RevisionTable, HtmlPage, BuildSettings], tuple[bytes, tuple[Finding, ...]]]
_MAKERS: Mapping[str, _Maker] = {".pdf": _pdf, ".docx": _word, ".xlsx": _sheet, ".html": _page}
