"""Rules on the recipients of the mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.dataset.mailbox import parse_mailbox
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.findings import Finding, Place, Rule

DOUBLE_RECIPIENT = Rule(
    "mail.double-recipient",
    "{group}の宛先「{address}」が二度書かれています",
    remedy="一方を消すか、正しいアドレスに直してください",
    severity="warning",
)


def check_recipients(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """An address that stands twice in one list."""
    for group, lines in dataset.recipients.items():
        seen: set[str] = set()
        for number, line in enumerate(lines, start=1):
            mailbox = parse_mailbox(line)
            if mailbox.key in seen:
                place = place_of(f"dataset:recipients.{group}[{number}]", places)
                yield DOUBLE_RECIPIENT.at(place, group=group, address=mailbox.address)
            seen.add(mailbox.key)
