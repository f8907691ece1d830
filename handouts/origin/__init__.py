"""Where everything that a handout prints comes from: what a Word file carries of it, written and read again."""

from __future__ import annotations

from handouts.origin.entries import ROLES, Origin, OriginEntry, OriginHead, Role, printed_digest
from handouts.origin.names import bookmark_name, ref_of_bookmark
from handouts.origin.part import NAMESPACE, find_origin, read_origin, write_origin
from handouts.origin.refs import edition_of_ref, joined_refs, own_ref, split_refs

__all__ = [
    "NAMESPACE",
    "ROLES",
    "Origin",
    "OriginEntry",
    "OriginHead",
    "Role",
    "bookmark_name",
    "edition_of_ref",
    "find_origin",
    "joined_refs",
    "own_ref",
    "printed_digest",
    "read_origin",
    "ref_of_bookmark",
    "split_refs",
    "write_origin",
]
