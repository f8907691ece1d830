"""The text of the files of a dataset's folder, explained by comments; and a new dataset to begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handouts.dataset.examples import (
    EXAMPLE_INITIATIVES,
    EXAMPLE_KPIS,
    EXAMPLE_PLAN,
    EXAMPLE_POPULATIONS,
)
from handouts.dataset.fields import Entry
from handouts.dataset.fiscal import FiscalYear, YearForm, parse_fiscal_year
from handouts.dataset.kinds import USUAL_KIND
from handouts.dataset.model import Dataset
from handouts.dataset.plan_text import parse_plan, print_plan
from handouts.dataset.progress import ProgressEntry, written_ids
from handouts.dataset.schemas import BudgetFile, DatasetFile, KpiFile, MonthlyFile, ProgressFile
from handouts.dataset.settings import HandoutSettings, NumberingStyle
from handouts.dataset.stored import (
    BUDGET_FILE,
    DATASET_FILE,
    KPI_FILE,
    MONTHLY_FILE,
    PLAN_FILE,
    PROGRESS_FILE,
)
from handouts.dataset.yaml_writing import entry_text


def dataset_files(dataset: Dataset) -> Mapping[str, str]:
    """The text of each file of the folder that holds `dataset`, explained by comments."""
    files = {file: entry_text(entries) for file, entries in entry_files(dataset).items()}
    return {**files, PLAN_FILE: print_plan(dataset.plan, dataset.numbering)}


def entry_files(dataset: Dataset) -> Mapping[str, Entry]:
    """What each yaml file of the folder that holds `dataset` has."""
    files: dict[str, Entry] = {
        DATASET_FILE: base_entries(dataset),
        BUDGET_FILE: BudgetFile(initiatives=dataset.initiatives, fields=dataset.fields),
        KPI_FILE: KpiFile(kpis=dataset.kpis, populations=dataset.populations),
    }
    # A plan for the coming year has nothing done yet: files without content would only puzzle.
    if dataset.tables or dataset.as_of is not None:
        files[MONTHLY_FILE] = MonthlyFile(as_of=dataset.as_of, tables=dataset.tables)
    if dataset.items or dataset.entries:
        entries = _without_derived_ids(dataset.entries)
        files[PROGRESS_FILE] = ProgressFile(items=dataset.items, entries=entries)
    return files


def base_entries(dataset: Dataset) -> DatasetFile:
    """What the dataset says of itself, as dataset.yaml has it."""
    return DatasetFile.model_validate(
        {
            "branch": dataset.branch,
            "fiscal_year": _year_text(dataset.fiscal_year, dataset.year_form),
            "edition": dataset.edition,
            "previous": dataset.previous,
            "earlier": dataset.earlier,
            "groups": dataset.groups,
            "numbering": dataset.numbering,
            "handouts": dataset.handouts,
            "comparison": dataset.overrides,
            "recipients": dataset.recipients,
            "silenced": dataset.silenced,
        }
    )


def new_dataset_files(
    branch: str,
    fiscal_year: FiscalYear,
    name: str,
    form: YearForm = YearForm.ERA,
    previous: str | None = None,
) -> Mapping[str, str]:
    """The files of a new dataset, with a few examples to be overwritten."""
    style = NumberingStyle()
    settings = HandoutSettings(material="資料1", meeting=f"{branch}支部評議会", totals=True)
    example = Dataset(
        name=name,
        branch=branch,
        fiscal_year=fiscal_year,
        year_form=form,
        edition="案",
        plan=parse_plan(EXAMPLE_PLAN, style, PLAN_FILE).plan,
        initiatives=EXAMPLE_INITIATIVES,
        kpis=EXAMPLE_KPIS,
        populations=EXAMPLE_POPULATIONS,
        numbering=style,
        handouts={USUAL_KIND.id: settings},
        previous=previous,
    )
    return dataset_files(example)


def _without_derived_ids(entries: Sequence[ProgressEntry]) -> tuple[ProgressEntry, ...]:
    """The entries without the ids that reading gives them anyway."""
    ids = written_ids((entry.id, entry.plan) for entry in entries)
    return tuple(entry.model_copy(update={"id": name}) for entry, name in zip(entries, ids, strict=True))


def _year_text(fiscal_year: FiscalYear, form: YearForm) -> str:
    text = fiscal_year.text(form)
    # 元 has no width, so the form of 令和元年度 could not be read back.
    return text if parse_fiscal_year(text)[1] is form else text.replace("元", "１")
