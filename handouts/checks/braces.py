"""Rules on braces that nothing is filled in for: {kpi.x}, {budget:x without its end, {title:x}."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from handouts.characters import shortened
from handouts.checks.texts import PrintedText, filled_texts, plain_texts
from handouts.dataset.model import Dataset
from handouts.dataset.reading import place_of
from handouts.dataset.suggestion import nearest
from handouts.dataset.typed_text import in_one_width
from handouts.findings import ByForm, Finding, Place, Rule
from handouts.measures.placeholders import outside_placeholders, references

_KINDS = ("kpi", "budget", "population", "plan", "progress")
_PRINTED = "「{text}」は置き換えられず、このまま印刷されます"
_FORM = ByForm(
    "差し込む印は、半角で {{kpi:id}}、{{budget:id}}、{{population:id}} のように書きます",
    "差し込む印は、半角で {{kpi:KPIの名称}}、{{budget:取組の名称}} のように書きます",
)
BROKEN = Rule(
    "placeholder.broken",
    _PRINTED,
    _FORM,
    ByForm(
        "「{{」で始め、種類と id の間は「:」にし、「}}」で終えてください",
        "「{{」で始め、種類と名称の間は「:」にし、「}}」で終えてください",
    ),
)
UNKNOWN_KIND = Rule(
    "placeholder.kind-unknown",
    "「{text}」の「{kind}」は、差し込める種類ではありません",
    "差し込めるのは {kinds} です",
    "種類を直すか、文字として印刷するなら「{{」と「}}」を全角にしてください",
)
STRAY = Rule(
    "placeholder.stray-brace",
    "「{text}」は、差し込む印になっていないので、このまま印刷されます",
    _FORM,
    "消すか書き直してください。文字なら、全角の「｛」「｝」にするか、前に「\\」を付けます（「\\{{」）",
    "warning",
)
NOT_HERE = Rule(
    "placeholder.not-here",
    "「{text}」は、ここでは置き換えられず、このまま印刷されます",
    "差し込む印は、計画の文と実施状況の文でだけ使えます",
    "差し込みたい語や数を、そのまま書いてください",
)
_BRACE = re.compile("[{}｛｝]")
_GROUP = re.compile(r"(?P<open>[{｛])(?P<inside>[^{}｛｝]*)(?P<close>[}｝]?)|[}｝]")
# In a sentence of a KPI, what has both braces is looked at where its target is known.
_SENTENCE_PART = re.compile("[{｛][^{}｛｝]*[}｝]")
_MEANT = re.compile(f"(?:{'|'.join(_KINDS)})(?![a-z])")
# Full-width braces are text, but around a kind and something that names an entry.
_MEANT_IN_FULL_WIDTH = re.compile(f"{_MEANT.pattern} *[:;.=] *[a-z]")
_SHOWN = 24  # characters of it that a message shows


def check_braces(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Something in braces, or a brace alone, in a text in which placeholders are filled in."""
    for printed in _with_braces(filled_texts(dataset)):
        yield from _faults(outside_placeholders(printed.text), place_of(printed.ref, places))


def check_braces_elsewhere(dataset: Dataset, places: Mapping[str, Place]) -> Iterator[Finding]:
    """A placeholder, or what was meant as one, in a text that is printed as it stands."""
    for printed in _with_braces(plain_texts(dataset)):
        place, text = place_of(printed.ref, places), printed.text
        for reference in references(text):
            yield NOT_HERE.at(place, text=str(reference))
        if printed.ref.endswith(".sentence"):
            text = _SENTENCE_PART.sub(lambda part: " " * len(part[0]), text)
        yield from _faults(outside_placeholders(text), place)


def _with_braces(texts: Iterable[PrintedText]) -> Iterator[PrintedText]:
    return (printed for printed in texts if _BRACE.search(printed.text))


def _faults(text: str, place: Place) -> Iterator[Finding]:
    """The faults of a text without its placeholders; what is only odd in it is one finding."""
    stray: list[str] = []
    for match in _GROUP.finditer(text):
        shown = shortened(match[0], _SHOWN).strip()
        inside = in_one_width(match["inside"] or "").lower()
        is_half = "{" in match[0] or "}" in match[0]
        if _MEANT.match(inside) if is_half else _MEANT_IN_FULL_WIDTH.match(inside):
            yield BROKEN.at(place, text=shown)
        elif match["close"] and is_half and ":" in inside:
            kind = inside.partition(":")[0]
            yield UNKNOWN_KIND.at(place, nearest(kind, _KINDS), text=shown, kind=kind, kinds=_KINDS)
        elif is_half:
            stray.append(shown)
    if stray:
        yield STRAY.at(place, text="」「".join(dict.fromkeys(stray)))
