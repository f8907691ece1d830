"""What a dataset says of itself, read from a workbook: the sheets 会議, 比べ方 and 宛先."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handouts.dataset.columns import Column, plain
from handouts.dataset.settings import NEW_PARAGRAPH, NO_MARKS
from handouts.dataset.suggestion import nearest
from handouts.dataset.yaml_text import KeyPath
from handouts.excel.book import Book
from handouts.excel.cells import EMPTY_CELL, excerpt_of, field_of
from handouts.excel.rows import DatasetRow
from handouts.excel.sheets import BASE, HANDOUTS, ITEMS, OVERRIDES, RECIPIENTS
from handouts.excel.source import RowSource
from handouts.findings import Rule

UNKNOWN_ITEM = Rule(
    "sheet.item-unknown",
    "「{label}」という項目はないので、読み飛ばしました",
    remedy="覚え書きなら、そのままで構いません",
    severity="warning",
)
MISSING_ITEM = Rule(
    "sheet.item-missing",
    "項目「{label}」の行がありません",
    "書くことがない項目も、行ごと残します",
    "行を挿入して、項目の列に書き足してください",
)
UNKNOWN_HANDOUT = Rule(
    "sheet.handout-unknown",
    "「{name}」は資料の種類ではありません",
    "{field:allowed}",
    "書き直すか、行を消してください",
)
DOUBLE_ROW = Rule(
    "sheet.row-double",
    "「{name}」が二度書かれています",
    "同じものは1回だけ書けます",
    "書き直すか、行を消してください",
)
UNKNOWN_GROUP = Rule(
    "sheet.recipients-unknown",
    "「{name}」という宛先の組はありません",
    "{field:allowed}",
    "一覧から選ぶか、行を消してください",
)
# Items without which a workbook is read: it may have fewer levels, and those of before had no groups.
_OPTIONAL = (("numbering", "levels"), ("groups",))
HANDOUT = field_of(HANDOUTS.column("kind"))
_PARAGRAPH = field_of(OVERRIDES.column("paragraph"), "今年度の計画の段落か見出し")
_GROUP = field_of(RECIPIENTS.column("group"))
# Where the cells of a row stand until it is known what it is about.
_ANY: KeyPath = ("comparison", "?")


def read_base(book: Book, sources: Mapping[str, RowSource]) -> Mapping[str, str]:
    """Reads the items of the sheet 会議 into the sources of their files; returns those that the program wrote."""
    said: dict[str, str] = {}
    there: set[str] = set()
    items = {plain(column.heading): (file, column) for file, column in ITEMS}
    if BASE.name not in book.rows:
        return said
    for row in book.rows[BASE.name]:
        name = plain(row.shown(("label",)))
        if name not in items:
            _say_unknown(book, row)
            continue
        there.add(name)
        file, column = items[name]
        if column.is_computed:
            said[column.heading] = row.shown(("value",)).strip()
        else:
            _read_item(sources[file], column, row)
    for source in sources.values():
        _settle_levels(source)
    _say_missing(book, [column for name, (_, column) in items.items() if name not in there])
    return said


def _read_item(source: RowSource, column: Column, row: DatasetRow) -> None:
    path = column.path
    place = row.place_of(("value",))
    said = row.cells.get(("value",))
    value = source.read(path, said, place) if said else None
    source.put(path, column, place)
    for n in range(1, len(path)):
        source.values.setdefault(path[:n], place)
    if value is not None:
        holder = source.data
        for part in column.key[:-1]:
            holder = holder.setdefault(part, {})
        holder[column.key[-1]] = value


def _settle_levels(source: RowSource) -> None:
    """The samples of the levels as a list; where one is left empty between others, the rest move up."""
    numbering = source.data.get("numbering", {})
    if levels := numbering.get("levels"):
        numbering["levels"] = [levels[level] for level in sorted(levels, key=int)]


def _say_unknown(book: Book, row: DatasetRow) -> None:
    key = next(key for key in (("label",), ("value",)) if key in row.cells)
    label, place = row.shown(key), replace(row.place_of(key), key=None)
    near = nearest(label, [column.heading for _, column in ITEMS])
    book.findings.add(UNKNOWN_ITEM.at(place, near, label=excerpt_of(label)))


def _say_missing(book: Book, columns: Sequence[Column]) -> None:
    for column in columns:
        if not column.is_computed and column.key[:2] not in _OPTIONAL:
            book.findings.add(MISSING_ITEM.at(book.places[BASE.name], label=column.heading))


def read_handouts(book: Book, source: RowSource) -> dict[str, Any]:
    """The handouts to make, with their settings, by kind."""
    handouts: dict[str, Any] = {}
    source.values[("handouts",)] = book.places[HANDOUTS.name]
    column = HANDOUTS.column("kind")
    for row in book.rows.get(HANDOUTS.name, ()):
        shown, place = row.shown(("kind",)), row.place_of(("kind",))
        kind = column.value_of(shown) if shown else ""
        if kind not in column.values or kind in handouts:
            rule = DOUBLE_ROW if kind in handouts else UNKNOWN_HANDOUT if shown else EMPTY_CELL
            book.findings.add(rule.at(place, field=HANDOUT, name=excerpt_of(shown)))
            continue
        path = ("handouts", kind)
        entry = source.read_row(row, path, ())
        source.values.pop((*path, "kind"), None)
        source.put(path, column, place)
        handouts[kind] = {key: value for key, value in entry.items() if key != "kind"}
    return handouts


def read_overrides(book: Book, source: RowSource) -> dict[str, Any]:
    """What the branch decided against the comparison, by paragraph."""
    overrides: dict[str, dict[str, Any]] = {"pairs": {}, "marks": {}}
    for part in ("", "pairs", "marks"):
        whole: KeyPath = ("comparison", part) if part else ("comparison",)
        source.values[whole] = book.places[OVERRIDES.name]
    for row in book.rows.get(OVERRIDES.name, ()):
        entry = source.read_row(row, _ANY, ("paragraph",))
        name = entry.get("paragraph")
        if not name or any(name in decided for decided in overrides.values()):
            rule = DOUBLE_ROW if name else EMPTY_CELL
            book.findings.add(rule.at(source.place((*_ANY, "paragraph")), field=_PARAGRAPH, name=name))
            continue
        for key in ("pairs", "marks"):
            if key in entry:
                overrides[key][name] = _decision(key, entry[key])
                source.put(("comparison", key, name), OVERRIDES.column(key), source.place((*_ANY, key)))
        for path in [path for path in source.values if path[:2] == _ANY]:
            del source.values[path]
    return overrides


def _decision(key: str, value: Any) -> Any:
    if key == "pairs":
        return None if plain(str(value)) == plain(NEW_PARAGRAPH) else value
    return [] if [plain(str(word)) for word in value] == [plain(NO_MARKS)] else value


def read_recipients(book: Book, source: RowSource) -> dict[str, Any]:
    """The addresses of each group, one a row."""
    recipients: dict[str, Any] = {}
    source.values[("recipients",)] = book.places[RECIPIENTS.name]
    for row in book.rows.get(RECIPIENTS.name, ()):
        entry = source.read_row(row, _ANY, ("group",))
        group = str(entry.get("group", ""))
        if group not in RECIPIENTS.column("group").choices:
            rule = UNKNOWN_GROUP if group else EMPTY_CELL
            book.findings.add(rule.at(source.place((*_ANY, "group")), field=_GROUP, name=group))
            continue
        mailboxes = recipients.setdefault(group, [])
        source.values.setdefault(("recipients", group), source.place((*_ANY, "group")))
        if "mailbox" in entry:
            path: KeyPath = ("recipients", group, len(mailboxes))
            source.put(path, RECIPIENTS.column("mailbox"), source.place((*_ANY, "mailbox")))
            mailboxes.append(entry["mailbox"])
    for key in [key for key in source.values if key[:2] == _ANY]:
        del source.values[key]
    return recipients
