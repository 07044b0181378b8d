"""What a standard must be able to do: number the answers, write the manifest, judge a package."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from pydantic import JsonValue

from scormkit.compiled import messages, pages, plain
from scormkit.compiled.course import MediaFile, Package, Unit
from scormkit.compiled.numbering import NumberedInteraction, numbered
from scormkit.manifest_xml import Element
from scormkit.model.interactions import Interaction
from scormkit.problem import Problem
from scormkit.targets import codebook, sheet


class PackageFile(NamedTuple):
    """A file of a package: its name in the zip, and its bytes or where they lie."""

    name: str
    content: bytes | Path


@dataclass(frozen=True, slots=True)
class Codes:
    """How a standard spells an interaction's responses, for reading them back."""

    options: tuple[str, ...]
    targets: tuple[str, ...]
    nothing: str
    """The response where everything was unticked again."""
    correct: tuple[str, ...]
    """The right answers."""


@dataclass(frozen=True)
class Target(ABC):
    """One standard in one edition."""

    name: str
    """As on the command line."""
    title: str
    """As people call it."""

    manifest_name: ClassVar[str]
    """The file that says what the package is; at the root of the zip."""
    several_units: ClassVar[bool]
    """Whether one package may hold several launchable pieces."""
    texts: ClassVar[Literal["marked", "plain"]] = "marked"
    """How long texts are spread over records: with the marks of ``runtime/text.ts``, or not at all."""
    driver: ClassVar[str]
    """The folder of the browser's driver."""
    digests: ClassVar[bool] = False
    """Whether a record may hold the digest of a text in its place."""
    promise: ClassVar[str] = "start.answers"
    """The message that tells a learner what becomes of the answers."""

    recipient: ClassVar[Literal["platform", "record-store", "nobody"]] = "platform"
    """Where answers go, for the page that tells learners so."""
    reads_preferences: ClassVar[bool] = False
    """Whether a launch reads the learner's language and sound preferences."""

    @property
    @abstractmethod
    def suspend_data_limit(self) -> int:
        """Characters of stored state that every platform of this standard takes."""

    @abstractmethod
    def record_size(self, interaction: Interaction) -> int:
        """Characters that one record of a textual interaction takes."""

    @abstractmethod
    def described(self, numbered: NumberedInteraction) -> dict[str, JsonValue]:
        """What the driver must know about an interaction in this standard's syntax: codes and patterns."""

    @abstractmethod
    def codes(self, interaction: Interaction) -> Codes:
        """How responses are spelled, for the codebook."""

    @abstractmethod
    def manifest(self, package: Package, files: Mapping[str, Collection[str]]) -> bytes:
        """The manifest. ``files``: the names of each unit's files, the launch page first."""

    @abstractmethod
    def control_documents(self) -> tuple[Path, ...]:
        """The official schema files that go to the root of the zip."""

    @abstractmethod
    def recognises(self, manifest: Element) -> bool:
        """Whether a manifest is of this standard and edition."""

    @abstractmethod
    def check(self, manifest: Element, names: Collection[str], file: str) -> Iterator[Problem]:
        """Breaches of the standard's schema and rules. ``names``: all files of the zip."""

    def activity_id(self, unit: Unit) -> str:  # noqa: ARG002 - for standards that have such ids
        """The id of a unit's activity as published; "" where the standard sends no statements."""
        return ""

    def activity_parts(self, unit: Unit) -> Mapping[str, str]:  # noqa: ARG002 - as above
        """Name of an interaction or a form → what stands after the unit's activity in its activity id."""
        return {}

    def next_steps(self) -> str:
        """Where to upload the zip, in a sentence for somebody who has never done it."""
        return "Upload the zip as a SCORM package (in Moodle: Add an activity, SCORM package)."

    def final_status(self, unit: Unit) -> str:  # noqa: ARG002 - for standards that Moodle's SCORM player takes
        """The status, as Moodle's settings name it, that this unit ends with; "" where Moodle takes no such package."""
        return ""

    def platform_notes(self) -> tuple[tuple[str, str], ...]:
        """What is known of platforms with this standard: name and a few sentences for a trainer."""
        return ()

    def packaged(self, package: Package, *, control_documents: bool = True) -> list[PackageFile]:
        """Every file of the zip but the archive itself."""
        files: list[PackageFile] = []
        names: dict[str, Collection[str]] = {}
        media: dict[str, MediaFile] = {}
        scripts: dict[str, str] = {}
        sheets: dict[str, bytes] = {}
        for one in (package, *package.translations):
            suffix = f".{one.language}" if one is not package else ""
            sheets[in_suffix(sheet.NAME, suffix)] = sheet.sheet(one, self)
            sheets[in_suffix(plain.NAME, suffix)] = plain.page(one)
        for unit in package.units:
            alike = [one for one in package.units if _shares_script(one, unit)]
            content = self.second_script(alike)
            # Named by what it holds: a browser that kept the script of an earlier version asks for the new one.
            script = f"activities-{hashlib.sha256(content.encode()).hexdigest()[:8]}.js"
            scripts[script] = content
            versions = unit.versions
            pages_ = [in_suffix(page_name(package, unit), one.suffix) for one in versions]
            stem = page_name(package, unit).removesuffix(".html")
            files += [
                PackageFile(page, self.page(one, script, stem).encode())
                for page, one in zip(pages_, versions, strict=True)
            ]
            shown = {file.href: file for one in versions for file in one.media}
            media |= shown
            names[unit.id] = (pages_[0], *pages_[1:], script, *sheets, *sorted(shown))
        files += [PackageFile(name, scripts[name].encode()) for name in sorted(scripts)]
        files += [PackageFile(name, content) for name, content in sheets.items()]
        files += [PackageFile(href, media[href].file) for href in sorted(media)]
        first = package.units[0].id
        names[first] = (*names[first], codebook.FILE_NAME)
        files.append(PackageFile(codebook.FILE_NAME, codebook.codebook_of(package, self).as_json()))
        files.append(PackageFile(self.manifest_name, self.manifest(package, names)))
        if control_documents:
            files += [PackageFile(path.name, path) for path in self.control_documents()]
        return files

    def records(self, unit: Unit) -> int:
        """How many records a learner's answers take in the LMS's list."""
        return sum(one.slots for one in self.numbered(unit))

    def numbered(self, unit: Unit) -> Iterator[NumberedInteraction]:
        """What this standard records of a unit, in order."""
        return numbered(unit, self.record_size, digests=self.digests)

    def page(self, unit: Unit, address: str, stem: str = "index") -> str:
        """The unit's page with the script that opens it.

        ``address``: where the second script lies; ``stem``: what its pages are called in all languages.
        """
        data = script_json(self.page_data(unit)).replace(pages.PAGE, stem)
        opening = pages.chunk("first-script")
        if unit.languages:
            opening += pages.chunk("first-languages")
        script = f"var scormkitPage={{unit:{data},driver:null}};{opening}scormkitOpen({script_json(address)})"
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        # This script and what it loads, nothing else. Browsers that do not know strict-dynamic take the rest of the
        # line, where an LMS may serve the package from any place, or from a disk.
        sources = f"'sha256-{digest}' 'strict-dynamic' 'self' https: http: file:"
        policy = f"script-src {sources}; object-src 'none'; base-uri 'none'"
        key = self.promise
        if key == Target.promise and any(block.activity.promise != "submitted" for block in unit.blocks):
            key = "start.answers-mixed"
        promise = html.escape(messages.translated(messages.catalogue(unit.language, ()), key, {}))
        page = unit.page.replace(pages.PAGE, stem) if unit.languages else unit.page
        return page.replace(pages.POLICY, policy).replace(pages.PROMISE, promise).replace(pages.SCRIPT, script)

    def second_script(self, units: Sequence[Unit]) -> str:
        """The run and the activities of all ``units``, with their words where these are in one language.

        Where a unit has several, its pages share the script and hold the words themselves.
        """
        kinds = tuple(sorted({kind for unit in units for kind in unit.kinds}))
        return _second_script(self.driver, "" if units[0].languages else units[0].language, kinds)

    def page_data(self, unit: Unit) -> dict[str, JsonValue]:
        """The unit as ``runtime/unit.ts`` describes it."""
        data: dict[str, JsonValue] = {
            "id": unit.journal_id,
            "language": unit.language,
            "steps": [
                {
                    "id": step.id,
                    "activities": [block.key for block in step.blocks if block.key in unit.activities],
                }
                for step in unit.steps
            ],
            "activities": unit.activities,
            "interactions": [
                {
                    "key": one.name,
                    "index": one.index,
                    "slots": one.slots,
                    "id": one.id,
                    "type": one.interaction.type,
                    **self.described(one),
                }
                for one in self.numbered(unit)
            ],
            "completion": {
                "phases": list(unit.completion.phases),
                "activities": list(unit.completion.activities),
                "forms": list(unit.completion.forms),
                "quiz": unit.completion.quiz,
            },
            "masteryScore": unit.mastery_score,
            "onFail": unit.on_fail,
            "followUps": list(unit.follow_ups),
            "suspendDataLimit": unit.suspend_data_limit or self.suspend_data_limit,
            "shedOrder": list(unit.shed_order),
            "messages": self._words(unit),
        }
        if unit.languages:
            data["pages"] = {one.language: f"{pages.PAGE}{one.suffix}.html" for one in unit.versions}
        return data

    def _words(self, unit: Unit) -> dict[str, JsonValue]:
        """What the page itself must be able to say."""
        scripts = ["first-script", *(_chunks(self.driver, unit.kinds, several=True) if unit.languages else ())]
        return _words(unit.language, unit.kinds if unit.languages else (), tuple(scripts))


