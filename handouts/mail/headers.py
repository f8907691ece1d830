"""The header lines of a mail, written so that every Python gives the same bytes and old readers read them.

Encoded words of RFC 2047, addresses of RFC 5322, file names of RFC 2231. All of it is ASCII.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from urllib.parse import quote

from handouts.dataset.mailbox import Mailbox, is_control

_FOLD = "\r\n "
_WORD_BYTES = 39  # of text in one encoded word, so that a line with it stays under 76 characters
_LONGEST_PLAIN = 60  # characters that are written as they are
_PLAIN_TEXT = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+)*")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_PLAIN_FILE = re.compile(r"[A-Za-z0-9._-]+")
_ATOM = re.compile(r"[^.]+(\.[^.]+)*")


def text_header(text: str) -> str:
    """The value of a header of free text, e.g. a subject."""
    return _encoded(text, _PLAIN_TEXT)


def address_header(mailboxes: Iterable[Mailbox]) -> str:
    """The value of a header of addresses, one on a line."""
    return f",{_FOLD}".join(map(_mailbox, mailboxes))


def type_header(content_type: str, file_name: str) -> str:
    """A Content-Type with the name of the file as an encoded word, from which Outlook takes it."""
    return f'{content_type};{_FOLD}name="{_encoded(file_name, _PLAIN_FILE)}"'


def attachment_header(file_name: str) -> str:
    """The Content-Disposition of an attachment with its name in the form of RFC 2231, on one line."""
    _refuse_controls(file_name)
    if _PLAIN_FILE.fullmatch(file_name):
        return f'attachment;{_FOLD}filename="{file_name}"'
    return f"attachment;{_FOLD}filename*=UTF-8''{quote(file_name, safe='')}"


def envelope_address(mailbox: Mailbox) -> str:
    """The address as servers take it: the part before the @ in quotes where dots stand oddly in it."""
    local, _, domain = mailbox.address.rpartition("@")
    return mailbox.address if _ATOM.fullmatch(local) else f'"{local}"@{domain}'


def _mailbox(mailbox: Mailbox) -> str:
    address = envelope_address(mailbox)
    return f"{_encoded(mailbox.name, _PLAIN_NAME)}{_FOLD}<{address}>" if mailbox.name else address


def _encoded(text: str, plain: re.Pattern[str]) -> str:
    """`text` as it is where it is short and `plain`, else in encoded words, one on a line."""
    _refuse_controls(text)
    if len(text) <= _LONGEST_PLAIN and plain.fullmatch(text) and "=?" not in text:
        return text
    return _FOLD.join(f"=?UTF-8?B?{base64.b64encode(part).decode()}?=" for part in _cut(text))


def _cut(text: str) -> Iterable[bytes]:
    """The text in UTF-8, cut between characters."""
    part = b""
    for character in text:
        encoded = character.encode()
        if len(part) + len(encoded) > _WORD_BYTES:
            yield part
            part = b""
        part += encoded
    yield part


def _refuse_controls(text: str) -> None:
    """A line break in a header would begin another header: nothing that comes here may have one."""
    if any(map(is_control, text)):
        raise ValueError("a header with control characters")
