"""Everything that the sources told, on disk: any number of rows takes the same memory.

The database is SQLite's temporary one, which is deleted with the connection and never has a name.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scormkit.responses import rules
from scormkit.responses.codebooks import Codebooks
from scormkit.responses.matching import Answer, Matched
from scormkit.responses.record import Attempt, Learner, Say

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -40000;
CREATE TABLE learners (id INTEGER PRIMARY KEY, name TEXT, email TEXT, key TEXT, further TEXT, twin INT);
CREATE INDEX by_email ON learners (email);
CREATE INDEX by_key ON learners (key);
CREATE INDEX by_name ON learners (name);
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY, learner INT, unit INT, number INT, completion TEXT, success TEXT, score REAL,
  started REAL, last REAL, started_text TEXT, last_text TEXT, rank INT, place TEXT, unknown TEXT);
CREATE UNIQUE INDEX by_attempt ON attempts (learner, unit, number);
CREATE TABLE answers (
  question INT, attempt INT, text TEXT, options TEXT, result TEXT, at REAL, doubt TEXT,
  PRIMARY KEY (attempt, question)) WITHOUT ROWID;
CREATE TABLE rows (learner INT, unit INT, number INT, PRIMARY KEY (learner, unit, number)) WITHOUT ROWID;
CREATE TABLE people (
  anonymous INT, place INT, learner INT, label TEXT, email TEXT, further TEXT,
  PRIMARY KEY (anonymous, place)) WITHOUT ROWID;
CREATE UNIQUE INDEX by_called ON people (anonymous, learner);
"""

REMEMBERED = 1_000
"""Learners that need not be looked up again: a source tells of one mostly in rows that follow one another."""


@dataclass(frozen=True, slots=True)
class Person:
    """A learner of the collection. ``label`` is what reports call them: a name, or a pseudonym."""

    id: int
    label: str
    email: str
    further: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptAttempt:
    """An attempt of the collection."""

    id: int
    learner: int
    unit: int | None
    number: int
    completion: str
    success: str
    score: float | None
    started: float | None
    last: float | None
    started_text: str
    last_text: str
    place: str
    unknown: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Given:
    """One answer with who gave it in which attempt."""

    learner: int
    attempt: int
    number: int
    question: int
    text: str
    options: tuple[str, ...]
    result: str
    at: float | None
    doubt: str


