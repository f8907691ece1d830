"""Sending a mail by SMTP. Whatever fails, the mail goes to everybody or to nobody."""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Sequence

from handouts.dataset.mailbox import Mailbox, visible
from handouts.findings import HandoutError
from handouts.interruption import said_when_stopped
from handouts.mail.connection import PATIENCE, Connection, Watch
from handouts.mail.headers import envelope_address
from handouts.mail.settings import SETTINGS_FILE, MailSettings

_LIMIT = 600  # seconds that the whole conversation may take
_NOBODY = "メールは、どなたにも送られていません。"
_BROKEN_OFF = "すべてを渡した後、サーバーが受け取ったと答える前に、接続が切れました。"
_UNKNOWN = (
    "送信済みとは扱いません。ただし、サーバーが受け取っていることもあります。"
    "宛先の方に届いていないことを確かめてから、もう一度送ってください。"
)
_LONGEST_ANSWER = 200  # characters of a server's answer that a message repeats
_WRONG_NAME = 62  # X509_V_ERR_HOSTNAME_MISMATCH
_WRONG_IP = 64  # X509_V_ERR_IP_ADDRESS_MISMATCH
_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED


def send_mail(
    message: bytes,
    recipients: Sequence[Mailbox],
    settings: MailSettings,
    password: str | None,
    trust: ssl.SSLContext | None = None,
    limit: float = _LIMIT,
) -> None:
    """Hands the message to the server for all recipients; raises HandoutError where it does not take it for all.

    `password` is None where the server asks for none. `trust` says whose certificates count; without it, those that
    the computer trusts. What is not done after `limit` seconds counts as failed.
    """
    server = None
    watch = Watch(limit)
    try:
        server = _connect(settings, trust or ssl.create_default_context(), watch)
        if password is not None:
            server.login(settings.user, password)
        _hand_over(server, message, recipients, settings)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise HandoutError(f"{_explain(error, settings, watch)}{_NOBODY}") from None
    finally:
        # Without a farewell: in the middle of a message, one would be read as a part of it.
        if server is not None:
            server.close()
        watch.stop()


def _connect(settings: MailSettings, context: ssl.SSLContext, watch: Watch) -> Connection:
    server = Connection(settings, context, watch)
    if settings.security == "tls":
        return server
    try:
        server.ehlo()
        if not server.has_extn("starttls"):
            raise HandoutError(
                f"{_where(settings)}は STARTTLS に応じないので、暗号化して送れません。{_NOBODY}"
                f'サーバーの管理者に確かめ、{SETTINGS_FILE} の host と port、または security = "tls" を見直してください。'
            )
        server.starttls(context=context)
        server.ehlo()
    except BaseException:
        server.close()
        raise
    return server


def _hand_over(
    server: smtplib.SMTP, message: bytes, recipients: Sequence[Mailbox], settings: MailSettings
) -> None:
    server.ehlo_or_helo_if_needed()
    options = [f"SIZE={len(message)}"] if server.has_extn("size") else []
    _check_size(server.esmtp_features.get("size", ""), len(message))
    _expect(250, "差出人", server.mail(envelope_address(settings.sender), options))
    _name_recipients(server, recipients)
    _expect(354, "本文と添付", server.docmd("DATA"))
    # From here on the server may have the whole message; only its answer says whether it took it.
    with said_when_stopped(_UNKNOWN):
        server.send(_with_end(message))
        try:
            answer = server.getreply()
        except (smtplib.SMTPException, OSError):
            raise HandoutError(f"{_BROKEN_OFF}{_UNKNOWN}") from None
    _expect(250, "本文と添付", answer)
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.putcmd("QUIT")  # its answer changes nothing any more


def _check_size(most: str, size: int) -> None:
    if most.isdecimal() and 0 < int(most) < size:
        raise HandoutError(
            f"このサーバーが受け取るのは {int(most):,}バイトまでで、メール（添付は約1.4倍になります）は {size:,}バイトあります。"
            f"{_NOBODY}--attach pdf のように形式を減らすか、--kind で資料ごとに分けて送ってください。"
        )


