"""Recipients for all datasets stand once beside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handouts.runs.shared_recipients import read_shared_recipients
from tests.samples import plan_dataset


def test_they_are_for_the_datasets_that_name_nobody_themselves(tmp_path: Path) -> None:
    assert read_shared_recipients(tmp_path).lists == {}
    lists = "recipients:\n  本部:\n    - 計画 <keikaku@example.jp>\n  支部内: kikaku@example.jp\n"
    (tmp_path / "recipients.yaml").write_text(lists, encoding="utf-8")
    shared = read_shared_recipients(tmp_path)
    assert shared.findings == ()
    own = {"本部": ("own@example.jp",), "支部内": ()}
    assert shared.of(replace(plan_dataset("Ⅰ．柱\n"), recipients=own)) == {
        "本部": ("own@example.jp",),
        "支部内": ("kikaku@example.jp",),
    }


@pytest.mark.parametrize("name", ["recipient.yaml", "recipients.yml"])
def test_a_file_of_almost_the_name_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("recipients:\n", encoding="utf-8")
    (tmp_path / "メモ.txt").write_text("", encoding="utf-8")
    [finding] = read_shared_recipients(tmp_path).findings
    assert f"「{name}」がそれなら、名前を recipients.yaml に変えてください" in str(finding)


def test_the_record_of_a_review_beside_a_workbook_is_not_taken_for_them(tmp_path: Path) -> None:
    (tmp_path / "r8.review.yaml").write_text("changes:\n", encoding="utf-8")
    assert read_shared_recipients(tmp_path).findings == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("recipients:\n  本部: [keikaku]\n", "recipients.yaml 2行"),
        ("recipients:\n  理事会: [a@example.jp]\n", "recipients.yaml 2行"),
        ("recipients:\n  本部: [a@example.jp, A@example.jp]\n", "二度書かれています"),
        ("recipients:\n  本部: [\n", "recipients.yaml"),
        ("評議会委員: [a@example.jp]\n", "recipients.yaml 1行"),
    ],
)
def test_what_is_wrong_there_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "recipients.yaml").write_text(text, encoding="utf-8")
    [finding] = read_shared_recipients(tmp_path).findings
    assert said in str(finding)
    assert str(finding).startswith(f"{tmp_path.name}/recipients.yaml")
