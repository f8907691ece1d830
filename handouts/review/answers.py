"""What is said of a change that cannot be taken over as it is."""

from __future__ import annotations

from handouts.findings import Rule

NOT_SENT = Rule(
    "review.not-sent",
    "どこから来た文か、分かりません",
    remedy="必要なら、データに書いてください",
)
OTHER_SIDE = Rule(
    "review.other-side",
    "{side}のものなので、このデータでは直せません",
    remedy="{side}のデータの誤りなら、そちらを直してください",
    severity="warning",
)
WORDING = Rule(
    "review.wording",
    "様式の言葉で、データにはありません",
    remedy="いつも変えるなら、テンプレートを直してください",
    severity="warning",
)
LABEL = Rule(
    "review.label",
    "番号は、並びから付けています",
    remedy="段落を動かすと、番号も変わります",
    severity="warning",
)
NO_VALUE = Rule(
    "review.no-value",
    "「{new}」は、「{old}」のところの値として読めません",
    remedy="データの値を直してください",
)
NO_PLACE = Rule(
    "review.no-place",
    "ここでは、足すことも消すこともできません",
    remedy="必要なら、データに書いてください",
)
CHANGED_SINCE = Rule(
    "review.changed-since",
    "送った後に、データが変わっています: 送ったとき「{old}」、今「{now}」、戻ってきた文「{new}」",
    remedy="どちらにするか決めて、データに書いてください",
)
GONE_SINCE = Rule(
    "review.gone-since",
    "送ったときの文が、今のデータにありません",
    remedy="どうするか決めて、データに書いてください",
)
LEFT_BEHIND = Rule(
    "review.left-behind",
    "この段落には{what}が付いているので、消せません",
    remedy="先に、ほかの段落に付けるか、消してください",
)
STILL_REPEATED = Rule(
    "review.still-repeated",
    "この文は{where}で再掲しているので、消せません",
    remedy="先に、再掲しているところをデータで直してください",
)
SIDES = {"last-year": "前年度", "earlier": "前の版"}
