"""The values of a yaml file changed, with everything else, its comments and its layout as they were."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from handouts.dataset.fiscal import YearForm, parse_fiscal_year
from handouts.dataset.yaml_lines import row_lines, scalar_text, yaml_lines

# The keys that name a row, in the order in which they are looked for.
_NAMES = ("id", "heading", "plan")
_MONTH = re.compile("([0-9]+)月?")
_FIRST_MONTHS = {"3月始まり": 3}


def with_value(text: str, key: str, value: Mapping[str, str | Sequence[str]]) -> str:
    """The yaml `text` with the mapping `value` under the top-level `key`."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096  # long Japanese lines stay as they are
    data = yaml.load(text) or {}
    data[key] = {name: _quoted(entry) for name, entry in value.items()}
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _quoted(value: str | Sequence[str]) -> object:
    """Labels end with blanks, which only quotes keep."""
    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    entries = CommentedSeq(DoubleQuotedScalarString(entry) for entry in value)
    entries.fa.set_flow_style()
    return entries


def edited(text: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """The yaml `text`, which says `old`, changed so that it says `new`.

    Both are plain values with short keys for years and months (R5, 9月), without what need not be written; the text
    may write the same in other forms. The caller has to read the result: text of an unusual shape may come out wrong.
    """
    node = YAML(typ="safe", pure=True).compose(text)
    if not isinstance(node, MappingNode):
        return "\n".join((*text.splitlines(), *yaml_lines(new))) + "\n"
    editor = _Editor(text)
    start, end = node.start_mark.index, editor.end(node)
    whole = f"{text[:start]}{editor.rendered(node, dict(old), dict(new))}{text[end:]}"
    return whole if whole.endswith("\n") else f"{whole}\n"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A key with its value: the key in its short form, and where both stand."""

    key: str
    node: Node
    value: Node
    end: int  # of the value, or of the key where there is none

    @property
    def start(self) -> int:
        return int(self.node.start_mark.index)

    @property
    def is_empty(self) -> bool:
        """Whether there is no value: its mark is then where the next thing stands."""
        return isinstance(self.value, ScalarNode) and self.value.start_mark.index == self.value.end_mark.index


class _Editor:
    """Writes the values of a text anew, each part that stays as it stands there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._months = ("", "")  # of the table around, before and after

    def rendered(self, node: Node, old: Any, new: Any) -> str:
        """The text of `node`, which says `old`, when it says `new`; from its start to its end."""
        start, end = node.start_mark.index, self.end(node)
        if isinstance(node, SequenceNode) and (_is_by_month(old) or _is_by_month(new)):
            old, new = _in_order(old, self._months[0]), _in_order(new, self._months[1])
        if _is_same(old, new):
            return self._text[start:end]
        if isinstance(node, MappingNode) and node.flow_style:
            return self._flow(node, old, new)
        if isinstance(node, MappingNode):
            return self._mapping(node, old, new)
        if isinstance(node, SequenceNode) and not node.flow_style:
            return self._rows(node, old, new)
        is_quoted = isinstance(node, ScalarNode) and node.style == '"'
        return scalar_text(new, is_quoted=is_quoted)

    def end(self, node: Node) -> int:
        """The end of what a node says; of a block the end of its last line, a comment there with it."""
        if isinstance(node, ScalarNode) and node.style in ("|", ">"):
            return len(self._text[: node.end_mark.index].rstrip("\n"))
        if isinstance(node, ScalarNode) or getattr(node, "flow_style", False):
            return int(node.end_mark.index)
        if isinstance(node, SequenceNode):
            return self._line_end(self.end(node.value[-1]) if node.value else node.start_mark.index)
        key, value = node.value[-1]
        return self._line_end(
            (_Pair("", key, value, 0).is_empty and key.end_mark.index + 1) or self.end(value)
        )

    def _mapping(self, node: MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
        if "series" in new:
            self._months = (str(old.get("months", "")), str(new.get("months", "")))
        pairs = self._pairs(node, old, new)
        column = node.start_mark.column
        written = ""
        for number, pair in enumerate(pairs):
            if pair.key in new or pair.key not in old:
                lead = self._text[self._line_end(pairs[number - 1].end) : pair.start] if number else ""
                if not written and number:
                    lead = ""
                written += lead + self._pair(pair, old, new, column)
            for key in _following(pair.key, [one.key for one in pairs], old, new):
                lines = yaml_lines({key: new[key]})
                written += "\n".join(("", *(f"{' ' * column}{line}".rstrip(" ") for line in lines)))
        return written if written.strip() else "{}"

    def _pair(self, pair: _Pair, old: Mapping[str, Any], new: Mapping[str, Any], column: int) -> str:
        """A key and its value up to the end of the line."""
        before, after = old.get(pair.key), new.get(pair.key)
        line_end = self._line_end(pair.end)
        if pair.key not in new or _is_same(before, after):
            return self._text[pair.start : line_end]
        tail = self._text[pair.end : line_end]
        if not pair.is_empty and self._is_kept(pair.value, before, after):
            head = self._text[pair.start : pair.value.start_mark.index]
            return head + self.rendered(pair.value, before, after) + tail
        first, *others = yaml_lines({str(pair.node.value): after})
        return "\n".join((first + tail, *(f"{' ' * column}{line}".rstrip(" ") for line in others)))

    def _is_kept(self, node: Node, old: Any, new: Any) -> bool:
        """Whether the shape of a value stays, so that only parts of it are written anew."""
        if isinstance(node, MappingNode):
            return isinstance(old, dict) and isinstance(new, dict) and bool(new)
        if isinstance(node, SequenceNode) and not node.flow_style:
            is_list = isinstance(new, list) or _is_by_month(new)
            return is_list and bool(new) and isinstance(old, (list, dict))
        if isinstance(node, SequenceNode):
            return not (isinstance(new, list) and any(isinstance(part, dict) for part in new))
        is_block = isinstance(node, ScalarNode) and node.style in ("|", ">")
        is_one_line = not is_block and len(list(yaml_lines({"k": new}))) == 1
        return is_one_line and not isinstance(new, (dict, list))

    def _rows(self, node: SequenceNode, old: Any, new: Any) -> str:
        """A list: each row stays where it is, moves with the comments above it, goes, or is new."""
        rows = node.value
        olds = old if isinstance(old, list) and len(old) == len(rows) else [None] * len(rows)
        dashes = [self._dash(node, number) for number in range(len(rows))]
        leads = [
            self._text[self._line_end(self.end(rows[number - 1])) : dash] if number else ""
            for number, dash in enumerate(dashes)
        ]
        indent = "\n" + " " * node.start_mark.column
        matched = _matched(olds, new)
        orphans = _orphans(leads, matched)
        written: list[str] = []
        for number, index in enumerate(matched):
            if index is None:
                lead = indent
                row = (
                    indent.join(row_lines(new[number]))
                    if isinstance(new[number], dict)
                    else f"- {scalar_text(new[number])}"
                )
            else:
                lead = orphans.pop(index, "") + (leads[index] or indent)
                body = self.rendered(rows[index], olds[index], new[number])
                end = self.end(rows[index])
                row = self._text[dashes[index] : rows[index].start_mark.index] + body
                row += self._text[end : self._line_end(end)]
            written.append(lead + row)
        first = written[0].lstrip("\n ")
        return "".join((first, *written[1:], *orphans.values()))

    def _flow(self, node: MappingNode, old: Any, new: Any) -> str:
        """{R3: 94.6, R4: 93.9}: what stays keeps its text, and what stood between two that stay."""
        pairs = self._pairs(node, old, new)
        written = ""
        last = -1
        for number, pair in enumerate(pairs):
            if pair.key not in new and pair.key in old:
                continue
            if written:
                gap = self._text[pairs[number - 1].end : pair.start]
                written += gap if last == number - 1 else ", "
            last = number
            if pair.key in new:
                head = self._text[pair.start : pair.value.start_mark.index]
                written += head + self.rendered(pair.value, old.get(pair.key), new[pair.key])
            else:
                written += self._text[pair.start : pair.end]
        keys = [pair.key for pair in pairs]
        added = {key: new[key] for key in new if key not in keys and not _is_known(key, old, new)}
        if added:
            written += f"{', ' if written else ''}{scalar_text(added)[1:-1]}"
        return f"{{{written}}}"

    def _pairs(self, node: MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[_Pair]:
        pairs = []
        for key_node, value_node in node.value:
            key = _short_key(str(key_node.value), {*old, *new})
            pair = _Pair(key, key_node, value_node, 0)
            end = key_node.end_mark.index + 1 if pair.is_empty else self.end(value_node)
            pairs.append(_Pair(key, key_node, value_node, int(end)))
        return pairs

    def _dash(self, node: SequenceNode, number: int) -> int:
        return self._text.rindex("-", node.start_mark.index, node.value[number].start_mark.index)

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end


def _following(key: str, there: Sequence[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The keys to be written behind `key`: those that follow it in `new` before the next that is there already."""
    order = list(new)
    missing = [one for one in order if one not in there and not _is_known(one, old, new)]
    found = []
    for one in missing:
        before = [other for other in order[: order.index(one)] if other in there]
        if (before[-1] if before else there[0]) == key:
            found.append(one)
    return found


def _is_known(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a key that is not written has its value all the same."""
    return key in old and _is_same(old[key], new[key])


def _matched(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new row the number of the old one that it was; None for one that is new."""
    olds, news = _row_names(old), _row_names(new)
    numbers = {name: number for number, name in enumerate(olds)}
    matched: list[int | None] = [numbers.get(name) for name in news]
    for tag, first, last, start, end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        # A row whose name changed is still the same row.
        if tag == "replace" and last - first == end - start:
            for number, index in zip(range(start, end), range(first, last), strict=True):
                if matched[number] is None and index not in matched:
                    matched[number] = index
    return matched


def _row_names(rows: Sequence[Any]) -> list[tuple[str, int]]:
    """A name for each row; those of the same name are counted."""
    times: Counter[str] = Counter()
    names = []
    for row in rows:
        if isinstance(row, Mapping):
            name = next((str(row[key]) for key in _NAMES if row.get(key)), "")
            name = name or f"{row.get('year', '')} {row.get('label', '')}"
        else:
            name = str(row)
        times[name] += 1
        names.append((name, times[name]))
    return names


def _orphans(leads: Sequence[str], matched: Sequence[int | None]) -> dict[int, str]:
    """The comments above rows that go, by the number of the next row that stays: they may be about it too."""
    orphans: dict[int, str] = {}
    kept = set(matched)
    above = ""
    for number, lead in enumerate((*leads, "")):
        if number in kept or number == len(leads):
            if above:
                orphans[number] = above
            above = ""
        elif "#" in lead:
            above += lead.rstrip(" ").rstrip("\n")
    return orphans


def _short_key(key: str, known: set[str]) -> str:
    """A key in the form that plain values have: R5 for 令和5年度, 9月 for 9."""
    if key in known:
        return key
    if month := _MONTH.fullmatch(key):
        return f"{int(month[1])}月"
    try:
        return parse_fiscal_year(key)[0].text(YearForm.LETTER)
    except ValueError:
        return key


def _is_by_month(value: Any) -> bool:
    return isinstance(value, Mapping) and all(_MONTH.fullmatch(str(key)) for key in value)


def _in_order(value: Any, months: str) -> Any:
    """Figures by month as the list of twelve that a file may have instead."""
    if not _is_by_month(value):
        return value
    first = _FIRST_MONTHS.get(months, 4)
    return [value.get(f"{(first - 1 + number) % 12 + 1}月") for number in range(12)] if value else []


def _is_same(one: Any, other: Any) -> bool:
    """Whether two plain values are the same, with the decimals that they are printed with."""
    return type(one) is type(other) and repr(one) == repr(other)
