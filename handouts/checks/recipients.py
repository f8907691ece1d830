"""Rules on the recipients of the mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from handouts.dataset.mailbox import parse_mailbox
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.dataset.yaml_text import KeyPath, key_text
from handouts.findings import Finding, Place, Rule

DOUBLE_RECIPIENT = Rule(
    "mail.double-recipient",
    "{group}の宛先「{address}」が二度書かれています",
    remedy="一方を消すか、正しいアドレスに直してください",
    severity="warning",
)


def check_recipients(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An address that stands twice in one list."""
    return doubles(dataset.recipients, lambda path: place_of(f"dataset:{key_text(path)}", places))


def doubles(recipients: Mapping[str, Sequence[str]], place: Callable[[KeyPath], Place]) -> Iterator[Finding]:
    """An address that stands twice in one list, wherever the lists stand."""
    for group, lines in recipients.items():
        seen: set[str] = set()
        for index, line in enumerate(lines):
            mailbox = parse_mailbox(line)
            if mailbox.key in seen:
                found = place(("recipients", group, index))
                yield DOUBLE_RECIPIENT.at(found, group=group, address=mailbox.address)
            seen.add(mailbox.key)
