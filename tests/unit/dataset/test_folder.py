"""Reading a dataset folder, and all its faults at once."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from handouts.checks import check_dataset
from handouts.dataset.fiscal import FiscalYear
from handouts.dataset.folder import read_folder
from handouts.dataset.reading import in_file_order
from handouts.findings import Place
from tests.unit.dataset.folders import GOOD, budget, changed, messages, read, write


def test_a_new_dataset_is_read_at_once_without_a_word(tmp_path: Path) -> None:
    reading = read(tmp_path)
    assert reading.findings == ()
    assert reading.dataset is not None
    found = check_dataset(reading.dataset, reading.places)
    assert {finding.rule.id for finding in found} == {"example.row-left", "example.line-left"}
    assert (reading.dataset.name, reading.dataset.branch) == ("r7", "群馬")
    assert reading.dataset.fiscal_year == FiscalYear(2025)
    assert len([part for part in reading.dataset.plan.paragraphs if part.level == 1]) == 3
    assert (len(reading.dataset.initiatives), len(reading.dataset.kpis)) == (2, 1)


def test_places_say_where_everything_was_entered(tmp_path: Path) -> None:
    places = read(tmp_path, budget=budget("amount: 1000")).places
    assert places["budget:annai"] == Place("budget.yaml", 2, 5, "initiatives[1]")
    assert places["budget:annai.amount"] == Place("budget.yaml", 5, 13, "initiatives[1].amount")
    assert places["plan:service"] == Place("plan.md", 3)
    assert {"kpi:service-standard", "population:kenshin.planned", "dataset:branch"} <= set(places)


def test_budget_and_kpis_may_be_missing_or_empty(tmp_path: Path) -> None:
    plan = "Ⅰ．基盤\n１ 運営\n・本文\n"
    for number, content in enumerate((None, "", "initiatives:\n", "# 覚え書き\n")):
        kpis = None if content is None else ""
        (tmp_path / str(number)).mkdir()
        reading = read(tmp_path / str(number), plan=plan, budget=content, kpis=kpis)
        assert reading.findings == ()
        assert reading.dataset is not None
        assert reading.dataset.initiatives == ()


def test_all_faults_of_all_files_come_in_one_run_and_in_order(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        kpis=changed("kpis.yaml", "60000", "x"),
        budget=changed("budget.yaml", "500000", "x").replace("1000000", "y"),
        plan=GOOD["plan.md"] + "・本文 {#Bad}\n",
        dataset=changed("dataset.yaml", "edition: 案", "edition: 素案"),
    )
    files = [finding.place.file for finding in reading.findings]
    assert files == ["dataset.yaml", "plan.md", "budget.yaml", "budget.yaml", "kpis.yaml"]
    assert reading.findings == in_file_order(reversed(reading.findings))


def test_oddities_of_labels_are_not_reported_without_the_numbering_of_the_branch(tmp_path: Path) -> None:
    plan = "Ⅰ．基盤\n（２）運営\n・本文\n"
    assert any(finding.place.file == "plan.md" for finding in read(tmp_path, plan=plan).findings)
    reading = read(tmp_path, plan=plan, dataset=changed("dataset.yaml", '"１ "', "[]"))
    assert {finding.place.file for finding in reading.findings} == {"dataset.yaml"}


def test_missing_files_are_faults_that_name_files_of_nearly_that_name(tmp_path: Path) -> None:
    files = {"plan.txt": GOOD["plan.md"], "budget.yml": GOOD["budget.yaml"]}
    reading = read_folder(write(tmp_path / "r7", files))
    assert reading.dataset is None
    assert messages(reading) == [
        "dataset.yaml: dataset.yaml がありません。フォルダーに dataset.yaml を作ってください。",
        "plan.md: plan.md がありません。「plan.txt」がそれなら、名前を plan.md に変えてください。",
        "budget.yaml: budget.yaml がないので、空として扱います。"
        "「budget.yml」がそれなら、名前を budget.yaml に変えてください。",
    ]


def test_the_record_of_a_review_is_no_file_of_the_data(tmp_path: Path) -> None:
    kept = {name: text for name, text in GOOD.items() if name in ("dataset.yaml", "plan.md")}
    before = messages(read_folder(write(tmp_path / "r7", kept)))
    (tmp_path / "r7" / "review.yaml").write_text("changes: [", encoding="utf-8")
    assert messages(read_folder(tmp_path / "r7")) == before


def test_what_is_no_folder_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path / "r7", GOOD)
    [missing] = messages(read_folder(tmp_path / "r77"))
    [file] = messages(read_folder(tmp_path / "r7" / "plan.md"))
    assert "このフォルダーはありません。「r7」の書き間違いではありませんか" in missing
    assert "これはフォルダーではありません" in file
    assert read_folder(Path("a" * 300)).dataset is None
    assert read_folder(Path("a\0b")).dataset is None


def test_a_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "r7" / "budget.yaml").mkdir(parents=True)
    reading = read_folder(
        write(tmp_path / "r7", {name: text for name, text in GOOD.items() if "budget" not in name})
    )
    assert reading.dataset is None
    assert "budget.yaml というファイルがありません" in reading.findings[0].found


def test_a_file_that_cannot_be_opened_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    reading = read(tmp_path)
    assert reading.findings[0].found == "dataset.yaml を開けません"
    assert not any("denied" in line for line in messages(reading))


def test_an_encoding_of_windows_is_read_to_the_same_dataset(tmp_path: Path) -> None:
    files = {name: text.encode("cp932") for name, text in GOOD.items()}
    reading = read_folder(write(tmp_path / "r7", files))
    assert reading.dataset == read(tmp_path).dataset
    assert [finding.severity for finding in reading.findings] == ["warning"] * 4


def test_reading_does_not_hang_on_the_name_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(tmp_path)
    monkeypatch.chdir(tmp_path / "r7")
    reading = read_folder(Path())
    assert reading.dataset is not None
    assert reading.dataset.name == "r7"
    assert dataclasses.replace(reading.dataset, name="x").name == "x"


PROGRESS = """\
entries:
  - plan: service
    text: |

      ・甲
      ・乙

  - plan: kenshin
    mark: 不明
  - text: ・丙
  - text: "・丁\\n・戊"
