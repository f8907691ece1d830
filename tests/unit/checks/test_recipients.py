"""Recipients of the mail."""

from __future__ import annotations

from pathlib import Path

from handouts.checks.recipients import check_recipients
from tests.unit.dataset.folders import changed, messages, read


def test_an_address_that_stands_twice_in_a_list_is_named_with_its_line(tmp_path: Path) -> None:
    lists = "recipients:\n  本部: [a@example.jp]\n  支部内:\n    - A <a@example.jp>\n    - B <A@example.jp>\n"
    reading = read(tmp_path, dataset=changed("dataset.yaml", "recipients:\n", lists))
    assert reading.dataset is not None
    [finding] = check_recipients(reading.dataset, reading.places)
    assert finding.severity == "warning"
    assert "支部内の宛先「A@example.jp」が二度" in finding.found
    assert (finding.place.file, finding.place.key) == ("dataset.yaml", "recipients.支部内[2]")


def test_recipients_are_kept_as_name_and_address(tmp_path: Path) -> None:
    lists = "recipients:\n  本部: 計画＜ａ＠example.jp＞\n  支部内:\n"
    reading = read(tmp_path, dataset=changed("dataset.yaml", "recipients:\n", lists))
    assert messages(reading) == []
    assert reading.dataset is not None
    assert reading.dataset.recipients == {"本部": ("計画 <a@example.jp>",), "支部内": ()}
