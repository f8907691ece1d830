"""Sending to a real mail server on this computer: delivered whole to everybody, or to nobody and said why."""

from __future__ import annotations

import base64
import signal
import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest

from handouts.dataset.mailbox import Mailbox
from handouts.findings import HandoutError
from handouts.interruption import end_on_signals
from handouts.mail.message import Attachment, Letter, message_to_send
from handouts.mail.settings import MailSettings
from handouts.mail.smtp import send_mail
from tests.mail.server import NAMES, PASSWORD, Mailroom, certificate, mail_server, server_that_hangs_up

# The server for tests warns of its own settings.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

LETTER = Letter(
    subject="第3回群馬支部評議会　資料2-1の送付",
    text="資料をお送りします。\n",
    to=(Mailbox("akagi@example.jp", "赤城 一郎"), Mailbox("haruna..h@example.jp", "榛名 花子")),
    cc=(Mailbox("kikaku@example.jp"),),
    bcc=(Mailbox("myogi@example.jp"),),
    sender=Mailbox("gunma@example.jp", "群馬支部"),
    attachments=(
        Attachment("資料2-1_事業計画.pdf", b"\r\n.\r\n" + bytes(range(256)) * 2000),
        Attachment("資料2-1_事業計画.docx", b"PK"),
    ),
)
MESSAGE = message_to_send(LETTER, datetime(2025, 1, 10, tzinfo=UTC), "<1@example.jp>")
WRONG = "machigai-no-kotoba"
NOBODY = "メールは、どなたにも送られていません。"


def send(
    settings: MailSettings,
    password: str | None = PASSWORD,
    message: bytes = MESSAGE,
    recipients: Sequence[Mailbox] = LETTER.recipients,
) -> None:
    send_mail(message, recipients, settings, password, certificate(NAMES).trusted())


def refusal(settings: MailSettings, password: str | None = PASSWORD, message: bytes = MESSAGE) -> str:
    """What is said where sending fails."""
    with pytest.raises(HandoutError) as error:
        send(settings, password, message)
    return str(error.value)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_is_delivered_whole_to_everybody(security: str) -> None:
    room = Mailroom()
    with mail_server(room, security) as settings:
        send(settings)
    [envelope] = room.delivered
    assert envelope.mail_from == "kikaku@example.jp"
    assert envelope.rcpt_tos == [
        "akagi@example.jp",
        "haruna..h@example.jp",  # on the way with its name in quotes, which the server takes off
        "kikaku@example.jp",
        "myogi@example.jp",
    ]
    assert envelope.content == MESSAGE
    message = cast(EmailMessage, message_from_bytes(MESSAGE, policy=default))
    files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert files == {attachment.name: attachment.content for attachment in LETTER.attachments}


def test_lines_that_begin_with_a_dot_arrive_as_they_are() -> None:
    room = Mailroom()
    content = b"Subject: x\r\n\r\n.\r\n..a\r\n.b\r\n"
    with mail_server(room) as settings:
        send(settings, message=content)
    assert room.delivered[0].content == content


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_refused_login_sends_nothing_and_never_shows_the_password(security: str) -> None:
    room = Mailroom()
    with mail_server(room, security) as settings, pytest.raises(HandoutError) as error:
        send(settings, WRONG)
    assert "「kikaku」のパスワードを受け付けませんでした（535）" in str(error.value)
    assert NOBODY in str(error.value)
    shown = "".join(traceback.format_exception(error.value))
    assert WRONG not in shown
    assert base64.b64encode(WRONG.encode()).decode() not in shown
    assert (room.named, room.delivered) == ([], [])


def test_a_server_that_wants_a_login_and_gets_none_is_told_of() -> None:
    with mail_server(Mailroom()) as settings:
        assert "差出人を受け付けませんでした（530" in refusal(settings, None)


