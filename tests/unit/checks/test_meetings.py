"""What the cover says of a handout that is to be made."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from handouts.checks import check_handouts
from handouts.checks.meetings import check_covers, check_dates, check_years_of_meetings
from handouts.dataset.kinds import KINDS
from handouts.dataset.model import Dataset
from handouts.dataset.settings import HandoutSettings
from tests.unit.checks.made import dataset, in_workbook, messages, only


def held(
    kind: str, date: str | None, meeting: str = "第3回群馬支部評議会", material: str = "資料1"
) -> Dataset:
    day = datetime.date.fromisoformat(date) if date else None
    settings = HandoutSettings(material=material, meeting=meeting, date=day)
    return replace(dataset(kind), handouts={kind: settings})


@pytest.mark.parametrize(
    ("kind", "date"),
    [  # of 令和3年度
        *[("plan-budget", day) for day in ("2020-11-05", "2021-01-19", "2021-03-31", "2021-07-30")],
        *[("final-report", day) for day in ("2021-03-14", "2021-06-30")],
        *[("progress", day) for day in ("2021-10-15", "2021-12-10", "2022-01-20", "2022-03-20")],
        *[("results", day) for day in ("2022-04-20", "2022-07-18", "2022-12-01")],
    ],
)
def test_the_usual_months_are_in_order(kind: str, date: str) -> None:
    assert check_handouts(held(kind, date), {}) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_day_of_the_year_before_or_after_is_outside_for_every_usual_day(kind: str) -> None:
    meetings = KINDS[kind].meetings
    assert meetings is not None
    for months in range(meetings[0], meetings[1] + 1):
        day = datetime.date(2021 + (3 + months) // 12, (3 + months) % 12 + 1, 15)
        assert not messages(check_dates, held(kind, day.isoformat()))
        for other in (-1, 1):
            assert messages(check_dates, held(kind, day.replace(year=day.year + other).isoformat()))


def test_last_years_day_says_when_such_a_meeting_is() -> None:
    finding = only(check_dates, held("plan-budget", "2020-01-20"))
    assert finding.severity == "warning"
    assert finding.place.ref == "dataset:handouts.plan-budget.date"
    assert "令和2年1月20日" in finding.found
    assert "令和2年10月から令和3年7月まで" in finding.allowed


def test_a_meeting_that_names_its_year_is_in_it() -> None:
    assert not messages(check_years_of_meetings, held("results", "2022-07-18", "令和４年度第１回評議会"))
    assert not messages(check_years_of_meetings, held("results", "2022-07-18", "第１回評議会"))
    assert not messages(check_years_of_meetings, held("results", None, "令和４年度第１回評議会"))
    finding = only(check_years_of_meetings, held("results", "2023-07-18", "令和４年度第１回評議会"))
    assert "令和4年4月から令和5年3月まで" in finding.allowed


def test_a_year_that_never_was_in_the_name_of_a_meeting_is_no_year() -> None:
    for meeting in ("令和０年度第１回評議会", "令和元3年度第１回評議会", "平成00年度評議会"):
        assert not messages(check_years_of_meetings, held("results", "2022-07-18", meeting))


def test_all_that_a_cover_lacks_is_one_finding() -> None:
    finding = only(check_covers, held("progress", None, "", ""))
    assert "資料番号、会議の名称、開催日が" in finding.found
    assert "「資料番号」（例 資料2-1）、「会議」（例 " in in_workbook(finding)
    assert not messages(check_covers, held("progress", "2021-12-10"))


@pytest.mark.parametrize(
    ("cover", "what", "key"),
    [
        (held("progress", "2021-12-10", material=""), "資料番号", "material"),
        (held("progress", "2021-12-10", meeting=""), "会議の名称", "meeting"),
        (held("progress", None), "開催日", "date"),
    ],
)
def test_only_what_is_missing_is_asked_for(cover: Dataset, what: str, key: str) -> None:
    finding = only(check_covers, cover)
    assert f"の{what}が書かれていない" in finding.found
    assert finding.remedy.startswith(f"{key}（例 ")
    assert finding.remedy.count("例") == 1


def test_a_dataset_that_lists_no_handouts_is_asked_for_those_of_the_usual_one() -> None:
    assert len(messages(check_covers, replace(dataset(""), handouts={}))) == 1