"""


def test_places_say_where_each_line_of_a_text_stands(tmp_path: Path) -> None:
    places = read(tmp_path, progress=PROGRESS).places
    lines = {ref: place.line for ref, place in places.items() if ".text" in ref}
    assert lines == {
        "progress:service.text": 3,
        "progress:service.text[1]": 4,
        "progress:service.text[2]": 5,
        "progress:service.text[3]": 6,
        "progress:service.text[4]": 7,
        "progress:kenshin-2.text": 10,
        "progress:kenshin-2.text[1]": 10,
        "progress:kenshin-3.text": 11,
        "progress:kenshin-3.text[1]": 11,
        "progress:kenshin-3.text[2]": 11,
    }
    assert places["progress:service.text[2]"] == Place("progress.yaml", 5, key="entries[1].text")


def test_an_entry_at_fault_changes_no_id_of_the_others(tmp_path: Path) -> None:
    reading = read(tmp_path, progress=PROGRESS)
    assert reading.dataset is not None
    assert [entry.id for entry in reading.dataset.entries] == ["service", "kenshin-2", "kenshin-3"]
    assert reading.places["progress:kenshin-2"].line == 10


def test_an_entry_whose_place_in_the_plan_is_no_id_still_has_an_id(tmp_path: Path) -> None:
    rows = "entries:\n  - plan: service\n  - plan: 健診\n  - id: Own\n  - mark: ○\n"
    [plan, own] = messages(read(tmp_path, progress=rows))
    assert "計画の段落か見出しの id「健診」に" in plan
    assert "記録の id「Own」に" in own


def test_parts_of_monthly_tables_have_places(tmp_path: Path) -> None:
    monthly = (
        "tables:\n  - id: t\n    caption: 表\n    series:\n      - year: R6\n"
        "      - year: R7\n        values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]\n"
    )
    places = read(tmp_path, monthly=monthly).places
    assert places["monthly:t.series[2].values[4]"] == Place(
        "monthly.yaml", 7, 27, "tables[1].series[2].values[4]"
    )
    assert places["monthly:t.series[1]"].line == 5


def test_places_of_names_with_blanks_or_digits_are_those_of_the_entries(tmp_path: Path) -> None:
    places = read(
        tmp_path,
        progress='items:\n  - heading: " 健診 "\n  - heading: 2.10\n',
        kpis='kpis:\n  - id: "a "\n    name: 甲\n',
    ).places
    assert [
        (ref, place.line) for ref, place in places.items() if ref in ("item:健診", "item:2.10", "kpi:a")
    ] == [*(("kpi:a", 2), ("item:健診", 2), ("item:2.10", 3))]
