"""A reviewer who works in LibreOffice: edits chosen by chance, each made by the program itself with tracking on."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any

from handouts.origin import OriginEntry
from tests.office import environment
from tests.reviewing.edits import Edit, EditKind
from tests.reviewing.sent import Sent
from tests.reviewing.wording import (
    figures_in,
    label_of,
    new_sentence,
    new_word,
    next_label,
    other_figure,
    words_in,
)

# The Python that Debian's python3-uno belongs to, whichever runs the tests.
SYSTEM_PYTHON = "/usr/bin/python3"
AUTHOR = "本部 審査"
_PROCESS = Path(__file__).with_name("office_process.py")
_PROFILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.UserProfile/Data"><prop oor:name="givenname" oor:op="fuse"><value>{AUTHOR}</value></prop></item>
</oor:items>
"""


def has_uno() -> bool:
    """Whether LibreOffice can be told what to do here."""
    try:
        return not subprocess.run(
            [SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, timeout=60
        ).returncode
    except OSError:
        return False


class OfficeReviewer:
    """LibreOffice as long as it is needed; it starts once for all files."""

    def __init__(self) -> None:
        self._open = ExitStack()

    def __enter__(self) -> OfficeReviewer:
        self._folder = Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        settings = self._folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        pipe = self._folder.name
        office = [
            "soffice",
            f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ]
        silent: Mapping[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._office = subprocess.Popen(office, env=environment(self._folder), **silent)
        self._writer = subprocess.Popen(
            [SYSTEM_PYTHON, str(_PROCESS), pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        assert self._writer.stdin
        self._writer.stdin.close()
        self._writer.wait(60)
        assert self._writer.stdout
        self._writer.stdout.close()
        try:
            self._office.wait(30)
        except subprocess.TimeoutExpired:
            self._office.terminate()
            self._office.wait(30)
        self._open.close()

    def review(self, sent: Sent, seed: int, count: int) -> tuple[bytes, Sequence[Edit]]:
        """The file with so many edits, fewer where chance finds no place for one."""
        edits, steps = _chosen(sent, Random(seed), count)
        source, target = self._folder / "sent.docx", self._folder / "returned.docx"
        source.write_bytes(sent.docx)
        assert self._writer.stdin
        assert self._writer.stdout
        job = {"source": str(source), "target": str(target), "steps": steps}
        self._writer.stdin.write(json.dumps(job) + "\n")
        self._writer.stdin.flush()
        done = json.loads(self._writer.stdout.readline())
        return target.read_bytes(), [edit for edit, is_done in zip(edits, done, strict=True) if is_done]


def _chosen(sent: Sent, random: Random, count: int) -> tuple[list[Edit], list[dict[str, Any]]]:
    """Edits with the steps that make them, each in a paragraph of its own with unique words, none next to another."""
    entries = sent.origin.entries
    how_often = Counter(entry.text for entry in entries)
    free = [
        number
        for number, entry in enumerate(entries)
        if how_often[entry.text] == 1
        and len(entry.text) > 8
        and "\n" not in entry.text
        and entry.role in ("own", "generated")
        and (entry.ref.startswith("plan:") or ".text[" in entry.ref)
    ]
    edits: list[Edit] = []
    steps: list[dict[str, Any]] = []
    while free and len(edits) < count:
        number = random.choice(free)
        free = [one for one in free if abs(one - number) > 2]
        follower = entries[number + 1] if number + 1 < len(entries) else None
        made = _step(entries[number], follower, random)
        if made:
            kind, after, step = made
            entry = entries[number]
            edits.append(Edit(kind, entry.bookmark, entry.role, entry.text, after, AUTHOR, ""))
            steps.append({"paragraph": entry.text, **step})
    return edits, steps


def _step(
    entry: OriginEntry, follower: OriginEntry | None, random: Random
) -> tuple[EditKind, str, dict[str, Any]] | None:
    """What is done to one paragraph, what stands there then, and the step that does it."""
    text, words, figures = entry.text, words_in(entry.text), figures_in(entry.text)
    chosen = random.choice(["word", "word", "figure", "rewrite", "delete", "insert", "split", "merge"])
    if chosen == "insert":
        label = random.choice([next_label(label_of(text)), "・", ""])
        new = label + new_sentence(random)
        return "paragraph-inserted", new, {"do": "insert", "text": new}
    if entry.style in ("pillar", "topic", "section", "measure", "item-title") or len(words) < 3:
        return None
    if chosen == "word":
        (start, end), new = random.choice(words), random.choice(["", new_word(random)])
        return "word-replaced", new, {"do": "replace", "start": start, "end": end, "text": new}
    if chosen == "figure" and figures:
        start, end = random.choice(figures)
        new = other_figure(random, text[start:end])
        return "figure-replaced", new, {"do": "replace", "start": start, "end": end, "text": new}
    if chosen == "rewrite":
        new = label_of(text) + new_sentence(random)
        return "paragraph-rewritten", new, {"do": "replace", "start": 0, "end": len(text), "text": new}
    if chosen == "delete":
        return "paragraph-deleted", "", {"do": "delete"}
    if chosen == "split":
        at = random.choice(words[1:])[0]
        return "paragraph-split", f"{text[:at]}\n{text[at:]}", {"do": "split", "start": at}
    if chosen == "merge" and follower and follower.ref.partition(":")[0] == entry.ref.partition(":")[0]:
        return "paragraphs-merged", text + follower.text, {"do": "merge"}
    return None
