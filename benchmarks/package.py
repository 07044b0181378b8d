"""What a finished package weighs, part by part."""

from __future__ import annotations

import re
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

PARTS = ("html", "data", "css", "js", "manifest", "other", "control documents", "pictures")
CONTROL = "control documents"
KINDS = {".html": "html", ".css": "css", ".js": "js", ".json": "data", ".xsd": CONTROL, ".dtd": CONTROL}
EMBEDDED = re.compile(rb"<(style|script)\b([^>]*)>(.+?)</\1>", re.DOTALL | re.IGNORECASE)


class Package:
    """One zip; ``pictures`` are the contents of the item's own ones, whatever they are called in the zip."""

    def __init__(self, path: Path, pictures: Collection[bytes]) -> None:
        self.path = path
        self.pictures = {(len(picture), zlib.crc32(picture)) for picture in pictures}

    def part(self, entry: ZipInfo) -> str:
        """Which of ``PARTS`` a file belongs to; a picture that is not the item's is "other"."""
        if entry.filename == "imsmanifest.xml":
            return "manifest"
        if (entry.file_size, entry.CRC) in self.pictures:
            return "pictures"
        return KINDS.get(PurePosixPath(entry.filename).suffix.lower(), "other")

    def weights(self) -> dict[str, int]:
        """Bytes in the zip by part, each file with its two headers; they add up to the size of the zip.

        Styles, scripts and data inside a page count as such, by what each takes zipped by itself.
        """
        weights = dict.fromkeys(PARTS, 0)
        with ZipFile(self.path) as package:
            for entry in package.infolist():
                part = self.part(entry)
                weights[part] += entry.compress_size + 30 + 46 + 2 * len(entry.filename) + len(entry.extra)
                if part == "html":
                    for inner, text in embedded(package.read(entry)).items():
                        size = len(zlib.compress(text, 6)) - 6
                        weights[inner] += size
                        weights["html"] -= size
        weights["other"] += self.path.stat().st_size - sum(weights.values())
        return weights

    def beyond(self, text: int) -> int:
        """Bytes beyond the item, whose text takes ``text``: neither its pictures nor control documents."""
        return sum(size for part, size in self.weights().items() if part not in PARTS[-2:]) - text

    def unpacked(self) -> dict[str, int]:
        """Bytes by part once unpacked, as a server sends them that does not compress."""
        sizes = dict.fromkeys(PARTS, 0)
        with ZipFile(self.path) as package:
            for entry in package.infolist():
                part = self.part(entry)
                sizes[part] += entry.file_size
                for inner, text in embedded(package.read(entry)).items() if part == "html" else ():
                    sizes[inner] += len(text)
                    sizes["html"] -= len(text)
        return sizes

    def own_files(self) -> list[str]:
        """The names of all files but control documents and the item's pictures."""
        with ZipFile(self.path) as package:
            return [entry.filename for entry in package.infolist() if self.part(entry) not in PARTS[-2:]]

    def launch_page(self) -> str:
        """The page that an LMS opens: the address of the first resource that has one."""
        with ZipFile(self.path) as package:
            manifest = package.read("imsmanifest.xml").decode("utf-8")
        found = re.search(r'<resource\b[^>]*?\bhref="([^"]+)', manifest)
        if not found:
            raise ValueError(f"{self.path.name}: its manifest names no page to open")
        return found[1]


def embedded(page: bytes) -> dict[str, bytes]:
    """The styles, scripts and data inside a page, by part."""
    texts: dict[str, bytes] = {}
    for tag, attributes, text in EMBEDDED.findall(page):
        script = "data" if b"json" in attributes else "js"
        part = "css" if tag.lower() == b"style" else script
        texts[part] = texts.get(part, b"") + text
    return texts
