"""HTML page to Word file; importing this package loads python-docx, so import it where it is needed."""

from handouts.word.changed_blocks import with_changes_since
from handouts.word.markup import UnknownMarkup
from handouts.word.origins import Provenance
from handouts.word.writing import write_word

__all__ = ["Provenance", "UnknownMarkup", "with_changes_since", "write_word"]
