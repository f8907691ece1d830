"""Addresses of mail as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.mailbox import Mailbox, parse_mailbox, visible


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("taro@example.jp", "", "taro@example.jp"),
        ("群馬 太郎 <taro@example.jp>", "群馬 太郎", "taro@example.jp"),
        (" 群馬　太郎＜ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ＞ ", "群馬　太郎", "taro@example.jp"),
        ('"群馬, 太郎" <taro@example.jp>', "群馬, 太郎", "taro@example.jp"),
        ("<taro+kikaku@mail.example.jp>", "", "taro+kikaku@mail.example.jp"),
        ("taro..ken.@docomo.example.jp", "", "taro..ken.@docomo.example.jp"),
    ],
)
def test_an_address_is_read_in_the_ways_it_is_typed(text: str, name: str, address: str) -> None:
    assert parse_mailbox(text) == Mailbox(address, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "群馬 太郎",
        "taro@example",
        "taro@@example.jp",
        "taro @example.jp",
        "太郎@example.jp",
        "taro@例.jp",
        "taro@-example.jp",
        "taro@example.jp, jiro@example.jp",
        "群馬 <taro@example.jp> <jiro@example.jp>",
        "群馬 太郎 taro@example.jp",
        f"{'a' * 65}@example.jp",
        f"taro@{'a.' * 130}jp",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="メールアドレスの形ではありません"):
        parse_mailbox(text)


@pytest.mark.parametrize("sign", ["\n", "\r\nBcc: x@example.jp", "\0", "\u202e", "\u2028", "\x7f", "\ud800"])
def test_a_line_break_or_what_cannot_be_seen_is_refused(sign: str) -> None:
    for text in (f"群馬{sign}太郎 <taro@example.jp>", f"群馬 <taro@example.jp{sign}>"):
        with pytest.raises(ValueError, match="改行か目に見えない文字"):
            parse_mailbox(text)


@given(st.text())
def test_any_text_is_an_address_that_is_read_back_the_same_or_a_fault(text: str) -> None:
    try:
        mailbox = parse_mailbox(f"{text} <taro@example.jp>")
    except ValueError:
        return
    assert parse_mailbox(str(mailbox)) == mailbox


def test_two_ways_of_writing_one_address_have_one_key() -> None:
    assert parse_mailbox("Taro@Example.jp").key == parse_mailbox("群馬 太郎 <taro@example.jp>").key


def test_visible_text_is_one_line_without_what_cannot_be_seen() -> None:
    assert visible(" 資料\u200b1\r\nBcc: x\u202e ") == "資料1 Bcc: x"
