"""The page as one HTML file that needs no other, and that a browser lets ask for none."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from html import unescape
from urllib.parse import urljoin

from handouts.characters import characters_of
from handouts.look.cutting import CutFont, cut_fonts
from handouts.look.pictures import svg_url
from handouts.page.html_page import HtmlPage
from handouts.page.templates import in_css

_ONLY_WHAT_IS_INSIDE = (
    '<meta http-equiv="Content-Security-Policy" content="'
    "default-src 'none'; style-src 'unsafe-inline' data:; font-src data:; img-src data:\">"
)
# Of the two weights of our charts only the bold one is named.
_TEXT = re.compile(r'<text style="([^"]*)"[^>]*>([^<]*)')
_SVG = re.compile(r"<svg\b[^>]*>")
_HEAD = re.compile(r"<head\b[^>]*>")
_STYLE = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL)
_IN_STYLE = re.compile(r"""(url\(\s*|@import\s+(?=["']))("[^"]*"|'[^']*'|[^"'()\s]+)""")
# A link is followed by nobody but the reader.
_TAG = re.compile(r"""<(?!a\b)[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>""")
_ATTRIBUTE = re.compile(r"""(\s([a-z:-]+)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""")
_READING = {"src", "href", "data", "poster"}


def standalone_page(page: HtmlPage) -> tuple[str, tuple[str, ...]]:
    """The page with all that it shows inside it, and the URLs that it asks for in vain.

    Of each font it holds the characters that it prints. So does each of its charts for itself: a picture sees
    nothing of the page around it.
    """
    drawn = {url: b64decode(url.partition(",")[2]).decode() for url in page.pictures}
    html = _HEAD.sub(lambda head: head[0] + _ONLY_WHAT_IS_INSIDE, page.html, count=1)
    fonts = cut_fonts(page.fonts, characters_of("".join((html, *drawn.values()))))
    for font in fonts:
        html = html.replace(font.file.url, font.face.url)
    for url, svg in drawn.items():
        html = html.replace(url, svg_url(_with_fonts(svg, fonts)))
    refused: list[str] = []

    def held(written: str) -> str:
        url = unescape(written.strip("\"'"))
        if not url or url.startswith(("data:", "#")):  # a font that prints nothing here has none
            return written
        with suppress(ValueError):  # what urljoin raises for no URL at all
            url = urljoin(page.base_url or "", url)
        if (found := page.read(url)) is None:
            refused.append(url)
            return written
        return f'"data:{found[1]};base64,{b64encode(found[0]).decode()}"'

    def in_attribute(part: re.Match[str]) -> str:
        return part[1] + (held(part[3]) if part[2] in _READING else part[3])

    html = _STYLE.sub(lambda style: _IN_STYLE.sub(lambda part: part[1] + held(part[2]), style[0]), html)
    html = _TAG.sub(lambda tag: _ATTRIBUTE.sub(in_attribute, tag[0]), html)
    return html, tuple(dict.fromkeys(refused))


def _with_fonts(svg: str, fonts: Sequence[CutFont]) -> str:
    printed: dict[str, set[str]] = {"normal": set(), "bold": set()}
    for style, text in _TEXT.findall(svg):
        printed["bold" if "font-weight" in style else "normal"].update(characters_of(unescape(text)))
    faces = [font.cut(printed[font.file.weight]).face for font in fonts]
    rules = "".join(
        f'@font-face {{ font-family: "{in_css(face.family)}"; font-weight: {face.weight}; src: url("{face.url}") }}'
        for face in faces
        if face.url
    )
    return _SVG.sub(lambda root: f"{root[0]}<style>{rules}</style>", svg, count=1)
