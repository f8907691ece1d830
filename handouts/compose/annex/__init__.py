"""The annex (別紙) of a handout: a workbook of what its figures are."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import resolve_name

from handouts.compose import Handout
from handouts.compose.annex.cells import Annex, Sheet
from handouts.dataset.kinds import HandoutKind
from handouts.dataset.model import Datasets


def compose_annex(kind: HandoutKind, handout: Handout, datasets: Datasets) -> Annex | None:
    """The annex of a handout; None where its kind has none, or the dataset has no figures for it."""
    if not kind.annex:
        return None
    compose: Callable[[Handout, Datasets], tuple[Sheet, ...]] = resolve_name(kind.annex)
    sheets = compose(handout, datasets)
    if not sheets:
        return None
    front = handout.front
    return Annex(
        title=f"{front.title}（別紙）",
        author=front.author,
        subject=front.subject,
        identifier=front.identifier,
        material=front.cover.material,
        sheets=sheets,
    )
