"""Files that come back with tracked changes: everything taken over, the handout built again says what came back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tests.reviewing.office_reviewer import OfficeReviewer, has_uno
from tests.reviewing.round_trip import RoundTrip, reviewed_in_word, round_trip
from tests.reviewing.sent import sent

# The quick kinds more often; each seed was chosen for what it does.
IN_WORD = [
    *(("plan", seed, 15) for seed in (2, 16, 27, 35)),
    *(("final-report", seed, 15) for seed in (3, 15, 16, 25)),
    *(("plan-budget", seed, 15) for seed in (3, 6, 15, 17)),
    *(("progress", seed, 20) for seed in (2, 5)),
    *(("results", seed, 20) for seed in (2, 11)),
]
IN_OFFICE = [("plan", 0), ("plan", 1), ("plan-budget", 0), ("plan-budget", 1)]


@cache
def trip_in_word(kind: str, seed: int, count: int) -> RoundTrip:
    one = sent(kind)
    return round_trip(f"{kind} {seed}", one, *reviewed_in_word(one, seed, count))


@pytest.mark.parametrize(("kind", "seed", "count"), IN_WORD)
def test_what_comes_back_from_word_is_what_the_next_file_says(kind: str, seed: int, count: int) -> None:
    trip = trip_in_word(kind, seed, count)
    assert trip.failures == [], str(trip)
    assert len(trip.edits) > count / 2


@pytest.fixture(scope="module")
def office() -> Iterator[OfficeReviewer]:
    """LibreOffice, which starts once."""
    with OfficeReviewer() as started:
        yield started


@pytest.mark.skipif(not has_uno(), reason="LibreOffice with Debian's python3-uno is not here")
@pytest.mark.parametrize(("kind", "seed"), IN_OFFICE)
def test_what_comes_back_from_libreoffice_is_what_the_next_file_says(
    kind: str, seed: int, office: OfficeReviewer
) -> None:
    one = sent(kind)
    trip = round_trip(f"{kind} {seed} office", one, *office.review(one, seed, 8))
    assert trip.failures == [], str(trip)
    assert len(trip.edits) > 4
