"""mail.toml, and where the password comes from."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from handouts.dataset.mailbox import Mailbox
from handouts.findings import DataFaults, HandoutError
from handouts.mail.settings import (
    EXAMPLE,
    MailSettings,
    find_password,
    missing_settings,
    read_mail_settings,
)

GOOD = f"# 設定\n{EXAMPLE}\n"
SETTINGS = MailSettings("smtp.example.jp", 587, "starttls", Mailbox("kikaku@example.jp"), "kikaku")


def read(tmp_path: Path, text: str) -> MailSettings:
    path = tmp_path / "mail.toml"
    path.write_text(text, encoding="utf-8")
    return read_mail_settings(path)


def test_settings_are_read_with_the_usual_port_and_limit(tmp_path: Path) -> None:
    settings = read(tmp_path, GOOD)
    assert settings == MailSettings(
        host="smtp.example.jp",
        port=587,
        security="starttls",
        sender=Mailbox("kikaku@example.jp", "群馬支部 企画総務グループ"),
        user="kikaku",
        size_limit=20,
    )
    assert read(tmp_path, GOOD.replace('"starttls"', '"tls"')).port == 465


def test_port_user_and_limit_can_be_set(tmp_path: Path) -> None:
    settings = read(tmp_path, "\ufeff" + GOOD.replace('user = "kikaku"', "port = 25\nsize_limit = 9.5"))
    assert (settings.port, settings.user, settings.size_limit) == (25, "", 9.5)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'security = "starttls"',
            'security = "なし"',
            'mail.toml 3行: security に "なし" は使えません。"starttls" か "tls"',
        ),
        ('security = "starttls"', "", "security がありません"),
        ('host = "smtp.example.jp"', 'host = "smtp example"', "mail.toml 2行: host に"),
        ('host = "smtp.example.jp"', "host = 5", "メールを送るサーバーの名前を"),
        ('user = "kikaku"', 'port = "587"', 'mail.toml 4行: port に "587" は使えません。1から65535まで'),
        ('user = "kikaku"', "port = true", "port に true は使えません"),
        ('user = "kikaku"', "size_limit = 0", "size_limit に 0 は使えません"),
        ('user = "kikaku"', "size_limit = inf", "size_limit に Infinity は使えません"),
        ('user = "kikaku"', f"size_limit = 1{'0' * 400}", f"size_limit に 1{'0' * 39}… は使えません"),
        ('user = "kikaku"', f"port = 0x{'F' * 5000}", "port に 桁の多すぎる数 は使えません"),
        ('user = "kikaku"', 'user = "企画 総務"', "user に"),
        ("<kikaku@example.jp>", "", "差出人を「氏名 <アドレス>」の形で"),
        ('user = "kikaku"', 'usr = "kikaku"', "「usr」という項目はありません。使える項目は host、port、"),
        ('user = "kikaku"', "user = kikaku", "mail.toml 4行: 書き方が正しくありません"),
        ('user = "kikaku"', "[mail]", "「mail」という項目はありません"),
    ],
)
def test_a_wrong_setting_is_named_with_its_line_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in GOOD
    with pytest.raises(HandoutError) as fault:
        read(tmp_path, GOOD.replace(old, new))
    assert message in str(fault.value)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataFaults) as faults:
        read(tmp_path, "port = 0\nhots = 1\n")
    assert len(faults.value.findings) == 5


@pytest.mark.parametrize("key", ["password", "passwd", "パスワード"])
def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path: Path, key: str) -> None:
    with pytest.raises(DataFaults) as faults:
        read(tmp_path, f'{GOOD}"{key}" = "himitsu"\n')
    assert "パスワードは、このファイルに書けません" in str(faults.value)
    assert "6行" in str(faults.value)
    assert "himitsu" not in str(faults.value)


def test_missing_settings_show_what_to_write(tmp_path: Path) -> None:
    assert EXAMPLE in str(missing_settings(tmp_path / "mail.toml"))


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring with what the test puts into it."""
    kept: dict[tuple[str, str], str] = {}
    errors = types.ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    module = types.ModuleType("keyring")

    def get_password(service: str, user: str) -> str | None:
        if (service, user) == ("council-handouts", "locked"):
            raise errors.KeyringError("himitsu")
        return kept.get((service, user))

    module.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return kept


def test_the_password_comes_from_the_environment_before_the_keyring(
    keyring: dict[tuple[str, str], str],
) -> None:
    keyring["council-handouts", "kikaku"] = "of the keyring"
    assert find_password(SETTINGS, {}) == "of the keyring"
    assert find_password(SETTINGS, {"HANDOUTS_MAIL_PASSWORD": "of the environment"}) == "of the environment"


@pytest.mark.parametrize("user", ["kikaku", "locked"])
def test_no_password_is_said_with_both_ways_to_give_one(
    keyring: dict[tuple[str, str], str], user: str
) -> None:
    with pytest.raises(HandoutError) as error:
        find_password(MailSettings("h", 1, "tls", SETTINGS.sender, user), {"HANDOUTS_MAIL_PASSWORD": ""})
    assert "HANDOUTS_MAIL_PASSWORD" in str(error.value)
    assert f"keyring set council-handouts {user}" in str(error.value)
    assert "himitsu" not in str(error.value)


def test_a_computer_without_keyring_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(HandoutError, match="見つからない"):
        find_password(SETTINGS, {})


def test_a_password_that_no_server_can_be_given_is_refused_unseen() -> None:
    with pytest.raises(HandoutError) as error:
        find_password(SETTINGS, {"HANDOUTS_MAIL_PASSWORD": "ひみつ"})
    assert "全角" in str(error.value)
    assert "ひみつ" not in str(error.value)
