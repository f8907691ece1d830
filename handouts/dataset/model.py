"""The dataset: what a branch entered for one fiscal year and edition, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.monthly import MonthlyTable
from handouts.dataset.plan import Plan
from handouts.dataset.progress import ProgressEntry, ProgressItem
from handouts.dataset.settings import HandoutSettings, NumberingStyle, Overrides, Silence

Edition = Literal["案", "本部提出", "最終"]

# Whom mail may go to; the words of a mail depend on it.
RecipientGroup = Literal["評議会委員", "本部", "支部内"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One branch, one fiscal year, one edition.

    `as_of` is the month up to which monthly figures can be there. `previous` names last year's dataset, `earlier`
    the edition before headquarters' review. `groups` are those of the branch, where it states them.
    """

    name: str
    branch: str
    fiscal_year: FiscalYear
    year_form: YearForm
    edition: Edition
    plan: Plan
    initiatives: tuple[Initiative, ...] = ()
    fields: tuple[BudgetField, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    populations: tuple[Population, ...] = ()
    tables: tuple[MonthlyTable, ...] = ()
    as_of: int | None = None
    items: tuple[ProgressItem, ...] = ()
    entries: tuple[ProgressEntry, ...] = ()
    numbering: NumberingStyle = field(default_factory=NumberingStyle)
    handouts: Mapping[str, HandoutSettings] = field(default_factory=dict)
    overrides: Overrides = field(default_factory=Overrides)
    recipients: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    silenced: tuple[Silence, ...] = ()
    groups: tuple[str, ...] = ()
    previous: str | None = None
    earlier: str | None = None

    def settings(self, kind: str) -> HandoutSettings:
        """What the dataset says of the handout of this kind."""
        return self.handouts.get(kind, HandoutSettings())


@dataclass(frozen=True, slots=True)
class Datasets:
    """A dataset with those that it is compared with, None where there are none.

    `previous` is last year's, `earlier` the edition before headquarters' review.
    """

    this: Dataset
    previous: Dataset | None = None
    earlier: Dataset | None = None
