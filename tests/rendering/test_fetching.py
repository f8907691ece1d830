"""What a page may read: its fonts, its charts and the files of its templates; never the network, never another file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from handouts.findings import HandoutError
from handouts.look.fonts import find_fonts
from handouts.page.html_page import HtmlPage, refused_findings
from handouts.page.pdf import Pdf, write_pdf
from handouts.page.standalone import standalone_page
from tests.made_fonts import made_font

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/>{}</svg>'


class Server(HTTPServer):
    """A server on this computer that counts what it is asked for, and leads on to itself."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the library's name
        assert isinstance(self.server, Server)
        self.server.asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", f"{self.server.url}/again")
        self.end_headers()

    def log_message(self, *parts: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret.svg").write_text(SVG.format(""))
    (folder / "link.svg").symlink_to(tmp_path / "secret.svg")
    (folder / "logo.svg").write_text(SVG.format(""))
    return folder


# Ways in which WeasyPrint follows a URL; N tells it from the others.
WAYS = (
    '<link rel="stylesheet" href="URL">',
    "<style>@import 'URL';</style>",
    "<style>@import url(URL);</style>",
    '<p style="background: url(URL)">x</p>',
    "<style>@font-face { font-family: fN; src: url(URL) }</style>",
    '<ul style="list-style-image: url(URL)"><li>x</li></ul>',
    '<style>.cN::before { content: url("URL") }</style><p class="cN">x</p>',
    '<img src="URL">',
    '<object data="URL"></object>',
    '<embed src="URL">',
    '<link rel="attachment" href="URL">',
    '<a rel="attachment" href="URL">x</a>',
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="URL" width="9" height="9"/></svg>',
)


def made(body: str, templates: Path, **more: object) -> Pdf:
    return write_pdf(
        replace(HtmlPage(f'<html lang="ja"><title>x</title>{body}', templates=(templates,)), **more)
    )


def test_nothing_but_files_of_the_templates_is_read_whatever_asks_for_it(
    server: Server, templates: Path
) -> None:
    folder = templates.as_uri()
    urls = {
        f"{server.url}/": f"{server.url}/",
        "file:///etc/hostname": "file:///etc/hostname",
        "../secret.svg": f"{templates.parent.as_uri()}/secret.svg",
        f"{folder}/%2e%2e/secret.svg": f"{folder}/%2e%2e/secret.svg",
        "link.svg": f"{folder}/link.svg",  # which leads out
        "none.svg": f"{folder}/none.svg",
        "ftp://127.0.0.1/": "ftp://127.0.0.1/",
        "data:,x": "data:,x",
    }
    body = "".join(
        way.replace("URL", f"{url}?{number}.{place}").replace("N", f"{number}-{place}")
        for number, way in enumerate(WAYS)
        for place, url in enumerate(urls)
    )
    asked = {
        f"{url}?{number}.{place}" for number in range(len(WAYS)) for place, url in enumerate(urls.values())
    }
    assert set(made(body, templates).refused) == asked
    assert server.asked == []


def test_a_picture_of_the_templates_reaches_no_further_than_the_page(server: Server, templates: Path) -> None:
    inner = f"""<image href="{server.url}/1" width="9" height="9"/><image href="../secret.svg" width="9" height="9"/>
    <use href="{server.url}/2#a"/><style>@font-face {{ font-family: f; src: url({server.url}/3) }}</style>"""
    (templates / "logo.svg").write_text(SVG.format(inner))
    assert set(made('<img src="logo.svg">', templates).refused) == {
        f"{server.url}/1",
        f"{server.url}/3",
        f"{templates.parent.as_uri()}/secret.svg",
    }
    assert server.asked == []


def test_fonts_charts_and_files_of_the_templates_are_read(templates: Path) -> None:
    (templates.parent / "a.ttf").write_bytes(made_font("First", "x"))
    [font] = find_fonts([templates.parent], "First").files
    chart = f"data:image/svg+xml;base64,{b64encode(SVG.format('').encode()).decode()}"
    style = f'<style>@font-face {{ font-family: First; src: url("{font.url}") }} p {{ font-family: First; background: url(logo.svg) }}</style>'
    pdf = made(
        f'{style}<p>x</p><img src="{chart}" alt="x"><img src="logo.svg" alt="x">',
        templates,
        fonts=(font,),
        pictures=(chart,),
    )
    assert (pdf.refused, pdf.complaints) == ((), ())
    assert made(f'<img src="{chart}" alt="x">', templates).refused == (chart,)


def test_as_a_file_of_its_own_the_page_holds_what_it_may_read_and_a_browser_looks_for_nothing_else(
    server: Server, templates: Path
) -> None:
    style = f'<style>@import "{server.url}/a"; @font-face {{ src: url("") }} p {{ background: url( "my logo.svg" ); color: url("../secret.svg") }}</style>'
    (templates / "my logo.svg").write_text(SVG.format(""))
    body = f'<img src="logo.svg"><img src={server.url}/b><a href="{server.url}">url(c) @import "d"</a><p title=\'x src="e"\'>'
    html, refused = standalone_page(HtmlPage(f"<head>{style}</head>{body}", templates=(templates,)))
    assert refused == (f"{server.url}/a", f"{templates.parent.as_uri()}/secret.svg", f"{server.url}/b")
    picture = f"data:image/svg+xml;base64,{b64encode(SVG.format('').encode()).decode()}"
    assert html.count(picture) == 2
    assert """<head><meta http-equiv="Content-Security-Policy" content="default-src 'none';""" in html
    assert html.endswith("""url(c) @import "d"</a><p title='x src="e"'>""")
    assert server.asked == []


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://example.jp/x.png", "templates/handout.css 2行"),
        ("BASE/../絵.png", "templates/components/a.html 1行"),
        ("BASE/%E7%B5%B5.png", "templates/components/a.html 1行"),
        ("http://example.jp/made-up", "templates"),
    ],
)
def test_what_was_refused_is_said_with_the_line_of_its_template(
    templates: Path, url: str, place: str
) -> None:
    (templates / "handout.css").write_text("p {\nbackground: url(http://example.jp/x.png) }")
    (templates / "components").mkdir()
    (templates / "components" / "a.html").write_text('<img src="絵.png">', encoding="utf-8")
    [finding] = refused_findings([url.replace("BASE", templates.as_uri())], [templates])
    assert str(finding.place) == place
    assert finding.severity == "warning"
    assert "templates フォルダーの中にあるファイルだけ" in str(finding)


def test_a_url_that_is_none_is_told_of(templates: Path) -> None:
    page = HtmlPage('<head></head><img src="//[x">', templates=(templates,))
    with pytest.raises(HandoutError, match=r"url\( \)、src、href を見直して"):
        write_pdf(page)
    assert standalone_page(page)[1] == ("//[x",)


@pytest.mark.parametrize(
    "url", ["http://[", "file:///%00", "file:", "", "//x", "file://host/TEMPLATES/logo.svg"]
)
def test_what_is_no_url_of_a_file_is_refused(templates: Path, url: str) -> None:
    assert HtmlPage("", templates=(templates,)).read(url.replace("/TEMPLATES", str(templates))) is None
