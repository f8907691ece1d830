"""Text files: their encodings, and those that cannot be read."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from handouts.characters import composed
from handouts.dataset.text_file import decode, read_text
from handouts.findings import DataFaults, Place
from tests.unit.dataset.folders import write


def test_a_file_of_more_than_1_mb_is_a_fault(tmp_path: Path) -> None:
    limit = 1024 * 1024
    write(tmp_path, {"a.txt": b"x" * limit, "b.txt": b"x" * (limit + 1)})
    assert len(read_text(tmp_path / "a.txt")[0]) == limit
    with pytest.raises(DataFaults, match="大きすぎます（1MB まで"):
        read_text(tmp_path / "b.txt")


def test_a_single_file_is_read_like_those_of_a_dataset(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "健診", "b.txt": "健診の推進".encode("cp932"), "c.txt": b"\xff"})
    assert read_text(tmp_path / "a.txt") == ("健診", ())
    assert read_text(tmp_path / "b.txt")[1][0].place == Place("b.txt")
    for name in ("c.txt", "d.txt"):
        with pytest.raises(DataFaults):
            read_text(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_or_without_a_byte_order_mark(encoding: str) -> None:
    assert decode("健診の推進".encode(encoding), "plan.md") == ("健診の推進", ())


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp932", "Shift_JIS"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")]
)
def test_another_encoding_of_windows_is_read_with_a_warning(encoding: str, name: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    text, [finding] = decode(mark + "①健診の推進㈱～".encode(encoding), "plan.md")
    assert text == "①健診の推進㈱～"
    assert finding.severity == "warning"
    assert name in finding.found
    assert "メモ帳" in finding.remedy


@pytest.mark.parametrize("codec", ["iso2022_jp", "iso2022_jp_ext", "iso2022_jp_3", "iso2022_jp_2004"])
def test_text_of_a_mail_is_read_with_a_warning(codec: str) -> None:
    text, [finding] = decode("健診の推進、〜\r\nA イ".encode(codec), "plan.txt")
    assert text == "健診の推進、〜\r\nA イ"
    assert "ISO-2022-JP" in finding.found


def test_what_windows_adds_to_the_encoding_of_mails_is_read() -> None:
    # ①健診 and ㈱ as code page 50221 writes them, then ｶﾞ in one byte each.
    data = b"\x1b$B-!7r?G-j\x1b(B a\r\n\x1b(I6^\x1b(B"
    assert decode(data, "plan.txt")[0] == "①健診㈱ a\r\nｶﾞ"


def test_signs_that_an_old_encoding_lost_are_named_with_their_lines() -> None:
    data = "?．組織\n１ 広報\n? 広報を行う？?".encode("iso2022_jp")
    _, (_, *lost) = decode(data, "plan.txt")
    assert [finding.place.line for finding in lost] == [1, 3]


@given(st.text())
def test_good_utf8_is_never_read_as_anything_else(text: str) -> None:
    kept = text.removeprefix("\ufeff")
    assume("\x1b" not in text)
    assert decode(kept.encode(), "plan.md") == (composed(kept), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_kana_that_macos_took_apart_are_in_one_piece(encoding: str) -> None:
    taken_apart = unicodedata.normalize("NFD", "がん検診のプロ")
    assert decode(taken_apart.encode(encoding), "plan.md")[0] == "がん検診のプロ"


@pytest.mark.parametrize(
    "data",
    [
        "健診の推進を図る".encode("euc-jp"),
        b"PK\x03\x04\xff\x80\x81",
        b"\xff\xfea",
        "健診".encode("iso2022_jp") + b"\xff",
    ],
)
def test_bytes_that_are_no_text_are_a_fault_that_says_how_to_save(data: bytes) -> None:
    text, [finding] = decode(data, "plan.md")
    assert text is None
    assert finding.severity == "error"
    assert "「UTF-8」を選んで" in finding.remedy


def test_a_broken_byte_in_utf8_is_a_fault_at_its_line() -> None:
    text, [finding] = decode("一行目\n二行".encode() + b"\xff" + "目の続き\n".encode(), "plan.md")
    assert text is None
    assert finding.place == Place("plan.md", 2)
