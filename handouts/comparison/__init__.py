"""This year's text against last year's: which paragraphs belong together, which words changed."""

from handouts.comparison.align import Pair, align, arrange
from handouts.comparison.differences import Span
from handouts.comparison.marks import Marks, mark

__all__ = ["Marks", "Pair", "Span", "align", "arrange", "mark"]
