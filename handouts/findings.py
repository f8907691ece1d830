"""Faults, findings and places: what went wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the entered material something stands: a file with line and column, a cell, or a key.

    `cell` is a cell of a workbook with its sheet, e.g. 月次!F12, or a sheet alone.
    """

    file: str
    line: int | None = None
    column: int | None = None
    key: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        text = f"{self.file} {self.cell}" if self.cell else self.file
        if self.line is not None:
            text += f" {self.line}行"
            if self.column is not None:
                text += f"{self.column}文字目"
        if self.key:
            text += f"（{self.key}）"
        return text


def seen_before(count: str, first: Place, again: Place) -> str:
    """In brackets, where what stands at `again` stood for the first time; empty where that helps nobody find it."""
    if first.file == again.file:
        return f"（{count}は{first.line}行）" if first.line else ""
    return f"（{count}は {first.file} {first.cell}）" if first.cell else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or oddity in the words of the user: what was found, what is allowed, what to do."""

    place: Place
    found: str
    allowed: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        sentences = (
            text if text.endswith("。") else f"{text}。"
            for text in (self.found, self.allowed, self.remedy)
            if text
        )
        return f"{self.place}: {''.join(sentences)}"


class HandoutError(Exception):
    """A problem that the user can mend; its text is shown without a traceback."""


class DataFaults(HandoutError):
    """All faults found in one dataset or file, in the order in which they stand there."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
