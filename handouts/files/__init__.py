"""The only writer of files: those that belong together are all new or all old, whatever becomes of the run."""

from handouts.files.names import file_name
from handouts.files.writing import recover, write_files

__all__ = ["file_name", "recover", "write_files"]
