"""xAPI statements of a run on disk, and the attempts that they tell of: one for each learner, unit and registration.

Source: xAPI 1.0.3 Data 2.4; what scormkit's packages say is listed in docs/xapi-statements.md.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scormkit.responses.codebooks import Codebooks
from scormkit.responses.record import Attempt, Learner, Slot

RANK = 5
_ADL = "http://adlnet.gov/expapi/verbs/"
VERBS = {
    **{_ADL + word: word for word in ("launched", "initialized", "terminated", "experienced")},
    **{_ADL + word: word for word in ("answered", "completed", "passed", "failed")},
    "http://activitystrea.ms/schema/1.0/submit": "submitted",
}
VOIDED = _ADL + "voided"
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
ANSWERED_AT = "urn:scormkit:extension:answered-at"
DIGEST = "urn:scormkit:extension:digest"
_OUTER = ("/test/", "/form/", "/page/")

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, learner TEXT, unit TEXT, registration TEXT, name TEXT, email TEXT,
  UNIQUE (learner, unit, registration));
CREATE TABLE said (
  id TEXT PRIMARY KEY, run INT, verb TEXT, part TEXT, response TEXT, success TEXT, score REAL, at REAL, arrived INT,
  damage TEXT) WITHOUT ROWID;
CREATE INDEX by_run ON said (run, at, arrived);
CREATE TABLE voided (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""

Json = Mapping[str, object]


@dataclass(slots=True)
class Statements:
    """Statements in any order, each once. A context manager: closed, they are gone.

    ``activities``: ids by which a caller knows units beside those of the codebooks.
    """

    codebooks: Codebooks
    activities: tuple[str, ...] = ()
    _db: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(""))
    _published: frozenset[str] = frozenset()
    _known: frozenset[str] = frozenset()
    _arrived: int = 0

    def __post_init__(self) -> None:
        self._db.executescript(_SCHEMA)
        self._published = frozenset(unit.unit.activity for unit in self.codebooks.units if unit.unit.activity)
        self._known = self._published | set(self.activities)

    def __enter__(self) -> Statements:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    # --- filling ----------------------------------------------------------------------------------------------------

    def add(self, statement: Json) -> None:
        """Keep what it says of a unit of the codebooks; what is of anything else is passed over."""
        verb = _text(_object(statement, "verb"), "id")
        identifier = _text(statement, "id").lower()
        about = _object(statement, "object")
        if verb == VOIDED:
            self._db.execute("INSERT OR IGNORE INTO voided VALUES (?)", (_text(about, "id").lower(),))
        word = VERBS.get(verb)
        place = self._place(_text(about, "id"), _object(statement, "context")) if word and identifier else None
        if word is None or place is None:
            return
        unit, part = place
        result = _object(statement, "result")
        response, damage = _response(result)
        self._arrived += 1
        run = self._run(_object(statement, "actor"), unit, _text(_object(statement, "context"), "registration"))
        success = result.get("success")
        row = (
            identifier,
            run,
            word,
            part,
            response,
            "" if not isinstance(success, bool) else "correct" if success else "incorrect",
            _score(_object(result, "score")),
            _moment(statement),
            self._arrived,
            damage,
        )
        self._db.execute("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _place(self, identifier: str, context: Json) -> tuple[str, str] | None:
        """The unit, by a published id where the statement holds one, and what stands after its activity."""
        around = _object(context, "contextActivities")
        parents = [_text(one, "id") for one in _listed(around.get("parent"))]
        groups = [_text(one, "id") for one in _listed(around.get("grouping"))]
        # The platform may speak of the unit by an id of its own, and then names the published one beside it.
        spoken = next((one for one in (*parents, *self._known) if _below(identifier, one)), "")
        named = (spoken, identifier, *groups, *parents)
        unit = next((one for one in named if one in self._published), None)
        unit = unit or next((one for one in named if one in self.activities), None)
        if unit is None:
            return None
        categories = {_text(one, "id") for one in _listed(around.get("category"))}
        if spoken:
            return unit, identifier[len(spoken.rstrip("/")) :]
        # What cmi5 defines is about the unit itself; else only its own id says so.
        return unit, "" if identifier in self._known or CMI5 in categories else identifier

    def _run(self, actor: Json, unit: str, registration: str) -> int:
        key, email = _identity(actor)
        name = _text(actor, "name")
        self._db.execute(
            "INSERT INTO runs (learner, unit, registration, name, email) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET name = CASE excluded.name WHEN '' THEN name ELSE excluded.name END",
            (key, unit, registration, name, email),
        )
        found = self._db.execute(
            "SELECT id FROM runs WHERE learner = ? AND unit = ? AND registration = ?", (key, unit, registration)
        ).fetchone()
        return int(found[0])

    # --- reading ----------------------------------------------------------------------------------------------------

    def attempts(self, source: str) -> Iterator[Attempt]:
        """The attempts. A learner's registrations in a unit are numbered in the order of their first statements.

        ``source``: what places are called. A registration that was launched and never began is not attempted.
        """
        self._db.execute("DELETE FROM said WHERE id IN (SELECT id FROM voided)")
        rows = self._db.execute(
            "SELECT r.id, r.learner, r.unit, r.registration, r.name, r.email, min(s.at), max(s.at),"
            " sum(s.verb <> 'launched') FROM runs r JOIN said s ON s.run = r.id GROUP BY r.id"
            " ORDER BY r.learner, r.unit, sum(s.verb <> 'launched') = 0, min(s.at), min(s.arrived)"
        )
        before: tuple[str, str] | None = None
        number = 0
        for run, key, unit, registration, name, email, first, last, begun in rows:
            number = number + 1 if before == (key, unit) else 1
            before = (key, unit)
            learner = Learner(name=name if name != email else "", email=email, id=key)
            place = f"{source} {registration}".rstrip()
            if not begun:
                yield Attempt(
                    place, learner, 0, activity=unit, sco=self._title(unit), completion="not attempted", rank=RANK
                )
                continue
            completion, success, score = self._status(run)
            yield Attempt(
                place=place,
                learner=learner,
                number=number,
                slots=tuple(self._slots(run, unit)),
                sco=self._title(unit),
                activity=unit,
                completion=completion,
                success=success,
                score=score,
                started=first,
                last=last,
                rank=RANK,
            )

    def _title(self, unit: str) -> str:
        return next((one.unit.title for one in self.codebooks.units if one.unit.activity == unit), "")

    def _slots(self, run: int, unit: str) -> Iterator[Slot]:
        """The latest answer to each question; a whole form only where none of its fields came."""
        latest: dict[str, Slot] = {}
        whole: dict[str, Slot] = {}
        for verb, part, response, success, at, damage in self._db.execute(
            "SELECT verb, part, response, success, at, damage FROM said"
            " WHERE run = ? AND verb IN ('answered', 'submitted') ORDER BY at, arrived",
            (run,),
        ):
            into = whole if verb == "submitted" else latest
            into[part] = Slot(id=part, response=response, result=success or "neutral", at=at, damage=damage)
        yield from latest.values()
        fields = {
            activity.part: [one.part for one in activity.questions]
            for known in self.codebooks.units
            if unit in {known.unit.activity, *self.activities}
            for activity in known.unit.activities
            if activity.part
        }
        for part, slot in whole.items():
            # Its text is that of the fields, which say it better.
            if not any(one in latest for one in fields.get(part, ())):
                yield slot

    def _status(self, run: int) -> tuple[str, str, float | None]:
        rows = self._db.execute(
            "SELECT verb, score FROM said WHERE run = ? AND part = '' AND verb IN ('completed', 'passed', 'failed')"
            " ORDER BY verb = 'passed', at, arrived",
            (run,),
        ).fetchall()
        verbs = [verb for verb, _ in rows]
        # Who passed has passed, whatever came after.
        judged = [verb for verb in verbs if verb != "completed"]
        scores = [score for _, score in rows if score is not None]
        return (
            "completed" if "completed" in verbs else "incomplete",
            judged[-1] if judged else "",
            scores[-1] if scores else None,
        )


def _below(identifier: str, activity: str) -> bool:
    """Whether an id is of a part of an activity in scormkit's scheme."""
    own = activity.rstrip("/")
    return bool(own) and identifier.startswith(tuple(own + one for one in _OUTER))


