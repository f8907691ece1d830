"""Builds 資料2-1 from the verbatim text and figures of the public document, for looking at.

    python tests/reference/real_handout.py FOLDER

Nothing of it is kept in the project: the text is the branch's own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from handouts.dataset.folder import read_folder
from handouts.dataset.outline import headings

ROOT = Path(__file__).resolve().parent.parent.parent
REFERENCE = Path(os.environ.get("HANDOUTS_REFERENCE", ROOT.parent / "shared")).resolve()
YEARS = {"R6": "令和6年度", "R7": "令和7年度"}
# Letters that the extraction of the text from its PDF got wrong; the branch's fonts lack the first.
MISREAD = str.maketrans({"压": "圧", "勸": "勧"})
MEETING = "handouts:\n  plan-budget:\n    material: 資料2-1\n    meeting: 第3回群馬支部評議会\n    date: 2025-01-17\n"


def handouts(*args: str, folder: Path) -> None:
    """Runs the command line in `folder`; raises where it fails."""
    subprocess.run(
        [sys.executable, "-m", "handouts", *args],
        cwd=folder,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def make_datasets(folder: Path) -> None:
    """Both years' datasets under FOLDER/data: the text imported, the initiatives as the figures give them."""
    for year, name in YEARS.items():
        text = REFERENCE / "seeds" / f"000_columns_{year.lower()}.txt"
        handouts(
            "import", str(text), f"gunma-{year.lower()}", "--branch", "群馬", "--year", name, folder=folder
        )
        data = folder / "data" / f"gunma-{year.lower()}"
        (data / "budget.yaml").write_text(budget_text(year, data), encoding="utf-8")
        set_meeting(data / "dataset.yaml")


def set_meeting(path: Path) -> None:
    """Replaces the handouts of a dataset.yaml by 資料2-1 with its meeting."""
    head, _, rest = path.read_text(encoding="utf-8").partition("handouts:\n")
    after = [line for line in rest.splitlines() if line and not line.startswith((" ", "#"))]
    tail = rest[rest.index(after[0]) :] if after else ""
    path.write_text(f"{head}{MEETING}{tail}", encoding="utf-8")


def budget_text(year: str, data: Path) -> str:
    """budget.yaml with the initiatives of `year`, each under the heading that the figures name."""
    dataset = read_folder(data).dataset
    assert dataset is not None
    ids = {heading.path: heading.id for heading in headings(dataset.plan)}
    budget = json.loads((REFERENCE / "figures" / "gunma_r7_budget.json").read_text(encoding="utf-8"))
    names: dict[str, int] = {}
    rows = ["initiatives:"]
    for entry in budget["initiatives"]:
        number = names.setdefault(entry["name"], len(names) + 1)
        if entry["fiscal_year"] == year:
            rows += [
                f"  - id: i{number}",
                f"    name: {json.dumps(entry['name'].translate(MISREAD), ensure_ascii=False)}",
                f"    topic: {ids[entry['section_path']]}",
                f"    amount: {entry['amount_thousand_yen'] * 1000}",
                f"    new: {str(entry['is_new']).lower()}",
            ]
    return "\n".join([*rows, ""])


def main() -> None:
    """Makes the datasets and builds them."""
    if not REFERENCE.is_dir():
        raise SystemExit(f"{REFERENCE} is not here; set HANDOUTS_REFERENCE")
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name in YEARS:
        plan = folder / "data" / f"gunma-{name.lower()}" / "plan.md"
        plan.unlink(missing_ok=True)
        (plan.parent / "dataset.yaml").unlink(missing_ok=True)
    make_datasets(folder)
    handouts("build", "gunma-r7", "--format", "pdf,docx,html", folder=folder)


if __name__ == "__main__":
    main()