def _name_recipients(server: smtplib.SMTP, recipients: Sequence[Mailbox]) -> None:
    """Names every recipient to the server; raises HandoutError with all whom it refuses."""
    answers = [(mailbox, server.rcpt(envelope_address(mailbox))) for mailbox in recipients]
    refused = [(mailbox, *answer) for mailbox, answer in answers if answer[0] not in (250, 251)]
    if refused:
        lines = "".join(f"\n  {mailbox}（{_answer(code, text)}）" for mailbox, code, text in refused)
        others = "ほかの方にも送っていません。" if len(refused) < len(recipients) else ""
        wait = "しばらく待つか、" if all(400 <= code < 500 for _, code, _ in refused) else ""
        raise HandoutError(
            f"サーバーが次の宛先を受け付けませんでした。{_NOBODY}{others}{wait}アドレスを確かめて、もう一度送ってください。{lines}"
        )


def _expect(wanted: int, what: str, answer: tuple[int, bytes]) -> None:
    if answer[0] != wanted:
        raise HandoutError(
            f"サーバーが{what}を受け付けませんでした（{_answer(*answer)}）。{_NOBODY}{_advice(answer[0])}"
        )


def _with_end(message: bytes) -> bytes:
    """The message as SMTP takes it: a dot at the beginning of a line doubled, a line with only a dot after it."""
    return re.sub(rb"(?m)^\.", b"..", message) + b".\r\n"


def _advice(code: int) -> str:
    if code == 552:
        return "大きすぎるようです。--attach pdf のように形式を減らすか、--kind で資料ごとに分けて送ってください。"
    if 400 <= code < 500:
        return "しばらく待って、もう一度送ってください。"
    return f"{SETTINGS_FILE} の from と user を確かめるか、サーバーの管理者に尋ねてください。"


def _answer(code: int, text: bytes | str) -> str:
    """What the server said, on one line."""
    plain = text if isinstance(text, str) else text.decode("utf-8", "replace")
    return f"{code} {visible(plain)[:_LONGEST_ANSWER]}".strip()


def _where(settings: MailSettings) -> str:
    return f"{settings.host}（ポート {settings.port}）"


def _explain(error: Exception, settings: MailSettings, watch: Watch) -> str:
    """What happened and what to do; nothing of it repeats the password or what the server says at the log-in."""
    where = _where(settings)
    if watch.is_over:
        return (
            f"{where}とのやり取りが {watch.limit / 60:g}分たっても終わらないので、打ち切りました。しばらく待って、もう一度送ってください。"
            "添付が大きければ、--attach pdf のように形式を減らすか、--kind で資料ごとに分けて送ってください。"
        )
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"{where}が「{settings.user}」のパスワードを受け付けませんでした（{error.smtp_code}）。"
            f"{SETTINGS_FILE} の user とパスワードを確かめてください。"
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"{where}は、この形のログインに応じません。{SETTINGS_FILE} の port を見直すか、user の行を消してください。"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{where}の証明書を信頼できないので、接続しませんでした。{_certificate(error, settings)}"
    if isinstance(error, ssl.SSLError):
        return f"{where}と TLS で話せませんでした。{SETTINGS_FILE} の port と security（starttls か tls）の組合せを見直してください。"
    if isinstance(error, socket.gaierror):
        return f"{settings.host} というサーバーが見つかりません。{SETTINGS_FILE} の host と、ネットワークの接続を確かめてください。"
    if isinstance(error, ConnectionRefusedError):
        return f"{where}につながりません。{SETTINGS_FILE} の host と port を確かめてください。"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"{where}が{PATIENCE}秒たっても答えません。{SETTINGS_FILE} の host、port、security とネットワークの接続を確かめてください。"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{where}が送信を断りました（{_answer(error.smtp_code, error.smtp_error)}）。{_advice(error.smtp_code)}"
    return f"{where}との接続が途中で切れました。{SETTINGS_FILE} の port と security を確かめ、しばらく待って、もう一度送ってください。"


def _certificate(error: ssl.SSLCertVerificationError, settings: MailSettings) -> str:
    if error.verify_code in (_WRONG_NAME, _WRONG_IP):
        return f"証明書は別の名前のサーバーのものです。{SETTINGS_FILE} の host（{settings.host}）を確かめてください。"
    if error.verify_code == _EXPIRED:
        return "証明書の期限が切れています。サーバーの管理者に知らせてください（このパソコンの日付も確かめてください）。"
    return (
        "発行した機関が、このパソコンに登録されていません。サーバーの管理者に確かめ、組織の証明書が要るなら、"
        "そのファイルの場所を環境変数 SSL_CERT_FILE に入れてください。"
    )
