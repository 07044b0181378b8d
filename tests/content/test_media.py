"""Pictures, sounds and films: measured, named portably, and never trusted."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormkit.content.loader import load
from scormkit.content.markdown_links import html_in, targets_in
from scormkit.content.media_folder import portable_names
from scormkit.content.picture_size import NotThisType, picture_size
from scormkit.content.svg import read_svg
from tests.content.hygiene import hygiene, png

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scormkit.content.media import Media

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08" + struct.pack(">HH", 200, 320) + bytes(20)
VP8X = b"RIFF\x00\x00\x00\x00WEBPVP8X" + bytes(8) + (319).to_bytes(3, "little") + (199).to_bytes(3, "little")
VP8L = b"RIFF\x00\x00\x00\x00WEBPVP8L" + bytes(4) + b"\x2f" + (319 | 199 << 14).to_bytes(4, "little") + bytes(9)
VP8 = b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(4) + bytes(6) + struct.pack("<HH", 320, 200)
AVIF = b"\x00\x00\x00\x1cftypavif" + bytes(40) + b"ispe" + bytes(4) + struct.pack(">II", 320, 200)


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".png", png(320, 200)),
        (".gif", b"GIF89a" + struct.pack("<HH", 320, 200)),
        (".jpg", JPEG),
        (".webp", VP8X),
        (".webp", VP8L),
        (".webp", VP8),
        (".avif", AVIF),
    ],
)
def test_width_and_height_are_read_from_the_first_bytes(tmp_path: Path, suffix: str, content: bytes) -> None:
    file = tmp_path / f"picture{suffix}"
    file.write_bytes(content)
    assert picture_size(file, suffix) == (320, 200)


@given(
    content=st.binary(max_size=80), head=st.sampled_from([b"", JPEG[:11], VP8X[:16], VP8L[:16], AVIF[:30], b"GIF89a"])
)
@pytest.mark.parametrize("suffix", [".png", ".gif", ".jpg", ".webp", ".avif", ".mp3", ".mp4"])
def test_no_bytes_make_the_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, head: bytes, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / f"any{suffix}"
    file.write_bytes(head + content)
    try:
        size = picture_size(file, suffix)
    except NotThisType:
        return
    assert size is None or min(size) >= 0


def test_jpeg_that_goes_round_in_circles_ends(tmp_path: Path) -> None:
    file = tmp_path / "picture.jpg"
    file.write_bytes(b"\xff\xd8\xff" + b"\xff" * 100_000)
    assert picture_size(file, ".jpg") is None


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="320" height="200px"', (320, 200)),
        ('width="100%" viewBox="0 0 320 200"', (320, 200)),
        ('viewBox="-10,-10,319.6,200"', (320, 200)),
        ('viewBox="0 0 nan inf"', None),
        ('viewBox="0 0 0 0"', None),
        ("", None),
    ],
)
def test_size_of_an_svg_is_said_or_its_view_box(tmp_path: Path, attributes: str, size: tuple[int, int] | None) -> None:
    file = tmp_path / "picture.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')
    report = read_svg(file)
    assert report.faults == []
    assert report.size == size


XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    "inside",
    [
        '<use href="#part"/>',
        f'<use {XLINK} xlink:href="#part"/>',
        '<path fill="url(#gradient)" d="M0 0h1"/>',
        "<style>circle { fill: url('#gradient') } /* onload */</style>",
        '<image href="data:image/png;base64,AAAA"/>',
        "<style>@font-face { src: url(data:font/woff2;base64,AAAA) }</style>",
        '<text font-family="On the line">onclick=</text>',
        '<metadata xmlns:r="urn:r" r:resource="https://example.org/licence"/>',
        '<animate attributeName="fill" to="red"/>',
    ],
)
def test_svg_of_its_own_parts_is_fine(tmp_path: Path, inside: str) -> None:
    file = tmp_path / "picture.svg"
    file.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')
    assert read_svg(file).faults == []


@pytest.mark.parametrize(
    "inside",
    [
        "<script/>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg"/>',
        '<ScRiPt xmlns="http://www.w3.org/1999/xhtml"/>',
        '<g ONLOAD="a()"/>',
        "<foreignObject/>",
        '<iframe xmlns="http://www.w3.org/1999/xhtml"/>',
        '<a href="javascript:a()"><text>x</text></a>',
        '<a href=" java&#10;script:a()"><text>x</text></a>',
        f'<use {XLINK} xlink:href="other.svg#part"/>',
        '<image href="//example.org/x.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<image href="data:text/html,x"/>',
        '<path style="fill: URL( https://example.org/x )"/>',
        '<path fill="url(other.svg#gradient)"/>',
        "<style>@import 'x.css';</style>",
        "<style>@\\69mport 'x.css';</style>",
        "<style>a { background: image-set('https://example.org/x' 1x) }</style>",
        "<style>a { background: url(https://example.org/x</style>",
        '<set attributeName="href" to="javascript:a()"/>',
        f'<set {XLINK} attributeName="xlink:href" to="javascript:a()"/>',
        '<animate attributeName="onclick" to="a()"/>',
        '<g xml:base="https://example.org/"/>',
        "<?xml-stylesheet href='x.css'?>",
    ],
)
def test_svg_that_runs_or_loads_something_is_refused(tmp_path: Path, inside: str) -> None:
    file = tmp_path / "picture.svg"
    file.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{inside}\n</svg>')
    faults = read_svg(file).faults
    assert [fault.line for fault in faults][:1] == [2]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html/>",
        b"<svg/>",
        b'<svg xmlns="http://www.w3.org/2000/svg">',
        '<?xml version="1.0" encoding="UTF-16"?><svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
        b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://example.org/x">%x;]><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 100_000,
    ],
)
def test_file_that_is_no_plain_svg_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "picture.svg"
    file.write_bytes(content)
    assert read_svg(file).faults


NAMES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=12), min_size=1, max_size=3
).map("/".join)


@given(st.lists(NAMES, max_size=12))
def test_portable_names_are_portable_and_never_alike(names: list[str]) -> None:
    found = portable_names(names)
    assert set(found) == set(names)
    assert len({href.lower() for href in found.values()}) == len(found)
    for href in found.values():
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", href)
        assert ".." not in href


def test_portable_name_stays_and_depends_on_nothing_else() -> None:
    alone = portable_names(["files/Größe 1.PNG"])["files/Größe 1.PNG"]
    assert re.fullmatch(r"files/groe-1-[0-9a-f]{8}\.png", alone)
    both = portable_names(["files/plan.svg", "files/Größe 1.PNG", "files/PLAN.svg"])
    assert both["files/Größe 1.PNG"] == alone
    assert {both["files/plan.svg"], both["files/PLAN.svg"]} >= {"files/PLAN.svg"}


def media_of(session: Path, text: str) -> Mapping[str, Media]:
    file = session / "session.yaml"
    file.write_text(file.read_text().replace("![Two hands under a tap](files/plan.svg)", text))
    loaded = load([session])
    assert loaded.problems == []
    return loaded.courses[0].sessions[0].media


def test_media_are_found_by_the_name_that_the_markdown_parser_gives(tmp_path: Path) -> None:
    session = hygiene(tmp_path / "course")
    (session / "files/my photo é.png").write_bytes(png(320, 200))
    text = (
        "![a](<files/my photo é.png>) ![b](./files/photo.png) [c](files/talk.mp3#t=5) ![d][e]\n\n"
        "          [e]: files/plan.svg"
    )
    media = media_of(session, text)
    assert set(media) == {target.address for target in targets_in(text.replace("          ", ""))}
    photo = media["files/my%20photo%20%C3%A9.png"]
    assert (photo.width, photo.height, photo.size) == (320, 200, len(png(320, 200)))
    assert photo.file == session / "files/my photo é.png"
    assert re.fullmatch(r"files/my-photo-e-[0-9a-f]{8}\.png", photo.href)
    assert media["./files/photo.png"].href == "files/photo.png"
    assert media["files/plan.svg"].width == 40
    assert media["files/talk.mp3#t=5"].width is None


def test_links_to_the_web_to_mail_and_within_the_page_are_fine(tmp_path: Path) -> None:
    text = "[a](https://example.org) [b](mailto:a@example.org) <https://example.org> [c](#top) [d](tel:+4912)"
    assert media_of(hygiene(tmp_path / "course"), text) == {}


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("javascript:alert(1)", "CNT-090"),
        ("JaVaScRiPt:alert(1)", "CNT-090"),
        ("&#106;avascript:alert(1)", "CNT-090"),
        ("java&Tab;script:alert(1)", "CNT-080"),
        ("data:text/html,x", "CNT-090"),
        ("vbscript:x", "CNT-090"),
        ("file:///etc/passwd", "CNT-090"),
        ("//example.org", "CNT-090"),
        ("../other/page.html", "CNT-081"),
        ("files/notes.pdf", "CNT-083"),
        ("", "CNT-080"),
    ],
)
def test_other_links_are_refused(tmp_path: Path, address: str, rule: str) -> None:
    session = hygiene(tmp_path / "course")
    file = session / "session.yaml"
    file.write_text(file.read_text().replace("Look at this.", f"Look [here]({address})."))
    assert [problem.rule for problem in load([session]).problems] == [rule]


def test_code_is_neither_picture_nor_html() -> None:
    text = "`<b>` and `![](x.png)`\n\n    <script>\n\n```\n[x](javascript:a)\n```\n\n2 < 3 and a <- b"
    assert list(targets_in(text)) == []
    assert list(html_in(text)) == []
