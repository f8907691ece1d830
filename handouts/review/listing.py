"""The list of a review, as text for a terminal and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from handouts.review.proposals import Proposal, State
from handouts.review.reading import FileReview
from handouts.review.returned import ChangeKind, PlacedComment, ReturnedChange

KINDS: Mapping[ChangeKind, str] = {
    "text": "文の変更",
    "inserted": "追加",
    "deleted": "削除",
    "moved": "移動",
    "split": "段落を分けた",
    "merged": "段落をつないだ",
}
STATES: Mapping[State, str] = {
    "open": "",
    "done": "取り込み済み",
    "conflict": "食い違い",
    "answered": "取り込めません",
    "unplaced": "置き場所が分かりません",
}
_AROUND = 16
# A figure with its unit and nothing else, or behind words that a table prints before it.
_FIGURE = re.compile(r"(?:^|\s)△?[\d０-９][\d０-９,，.．]*\s*(?:%|％|千?円|人|件|位|日|回|社|事業所)?$")


def kind_of(proposal: Proposal) -> str:
    """What kind of change it is, as people call it."""
    change = proposal.change
    if change.kind == "text" and any(_FIGURE.search(one.new) for one in proposal.changes):
        return "数値の変更"
    if change.row:
        return f"行の{KINDS[change.kind]}"
    return KINDS[change.kind]


Decided = Mapping[int, Sequence[str]]
"""What people have decided on proposals, in lines, by their numbers."""
_NOTHING: Decided = {}


def as_text(reviews: Sequence[FileReview], decided: Decided = _NOTHING) -> str:
    """The list for a terminal: each proposal with its number, then comments, then what nobody can account for."""
    return "\n".join(line for review in reviews for line in _lines(review, decided))


def _lines(review: FileReview, decided: Decided) -> Iterator[str]:
    head = review.head
    yield f"{review.file}（{head.dataset}、{head.edition}）"
    for proposal in review.proposals:
        yield ""
        yield from _proposal_lines(proposal)
        yield from (f"    ＝ {line}" for line in decided.get(proposal.change.number, ()))
    if review.comments:
        yield ""
        yield f"コメント {len(review.comments)} 件"
        for one, place in zip(review.comments, review.comment_places, strict=True):
            yield from _comment_lines(one, place)
    yield ""
    yield summary(review)


def proposal_text(proposal: Proposal) -> str:
    """One proposal for a terminal."""
    return "\n".join(_proposal_lines(proposal))


def _proposal_lines(proposal: Proposal) -> Iterator[str]:
    change = proposal.change
    who = " ".join(filter(None, ("、".join(change.authors), _day(change.date))))
    state = f"［{STATES[proposal.state]}］" if STATES[proposal.state] else ""
    yield " ".join(filter(None, (f"{change.number:>3}", proposal.place, kind_of(proposal), state, who)))
    before, after = shown(change)
    if before:
        yield f"    前 {before}"
    if after:
        yield f"    後 {after}"
    yield from (f"    → {note.sentence}" for note in proposal.notes)
    if proposal.at_odds:
        others = "、".join(map(str, proposal.at_odds))
        yield f"    → {others} 番と、同じ所の別の案です。all では取り込みません。採るほうの番号を選んでください。"


def shown(change: ReturnedChange) -> tuple[str, str]:
    """What stood there and what stands there now, of a long text only what is around the change."""
    if change.kind == "text" and len(change.edits) == 1:
        edit, text = change.edits[0], change.before[0]
        left, right = text[max(edit.start - _AROUND, 0) : edit.start], text[edit.end : edit.end + _AROUND]
        left = ("…" if edit.start > _AROUND else "") + left
        right += "…" if len(text) > edit.end + _AROUND else ""
        old = f"［－{text[edit.start : edit.end]}－］" if edit.end > edit.start else ""
        new = f"［＋{edit.text}＋］" if edit.text else ""
        return left + (old or "｜") + right, left + (new or "｜") + right
    if change.kind == "moved":
        return "".join(change.before), ""
    return " ／ ".join(change.before), " ／ ".join(change.after)


def _comment_lines(one: PlacedComment, place: str) -> Iterator[str]:
    comment = one.comment
    who = " ".join(filter(None, (place, comment.author, _day(comment.date))))
    answer = "（返信）" if comment.parent else ""
    yield f"    {who}{answer}: {comment.text}"
    if one.quoted and not comment.parent:
        yield f"      「{one.quoted}」について"


def summary(review: FileReview) -> str:
    """How many of what there are, and whether all of the file is accounted for."""
    counts = {state: sum(1 for one in review.proposals if one.state == state) for state in STATES}
    odds = sum(1 for one in review.proposals if one.at_odds)
    said = [f"{STATES[state] or '取り込める'} {count}" for state, count in counts.items() if count]
    formats = sum(review.formats.values())
    said += [f"コメント {len(review.comments)}"] if review.comments else []
    said += [f"別の案があるもの {odds}"] if odds else []
    said += [f"書式だけの変更 {formats}"] if formats else []
    return f"変更 {len(review.proposals)} 件（{'、'.join(said) or 'なし'}）。{completeness(review)}"


def completeness(review: FileReview) -> str:
    """Whether all of the file is accounted for."""
    left = len(review.missed) + sum(one.state == "unplaced" for one in review.proposals)
    return f"確かめていない変更が {left} 件あります。" if left else "変更履歴とコメントは、これですべてです。"


def _day(date: str) -> str:
    return date.partition("T")[0]


def as_json(reviews: Sequence[FileReview], decided: Decided = _NOTHING) -> str:
    """The same with all texts whole."""
    return json.dumps([_file(review, decided) for review in reviews], ensure_ascii=False, indent=1)


def _file(review: FileReview, decided: Decided) -> dict[str, object]:
    return {
        "file": review.file,
        "dataset": review.head.dataset,
        "edition": review.head.edition,
        "kind": review.head.kind,
        "proposals": [
            _row(proposal) | {"decided": list(decided.get(proposal.change.number, ()))}
            for proposal in review.proposals
        ],
        "comments": [
            {
                "place": place,
                "author": one.comment.author,
                "date": one.comment.date,
                "text": one.comment.text,
                "answers": one.comment.parent,
                "resolved": one.comment.resolved,
                "quoted": one.quoted,
                "ref": one.entry.ref if one.entry else "",
            }
            for one, place in zip(review.comments, review.comment_places, strict=True)
        ],
        "formats": dict(review.formats),
        "missed": [finding.sentence for finding in review.missed],
    }


def _row(proposal: Proposal) -> dict[str, object]:
    change = proposal.change
    return {
        "number": change.number,
        "place": proposal.place,
        "kind": kind_of(proposal),
        "state": proposal.state,
        "before": list(change.before),
        "after": list(change.after),
        "edits": [[edit.start, edit.end, edit.text] for edit in change.edits],
        "authors": list(change.authors),
        "date": change.date,
        "refs": [entry.ref for entry in change.entries],
        "changes": [
            {"ref": one.ref, "old": one.old, "new": one.new, "value": str(one.value)}
            for one in proposal.changes
        ],
        "notes": [note.sentence for note in proposal.notes],
        "comments": list(change.comments),
        "at_odds": list(proposal.at_odds),
    }
