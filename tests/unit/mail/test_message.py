"""The mail as bytes: a draft, a message to send."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import compat32, default
from pathlib import Path
from typing import cast

import pytest

from handouts.dataset.mailbox import Mailbox
from handouts.mail.message import Attachment, Letter, draft, message_to_send

NAME = "資料2-1_群馬支部_令和7年度_事業計画・予算(案)"
TEXT = "評議会委員 各位\n\n資料をお送りします。\n.点で始まる行\n"
LETTER = Letter(
    subject="【取扱注意】第3回群馬支部評議会（令和7年1月17日）　資料2-1の送付",
    text=TEXT,
    to=(Mailbox("akagi@example.jp", "赤城 一郎"), Mailbox("haruna@example.jp")),
    cc=(Mailbox("kikaku@example.jp", "企画総務グループ"),),
    bcc=(Mailbox("myogi@example.jp", "妙義 三郎"),),
    sender=Mailbox("gunma@example.jp", "群馬支部"),
    attachments=(
        Attachment(f"{NAME}.pdf", b"%PDF-1.7\r\n.\r\n" + bytes(range(256)) * 99),
        Attachment(f"{NAME}.docx", b"PK\x03\x04"),
    ),
)
SENT = datetime(2025, 1, 10, 9, 30, tzinfo=UTC)


def read(content: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(content, policy=default))


def test_a_draft_says_everything_and_is_marked_as_not_sent() -> None:
    message = read(draft(LETTER))
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    assert message["Message-ID"] is None
    assert message["Subject"] == LETTER.subject
    assert message["From"] == "群馬支部 <gunma@example.jp>"
    assert message["To"] == "赤城 一郎 <akagi@example.jp>, haruna@example.jp"
    assert message["Cc"] == "企画総務グループ <kikaku@example.jp>"
    assert message["Bcc"] == "妙義 三郎 <myogi@example.jp>"
    assert not message.defects


def test_a_draft_without_settings_leaves_the_sender_to_the_mail_program() -> None:
    message = read(draft(Letter("件名", "本文\n", (Mailbox("a@example.jp"),))))
    assert message["From"] is None
    assert message["Cc"] is None
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain"]


def test_text_and_files_come_out_as_they_went_in() -> None:
    message = read(draft(LETTER))
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == TEXT
    files = [(part.get_filename(), part.get_content()) for part in message.iter_attachments()]
    assert files == [(attachment.name, attachment.content) for attachment in LETTER.attachments]


def test_each_file_has_its_name_in_both_forms() -> None:
    content = draft(LETTER).decode("ascii")
    assert content.count("filename*=UTF-8''%E8%B3%87%E6%96%992-1_") == 2
    assert content.count('name="=?UTF-8?B?') == 2
    # The older reader of Python leaves the words as they are, as Outlook finds them.
    parts = cast(list[EmailMessage], message_from_bytes(draft(LETTER), policy=compat32).get_payload())
    assert str(parts[1].get_param("name")).startswith("=?UTF-8?B?")


def test_a_mail_is_ascii_with_the_line_ends_of_mail_and_no_line_too_long() -> None:
    for content in (draft(LETTER), message_to_send(LETTER, SENT, "<1@example.jp>")):
        assert content.isascii()
        lines = content.split(b"\r\n")
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert max(map(len, lines)) < 998


def test_the_same_letter_gives_the_same_bytes_and_another_one_another_boundary() -> None:
    assert draft(LETTER) == draft(LETTER)
    other = Letter(LETTER.subject, "別の本文\n", LETTER.to)
    assert read(draft(other)).get_boundary() != read(draft(LETTER)).get_boundary()


def test_a_message_to_send_has_date_and_id_and_does_not_name_whom_it_hides() -> None:
    content = message_to_send(LETTER, SENT, "<1@example.jp>")
    message = read(content)
    assert message["Date"] == "Fri, 10 Jan 2025 09:30:00 +0000"
    assert message["Message-ID"] == "<1@example.jp>"
    assert message["X-Unsent"] is None
    assert message["Bcc"] is None
    assert b"myogi" not in content
    assert LETTER.recipients[-1].address == "myogi@example.jp"


def test_a_line_break_in_a_subject_or_a_name_does_not_become_a_header() -> None:
    for letter in (
        Letter("件名\r\nBcc: x@example.jp", "本文", LETTER.to),
        Letter("件名", "本文", (Mailbox("a@example.jp", "名前\nBcc: x@example.jp"),)),
        Letter("件名", "本文", LETTER.to, attachments=(Attachment("a\nb.pdf", b""),)),
    ):
        with pytest.raises(ValueError, match="control characters"):
            draft(letter)


@pytest.mark.skipif(shutil.which("ripmime") is None, reason="ripmime is not installed")
def test_another_reader_finds_the_same_files_under_the_same_names(tmp_path: Path) -> None:
    (tmp_path / "draft.eml").write_bytes(draft(LETTER))
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(["ripmime", "-i", tmp_path / "draft.eml", "-d", out], check=True, capture_output=True)
    found = {path.name: path.read_bytes() for path in out.iterdir() if not path.name.startswith("textfile")}
    assert found == {attachment.name: attachment.content for attachment in LETTER.attachments}
