"""A returned Word file given back with what was decided on each change."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from handouts.compose.page import branch_name
from handouts.files import write_files
from handouts.findings import HandoutError
from handouts.review.answering import answers_to
from handouts.revisions import with_comments
from handouts.runs.reviewing import Review


def check_answer(files: int, answer: Path) -> None:
    """Raises HandoutError where several files are to be answered by one, or the name is not that of a Word file."""
    if files > 1:
        raise HandoutError("--answer は、戻った Word ファイルを一つだけ書いて使ってください。")
    if answer.suffix.lower() != ".docx":
        raise HandoutError(f"「{answer}」の名前の最後を .docx にしてください。")


def write_answer(review: Review, returned: Path, answer: Path, when: datetime) -> int:
    """Writes the returned file with the branch's answers in it, its changes as they were; returns how many these are."""
    [(document, _)], [file] = review.returned, review.files
    author = branch_name(review.stored.dataset)
    answers = answers_to(document, file, review.on_record, author)
    content = with_comments(returned, answers, author, f"{when:%Y-%m-%dT%H:%M:%SZ}")
    write_files(answer.parent, {answer.name: content})
    return len(answers)
