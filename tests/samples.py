"""Small datasets for tests, made from the lines of a plan that a test shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handouts.dataset.budget import Initiative
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.model import Dataset
from handouts.dataset.plan_text import parse_plan
from handouts.dataset.settings import HandoutSettings, NumberingStyle

KIND = "plan-budget"


def plan_dataset(text: str, initiatives: Sequence[Initiative] = (), year: int = 2025, **more: Any) -> Dataset:
    """A dataset of 群馬支部 with this plan and these initiatives."""
    settings = more.pop("settings", HandoutSettings())
    style = more.pop("numbering", NumberingStyle())
    return Dataset(
        name=f"gunma-r{year - 2018}",
        branch="群馬",
        fiscal_year=FiscalYear(year),
        year_form=YearForm.ERA,
        edition="案",
        plan=parse_plan(text, style, "plan.md").plan,
        initiatives=tuple(initiatives),
        numbering=style,
        handouts={KIND: settings},
        **more,
    )


def initiative(identifier: str, topic: str, amount: int = 1_000_000, **more: Any) -> Initiative:
    """An initiative with a name made from its id."""
    return Initiative(
        id=identifier, name=more.pop("name", f"取組 {identifier}"), topic=topic, amount=amount, **more
    )
