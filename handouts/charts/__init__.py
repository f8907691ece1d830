"""Charts to pictures; importing this package loads matplotlib, so import it where it is needed."""

from handouts.charts.drawing import draw

__all__ = ["draw"]
