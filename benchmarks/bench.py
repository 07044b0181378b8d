"""The benchmark: everything that has an aim, as a ratio to the floor measured in the same run.

Usage, from the top of the repository: python -m benchmarks [--quick] [--json] [--self] [--only PART]...
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import item
from benchmarks.aims import AIMS, Figure, compared, table, verdict
from benchmarks.answers import write_answers
from benchmarks.package import Package
from benchmarks.processes import CommandFailedError, Cost, interleaved, run

if TYPE_CHECKING:
    from collections.abc import Callable

FLOOR_PROGRAM = Path(__file__).parent / "floor" / "floor.py"
TARGETS = ("scorm12", "scorm2004-2nd", "scorm2004-3rd", "scorm2004-4th")
BUSY = 1.0
"""Programs that wait for a processor on average; above it times by the clock say little."""
PARTS = {
    "build": ("one", "memory"),
    "help": ("help",),
    "many": ("many", "further", "ten-thousand", "nothing", "changed"),
    "targets": ("targets",),
    "answers": ("answers", "answers-memory"),
    "package": ("bytes", "files", "state"),
    "record-store": ("lrs-statements", "lrs-bytes", "lrs-requests", "lrs-launch"),
    "page": (
        "requests", "loaded", "paint", "interactive", "blocking", "heap",
        "start", "answer", "commits", "finish", "visit-commits", "visit-bytes", "lighthouse", "axe",
    ),
}  # fmt: skip
"""What ``--only`` can name, and the rows that each part measures."""


def say(text: str) -> None:
    """Tell what is going on, apart from the result."""
    print(text, file=sys.stderr, flush=True)


@dataclass
class Bench:
    """One run of the benchmark."""

    scratch: Path
    rounds: int
    sessions: int
    """How many the large course has."""
    own: str
    """Who is measured: scormkit, or the floor against itself."""
    figures: dict[str, Figure] = field(default_factory=dict)
    details: dict[str, list[str]] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    able: bool = True
    """Whether ``own`` builds anything yet."""

    def __post_init__(self) -> None:
        self.one = item.write_course(self.scratch / "one")
        self.many = item.write_course(self.scratch / "many", self.sessions)
        self.number = 0

    def command(self, who: str, course: Path, out: Path, targets: tuple[str, ...]) -> list[str]:
        """The command line by which ``who`` builds ``course``; the floor knows one target only."""
        if who == "floor":
            return [sys.executable, str(FLOOR_PROGRAM), str(course), str(out)]
        wanted = [word for target in targets for word in ("--target", target)]
        return [sys.executable, "-m", "scormkit", "build", str(course), *wanted, "--out", str(out)]

    def cold(self, who: str, course: Path, targets: tuple[str, ...] = TARGETS[:1]) -> Cost:
        """Build into a new folder, with a cache that is empty, and throw the result away."""
        self.number += 1
        place = self.scratch / f"cold-{self.number}"
        place.mkdir()
        try:
            command = self.command(who, course, place / "out", targets)
            return run(command, {"XDG_CACHE_HOME": str(place / "cache")})
        finally:
            shutil.rmtree(place)

    def both(self, measure: Callable[[str], Cost], rounds: int) -> tuple[list[Cost], list[Cost]]:
        """What a build costs the floor and ``own``, in turn; nothing for ``own`` where it cannot build."""
        measures = {"floor": lambda: measure("floor")}
        if self.able:
            measures["own"] = lambda: measure(self.own)
        costs = interleaved(measures, rounds)
        return costs["floor"], costs.get("own", [])

    def try_out(self) -> None:
        """Find out whether ``own`` builds the item at all."""
        try:
            self.cold(self.own, self.one)
        except CommandFailedError as problem:
            self.able = False
            self.trouble.append(f"scormkit does not build the item yet: {problem}")
            say(self.trouble[-1])

    def build(self) -> None:
        """One item, cold: time and memory."""
        floor, own = self.both(lambda who: self.cold(who, self.one), self.rounds)
        self.figures["one"] = Figure(typical(own, wall), typical(floor, wall), spread(floor, own))
        self.figures["memory"] = Figure(typical(own, peak), typical(floor, peak))
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 >= min(cost.peak for cost in floor + own):
            self.trouble.append("peak memory: the benchmark is larger than what it measured")

    def help(self) -> None:
        """The shortest command against a Python that does nothing."""
        if self.own == "floor":
            return
        try:
            costs = interleaved(
                {
                    "bare": lambda: run([sys.executable, "-c", "pass"]),
                    "own": lambda: run([sys.executable, "-m", "scormkit", "--help"]),
                },
                2 * self.rounds,
            )
        except CommandFailedError as problem:
            self.trouble.append(f"--help: {problem}")
            return
        bare, own = costs["bare"], costs["own"]
        self.figures["help"] = Figure(typical(own, milliseconds), typical(bare, milliseconds), spread(bare, own))

    def large(self) -> None:
        """Many items, cold, and what each one beyond the first takes."""
        rounds = max(1, self.rounds // 2)
        floor, own = self.both(lambda who: self.cold(who, self.many), rounds)
        floor_one, own_one = self.both(lambda who: self.cold(who, self.one), rounds)
        note = "" if self.sessions == 100 else f"{self.sessions} items only"
        noise = f"{note}, {spread(floor, own)}".lstrip(", ")
        self.figures["many"] = Figure(typical(own, wall), typical(floor, wall), noise)
        self.figures["further"] = Figure(self.each(own, own_one), self.each(floor, floor_one), note)
        if self.able and self.own != "floor":
            self.nothing(note)

    def nothing(self, note: str) -> None:
        """The same items again, nothing changed."""
        place = self.scratch / "nothing"
        cache = {"XDG_CACHE_HOME": str(place / "cache")}
        floor_command = [sys.executable, str(FLOOR_PROGRAM.with_name("unchanged.py")), str(self.many), str(place)]
        own_command = self.command(self.own, self.many, place / "out", TARGETS[:1])
        place.mkdir()
        costs = interleaved(  # the first round builds, and does not count
            {"floor": lambda: run(floor_command), "own": lambda: run(own_command, cache)}, self.rounds
        )
        floor, own = costs["floor"], costs["own"]
        self.figures["nothing"] = Figure(
            typical(own, wall), typical(floor, wall), f"{note}, {spread(floor, own)}".lstrip(", ")
        )

    def each(self, many: list[Cost], one: list[Cost]) -> float | None:
        """Milliseconds of processor time for each package beyond the first."""
        if not many:
            return None
        return 1000 * (median(map(cpu, many)) - median(map(cpu, one))) / (self.sessions - 1)

    def targets(self) -> None:
        """All targets of one item against one target."""
        if not self.able or self.own == "floor":
            return
        try:
            costs = interleaved(
                {
                    "one": lambda: self.cold(self.own, self.one),
                    "four": lambda: self.cold(self.own, self.one, TARGETS),
                },
                self.rounds,
            )
        except CommandFailedError as problem:
            self.trouble.append(f"four targets: {problem}")
            return
        four, one = costs["four"], costs["one"]
        self.figures["targets"] = Figure(typical(four, wall), typical(one, wall), spread(one, four))

    def answers(self) -> None:
        """A report on the answers of many learners."""
        if not self.able or self.own == "floor":
            return
        out = self.scratch / "to-be-answered"
        run(self.command(self.own, self.one, out, TARGETS[:1]))
        (codebook,) = out.glob("*.codebook.json")
        export = self.scratch / "answers.txt"
        rows = self.sessions * 1000
        write_answers(codebook, export, rows)
        report = ["--codebook", str(codebook), "--out", str(self.scratch / "answers.csv"), "--today", "2026-12-01"]
        cost = run([sys.executable, "-m", "scormkit", "responses", str(export), *report])
        note = "" if rows == 100_000 else f"{rows} rows only, "
        self.figures["answers"] = Figure(cost.cpu, None, f"{note}{export.stat().st_size / 1e6:.0f} MB of text, CPU")
        self.figures["answers-memory"] = Figure(peak(cost))

    def packages(self) -> dict[str, Package]:
        """The item's finished packages, by who built them."""
        session = next(self.one.glob("*/session.yaml")).parent
        pictures = [file.read_bytes() for file in sorted((session / "files").iterdir())]
        made = {}
        for name, who in {"floor": "floor", **({"own": self.own} if self.able else {})}.items():
            out = self.scratch / f"finished-{name}"
            if not out.exists():
                run(self.command(who, self.one, out, TARGETS[:1]))
            (path,) = out.rglob("*.zip")
            made[name] = Package(path, pictures)
        return made

    def package(self) -> None:
        """Bytes and files of one package, part by part."""
        import yaml  # noqa: PLC0415 - not before memory was measured

        source = next(self.one.glob("*/session.yaml")).read_text(encoding="utf-8")
        text = item.zipped_text(yaml.safe_load(source))
        made = self.packages()
        beyond = {name: package.beyond(text) / 1000 for name, package in made.items()}
        files = {name: package.own_files() for name, package in made.items()}
        self.figures["bytes"] = Figure(beyond.get("own"), beyond["floor"], "SCORM 1.2")
        self.figures["files"] = Figure(len(files["own"]) if "own" in files else None, len(files["floor"]))
        if "own" in made and self.own != "floor":
            self.figures["state"] = Figure(self.stored_state(), note="characters, text of the item's own language")
        for name, package in made.items():
            self.details[f"bytes by part, {self.name(name)}"] = [
                f"zipped: {listed(package.weights())} (the item's text by itself {text})",
                f"unpacked: {listed(package.unpacked())}",
            ]
            self.details[f"files, {self.name(name)}"] = [", ".join(files[name])]

    def stored_state(self) -> int:
        """Characters that a learner's state takes with every field full, as the build works it out."""
        command = [*self.command(self.own, self.one, self.scratch / "state", TARGETS[:1]), "--format", "json"]
        told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        (package,) = json.loads(told.stdout)["packages"]
        return max(int(unit["usual"]) for unit in package["stored_state"].values())

    def name(self, column: str) -> str:
        """What a column of the table is about."""
        return self.own if column == "own" else column

    def page(self) -> None:
        """The first view in a browser, and a whole visit."""
        try:
            from benchmarks.page import measure  # noqa: PLC0415 - large, and not everybody has playwright
        except ImportError as problem:
            self.trouble.append(f"nothing measured in a browser: {problem}")
            return
        figures, details, trouble = measure(self.packages(), max(3, self.rounds * 2 // 3))
        self.figures |= figures
        self.details |= {f"{what}, {self.name(name)}": detail for (what, name), detail in details.items()}
        self.trouble += trouble

    def record_store(self) -> None:
        """What a cmi5 package sends in a session, and how long a slow record store keeps a learner waiting."""
        if not self.able or self.own == "floor":
            return
        try:
            from benchmarks.record_store import measure  # noqa: PLC0415 - large, as above
        except ImportError as problem:
            self.trouble.append(f"nothing measured on a record store: {problem}")
            return
        out = self.scratch / "statements"
        run(self.command(self.own, self.one, out, ("cmi5",)))
        (path,) = out.rglob("*.zip")
        figures, details, trouble = measure(path, max(3, self.rounds // 3))
        self.figures |= figures
        self.details |= details
        self.trouble += [f"record store: {one}" for one in trouble]


def listed(sizes: dict[str, int]) -> str:
    """Sizes by part for people, without those that are not there."""
    return ", ".join(f"{part} {size}" for part, size in sizes.items() if size)


def wall(cost: Cost) -> float:
    """Time by the clock, in seconds."""
    return cost.wall


def milliseconds(cost: Cost) -> float:
    """Time by the clock, in milliseconds."""
    return cost.wall * 1000


def cpu(cost: Cost) -> float:
    """Time of the processor, in seconds."""
    return cost.cpu


def peak(cost: Cost) -> float:
    """Memory in MB."""
    return cost.peak / 1e6


def typical(costs: list[Cost], of: Callable[[Cost], float]) -> float | None:
    """The median, or None of nothing."""
    return median(map(of, costs)) if costs else None


def spread(beside: list[Cost], own: list[Cost]) -> str:
    """How far to trust a ratio of times: how far the runs lie apart, and the same ratio by processor time."""
    worst = max(max(map(wall, side)) / min(map(wall, side)) for side in (beside, own) if side)
    noise = f"{len(beside)} runs, slowest {worst:.2f} x fastest"
    return f"{noise}, CPU {median(map(cpu, own)) / median(map(cpu, beside)):.2f} x" if own else noise


def report(bench: Bench, names: list[str], *, as_json: bool) -> str:
    """The result as text, or as JSON for programs."""
    if as_json:
        rows = {}
        for name in names:
            aim, figure = AIMS[name], bench.figures.get(name, Figure(None, note=AIMS[name].missing))
            number = compared(aim, figure)
            rows[name] = {
                **asdict(aim),
                **asdict(figure),
                "compared": number,
                "verdict": verdict(aim, number),
            }
        return json.dumps({"rows": rows, "details": bench.details, "trouble": bench.trouble}, indent=2)
    lines = [f"{bench.own} beside the floor · Python {platform.python_version()} · {platform.machine()}", ""]
    lines += [table(bench.figures, names, bench.own), ""]
    for what, detail in bench.details.items():
        lines += [f"{what}:", *(f"  {line}" for line in detail)]
    lines += [f"! {problem}" for problem in bench.trouble]
    return "\n".join(lines)


def main() -> None:
    """Measure, and print what came out."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure scormkit.")
    options.add_argument("--quick", action="store_true", help="fewer rounds and items: a look, no proof")
    options.add_argument("--json", action="store_true", help="print JSON")
    options.add_argument("--self", action="store_true", help="the floor against itself: shows the noise")
    options.add_argument("--only", action="append", choices=PARTS, help="one part; may be repeated")
    chosen = options.parse_args()
    parts = [part for part in PARTS if part in (chosen.only or PARTS)]
    with tempfile.TemporaryDirectory(prefix="scormkit-benchmark-") as scratch:
        bench = Bench(
            Path(scratch),
            rounds=3 if chosen.quick else 9,
            sessions=20 if chosen.quick else 100,
            own="floor" if chosen.self else "scormkit",
        )
        if os.getloadavg()[0] > BUSY:
            bench.trouble.append("the machine was busy at the start: trust the CPU ratios, not the clock")
        bench.try_out()
        steps = {part: getattr(bench, part.replace("-", "_")) for part in PARTS if part != "many"}
        steps["many"] = bench.large
        for part in parts:  # the browser comes last: it makes this process large, which children inherit
            say(f"measuring: {part}")
            steps[part]()
    print(report(bench, [name for part in parts for name in PARTS[part]], as_json=chosen.json))
