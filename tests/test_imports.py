"""Imports go down only, and each big library has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "handouts"
# The rooms, which are the folders and the modules beside them, that may import a library.
DOORS = {
    "weasyprint": {"page"},
    "docx": {"word"},
    "lxml": {"word"},
    "jinja2": {"page"},
    "markupsafe": {"page"},
    "fontTools": {"look"},
    "matplotlib": {"charts"},
    "PIL": {"charts"},
    "openpyxl": {"excel"},
    "xlsxwriter": {"annex", "excel"},
    "click": {"commands"},
    "smtplib": {"mail"},
    "ssl": {"mail"},
    "keyring": {"mail"},
    "ruamel": {"dataset"},
    "pydantic": {"dataset"},
    "pydantic_core": {"dataset", "excel"},
}
# Rooms whose modules are nobody else's concern.
ONE_ENTRANCE = {"revisions"}
MOST_MODULES_AT_THE_ROOT = 8


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported_by(path: Path) -> Iterator[str]:
    """The names of all modules that a file imports, inside functions too; not those for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            yield from inner or {node.module}


IMPORTS: Mapping[str, frozenset[str]] = {name: frozenset(imported_by(path)) for name, path in MODULES.items()}


def room(name: str) -> str:
    """The folder or the module beside the folders in which one of our modules stands; empty for the package."""
    return name.split(".")[1] if "." in name else ""


def test_rooms_import_rooms_below_them_only() -> None:
    below: dict[str, set[str]] = {}
    for name, imported in IMPORTS.items():
        rooms = {room(other) for other in imported if other in MODULES}
        below.setdefault(room(name), set()).update(rooms - {room(name), ""})
    assert "commands" in list(TopologicalSorter(below).static_order())[-2:]


@pytest.mark.parametrize("folder", sorted({room(name) for name in MODULES if name.count(".") > 1}))
def test_modules_of_a_folder_import_each_other_in_one_direction(folder: str) -> None:
    own = {name: IMPORTS[name] & MODULES.keys() for name in MODULES if room(name) == folder}
    try:
        TopologicalSorter({name: others & own.keys() for name, others in own.items()}).prepare()
    except CycleError as error:
        pytest.fail(f"modules import each other in a circle: {' > '.join(error.args[1])}")


@pytest.mark.parametrize("name", MODULES)
def test_a_big_library_is_imported_behind_its_door_only(name: str) -> None:
    for library in {other.split(".")[0] for other in IMPORTS[name]} & set(DOORS):
        assert room(name) in DOORS[library]


@pytest.mark.parametrize("own", sorted(ONE_ENTRANCE))
def test_of_some_rooms_only_what_the_package_itself_offers_is_used(own: str) -> None:
    inside = [
        name
        for name, imported in IMPORTS.items()
        if room(name) != own and any(other.startswith(f"handouts.{own}.") for other in imported)
    ]
    assert inside == []


def test_reading_and_checking_a_dataset_loads_nothing_that_makes_handouts() -> None:
    reached: set[str] = set()
    waiting = {"handouts.runs.checking"}
    while waiting:
        reached |= waiting
        waiting = {other for name in waiting for other in IMPORTS[name] & MODULES.keys()} - reached
    assert {room(name) for name in reached}.isdisjoint(
        {"compose", "annex", "charts", "page", "word", "revisions"}
    )


def test_few_modules_stand_beside_the_folders() -> None:
    beside = [path for path in PACKAGE.glob("*.py") if not path.name.startswith("__")]
    assert len(beside) <= MOST_MODULES_AT_THE_ROOT


def test_the_help_imports_no_big_library() -> None:
    code = (
        "import sys\n"
        "from handouts.commands.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'weasyprint', 'docx', 'lxml', 'matplotlib', 'numpy', 'PIL', 'openpyxl', 'xlsxwriter', 'pydantic', 'jinja2', 'fontTools'}\n"
        "heavy |= {'smtplib', 'ssl', 'email', 'keyring'}\n"
        "print(heavy & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "set()"


def test_a_workbook_is_read_without_the_libraries_that_write_workbooks() -> None:
    code = "import sys, handouts.runs.workbooks, handouts.excel.reading\nprint({'openpyxl', 'xlsxwriter', 'numpy'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "set()"


def test_reading_a_document_knows_nothing_of_datasets_and_handouts() -> None:
    others = {
        room(other)
        for name in MODULES
        if room(name) == "revisions"
        for other in IMPORTS[name] & MODULES.keys()
    }
    assert others <= {"revisions", "packages", "findings", "characters", "file_kinds"}


def test_the_library_that_draws_is_loaded_only_where_there_are_charts() -> None:
    code = "import sys, handouts.runs.build, handouts.commands.main\nprint({'matplotlib', 'numpy', 'PIL'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "set()"
