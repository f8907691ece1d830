"""The command that mails the handouts: it shows what goes to whom, writes a draft, or asks and sends."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.japanese import JapaneseHelp
from handouts.commands.parts import choices_of, dataset_path, is_confirmed, kinds_of_handouts, recover_writes
from handouts.commands.terminal import say, working
from handouts.findings import SEVERITIES
from handouts.runs.formats import MAILED_FORMATS, OUT

if TYPE_CHECKING:
    from handouts.dataset.mailbox import Mailbox
    from handouts.mail.preparing import Addressee, Mailing
    from handouts.mail.settings import MailSettings

_LONGEST_MARKING = 20
_PRIVATE = 0o600  # a draft has the addresses of all that get it


def _addressees(
    context: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[Addressee, ...]:
    if not value:
        return ()
    from handouts.mail.preparing import read_addressees

    try:
        return tuple(addressee for text in value for addressee in read_addressees(text))
    except ValueError as reason:
        raise click.BadParameter(str(reason), context, param) from None


def _marking(context: click.Context, param: click.Parameter, value: str) -> str:
    from handouts.dataset.mailbox import is_control

    plain = value.strip().removeprefix("【").removesuffix("】")
    if len(plain) > _LONGEST_MARKING or any(map(is_control, plain)):
        raise click.BadParameter(
            f"取扱注意 のような、{_LONGEST_MARKING}文字までの語を書いてください。", context, param
        )
    return plain


@click.command(
    cls=JapaneseHelp,
    examples=(
        "handouts mail gunma-r8 --to 支部内 --bcc 評議会委員",
        "handouts mail gunma-r8 --to 本部 --attach pdf,docx",
    ),
    then="できた下書き（.eml）をメールソフトで開き、宛先と添付を確かめて送る。プログラムから送るなら --send を付ける。",
)
@click.argument("dataset", metavar="データ")
@click.option(
    "--to",
    metavar="宛先",
    multiple=True,
    required=True,
    callback=_addressees,
    help="評議会委員、本部、支部内（データの recipients の一覧）か、メールアドレス。何度でも書け、カンマで区切れる",
)
@click.option(
    "--cc", metavar="宛先", multiple=True, callback=_addressees, help="写しを送る先。書き方は --to と同じ"
)
@click.option(
    "--bcc", metavar="宛先", multiple=True, callback=_addressees, help="ほかの方にアドレスを見せずに送る先"
)
@click.option(
    "--attach",
    "formats",
    metavar="形式",
    default=MAILED_FORMATS[0],
    callback=choices_of(MAILED_FORMATS),
    help=f"添付する形式。{'、'.join(MAILED_FORMATS)} をカンマで区切る（書かなければ {MAILED_FORMATS[0]}）",
)
@click.option(
    "--kind",
    "kinds",
    metavar="種類",
    multiple=True,
    callback=kinds_of_handouts,
    help="送る資料の種類（例 plan-budget）。書かなければデータに書かれたものすべて",
)
@click.option(
    "--marking",
    metavar="表示",
    default="",
    callback=_marking,
    help="件名と本文に付ける取扱いの表示（例 取扱注意）",
)
@click.option(
    "--out",
    metavar="フォルダー",
    type=click.Path(path_type=Path),
    default=OUT,
    help="handouts build で資料を保存したフォルダー（書かなければ output）",
)
@click.option("--send", is_flag=True, help="下書きを作る代わりに、確かめてから送る（mail.toml の設定を使う）")
@click.option("--dry-run", is_flag=True, help="宛先、件名、添付、本文を見せるだけで、何も作らず、送らない")
def mail(
    dataset: str,
    to: tuple[Addressee, ...],
    cc: tuple[Addressee, ...],
    bcc: tuple[Addressee, ...],
    formats: tuple[str, ...],
    kinds: tuple[str, ...],
    marking: str,
    out: Path,
    send: bool,
    dry_run: bool,
) -> int:
    """作った資料をメールで送る。

    --send を書かなければ、送らずに、メールソフトで開ける下書き（.eml）を資料の隣に作る。
    """
    path = dataset_path(dataset)
    recover_writes(path.parent, out)
    from handouts.mail.attachments import FileSelection
    from handouts.mail.preparing import MailOrder, prepare_mail
    from handouts.runs.settings import read_build_settings

    settings = _settings(is_required=send)
    order = MailOrder(to, cc, bcc, FileSelection(formats, kinds, out), marking)
    build_settings = partial(read_build_settings, Path.cwd(), out, os.environ)
    with working("資料とデータを確かめています"):
        mailing = prepare_mail(path, order, settings, Path.cwd(), build_settings)
    _show(mailing)
    _warn_of_shown_addresses(order.to + order.cc, mailing)
    if send:
        assert settings is not None
        return _send(mailing, settings, dry_run)
    return 0 if dry_run else _write(mailing)


def _settings(is_required: bool) -> MailSettings | None:
    from handouts.mail.settings import SETTINGS_FILE, missing_settings, read_mail_settings

    path = Path(SETTINGS_FILE)
    if not path.exists():
        if is_required:
            raise missing_settings(path)
        return None
    return read_mail_settings(path)


def _show(mailing: Mailing) -> None:
    """All that the sender has to look at before the mail goes out."""
    from handouts.measures.wording import size_text

    letter = mailing.letter
    if letter.sender is not None:
        click.echo(f"差出人: {letter.sender}")
    for name, mailboxes in (
        ("宛先", letter.to),
        ("写し（Cc）", letter.cc),
        ("見せない宛先（Bcc）", letter.bcc),
    ):
        _show_mailboxes(name, mailboxes)
    click.echo(f"件名: {letter.subject}")
    total = size_text(sum(len(attachment.content) for attachment in letter.attachments))
    click.echo(f"添付: {len(letter.attachments)}件、計 {total}")
    for attachment, path in zip(letter.attachments, mailing.files, strict=True):
        click.echo(f"  {attachment.name}  {size_text(len(attachment.content))}  （{path}）")
    click.echo("本文:")
    for line in letter.text.splitlines():
        click.echo(f"  {line}".rstrip())


def _show_mailboxes(name: str, mailboxes: Sequence[Mailbox]) -> None:
    if mailboxes:
        click.echo(f"{name}: {len(mailboxes)}件")
    for mailbox in mailboxes:
        click.echo(f"  {mailbox}")


def _warn_of_shown_addresses(addressees: Sequence[Addressee], mailing: Mailing) -> None:
    if "評議会委員" in addressees and len(mailing.letter.to + mailing.letter.cc) > 1:
        say(
            "評議会委員のアドレスが、ほかの宛先の方にも見えます。見せないときは、--to 支部内 --bcc 評議会委員 のようにしてください。",
            SEVERITIES["warning"],
            "yellow",
            err=True,
        )


def _write(mailing: Mailing) -> int:
    from handouts.files import write_files
    from handouts.mail.message import draft

    [path] = write_files(mailing.draft.parent, {mailing.draft.name: draft(mailing.letter)}, _PRIVATE)
    click.echo(
        f"\n{path}\nまだ送っていません。このファイルをメールソフトで開き、宛先と添付を確かめて送ってください。"
        f"\n下書きとして開けないメールソフトでは、上の本文を写し、{path.parent} のファイルを添付してください。"
    )
    return 0


def _send(mailing: Mailing, settings: MailSettings, dry_run: bool) -> int:
    security = "STARTTLS" if settings.security == "starttls" else "TLS"
    click.echo(f"サーバー: {settings.host}（ポート {settings.port}、{security}）")
    if dry_run:
        return 0
    from datetime import datetime
    from email.utils import make_msgid

    from handouts.mail.message import message_to_send
    from handouts.mail.settings import find_password
    from handouts.mail.smtp import send_mail

    password = find_password(settings, os.environ) if settings.user else None
    if not is_confirmed("この内容で送りますか"):
        click.echo("送りませんでした。", err=True)
        return 1
    message_id = make_msgid(domain=settings.sender.address.rpartition("@")[2])
    message = message_to_send(mailing.letter, datetime.now().astimezone(), message_id)
    send_mail(message, mailing.letter.recipients, settings, password)
    click.echo(f"{len(mailing.letter.recipients)}件の宛先に送りました。")
    return 0
