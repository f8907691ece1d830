"""Whatever stands in the files for figures, results and progress: findings with their place, never an exception."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.checks import check_dataset
from handouts.dataset.budget import BudgetField, Initiative
from handouts.dataset.fields import Entry
from handouts.dataset.folder import read_folder
from handouts.dataset.kpis import Kpi, Population
from handouts.dataset.monthly import MonthlySeries, MonthlyTable
from handouts.dataset.progress import ProgressEntry, ProgressItem
from tests.unit.checks.made import PLAN

# Few names, so that references often name something.
NAMES = st.sampled_from(["a", "b", "rate", "kenshin", "kansho", "shudan", "koho", "kohoshi", "kiban", "zzz"])
FIGURES = st.sampled_from([0, 1, 5, 100, 101, -2, 250000, "1,234", "97.0%", "△3", "1.5", "0.000"])
MONTH_FIGURES = FIGURES | st.sampled_from([None, "-", 0])
COUNTS = st.sampled_from([0, 1, 100, 250000])
MONTHS = st.sampled_from(["4月", "9月", "10月", "3月", "2月"])
YEARS = st.sampled_from(["R1", "R2", "R3", "R4"])
TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "・甲",
                "",
                "```",
                "```表",
                "期間 | 結果",
                "| 6月 | 5件 |",
                "6月",
                "①乙 {#a}",
                "丙 {#a}",
                "丁 {#A}",
            ),
            *(
                "{progress:a}",
                "{progress:a} {#a}",
                "{plan:kansho}",
                "{kpi:rate.actual}",
                "{kpi:rate}{budget:a}",
            ),
            *("｛kpi：rate｝", "{population:kenshin.rate}", "{progress:}", "■ KPI：", "戊\u2028己"),
        ]
    ),
    max_size=6,
).map("\n".join)
FITTING: Mapping[str, st.SearchStrategy[Any]] = {
    "year": YEARS,
    "values": st.lists(MONTH_FIGURES, min_size=12, max_size=12)
    | st.dictionaries(MONTHS, MONTH_FIGURES, max_size=4),
    "as_of": MONTHS,
    "unit": st.sampled_from(["%", "人", "円", ""]),
    "entered": st.sampled_from(["単月", "累計"]),
    "rows": st.lists(st.sampled_from(["単月", "累計", "率"]), max_size=3),
    "months": st.sampled_from(["4月始まり", "3月始まり"]),
    "grouping": st.sampled_from(["年度ごと", "種類ごと"]),
    "decimals": st.integers(0, 4),
    "target": FIGURES | st.sampled_from(["対前年度以上", "対前年度以下"]),
    "bound": st.sampled_from(["以上", "以下"]),
    "sentence": st.sampled_from(["{name}を{target}（{before}）とする", "{before}", "{x}", "届ける"]),
    "actuals": st.dictionaries(YEARS, FIGURES | st.sampled_from(["実施", "未実施"]), max_size=3),
    "averages": st.dictionaries(YEARS, FIGURES, max_size=3),
    "targets": st.dictionaries(YEARS, st.sampled_from(["65.9%以上", 5, ["・甲", "・乙"]]), max_size=3),
    "mark": st.sampled_from("◎○△×□〇◯"),
    "rank": st.sampled_from([1, 47]),
    "text": TEXTS,
    "monthly": st.lists(NAMES, max_size=3),
    "caption": st.sampled_from(["受診率", "受診者数", "1件当たりの額"]),
    **dict.fromkeys(("amount", "executed", "eligible", "planned"), COUNTS),
    **dict.fromkeys(("opening", "closing"), FIGURES),
    **dict.fromkeys(("listed", "new", "slash"), st.booleans()),
}
ANY = (
    *(None, "", "健診", "- ", "x: y", "\u0007", -1, 2.5, 10**30, True),
    *([], [1], [None], [[]], [{"id": "a"}], {}, {"a": 1}, {"13月": 1}, {"来年": [1]}),
)


def rows_of(model: type[Entry], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Rows of this kind with values that fit their keys."""
    fitting = {key: {**FITTING, **more}.get(key, NAMES) for key in model.model_fields}
    required = {key: fitting[key] for key, field in model.model_fields.items() if field.is_required()}
    optional = {key: values for key, values in fitting.items() if key not in required}
    return st.lists(st.fixed_dictionaries(required, optional=optional), max_size=3)


