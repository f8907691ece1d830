"""A reviewer who works in Word with tracking on: edits chosen by chance, each written as Word writes it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

from lxml import etree

from handouts.origin import Origin, OriginEntry
from tests.reviewing.edits import Edit, EditKind
from tests.reviewing.pen import (
    Author,
    Pen,
    W,
    is_plain,
    node,
    split_at,
    standing_runs,
    text_of,
    text_of_run,
    text_run,
)
from tests.reviewing.wording import (
    figures_in,
    label_of,
    new_sentence,
    new_word,
    next_label,
    other_figure,
    remark,
    words_in,
)

AUTHORS = (Author("本部 企画", "00A10001"), Author("支部長", "00B20002"), Author("Y. Suzuki", "00C30003"))
_HEADINGS = ("pillar", "topic", "section", "heading", "sheet-title", "measure", "item-title", "kpi-title")
_BEGINNING = datetime.datetime(2026, 12, 1, 9, 0)
_OFTEN = 5
"""Of so many edits one is made wherever chance has it, the others in texts of the plan and of what was done."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment beside the body: its number there and what it says."""

    number: int
    edit: Edit


@dataclass(slots=True)
class Reviewed:
    """The body of a document after a review, what was done to it, and the comments that belong beside it."""

    body: etree._Element
    edits: list[Edit] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A paragraph that we sent, and what is known of it."""

    paragraph: etree._Element
    entry: OriginEntry

    @property
    def text(self) -> str:
        return text_of(self.paragraph)

    @property
    def is_text(self) -> bool:
        return self.entry.role in ("own", "generated") and (
            self.entry.ref.startswith("plan:") or ".text[" in self.entry.ref
        )

    @property
    def is_figure(self) -> bool:
        return ".values[" in self.entry.ref or self.entry.ref.endswith((".amount", ".executed"))

    @property
    def is_heading(self) -> bool:
        return self.entry.style in _HEADINGS


class WordReviewer:
    """Makes edits in the body of one document; the same seed makes the same ones.

    Paragraphs with a ref of `firm` go only now and then: others name them, and so the data are not whole without them.
    """

    def __init__(
        self, body: etree._Element, origin: Origin, seed: int, firm: Collection[str] = frozenset()
    ) -> None:
        self._random = Random(seed)
        self._firm = firm
        self._pen = Pen()
        self._made = Reviewed(body)
        self._spots = list(_spots(body, origin))
        self._by_element = {spot.paragraph: spot for spot in self._spots}
        # Where a paragraph comes or goes its neighbours are left alone, since Word's marks reach over to them.
        self._taken: set[etree._Element] = set()

    def review(self, count: int) -> Reviewed:
        """The document with so many edits, fewer where chance finds no place for one."""
        self._scatter_runs()
        for _ in range(count):
            kind = self._random.choice(list(self._ways))
            for _ in range(30):
                if self._ways[kind]():
                    break
        return self._made

    @property
    def _ways(self) -> Mapping[str, Callable[[], bool]]:
        return {
            "words": lambda: self._edit_words(1),
            "words twice": lambda: self._edit_words(2),
            "words of two": lambda: self._edit_words(2, adjacent=True),
            "figure": self._edit_figure,
            "cell": self._edit_cell,
            "rewrite": self._rewrite,
            "delete": self._delete,
            "insert": self._insert,
            "split": self._split,
            "merge": self._merge,
            "move": self._move,
            "row gone": self._delete_row,
            "row new": self._insert_row,
            "comment": self._comment,
        }

    # Words

    def _edit_words(self, count: int, adjacent: bool = False) -> bool:
        """As many words of one paragraph in other words, put in or deleted, from the last to the first."""
        spot = self._free(lambda one: len(words_in(one.text)) > count and _is_plain(one.paragraph))
        if spot is None:
            return False
        words = words_in(spot.text)
        first = self._random.randrange(len(words) - count + 1)
        chosen = words[first : first + count] if adjacent else sorted(self._random.sample(words, count))
        if adjacent:  # nothing stands between them
            chosen = [(chosen[0][0], chosen[1][0]), chosen[1]]
        author = self._author()
        for start, end in reversed(chosen):
            self._edit_word(spot, start, end, author)
            author = self._author() if adjacent else author
        self._take(spot)
        return True

    def _edit_word(self, spot: _Spot, start: int, end: int, author: Author) -> None:
        old, text = spot.text[start:end], new_word(self._random)
        kind: EditKind = self._random.choice(["word-replaced", "word-inserted", "word-deleted"])
        if kind == "word-inserted":
            start = end
            old = ""
        elif kind == "word-deleted":
            text = ""
        date = self._note(kind, spot, old, text, author)
        self._pen.replace(spot.paragraph, start, end, text, author, date)

    def _edit_figure(self) -> bool:
        spot = self._free(lambda one: bool(figures_in(one.text)) and _is_plain(one.paragraph))
        return spot is not None and self._other_figure(spot)

    def _edit_cell(self) -> bool:
        spot = self._free(lambda one: one.is_figure and bool(figures_in(one.text)), anywhere=True)
        return spot is not None and self._other_figure(spot)

    def _other_figure(self, spot: _Spot) -> bool:
        start, end = self._random.choice(figures_in(spot.text))
        old, author = spot.text[start:end], self._author()
        new = other_figure(self._random, old)
        date = self._note("figure-replaced", spot, old, new, author)
        if self._random.random() < 0.5 and len(old) > 1:  # only the digits that change
            while old[-1] == new[-1]:
                old, new, end = old[:-1], new[:-1], end - 1
            while old[0] == new[0]:
                old, new, start = old[1:], new[1:], start + 1
        self._pen.replace(spot.paragraph, start, end, new, author, date)
        self._take(spot)
        return True

    def _rewrite(self) -> bool:
        """All words of a paragraph are others; they stand behind the bookmark's end, as Word leaves it."""
        spot = self._free(lambda one: len(one.text) > 8 and not one.is_heading and _is_plain(one.paragraph))
        if spot is None:
            return False
        label = label_of(spot.text)
        start = len(label) if self._random.random() < 0.5 else 0
        author, text = self._author(), new_sentence(self._random)
        new = text if start else label + text
        date = self._note("paragraph-rewritten", spot, spot.text, label + text, author)
        self._pen.replace(spot.paragraph, start, len(spot.text), "", author, date)
        spot.paragraph.append(self._pen.mark("ins", author, date, text_run(new, None, author)))
        self._take(spot)
        return True

    # Paragraphs

    def _delete(self) -> bool:
        spot = self._free(lambda one: not one.is_heading and _is_plain(one.paragraph) and bool(one.text))
        if spot is None or not self._alone(spot) or self._stays(spot):
            return False
        author, paragraph = self._author(), spot.paragraph
        before = paragraph.getprevious()
        is_last = _next_paragraph(paragraph) is None
        date = self._note("paragraph-deleted", spot, spot.text, "", author)
        self._pen.delete_runs(standing_runs(paragraph), author, date)
        if not is_last:
            self._pen.mark_end(paragraph, "del", author, date)
        elif before is not None and before.tag == f"{W}p" and self._random.random() < 0.5:
            self._pen.mark_end(before, "del", author, date)
        self._take_around(spot)
        return True

    def _insert(self) -> bool:
        """A new paragraph behind another one: with the next label of its kind, a bullet, or plain."""
        spot = self._free(lambda one: not one.is_heading and bool(one.text))
        if spot is None or not self._alone(spot):
            return False
        label = self._random.choice([next_label(label_of(spot.text)), "・", ""])
        text, author = label + new_sentence(self._random), self._author()
        date = self._note("paragraph-inserted", spot, "", text, author)
        new = node("p", rsidR=author.rsid)
        properties = spot.paragraph.find(f"{W}pPr")
        if properties is not None:
            new.append(deepcopy(properties))
        new.append(self._pen.mark("ins", author, date, text_run(text, None, author)))
        # Enter at the end of a paragraph puts the new mark there; typing before the next one puts it to the new text.
        at_end = self._random.random() < 0.5
        self._pen.mark_end(spot.paragraph if at_end else new, "ins", author, date)
        spot.paragraph.addnext(new)
        self._take_around(spot)
        return True

    def _split(self) -> bool:
        spot = self._free(
            lambda one: len(words_in(one.text)) > 2 and not one.is_heading and _is_plain(one.paragraph)
        )
        if spot is None or not self._alone(spot):
            return False
        at = self._random.choice(words_in(spot.text)[1:])[0]
        author, text = self._author(), spot.text
        label = self._random.choice(["", "・"])
        date = self._note("paragraph-split", spot, text, f"{text[:at]}\n{label}{text[at:]}", author)
        second = _split_off(spot.paragraph, at, author)
        if label:
            _put_first(second, self._pen.mark("ins", author, date, text_run(label, None, author)))
        self._pen.mark_end(spot.paragraph, "ins", author, date)
        self._take_around(spot)
        return True

    def _merge(self) -> bool:
        """A paragraph goes on with the words of the next one, whose label may go."""
        spot = self._free(lambda one: not one.is_heading and _is_plain(one.paragraph))
        follower = self._next_spot(spot) if spot else None
        if spot is None or follower is None or follower.is_heading or not _is_plain(follower.paragraph):
            return False
        if not (self._alone(spot) and self._alone(follower)) or self._stays(follower):
            return False
        author, label = self._author(), label_of(follower.text)
        gone = label if self._random.random() < 0.7 else ""
        before = f"{spot.text}\n{follower.text}"
        date = self._note("paragraphs-merged", spot, before, spot.text + follower.text[len(gone) :], author)
        self._pen.mark_end(spot.paragraph, "del", author, date)
        if gone:
            self._pen.replace(follower.paragraph, 0, len(gone), "", author, date)
        self._take_around(spot)
        self._take_around(follower)
        return True

    def _move(self) -> bool:
        """A paragraph goes behind another one of its cell, as a move or as deleted here and inserted there."""
        spot = self._free(lambda one: not one.is_heading and _is_plain(one.paragraph) and bool(one.text))
        if spot is None or not self._alone(spot) or _next_paragraph(spot.paragraph) is None:
            return False
        targets = [
            one
            for one in self._spots
            if one.paragraph.getparent() is spot.paragraph.getparent()
            and one is not spot
            and spot.paragraph.getprevious() is not one.paragraph
            and _next_paragraph(spot.paragraph) is not one.paragraph
            and self._alone(one)
            and _next_paragraph(one.paragraph) is not None
            and not one.is_heading
        ]
        if not targets:
            return False
        self._carry(spot, self._random.choice(targets))
        return True

    def _carry(self, spot: _Spot, target: _Spot) -> None:
        author, is_move = self._author(), self._random.random() < 0.7
        going, coming = ("moveFrom", "moveTo") if is_move else ("del", "ins")
        date = self._note("paragraph-moved", spot, spot.text, spot.text, author)
        copy = deepcopy(spot.paragraph)
        for bookmark in list(copy.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            bookmark.getparent().remove(bookmark)
        runs = standing_runs(copy)
        came = self._pen.mark(coming, author, date)
        runs[0].addprevious(came)
        came.extend(runs)
        self._pen.mark_end(copy, coming, author, date)
        self._pen.delete_runs(standing_runs(spot.paragraph), author, date, going)
        self._pen.mark_end(spot.paragraph, going, author, date)
        target.paragraph.addnext(copy)
        if is_move:
            name = f"move{next(self._pen.numbers)}"
            for paragraph, range_ in ((spot.paragraph, "moveFromRange"), (copy, "moveToRange")):
                start = self._pen.mark(f"{range_}Start", author, date, name=name)
                _put_first(paragraph, start)
                paragraph.append(node(f"{range_}End", id=start.get(f"{W}id")))
        self._take_around(spot)
        self._take_around(target)

    # Rows

    def _row_spot(self) -> _Spot | None:
        return self._free(
            lambda one: (
                one.entry.role == "own"
                and one.entry.ref.startswith("budget:")
                and one.entry.ref.endswith(".name")
                and self._is_initiative(one.paragraph.getparent().getparent())
            ),
            anywhere=True,
        )

    def _is_initiative(self, row: etree._Element) -> bool:
        """Whether a row says of an initiative and its figures, and of nothing else."""
        spots = [self._by_element.get(paragraph) for paragraph in row.iter(f"{W}p")]
        return row.tag == f"{W}tr" and all(
            one is not None and one.entry.ref.startswith("budget:") for one in spots
        )

    def _delete_row(self) -> bool:
        spot = self._row_spot()
        if spot is None:
            return False
        row, author = spot.paragraph.getparent().getparent(), self._author()
        if any(paragraph in self._taken for paragraph in row.iter(f"{W}p")):
            return False
        date = self._note("row-deleted", spot, spot.text, "", author)
        for paragraph in row.iter(f"{W}p"):
            if runs := standing_runs(paragraph):
                self._pen.delete_runs(runs, author, date)
            self._pen.mark_end(paragraph, "del", author, date)
            self._taken.add(paragraph)
        self._pen.mark_row(row, "del", author, date)
        return True

    def _insert_row(self) -> bool:
        spot = self._row_spot()
        if spot is None:
            return False
        row, author = spot.paragraph.getparent().getparent(), self._author()
        if any(paragraph in self._taken for paragraph in row.iter(f"{W}p")):
            return False
        new = deepcopy(row)
        texts = [
            f"新しい取組（案{self._random.randrange(100, 1000)}）",
            f"{self._random.randrange(100, 900)}千円",
        ]
        cells = list(new.iter(f"{W}p"))
        if len(cells) != len(texts):
            return False
        date = self._note("row-inserted", spot, "", "".join(texts), author)
        for paragraph, text in zip(cells, texts, strict=True):
            for child in list(paragraph):
                if child.tag != f"{W}pPr":
                    paragraph.remove(child)
            paragraph.append(self._pen.mark("ins", author, date, text_run(text, None, author)))
            self._pen.mark_end(paragraph, "ins", author, date)
        self._pen.mark_row(new, "ins", author, date)
        row.addnext(new)
        self._taken |= set(row.iter(f"{W}p"))
        return True

    # Comments

    def _comment(self) -> bool:
        spot = self._free(lambda one: bool(one.text) and bool(standing_runs(one.paragraph)))
        if spot is None:
            return False
        runs, author = standing_runs(spot.paragraph), self._author()
        first = self._random.randrange(len(runs))
        last = self._random.randrange(first, len(runs))
        self._note("comment", spot, "", remark(self._random), author)
        number = next(self._pen.numbers)
        runs[first].addprevious(node("commentRangeStart", id=str(number)))
        end = node("commentRangeEnd", id=str(number))
        runs[last].addnext(end)
        reference = node("r")
        reference.append(node("commentReference", id=str(number)))
        end.addnext(reference)
        self._made.comments.append(Comment(number, self._made.edits[-1]))
        return True

    # Choosing

    def _author(self) -> Author:
        return self._random.choice(AUTHORS)

    def _free(self, fits: Callable[[_Spot], bool], anywhere: bool = False) -> _Spot | None:
        """A paragraph that nothing was done to yet."""
        anywhere = anywhere or self._random.randrange(_OFTEN) == 0
        for _ in range(50):
            spot = self._random.choice(self._spots)
            if spot.paragraph in self._taken or not (anywhere or spot.is_text):
                continue
            if fits(spot):
                return spot
        return None

    def _alone(self, spot: _Spot) -> bool:
        """Whether nothing was done next to a paragraph either."""
        return not any(one in self._taken for one in _around(spot.paragraph))

    def _stays(self, spot: _Spot) -> bool:
        """Whether it does not go, since others name it."""
        return spot.entry.ref in self._firm and self._random.randrange(_OFTEN) > 0

    def _take(self, spot: _Spot) -> None:
        self._taken.add(spot.paragraph)

    def _take_around(self, spot: _Spot) -> None:
        self._taken |= set(_around(spot.paragraph))

    def _next_spot(self, spot: _Spot) -> _Spot | None:
        following = _next_paragraph(spot.paragraph)
        return None if following is None else self._by_element.get(following)

    def _note(self, kind: EditKind, spot: _Spot, before: str, after: str, author: Author) -> str:
        """Writes down what is done, and gives back its date."""
        date = (_BEGINNING + datetime.timedelta(minutes=len(self._made.edits))).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._made.edits.append(
            Edit(kind, spot.entry.bookmark, spot.entry.role, before, after, author.name, date)
        )
        return date

    def _scatter_runs(self) -> None:
        """Runs are split where Word's spelling or a session ended, which changes no text."""
        for spot in self._random.sample(self._spots, min(20, len(self._spots))):
            if len(spot.text) > 3 and _is_plain(spot.paragraph):
                split_at(spot.paragraph, self._random.randrange(1, len(spot.text)))
                standing_runs(spot.paragraph)[0].addnext(node("proofErr", type="spellStart"))


def _spots(body: etree._Element, origin: Origin) -> list[_Spot]:
    found = []
    for start in body.iter(f"{W}bookmarkStart"):
        entry = origin.by_bookmark.get(start.get(f"{W}name", ""))
        above = start.getparent()
        if entry and above is not None and above.tag == f"{W}p" and above.find(f"{W}pPr/{W}sectPr") is None:
            found.append(_Spot(above, entry))
    return found


def _is_plain(paragraph: etree._Element) -> bool:
    runs = standing_runs(paragraph)
    return bool(runs) and all(is_plain(run) and run.getparent() is paragraph for run in runs)


def _next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """The paragraph that follows in its cell, if one does at once."""
    following = paragraph.getnext()
    return following if following is not None and following.tag == f"{W}p" else None


def _around(paragraph: etree._Element) -> Sequence[etree._Element]:
    near = (paragraph.getprevious(), paragraph, paragraph.getnext())
    return [one for one in near if one is not None and one.tag == f"{W}p"]


def _split_off(paragraph: etree._Element, offset: int, author: Author) -> etree._Element:
    """The second half of a paragraph, now one of its own behind the first; bookmarks reach over both."""
    split_at(paragraph, offset)
    second = node("p", rsidR=author.rsid)
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        second.append(deepcopy(properties))
    at = 0
    for child in list(paragraph):
        if child.tag == f"{W}pPr":
            continue
        if at >= offset:
            second.append(child)
        at += len(text_of_run(child)) if child.tag == f"{W}r" else 0
    paragraph.addnext(second)
    return second


def _put_first(paragraph: etree._Element, element: etree._Element) -> None:
    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, element)
