"""``scormkit responses``: what learners wrote, as a report."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from scormkit.problem import Problem
    from scormkit.responses.report import Report


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", type=click.Path(path_type=Path))
@click.option(
    "--codebook",
    "codebooks",
    multiple=True,
    required=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the answers mean: NAME-TARGET.codebook.json or the package; several times for several.",
)
@click.option(
    "--moodle",
    "addresses",
    multiple=True,
    metavar="URL",
    help="Read from a Moodle site: the address of the activity or the course, as in your browser. "
    "The token comes from the environment variable SCORMKIT_MOODLE_TOKEN.",
)
@click.option(
    "--lrs",
    "endpoints",
    multiple=True,
    metavar="URL",
    help="Read from a learning record store: its endpoint. The key comes from the environment variables "
    "SCORMKIT_LRS_USER and SCORMKIT_LRS_PASSWORD, or SCORMKIT_LRS_AUTH.",
)
@click.option(
    "--activity",
    "activities",
    multiple=True,
    metavar="IRI",
    help="For --lrs: the session's id, where the platform uses another one than the package.",
)
@click.option("--registration", "registrations", multiple=True, metavar="UUID", help="For --lrs: only these.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The report: .html for reading, .xlsx, .csv or .json.",
)
@click.option(
    "--wall", type=click.Path(dir_okay=False, path_type=Path), help="A page of anonymous answers for a group."
)
@click.option(
    "--question",
    "questions",
    multiple=True,
    metavar="ID",
    help="For --wall: the id of a question to show; several times for several. "
    "All but plans and reports where nothing is said.",
)
@click.option("--anonymous", is_flag=True, help="Leave names, addresses and file names out.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that due and overdue are counted from; today where nothing is said.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the summary is printed."
)
def responses(
    sources: tuple[Path, ...],
    codebooks: tuple[Path, ...],
    addresses: tuple[str, ...],
    endpoints: tuple[str, ...],
    activities: tuple[str, ...],
    registrations: tuple[str, ...],
    out: Path | None,
    wall: Path | None,
    questions: tuple[str, ...],
    anonymous: bool,
    today: datetime | None,
    form: str,
) -> None:
    """Read what learners answered and write a report.

    SOURCE is what a platform exported: Moodle's interactions report (text), track details (HTML), a backup (.mbz), or
    CMI data as JSON; Excel and OpenDocument are read too, with what Moodle damages there marked. The kind of a file is
    told by its content. The exit code is 1 where something could not be read.
    """
    from scormkit.problem import ProblemsFound  # noqa: PLC0415 - imported when the command runs
    from scormkit.responses.codebooks import codebooks_in  # noqa: PLC0415
    from scormkit.responses.moodle_service import TOKEN, MoodleService, place_of  # noqa: PLC0415
    from scormkit.responses.reading import Service, read  # noqa: PLC0415
    from scormkit.responses.record import Notes  # noqa: PLC0415
    from scormkit.responses.record_store import RecordStore, endpoint_of  # noqa: PLC0415
    from scormkit.responses.report import Report  # noqa: PLC0415

    if not sources and not addresses and not endpoints:
        raise click.UsageError("Give a file that the platform exported, or --moodle or --lrs with an address.")
    if (activities or registrations) and not endpoints:
        raise click.UsageError("--activity and --registration are for --lrs.")
    if out and out.suffix.lower() not in _WRITERS:
        raise click.BadParameter(f"{out.name} must end in {', '.join(_WRITERS)}.", param_hint="--out")
    if questions and not wall:
        raise click.UsageError("--question is for --wall.")
    token = os.environ.get(TOKEN, "")
    if addresses and not token:
        raise click.UsageError(f"Put the token into the environment variable {TOKEN}, never on the command line.")
    authorization = _authorization() if endpoints else ""
    notes = Notes()
    try:
        known = codebooks_in(codebooks)
        if unknown := [one for one in questions if one not in {asked.question.id for asked in known.questions}]:
            raise click.BadParameter(f"{', '.join(unknown)} is no question of the codebook.", param_hint="--question")
        services: list[Service] = [MoodleService(place_of(address), token, notes) for address in addresses]
        services += [
            RecordStore(endpoint_of(address), authorization, activities, registrations) for address in endpoints
        ]
        with _progress(sources) as tick, read(sources, services, known, notes, tick) as collection:
            names = (*(path.name for path in sources), *(service.name for service in services))
            report = Report(
                collection,
                today=today.date() if today else date.today(),  # noqa: DTZ011 - the trainer's own day
                anonymous=anonymous,
                sources=names,
                problems=tuple(sorted(notes.problems)),
            )
            if out:
                _write(report, out)
                if out.suffix.lower() == ".html" and report.numbers.attempts > _MANY:
                    notes(_too_long(out, report.numbers.attempts))
            if wall:
                _write_wall(report, wall, questions)
            _print(report, notes.problems, form, [path for path in (out, wall) if path])
    except ProblemsFound as found:
        _print_problems(sorted({*found.problems, *notes.problems}), form)
        sys.exit(1)


def _authorization() -> str:
    from scormkit.responses.record_store import AUTH, PASSWORD, USER, credentials  # noqa: PLC0415

    try:
        found = credentials(os.environ)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if not found:
        raise click.UsageError(
            f"Put the store's key into the environment variables {USER} and {PASSWORD}, or {AUTH}, "
            "never on the command line."
        )
    return found


_MANY = 3000
"""Attempts from which a browser takes seconds to open and to search a page."""


def _too_long(out: Path, attempts: int) -> Problem:
    from scormkit.responses import rules  # noqa: PLC0415

    return rules.LARGE.problem(
        f"the page holds {attempts:,} attempts; browsers will be slow with it",
        "Write .xlsx or .csv, or read one group at a time.",
        file=str(out),
    )


def _write(report: Report, out: Path) -> None:
    from scormkit.archive import whole  # noqa: PLC0415

    with whole(out) as temporary:
        _WRITERS[out.suffix.lower()](report, temporary)


def _html(report: Report, path: Path) -> None:
    from scormkit.responses.page import write_page  # noqa: PLC0415

    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_page(report, file)


def _xlsx(report: Report, path: Path) -> None:
    from scormkit.responses.workbook import write_workbook  # noqa: PLC0415

    write_workbook(report, path)


def _csv(report: Report, path: Path) -> None:
    from scormkit.responses.tabular import write_csv  # noqa: PLC0415

    # With a byte order mark, by which Excel knows the encoding.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(report, file)


def _json(report: Report, path: Path) -> None:
    from scormkit.responses.data import write_json  # noqa: PLC0415

    with path.open("w", encoding="utf-8", newline="\n") as file:
        write_json(report, file)


_WRITERS: dict[str, Callable[[Report, Path], None]] = {".html": _html, ".xlsx": _xlsx, ".csv": _csv, ".json": _json}


def _write_wall(report: Report, path: Path, questions: tuple[str, ...]) -> None:
    from scormkit.archive import whole  # noqa: PLC0415
    from scormkit.responses.page import write_wall  # noqa: PLC0415

    with whole(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        write_wall(report, file, questions)


@contextmanager
def _progress(sources: Iterable[Path]) -> Iterator[Callable[[int], None]]:
    """A bar for a person at a terminal. How much of a file is read is estimated from what was found in it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    size = sum(path.stat().st_size for path in sources if path.is_file())
    with click.progressbar(length=max(size, 1), label="Reading", file=sys.stderr, update_min_steps=size // 200) as bar:
        yield lambda length: bar.update(min(length, size - bar.pos - 1)) if bar.pos + 1 < size else None
        bar.update(max(size, 1) - bar.pos)


def _print(report: Report, problems: list[Problem], form: str, written: list[Path]) -> None:
    from scormkit.responses.data import summary  # noqa: PLC0415

    if form == "json":
        click.echo(json.dumps({**summary(report), "written": [str(path) for path in written]}, indent=2))
        return
    for problem in sorted(problems):
        click.echo(_line(problem), err=True)
    numbers = report.numbers
    click.echo(
        f"{report.title}: {_count(numbers.learners, 'learner')}, {numbers.started} started, "
        f"{_count(numbers.attempts, 'attempt')}, {_count(numbers.answers, 'answer')}."
    )
    plans = [f"{count} {state}" for state, count in numbers.plans.items() if count]
    if plans:
        click.echo(f"Plans: {', '.join(plans)}.")
    for path in written:
        click.echo(path)


def _print_problems(problems: list[Problem], form: str) -> None:
    if form == "json":
        click.echo(json.dumps({"problems": [one.as_dict() for one in problems]}, indent=2))
        return
    for problem in problems:
        click.echo(_line(problem), err=True)
    click.echo("No report was written.", err=True)


def _line(problem: Problem) -> str:
    """One line, whatever a file's name or a platform's reply holds."""
    return "".join(char if char.isprintable() else "?" for char in str(problem))


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