class Collection:
    """What was read, joined by learner, unit and attempt. A context manager: closed, it is gone."""

    def __init__(self, codebooks: Codebooks, say: Say) -> None:
        self.codebooks = codebooks
        self.say = say
        self._db = sqlite3.connect("")
        self._db.executescript(_SCHEMA)
        self._db.create_function("fold", 1, str.casefold, deterministic=True)
        self._db.create_function("mixed", 5, _mixed, deterministic=True)
        self._db.create_function("called", 4, _called, deterministic=True)
        self._known: dict[tuple[str, str, str, tuple[str, ...]], int] = {}
        self._answered: frozenset[int] = frozenset()
        self._in_loop = ",".join(str(asked.number) for asked in codebooks.questions if asked.role)

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete it."""
        self._db.close()

    # --- filling ----------------------------------------------------------------------------------------------------

    def new_source(self) -> None:
        """What follows comes from another file: in this one attempts may be told again."""
        self._db.execute("DELETE FROM rows")
        self._known.clear()

    def add(self, attempt: Attempt, matched: Matched | None) -> bool:
        """Keep an attempt. False where the same one is known from a source that is at least as good."""
        unit = matched.unit.number if matched else -1
        learner = self._learner(attempt.learner, 0)
        if attempt.row and not self._noted(learner, unit, attempt.number):
            learner = self._twin(attempt, unit)
        older = self._db.execute(
            "SELECT id, rank, last FROM attempts WHERE learner = ? AND unit = ? AND number = ?",
            (learner, unit, attempt.number),
        ).fetchone()
        if older:
            kept, rank, last = older
            if (rank, last or 0) >= (attempt.rank, attempt.last or 0):
                return False
            self._db.execute("DELETE FROM attempts WHERE id = ?", (kept,))
            self._db.execute("DELETE FROM answers WHERE attempt = ?", (kept,))
        cursor = self._db.execute(
            "INSERT INTO attempts (learner, unit, number, completion, success, score, started, last, started_text,"
            " last_text, rank, place, unknown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                learner,
                unit,
                attempt.number,
                attempt.completion,
                attempt.success,
                attempt.score,
                attempt.started,
                attempt.last,
                attempt.started_text,
                attempt.last_text,
                attempt.rank,
                attempt.place,
                json.dumps(matched.unknown) if matched and matched.unknown else "",
            ),
        )
        answers = matched.answers if matched else ()
        self._db.executemany(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)",
            [_row(answer, cursor.lastrowid or 0) for answer in answers],
        )
        return True

    def finish(self) -> None:
        """All is told: ready the order in which reports ask."""
        self._db.execute("CREATE INDEX by_question ON answers (question, attempt)")
        self._db.execute(
            "DELETE FROM attempts WHERE number = 0 AND learner IN (SELECT learner FROM attempts WHERE number > 0)"
        )
        self._answered = frozenset(row[0] for row in self._db.execute("SELECT DISTINCT question FROM answers"))

    def _learner(self, one: Learner, twin: int) -> int:
        """The learner of this identity: by e-mail, else by the platform's id, else by name and further columns."""
        known = (one.email, one.id, one.name, one.further)
        if not twin and known in self._known:
            return self._known[known]
        further = json.dumps(one.further, ensure_ascii=False)
        email = one.email.casefold()
        found = None
        if email:
            found = self._find("email = ? AND twin = ?", (email, twin))
        if found is None and one.id:
            found = self._find("key = ? AND twin = ? AND (email = '' OR ? = '')", (one.id, twin, email))
        if found is None and not email and not one.id:
            # Only a name: the one person of that name, whoever told of them first.
            same = self._db.execute(
                "SELECT id FROM learners WHERE name = ? AND twin = ? AND (further = ? OR email <> '' OR key <> '')",
                (one.name, twin, further),
            ).fetchall()
            found = (
                same[0][0]
                if len(same) == 1
                else self._find("name = ? AND twin = ? AND further = ?", (one.name, twin, further))
            )
        if found is None and (email or one.id):
            # Known by name alone so far.
            found = self._find("name = ? AND twin = ? AND email = '' AND key = ''", (one.name, twin))
        if found is None:
            cursor = self._db.execute(
                "INSERT INTO learners (name, email, key, further, twin) VALUES (?, ?, ?, ?, ?)",
                (one.name, email, one.id, further, twin),
            )
            found = cursor.lastrowid or 0
        else:
            self._db.execute(
                "UPDATE learners SET email = CASE email WHEN '' THEN ? ELSE email END,"
                " key = CASE key WHEN '' THEN ? ELSE key END WHERE id = ?",
                (email, one.id, found),
            )
        if not twin:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[known] = found
        return found

    def _find(self, condition: str, values: tuple[object, ...]) -> int | None:
        row = self._db.execute(f"SELECT id FROM learners WHERE {condition} LIMIT 1", values).fetchone()  # noqa: S608 - ours
        return row[0] if row else None

    def _noted(self, learner: int, unit: int, number: int) -> bool:
        """Note a row of the source that is being read. False where it had one of this attempt already."""
        added = self._db.execute("INSERT OR IGNORE INTO rows VALUES (?, ?, ?)", (learner, unit, number))
        return added.rowcount > 0

    def _twin(self, attempt: Attempt, unit: int) -> int:
        """The same name and attempt twice in one table are two people."""
        twin = 1
        while not self._noted(found := self._learner(attempt.learner, twin), unit, attempt.number):
            twin += 1
        self.say(
            rules.SAME_NAME.problem(
                f"two learners are called {attempt.learner.name} and nothing else tells them apart",
                "They are numbered. Ask for the e-mail address as identity column, or read with --moodle.",
                file=attempt.place.rpartition(":")[0] or attempt.place,
            )
        )
        return found

    # --- reading ----------------------------------------------------------------------------------------------------

    def call(self, *, anonymous: bool) -> None:
        """Give all learners their names and their order: by name, or as pseudonyms in one that tells nothing of names.

        The pseudonyms are the same each time for the same learners, and learners who began later get later numbers.
        """
        self._db.execute("DELETE FROM people WHERE anonymous = ?", (anonymous,))
        self._db.execute(_PSEUDONYMS if anonymous else _NAMES)

    def people(self, *, anonymous: bool) -> Iterator[Person]:
        """All learners by their names or their pseudonyms, which were given by :meth:`call`, in their order."""
        asked = "SELECT learner, label, email, further FROM people WHERE anonymous = ? ORDER BY place"
        for learner, label, email, further in self._db.execute(asked, (anonymous,)):
            yield Person(learner, label, email, tuple(json.loads(further)))

    def label(self, learner: int, *, anonymous: bool) -> str:
        """What a learner is called."""
        asked = "SELECT label FROM people WHERE anonymous = ? AND learner = ?"
        label: str = self._db.execute(asked, (anonymous, learner)).fetchone()[0]
        return label

    def attempts_of(self, learner: int) -> list[KeptAttempt]:
        """A learner's attempts by unit and number."""
        rows = self._db.execute(
            "SELECT id, learner, unit, number, completion, success, score, started, last, started_text, last_text,"
            " place, unknown FROM attempts WHERE learner = ? ORDER BY unit, number",
            (learner,),
        )
        return [_attempt(row) for row in rows]

    def scores(self) -> Iterator[float]:
        """Of each learner and unit the score of the last attempt, 0 to 1, where it has one."""
        for (score,) in self._db.execute(
            "SELECT score FROM (SELECT score, max(number) FROM attempts WHERE number > 0 GROUP BY learner, unit)"
            " WHERE score IS NOT NULL"
        ):
            yield score

    def answers_of(self, attempt: int) -> list[Given]:
        """The answers of an attempt, in the order of the questions."""
        rows = self._db.execute(f"{_GIVEN} WHERE g.attempt = ? ORDER BY g.question", (attempt,))
        return [_given(row) for row in rows]

    def answers_in_loop(self, attempt: int) -> list[Given]:
        """Only those that are part of the follow-up loop."""
        rows = self._db.execute(
            f"{_GIVEN} WHERE g.attempt = ? AND g.question IN ({self._in_loop}) ORDER BY g.question", (attempt,)
        )
        return [_given(row) for row in rows]

    def answers_to(self, question: int) -> Iterator[Given]:
        """All answers to a question, by learner and attempt."""
        for row in self._db.execute(f"{_GIVEN} WHERE g.question = ? ORDER BY a.learner, a.number", (question,)):
            yield _given(row)

    def is_answered(self, question: int) -> bool:
        """Whether anybody answered it."""
        return question in self._answered

    def tallies(self, question: int) -> dict[str, int]:
        """How many answers hold each option."""
        counts: dict[str, int] = {}
        for (options,) in self._db.execute("SELECT options FROM answers WHERE question = ?", (question,)):
            for one in json.loads(options) if options else ():
                counts[one] = counts.get(one, 0) + 1
        return counts

    def count(self, what: Counted) -> int:
        """How many there are."""
        return int(self._db.execute(f"SELECT {_COUNTED[what]}").fetchone()[0] or 0)


