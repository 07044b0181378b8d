"""CMI elements of one attempt, as platforms store them: SCORM 1.2 and 2004, with dots or Moodle's underscores.

Sources: SCORM 1.2 RTE 3.4; SCORM 2004 4th Ed. RTE 4.2. Moodle writes ``cmi.interactions_0.id`` for 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from scormkit.responses.record import Attempt, Learner, Slot

_INTERACTION = re.compile(
    r"cmi\.interactions[._]N?(\d+)\.(id|student_response|learner_response|result|time|timestamp)\Z"
)


def attempt_of(
    elements: Mapping[str, str],
    place: str,
    learner: Learner,
    number: int,
    *,
    sco: str = "",
    times: Mapping[str, float] | None = None,
    rank: int = 0,
    damage: str = "",
) -> Attempt:
    """An attempt out of its elements. ``times``: when each was written, in seconds since 1970, where known."""
    found: dict[int, dict[str, str]] = {}
    written: dict[int, float] = {}
    for element, value in elements.items():
        match = _INTERACTION.match(element)
        if not match:
            continue
        index = int(match[1])
        part = "response" if match[2].endswith("response") else "time" if match[2] == "timestamp" else match[2]
        found.setdefault(index, {})[part] = value
        if times and part == "response" and element in times:
            written[index] = times[element]
    slots = tuple(
        Slot(
            id=one.get("id", f"#{index}"),
            response=one.get("response"),
            result=one.get("result", ""),
            at=written.get(index, _moment(one.get("time", ""))),
            time=one.get("time", ""),
            damage=damage if one.get("response") else "",
        )
        for index, one in sorted(found.items())
    )
    completion, success = _status(elements)
    return Attempt(
        place=place,
        learner=learner,
        number=number,
        slots=slots,
        sco=sco,
        completion=completion,
        success=success,
        score=_score(elements),
        started=_seconds(elements.get("x.start.time", "")),
        last=_seconds(elements.get("timemodified", "")) or max((times or {}).values(), default=None),
        rank=rank,
    )


def _status(elements: Mapping[str, str]) -> tuple[str, str]:
    """SCORM 1.2 has one word for both (RTE 3.4.4, cmi.core.lesson_status)."""
    word = elements.get("cmi.core.lesson_status", "").lower()
    if word:
        completion = "completed" if word in {"passed", "completed"} else "incomplete"
        if word == "failed":
            completion = ""
        return completion if word != "not attempted" else word, word if word in {"passed", "failed"} else ""
    completion = elements.get("cmi.completion_status", "").lower()
    success = elements.get("cmi.success_status", "").lower()
    return completion if completion != "unknown" else "", success if success in {"passed", "failed"} else ""


def _score(elements: Mapping[str, str]) -> float | None:
    scaled = _number(elements.get("cmi.score.scaled", ""))
    if scaled is not None:
        return scaled
    for branch in ("cmi.score", "cmi.core.score"):
        raw = _number(elements.get(f"{branch}.raw", ""))
        if raw is None:
            continue
        most = _number(elements.get(f"{branch}.max", ""))
        return raw / (most if most and most > 0 else 100)
    return None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def _seconds(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < 1e11 else None


def _moment(text: str) -> float | None:
    """A 2004 timestamp; one without a zone is taken for UTC, which is off by hours and never by more than a day."""
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