COLUMNS = st.lists(st.sampled_from(["計", "合計", "累計", "平均", "実施率"]), max_size=3)
SERIES = rows_of(MonthlySeries).filter(bool)
FILES = st.fixed_dictionaries(
    {
        "budget.yaml": st.fixed_dictionaries(
            {"initiatives": rows_of(Initiative), "fields": rows_of(BudgetField)}
        ),
        "kpis.yaml": st.fixed_dictionaries(
            {"kpis": rows_of(Kpi), "populations": rows_of(Population, rate=st.integers(0, 100))}
        ),
        "monthly.yaml": st.fixed_dictionaries(
            {"tables": rows_of(MonthlyTable, closing=COLUMNS, series=SERIES)}, optional={"as_of": MONTHS}
        ),
        "progress.yaml": st.fixed_dictionaries(
            {"items": rows_of(ProgressItem), "entries": rows_of(ProgressEntry)}
        ),
    }
)
KINDS = st.sampled_from(["plan", "plan-budget", "final-report", "progress", "results"])
PLAN_TEXT = f"{PLAN}・{{kpi:rate}}{{budget:a}}{{progress:a}}{{plan:kansho}}\n"


def assert_read(files: Mapping[str, Any], kinds: list[str]) -> None:
    """Reads and checks a dataset with these files; everything that is found has its words and its place."""
    base = {"branch": "群馬", "fiscal_year": "R3", "edition": "案", "handouts": {kind: {} for kind in kinds}}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "plan.md").write_text(PLAN_TEXT, encoding="utf-8")
        for name, data in {"dataset.yaml": base, **files}.items():
            text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
            (folder / name).write_text(text, encoding="utf-8")
        reading = read_folder(folder)
        findings = reading.findings
        if reading.dataset is not None:
            findings += check_dataset(reading.dataset, reading.places)
    for finding in findings:
        assert finding.found
        assert finding.place.file in ("plan.md", "dataset.yaml", *files)
        assert finding.place.line is not None or "1件もありません" in finding.found


@settings(max_examples=250, suppress_health_check=list(HealthCheck))
@given(FILES, st.lists(KINDS, max_size=2, unique=True))
def test_whatever_fits_its_keys_is_checked_without_an_exception(files: Any, kinds: list[str]) -> None:
    assert_read(files, kinds)


@settings(max_examples=250, suppress_health_check=list(HealthCheck))
@given(FILES, st.data())
def test_whatever_does_not_fit_is_a_finding_and_no_exception(files: Any, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(files[data.draw(st.sampled_from(sorted(files)))], data)
    assert_read(files, ["progress"])


def spoil(content: Any, data: st.DataObject) -> None:
    """Puts any value in the place of one, somewhere in the content of a file."""
    while True:
        keys = sorted(content) if isinstance(content, dict) else list(range(len(content)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if (
            not isinstance(content[key], (dict, list))
            or not content[key]
            or data.draw(st.integers(0, 3)) == 0
        ):
            content[key] = copy.deepcopy(data.draw(st.sampled_from(ANY)))
            return
        content = content[key]


@settings(max_examples=200)
@given(
    st.text(alphabet="entris:- plankoshm○\n  |`{}#\"'[],・　月0123456789%"),
    st.sampled_from(["monthly.yaml", "progress.yaml"]),
)
def test_any_text_in_the_files_is_a_finding_and_no_exception(text: str, file: str) -> None:
    assert_read({file: text}, [])
