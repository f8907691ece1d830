"""HTML page to Word file; importing this package loads python-docx, so import it where it is needed."""

from handouts.word.markup import UnknownMarkup
from handouts.word.origins import Provenance
from handouts.word.writing import write_word

__all__ = ["Provenance", "UnknownMarkup", "write_word"]
