"""The floor: the smallest honest program that turns a course of benchmark items into SCORM 1.2 packages.

A yardstick, no product. Usage: python floor.py COURSE OUT
"""

from __future__ import annotations

import struct
import sys
from html import escape
from pathlib import Path
from typing import Annotated, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

HERE = Path(__file__).parent
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,47}$")]
Kind = Literal["text", "brainstorm", "multiple-choice", "sort", "open-text", "checklist", "form"]
NEEDS = {
    "text": ("text",),
    "brainstorm": ("prompt", "compare_with"),
    "multiple-choice": ("question", "options", "correct"),
    "sort": ("prompt", "groups", "items"),
    "open-text": ("prompt", "model_answer"),
    "checklist": ("prompt", "items"),
    "form": ("form",),
}
"""What each kind of block cannot do without."""


class Strict(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class Picture(Strict):
    """A picture always has a text in its place."""

    file: Annotated[str, Field(pattern=r"^files/[a-z0-9-]+\.png$")]
    alt: Annotated[str, Field(min_length=1)]
    caption: str = ""


class Entry(Strict):
    """An option, something to sort or something to tick."""

    id: Id
    text: str
    feedback: str = ""
    groups: list[Id] = []


class Group(Strict):
    """A heading with its entries, or a group to sort into."""

    id: Id
    title: str
    items: list[Entry] = []


class Block(Strict):
    """A text or an activity."""

    activity: Kind = "text"
    id: Id = "text"
    title: str = ""
    text: str = ""
    image: Picture | None = None
    prompt: str = ""
    question: str = ""
    hint: str = ""
    options: list[Entry] = []
    correct: Id | list[Id] = []
    explanation: str = ""
    groups: list[Group] = []
    items: list[Entry] = []
    scored: bool = False
    at_least: int = 1
    suggested: int = 1
    at_most: int = 12
    max_chars: Annotated[int, Field(gt=0)] = 400
    compare_with: str = ""
    after: str = ""
    model_answer: str = ""
    form: str = ""

    @model_validator(mode="after")
    def complete(self) -> Block:
        """Whatever its kind needs is there, and right answers exist."""
        if missing := [key for key in NEEDS[self.activity] if not getattr(self, key)]:
            raise ValueError(f"{self.id} needs {', '.join(missing)}")
        right = {self.correct} if isinstance(self.correct, str) else set(self.correct)
        groups = {group for entry in self.items for group in entry.groups}
        if right - {option.id for option in self.options} or groups - {group.id for group in self.groups}:
            raise ValueError(f"a right answer of {self.id} does not exist")
        return self


class FormField(Strict):
    """A long text to write."""

    id: Id
    type: Literal["long-text"]
    label: str
    required: bool = False
    max_chars: Annotated[int, Field(gt=0)] = 400


class Form(Strict):
    """Several texts to write."""

    id: Id
    title: str
    purpose: str
    intro: str = ""
    fields: list[FormField]


class Resource(Strict):
    """Lists that an activity compares with."""

    id: Id
    title: str
    role: list[str]
    groups: list[Group]


class Phase(Strict):
    """A timed part of the session."""

    id: Id
    kind: str
    title: str
    duration: str
    setting: str
    facilitator: str
    blocks: list[Block]


class Session(Strict):
    """One session, one package."""

    id: Id
    title: str
    language: str
    aim: str
    overview: str
    length: str
    resources: list[Resource]
    forms: list[Form]
    phases: list[Phase]
    completion: dict[str, str | list[str]]


MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M-{id}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>{title}</title>
<item identifier="I-{id}" identifierref="R"><title>{title}</title></item></organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="index.html">
{files}</resource></resources>
</manifest>
"""


def build(folder: Path, out: Path, pages: Environment) -> None:
    """Write the package of the session in ``folder`` into ``out``."""
    source = yaml.load((folder / "session.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    session = Session.model_validate(source)
    pictures = [block.image.file for phase in session.phases for block in phase.blocks if block.image]
    contents = {name: (folder / name).read_bytes() for name in sorted(pictures)}
    sizes = {name: struct.unpack(">II", data[16:24]) for name, data in contents.items()}
    page = pages.get_template("page.html.j2").render(
        session=session,
        sizes=sizes,
        forms={form.id: form for form in session.forms},
        resources={resource.id: resource for resource in session.resources},
        runtime=Markup((HERE / "runtime.js").read_text("utf-8")),  # noqa: S704 - our own file
    )
    names = "".join(f'<file href="{name}"/>' for name in ("index.html", *contents))
    manifest = MANIFEST.format(id=session.id, title=escape(session.title), files=names)
    files = {"imsmanifest.xml": manifest.encode(), "index.html": page.encode(), **contents}
    with ZipFile(out / f"{session.id}.zip", "w") as package:
        for name, data in files.items():
            entry = ZipInfo(name)  # dated 1980, whatever the clock says
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data, ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED, 6)


def main(course: Path, out: Path) -> None:
    """Build every session of ``course``."""
    markdown = MarkdownIt("commonmark", {"html": False})
    pages = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    pages.trim_blocks = True
    pages.filters["md"] = lambda text: Markup(markdown.render(text)) if text else ""  # noqa: S704 - no raw HTML
    out.mkdir(parents=True, exist_ok=True)
    listed = yaml.load((course / "course.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    for name in listed["sessions"]:
        build(course / name, out, pages)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except (ValidationError, yaml.YAMLError, OSError) as problem:
        sys.exit(str(problem))