def in_suffix(name: str, suffix: str) -> str:
    """The name of a page in another language: ``index.html`` and ``.de`` make ``index.de.html``."""
    return f"{name.removesuffix('.html')}{suffix}.html"


def _shares_script(one: Unit, other: Unit) -> bool:
    if one.languages and other.languages:
        return True
    return not one.languages and not other.languages and one.language == other.language


def page_name(package: Package, unit: Unit) -> str:
    """The launch page of a unit. Beside others ``index.html`` is kept for the page that leads to each of them."""
    if len(package.units) == 1:
        return "index.html"
    return "index_.html" if unit.id == "index" else f"{unit.id}.html"


def _chunks(driver: str, kinds: tuple[str, ...], *, several: bool) -> list[str]:
    own = [f"activities/{kind.replace('-', '_')}" for kind in kinds]
    return ["runtime", *(["languages"] if several else []), f"targets/{driver}", *own]


@cache
def _second_script(driver: str, language: str, kinds: tuple[str, ...]) -> str:
    """``language``: that of the words; "" where the pages have them.

    The run begins in a task of its own, so that a slow machine can answer a press in between.
    """
    scripts = [pages.chunk(name) for name in _chunks(driver, kinds, several=not language)]
    words = script_json(dict(messages.needed(messages.catalogue(language, kinds), scripts))) if language else ""
    first = [f"Object.assign(scormkitPage.unit.messages,{words});"] if language else []
    return "\n".join([*first, *scripts, "setTimeout(scormkit.start);"])


@cache
def _words(language: str, kinds: tuple[str, ...], chunks: tuple[str, ...]) -> dict[str, JsonValue]:
    """What these scripts can say."""
    return dict(messages.needed(messages.catalogue(language, kinds), [pages.chunk(name) for name in chunks]))


def script_json(data: JsonValue) -> str:
    """JSON that may stand in a script of a page: nothing in it can end the script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def decimal(value: float) -> str:
    """A number with at most seven decimals, no exponent, and a dot whatever the language, as ``runtime`` sends it."""
    text = f"{value:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def plain_title(title: str) -> str:
    """A title for a manifest: at most 200 characters, and never the text 0, which Moodle drops."""
    text = title[:200]
    return f"{text}." if text == "0" else text
