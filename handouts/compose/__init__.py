"""Dataset to Handout: what one document says, in order, with every figure and change mark computed."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import resolve_name
from typing import Protocol

from handouts.compose.charts import Chart
from handouts.compose.page import Front
from handouts.dataset.kinds import HandoutKind
from handouts.dataset.model import Datasets


class Handout(Protocol):
    """What the steps after composing need to know of every handout."""

    @property
    def front(self) -> Front:
        """Title, properties, day and cover."""

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart that the handout shows, each with an id of its own."""


def compose_handout(kind: HandoutKind, datasets: Datasets) -> Handout:
    """The handout of this kind."""
    compose: Callable[[Datasets], Handout] = resolve_name(kind.composer)
    return compose(datasets)