Counted = Literal["learners", "attempts", "answers", "started", "completed", "told", "unknown"]
"""``attempts``: tried, with answers or not; ``started``, ``completed``: learners with such an attempt; ``told``:
attempts of which the source says how far they came; ``unknown``: stored answers that no codebook knows."""

_COUNTED: dict[Counted, str] = {
    "learners": "count(DISTINCT learner) FROM attempts",
    "attempts": "count(*) FROM attempts WHERE number > 0",
    "answers": "count(*) FROM answers",
    "started": "count(DISTINCT learner) FROM attempts WHERE number > 0",
    "completed": "count(DISTINCT learner) FROM attempts WHERE number > 0 AND completion = 'completed'",
    "told": "count(*) FROM attempts WHERE number > 0 AND completion <> ''",
    "unknown": "sum(json_array_length(unknown)) FROM attempts WHERE unknown <> ''",
}

_PSEUDONYMS = """
INSERT INTO people
SELECT 1, place, id, 'Person ' || substr('00000000000' || place, -length(count(*) OVER ())), '', '[]'
FROM (
  SELECT id, row_number() OVER (ORDER BY began IS NULL, ifnull(began, 0), sorted) AS place
  FROM (
    SELECT l.id, min(a.started) AS began, mixed(l.name, l.email, l.key, l.further, l.twin) AS sorted
    FROM learners l JOIN attempts a ON a.learner = l.id GROUP BY l.id))
"""
_NAMES = """
INSERT INTO people
SELECT 0, row_number() OVER (ORDER BY fold(label), email, id), id, label, email, further
FROM (
  SELECT id, called(name, email, key, twin) AS label, email, further
  FROM learners WHERE id IN (SELECT learner FROM attempts))
"""

_GIVEN = (
    "SELECT a.learner, a.id, a.number, g.question, g.text, g.options, g.result, g.at, g.doubt"
    " FROM answers g JOIN attempts a ON a.id = g.attempt"
)


def _row(answer: Answer, attempt: int) -> tuple[object, ...]:
    options = json.dumps(answer.options, ensure_ascii=False) if answer.options else ""
    return answer.question.number, attempt, answer.text, options, answer.result, answer.at, answer.doubt


def _given(row: tuple[int, int, int, int, str, str, str, float | None, str]) -> Given:
    learner, attempt, number, question, text, options, result, at, doubt = row
    chosen = tuple(json.loads(options)) if options else ()
    return Given(learner, attempt, number, question, text, chosen, result, at, doubt)


def _attempt(
    row: tuple[int, int, int, int, str, str, float | None, float | None, float | None, str, str, str, str],
) -> KeptAttempt:
    unknown = tuple((one[0], one[1]) for one in json.loads(row[12])) if row[12] else ()
    return KeptAttempt(row[0], row[1], row[2] if row[2] >= 0 else None, *row[3:12], unknown)


def _called(name: str, email: str, key: str, twin: int) -> str:
    return (name or email or key.partition(":")[2] or "Unknown") + (f" ({twin + 1})" if twin else "")


def _mixed(*identity: object) -> str:
    return hashlib.sha256(json.dumps(identity).encode()).hexdigest()
