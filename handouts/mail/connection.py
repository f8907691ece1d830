"""A connection to a mail server that is cut when its time is over, whatever the server does meanwhile."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
import time
from io import BufferedReader

from handouts.mail.settings import MailSettings

PATIENCE = 60  # seconds that a server may take for one answer
# How this computer greets the server: its own name, which may be Japanese, is nobody's concern.
_OWN_NAME = "[127.0.0.1]"
_MOST_SAID = 1_000_000  # bytes; a server that says more than that never comes to an end


class Watch:
    """The time that a whole conversation may take, and the connection that is cut when it is over."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self._end = time.monotonic() + limit
        self._line: socket.socket | None = None
        self._timer = threading.Timer(limit, self._cut)
        self._timer.daemon = True

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return max(0.001, self._end - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._end

    def connect(self, host: str, port: int, patience: float) -> socket.socket:
        """A connection to one of the addresses of the host; raises OSError where none answers in time."""
        failed: OSError = TimeoutError()
        for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            try:
                line = socket.create_connection((str(address[0]), port), min(patience, self.left))
            except OSError as error:
                failed = error
                continue
            line.settimeout(patience)
            # A handle of its own: TLS takes the first one over.
            self._line = line.dup()
            self._timer.start()
            return line
        raise failed

    def stop(self) -> None:
        """Cuts nothing any more."""
        self._timer.cancel()
        if self._line is not None:
            self._line.close()

    def _cut(self) -> None:
        # What waits for the server in the other thread, reading or writing, ends with an error.
        with contextlib.suppress(OSError):
            if self._line is not None:
                self._line.shutdown(socket.SHUT_RDWR)


class Connection(smtplib.SMTP):
    """The connection of these settings, with TLS from the start where they say so; opened when made."""

    def __init__(self, settings: MailSettings, context: ssl.SSLContext, watch: Watch) -> None:
        self._context = context if settings.security == "tls" else None
        self._watch = watch
        super().__init__(settings.host, settings.port, _OWN_NAME, timeout=PATIENCE)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = self._watch.connect(host, port, timeout)
        return line if self._context is None else self._context.wrap_socket(line, server_hostname=host)

    def getreply(self) -> tuple[int, bytes]:
        """The next answer; raises SMTPServerDisconnected for one without end too."""
        if self.file is None and self.sock is not None:
            self.file = _Answers(self.sock.makefile("rb"))
        return super().getreply()


class _Answers:
    """What a server says in whole lines, up to a length; then it counts as hung up, as one that breaks off a line."""

    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        self._left = _MOST_SAID

    def readline(self, size: int) -> bytes:
        line = self._file.readline(size)
        self._left -= len(line)
        return line if self._left > 0 and line.endswith(b"\n") else b""

    def close(self) -> None:
        self._file.close()
