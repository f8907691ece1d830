"""The text of the yaml files."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.dataset.budget import Initiative
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.progress import ProgressEntry
from handouts.dataset.schemas import BudgetFile, DatasetFile, KpiFile, MonthlyFile, ProgressFile
from handouts.dataset.settings import Overrides
from handouts.dataset.yaml_text import parse_yaml
from handouts.dataset.yaml_writing import entry_text


def budget(**fields: Any) -> BudgetFile:
    row = {"id": "annai", "name": "健診案内", "topic": "kenshin", "amount": 2902000, **fields}
    return BudgetFile(initiatives=(Initiative.model_validate(row),))


def test_a_file_explains_every_key() -> None:
    text = entry_text(budget())
    for field in Initiative.model_fields.values():
        assert str(field.description) in text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("健診案内", "健診案内"),
        ("（新）健診 案内", "（新）健診 案内"),
        ("健診: 案内", '"健診: 案内"'),
        ("{name}を", '"{name}を"'),
        ("100", '"100"'),
        ("true", '"true"'),
        ("- 健診", '"- 健診"'),
        ('"健診"', r'"\"健診\""'),
        (r"C:\健診", r'"C:\\健診"'),
        ("健診 # 案内", '"健診 # 案内"'),
    ],
)
def test_a_value_is_quoted_only_where_it_must_be(name: str, written: str) -> None:
    text = entry_text(budget(name=name))
    assert f"    name: {written}\n" in text
    data: Any = parse_yaml(text, "budget.yaml").data
    assert data["initiatives"][0]["name"] == name


def test_what_equals_the_default_is_not_written_but_its_key_stays() -> None:
    assert "\n    new:" not in entry_text(budget())
    assert "\ninitiatives:\n" in entry_text(BudgetFile())


def test_a_list_of_recipients_that_is_long_has_one_on_a_line() -> None:
    lines = tuple(f"委員 {name} <{name}@example.jp>" for name in ("akagi", "haruna", "myogi"))
    base = DatasetFile.model_validate(
        {
            "branch": "群馬",
            "fiscal_year": "R7",
            "edition": "案",
            "recipients": {"評議会委員": lines, "本部": lines[0]},
        }
    )
    rows = "".join(f'    - "{line}"\n' for line in lines)
    assert f'recipients:\n  評議会委員:\n{rows}  本部: ["{lines[0]}"]\n' in entry_text(base)


def test_overrides_are_written_with_null_and_lists() -> None:
    base = DatasetFile.model_validate(
        {
            "branch": "群馬",
            "fiscal_year": "R7",
            "edition": "案",
            "comparison": Overrides(pairs={"a": "b", "c": None}, marks={"d": ("効果的に", "1"), "e": ()}),
        }
    )
    written = 'comparison:\n  pairs:\n    a: b\n    c: null\n  marks:\n    d: [効果的に, "1"]\n    e: []\n'
    assert written in entry_text(base)


def test_figures_by_month_and_year_stand_in_one_line_as_people_type_them() -> None:
    series = {"year": "R3", "values": {"4月": "97.0", "5月": "-", "6月": None}}
    table = {"id": "rate", "caption": "率", "as_of": "10月", "series": [series]}
    text = entry_text(MonthlyFile.model_validate({"as_of": 9, "tables": [table]}))
    assert "\nas_of: 9月\n" in text
    assert "\n    as_of: 10月\n" in text
    assert '\n        values: {4月: 97.0, 5月: "-"}\n' in text
    kpi = {
        "id": "rate",
        "name": "率",
        "actuals": {"R3": "90.50"},
        "targets": {"R4": ["・甲", "乙, 丙"]},
        "mark": "○",
    }
    text = entry_text(KpiFile.model_validate({"kpis": [kpi]}))
    assert "\n    actuals: {R3: 90.50}\n" in text
    assert '\n    targets: {R4: [・甲, "乙, 丙"]}\n' in text
    assert "\n    mark: ○\n" in text


def test_the_keys_of_rows_within_rows_are_explained_too() -> None:
    text = entry_text(MonthlyFile())
    for field in (*MonthlyTable.model_fields.values(), *MonthlySeries.model_fields.values()):
        assert str(field.description) in text


def test_an_entry_that_says_nothing_is_still_an_entry() -> None:
    text = entry_text(ProgressFile(entries=(ProgressEntry(), ProgressEntry(plan="kenshin"))))
    assert text.endswith("\nentries:\n  - {}\n  - plan: kenshin\n")
