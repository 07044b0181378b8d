"""``scormkit build``: courses to packages."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scormkit.build import Build


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--target",
    "names",
    multiple=True,
    metavar="TARGET",
    help="What to build for; several times for several. All where nothing is said.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist"),
    show_default=True,
    help="The folder for the packages.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the result is printed."
)
@click.option(
    "--control-documents/--no-control-documents",
    default=True,
    help="Whether the standards' schema files go into the packages; conformance tests ask for them.",
)
@click.option(
    "--cache/--no-cache",
    default=True,
    help="Whether a build is left out where nothing changed since the last one like it.",
)
def build(
    paths: tuple[Path, ...], names: tuple[str, ...], out: Path, form: str, control_documents: bool, cache: bool
) -> None:
    """Build every course below PATH (here: content) into packages to upload."""
    from scormkit.last_build import LastBuild  # noqa: PLC0415 - imported when the command runs

    paths = paths or (Path("content"),)
    last = LastBuild(paths, out, [names, control_documents]) if cache else None
    report = last.report() if last else None
    if report is None:
        result = _built(paths, names, out, form, control_documents)
        report = {"json": _for_machines(result), "warnings": _lines(result.warnings), "text": _for_people(result)}
        if last:
            last.keep([path for one in result.packages for path in one.places], result.program, report)
    if form == "json":
        click.echo(report["json"])
    else:
        click.echo(report["warnings"], err=True, nl=False)
        click.echo(report["text"], nl=False)


def _built(paths: tuple[Path, ...], names: tuple[str, ...], out: Path, form: str, control_documents: bool) -> Build:
    """The build itself; ends the program where there are problems."""
    # Most of what is imported and made lives until the end: looking for garbage among it takes a tenth of the time.
    gc.set_threshold(50_000, 20, 50)
    from scormkit.build import build as run  # noqa: PLC0415
    from scormkit.problem import ProblemsFound  # noqa: PLC0415
    from scormkit.targets import other_targets, target_named, targets  # noqa: PLC0415

    named = {name: target_named(name) for name in names}
    if unknown := [name for name, target in named.items() if target is None]:
        known = ", ".join(targets() | other_targets())
        raise click.BadParameter(f"{', '.join(unknown)} is no target; there are {known}.", param_hint="--target")
    chosen = [target for target in named.values() if target] or list(targets().values())
    try:
        return run(paths, chosen, out, control_documents=control_documents)
    except ProblemsFound as found:
        if form == "json":
            click.echo(json.dumps({"packages": [], "problems": [one.as_dict() for one in found.problems]}, indent=2))
        else:
            for problem in found.problems:
                click.echo(problem, err=True)
            click.echo("Nothing was built.", err=True)
        sys.exit(1)


def _for_machines(result: Build) -> str:
    report = {
        "packages": [one.as_dict() for one in result.packages],
        "problems": [one.as_dict() for one in result.warnings],
    }
    return json.dumps(report, indent=2)


def _for_people(result: Build) -> str:
    packages = [f"{one.path}  {one.target.title}, {_size(one.size)}: {one.title}" for one in result.packages]
    beside = (
        "For the trainer, beside the zips: pages .trainer.html with what to set on the platform, and "
        ".session-plan.html for the session in a room."
    )
    return _lines([*packages, "", beside, *dict.fromkeys(one.target.next_steps() for one in result.packages)])


def _lines(said: Iterable[object]) -> str:
    return "".join(f"{line}\n" for line in said)


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count < 10**6 else f"{count / 10**6:.1f} MB"
