"""The sheets of the input workbook in order: one contract for writing it, reading it, and saying what is wrong in it."""

from __future__ import annotations

from handouts.excel.meeting_sheets import BASE, HANDOUTS, OVERRIDES, RECIPIENTS
from handouts.excel.plan_sheets import FIELDS, INITIATIVES, KPIS, PLAN, POPULATIONS
from handouts.excel.progress_sheets import ENTRIES, PROGRESS_ITEMS, SERIES, TABLES

GUIDE_SHEET = "使い方"
TABLES_IN_ORDER = (
    BASE,
    HANDOUTS,
    PLAN,
    INITIATIVES,
    FIELDS,
    KPIS,
    POPULATIONS,
    SERIES,
    TABLES,
    ENTRIES,
    PROGRESS_ITEMS,
    OVERRIDES,
    RECIPIENTS,
)
SHEETS = (GUIDE_SHEET, *dict.fromkeys(table.sheet for table in TABLES_IN_ORDER))
