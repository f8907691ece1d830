"""What was found in the entered material: values and terms, put into words for the stored form that the reader works in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias

Severity = Literal["error", "warning"]
StoredForm = Literal["folder", "workbook"]
SEVERITIES: Mapping[Severity, str] = {"error": "誤り", "warning": "注意"}
_WORKBOOK = re.compile(r"\.(xls[xmb]?|xltx|ods)$", re.IGNORECASE)
_TERM = "\0"  # stands on both sides of a term of a workbook until the blanks around it are gone


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the entered material something stands: a file with line and column, a cell, or a key.

    `cell` is a cell of a workbook with its sheet, e.g. 月次!F12, or a sheet alone. `ref` names the entry, `printed` is
    where a reader of the handout finds it, e.g. Ⅱ-2-(1)③; both are empty where nobody knows.
    """

    file: str
    line: int | None = None
    column: int | None = None
    key: str | None = None
    cell: str | None = None
    ref: str = field(default="", compare=False)
    printed: str = field(default="", compare=False)

    @property
    def stored_form(self) -> StoredForm:
        """What the person has open who looks there."""
        return "workbook" if self.cell or _WORKBOOK.search(self.file) else "folder"

    def __str__(self) -> str:
        text = f"{self.file} {self.cell}" if self.cell else self.file
        if self.line is not None:
            text += f" {self.line}行"
            if self.column is not None:
                text += f"{self.column}文字目"
        if self.key:
            text += f"（{self.key}）"
        return text

    def seen_from(self, other: Place) -> str:
        """Where it is for somebody who looks at `other`; empty where that helps nobody find it."""
        if self.file == other.file:
            return f"{self.line}行" if self.line else self.cell or ""
        return f" {self.file} {self.cell}" if self.cell else ""


@dataclass(frozen=True, slots=True)
class ByForm:
    """Words that are others in a folder and in a workbook."""

    folder: str
    workbook: str

    def said(self, form: StoredForm, how: str) -> str:
        """The words for a stored form."""
        return self.folder if form == "folder" else self.workbook


@dataclass(frozen=True, slots=True)
class FieldTerm:
    """A field of a list of the dataset, and what is called what where: key and noun in a folder, heading in a workbook.

    `allowed` is what may stand in its cells, `remedy` what to write in a file, `choices` the closed list of its values;
    each may be empty.
    """

    list: str
    key: str
    noun: str
    heading: str
    allowed: str = ""
    remedy: str = ""
    choices: tuple[str, ...] = ()

    def said(self, form: StoredForm, how: str) -> str:
        """The field as people call it; `how` asks for more: bracket, noun, row, allowed, remedy, or =VALUE."""
        is_folder = form == "folder"
        if how == "bracket":
            return f"（{self.key}）" if is_folder else ""
        if how == "row":
            return f"「{self.key}: 」の行" if is_folder else f"「{self.heading}」の欄"
        if how == "allowed" and is_folder:
            return f"選べるのは {'、'.join(self.choices)} です" if self.choices else ""
        if how == "allowed":
            return f"書けるのは、{self.allowed}です" if self.allowed else ""
        if how == "remedy":
            return self.remedy if is_folder else "書き直してください"
        if how.startswith("="):
            return (
                f"「{self.key}: {how[1:]}」"
                if is_folder
                else f"「{self.heading}」の欄に「{how[1:].strip('[]')}」"
            )
        if is_folder:
            return self.noun if how == "noun" else self.key
        return f"「{self.heading}」"


@dataclass(frozen=True, slots=True)
class ListTerm:
    """A list of the dataset: by its file and key in a folder, by its sheet in a workbook."""

    list: str
    folder: str
    sheet: str

    def said(self, form: StoredForm, how: str) -> str:
        """The list as people call it."""
        return self.folder if form == "folder" else f"シート「{self.sheet}」"


