"""Child processes and what they cost: wall time, processor time, memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class CommandFailedError(Exception):
    """A measured command ended with an error; the text is what it said."""


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """Seconds of processor time, the process's own and the system's for it, its children's too."""
    peak: int
    """Bytes of memory at the highest point. Linux counts the parent's memory at the fork too, so the
    benchmark itself stays smaller than anything that it measures until the browser is due."""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run ``command`` to its end.

    Python may keep its compiled files, whatever the environment says: an installed program has them.
    Raises ``CommandFailedError`` with the end of its output when its exit code is not 0 or it does not exist.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**inherited, **(environment or {})},
            )
        except OSError as problem:
            raise CommandFailedError(str(problem)) from problem
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace").strip().splitlines()
            raise CommandFailedError(f"exit code {process.returncode}: " + " / ".join(said[-3:]))
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def interleaved(measures: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    """Measure every one of ``measures`` once a round, forwards and backwards in turn.

    A machine that is slow for a moment is then slow for all of them. One round before the counting ones warms
    the disk's cache and Python's compiled files.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in measures}
    for number in range(-1, rounds):
        for name in list(measures) if number % 2 else reversed(list(measures)):
            cost = measures[name]()
            if number >= 0:
                costs[name].append(cost)
    return costs
