"""The joints of a sentence: they are not what it says, and nobody marks them."""

from __future__ import annotations

import re

from handouts.comparison.differences import Difference, Span

# することで for して, another comma, quotation marks around a name.
_JOINT = re.compile("[ぁ-ん、。「」『』]{0,3}")
# や or する where a whole phrase stood.
_REMAINDER = re.compile("[ぁ-ん、。「」『』]{0,2}")
# But 行う and 行わない are not the same.
_NEGATION = re.compile("な[いくけ]|せん|ず|ぬ")


def is_joint(change: Difference, old: str, new: str) -> bool:
    """Tell whether a joint became another one."""
    return bool(
        _JOINT.fullmatch(old, *change.old)
        and _JOINT.fullmatch(new, *change.new)
        and not turns_round(change, old, new)
    )


def is_remainder(text: str, span: Span) -> bool:
    """Tell whether `span` is but the joint that took the place of a phrase."""
    return _REMAINDER.fullmatch(text, *span) is not None


def turns_round(change: Difference, old: str, new: str) -> bool:
    """Tell whether `change` says no where the text said yes, or the other way round."""
    return _is_negated_beside(old, change.old) != _is_negated_beside(new, change.new)


def is_negated(text: str, span: Span) -> bool:
    """Tell whether `span` itself says no."""
    return _NEGATION.search(text, *span) is not None


def _is_negated_beside(text: str, span: Span) -> bool:
    # With a character on either side: in よい and よくない only くな differs.
    return is_negated(text, (max(span[0] - 1, 0), span[1] + 1))
