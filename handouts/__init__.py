"""Council handouts of a branch: one dataset, rendered as PDF and Word."""

__version__ = "0.1.0"
