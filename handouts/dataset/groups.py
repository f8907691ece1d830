"""The groups of a branch (業務, 保健 …): how they are written, and which there are in a dataset."""

from __future__ import annotations

import re

from handouts.dataset.kpis import GROUPS
from handouts.dataset.model import Dataset
from handouts.dataset.plan import Kind
from handouts.dataset.typed_text import bare

ALL_GROUPS = "全"  # 全グループ: every group of the branch
# 業務グループ or 業務G; a G behind a letter or figure is no group (5G).
_SUFFIX = "(?:グループ|(?<=[ぁ-んァ-ヶー一-龥々])[Gg])"
_MARKER = re.compile(rf"[(【\[]([^()【】\[\]]*{_SUFFIX})[)】\]]$")
_BETWEEN = re.compile("[・、,/]|及び|および")
_LEAD = re.compile("^担当(?:グループ)?:?")


def group_name(text: str) -> str:
    """A group as it is called in lists, whatever its width and blanks: 業務 for 業務, 業務グループ and 業務Ｇ."""
    return re.sub(f"{_SUFFIX}$", "", bare(text))


def group_names(text: str) -> tuple[str, ...]:
    """The groups that stand in a text beside one another: 企画総務 and 保健 of 企画総務・保健グループ."""
    return tuple(filter(None, map(group_name, _BETWEEN.split(bare(text)))))


def groups_of_heading(heading: str) -> tuple[str, ...]:
    """The groups that stand in brackets at the end of a heading, e.g. …（企画総務・保健グループ） or …(業務G)."""
    marker = _MARKER.search(bare(heading))
    return group_names(_LEAD.sub("", marker[1])) if marker else ()


def groups_of(dataset: Dataset) -> tuple[str, ...]:
    """The groups of the branch: those that the dataset states, else the usual ones and those that its headings name."""
    if dataset.groups:
        return tuple(dict.fromkeys(map(group_name, dataset.groups)))
    headings = (one.text for one in dataset.plan.paragraphs if one.kind is Kind.HEADING)
    named = (name for heading in headings for name in groups_of_heading(heading))
    return tuple(dict.fromkeys((*GROUPS, *(name for name in named if name != ALL_GROUPS))))
