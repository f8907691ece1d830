"""What a built Word file keeps for its way back: changes are tracked while an edition is reviewed, old templates go on."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from handouts.origin import Origin, find_origin
from tests.calling import Run
from tests.pages import ROOT, TEMPLATES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sample without last year's in ./data of the working folder."""
    shutil.copytree(ROOT / "data" / "gunma-r6", tmp_path / "data" / "gunma-r6")
    return tmp_path


def parts(run: Run, *options: str) -> dict[str, bytes]:
    """The parts of the Word file that a build writes."""
    result = run("build", "gunma-r6", "--format", "docx", *options)
    assert result.exit_code == 0, result.output
    [path] = Path("output/gunma-r6").glob("*.docx")
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def origin(run: Run) -> Origin:
    found = find_origin(parts(run))
    assert found is not None
    return found


@pytest.mark.parametrize(("edition", "is_tracked"), [("案", True), ("本部提出", True), ("最終", False)])
def test_changes_are_tracked_in_the_editions_that_are_reviewed(
    run: Run, folder: Path, edition: str, is_tracked: bool
) -> None:
    base = folder / "data" / "gunma-r6" / "dataset.yaml"
    base.write_text(
        re.sub("(?m)^edition: .*$", f"edition: {edition}", base.read_text(encoding="utf-8")), encoding="utf-8"
    )
    assert (b"trackRevisions" in parts(run)["word/settings.xml"]) is is_tracked
    assert b"trackRevisions" not in parts(run, "--no-tracking")["word/settings.xml"]


def test_templates_of_before_still_build_and_say_nothing_of_where_it_comes_from(
    run: Run, folder: Path
) -> None:
    components = folder / "templates" / "components"
    shutil.copytree(TEMPLATES / "components", components)
    shutil.copy(TEMPLATES / "plan-budget.html", folder / "templates")
    for path in (*components.glob("*.html"), folder / "templates" / "plan-budget.html"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r' data-role="[^"{]*"', "", re.sub(r"(<[^>]*?)\{\{ origin\([^)]*\) \}\}", r"\1", text))
        text = text.replace('{% if ref %} data-ref="{{ ref }}"{% endif %}', "")
        path.write_text(re.sub(r' data-role="\{\{[^}]*\}\}"', "", text), encoding="utf-8")
    found = origin(run).entries
    assert len(found) > 200
    assert {(one.role, one.refs) for one in found} == {("unknown", ())}


def test_a_template_of_a_branch_may_say_less_than_the_others(run: Run, folder: Path) -> None:
    (folder / "templates" / "components").mkdir(parents=True)
    (folder / "templates" / "components" / "cover.html").write_text(
        '{% macro cover(cover) %}<section class="cover"><h1 class="cover-title">わが支部</h1></section>{% endmacro %}',
        encoding="utf-8",
    )
    first = origin(run).entries[0]
    assert (first.text, first.role, first.refs, first.style) == ("わが支部", "unknown", (), "cover-title")
