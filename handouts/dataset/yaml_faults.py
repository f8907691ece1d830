"""Why yaml text cannot be read, and what to do about it, in the words of the user."""

from __future__ import annotations

import re
from typing import TypeAlias

from ruamel.yaml.error import MarkedYAMLError

from handouts.findings import Finding, Place, unruled

Words: TypeAlias = tuple[str, str, str]  # what was found, what is allowed, what to do
_QUOTE = '値の全体を半角の「"」で囲んでください'
_INDENT = "字下げに使えるのは半角の空白だけです"
_SPACE_AFTER = "キーと値の間は、半角の「:」と半角の空白です（例 name: 健診推進経費）"
SECOND_DOCUMENT = ("「---」で区切られた2つ目のまとまりがあります", "", "「---」の行を消してください")
ODD_KEY = ("キーの場所に括弧や記号があります", "キーは id や name のような文字です", f"値なら、{_QUOTE}")
# What the line at fault, or the one before it, looks like; why it cannot be read; what to do.
_SHAPES: tuple[tuple[str, str, str], ...] = (
    (r"^ *\u3000", f"行の先頭に全角の空白があります。{_INDENT}", "半角の空白に直してください"),
    (r"^ *\t", f"行の先頭にタブがあります。{_INDENT}", "半角の空白に直してください"),
    (r"^ *[－―−‐ー]", "先頭の「-」が全角です", "半角の「-」と半角の空白に直してください"),
    (r"^[ -]*[\w-]+ *：", f"「：」が全角です。{_SPACE_AFTER}", "半角の「: 」に直してください"),
    (r"^ *-[^ -]", "先頭の「-」の後に空白がありません", "「- 」のように半角の空白を入れてください"),
    (r"^[ -]*[\w-]+:[^ ]", f"「:」の後に空白がありません。{_SPACE_AFTER}", "半角の空白を入れてください"),
)
# What ruamel.yaml says, what the line at fault looks like, why it cannot be read, what to do.
_PROBLEMS: tuple[tuple[str, str, str, str], ...] = (
    (
        "quoted scalar.*unexpected",
        "",
        "値の始めに引用符がありますが、終わりにありません",
        "値の終わりにも同じ引用符を付けてください",
    ),
    (
        "escape",
        "",
        '「\\」は、「"」で囲んだ値の中では特別な意味になります',
        "値を囲む「\"」を「'」に替えてください",
    ),
    (
        "flow node.*found ','",
        "",
        "「,」の前に値がありません",
        "値を書いてください。まだ数のない月なら null と書きます",
    ),
    (r"'\\t'", "", f"値の前にタブがあります。{_INDENT}", "半角の空白に直してください"),
    ("flow .*expected ','", "", "括弧が閉じていないか、「,」がありません", f"括弧を含む文なら、{_QUOTE}"),
    (
        "",
        r"(?:^|[:-] ) *(?P<value>(?P<sign>[%@`*&!|>{\[\]},?#]).*)",
        "「{sign}」で始まる値は、そのままでは書けません",
        f'{_QUOTE}（例 "{{value}}"）',
    ),
    ("<scalar>", r"[\"']", "引用符の後に余分な文字があります", f"中の引用符を全角にして、{_QUOTE}"),
    ("mapping values", r": .*: ", "値の中に「: 」があります", f"{_QUOTE}。全角の「：」に替えても構いません"),
    (
        "expected ':'",
        "",
        f"「キー: 値」の形になっていません。{_SPACE_AFTER}",
        "前の行の続きなら、前の行とつないで1行にしてください",
    ),
    (
        "expected '?<|not allowed here",
        "",
        "字下げが前後の行とそろっていません。同じまとまりの行は、先頭の空白の数を同じにします",
        "先頭の空白の数を、前後の行と見比べて直してください",
    ),
    (
        "",
        "",
        "YAML の書き方に合っていません",
        "前後の行と見比べて、字下げ、「: 」、引用符、括弧を確かめてください",
    ),
)


def syntax_fault(error: Exception, text: str, file: str) -> Finding:
    """The library's error in our own words, placed on the line that is most likely at fault."""
    lines = text.splitlines() or [""]
    problem, line, column = _position(error, text)
    line = min(line, len(lines) - 1)
    for number in (line, _line_before(lines, line)):
        for shape, reason, remedy in _SHAPES:
            if re.search(shape, lines[number]):
                return _unreadable(file, lines[number], (number + 1, 1), reason, remedy)
    for said, shape, reason, remedy in _PROBLEMS:
        if re.search(said, problem) and (match := re.search(shape, lines[line])):
            why, what = (part.format_map(match.groupdict()) for part in (reason, remedy))
            return _unreadable(file, lines[line], (line + 1, column + 1), why, what)
    raise AssertionError("the last problem matches anything")


def control_character(character: str) -> Words:
    found = f"目に見えない制御文字（コード {ord(character):04X}）があります"
    return found, "", "その前後を打ち直すか、メモ帳を通して貼り直してください"


def duplicate_key(key: str, line: int) -> Words:
    found = f"「{key}」が2回書かれています（1回目は{line}行）"
    return found, "同じキーは1つのまとまりに1回だけ書けます", "どちらかを消してください"


def folded_value(first: int, last: int) -> Words:
    found = f"{first}行から{last}行までが1つの値になり、行の境目に空白が入ります"
    apart = "行を分けたままにするなら、キーの後に「|」を付けて次の行から字下げしてください（例 text: |）"
    return found, "", f"1行につなぐか、別のキーのつもりなら「: 」と字下げを直してください。{apart}"


def too_deep(limit: int) -> Words:
    return f"字下げや括弧が{limit}段より深くなっています", "", "見本の形に直してください"


def sign_of_yaml(sign: str) -> Words:
    return f"「{sign}」で始まる値は、そのままでは書けません", "", f'{_QUOTE}（例 "{sign}…"）'


def _position(error: Exception, text: str) -> tuple[str, int, int]:
    """What the library said, and the line and column from 0 where the trouble begins."""
    if isinstance(error, MarkedYAMLError):
        problem = f"{error.context or ''} {error.problem or ''}"
        begins = re.search("quoted scalar.*unexpected end|flow .*expected|simple key", problem)
        mark = (error.context_mark if begins else None) or error.problem_mark or error.context_mark
        if mark is not None:
            return problem, mark.line, mark.column
        return problem, 0, 0
    before = text[: getattr(error, "position", 0)]
    return "", before.count("\n"), len(before) - (before.rfind("\n") + 1)


def _line_before(lines: list[str], line: int) -> int:
    written = (number for number in range(line - 1, -1, -1) if lines[number].strip())
    return next(written, line)


def _unreadable(file: str, content: str, mark: tuple[int, int], reason: str, remedy: str) -> Finding:
    shown = content.strip()[:40]
    found = f"「{shown}」の行が読み取れません" if shown else "この行が読み取れません"
    return unruled(Place(file, *mark), found, reason, remedy)
