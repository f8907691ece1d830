"""A mail server on this computer for tests: real SMTP, a certificate of its own, faults on demand."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from handouts.dataset.mailbox import Mailbox
from handouts.mail.settings import MailSettings

USER, PASSWORD = "kikaku", "himitsu-no-kotoba"
NAMES = "DNS:localhost,IP:127.0.0.1"
SENDER = Mailbox("kikaku@example.jp", "企画総務グループ")


@dataclass(frozen=True)
class Certificate:
    """A certificate that vouches for itself: a server has it, and who trusts it may be told so."""

    certificate: Path
    key: Path

    def of_server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))


@cache
def certificate(names: str) -> Certificate:
    """A new certificate for these names, made once in a run."""
    folder = Path(mkdtemp(prefix="handouts-test-"))
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
    )
    extensions = [f"subjectAltName={names}", "keyUsage=critical,digitalSignature,keyCertSign"]
    subprocess.run(
        [*command.split(), "-out", made.certificate, "-keyout", made.key]
        + [word for extension in extensions for word in ("-addext", extension)],
        check=True,
        capture_output=True,
    )
    return made


@dataclass
class Mailroom:
    """What the server does with what it is told, and what came of it: only what is in `delivered` counts."""

    refused: dict[str, str] = field(default_factory=dict)
    answer: str = "250 OK"
    hangs_up_before_the_answer: bool = False
    stops_who_sends: bool = False
    named: list[str] = field(default_factory=list)
    delivered: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.named.append(address)
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.stops_who_sends:
            os.kill(os.getpid(), signal.SIGINT)
            await asyncio.sleep(1)
        if self.hangs_up_before_the_answer:
            assert server.transport is not None
            server.transport.abort()
        elif self.answer.startswith("250"):
            self.delivered.append(envelope)
        return self.answer


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    is_right = data == LoginPassword(USER.encode(), PASSWORD.encode())
    # The answer repeats the password, as a careless server might.
    return AuthResult(success=is_right, handled=is_right, message=f"535 {data}" if not is_right else None)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, **self.SMTP_kwargs)


@contextmanager
def mail_server(
    mailroom: Mailroom, security: str = "starttls", size: int = 33554432, names: str = NAMES
) -> Iterator[MailSettings]:
    """A server that runs while the block does; gives the settings with which mail is sent through it.

    `security` is tls, starttls or none, the latter a server that has no TLS at all.
    """
    tls = certificate(names).of_server()
    context = {"tls": {"ssl_context": tls}, "starttls": {"tls_context": tls, "require_starttls": True}}
    controller = _Controller(
        mailroom,
        hostname="127.0.0.1",
        port=_free_port(),
        data_size_limit=size,
        authenticator=_authenticate,
        auth_require_tls=security == "starttls",
        auth_required=security != "none",
        **context.get(security, {}),
    )
    controller.start()
    try:
        yield MailSettings(
            "127.0.0.1", controller.port, "tls" if security == "tls" else "starttls", SENDER, USER
        )
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Serve = Callable[[socket.socket, Event], object]


@contextmanager
def odd_server(serve: Serve, security: Literal["tls", "starttls"] = "tls") -> Iterator[MailSettings]:
    """A server that does with its one connection what `serve` does; the event is set when the block ends."""
    is_over = Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        connection, _ = listener.accept()
        with suppress(OSError), connection:
            serve(connection, is_over)

    thread = Thread(target=run)
    thread.start()
    try:
        yield MailSettings("127.0.0.1", listener.getsockname()[1], security, SENDER)
    finally:
        is_over.set()
        listener.close()
        thread.join()


def drips(pieces: Iterable[bytes]) -> Serve:
    """Says these one after the other, with time between them."""

    def serve(line: socket.socket, is_over: Event) -> None:
        for piece in pieces:
            if is_over.wait(0.01):
                return
            line.sendall(piece)

    return serve


def over_tls(serve: Serve) -> Serve:
    """Does the same behind TLS."""

    def wrapped(connection: socket.socket, is_over: Event) -> None:
        with certificate(NAMES).of_server().wrap_socket(connection, server_side=True) as line:
            serve(line, is_over)

    return wrapped


GO_ON = b"354 go on\r\n"


def obeys_until(command: bytes, then: Serve, answer: bytes = b"") -> Serve:
    """Says yes to everything over TLS until this command comes, answers it so, and does then what `then` does."""

    def serve(line: socket.socket, is_over: Event) -> None:
        line.sendall(b"220 ready\r\n")
        with line.makefile("rb", buffering=0) as file:
            for said in iter(file.readline, b""):
                if said.upper().startswith(command):
                    line.sendall(answer)
                    then(line, is_over)
                    return
                line.sendall(b"250 OK\r\n")

    return over_tls(serve)


def takes_all(then: Serve) -> Serve:
    """Reads a message to its end, and does then what `then` does."""

    def serve(line: socket.socket, is_over: Event) -> None:
        last = b""
        while not last.endswith(b"\r\n.\r\n"):
            last = last[-4:] + line.recv(65536)
        then(line, is_over)

    return serve
