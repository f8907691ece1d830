"""What a field says of itself."""

from __future__ import annotations

from handouts.dataset.declared import columns_of
from handouts.dataset.kpis import Kpi, Population


def test_what_a_cell_may_hold_names_the_least_and_the_greatest_figure_of_its_field() -> None:
    allowed = {column.heading: column.allowed for model in (Kpi, Population) for column in columns_of(model)}
    assert allowed["全国順位"] == "1から47までの整数"
    assert allowed["実施率"] == "0%から100%までの率（例 62.2%）"
    assert allowed["対象者数（人）"] == "0以上の整数（例 262059）"
