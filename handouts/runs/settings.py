"""What every handout of a run needs: look, fonts, templates, where to write, and the process for PDFs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handouts.findings import Finding, HandoutError
from handouts.look.fonts import FontFile, find_fonts
from handouts.look.values import Look, read_look
from handouts.page.pdf_process import PdfProcess
from handouts.shipped import folders

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """What every handout of a run needs.

    `findings` are what is wrong with files of the working folder that can be done without. `created` is the time to
    write into the files; None for the day of each handout's meeting, since the same dataset must give the same bytes again. With `tracking` Word keeps
    track of changes in the editions that are reviewed. `track_against` names a saved edition since which all changes are shown
    in a Word file beside the others.
    """

    look: Look
    fonts: tuple[FontFile, ...]
    templates: tuple[Path, ...]
    out: Path
    created: datetime | None = None
    strict: bool = False
    tracking: bool = True
    track_against: str = ""
    pdf_process: PdfProcess | None = None
    progress: Progress = lambda step: None
    findings: tuple[Finding, ...] = ()

    @property
    def word_template(self) -> bytes:
        """The Word file that every Word handout begins with."""
        return _first_file(self.templates, "template.docx").read_bytes()


def read_build_settings(
    working_folder: Path,
    out: Path,
    environ: Mapping[str, str],
    strict: bool = False,
    pdf_process: PdfProcess | None = None,
    progress: Progress = lambda step: None,
) -> BuildSettings:
    """The shipped templates and fonts, with those of the working folder before them."""
    templates = folders("templates", working_folder)
    look = read_look(_first_file(templates, "look.toml"))
    fonts = find_fonts(folders("fonts", working_folder), look.font.family)
    return BuildSettings(
        look=look,
        fonts=fonts.files,
        templates=templates,
        out=out,
        created=source_date(environ),
        strict=strict,
        pdf_process=pdf_process,
        progress=progress,
        findings=fonts.findings,
    )


def _first_file(places: Sequence[Path], name: str) -> Path:
    for place in places:
        if (place / name).is_file():
            return place / name
    looked = "、".join(str(place) for place in places)
    raise HandoutError(f"{name} が見つかりません（探した場所: {looked}）。プログラムを入れ直してください。")


def source_date(environ: Mapping[str, str]) -> datetime | None:
    """The time of SOURCE_DATE_EPOCH; None where it is not set. Raises HandoutError where it is no time."""
    epoch = environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else None
    except (ValueError, OverflowError, OSError):
        raise HandoutError(
            f"環境変数 SOURCE_DATE_EPOCH の値「{epoch}」は、秒数（整数）として読めません。"
        ) from None
