"""A mail with the handouts as bytes: a draft to open in a mail program, or a message to send."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from handouts.dataset.mailbox import Mailbox
from handouts.mail.headers import address_header, attachment_header, text_header, type_header

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file under the name that it has in the mail; the end of the name says what it is."""

    name: str
    content: bytes

    @property
    def content_type(self) -> str:
        """What mail programs know the file by."""
        return CONTENT_TYPES[self.name.rpartition(".")[2]]


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that a mail says and carries. `sender` is None where the mail program is to fill it in."""

    subject: str
    text: str
    to: tuple[Mailbox, ...]
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    sender: Mailbox | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def recipients(self) -> tuple[Mailbox, ...]:
        """All whom the mail goes to."""
        return (*self.to, *self.cc, *self.bcc)


class _Written(str):
    """A header value that is folded already; with a name and `fold` it is one to the policies of `email`."""

    name: str

    def __new__(cls, name: str, value: str) -> _Written:
        written = super().__new__(cls, value)
        written.name = name
        return written

    def fold(self, *, policy: EmailPolicy) -> str:
        """The whole line."""
        return f"{self.name}: {self}{policy.linesep}"


def draft(letter: Letter) -> bytes:
    """The mail as an .eml file that mail programs open as one not yet sent: without date, the same bytes again."""
    return _message(letter, [("X-Unsent", "1")], letter.bcc).as_bytes()


def message_to_send(letter: Letter, sent: datetime, message_id: str) -> bytes:
    """The mail as it goes to the server; who gets it unseen by the others (Bcc) does not stand in it."""
    return _message(letter, [("Date", format_datetime(sent)), ("Message-ID", message_id)], ()).as_bytes()


def _message(letter: Letter, first: Iterable[tuple[str, str]], unseen: Sequence[Mailbox]) -> EmailMessage:
    message = _part()
    for name, value in first:
        _put(message, name, value)
    senders = () if letter.sender is None else (letter.sender,)
    for name, mailboxes in (("From", senders), ("To", letter.to), ("Cc", letter.cc), ("Bcc", unseen)):
        if mailboxes:
            _put(message, name, address_header(mailboxes))
    _put(message, "Subject", text_header(letter.subject))
    _put(message, "MIME-Version", "1.0")
    _put(message, "Content-Type", f'multipart/mixed;\r\n boundary="{_boundary(letter)}"')
    message.attach(_text_part(letter.text))
    for attachment in letter.attachments:
        message.attach(_attachment_part(attachment))
    return message


def _text_part(text: str) -> EmailMessage:
    part = _part()
    _put(part, "Content-Type", 'text/plain; charset="UTF-8"')
    _put_content(part, "\r\n".join(text.splitlines()).encode() + b"\r\n")
    return part


def _attachment_part(attachment: Attachment) -> EmailMessage:
    part = _part()
    _put(part, "Content-Type", type_header(attachment.content_type, attachment.name))
    _put(part, "Content-Disposition", attachment_header(attachment.name))
    _put_content(part, attachment.content)
    return part


def _part() -> EmailMessage:
    return EmailMessage(policy=SMTP)


def _put(message: EmailMessage, name: str, value: str) -> None:
    message[name] = _Written(name, value)


def _put_content(part: EmailMessage, content: bytes) -> None:
    _put(part, "Content-Transfer-Encoding", "base64")
    part.set_payload(base64.encodebytes(content).decode("ascii"))


def _boundary(letter: Letter) -> str:
    """What parts the parts: made from the mail itself, and with signs that base64 does not have."""
    told = hashlib.sha256("\n".join((letter.subject, letter.text)).encode())
    for attachment in letter.attachments:
        told.update(attachment.name.encode() + hashlib.sha256(attachment.content).digest())
    return f"=_handouts_{told.hexdigest()[:32]}"
