"""What the models declare of their fields: the columns of a list, and what each stored form calls a field."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

from pydantic.fields import FieldInfo

from handouts.dataset.columns import CALLED, Column, Form
from handouts.dataset.fields import Entry
from handouts.findings import ByForm, FieldTerm, ListTerm

MONTHS = tuple(f"{(month + 2) % 12 + 1}月" for month in range(1, 13))  # from April
_LISTS = {Form.ID: Form.IDS, Form.CHOICE: Form.NAMES, Form.WHOLE: Form.WHOLES}
_SIMPLE = {bool: Form.FLAG, int: Form.WHOLE, str: Form.TEXT}


@lru_cache
def columns_of(model: type[Entry]) -> tuple[Column, ...]:
    """The columns of the list of `model` in order, those of twelve months among them."""
    entry_list = model.entry_list
    assert entry_list is not None
    columns = [*entry_list.leading, *_expanded(_in_order(model))]
    called = Column(CALLED, 24, "ほかのシートの一覧に出る名前") if entry_list.called_by else None
    return tuple(filter(None, (*columns, called, entry_list.origin)))


@lru_cache
def column_of(model: type[Entry], name: str) -> Column | None:
    """The column that the field `name` of `model` declares, with its form, key and choices; None where it has none."""
    field = model.model_fields.get(name)
    declared = next((part for part in field.metadata if isinstance(part, Column)), None) if field else None
    if field is None or declared is None:
        return None
    form = _form(field.annotation, field.metadata)
    choices = declared.choices or (_choices(field.annotation) if form in (Form.CHOICE, Form.NAMES) else ())
    by_year = form is not Form.MONTHS and Form.YEAR in _forms_of_keys(field.annotation)
    within = _limits(field.metadata)
    return replace(declared, key=(name,), form=form, choices=choices, by_year=by_year, within=within)


class Terms:
    """What findings call a list of the dataset and its fields; called with a key, the term of a field.

    A field that is not there raises KeyError at once, so that no finding can speak of one.
    """

    def __init__(self, model: type[Entry], list_: ListTerm) -> None:
        self._model, self.list = model, list_

    def __call__(self, key: str) -> FieldTerm:
        """The term of the field `key`."""
        field = self._model.model_fields[key]
        noun = short_name(field.description or key)
        column = column_of(self._model, key)
        if column is None:
            return FieldTerm(self.list.list, key, noun, noun)
        others = (column_of(self._model, name) for name in self._model.model_fields if name != key)
        is_twice = column.by_year and any(other and other.heading == column.heading for other in others)
        heading = f"{column.heading}（年度ごと）" if is_twice else column.heading
        return FieldTerm(
            self.list.list, key, noun, heading, column.allowed, column.remedy or column.form.remedy
        )

    def on_its_sheet(self, key: str, folder: str) -> ByForm:
        """The field `key` for somebody who may look at another sheet; `folder` is what a folder calls it."""
        return ByForm(folder, f"{self.list.said('workbook', '')}の{self(key).said('workbook', '')}")


def terms_of(model: type[Entry]) -> Terms:
    """What findings call the list of `model` and its fields."""
    entries = model.entry_list
    assert entries is not None
    return Terms(model, ListTerm(entries.key, f"{entries.file} の {entries.key}", entries.sheet))


def _in_order(model: type[Entry]) -> list[Column]:
    """In the order of the fields, but for those that stand behind another."""
    declared = [column for name in model.model_fields if (column := column_of(model, name))]
    columns = [column for column in declared if not column.after]
    waiting = [column for column in declared if column.after]
    while waiting:
        for column in tuple(waiting):
            at = next((at for at, one in enumerate(columns, 1) if one.key == (column.after,)), None)
            if at is not None:
                columns.insert(at, column)
                waiting.remove(column)
    return columns


def _expanded(columns: Sequence[Column]) -> Iterator[Column]:
    for column in columns:
        if column.form is Form.MONTHS:
            for month in MONTHS:
                yield replace(column, heading=month, key=(*column.key, month), form=Form.UNIT_NUMBER)
        else:
            yield column


def _limits(metadata: Sequence[Any]) -> tuple[int, int] | None:
    """The least and the greatest figure, where a field has both."""
    least = next((part.ge for part in metadata if hasattr(part, "ge")), None)
    greatest = next((part.le for part in metadata if hasattr(part, "le")), None)
    return None if least is None or greatest is None else (least, greatest)


def _form(annotation: Any, metadata: Sequence[Any] = ()) -> Form:
    """What a type says that it holds; the last of those that it names."""
    named = [part for part in metadata if isinstance(part, Form)]
    if named:
        return named[-1]
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _form(parts[0], annotation.__metadata__)
    if origin is Literal or (isinstance(annotation, type) and issubclass(annotation, StrEnum)):
        return Form.CHOICE
    if origin in (typing.Union, types.UnionType):
        return next(_form(part) for part in parts if part is not type(None))
    if origin is tuple:
        form = _form(parts[0])
        return _LISTS.get(form, form)
    if origin in (Mapping, typing.get_origin(Mapping[str, str])):
        return _form(parts[1])
    return _SIMPLE.get(annotation, Form.TEXT)


def _forms_of_keys(annotation: Any) -> list[Form]:
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    return [_form(parts[0])] if origin is typing.get_origin(Mapping[str, str]) else []


def _choices(annotation: Any) -> tuple[str, ...]:
    """The closed list in a type."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(part.value for part in annotation)
    if typing.get_origin(annotation) is Literal:
        return tuple(map(str, typing.get_args(annotation)))
    return next((found for part in typing.get_args(annotation) if (found := _choices(part))), ())


def entry_type(annotation: Any) -> type[Entry] | None:
    """The kind of entry in the type of a field, e.g. `Initiative` in tuple[Initiative, ...]."""
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := entry_type(part))), None)


def entry_type_at(model: type[Entry], path: Sequence[str | int]) -> type[Entry]:
    """The kind of entry that stands at the key path, e.g. `Initiative` at initiatives[3]."""
    owner = model
    for part in path:
        if part in owner.model_fields:
            owner = entry_type(owner.model_fields[str(part)].annotation) or owner
    return owner


def field_at(model: type[Entry], path: Sequence[str | int]) -> tuple[str, FieldInfo | None]:
    """The name and the field that the key path lies in, e.g. amount at initiatives[3].amount."""
    for end in range(len(path), 0, -1):
        fields = entry_type_at(model, path[: end - 1]).model_fields
        if path[end - 1] in fields:
            return str(path[end - 1]), fields[str(path[end - 1])]
    return "", None


def short_name(description: str) -> str:
    """What a field is called in a sentence: its description up to the first bracket, comma or full stop."""
    match = re.match(r"(?:（[^）]*）)?[^（。、]*", description)
    return match[0] if match else description


# What people see under other names in a folder and in a workbook, beside lists and fields.
PLAN = ByForm("計画（plan.md）", "シート「計画」")
REMOVE = ByForm("行ごと消してください", "消してください")
NULL = ByForm("null", "「（新しい段落）」")
EMPTY = ByForm("空（null）", "空")
