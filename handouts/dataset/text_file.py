"""A text file that somebody wrote: as UTF-8, or as what Windows or a mail program writes where it is that."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from handouts.characters import composed
from handouts.file_kinds import HOLD_TEXT, file_kind
from handouts.findings import DataFaults, Finding, Place, Rule

SIZE_LIMIT = 1024 * 1024  # a whole year of a branch is a tenth of it
_AS_UTF8 = "メモ帳で開き、「名前を付けて保存」の「エンコード」で「UTF-8」を選んで保存し直してください"
# What turns a 7-bit text to kanji or kana; no text in UTF-8 has it.
_TO_JAPANESE = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([IJ])")
_ESCAPES = re.compile(rb"(\x1b(?:\$[@B]|\([BIJ]))")
_TO_HALF_WIDTH_KANA = b"\x1b(I"
_JIS_CODECS = ("iso2022_jp_ext", "iso2022_jp_2004", "iso2022_jp_3")
NOT_THERE = Rule("file.not-there", "{file} というファイルがありません", remedy="名前と場所を確かめてください")
TOO_LARGE = Rule(
    "file.too-large",
    f"{{file}} が大きすぎます（{SIZE_LIMIT // 1024**2}MB まで読めます）",
    remedy="別のファイルが紛れていないか確かめてください",
)
NOT_OPENED = Rule(
    "file.not-opened",
    "{file} を開けません",
    remedy="ほかのソフトで開いていれば閉じ、読み取りが許されているか確かめてください",
)
OTHER_ENCODING = Rule(
    "file.other-encoding",
    "文字コードが {encoding} なので、読み替えました",
    "決まりは UTF-8 です",
    _AS_UTF8,
    "warning",
)
LOST_CHARACTER = Rule(
    "file.lost-character",
    "行の始めに「?」があります。Ⅰ や ① のような、{encoding}にない字が、保存したときに失われたようです",
    remedy="字を打ち直すか、元の文書を UTF-8 で保存し直してください",
    severity="warning",
)
OTHER_KIND = Rule(
    "file.other-kind", "これは、{what}です", "ここで読むのは、テキストのファイルです", "{advice}"
)
NO_ENCODING = Rule(
    "file.no-text",
    "文字として読めません。文字コードが UTF-8 でないか、Word や Excel のファイルです",
    remedy=_AS_UTF8,
)
DAMAGED = Rule(
    "file.damaged-characters",
    "この行に、壊れて読めない文字があります",
    remedy=f"その文字を打ち直してください。{_AS_UTF8}",
)


def read_text(path: Path) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file and what is odd about it; raises DataFaults where it cannot be read."""
    file = path.name
    try:
        if not path.is_file():
            raise DataFaults([NOT_THERE.at(Place(file), file=file)])
        if path.stat().st_size > SIZE_LIMIT:
            raise DataFaults([TOO_LARGE.at(Place(file), file=file)])
        if (kind := file_kind(path)) not in HOLD_TEXT:
            raise DataFaults([OTHER_KIND.at(Place(file), what=kind.name, advice=kind.advice)])
        text, findings = decode(path.read_bytes(), file)
    except OSError:
        raise DataFaults([NOT_OPENED.at(Place(file), file=file)]) from None
    if text is None:
        raise DataFaults(findings)
    return text, findings


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text in `data`, in UTF-8 or else with a warning, kana in one piece; None where no encoding fits."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, "utf-16")
        return _read_as("UTF-16", text, file)
    if data.isascii() and _TO_JAPANESE.search(data):
        return _read_as("ISO-2022-JP（JIS）", _decoded_jis(data), file)
    try:
        return composed(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            return None, (DAMAGED.at(Place(file, data[: error.start].count(b"\n") + 1)),)
    text = _decoded(data, "cp932")
    return _read_as("Shift_JIS（ANSI）", None if text is None or _is_garbled(text) else text, file)


def _read_as(encoding: str, text: str | None, file: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text with a warning that it is in another encoding, or that it is no text."""
    if text is None:
        return None, (NO_ENCODING.at(Place(file)),)
    lost = (
        LOST_CHARACTER.at(Place(file, number), encoding=encoding)
        for number, line in enumerate(text.split("\n"), 1)
        if line.startswith("?")
    )
    return composed(text), (OTHER_ENCODING.at(Place(file), encoding=encoding), *lost)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decoded_jis(data: bytes) -> str | None:
    """Text in a 7-bit encoding of Japanese: as a codec knows it, else with the signs that Windows adds to it (①, ㈱)."""
    for codec in _JIS_CODECS:
        if (text := _decoded(data, codec)) is not None:
            return text
    try:
        return "".join(_jis_runs(data))
    except UnicodeDecodeError:
        return None


def _jis_runs(data: bytes) -> Iterator[str]:
    """The text between the escapes; raises UnicodeDecodeError where it is none. A run of kanji ends with its line."""
    first, *rest = _ESCAPES.split(data)
    yield first.decode("ascii")
    for escape, run in zip(rest[::2], rest[1::2], strict=True):
        if escape[1:2] == b"$":
            pairs, line_break, behind = run.partition(b"\n")
            yield _shift_jis(pairs).decode("cp932") + (line_break + behind).decode("ascii")
        elif escape == _TO_HALF_WIDTH_KANA:
            yield bytes(byte | 0x80 if byte > 0x20 else byte for byte in run).decode("cp932")
        else:
            yield run.decode("ascii")


def _shift_jis(pairs: bytes) -> bytes:
    """Characters of JIS X 0208, two bytes each, as Windows has them; what is a blank or a line end stays."""
    moved = bytearray()
    kanji = pairs.rstrip(b"\r")
    for row, cell in zip(kanji[::2], kanji[1::2], strict=False):
        lead = (row - 0x21) // 2 + (0x81 if row <= 0x5E else 0xC1)
        trail = cell + (0x1F if cell < 0x60 else 0x20) if row % 2 else cell + 0x7E
        moved += bytes((lead, trail))
    return bytes(moved) + kanji[len(kanji) // 2 * 2 :] + pairs[len(kanji) :]


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 with a few bytes broken: Shift_JIS read as UTF-8 gives hardly any Japanese."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(character > "\u2fff" for character in text) - broken > broken


def _is_garbled(text: str) -> bool:
    """Whether a text read as Shift_JIS is something else: EUC-JP turns into half-width katakana."""
    # Python reads even the bytes that Shift_JIS leaves unused, as these.
    if re.search("[\x80\xa0\uf8f0-\uf8f3]", text):
        return True
    kana = len(re.findall("[\uff61-\uff9f]", text))
    return kana > len(re.findall("[\u3000-\uff60]", text))
