"""The settings for mail in mail.toml of the working folder, and the password, which never stands in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from handouts.dataset.mailbox import Mailbox, parse_mailbox
from handouts.dataset.suggestion import nearest
from handouts.findings import DataFaults, Finding, HandoutError, Place, Rule
from handouts.toml_file import TomlFile, read_toml, shown

SETTINGS_FILE = "mail.toml"
PASSWORD_VARIABLE = "HANDOUTS_MAIL_PASSWORD"
BAD_SETTING = Rule("mail.bad-setting", "{key} に {value} は使えません", remedy="{remedy}")
SETTING_MISSING = Rule("mail.setting-missing", "{key} がありません", remedy="{remedy}")
UNKNOWN_SETTING = Rule(
    "mail.unknown-setting",
    "「{key}」という項目はありません",
    "使える項目は {known} です",
    "行ごと消してください",
)
PASSWORD_WRITTEN = Rule(
    "mail.password-written",
    "パスワードは、このファイルに書けません",
    f"環境変数 {PASSWORD_VARIABLE} か、keyring を使います",
    "この行を消し、書いてしまったパスワードは変えてください",
)
KEYRING_SERVICE = "council-handouts"
DEFAULT_SIZE_LIMIT = 20.0  # MB of all attachments together
_MOST_MEGABYTES = 10_000  # beyond any mail
_PORTS = {"starttls": 587, "tls": 465}
EXAMPLE = """\
host = "smtp.example.jp"
security = "starttls"
user = "kikaku"
from = "群馬支部 企画総務グループ <kikaku@example.jp>\""""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that mail is sent through, and who sends it; without `user` there is no log-in."""

    host: str
    port: int
    security: Literal["starttls", "tls"]
    sender: Mailbox
    user: str = ""
    size_limit: float = DEFAULT_SIZE_LIMIT


def _is_host(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?", value))


def _is_port(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 65535


def _is_security(value: Any) -> bool:
    return isinstance(value, str) and value in _PORTS


def _is_user(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[\x21-\x7e]*", value))


def _is_sender(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(parse_mailbox(value))
    except ValueError:
        return False


def _is_size(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= _MOST_MEGABYTES


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of the file: what its value may be, as a rule and in words, and an example."""

    is_allowed: Callable[[Any], bool]
    allowed: str
    example: str
    is_required: bool = False

    @property
    def remedy(self) -> str:
        """What to write."""
        return f"{self.allowed}書いてください（例 {self.example}）"


_KEYS: Mapping[str, _Key] = {
    "host": _Key(_is_host, "メールを送るサーバーの名前を", 'host = "smtp.example.jp"', is_required=True),
    "port": _Key(_is_port, "1から65535までの整数を", "port = 587"),
    "security": _Key(
        _is_security, '"starttls" か "tls" のどちらかを', 'security = "starttls"', is_required=True
    ),
    "user": _Key(_is_user, "サーバーに入るときの名前を、空白のない半角の文字で", 'user = "kikaku"'),
    "from": _Key(
        _is_sender,
        "差出人を「氏名 <アドレス>」の形で",
        'from = "企画総務グループ <kikaku@example.jp>"',
        is_required=True,
    ),
    "size_limit": _Key(_is_size, "添付の合計の上限を、0より大きい MB の数で", "size_limit = 20"),
}


def read_mail_settings(path: Path) -> MailSettings:
    """The settings in the file at `path`; raises DataFaults with everything that is wrong in it."""
    file = read_toml(path)
    faults = tuple(_faults(file, path.name))
    if faults:
        raise DataFaults(faults)
    values = file.values
    return MailSettings(
        host=values["host"],
        port=values.get("port", _PORTS[values["security"]]),
        security=values["security"],
        sender=parse_mailbox(values["from"]),
        user=values.get("user", ""),
        size_limit=float(values.get("size_limit", DEFAULT_SIZE_LIMIT)),
    )


def missing_settings(path: Path) -> HandoutError:
    """What to say where mail is to be sent and there are no settings for it."""
    return HandoutError(
        f"{path.name}: このファイルがないので、送れません。作業するフォルダーに {path.name} を作り、次のように書いてください"
        f"（パスワードは書きません）。\n{EXAMPLE}"
    )


def find_password(settings: MailSettings, environ: Mapping[str, str]) -> str:
    """The password of the user, from the environment or the keyring; raises HandoutError where neither has it."""
    password = environ.get(PASSWORD_VARIABLE) or _from_keyring(settings.user)
    if not password:
        raise HandoutError(
            f"「{settings.user}」のパスワードが見つからないので、送れません。環境変数 {PASSWORD_VARIABLE} に入れるか、"
            f"keyring を入れて（pip install keyring）「keyring set {KEYRING_SERVICE} {settings.user}」で保管してください。"
        )
    if not password.isascii():
        raise HandoutError(
            f"「{settings.user}」のパスワードに全角などの文字があるので、送れません。入れ直してください。"
        )
    return password


def _from_keyring(user: str) -> str | None:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        # Typed here, since keyring need not be installed where types are checked.
        password: str | None = keyring.get_password(KEYRING_SERVICE, user)
    except KeyringError:
        # No keyring on this computer, or one that stays locked: the same as one without the password.
        return None
    return password


def _faults(file: TomlFile, name: str) -> Iterator[Finding]:
    for key, value in file.values.items():
        place = Place(name, file.line(key))
        if key not in _KEYS:
            yield _unknown(key, place)
        elif not _KEYS[key].is_allowed(value):
            yield BAD_SETTING.at(place, key=key, value=shown(value), remedy=_KEYS[key].remedy)
    for key, known in _KEYS.items():
        if known.is_required and key not in file.values:
            yield SETTING_MISSING.at(Place(name), key=key, remedy=known.remedy)


def _unknown(key: str, place: Place) -> Finding:
    if re.search("pass|パスワード|secret", key, re.IGNORECASE):
        return PASSWORD_WRITTEN.at(place)
    return UNKNOWN_SETTING.at(place, nearest(key, _KEYS), key=key, known=tuple(_KEYS))
