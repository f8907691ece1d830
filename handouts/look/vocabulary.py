"""The closed HTML vocabulary: the only elements and classes that a template may use.

PDF and Word are made from the same HTML. The Word step knows exactly these elements and classes, so a
template that uses another one fails in the build instead of losing something in one of the two outputs.
"""

from __future__ import annotations

from collections.abc import Mapping

from handouts.origin import ROLES

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
        "charts",
        "chart-title",
        "chart",
        "page-footer",
        "end",
        "group-title",
        "item-number",
        "item-title",
        "badge",
        "mark",
        "expense-name",
        "expense",
        "expense-item",
        "small-head",
        "small",
        "month-head",
        "month-label",
        "month",
        "tally",
        "agenda",
        "report-title",
        "contents",
        "statement",
        "cover-note",
        "kpi-number",
        "kpi-name",
        "kpi-target",
        "kpi-changed",
        "part-title",
        "kpi-title",
        "figure",
        "field-name",
        "more",
        "revision",
        "revision-place",
        "revision-remark",
        "revision-note",
    ]
)

# What a paragraph may be to where it comes from (data-role).
PARAGRAPH_ROLES = ROLES

# Rows whose first so many lines stay together.
MOST_LEAD_LINES = 9
LEAD_CLASSES = frozenset(f"lead-{count}" for count in range(1, MOST_LEAD_LINES + 1))

# The columns of a small table share the room of their cell in so many parts.
PARTS = 24
PART_CLASSES = frozenset(f"part-{count}" for count in range(1, PARTS + 1))

# What a 新旧対照 has beside both sides; the fewer it has, the more room there is for them.
REVISION_EXTRAS = tuple(
    (*people, *comments, *decisions)
    for people in ((), ("-people",))
    for comments in ((), ("-comments",))
    for decisions in ((), ("-decisions",))
)

VOCABULARY: Mapping[str, frozenset[str]] = {
    "html": frozenset(),
    "head": frozenset(),
    "meta": frozenset(),
    "title": frozenset(),
    "style": frozenset(),
    "body": frozenset(),  # any class: the kind of handout, which has no look
    "section": frozenset({"cover", "sheet", "panels", "panel"}),
    "footer": frozenset({"page-footer"}),
    "h1": PARAGRAPH_CLASSES,
    "h2": PARAGRAPH_CLASSES,
    "h3": PARAGRAPH_CLASSES,
    "h4": PARAGRAPH_CLASSES,
    "h5": PARAGRAPH_CLASSES,
    "p": PARAGRAPH_CLASSES,
    "figure": frozenset({"chart"}),
    "img": frozenset({"chart"}),
    "table": frozenset(
        {
            "comparison",
            "charts",
            "initiatives",
            "plan",
            "box",
            "progress",
            "small",
            "monthly",
            "tally",
            "kpi-list",
            "kpis",
            "sections",
            "execution",
            "revisions",
        }
    ),
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
            "number",
            "business",
            "overview",
            "done",
            "mark",
            "rank",
            "expense",
            "month-label-0",
            "month-label-1",
            "month-label-2",
            "month",
            "month-closing",
            "tally-mark",
            "tally-meaning",
            "tally-count",
            "kpi-number",
            "kpi-name-3",
            "kpi-name-4",
            "kpi-name-5",
            "kpi-target",
            "kpi-changed",
            "result-number",
            "result-group",
            "result-kpi",
            "result",
            "result-target",
            "result-mark",
            "result-remark",
            "half",
            "execution-field",
            "execution-name",
            "execution-amount",
            "execution-rate",
            "revision-place",
            "revision-remark",
            "revision-people",
            "revision-comments",
            "revision-decisions",
            "revision-text",
            *(f"revision-text{''.join(more)}" for more in REVISION_EXTRAS if more),
            *PART_CLASSES,
            "chart",
        }
    ),
    "thead": frozenset(),
    "tbody": frozenset(),
    "tr": frozenset({"head", "pillar", "subtotal", "total", "group", "whole", "field", *LEAD_CLASSES}),
    "th": frozenset({"head", "pillar", "last-year", "field", "small", "month", "kpi"}),
    "td": frozenset(
        {
            "plan",
            "budget",
            "last-year",
            "name",
            "amount",
            "field",
            "box",
            "chart",
            "number",
            "business",
            "overview",
            "done",
            "mark",
            "rank",
            "slash",
            "expense",
            "group",
            "joins-above",
            "joins-below",
            "small",
            "month",
            "kpi",
            "figure",
            "revision",
        }
    ),
    "a": frozenset(),
    "mark": frozenset(),
    "del": frozenset(),
    "strong": frozenset(),
    "br": frozenset(),
    "span": frozenset({"new", "tail", "page-number", "page-count", "leader", "page-of", "page-of-wide"}),
}