def test_a_refused_recipient_is_named_and_the_others_get_nothing_either() -> None:
    room = Mailroom(refused={"kikaku@example.jp": "550 5.1.1 User unknown"})
    with mail_server(room) as settings:
        said = refusal(settings)
    assert "kikaku@example.jp（550 5.1.1 User unknown）" in said
    assert NOBODY in said
    assert "ほかの方にも送っていません" in said
    assert "akagi@example.jp" not in said
    assert room.delivered == []


def test_all_refused_recipients_are_named_at_once() -> None:
    busy = {"akagi@example.jp": "450 4.2.0 later", "myogi@example.jp": "452 4.5.3 later"}
    with mail_server(Mailroom(refused=busy)) as settings:
        said = refusal(settings)
    assert "赤城 一郎 <akagi@example.jp>（450 4.2.0 later）" in said
    assert "myogi@example.jp（452" in said
    assert "しばらく待つか" in said


def test_a_connection_broken_in_the_middle_counts_as_nothing_sent() -> None:
    with server_that_hangs_up(after=1000) as settings:
        said = refusal(settings, None, MESSAGE * 20)
    assert "接続が途中で切れました" in said
    assert NOBODY in said


def test_a_connection_broken_before_the_last_answer_does_not_count_as_sent_but_may_have_arrived() -> None:
    room = Mailroom(hangs_up_before_the_answer=True)
    with mail_server(room) as settings:
        said = refusal(settings)
    assert "送信済みとは扱いません" in said
    assert "届いていないことを確かめて" in said
    assert NOBODY not in said
    assert room.delivered == []


def test_who_stops_the_program_before_the_last_answer_reads_the_same(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def end(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr("os._exit", end)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    end_on_signals()
    try:
        with mail_server(Mailroom(stops_who_sends=True)) as settings, pytest.raises(SystemExit, match="130"):
            send(settings)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert "送信済みとは扱いません" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            "451 4.3.0 try later",
            "（451 4.3.0 try later）。メールは、どなたにも送られていません。しばらく待って",
        ),
        ("552 5.3.4 too big", "大きすぎるようです"),
        ("554 5.7.1 spam", "サーバーの管理者に尋ねてください"),
    ],
)
def test_a_mail_that_the_server_does_not_take_in_the_end_is_not_sent(answer: str, message: str) -> None:
    room = Mailroom(answer=answer)
    with mail_server(room) as settings:
        assert message in refusal(settings)
    assert room.delivered == []


def test_a_mail_larger_than_the_server_takes_is_not_even_begun() -> None:
    room = Mailroom()
    with mail_server(room, size=100_000) as settings:
        said = refusal(settings)
    assert "100,000バイトまで" in said
    assert NOBODY in said
    assert room.named == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(security: str) -> None:
    room = Mailroom()
    with mail_server(room, security) as settings, pytest.raises(HandoutError) as error:
        send_mail(MESSAGE, LETTER.recipients, settings, PASSWORD)
    assert "証明書を信頼できない" in str(error.value)
    assert "SSL_CERT_FILE" in str(error.value)
    assert NOBODY in str(error.value)
    assert room.named == []


def test_a_certificate_of_another_server_is_refused() -> None:
    names = "DNS:other.example.jp"
    with mail_server(Mailroom(), names=names) as settings, pytest.raises(HandoutError) as error:
        send_mail(MESSAGE, LETTER.recipients, settings, PASSWORD, certificate(names).trusted())
    assert "別の名前のサーバー" in str(error.value)


def test_a_server_without_starttls_is_refused_before_anything_is_said_to_it() -> None:
    room = Mailroom()
    with mail_server(room, "none") as settings:
        said = refusal(settings)
    assert "STARTTLS に応じない" in said
    assert NOBODY in said
    assert room.named == []


def test_tls_to_a_port_of_starttls_says_which_settings_to_look_at() -> None:
    with mail_server(Mailroom()) as settings:
        assert "port と security" in refusal(replace(settings, security="tls"))


def test_a_server_that_is_not_there_is_said() -> None:
    with mail_server(Mailroom()) as settings:
        pass
    assert "つながりません" in refusal(settings)
    assert "見つかりません" in refusal(replace(settings, host="no-such-host.invalid"))
