"""Judging any package, whoever made it: the zip, then the standard's schema and rules."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Generator, Iterator
from pathlib import Path

from scormkit.check import rules
from scormkit.manifest_xml import Element, parsed
from scormkit.problem import Problem
from scormkit.targets import other_targets, targets
from scormkit.targets.target import Target

MOST_ENTRIES = 20_000
MOST_BYTES = 4 * 1024**3
MOST_MANIFEST = 10_000_000


def checked(
    path: Path, content: bytes | None = None, *, name: str | None = None, made_for: Target | None = None
) -> list[Problem]:
    """All problems of a zip. ``content`` is its bytes where they are at hand; ``name`` how messages call it.

    ``made_for``: the only standard that it may be of, where that is known; the others are then not looked for.
    """
    label = name or str(path)
    try:
        source = io.BytesIO(content) if content is not None else path
        with zipfile.ZipFile(source) as archive:
            known = [made_for] if made_for else [*targets().values(), *other_targets().values()]
            return sorted(set(_problems(archive, label, known)))
    except FileNotFoundError:
        return [rules.READABLE.problem("there is no such file", file=label)]
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as error:
        return [rules.READABLE.problem(f"this is no zip that can be read: {error}", file=label)]


def _problems(archive: zipfile.ZipFile, label: str, known: Collection[Target]) -> Iterator[Problem]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        yield rules.SIZE.problem(f"the zip has {len(entries)} entries; at most {MOST_ENTRIES} are read", file=label)
        return
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        yield rules.SIZE.problem(f"unpacked the zip has {total} bytes; at most {MOST_BYTES} are read", file=label)
        return
    yield from rules.entries(entries, label)
    names = [entry.filename for entry in entries if not entry.is_dir()]
    manifest, name = yield from _manifest(archive, names, label, _manifest_names(known))
    if manifest is None:
        return
    place = f"{label}!{name}"
    target = next((one for one in known if one.manifest_name == name and one.recognises(manifest)), None)
    if target is None:
        version = manifest.findtext("{*}metadata/{*}schemaversion")
        yield rules.STANDARD.problem(
            f"schemaversion is {version!r}, which names no standard that is known here",
            "Platforms take such a package for SCORM 1.2 or refuse it.",
            file=place,
            line=manifest.sourceline or 0,
            column=1,
        )
        return
    yield from target.check(manifest, names, place)


def _manifest(
    archive: zipfile.ZipFile, names: list[str], label: str, known: list[str]
) -> Generator[Problem, None, tuple[Element | None, str]]:
    at_root = [name for name in known if name in names]
    if not at_root:
        nested = next((name for name in names if name.rpartition("/")[2].lower() in known), None)
        first = nested.rpartition("/")[2] if nested else known[0]
        message = f"{first} is not at the root of the zip" + (f" but at {nested}" if nested else "")
        hint = (
            "Zip the files, not the folder that holds them." if nested else f"A package has one of {', '.join(known)}."
        )
        yield rules.ROOT.problem(message, hint, file=label)
        return None, first
    manifest = at_root[0]
    for other in at_root[1:]:
        yield rules.ONE_STANDARD.problem(
            f"the zip holds {manifest} and {other}",
            "Platforms differ in which one they read: make one package a standard.",
            file=label,
        )
    if archive.getinfo(manifest).file_size > MOST_MANIFEST:
        yield rules.SIZE.problem(f"{manifest} has more than {MOST_MANIFEST} bytes", file=label)
        return None, manifest
    try:
        with archive.open(manifest) as file:
            return parsed(file.read(MOST_MANIFEST)), manifest
    except (ValueError, zipfile.BadZipFile, RuntimeError, EOFError) as error:
        yield rules.XML.problem(f"the manifest cannot be read: {error}", file=f"{label}!{manifest}")
        return None, manifest


def _manifest_names(known: Collection[Target]) -> list[str]:
    """What the manifests of these standards are called, SCORM's first."""
    return sorted({target.manifest_name: None for target in known}, key=lambda name: name != "imsmanifest.xml")
