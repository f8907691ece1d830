"""Templates: in a sandbox, with everything that they raise said in Japanese, and nothing that ends a style sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import tinycss2
from markupsafe import Markup

from handouts.findings import HandoutError
from handouts.page.templates import Templates, in_css

Write = Callable[[Mapping[str, str | bytes]], Templates]


@dataclass(frozen=True)
class Value:
    text: str = "値"
    rows: tuple[str, ...] = ("一", "二")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes templates into a folder."""

    def put(files: Mapping[str, str | bytes]) -> Templates:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return Templates([tmp_path], {"double": lambda value: value * 2})

    return put


def said(templates: Templates) -> str:
    """What is said of the template a.html."""
    with pytest.raises(HandoutError) as error:
        templates.page("a.html", value=Value())
    assert str(error.value).endswith("ください。")
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{% for x in %}", "書き方が正しくありません"),
        ("{{ nothing }}", "ない名前が使われています"),
        ("{{ value.nothing }}", "ない名前が使われています"),
        ("{{ 1 / 0 }}", "0 で割っています"),
        ("{{ 1 + 'a' }}", "計算や値の使い方が正しくありません"),
        ("{{ value.rows[5] + 'a' }}", "ない名前が使われています"),
        ("{{ 'a'.encode('ascii').decode('no-code') }}", "計算や値の使い方が正しくありません"),
        ("{{ double() }}", "計算や値の使い方が正しくありません"),
        ("{{ 'a' * 10 ** 15 }}", "大きすぎて作れません"),
        ("{% include 'a.html' %}", "自分自身を呼び続けています"),
        ("{% extends 'a.html' %}", "自分自身を呼び続けています"),
        ("{% import 'a.html' as a %}", "自分自身を呼び続けています"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "自分自身を呼び続けています"),
        ("{% include 'none.html' %}", "none.html というテンプレートがありません"),
        ("{{ value.text.__class__.__mro__ }}", "許されていない操作"),
        ("{{ double.__globals__ }}", "許されていない操作"),
        ("{{ value.rows.__class__.__base__.__subclasses__() }}", "許されていない操作"),
        ("{{ '{0.__class__.__init__}'.format(value) }}", "許されていない操作"),
        ("{% set x = [] %}{{ x.append(1) }}", "許されていない操作"),
        ("{{ range(10 ** 9) | list }}", "計算や値の使い方が正しくありません"),
    ],
)
def test_what_a_template_raises_is_said_with_its_file_and_line(write: Write, text: str, words: str) -> None:
    message = said(write({"a.html": f"<p>\n{text}"}))
    assert message.startswith("テンプレート a.html 2行: ")
    assert words in message


def test_the_innermost_template_is_named(write: Write) -> None:
    parts = {
        "a.html": '{% from "parts/b.html" import part %}\n\n{{ part(value) }}',
        "parts/b.html": "{% macro part(x) %}\n\n{{ 1 / 0 }}{% endmacro %}",
    }
    assert "parts/b.html 3行: " in said(write(parts))


def test_brackets_without_end_are_said(write: Write) -> None:
    assert said(write({"a.html": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"})).startswith(
        "テンプレート a.html"
    )


def test_a_template_that_is_not_utf8_is_named_where_another_includes_it(write: Write) -> None:
    templates = write({"a.html": "{% include 'b.html' %}", "b.html": "表".encode("cp932")})
    assert "テンプレート b.html: 読めません。文字コードを UTF-8" in said(templates)


def test_a_template_that_is_not_there_is_named(write: Write) -> None:
    assert "a.html というテンプレートがありません" in said(write({}))


def test_a_text_is_not_escaped_and_in_the_sandbox_too(write: Write) -> None:
    templates = write(
        {"a.txt": "{% if value %}\n<{{ value.text }}>\n{% endif %}", "b.txt": "\n{{ value.__class__ }}"}
    )
    assert templates.text("a.txt", value=Value("&")) == "<&>\n"
    with pytest.raises(HandoutError, match=r"b\.txt 2行: .*許されていない操作"):
        templates.text("b.txt", value=Value())


ODD = "a\"; } @import url(http://example.jp/x);\r\n\f\\22 \0</style>\x7f{}&'“日本語・"


@pytest.mark.parametrize("quote", ['"', "'"])
def test_any_value_in_a_string_of_a_style_sheet_stays_within_it(write: Write, quote: str) -> None:
    templates = write({"a.css": f"p {{ content: {quote}{{{{ value }}}}{quote} }}"})
    sheet = templates.style_sheet("a.css", value=ODD)
    assert "<" not in sheet
    [rule] = tinycss2.parse_stylesheet(sheet)
    strings = [token.value for token in rule.content if token.type == "string"]
    assert strings == [ODD.replace("\0", "\ufffd")]


def test_any_value_outside_of_strings_stays_within_its_declaration(write: Write) -> None:
    sheet = write({"a.css": "p { color: {{ value }}; size: {{ value }} }"}).style_sheet("a.css", value=ODD)
    [rule] = tinycss2.parse_stylesheet(sheet)
    declarations = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
    assert [(each.type, each.name) for each in declarations] == [
        ("declaration", "color"),
        ("declaration", "size"),
    ]


@pytest.mark.parametrize(
    "value", [8.5, 3, Decimal("0.2"), "#C00000", "BIZ UDGothic", "50%", "file:///a/b-c.ttf"]
)
def test_what_is_usual_in_a_style_sheet_stays_as_it_is(value: object) -> None:
    assert in_css(value) == str(value)


def test_what_a_template_calls_safe_stays_as_it_is() -> None:
    assert in_css(Markup("a { }")) == "a { }"
