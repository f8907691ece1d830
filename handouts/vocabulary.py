"""The closed HTML vocabulary: the only elements and classes that a template may use.

PDF and Word are made from the same HTML. The Word step knows exactly these elements and classes, so a
template that uses another one fails in the build instead of losing something in one of the two outputs.
"""

from __future__ import annotations

from collections.abc import Mapping

PARAGRAPH_CLASSES = frozenset(
    [
        "cover-date",
        "cover-meeting",
        "material",
        "cover-title",
        "sheet-title",
        "legend",
        "head",
        "pillar",
        "topic",
        "section",
        "measure",
        "item",
        "subitem",
        "bullet",
        "body",
        "importance",
        "reason",
        "kpi",
        "kpi-next",
        "group",
        "detail",
        "note",
        "caption",
        "initiative",
        "amount",
        "sum",
        "remark",
        "page-footer",
        "end",
    ]
)

# Rows whose first so many lines stay together.
MOST_LEAD_LINES = 9
LEAD_CLASSES = frozenset(f"lead-{count}" for count in range(1, MOST_LEAD_LINES + 1))

VOCABULARY: Mapping[str, frozenset[str]] = {
    "html": frozenset(),
    "head": frozenset(),
    "meta": frozenset(),
    "title": frozenset(),
    "style": frozenset(),
    "body": frozenset({"plan", "plan-budget"}),
    "section": frozenset({"cover", "sheet"}),
    "footer": frozenset({"page-footer"}),
    "h1": PARAGRAPH_CLASSES,
    "h2": PARAGRAPH_CLASSES,
    "h3": PARAGRAPH_CLASSES,
    "h4": PARAGRAPH_CLASSES,
    "h5": PARAGRAPH_CLASSES,
    "p": PARAGRAPH_CLASSES,
    "table": frozenset({"comparison", "initiatives", "plan", "box"}),
    "colgroup": frozenset(),
    "col": frozenset(
        {
            "plan",
            "initiative",
            "amount",
            "plan-alone",
            "initiative-alone",
            "amount-alone",
            "field",
            "measures",
            "box",
        }
    ),
    "thead": frozenset(),
    "tbody": frozenset(),
    "tr": frozenset({"head", "pillar", "subtotal", "total", *LEAD_CLASSES}),
    "th": frozenset({"head", "pillar", "last-year", "field"}),
    "td": frozenset({"plan", "budget", "last-year", "name", "amount", "field", "box"}),
    "mark": frozenset(),
    "del": frozenset(),
    "strong": frozenset(),
    "br": frozenset(),
    "span": frozenset({"new", "tail", "page-number", "page-count"}),
}
