"""A handout as Word with all that changed since a saved edition as tracked changes."""

from __future__ import annotations

import time
from dataclasses import replace

from handouts.compose import compose_handout
from handouts.compose.page import branch_name
from handouts.dataset.model import Datasets
from handouts.look.forms import print_forms
from handouts.page.rendering import render_page
from handouts.runs.checking import CheckedDataset
from handouts.runs.editions import read_edition
from handouts.runs.formats import Content, MadeFile, draw_charts, word_of
from handouts.runs.settings import BuildSettings


def tracked_handout(content: Content, source: CheckedDataset, settings: BuildSettings) -> MadeFile:
    """The Word file whose changes, all rejected, leave what the handout of the edition says; accepted, what it says now.

    Raises HandoutError where there is no such edition, DataFaults where it cannot be read.
    """
    from handouts.word import with_changes_since

    start = time.perf_counter()
    settings.progress("変更履歴の付いた Word を作っています")
    edition = read_edition(source.path, settings.track_against)
    datasets = Datasets(edition, source.previous, source.earlier)
    before = _content(replace(content, datasets=datasets), settings)
    after = content if content.page.html else _content(content, settings)
    author, when = branch_name(content.datasets.this), content.created(settings)
    made = with_changes_since(word_of(before, settings), word_of(after, settings), author, when)
    return MadeFile(made, time.perf_counter() - start)


def _content(content: Content, settings: BuildSettings) -> Content:
    """The same kind of handout of other datasets."""
    handout = compose_handout(content.kind, content.datasets)
    pictures = draw_charts(handout, (), settings)
    page = render_page(
        content.kind.template, handout, settings.look, settings.fonts, settings.templates, pictures
    )
    html, _ = print_forms(page.html, settings.fonts)
    return replace(content, handout=handout, page=replace(page, html=html))
