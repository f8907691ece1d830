"""Speed and memory of the program, as ratios of whole processes measured in turn within one run.

    python -m tests.bench [ROUNDS]

Not a test: machines differ, so nothing here passes or fails; each line says what the aim is.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from handouts.annex.writing import write_annex
from handouts.compose import compose_handout
from handouts.compose.annex import compose_annex
from handouts.compose.annex.cells import Annex, AnnexCell
from handouts.dataset import kinds
from tests import annexes
from tests.hostile import BOOKS, path_of
from tests.office import environment
from tests.pages import look

ROOT = Path(__file__).resolve().parent.parent
HANDOUTS = [sys.executable, "-m", "handouts"]
BARE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2]{})"


@dataclass(frozen=True)
class Cost:
    """The medians of a command's runs: seconds, peak memory of one process in MB, seconds of a processor."""

    seconds: float
    megabytes: float
    processor: float


def run_once(command: Sequence[str]) -> tuple[float, float, float]:
    """Seconds, peak MB and seconds of a processor of one run; raises where it fails."""
    # Python keeps what it compiled, as it does for everybody who did not forbid it.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        pid = os.posix_spawn(
            command[0],
            list(command),
            environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2),
            ],
        )
        _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def in_turn(commands: dict[str, Sequence[str]], rounds: int) -> dict[str, Cost]:
    """The medians of each command, run in turn so that a slow spell of the machine hits all alike."""
    runs: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for number in range(rounds + 1):  # the first round warms the caches and is not counted
        for name, command in commands.items():
            measured = run_once(command)
            if number:
                runs[name].append(measured)
    return {
        name: Cost(*(statistics.median(column) for column in zip(*each, strict=True)))
        for name, each in runs.items()
    }


def report(name: str, value: str, aim: str) -> None:
    """Prints one measured line."""
    print(f"{name:<58}{value:>12}   aim: {aim}")


REVIEWED_CHANGES = 300
KINDS = {
    "plan-budget": "gunma-r7",
    "plan": "yamaguchi-r8",
    "final-report": "fukushima-r7",
    "progress": "gunma-r3",
    "results": "tochigi-r5",
}


