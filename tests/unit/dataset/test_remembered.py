"""What was computed is remembered."""

from __future__ import annotations

from handouts.dataset.remembered import remembered


def test_the_same_values_are_computed_once_and_equal_ones_are_not_the_same() -> None:
    given: list[list[int]] = []

    @remembered(8)
    def total(numbers: list[int], more: int = 0) -> int:
        given.append(numbers)
        return sum(numbers) + more

    first, equal = [1, 2], [1, 2]
    assert [total(first), total(first), total(equal), total(first, more=1), total(first)] == [3, 3, 3, 4, 3]
    assert [id(numbers) for numbers in given] == [id(first), id(equal), id(first)]


def test_only_the_last_ones_are_remembered() -> None:
    given: list[str] = []

    @remembered(2)
    def seen(text: str) -> str:
        given.append(text)
        return text

    for text in ("a", "b", "c", "c", "b", "a"):
        seen(text)
    assert given == ["a", "b", "c", "a"]
