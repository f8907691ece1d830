"""The only writer of files: those that belong together are all new or all old, whatever becomes of the run."""

from handouts.files.history import OWN_FOLDER, EditedSince, is_own, read_steps
from handouts.files.journal import digest
from handouts.files.names import file_name
from handouts.files.recovery import recover
from handouts.files.steps import Occasion, RecordedStep, Standing, Step
from handouts.files.turning import redo_step, undo_step
from handouts.files.writing import write_files

__all__ = [
    "OWN_FOLDER",
    "EditedSince",
    "Occasion",
    "RecordedStep",
    "Standing",
    "Step",
    "digest",
    "file_name",
    "is_own",
    "read_steps",
    "recover",
    "redo_step",
    "undo_step",
    "write_files",
]
