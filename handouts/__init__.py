"""Council handouts of a branch: one dataset, rendered as PDF, Word and Excel."""

__version__ = "0.1.0"
