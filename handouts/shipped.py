"""Where templates and fonts lie: the working folder's own first, then those that come with the program."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_folder(name: str) -> Path:
    """The folder `name` that came with the program: inside an installed package, or beside it in a checkout."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def folders(name: str, working_folder: Path) -> tuple[Path, ...]:
    """The folders to look in for `name`, in order; the working folder's own wins file by file."""
    own, shipped = working_folder / name, shipped_folder(name)
    return (shipped,) if own.resolve() == shipped.resolve() or not own.is_dir() else (own, shipped)
