"""Sending to a real mail server on this computer: delivered whole to everybody, or to nobody and said why."""

from __future__ import annotations

import base64
import signal
import socket
import traceback
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import chain, repeat
from threading import Event
from typing import Literal, cast

import pytest

from handouts.dataset.mailbox import Mailbox
from handouts.findings import HandoutError
from handouts.interruption import end_on_signals
from handouts.mail.message import Attachment, Letter, message_to_send
from handouts.mail.settings import MailSettings
from handouts.mail.smtp import send_mail
from tests.mail.server import (
    GO_ON,
    NAMES,
    PASSWORD,
    SENDER,
    Mailroom,
    Serve,
    certificate,
    drips,
    mail_server,
    obeys_until,
    odd_server,
    takes_all,
)

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
    limit: float = 60,
) -> None:
    send_mail(message, recipients, settings, password, certificate(NAMES).trusted(), limit)


def refusal(
    settings: MailSettings, password: str | None = PASSWORD, message: bytes = MESSAGE, limit: float = 60
) -> str:
    """What is said where sending fails."""
    with pytest.raises(HandoutError) as error:
        send(settings, password, message, limit=limit)
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
    with odd_server(obeys_until(b"DATA", lambda line, is_over: line.recv(1000), GO_ON)) as settings:
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


def waits(line: socket.socket, is_over: Event) -> None:
    is_over.wait()


# Each would hold the program for hours; where it does, and with which security.
SLOW: Mapping[str, tuple[Serve, Literal["tls", "starttls"]]] = {
    "says nothing": (waits, "starttls"),
    "greets byte by byte": (drips(repeat(b"2")), "starttls"),
    "greets line by line": (drips(repeat(b"220-wait\r\n")), "starttls"),
    "shakes hands byte by byte": (drips(chain([b"\x16\x03\x03\x40\0\2\0\x3f\xfc"], repeat(b"\0"))), "tls"),
    "never shakes hands": (waits, "tls"),
    "answers byte by byte": (obeys_until(b"MAIL", drips(repeat(b"2"))), "tls"),
    "answers line by line": (obeys_until(b"RCPT", drips(repeat(b"250-wait\r\n"))), "tls"),
    "stops reading": (obeys_until(b"DATA", waits, GO_ON), "tls"),
}  # fmt: skip


@pytest.mark.parametrize("way", SLOW)
def test_a_server_without_end_is_left_when_the_time_is_over(way: str) -> None:
    serve, security = SLOW[way]
    with odd_server(serve, security) as settings:
        said = refusal(settings, None, MESSAGE * 20, limit=0.15)
    assert "0.0025分たっても終わらないので、打ち切りました" in said
    assert NOBODY in said


def test_a_host_that_does_not_even_answer_is_left_when_the_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.socket() as full, ExitStack() as callers:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(4):  # as many as wait before the next is not even heard
            caller = callers.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        known = socket.getaddrinfo(*full.getsockname(), type=socket.SOCK_STREAM)
        monkeypatch.setattr("socket.getaddrinfo", lambda host, port, *rest, **more: known * 3)
        said = refusal(MailSettings("mail.example.jp", full.getsockname()[1], "tls", SENDER), limit=0.15)
    assert "打ち切りました" in said
    assert NOBODY in said


@pytest.mark.parametrize("then", [waits, drips([b"2", b"5", b"0"])], ids=["says nothing", "breaks off"])
def test_a_server_that_takes_all_and_gives_no_whole_answer_may_have_the_mail(then: Serve) -> None:
    with odd_server(obeys_until(b"DATA", takes_all(then), GO_ON)) as settings:
        said = refusal(settings, None, limit=0.3)
    assert "送信済みとは扱いません" in said
    assert NOBODY not in said


def test_a_server_that_never_stops_talking_counts_as_one_that_hung_up() -> None:
    def talks(line: socket.socket, is_over: Event) -> None:
        while True:
            line.sendall(b"250-more\r\n" * 1000)

    with odd_server(obeys_until(b"MAIL", talks)) as settings:
        said = refusal(settings, None)
    assert "接続が途中で切れました" in said
    assert NOBODY in said


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
