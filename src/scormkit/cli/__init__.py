"""The command line. Each command is a file of its own and is imported only when it runs."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from scormkit import __version__

_COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("scormkit.cli.build", "Build courses into packages to upload."),
    "check": ("scormkit.cli.check", "Report every problem of courses and sessions."),
    "new": ("scormkit.cli.new", "Make a small course to begin with."),
    "responses": ("scormkit.cli.responses", "Read what learners answered and write a report."),
    "schema": ("scormkit.cli.schema", "Print the JSON Schema of what an author may write."),
}
"""Command → the module that has it under its own name, and its line in the list."""

_NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""Pydantic looks for plugins by reading the metadata of every installed package, 20 ms at each start; none is used."""

# Before Python ends it looks for garbage among everything that there is, which takes a fifth of a build's time; the
# system takes the memory back anyway. What is frozen is not looked at.
atexit.register(gc.freeze)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, so that ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """All names, sorted."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """One command; None where there is no such command."""
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(_COMMANDS[cmd_name][0]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed; otherwise a usage error with the one that was probably meant."""
        if args[0] not in _COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a mistake

            meant = get_close_matches(args[0], _COMMANDS, 1)
            hint = f"Did you mean {meant[0]}?" if meant else f"The commands are {', '.join(sorted(_COMMANDS))}."
            ctx.fail(f"There is no command {args[0]}. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """The list in ``--help``, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][1]) for name in sorted(_COMMANDS)])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. Trouble that lies outside of the program is told in a line, never as a traceback."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(130)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # nobody reads on, as with ``| head``: click ends without a word
            what = error.strerror or type(error).__name__
            click.echo(f"scormkit: {what}{f': {error.filename}' if error.filename else ''}", err=True)
            ctx.exit(1)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scormkit", message="%(prog)s %(version)s", help="Print the version.")
def main() -> None:
    """Write a training session as text; get packages for every learning platform."""
    os.environ.setdefault(*_NO_PLUGINS)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a file's name may hold what the terminal cannot show
            reconfigure(errors="backslashreplace")
