"""The mail with the handouts of a dataset: who gets it, what it says, which files it carries."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handouts.compose.page import branch_name, year_name
from handouts.dataset.fiscal import date_text
from handouts.dataset.mailbox import Mailbox, parse_mailbox, visible
from handouts.dataset.model import Dataset, RecipientGroup
from handouts.dataset.stored import DATASET_FILE
from handouts.files import file_name
from handouts.findings import ByForm, DataFaults, Place, Rule, errors_of
from handouts.mail.attachments import BuiltHandout, FileSelection, check_size, find_handouts
from handouts.mail.message import Letter
from handouts.mail.settings import DEFAULT_SIZE_LIMIT, MailSettings
from handouts.measures.wording import size_text
from handouts.page.templates import Templates
from handouts.runs.checking import read_checked
from handouts.runs.settings import BuildSettings
from handouts.runs.shared_recipients import read_shared_recipients
from handouts.shipped import folders

NOBODY = Rule(
    "mail.nobody",
    "「{group}」の宛先が書かれていません",
    remedy=ByForm(
        "recipients の「{group}:」の下に「- 氏名 <アドレス>」の行を並べてください（すべてのデータに共通なら、"
        "データのフォルダーの隣の recipients.yaml に書けます）",
        "シート「宛先」に、宛先の組「{group}」の行を書いてください（すべてのデータに共通なら、ブックの隣の recipients.yaml に書けます）",
    ),
)
GROUPS: tuple[RecipientGroup, ...] = typing.get_args(RecipientGroup)
_ALLOWED = f"{'、'.join(GROUPS)} のどれか（データの recipients の一覧）か、メールアドレスを書いてください。"
Addressee = RecipientGroup | Mailbox


@dataclass(frozen=True, slots=True)
class MailOrder:
    """What is to be mailed to whom."""

    to: tuple[Addressee, ...]
    cc: tuple[Addressee, ...] = ()
    bcc: tuple[Addressee, ...] = ()
    files: FileSelection = field(default_factory=FileSelection)
    marking: str = ""

    @property
    def audience(self) -> RecipientGroup | None:
        """The group whose words the mail uses: of those that get it, the one farthest from the branch."""
        return next((group for group in GROUPS if group in (*self.to, *self.bcc)), None)


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mail ready to be written or sent: the files it carries in their order, and where its draft belongs."""

    letter: Letter
    files: tuple[Path, ...]
    draft: Path


@dataclass(frozen=True, slots=True)
class MailedFile:
    """An attachment as the text of the mail names it."""

    name: str
    size: str


@dataclass(frozen=True, slots=True)
class MailedHandout:
    """A handout as subject and text of the mail name it; empty texts for what the dataset does not say."""

    material: str
    title: str
    meeting: str
    date: str
    files: tuple[MailedFile, ...]


def read_addressees(text: str) -> tuple[Addressee, ...]:
    """The groups and addresses that `text` lists, separated by commas; raises ValueError for one that is neither."""
    parts = filter(None, (part.strip() for part in re.split("[,，、;；]", text)))
    found = tuple(_addressee(part) for part in parts)
    if not found:
        raise ValueError(f"宛先が書かれていません。{_ALLOWED}")
    return found


def _addressee(text: str) -> Addressee:
    for group in GROUPS:
        if text == group:
            return group
    if "@" not in text and "＠" not in text:
        raise ValueError(f"「{visible(text)}」という宛先の一覧はありません。{_ALLOWED}")
    try:
        return parse_mailbox(text)
    except ValueError as reason:
        raise ValueError(
            f"宛先「{visible(text)}」は{reason}。「氏名 <アドレス>」か、アドレスだけを書いてください。"
        ) from None