Term: TypeAlias = ByForm | FieldTerm | ListTerm
Value: TypeAlias = "str | int | Decimal | bool | tuple[str, ...] | Place | Term | None"
Words: TypeAlias = str | ByForm


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the dataset that mends a finding for certain: what the entry `ref` is to have in `field`, None for nothing."""

    ref: str
    field: str
    value: str | int | Decimal | None


class Rule:
    """A kind of finding: its stable id, how grave it is, and its sentences.

    What stands in braces in a sentence is a value of the finding, or one of `terms`, as the reader's stored form calls it.
    """

    def __init__(
        self,
        id: str,  # noqa: A002  # its name for everybody
        found: Words,
        allowed: Words = "",
        remedy: Words = "",
        severity: Severity = "error",
        **terms: Term,
    ) -> None:
        self.id, self.severity = id, severity
        self.found, self.allowed, self.remedy = found, allowed, remedy
        self.terms: Mapping[str, Term] = terms

    def at(self, place: Place, near: Words = "", mend: Edit | None = None, **values: Value) -> Finding:
        """A finding of this kind; `near` is the known word that was probably meant."""
        return Finding(self, place, tuple(values.items()), near, mend)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or oddity: its kind, where it is, the values that it speaks of, and what mends it for certain if anything does."""

    rule: Rule
    place: Place
    values: tuple[tuple[str, Value], ...] = ()
    near: Words = ""
    mend: Edit | None = None

    @property
    def severity(self) -> Severity:
        """Whether it stops a build, or only a strict one."""
        return self.rule.severity

    @property
    def found(self) -> str:
        """What was found."""
        return self._worded(self.rule.found)

    @property
    def allowed(self) -> str:
        """What is allowed there; may be empty."""
        return self._worded(self.rule.allowed)

    @property
    def remedy(self) -> str:
        """What to do."""
        form = self.place.stored_form
        if near := self.near if isinstance(self.near, str) else self.near.said(form, ""):
            is_called = isinstance(self.near, ByForm) and form == "workbook"
            return f"「{near}」の{'こと' if is_called else '書き間違い'}ではありませんか"
        return self._worded(self.rule.remedy)

    @property
    def sentence(self) -> str:
        """All of it in the words of the form in which the reader has the dataset."""
        texts = filter(None, (self.found, self.allowed, self.remedy))
        return "".join(text if text.endswith("。") else f"{text}。" for text in texts)

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"

    def moved(self, move: Callable[[Place], Place]) -> Finding:
        """The finding with its place, and those that it speaks of, moved."""
        values = tuple(
            (name, move(value) if isinstance(value, Place) else value) for name, value in self.values
        )
        return replace(self, place=move(self.place), values=values)

    def _worded(self, words: Words) -> str:
        form = self.place.stored_form
        template = words.said(form, "") if isinstance(words, ByForm) else words
        if "{" not in template:
            return template
        known = {**self.rule.terms, **dict(self.values)}
        text = template.format_map({name: _Worded(value, self.place) for name, value in known.items()})
        return re.sub(f" ?{_TERM}([^{_TERM}]*){_TERM} ?", r"\1", text) if _TERM in text else text


@dataclass(frozen=True, slots=True)
class _Worded:
    """A value on its way into a sentence."""

    value: Any
    place: Place

    def __format__(self, how: str) -> str:
        value = self.value
        if isinstance(value, (ByForm, FieldTerm, ListTerm)):
            text = value.said(self.place.stored_form, how)
            return text if self.place.stored_form == "folder" else f"{_TERM}{text}{_TERM}"
        if isinstance(value, Place):
            where = value.seen_from(self.place)
            return f"（{how}は{where}）" if how and where else where
        text = plain_text(value)
        return (f"「{text}」" if text else "") if how == "「」" else text


def plain_text(value: Value) -> str:
    """A value of a finding as text, in the words of a folder."""
    if isinstance(value, (ByForm, FieldTerm, ListTerm)):
        return value.said("folder", "")
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The faults among the findings, each once."""
    return tuple(dict.fromkeys(finding for finding in findings if finding.severity == "error"))


class HandoutError(Exception):
    """A problem that the user can mend; its text is shown without a traceback."""


class DataFaults(HandoutError):
    """All faults found in one dataset or file, in the order in which they stand there."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))
