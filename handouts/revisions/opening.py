"""Word documents as packages: what may be opened, how large they may be, and what is said of others."""

from __future__ import annotations

from pathlib import Path

from handouts.file_kinds import WORD
from handouts.findings import DataFaults, Rule
from handouts.packages.forms import PackageForm, PackageLimits
from handouts.packages.opening import package_faults

# The reader keeps the text and the marks, not the tree, so a document may be larger than a workbook.
DOCUMENT_FORM = PackageForm(
    "document",
    WORD,
    "文書",
    "Word",
    PackageLimits(
        file=60 * 1024**2,
        unpacked=200 * 1024**2,
        xml=64 * 1024**2,
        pieces=6_000_000,
        pieces_said="中の要素は600万個まで",
    ),
    "画像を小さくするか、文書を分けてください",
    lambda kind: kind.as_document,
)
TOO_DEEP = Rule(
    "document.too-deep",
    "表・テキストボックス・変更履歴の入れ子が深すぎます",
    "読めるのは{most}段までです",
    "Word で開き、入れ子を減らして保存し直してください",
)


def check_document(path: Path) -> None:
    """Raises DataFaults where the file at `path` is no Word document, or could do harm."""
    for finding in package_faults(path, DOCUMENT_FORM):
        raise DataFaults([finding])
