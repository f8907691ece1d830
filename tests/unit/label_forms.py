"""The forms of numbered labels in the public documents: the first three of each."""

from __future__ import annotations

from handouts.dataset.labels import Family

NUMBERED_FORMS = [
    (
        Family.ROMAN,
        ["Ⅰ．|Ⅱ．|Ⅲ．", "I. |II. |III. ", "Ⅰ |Ⅱ |Ⅲ ", "Ｉ．|ＩＩ．|ＩＩＩ．", "Ⅰ|Ⅱ|Ⅲ", "Ⅰ、|Ⅱ、|Ⅲ、"],
    ),
    (
        Family.ARABIC,
        ["１．|２．|３．", "1. |2. |3. ", "1 |2 |3 ", "１　|２　|３　", "1.|2.|3.", "１、|２、|３、"],
    ),
    (Family.PAREN, ["（１）|（２）|（３）", "(1) |(2) |(3) ", "（1） |（2） |（3） ", "(1)|(2)|(3)"]),
    (Family.HALF_PAREN, ["1) |2) |3) ", "１）|２）|３）", "1）|2）|3）"]),
    (Family.CIRCLED, ["①|②|③", "① |② |③ "]),
    (Family.KATAKANA, ["ア |イ |ウ ", "ア．|イ．|ウ．", "ア）|イ）|ウ）", "ｱ |ｲ |ｳ "]),
    (Family.KATAKANA_PAREN, ["（ア）|（イ）|（ウ）", "(ｱ) |(ｲ) |(ｳ) "]),
    (Family.LATIN, ["Ａ．|Ｂ．|Ｃ．", "A. |B. |C. ", "A)|B)|C)"]),
    (
        Family.ROMAN_LOWER,
        ["i) |ii) |iii) ", "i）|ii）|iii）", "(ⅰ)|(ⅱ)|(ⅲ)", "ⅰ）|ⅱ）|ⅲ）", "（i）|（ii）|（iii）"],
    ),
]
ROWS = [(family, row.split("|")) for family, rows in NUMBERED_FORMS for row in rows]
SAMPLES = [row[0] for _, row in ROWS]
