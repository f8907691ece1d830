"""What was decided on the changes and comments of returned Word files, as a file beside the data that people can read and edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from handouts.dataset.columns import Column
from handouts.dataset.fields import Date, Entry, Line, Prose, Text

Decision = Literal["取り込んだ", "取り込み済み", "採らない", "取り込めない", "未定"]
"""取り込んだ: written into the data. 取り込み済み: stood there already. 採らない: refused. 取り込めない: nothing in the
data says it, for a reason that is given. 未定: left open."""


class ReviewedChange(Entry):
    """One change of a returned file with what was decided on it, by whom and when; `answer` is what people write to it."""

    noun: ClassVar = "戻った Word ファイルの変更"

    id: Annotated[
        Line, Column("id", remedy="書き換えないでください（ファイルの変更と照らし合わせるもの）")
    ] = Field(description="変更を見分けるための名前（書き換えない）")
    file: Text = Field(default="", description="戻った Word ファイル")
    place: Text = Field(default="", description="資料の中の場所")
    kind: Text = Field(default="", description="どんな変更か")
    before: Prose = Field(default="", description="前の文")
    after: Prose = Field(default="", description="後の文")
    author: Text = Field(default="", description="だれが直したか")
    date: Text = Field(default="", description="いつ直したか")
    decision: Annotated[
        Decision,
        Column(
            "対応", remedy="取り込んだ、取り込み済み、採らない、取り込めない、未定のどれかを書いてください"
        ),
    ] = Field(description="どうしたか（取り込んだ、取り込み済み、採らない、取り込めない、未定のどれか）")
    decided_by: Text = Field(default="", description="だれが決めたか")
    decided_on: Annotated[Date | None, Column("決めた日")] = Field(
        default=None, description="いつ決めたか（例 2025-01-17）"
    )
    reason: Prose = Field(default="", description="取り込めないわけ（プログラムが書く）")
    answer: Prose = Field(default="", description="相手への答え、採らない理由など（自由に書く）")


class ReviewedComment(Entry):
    """One comment of a returned file, a note to its paragraph; `answer` is what people write to it."""

    noun: ClassVar = "戻った Word ファイルのコメント"

    id: Annotated[
        Line, Column("id", remedy="書き換えないでください（ファイルのコメントと照らし合わせるもの）")
    ] = Field(description="コメントを見分けるための名前（書き換えない）")
    file: Text = Field(default="", description="戻った Word ファイル")
    place: Text = Field(default="", description="資料の中の場所")
    ref: Text = Field(default="", description="付いている段落など（例 plan:kenshin）")
    about: Prose = Field(default="", description="どの語についてのコメントか")
    author: Text = Field(default="", description="だれが書いたか")
    date: Text = Field(default="", description="いつ書いたか")
    text: Prose = Field(default="", description="コメントの文")
    replies: tuple[Text, ...] = Field(default=(), description="コメントへの返信（書いた人: 文）")
    answer: Prose = Field(default="", description="相手への答え（自由に書く）")


class ReviewFile(Entry):
    """What review.yaml holds."""

    noun: ClassVar = "戻った Word ファイルの記録（review.yaml）"

    changes: tuple[ReviewedChange, ...] = Field(
        default=(), description="変更と、どうしたか。answer: に答えや理由を書ける"
    )
    comments: tuple[ReviewedComment, ...] = Field(default=(), description="コメント。answer: に答えを書ける")

    @property
    def by_id(self) -> Mapping[str, ReviewedChange | ReviewedComment]:
        """All of it by its ids."""
        rows: tuple[ReviewedChange | ReviewedComment, ...] = (*self.changes, *self.comments)
        return {one.id: one for one in rows}
