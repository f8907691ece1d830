"""Header lines: read back by Python's own parser, short enough, safe."""

from __future__ import annotations

import unicodedata
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.dataset.mailbox import Mailbox
from handouts.mail.headers import (
    address_header,
    attachment_header,
    envelope_address,
    text_header,
    type_header,
)

SEEN = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")), min_size=1, max_size=60
)
WORDS = st.sampled_from("評議会資料①㌫𠮷葛か゚a1,;:\"'<>@()[]\\=?_・　 ")
LINES = st.lists(WORDS, min_size=1, max_size=60).map("".join).filter(lambda text: text == text.strip())


def read(*headers: str) -> EmailMessage:
    text = "\r\n".join(headers) + "\r\n\r\n"
    assert text.isascii()
    assert all(len(line) <= 76 or "filename*=" in line for line in text.split("\r\n"))
    return cast(EmailMessage, message_from_bytes(text.encode(), policy=default))


@given(SEEN | LINES)
def test_a_text_is_read_back_the_same(text: str) -> None:
    assert read(f"Subject: {text_header(text)}")["Subject"] == text


@given(st.lists(LINES, min_size=1, max_size=4))
def test_names_are_read_back_with_their_addresses(names: list[str]) -> None:
    mailboxes = [Mailbox(f"a{number}@example.jp", name) for number, name in enumerate(names)]
    header = address_header(mailboxes)
    assert [found.addr_spec for found in read(f"To: {header}")["To"].addresses] == [
        mailbox.address for mailbox in mailboxes
    ]
    # Not the names of the parser above: it puts a blank between two encoded words of a name.
    read_back = [(str(make_header(decode_header(name))), address) for name, address in getaddresses([header])]
    assert read_back == [(mailbox.name, mailbox.address) for mailbox in mailboxes]


@given(LINES)
def test_both_forms_of_a_file_name_are_read_back_the_same(text: str) -> None:
    name = f"{text}.pdf"
    headers = (type_header("application/pdf", name), attachment_header(name))
    message = read(f"Content-Type: {headers[0]}", f"Content-Disposition: {headers[1]}")
    assert message.get_filename() == name
    assert message["Content-Disposition"].params["filename"] == name
    # What Outlook does: it decodes the words inside the quotes.
    raw = headers[0].partition('name="')[2].removesuffix('"')
    assert read(f"Subject: {raw}")["Subject"] == name


def test_plain_ascii_stays_readable() -> None:
    assert text_header("Council papers (1)") == "Council papers (1)"
    assert address_header([Mailbox("a@example.jp", "Taro Gunma")]) == "Taro Gunma\r\n <a@example.jp>"
    assert attachment_header("paper-1.pdf") == 'attachment;\r\n filename="paper-1.pdf"'


def test_an_address_with_dots_in_odd_places_goes_in_quotes() -> None:
    mailbox = Mailbox("taro..ken.@docomo.example.jp")
    assert envelope_address(mailbox) == '"taro..ken."@docomo.example.jp'
    [read_back] = read(f"To: {address_header([mailbox])}")["To"].addresses
    assert (read_back.username, read_back.domain) == ("taro..ken.", "docomo.example.jp")


@pytest.mark.parametrize("sign", ["\n", "\r", "\0", "\u202e", "\u2028"])
def test_a_line_break_never_gets_into_a_header(sign: str) -> None:
    text = f"資料{sign}Bcc: x@example.jp"
    for make in (
        text_header,
        attachment_header,
        lambda name: type_header("application/pdf", name),
        lambda name: address_header([Mailbox("a@example.jp", name)]),
    ):
        with pytest.raises(ValueError, match="control characters"):
            make(text)


def test_no_character_is_cut_in_two_between_encoded_words() -> None:
    header = text_header("評議会の資料をお送りします" * 3)
    for word in header.split("\r\n "):
        assert unicodedata.is_normalized("NFC", str(read(f"Subject: {word}")["Subject"]))
        assert "\ufffd" not in read(f"Subject: {word}")["Subject"]
