"""Reads an SVG for what it would run or load, and for its size. Nothing is expanded and nothing fetched."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 5_000_000
"""Bytes; an SVG beyond that belongs into a picture of pixels."""

_SVG = "http://www.w3.org/2000/svg"
_HTML = "http://www.w3.org/1999/xhtml"
_FORBIDDEN = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "source"}
)
_MOST_FAULTS = 10
_DEEPEST = 200
_HARMLESS_DATA = re.compile(
    r"data:(?:image/(?:png|jpeg|gif|webp|avif)|font/[\w+.-]+|application/(?:x-)?font-[\w-]+)[;,]"
)
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.DOTALL)
_CSS_LOADS = re.compile(r"@import|image-set\s*\(|(?<![\w-])src\s*\(|expression\s*\(|javascript:")
_CSS_CODE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.DOTALL)
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)(?:px)?\s*\Z")
_XML_CODE = re.compile(rb"\s*<\?xml[^>]*\bencoding\s*=\s*['\"]([^'\"]*)['\"]")


@dataclass(frozen=True, slots=True)
class SvgFault:
    """Something that an SVG must not have. Line and column count from 1; 0 means the whole file."""

    line: int
    column: int
    message: str
    hint: str


@dataclass(slots=True)
class SvgReport:
    """What an SVG is like."""

    size: tuple[int, int] | None = None
    faults: list[SvgFault] = field(default_factory=list)


def read_svg(file: Path) -> SvgReport:
    """Check one file of at most :data:`LARGEST` bytes. Raises ``OSError``."""
    with file.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    report = SvgReport()
    if len(content) > LARGEST:
        report.faults.append(SvgFault(0, 0, "this SVG has more than 5 MB", "Save it as a PNG or WebP"))
        return report
    code = _XML_CODE.match(content.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in content or (code and code[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        report.faults.append(SvgFault(1, 1, "this SVG is not UTF-8", "Save it as UTF-8"))
        return report
    reader = _Reader(report)
    try:
        reader.parser.Parse(content, True)
    except _Enough:
        pass
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        report.faults.append(
            SvgFault(error.lineno, error.offset + 1, f"this is not valid XML ({reason})", "Export the picture again")
        )
    return report


class _Enough(Exception):  # noqa: N818 - no error: what is known suffices
    """Nothing more needs to be read."""


class _Reader:
    """Follows the parser's events."""

    def __init__(self, report: SvgReport) -> None:
        self._report = report
        self._depth = 0
        self._style: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction

    def _fault(self, message: str, hint: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self._report.faults.append(SvgFault(line, column, message, hint))
        if len(self._report.faults) >= _MOST_FAULTS:
            raise _Enough

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        space, _, name = qualified.rpartition(" ")
        self._depth += 1
        if self._depth == 1:
            if space != _SVG or name != "svg":
                self._fault("the outermost element is not an svg of the SVG namespace", "Export the picture again")
                raise _Enough
            self._report.size = _size(attributes)
        if self._depth > _DEEPEST:
            self._fault(f"this SVG is more than {_DEEPEST} levels deep", "Simplify it")
            raise _Enough
        if space == _HTML or name.lower() in _FORBIDDEN:
            self._fault(f"the element <{name[:40]}> is not allowed in a picture", "Delete it")
        if name.lower() == "style":
            self._style = []
        self._attributes(name, attributes)

    def _attributes(self, element: str, attributes: dict[str, str]) -> None:
        for qualified, value in attributes.items():
            name = qualified.rpartition(" ")[2].lower()
            if name.startswith("on"):
                self._fault(f"the attribute {name[:40]} of <{element[:40]}> would run a script", "Delete it")
            elif name in ("href", "src") and not _stays_inside(value):
                self._fault(
                    f"<{element[:40]}> refers to {_short(value)}, outside the picture",
                    "Put it into the picture, or delete it",
                )
            elif name == "attributename" and value.rpartition(":")[2].lower().startswith(("on", "href")):
                self._fault(f"<{element[:40]}> would change {value[:40]}", "Delete it")
            elif name == "base":
                self._fault(f"the attribute base of <{element[:40]}> leads outside the picture", "Delete it")
            elif name not in ("d", "points"):
                self._css(value, element)

    def _css(self, text: str, element: str) -> None:
        plain = text.lower()
        if "\\" in plain:
            plain = _CSS_CODE.sub(_decoded, plain)
        loads = _CSS_LOADS.search(plain) is not None
        for match in _URL.finditer(plain) if "url" in plain else ():
            loads = loads or not _stays_inside(match[2])
        if loads or len(_URL.findall(plain)) != plain.count("url("):
            self._fault(f"a style in <{element[:40]}> loads something from outside the picture", "Delete it")

    def _end(self, qualified: str) -> None:
        self._depth -= 1
        if self._style is not None and qualified.rpartition(" ")[2].lower() == "style":
            style, self._style = "".join(self._style), None
            self._css(style, "style")

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _entity(self, name: str, *_: object) -> None:
        self._fault(f"the picture declares the entity {name[:40]}", "Delete it, or export the picture again")
        raise _Enough

    def _instruction(self, target: str, _: str) -> None:
        if target.lower() != "xpacket":
            self._fault(f"the instruction <?{target[:40]}?> is not allowed in a picture", "Delete it")


def _decoded(match: re.Match[str]) -> str:
    if match[1]:
        number = int(match[1], 16)
        return chr(number).lower() if 0 < number < 0x110000 else " "
    return match[2]


def _stays_inside(address: str) -> bool:
    """Whether an address names a part of the same picture, or holds the picture or font itself."""
    plain = "".join(address.split()).lower()
    return not plain or plain.startswith("#") or _HARMLESS_DATA.match(plain) is not None


def _short(address: str) -> str:
    shown = "".join(char if char.isprintable() else "?" for char in address[:40])
    return f"'{shown}{'…' if len(address) > 40 else ''}'"


def _size(attributes: dict[str, str]) -> tuple[int, int] | None:
    """Width and height as said; of the view box otherwise."""
    width, height = (_LENGTH.match(attributes.get(name, "")) for name in ("width", "height"))
    if width and height:
        found = float(width[1]), float(height[1])
    else:
        try:
            box = [float(part) for part in attributes.get("viewBox", "").replace(",", " ").split()]
        except ValueError:
            return None
        if len(box) != 4 or not all(math.isfinite(part) and part < 1_000_000 for part in box):
            return None
        found = box[2], box[3]
    rounded = round(found[0]), round(found[1])
    return rounded if min(rounded) > 0 else None
