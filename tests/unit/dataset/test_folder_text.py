"""The files of a dataset: written so that they are read back the same, and new ones."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.dataset.fiscal import FiscalYear, YearForm
from handouts.dataset.folder import read_folder
from handouts.dataset.folder_text import dataset_files, new_dataset_files
from handouts.dataset.model import (
    Dataset,
    HandoutSettings,
    Initiative,
    Kpi,
    NumberingStyle,
    Overrides,
    Plan,
    Population,
)
from handouts.dataset.plan_text import parse_plan
from handouts.errors import DataFaults
from tests.unit.dataset.folders import GOOD, messages, read, write

PIECES = st.sampled_from(
    [
        *"健診のア１1aZ（）「」、。%：:#{}[]\"'\\,&*!|>@`-?~=　 ①Ⅱ㌫𠮷",
        ": ",
        " #",
        "{name}",
        "true",
        "null",
        "2.5",
    ]
)
LINES = st.lists(PIECES, min_size=1, max_size=8).map("".join).map(str.strip).filter(bool)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
COUNTS = st.integers(0, 10**9)
NUMBERS = st.decimals(0, 100, places=2) | st.integers(0, 100).map(Decimal)
TARGETS = st.none() | st.decimals(-(10**6), 10**6, places=1) | st.just("対前年度以上")
KPIS = st.builds(
    Kpi, id=IDS, name=LINES, target=TARGETS, unit=LINES, bound=st.just("以上"), sentence=st.none() | LINES
)
INITIATIVES = st.builds(
    Initiative, id=IDS, name=LINES, topic=LINES, amount=COUNTS, new=st.none() | st.booleans()
)
POPULATIONS = st.builds(
    Population,
    id=IDS,
    group=LINES,
    item=LINES,
    eligible=COUNTS,
    rate=NUMBERS,
    planned=COUNTS,
    rate_label=LINES,
)
SETTINGS = st.builds(
    HandoutSettings,
    material=LINES,
    meeting=LINES,
    date=st.none() | st.dates(),
    title=LINES,
    totals=st.booleans(),
)
OVERRIDES = st.builds(
    Overrides,
    pairs=st.dictionaries(LINES, st.none() | LINES, max_size=3),
    marks=st.dictionaries(IDS, st.lists(LINES, max_size=2).map(tuple), max_size=3),
)
MAILBOXES = st.builds("{} <{}@example.jp>".format, LINES.filter(lambda line: not set(line) & set('<>"')), IDS)
RECIPIENTS = st.fixed_dictionaries(
    {}, optional={group: st.lists(MAILBOXES, max_size=6).map(tuple) for group in ("評議会委員", "支部内")}
)
STYLES = st.just(NumberingStyle()) | st.just(
    NumberingStyle(levels=("I. ", "1．", "(1) ", "①", "ｱ "), kpi="（１）", bullet="・ ")
)


@st.composite
def plans(draw: st.DrawFn, style: NumberingStyle) -> Plan:
    labels = st.sampled_from([*style.levels, "", "・", "※", "【重要度：高】", "■KPI：", "\n"])
    rows = draw(st.lists(st.tuples(labels, LINES), min_size=1, max_size=8))
    text = style.levels[0] + "基盤 {#kiban}\n" + "\n".join(label + line for label, line in rows)
    try:
        return parse_plan(text, style, "plan.md").plan
    except DataFaults:
        return parse_plan(style.levels[0] + "基盤\n\n・本文\n", style, "plan.md").plan


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    style = draw(STYLES)
    return Dataset(
        name="r7",
        branch=draw(LINES.filter(lambda line: not line.endswith("支部"))),
        fiscal_year=FiscalYear(draw(st.integers(2019, 2099))),
        year_form=draw(st.sampled_from(YearForm)),
        edition=draw(st.sampled_from(("案", "本部提出", "最終"))),
        plan=draw(plans(style)),
        initiatives=tuple(draw(st.lists(INITIATIVES, max_size=2))),
        kpis=tuple(draw(st.lists(KPIS, max_size=2))),
        populations=tuple(draw(st.lists(POPULATIONS, max_size=2))),
        numbering=style,
        handouts=draw(st.fixed_dictionaries({}, optional={"plan-budget": SETTINGS})),
        overrides=draw(OVERRIDES),
        recipients=draw(RECIPIENTS),
        previous=draw(st.none() | IDS),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(datasets())
def test_a_written_dataset_is_read_back_the_same(dataset: Dataset) -> None:
    with tempfile.TemporaryDirectory() as place:
        reading = read_folder(write(Path(place) / "r7", dataset_files(dataset)))
    assert reading.dataset == dataset, messages(reading)
    assert [str(kpi.target) for kpi in reading.dataset.kpis] == [str(kpi.target) for kpi in dataset.kpis]


def test_a_dataset_is_written_with_the_blank_lines_of_its_plan(tmp_path: Path) -> None:
    dataset = read(tmp_path).dataset
    assert dataset is not None
    assert dataset_files(dataset) == GOOD


@pytest.mark.parametrize("form", YearForm)
@pytest.mark.parametrize("year", [2019, 2026])
def test_a_new_dataset_has_the_year_in_the_form_of_the_branch(
    tmp_path: Path, form: YearForm, year: int
) -> None:
    files = new_dataset_files("群馬", FiscalYear(year), "r7", form)
    dataset = read_folder(write(tmp_path / "r7", files)).dataset
    assert dataset is not None
    assert (dataset.fiscal_year, dataset.year_form) == (FiscalYear(year), form)


def test_a_new_dataset_names_last_years(tmp_path: Path) -> None:
    files = new_dataset_files("群馬", FiscalYear(2026), "r8", previous="r7")
    reading = read_folder(write(tmp_path / "r8", files))
    assert reading.findings == ()
    assert reading.dataset is not None
    assert reading.dataset.previous == "r7"
