"""Imports go one way, and each big library has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "handouts"

# A module may import what stands in an earlier row, never its own row or a later one; within a package listed
# as one name (comparison, checks, measures, word, charts, excel) the modules may import each other.
ORDER = [
    {
        "errors",
        "vocabulary",
        "shipped",
        "pictures",
        "dataset.figures",
        "dataset.fiscal",
        "dataset.stored",
        "labels",
    },
    {"toml_file", "dataset.mailbox"},
    {"mail_headers"},
    {"mail"},
    {"comparison", "files", "look", "pdf", "dataset.text_file", "dataset.yaml_faults"},
    {"fitting"},
    {"fonts", "word", "dataset.entry", "dataset.suggestion", "dataset.yaml_text"},
    {"dataset.monthly", "dataset.progress", "dataset.yaml_lines", "mail_settings"},
    {"dataset.model", "dataset.yaml_edit", "smtp"},
    {"wording", "press", "dataset.numbering", "dataset.outline", "dataset.plan_headings", "measures"},
    {"dataset.plan_ids", "dataset.plan_lines", "dataset.schemas"},
    {"dataset.entry_faults", "dataset.entry_text", "dataset.reading"},
    {"dataset.plan_text", "dataset.progress_text"},
    {"dataset.placeholders"},
    {"dataset.plan_import", "dataset.plan_edit", "dataset.entries"},
    {"dataset.assembly"},
    {"dataset.folder", "dataset.folder_text"},
    {"checks"},
    {"compose.changes", "compose.page", "compose.charts"},
    {
        "compose.topics",
        "compose.done",
        "compose.chart_sources",
        "compose.kpi_list",
        "compose.expenses",
        "compose.tallies",
    },
    {"compose.side", "charts"},
    {"compose.plan", "compose.plan_budget", "compose.progress", "compose.kpi_tables", "compose.execution"},
    {"compose.final_report", "compose.sections"},
    {"compose.results", "pages"},
    {"compose"},
    {"compose.annex.cells", "compose.annex.outline"},
    {"compose.annex.forms", "compose.annex.tables"},
    {"compose.annex.kpis", "compose.annex.months", "compose.annex.execution", "compose.annex.budget"},
    {"compose.annex.changes", "compose.annex.month_charts"},
    {"compose.annex.monthly", "compose.annex.years"},
    {"compose.annex"},
    {"excel"},
    {"sources"},
    {"importing", "comparing", "mail_files", "updating"},
    {"workbooks"},
    {"workshop", "mailing", "collecting"},
    {"build"},
    {"japanese_click", "cli_parts"},
    {"cli_mail", "cli_workbook"},
    {"cli"},
    {"__main__"},
]
DOORS = {
    "weasyprint": {"pdf"},
    "docx": {"word"},
    "lxml": {"word"},
    "jinja2": {"pages"},
    "markupsafe": {"pages"},
    "fontTools": {"fonts"},
    "matplotlib": {"charts"},
    "PIL": {"charts"},
    "openpyxl": {"excel"},
    "xlsxwriter": {"excel"},
    "click": {"cli", "cli_mail", "cli_parts", "cli_workbook", "japanese_click"},
    "smtplib": {"smtp"},
    "ssl": {"smtp"},
    "keyring": {"mail_settings"},
    "ruamel": {"dataset.yaml_text", "dataset.yaml_faults", "dataset.yaml_edit"},
    "pydantic": {
        "dataset.entry",
        "dataset.monthly",
        "dataset.progress",
        "dataset.model",
        "dataset.schemas",
        "dataset.entries",
    },
    "pydantic_core": {"dataset.entries", "dataset.entry_faults", "excel"},
}
GROUPS = {"comparison", "checks", "measures", "word", "charts", "excel"}


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    name = ".".join(part for part in parts if part != "__init__")
    return parts[0] if parts[0] in GROUPS else name


def imported_by(path: Path) -> set[str]:
    """The names of all modules that a file imports, inside functions too; not those for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= (
                {node.module}
                if node.module != "handouts"
                else {f"handouts.{alias.name}" for alias in node.names}
            )
    return found


def ours(name: str) -> str | None:
    """The row name of one of our modules, None for others and for the package itself."""
    if not name.startswith("handouts."):
        return None
    rest = name.removeprefix("handouts.")
    return rest.split(".")[0] if rest.split(".")[0] in GROUPS else rest


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if module_name(path) not in ("", "dataset"))
ROWS = {name: row for row, names in enumerate(ORDER) for name in names}


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_imports_only_what_stands_before_it(path: Path) -> None:
    name = module_name(path)
    assert name in ROWS, f"{name} has no place in the order of imports"
    for other in filter(None, map(ours, imported_by(path))):
        if other in ("__version__", name):  # the version stands in the package itself
            continue
        assert ROWS[other] < ROWS[name], f"{name} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_big_library_is_imported_behind_its_door_only(path: Path) -> None:
    for library in {name.split(".")[0] for name in imported_by(path)} & set(DOORS):
        assert module_name(path) in DOORS[library]


def test_the_help_imports_no_big_library() -> None:
    code = (
        "import sys\n"
        "from handouts.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'weasyprint', 'docx', 'lxml', 'matplotlib', 'numpy', 'PIL', 'openpyxl', 'xlsxwriter', 'pydantic', 'jinja2', 'fontTools'}\n"
        "heavy |= {'smtplib', 'ssl', 'email', 'keyring'}\n"
        "print(heavy & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "set()"


def test_the_library_that_draws_is_loaded_only_where_there_are_charts() -> None:
    code = (
        "import sys, handouts.build, handouts.cli\nprint({'matplotlib', 'numpy', 'PIL'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "set()"