def prepare_mail(
    path: Path,
    order: MailOrder,
    settings: MailSettings | None,
    working_folder: Path,
    build_settings: Callable[[], BuildSettings],
) -> Mailing:
    """The mail with the handouts of the dataset at `path`; raises HandoutError where something stands against it.

    The files are those of the last build; where one is missing or would be another one now, nothing is mailed.
    """
    source = read_checked(path)
    if source.dataset is None or source.stops(strict=False):
        raise DataFaults(finding for finding in source.findings if finding.severity == "error")
    dataset = source.dataset
    shared = read_shared_recipients(path.parent)
    if faults := errors_of(shared.findings):
        raise DataFaults(faults)
    to, cc, bcc = _recipients(shared.of(dataset), order, path)
    built = find_handouts(source, dataset, order.files, build_settings)
    attachments = tuple(attachment for handout in built for _, attachment in handout.files)
    check_size(attachments, DEFAULT_SIZE_LIMIT if settings is None else settings.size_limit)
    mailed = [_mailed(dataset, handout) for handout in built]
    total = size_text(sum(len(attachment.content) for attachment in attachments))
    subject, text = _words(dataset, order, mailed, total, working_folder)
    sender = None if settings is None else settings.sender
    source.snapshot.check()
    return Mailing(
        letter=Letter(subject, text, to, cc, bcc, sender, attachments),
        files=tuple(file for handout in built for file, _ in handout.files),
        draft=order.files.out / source.name / _draft_name(order, mailed),
    )


def _recipients(
    lists: Mapping[str, Sequence[str]], order: MailOrder, path: Path
) -> list[tuple[Mailbox, ...]]:
    """To, Cc and Bcc; nobody stands in two of them, or twice in one."""
    seen: set[str] = set()
    fields: list[tuple[Mailbox, ...]] = []
    for addressees in (order.to, order.cc, order.bcc):
        new: dict[str, Mailbox] = {}
        for addressee in addressees:
            for mailbox in _mailboxes(lists, addressee, path):
                if mailbox.key not in seen:
                    new.setdefault(mailbox.key, mailbox)
        fields.append(tuple(new.values()))
        seen |= new.keys()
    return fields


def _mailboxes(lists: Mapping[str, Sequence[str]], addressee: Addressee, path: Path) -> Iterator[Mailbox]:
    if isinstance(addressee, Mailbox):
        yield addressee
        return
    lines = lists.get(addressee, ())
    if not lines:
        place = Place(f"{path.resolve().name}/{DATASET_FILE}", key="recipients")
        raise DataFaults([NOBODY.at(place, group=addressee)])
    yield from map(parse_mailbox, lines)


def _mailed(dataset: Dataset, built: BuiltHandout) -> MailedHandout:
    settings = dataset.settings(built.kind.id)
    return MailedHandout(
        material=visible(settings.material),
        title=visible(built.front.title),
        meeting=visible(settings.meeting),
        date="" if settings.date is None else date_text(settings.date),
        files=tuple(MailedFile(file.name, size_text(len(file.content))) for _, file in built.files),
    )


def _words(
    dataset: Dataset, order: MailOrder, mailed: Sequence[MailedHandout], total: str, working_folder: Path
) -> tuple[str, str]:
    """Subject and text of the mail, from their templates."""
    values = {
        "audience": order.audience or "",
        "branch": branch_name(dataset),
        "year": year_name(dataset),
        "marking": order.marking,
        "handouts": mailed,
        "meetings": tuple(dict.fromkeys((one.meeting, one.date) for one in mailed if one.meeting)),
        "formats": order.files.formats,
        "total": total,
    }
    templates = Templates(folders("templates", working_folder))
    subject = visible(templates.text("mail/subject.txt", **values))
    lines = templates.text("mail/body.txt", **values).strip().splitlines()
    return subject, "\n".join(visible(line) for line in lines) + "\n"


def _draft_name(order: MailOrder, mailed: Sequence[MailedHandout]) -> str:
    to = (addressee.address if isinstance(addressee, Mailbox) else addressee for addressee in order.to)
    materials = (one.material for one in mailed if one.material)
    return file_name("_".join(filter(None, ("メール", "・".join(materials), "・".join(to))))) + ".eml"
