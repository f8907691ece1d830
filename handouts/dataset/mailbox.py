"""Addresses of mail as people write them: 氏名 <address>."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from handouts.dataset.typed_text import in_one_width

_TYPED_WIDE = str.maketrans("＜＞", "<>")
_FORM = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>|(?P<bare>[^<>]*)")
# Dots may stand anywhere: old addresses of mobile phones in Japan have them at the end or two together.
_LOCAL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"({_LOCAL})@((?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9])")
_CONTROLS = ("Cc", "Cf", "Cs", "Zl", "Zp")
_LONGEST = 254  # characters, by RFC 5321


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address, with the name of the person or office where it was given."""

    address: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address

    @property
    def key(self) -> str:
        """What is the same for two ways of writing one address."""
        return self.address.casefold()


def is_control(character: str) -> bool:
    """Whether the character is none to be seen: a line break, a control, a change of the direction of writing."""
    return unicodedata.category(character) in _CONTROLS


def visible(text: str) -> str:
    """`text` without what cannot be seen, on one line."""
    line = re.sub(r"[\r\n\t\u2028\u2029]+", " ", text)
    return "".join(character for character in line if not is_control(character)).strip(" ")


def parse_mailbox(text: str) -> Mailbox:
    """The address that `text` names, "氏名 <address>" or the address alone, also in full width; raises ValueError."""
    if any(map(is_control, text)):
        raise ValueError("改行か目に見えない文字を含んでいます")
    match = _FORM.fullmatch(text.translate(_TYPED_WIDE).strip())
    if match is None:
        raise ValueError("メールアドレスの形ではありません")
    address = in_one_width(match["address"] or match["bare"] or "")
    if not _ADDRESS.fullmatch(address) or len(address) > _LONGEST:
        raise ValueError("メールアドレスの形ではありません")
    return Mailbox(address, re.sub(r'^[\s"]+|[\s"]+$', "", match["name"] or ""))
