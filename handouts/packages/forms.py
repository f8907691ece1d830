"""What is said of a file that is no good package, in the words of who wanted a workbook or a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handouts.file_kinds import FileKind
from handouts.findings import Finding, Place, Rule

_MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """What a package may hold at most: bytes packed, unpacked and of XML, and pieces of XML, with words for these."""

    file: int
    unpacked: int
    xml: int
    pieces: int
    pieces_said: str
    parts: int = 2000


class PackageForm:
    """A kind of package that is read: its limits, the rules of what can be wrong with one, and what to do with other files."""

    def __init__(
        self,
        prefix: str,
        kind: FileKind,
        noun: str,
        program: str,
        limits: PackageLimits,
        too_large: str,
        advice: Callable[[FileKind], str],
    ) -> None:
        allowed = f"読めるのは {kind.name}です"
        again = f"{program} で開けるか確かめ、もう一度コピーするか、保存し直してください"
        anew = f"{program} で作って保存した{noun}を使ってください"
        self.kind, self.limits, self.noun, self.advice = kind, limits, noun, advice
        self.working_file = Rule(
            f"{prefix}.working-file",
            f"これは、{program} が{noun}を開いている間だけ置く作業用のファイルです",
            allowed,
            "「{book}」のほうを指定してください",
        )
        self.folder = Rule(
            f"{prefix}.folder",
            "これはフォルダーです",
            allowed,
            f"中の{noun}のファイルを、名前で指定してください",
        )
        self.missing = Rule(
            f"{prefix}.missing", "このファイルはありません", remedy="ファイルの名前と場所を確かめてください"
        )
        self.unreadable = Rule(
            f"{prefix}.unreadable",
            "このファイルを開けません",
            remedy=f"{program} で開いていれば閉じ、読み取りが許されているか確かめてください",
        )
        self.empty = Rule(f"{prefix}.empty", "このファイルは空です", allowed, again)
        self.broken = Rule(
            f"{prefix}.broken", f"{noun}が壊れていて読めません（途中で切れているなど）", allowed, again
        )
        self.encrypted = Rule(
            f"{prefix}.encrypted",
            f"この{noun}は、開くのにパスワードが要ります",
            f"パスワードのない{noun}だけを読めます",
            f"{program} の「ファイル」→「情報」→「{noun}の保護」でパスワードを外し、保存し直してください",
        )
        self.other_file = Rule(f"{prefix}.other-file", "これは、{what}です", allowed, "{advice}")
        self.too_large = Rule(
            f"{prefix}.too-large", f"この{noun}は大きすぎます", "{limit}読めます", too_large
        )
        self.double_part = Rule(
            f"{prefix}.part-double", f"{noun}の中に「{{part}}」という名前のものが二つあります", remedy=anew
        )
        self.unsafe_part = Rule(
            f"{prefix}.part-unsafe",
            f"{noun}の中（{{part}}）に、{noun}にはないはずの宣言か文字コードがあります",
            remedy=anew,
        )

    def other(self, kind: FileKind, place: Place) -> Finding:
        """The fault that the file is of another kind."""
        return self.other_file.at(place, what=kind.name, advice=self.advice(kind))

    def too_large_file(self, place: Place) -> Finding:
        """The fault that the file itself is too large."""
        return self.too_large.at(place, limit=f"{self.limits.file // _MEGABYTE}MB まで")

    def too_much_unpacked(self, place: Place) -> Finding:
        """The fault that what is in it is too large."""
        return self.too_large.at(place, limit=f"広げた中身が{self.limits.unpacked // _MEGABYTE}MB まで")

    def too_much_xml(self, place: Place) -> Finding:
        """The fault that what is in it without pictures is too large."""
        return self.too_large.at(place, limit=f"画像のほかに{self.limits.xml // _MEGABYTE}MB まで")
