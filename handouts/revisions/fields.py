"""Fields while they are being read: what a program computed is no text of anybody's."""

from __future__ import annotations

_MOST_CODE = 200  # characters of a code that can matter


class OpenFields:
    """The fields that are open at a place of a story, each with its code."""

    def __init__(self) -> None:
        self._codes: list[str] = []
        self.kind = ""
        """What the innermost field computes: the first word of its code, in capitals; empty outside of fields."""

    def begin(self, code: str = "") -> None:
        """A field begins; one of a single element has its code at once."""
        self._codes.append(code)
        self._say()

    def add_code(self, text: str) -> None:
        """More of the code of the innermost field."""
        if self._codes and len(self._codes[-1]) < _MOST_CODE:
            self._codes[-1] += text
            self._say()

    def end(self) -> None:
        """The innermost field ends."""
        if self._codes:
            self._codes.pop()
            self._say()

    def _say(self) -> None:
        words = self._codes[-1].split(maxsplit=1) if self._codes else []
        self.kind = words[0].upper() if words else ""
