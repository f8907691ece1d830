"""Charts to pictures; importing this package loads matplotlib, so import it where it is needed."""

import logging

# What matplotlib says of itself is English, and begins while it is imported: where it can keep nothing, for one.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

from handouts.charts.drawing import draw  # noqa: E402

__all__ = ["draw"]
