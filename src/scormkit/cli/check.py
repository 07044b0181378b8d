"""``scormkit check``: every problem of every file in one run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scormkit.content.loader import Loaded
    from scormkit.problem import Problem


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed.",
)
def check(paths: tuple[Path, ...], form: str) -> None:
    """Report every problem of the courses and sessions below PATH, or of a package (a zip), whoever made it.

    Each line says file:line:column, the rule, what is wrong and what to do. The exit code is 1 where there are
    errors; warnings alone leave it 0.
    """
    from scormkit.content.loader import Loaded, load  # noqa: PLC0415 - imported when the command runs
    from scormkit.problem import errors  # noqa: PLC0415

    packages = [path for path in paths if path.suffix.lower() == ".zip"]
    sources = [path for path in paths if path not in packages]
    loaded = load(sources, _target_names) if sources else Loaded((), [])
    loaded = loaded._replace(
        problems=sorted([*loaded.problems, *_of_packages(packages)]),
        files=loaded.files + len(packages),
    )
    failed = len(errors(loaded.problems))
    if form == "json":
        click.echo(json.dumps(_report(loaded, failed), indent=2))
    else:
        click.echo("".join(f"{_line(problem)}\n" for problem in loaded.problems), nl=False)
    click.echo(_summary(loaded, failed), err=True)
    sys.exit(1 if failed else 0)


def _of_packages(paths: list[Path]) -> list[Problem]:
    if not paths:
        return []
    from scormkit.check import checked  # noqa: PLC0415 - brings the XML library along

    return [problem for path in paths for problem in checked(path)]


def _target_names() -> set[str]:
    """Asked for only where a course names targets: their modules bring the whole compiler along."""
    from scormkit.targets import other_targets, targets  # noqa: PLC0415

    return {*targets(), *other_targets()}


def _line(problem: Problem) -> str:
    """One line, whatever a file's name holds."""
    return "".join(char if char.isprintable() else "?" for char in str(problem))


def _report(loaded: Loaded, failed: int) -> dict[str, object]:
    return {
        "files": loaded.files,
        "errors": failed,
        "warnings": len(loaded.problems) - failed,
        "problems": [problem.as_dict() for problem in loaded.problems],
    }


def _summary(loaded: Loaded, failed: int) -> str:
    checked = f"{_count(loaded.files, 'file')} checked"
    if not loaded.problems:
        return f"{checked}, no problems."
    warnings = len(loaded.problems) - failed
    found = [_count(number, word) for number, word in ((failed, "error"), (warnings, "warning")) if number]
    return f"{checked}: {', '.join(found)}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
