"""``scormkit new``: a small complete course to begin with."""

from __future__ import annotations

import json
from pathlib import Path

import click

from scormkit.identifier import suggested

_STARTER = Path(__file__).resolve().parent / "starter"
"""The course that is copied. It is a valid course itself, and its own words are what an author reads first."""

_ID, _TITLE = "id: my-course\n", "title: My course\n"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="The course's title; made from the folder's name where nothing is said.")
def new(folder: Path, title: str | None) -> None:
    """Make a small course in FOLDER, which may not hold anything yet.

    It has one session of four phases, with a picture, a question and a form, and builds at once.
    """
    name = folder.resolve().name
    words = " ".join((name.replace("-", " ").replace("_", " ").capitalize() if title is None else title).split())
    if not words or len(words) > 250:
        raise click.BadParameter("a title has 1 to 250 characters.", param_hint="--title")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} is there already and not empty. Name another folder.")
    for source in sorted(path for path in _STARTER.rglob("*") if path.is_file()):
        target = folder / source.relative_to(_STARTER)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = source.read_text(encoding="utf-8")
        if source.name == "course.yaml":
            content = content.replace(_ID, f"id: {suggested(name)}\n", 1)
            content = content.replace(_TITLE, f"title: {json.dumps(words, ensure_ascii=False)}\n", 1)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    click.echo(f"{folder} holds a small course. Change its words, then:")
    click.echo(f"  scormkit check {folder}")
    click.echo(f"  scormkit build {folder}")