def _identity(actor: Json) -> tuple[str, str]:
    """A key of the learner (Data 2.4.2.3) and an e-mail address. Moodle's cmi5 names accounts by the address."""
    email = _text(actor, "mbox").removeprefix("mailto:")
    account = _object(actor, "account")
    name = _text(account, "name")
    if name:
        return f"xapi:{name} ({_text(account, 'homePage')})", email or (name if _is_address(name) else "")
    other = email or _text(actor, "mbox_sha1sum") or _text(actor, "openid") or _text(actor, "name")
    return f"xapi:{other}", email


def _is_address(name: str) -> bool:
    local, _, domain = name.partition("@")
    return bool(local) and "." in domain and not any(char.isspace() or char in "/@" for char in domain)


def _response(result: Json) -> tuple[str | None, str]:
    """The response, and what must be said of it."""
    response = result.get("response")
    if response is not None:
        return response if isinstance(response, str) else json.dumps(response, ensure_ascii=False), ""
    digest = _object(_object(result, "extensions"), DIGEST)
    if digest:
        return f"[{digest.get('length')} characters]", "only the length and a digest of this text are recorded"
    return None, ""


def _score(score: Json) -> float | None:
    scaled, raw, most = score.get("scaled"), score.get("raw"), score.get("max")
    if isinstance(scaled, int | float):
        return float(scaled)
    if isinstance(raw, int | float) and isinstance(most, int | float) and most > 0:
        return raw / most
    return None


def _moment(statement: Json) -> float | None:
    """When it was really so, in seconds since 1970: what waited on a device says that itself."""
    early = _text(_object(_object(statement, "context"), "extensions"), ANSWERED_AT)
    for text in (early, _text(statement, "timestamp"), _text(statement, "stored")):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


def _object(one: Json, key: str) -> Json:
    value = one.get(key)
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> list[Json]:
    """xAPI takes one activity where a list may stand."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def _text(one: Json, key: str) -> str:
    value = one.get(key)
    return value if isinstance(value, str) else ""
