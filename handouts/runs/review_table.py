"""A review as one 新旧対照: what was sent, what came back, and what was decided on each change and comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from handouts.compose.page import Cover, Front, branch_name, year_and_branch
from handouts.compose.revision_table import Unchanged
from handouts.dataset.kinds import KINDS
from handouts.dataset.review_record import Decision
from handouts.review.listing import completeness
from handouts.review.record import OnRecord
from handouts.review.revision_rows import revision_parts
from handouts.runs.reviewing import Review
from handouts.runs.revising import Revised

_NAMES = "送った資料", "戻った資料"


def revised_review(review: Review, unchanged: Unchanged) -> Revised:
    """The review as a handout; with what was decided where something is on record."""
    is_decided = review.is_decided
    dataset = review.stored.dataset
    origins = [origin for _, origin in review.returned]
    kinds = "、".join(dict.fromkeys(KINDS[one.head.kind].name for one in origins if one.head.kind in KINDS))
    title = f"{year_and_branch(dataset)} {kinds} 新旧対照{'と対応' if is_decided else ''}"
    author = f"全国健康保険協会 {branch_name(dataset)}"
    front = Front(
        title,
        author,
        "",
        f"{dataset.name} {dataset.edition}",
        dataset.fiscal_year.first_day,
        Cover("", "", "", (title,)),
    )
    parts = revision_parts(
        list(zip(review.files, origins, strict=True)),
        review.on_record if is_decided else OnRecord(),
        unchanged != "省く",
    )
    return Revised(_NAMES, parts, front, tuple(_notes(review)))


def _notes(review: Review) -> Iterator[str]:
    """What was decided how often, what each file has, and whether all of it is in the table."""
    counts = Counter(one.decision for one in review.on_record.changes.values())
    if review.is_decided and counts:
        known = (name for name in get_args(Decision) if counts[name])
        yield f"対応：{'、'.join(f'{name} {counts[name]}件' for name in known)}"
    for file in review.files:
        comments = sum(not one.comment.parent for one in file.comments)
        said = f"変更 {len(file.proposals)}件、コメント {comments}件"
        yield f"{file.file}：{said}。{completeness(file)}"
        yield from (f"表にないもの：{finding.sentence}" for finding in file.missed)
