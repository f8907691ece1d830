"""Placeholders with names: a sheet has {kpi:特定健診受診率}, the dataset {kpi:kenshin}."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from handouts.dataset.model import Dataset
from handouts.excel.names import names_of
from handouts.excel.sheets import INITIATIVES, KPIS, PLAN, POPULATIONS, SheetTable
from handouts.findings import Finding
from handouts.measures.placeholders import renamed

# The tables whose entries placeholders of a kind name.
TABLES_OF: Mapping[str, SheetTable] = {
    "kpi": KPIS,
    "budget": INITIATIVES,
    "population": POPULATIONS,
    "plan": PLAN,
}
_FIELD = re.compile(r"(.*)\.([a-z]+)")
# What a name may not be that shall be read back: what has a sign of a placeholder in it, or looks like an id.
_UNUSABLE = re.compile(r".*[{}:：.．\\].*|[a-z][a-z0-9-]*|\s.*|.*\s")


def with_names(text: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """A text with names in its placeholders, where they can be read back; `names` has them by table and id."""

    def named(kind: str, said: str) -> str:
        name, dot, field = said.partition(".")
        known = names.get(TABLES_OF[kind].name, {}).get(name, "") if kind in TABLES_OF else ""
        return f"{known}{dot}{field}" if known and not _UNUSABLE.fullmatch(known) else said

    return renamed(text, named)


def as_in_sheets(finding: Finding, dataset: Dataset) -> Finding:
    """A finding with names in the placeholders of its values."""
    # Names are found for all entries at once, which takes longer than most findings are worth.
    if not any(isinstance(said, str) and "{" in said for _, said in finding.values):
        return finding
    names = names_of(dataset)
    values = (
        (key, with_names(said, names) if isinstance(said, str) else said) for key, said in finding.values
    )
    return replace(finding, values=tuple(values))


def with_ids_again(text: str, *finders: Callable[[str, str], str]) -> str:
    """A text with ids in its placeholders; each of `finders` gives the id of a name in a table, or an empty text.

    What the first of them finds goes before what the others do.
    """

    def identified(kind: str, said: str) -> str:
        if kind not in TABLES_OF:
            return said
        parts = _FIELD.fullmatch(said)
        readings = [(said, ""), *([(parts[1], f".{parts[2]}")] if parts else [])]
        for find in finders:
            for name, field in readings if find is finders[0] else readings[-1:]:
                if found := find(TABLES_OF[kind].name, name):
                    return found + field
        return said

    return renamed(text, identified)
