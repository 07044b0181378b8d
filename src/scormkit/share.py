"""Shares of a work: several processes each do every n-th piece of it, where that pays.

The other processes are forked, so that they begin with all that was imported and read. Where one of them comes to
grief, nothing is lost: whoever asked does the whole work alone.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple, NoReturn, TypeVar

T = TypeVar("T")

MOST = 8
"""Processes. Beyond them reading from the disk is what takes the time."""


class Share(NamedTuple):
    """Every ``of``-th piece, from number ``first`` on."""

    first: int = 0
    of: int = 1

    def has(self, number: int) -> bool:
        """Whether the piece with this number, counted from 0, is to be done."""
        return number % self.of == self.first


WHOLE = Share()


def processes(pieces: int, least: int) -> int:
    """How many processes pay for so many pieces of work, each of them with at least ``least`` of them.

    1 where the system cannot fork, or where this process has threads, whose locks a fork would keep for ever.
    """
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    # Not every system that forks tells which cores are ours.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, pieces // least, MOST))


def together(work: Callable[[Share], T], of: int) -> list[T] | None:
    """What ``work`` makes of each of ``of`` shares, in order, the first of them made by this process.

    What it returns must be something that ``pickle`` can carry. None where another process failed, which says nothing
    of its own. Raises what ``work`` raises for the first share; the others are then ended.
    """
    gc.freeze()  # a collection in one process would else copy the pages of all that is old already
    others: list[_Other] = []
    try:
        with suppress(OSError):  # no more processes, or no more pipes
            others += [_Other(work, Share(number, of)) for number in range(1, of)]
        if len(others) < of - 1:
            return None
        made = [work(Share(0, of))]
        for other in others:
            answer = other.answer()
            if not answer:
                return None
            made.append(pickle.loads(answer))  # noqa: S301 - from our own process
        return made
    finally:
        for other in others:
            other.end()
        gc.unfreeze()


class _Other:
    """Another process at work."""

    def __init__(self, work: Callable[[Share], object], share: Share) -> None:
        self._reader, writer = os.pipe()
        # Nobody may interrupt until both processes know which of the two they are.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            self._id = os.fork()
            if not self._id:
                self._work(work, share, writer, before)
        except OSError:
            os.close(self._reader)
            raise
        finally:
            os.close(writer)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _work(self, work: Callable[[Share], object], share: Share, writer: int, before: Iterable[int]) -> NoReturn:
        """What the other process does. It neither comes back nor writes what waits in buffers of the first."""
        code = 1
        try:
            if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as a shell's background has it
                signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            os.close(self._reader)
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(work(share), pipe)
            code = 0
        finally:
            os._exit(code)

    def answer(self) -> bytes:
        """What it made, pickled; empty where it failed."""
        with os.fdopen(self._reader, "rb", closefd=False) as pipe:
            answer = pipe.read()
        return answer if self._ended() == 0 else b""

    def _ended(self) -> int:
        """Waits for its end; 0 where it went well. Where nobody may wait for it, that cannot be known."""
        number, self._id = self._id, 0
        try:
            return os.waitpid(number, 0)[1]
        except ChildProcessError:
            return 1

    def end(self) -> None:
        """Make sure that nothing is left of it."""
        os.close(self._reader)
        if self._id:
            with suppress(ProcessLookupError):
                os.kill(self._id, signal.SIGKILL)
            self._ended()
