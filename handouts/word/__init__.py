"""HTML page to Word file; importing this package loads python-docx, so import it where it is needed."""

from handouts.word.bookmarks import bookmark_name, ref_of_bookmark
from handouts.word.markup import UnknownMarkup
from handouts.word.writing import write_word

__all__ = ["UnknownMarkup", "bookmark_name", "ref_of_bookmark", "write_word"]