def main() -> None:
    """Measures and prints."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        show(in_turn(commands_of_the_program(folder), rounds))
        show_check(in_turn(commands_of_a_check(), 3 * rounds))
        for kind, sample in KINDS.items():
            show_kind(kind, in_turn(commands_of_a_kind(kind, sample, folder), rounds))
        show_workbook(in_turn(commands_of_the_workbook(folder), rounds))
        show_exchange(in_turn(commands_of_an_exchange(folder), min(rounds, 3)))
        report("charts as SVG and PNG", f"{charts_per_second():.0f} a second", "")
        show_annex("progress", KINDS["progress"], 4 * rounds)
        samples = [*HANDOUTS, "build", *KINDS.values(), "--out", str(folder / "all")]
        cost = in_turn({"all": samples}, min(rounds, 3))["all"]
        report("all samples in one run", f"{cost.seconds:.2f} s", "seconds")
        report("  peak memory", f"{cost.megabytes:.0f} MB", "under 500 MB")


SMALLEST = "yamaguchi-r8"


def commands_of_a_check() -> dict[str, Sequence[str]]:
    """The shortest run that reads data, and the import of the libraries that it cannot do without."""
    libraries = "from pydantic import BaseModel; from ruamel.yaml import YAML; import click"
    return {"check": [*HANDOUTS, "check", SMALLEST], "libraries": [sys.executable, "-c", libraries]}


def show_check(costs: dict[str, Cost]) -> None:
    """Prints what the smallest sample costs to check, in time of a processor."""
    check, libraries = costs["check"].processor, costs["libraries"].processor
    report(f"check of {SMALLEST}, time of a processor", f"{check:.3f} s", "")
    report("  against importing pydantic, ruamel.yaml and click", f"{check / libraries:.2f}", "at most 2")


def charts_per_second() -> float:
    """How many charts of the progress are drawn in a second, the import of matplotlib apart."""
    from handouts.charts import draw
    from handouts.compose.progress import compose_progress
    from handouts.dataset.folder import read_folder
    from handouts.dataset.model import Datasets
    from tests.pages import fonts, look

    dataset = read_folder(ROOT / "data" / KINDS["progress"]).dataset
    assert dataset is not None
    charts = compose_progress(Datasets(dataset)).charts
    draw(charts[0], look(), fonts(), {"svg", "png"})
    start = time.perf_counter()
    for chart in charts:
        draw(chart, look(), fonts(), {"svg", "png"})
    return len(charts) / (time.perf_counter() - start)


WORKBOOK_ROWS = 5000
# In a process of its own, so that its memory counts for nobody else.
LARGE = (
    "import sys; from pathlib import Path; from handouts.excel.writing import write_workbook; "
    "from tests.large import large_dataset; "
    "Path(sys.argv[1]).write_bytes(write_workbook(large_dataset(int(sys.argv[2]))))"
)


def large_import(folder: Path) -> Sequence[str]:
    """The import of a large input workbook into a new dataset."""
    run_once([sys.executable, "-c", LARGE, str(folder / "large.xlsx"), str(WORKBOOK_ROWS)])
    target = folder / "large"
    anew = f"import shutil; shutil.rmtree({str(target)!r}, ignore_errors=True); "
    reading = f"{anew}from handouts.commands.main import main; main()"
    return [sys.executable, "-c", reading, "workbook", "import", str(folder / "large.xlsx"), str(target)]


def commands_of_an_exchange(folder: Path) -> dict[str, Sequence[str]]:
    """A large dataset that comes out of a workbook, goes into one, and comes back unchanged; and the libraries alone."""
    importing = large_import(folder)
    bare = [sys.executable, "-m", "tests.bare"]
    book, again, data = (str(folder / name) for name in ("large.xlsx", "again.xlsx", "large"))
    run_once([*bare, "keep", book, str(folder)])
    return {
        "import": importing,
        "export": [*HANDOUTS, "workbook", "export", data, again, "--replace"],
        "again": [*HANDOUTS, "workbook", "import", again, data],
        "read": [*bare, "read", book],
        "write": [*bare, "write", str(folder), str(folder / "bare.xlsx")],
        "yaml": [*bare, "yaml", data],
    }


def show_exchange(costs: dict[str, Cost]) -> None:
    """Prints how many times as long as the libraries the program takes for a large dataset, in time of a processor."""
    read, write, yaml = (costs[name].processor for name in ("read", "write", "yaml"))
    print(f"exchange of {WORKBOOK_ROWS:,} rows, time of a processor against the libraries alone:")
    for name, key, alone, aim in (
        ("import into a new dataset, against openpyxl", "import", read, "at most 3.5"),
        ("export, against ruamel.yaml and XlsxWriter", "export", yaml + write, "at most 2"),
        ("import again, against openpyxl and ruamel.yaml", "again", read + yaml, "at most 2"),
    ):
        spent = costs[key].processor
        report(f"  {name}", f"{spent / alone:.2f}", aim)
        report("    itself", f"{spent:.2f} s", "")


def commands_of_the_workbook(folder: Path) -> dict[str, Sequence[str]]:
    """An import of a large input workbook, the refusal of hostile ones, and the export of a sample."""
    large = large_import(folder)
    refusing = (
        "import sys; from pathlib import Path; from handouts.excel.reading import read_workbook; "
        "assert read_workbook(Path(sys.argv[1])).dataset is None"
    )
    run_once([sys.executable, "-m", "tests.hostile", str(folder)])
    hostile = {name: [sys.executable, "-c", refusing, str(path_of(name, folder))] for name in BOOKS}
    return {
        "import": large,
        **hostile,
        "export": [*HANDOUTS, "workbook", "export", "gunma-r3", str(folder / "sample.xlsx"), "--replace"],
    }


def show_workbook(costs: dict[str, Cost]) -> None:
    """Prints the figures of the input workbook."""
    report(f"import of a workbook of {WORKBOOK_ROWS:,} rows", f"{costs['import'].seconds:.2f} s", "under 2 s")
    report("  peak memory", f"{costs['import'].megabytes:.0f} MB", "under 200 MB")
    for name in (name for name in costs if name not in ("import", "export")):
        report(f"refusing {name}", f"{costs[name].seconds:.2f} s", "under 2 s")
        report("  peak memory", f"{costs[name].megabytes:.0f} MB", "under 300 MB")
    report("export of the progress", f"{costs['export'].seconds:.2f} s", "")


def commands_of_the_program(folder: Path) -> dict[str, Sequence[str]]:
    """What is measured of the program itself, and of 資料2-1 beside other programs."""
    build = [*HANDOUTS, "build", "gunma-r7", "--out", str(folder / "out")]
    run_once([*build, "--format", "docx"])
    page = written_page("gunma-r7", "plan-budget", folder)
    word = next((folder / "out" / "gunma-r7").glob("*.docx"))
    commands: dict[str, Sequence[str]] = {
        "help": [*HANDOUTS, "--help"],
        "python": [sys.executable, "-c", "pass"],
        "build": build,
        "word": [*build, "--format", "docx"],
        "review": [*HANDOUTS, "review", str(returned_file(folder))],
        "bare": bare(page, folder),
        "ua": bare(page, folder, ", pdf_variant='pdf/ua-1'"),
    }
    if office := shutil.which("soffice"):
        # A profile of its own, or another LibreOffice that is open would take the work.
        profile = f"-env:UserInstallation=file://{folder}/profile"
        fonts = f"FONTCONFIG_FILE={environment(folder)['FONTCONFIG_FILE']}"
        convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word)]
        commands["office"] = ["/usr/bin/env", fonts, *convert]
    return commands


def returned_file(folder: Path) -> Path:
    """資料2-1 as it comes back with many changes."""
    from tests.reviewing.round_trip import reviewed_in_word
    from tests.reviewing.sent import sent

    content, edits = reviewed_in_word(sent("plan-budget"), 1, REVIEWED_CHANGES)
    report("changes in a returned file", str(len(edits)), "")
    (path := folder / "returned.docx").write_bytes(content)
    return path


def commands_of_a_kind(kind: str, sample: str, folder: Path) -> dict[str, Sequence[str]]:
    """The build of a kind as PDF and Word, and bare WeasyPrint on the page that it makes."""
    build = [*HANDOUTS, "build", sample, "--kind", kind, "--out", str(folder / kind), "--format"]
    return {"build": [*build, "pdf,docx"], "bare": bare(written_page(sample, kind, folder), folder)}


def written_page(sample: str, kind: str, folder: Path) -> Path:
    """The page from which the PDF of a sample is made, as a file; that of --format html holds its fonts."""
    from handouts.charts import draw
    from handouts.page.rendering import render_page
    from tests.pages import TEMPLATES, fonts

    handout = compose_handout(kinds.KINDS[kind], annexes.datasets(sample))
    looks = look().of_kind(kind)
    drawings = {chart.id: draw(chart, looks, fonts(), {"svg"}) for chart in handout.charts}
    template, page = kinds.KINDS[kind].template, folder / f"{sample}-{kind}.html"
    made = render_page(template, handout, looks, fonts(), [TEMPLATES], drawings)
    page.write_text(made.html, encoding="utf-8")
    return page


def bare(page: Path, folder: Path, options: str = "") -> list[str]:
    """WeasyPrint alone on a page."""
    return [sys.executable, "-c", BARE.format(options), str(page), str(folder / "bare.pdf")]


def annex_seconds(kind: str, sample: str, rounds: int) -> tuple[float, float]:
    """The medians of making the annex of a dataset, and of XlsxWriter alone writing the same cells, tables and charts.

    Both in this process, in turn: what a dataset costs to read counts for neither.
    """
    datasets = annexes.datasets(sample)
    handout = compose_handout(kinds.KINDS[kind], datasets)
    annex = compose_annex(kinds.KINDS[kind], handout, datasets)
    assert annex is not None
    ours, bare = [], []
    for number in range(rounds + 1):
        start = time.perf_counter()
        made = compose_annex(kinds.KINDS[kind], handout, datasets)
        assert made is not None
        write_annex(made, look(), annexes.CREATED)
        middle = time.perf_counter()
        write_bare(annex)
        if number:
            ours.append(middle - start)
            bare.append(time.perf_counter() - middle)
    return statistics.median(ours), statistics.median(bare)


def write_bare(annex: Annex) -> None:
    """The same cells, tables and charts with XlsxWriter alone, without formats and set-up."""
    workbook = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    for sheet in annex.sheets:
        page = workbook.add_worksheet(sheet.name)
        for table in sheet.tables:
            area = (table.first_row, 0, table.last_row, len(table.heads) - 1)
            page.add_table(*area, {"columns": [{"header": head} for head in table.heads]})
            for row, line in enumerate(table.rows, table.first_row + 1):
                for column, cell in enumerate(line.cells):
                    write_bare_cell(page, row, column, cell)
        for chart in sheet.charts:
            native = workbook.add_chart({"type": "bar" if chart.kind == "bars" else "line"})
            for series in chart.series:
                areas = [
                    f"={each[0].name}" if len(each) == 1 else f"=({','.join(area.name for area in each)})"
                    for each in (series.categories, series.values)
                ]
                native.add_series({"name": series.name, "categories": areas[0], "values": areas[1]})
            page.insert_chart(chart.row, chart.column, native)
    workbook.close()


def write_bare_cell(page: Worksheet, row: int, column: int, cell: AnnexCell) -> None:
    """A cell with the call that fits it."""
    value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
    if cell.formula:
        page.write_formula(row, column, f"={cell.formula}", None, value)
    elif isinstance(value, float):
        page.write_number(row, column, value)
    elif value is not None:
        page.write_string(row, column, value)


def show_annex(kind: str, sample: str, rounds: int) -> None:
    """Prints what the annex of a sample costs."""
    ours, bare = annex_seconds(kind, sample, rounds)
    report(f"annex of {sample}, from the dataset", f"{ours:.3f} s", "")
    report("  against XlsxWriter alone on the same cells", f"{ours / bare:.2f}", "at most 3")


def show_kind(kind: str, costs: dict[str, Cost]) -> None:
    """Prints the figures of one kind."""
    build = costs["build"]
    report(f"{kind} as PDF and Word", f"{build.seconds:.2f} s", "")
    report(
        "  against bare write_pdf() on the same HTML",
        f"{build.seconds / costs['bare'].seconds:.2f}",
        "at most 1.5",
    )
    report("  peak memory", f"{build.megabytes:.0f} MB", "under 500 MB")


def show(costs: dict[str, Cost]) -> None:
    """Prints the figures with what they are meant to be."""
    build = costs["build"]
    report("資料2-1 as PDF, Word and Excel", f"{build.seconds:.2f} s", "nearer to bare WeasyPrint is better")
    report(
        "  against bare write_pdf() on the same HTML",
        f"{build.seconds / costs['bare'].seconds:.2f}",
        "at most 1.5",
    )
    report(
        "  against write_pdf(pdf/ua-1) on the same HTML",
        f"{build.seconds / costs['ua'].seconds:.2f}",
        "at most 1.5",
    )
    if "office" in costs:
        report(
            "  against LibreOffice making a PDF of our Word file",
            f"{build.seconds / costs['office'].seconds:.2f}",
            "below 1",
        )
    report("  peak memory", f"{build.megabytes:.0f} MB", "under 350 MB")
    report("Word alone", f"{costs['word'].seconds:.2f} s", "")
    ratio = costs["review"].processor / costs["word"].processor
    report("  review of a returned file, time of a processor", f"{ratio:.2f}", "at most 2")
    report("handouts --help", f"{costs['help'].seconds:.3f} s", "under 0.2 s")
    report("  against starting Python", f"{costs['help'].seconds / costs['python'].seconds:.2f}", "")


if __name__ == "__main__":
    main()
