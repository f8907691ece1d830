"""The sheets about months: the tables, and the charts of their series."""

from __future__ import annotations

from handouts.compose.annex.cells import Sheet
from handouts.compose.annex.month_charts import charts_sheet
from handouts.compose.annex.months import lay_out_months, months_sheet
from handouts.dataset.model import Datasets


def compose_months(datasets: Datasets) -> tuple[Sheet, ...]:
    """The monthly tables of this year's dataset and their charts; nothing where it has none."""
    blocks = lay_out_months(datasets.this)
    if not blocks:
        return ()
    return (months_sheet(datasets.this, blocks), *charts_sheet(datasets.this, blocks))
