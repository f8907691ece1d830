"""Findings as JSON, for programs: id, severity, place, values and sentence, by a published schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from handouts.findings import FieldTerm, Finding, ListTerm, Place, Severity, plain_text

SCHEMA_FILE = "findings.json"


class PlaceRecord(BaseModel):
    """Where something was found."""

    file: str = Field(description="ファイル（データの名前/ファイルの名前）、またはブックの名前")
    line: int | None = Field(description="行（1から）")
    column: int | None = Field(description="文字の位置（1から）")
    key: str | None = Field(description="キー、または列の見出し")
    sheet: str | None = Field(description="シート")
    cell: str | None = Field(description="セル（例 F12）")
    ref: str | None = Field(description="データの中の名前（例 kpi:kenshin.target）")
    printed: str | None = Field(description="印刷される場所（例 Ⅱ-2-(1)③）")


class TermRecord(BaseModel):
    """A field, or a whole list, of which a finding speaks."""

    list: str = Field(description="一覧のキー（例 kpis）")
    field: str | None = Field(description="項目のキー（例 target）。一覧全体なら null")


class EditRecord(BaseModel):
    """A change of the dataset that mends the finding for certain."""

    ref: str = Field(description="直すところ（データの中の名前）")
    field: str = Field(description="項目のキー")
    value: str | int | None = Field(description="正しい値。消すなら null")


class FindingRecord(BaseModel):
    """One finding."""

    model_config = ConfigDict(title="指摘")

    id: str = Field(description="指摘の名前（変わらない）")
    severity: Severity = Field(description="error は誤り、warning は注意")
    place: PlaceRecord = Field(description="場所")
    values: dict[str, str | int | bool | list[str] | None] = Field(description="指摘に出てくる値")
    terms: list[TermRecord] = Field(description="指摘に出てくる項目と一覧")
    mend: EditRecord | None = Field(description="確かな直し方")
    sentence: str = Field(description="指摘の文")


_RECORDS = TypeAdapter(list[FindingRecord])


def findings_json(findings: Iterable[Finding]) -> str:
    """The findings as a JSON list."""
    return _RECORDS.dump_json([_record(finding) for finding in findings], indent=1).decode()


def findings_schema() -> str:
    """The JSON Schema of that list."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_RECORDS.json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _record(finding: Finding) -> FindingRecord:
    terms = [value for _, value in finding.values if isinstance(value, (FieldTerm, ListTerm))]
    terms += [term for term in finding.rule.terms.values() if isinstance(term, (FieldTerm, ListTerm))]
    mend = finding.mend
    return FindingRecord(
        id=finding.rule.id,
        severity=finding.severity,
        place=_place(finding.place),
        values={name: _plain(value) for name, value in finding.values if not isinstance(value, FieldTerm)},
        terms=[TermRecord(list=term.list, field=getattr(term, "key", None)) for term in terms],
        mend=mend and EditRecord(ref=mend.ref, field=mend.field, value=_plain(mend.value)),
        sentence=finding.sentence,
    )


def _place(place: Place) -> PlaceRecord:
    sheet, _, cell = (place.cell or "").rpartition("!") if "!" in (place.cell or "") else (place.cell, "", "")
    return PlaceRecord(
        file=place.file,
        line=place.line,
        column=place.column,
        key=place.key,
        sheet=sheet or None,
        cell=cell or None,
        ref=place.ref or None,
        printed=place.printed or None,
    )


def _plain(value: Any) -> Any:
    """A value in the types of JSON; a decimal as text, so that no digit of it is lost."""
    if isinstance(value, tuple):
        return list(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    return (
        str(value)
        if isinstance(value, Place)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else plain_text(value)
    )
