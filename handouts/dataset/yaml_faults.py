"""Why yaml text cannot be read, and what to do about it, in the words of the user."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from handouts.findings import Finding, Place, Rule

_QUOTE = '値の全体を半角の「"」で囲んでください'
_INDENT = "字下げに使えるのは半角の空白だけです"
_SPACE_AFTER = "キーと値の間は、半角の「:」と半角の空白です（例 name: 健診推進経費）"
SECOND_DOCUMENT = Rule(
    "yaml.second-document",
    "「---」で区切られた2つ目のまとまりがあります",
    remedy="「---」の行を消してください",
)
ODD_KEY = Rule(
    "yaml.odd-key",
    "キーの場所に括弧や記号があります",
    "キーは id や name のような文字です",
    f"値なら、{_QUOTE}",
)
CONTROL_CHARACTER = Rule(
    "yaml.control-character",
    "目に見えない制御文字（コード {code}）があります",
    remedy="その前後を打ち直すか、メモ帳を通して貼り直してください",
)
DOUBLE_KEY = Rule(
    "yaml.double-key",
    "「{key}」が2回書かれています{first:1回目}",
    "同じキーは1つのまとまりに1回だけ書けます",
    "どちらかを消してください",
)
FOLDED_VALUE = Rule(
    "yaml.folded-value",
    "{first}行から{last}行までが1つの値になり、行の境目に空白が入ります",
    remedy="1行につなぐか、別のキーのつもりなら「: 」と字下げを直してください。"
    "行を分けたままにするなら、キーの後に「|」を付けて次の行から字下げしてください（例 text: |）",
    severity="warning",
)
TOO_DEEP = Rule(
    "yaml.too-deep", "字下げや括弧が{limit}段より深くなっています", remedy="見本の形に直してください"
)
SIGN = Rule(
    "yaml.sign", "「{sign}」で始まる値は、そのままでは書けません", remedy=f'{_QUOTE}（例 "{{sign}}…"）'
)


def _unreadable(id: str, allowed: str, remedy: str) -> Rule:  # noqa: A002  # as a rule calls it
    return Rule(id, "{line}が読み取れません", allowed, remedy)


_BLANKS = "半角の空白に直してください"
# What the line at fault, or the one before it, looks like, and what is wrong with it.
_SHAPES: tuple[tuple[str, Rule], ...] = (
    (r"^ *\u3000", _unreadable("yaml.wide-blank", f"行の先頭に全角の空白があります。{_INDENT}", _BLANKS)),
    (r"^ *\t", _unreadable("yaml.tab", f"行の先頭にタブがあります。{_INDENT}", _BLANKS)),
    (
        r"^ *[－―−‐ー]",
        _unreadable("yaml.wide-hyphen", "先頭の「-」が全角です", "半角の「-」と半角の空白に直してください"),
    ),
    (
        r"^[ -]*[\w-]+ *：",
        _unreadable("yaml.wide-colon", f"「：」が全角です。{_SPACE_AFTER}", "半角の「: 」に直してください"),
    ),
    (
        r"^ *-[^ -]",
        _unreadable(
            "yaml.no-blank-after-hyphen",
            "先頭の「-」の後に空白がありません",
            "「- 」のように半角の空白を入れてください",
        ),
    ),
    (
        r"^[ -]*[\w-]+:[^ ]",
        _unreadable(
            "yaml.no-blank-after-colon",
            f"「:」の後に空白がありません。{_SPACE_AFTER}",
            "半角の空白を入れてください",
        ),
    ),
)
_UNCLOSED_QUOTE = _unreadable(
    "yaml.unclosed-quote",
    "値の始めに引用符がありますが、終わりにありません",
    "値の終わりにも同じ引用符を付けてください",
)
_BACKSLASH = _unreadable(
    "yaml.backslash",
    '「\\」は、「"」で囲んだ値の中では特別な意味になります',
    "値を囲む「\"」を「'」に替えてください",
)
_NO_VALUE = _unreadable(
    "yaml.no-value-before-comma",
    "「,」の前に値がありません",
    "値を書いてください。まだ数のない月なら null と書きます",
)
_TAB_INSIDE = _unreadable("yaml.tab-before-value", f"値の前にタブがあります。{_INDENT}", _BLANKS)
_UNCLOSED_BRACKET = _unreadable(
    "yaml.unclosed-bracket", "括弧が閉じていないか、「,」がありません", f"括弧を含む文なら、{_QUOTE}"
)
_SIGN_AT_START = _unreadable(
    "yaml.sign-at-start", "「{sign}」で始まる値は、そのままでは書けません", f'{_QUOTE}（例 "{{value}}"）'
)
_TEXT_BEHIND_QUOTE = _unreadable(
    "yaml.text-behind-quote", "引用符の後に余分な文字があります", f"中の引用符を全角にして、{_QUOTE}"
)
_COLON_INSIDE = _unreadable(
    "yaml.colon-in-value", "値の中に「: 」があります", f"{_QUOTE}。全角の「：」に替えても構いません"
)
_NO_PAIR = _unreadable(
    "yaml.no-pair",
    f"「キー: 値」の形になっていません。{_SPACE_AFTER}",
    "前の行の続きなら、前の行とつないで1行にしてください",
)
_UNEVEN_INDENT = _unreadable(
    "yaml.uneven-indent",
    "字下げが前後の行とそろっていません。同じまとまりの行は、先頭の空白の数を同じにします",
    "先頭の空白の数を、前後の行と見比べて直してください",
)
_UNFORESEEN = _unreadable(
    "yaml.unforeseen",
    "YAML の書き方に合っていません",
    "前後の行と見比べて、字下げ、「: 」、引用符、括弧を確かめてください",
)
# What ruamel.yaml says, what the line at fault looks like, and what is wrong with it.
_PROBLEMS: tuple[tuple[str, str, Rule], ...] = (
    ("quoted scalar.*unexpected", "", _UNCLOSED_QUOTE),
    ("escape", "", _BACKSLASH),
    ("flow node.*found ','", "", _NO_VALUE),
    (r"'\\t'", "", _TAB_INSIDE),
    ("flow .*expected ','", "", _UNCLOSED_BRACKET),
    ("", r"(?:^|[:-] ) *(?P<value>(?P<sign>[%@`*&!|>{\[\]},?#]).*)", _SIGN_AT_START),
    ("<scalar>", r"[\"']", _TEXT_BEHIND_QUOTE),
    ("mapping values", r": .*: ", _COLON_INSIDE),
    ("expected ':'", "", _NO_PAIR),
    ("expected '?<|not allowed here", "", _UNEVEN_INDENT),
    ("", "", _UNFORESEEN),
)


def syntax_fault(error: Exception, text: str, file: str) -> Finding:
    """The library's error in our own words, placed on the line that is most likely at fault."""
    lines = text.splitlines() or [""]
    problem, line, column = _position(error, text)
    line = min(line, len(lines) - 1)
    for number in (line, _line_before(lines, line)):
        for shape, rule in _SHAPES:
            if re.search(shape, lines[number]):
                return rule.at(Place(file, number + 1, 1), line=_shown(lines[number]))
    for said, shape, rule in _PROBLEMS:
        if re.search(said, problem) and (match := re.search(shape, lines[line])):
            values = {"line": _shown(lines[line]), **match.groupdict()}
            return Finding(rule, Place(file, line + 1, column + 1), tuple(values.items()))
    raise AssertionError("the last problem matches anything")


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


def _shown(line: str) -> str:
    shown = line.strip()[:40]
    return f"「{shown}」の行" if shown else "この行"
