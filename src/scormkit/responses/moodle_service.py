"""Moodle's web service: every attempt of every learner, exact for SCORM 1.2 and 2004; an enrolled teacher's token does.

Replies are judged by ``errorcode``, because messages are translated. What the service leaves out without a word
(learners that the token may not see, hidden activities, attempts without a status) is compared and said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request

from scormkit.problem import ProblemsFound
from scormkit.responses import rules
from scormkit.responses.codebooks import Codebooks
from scormkit.responses.connection import (
    LARGEST_REPLY,
    Connection,
    RefusedError,
    TooLargeError,
    UnansweredError,
    start_of,
    tries,
)
from scormkit.responses.elements import attempt_of
from scormkit.responses.moodle_escapes import decoded
from scormkit.responses.record import Attempt, Learner, Say

TOKEN = "SCORMKIT_MOODLE_TOKEN"  # noqa: S105 - the variable's name, not a token
RANK = 5
MOST_ATTEMPTS = 500

_HINTS = {
    "invalidtoken": f"Put a valid token into {TOKEN}: on the site open Preferences, Security keys.",
    "accessexception": "The token's service lacks this function. Take the token of the Moodle app's service, or ask an "
    "administrator to add the function to the service.",
    "nopermissions": "The account needs mod/scorm:viewreport in the activity, as every teacher has it.",
    "requireloginerror": "The account must be enrolled in the course as a teacher, or may not use the service (REST).",
    "sitemaintenance": "The site is being maintained; try again later.",
    "invalidrecord": "There is no such course; give the address of the course or the activity.",
    "enablewsdescription": "Web services are switched off on this site.",
}

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """What an address means: the site, and a course or an activity of it."""

    site: str
    course: int | None = None
    module: int | None = None


@dataclass(slots=True)
class MoodleService:
    """One site with one token."""

    place: Place
    token: str
    say: Say
    connection: Connection = field(default_factory=Connection)

    @property
    def name(self) -> str:
        """What reports call it."""
        return self.place.site

    def attempts(self, known: Codebooks) -> Iterator[Attempt]:
        """The attempts at the activity, or at those of the course whose pieces have a title of the codebooks.

        Raises :class:`ProblemsFound` where the site refuses or cannot be understood.
        """
        own = self._object(self.call("core_webservice_get_site_info"), "userid")
        activities = self._activities()
        chosen = [(one, self._pieces(one)) for one in activities]
        titles = known.titles
        named = [(one, pieces) for one, pieces in chosen if any(_text(piece, "title") in titles for piece in pieces)]
        for activity, pieces in named or chosen:
            yield from self._of_activity(activity, pieces, _number(own, "userid"))

    def _activities(self) -> list[Json]:
        course = {} if self.place.course is None else {"courseids[0]": str(self.place.course)}
        reply = self._object(self.call("mod_scorm_get_scorms_by_courses", course), "scorms")
        found = _objects(reply.get("scorms"))
        if self.place.module is not None:
            found = [one for one in found if one.get("coursemodule") == self.place.module]
        if not found:
            what = "this SCORM activity" if self.place.module is not None else "any SCORM activity here"
            raise self._failure(
                f"the token's account does not see {what}",
                "It may be hidden, or the account is not enrolled in the course. Give the course's address "
                "(…/course/view.php?id=…) where the account is not enrolled.",
            )
        return found

    def _pieces(self, activity: Json) -> list[Json]:
        reply = self._object(self.call("mod_scorm_get_scorm_scoes", {"scormid": str(_number(activity, "id"))}), "scoes")
        return [one for one in _objects(reply.get("scoes")) if _text(one, "launch")]

    def _of_activity(self, activity: Json, pieces: list[Json], own: int) -> Iterator[Attempt]:
        name = decoded(_text(activity, "name"))
        users = _objects(self.call("core_enrol_get_enrolled_users", {"courseid": str(_number(activity, "course"))}))
        self._compare(activity, name, users, own)
        for user in users:
            roles = {_text(role, "shortname") for role in _objects(user.get("roles"))}
            learner = Learner(
                name=_text(user, "fullname"), email=_text(user, "email"), id=f"moodle:{_number(user, 'id')}"
            )
            tried = False
            for piece in pieces:
                for attempt in self._tracks(name, piece, user, learner):
                    tried = True
                    yield attempt
            if not tried:
                self._ask_about_gap(activity, name, user)
            if not tried and (not roles or "student" in roles):
                yield Attempt(f"{self.place.site} {name}", learner, 0, completion="not attempted", rank=RANK)

    def _tracks(self, activity: str, piece: Json, user: Json, learner: Learner) -> Iterator[Attempt]:
        number = 0  # the last one, which tells its own number
        while number >= 0:
            reply = self._object(
                self.call(
                    "mod_scorm_get_scorm_sco_tracks",
                    {
                        "scoid": str(_number(piece, "id")),
                        "userid": str(_number(user, "id")),
                        "attempt": str(number),
                    },
                ),
                "data",
            )
            data = reply.get("data")
            data = data if isinstance(data, dict) else {}
            if number == 0:
                number = min(_number(data, "attempt"), MOST_ATTEMPTS)
            elements = {_text(one, "element"): _text(one, "value") for one in _objects(data.get("tracks"))}
            if elements:
                yield attempt_of(
                    elements,
                    f"{self.place.site} {activity}",
                    learner,
                    number,
                    sco=decoded(_text(piece, "title")),
                    rank=RANK,
                )
            number = number - 1 if number > 1 else -1

    def _ask_about_gap(self, activity: Json, name: str, user: Json) -> None:
        """The service gives no tracks of an attempt whose status is empty, and says that there was none."""
        parameters = {"scormid": str(_number(activity, "id")), "userid": str(_number(user, "id"))}
        try:
            reply = self._object(self.call("mod_scorm_get_scorm_attempt_count", parameters), "attemptscount")
        except ProblemsFound:
            return  # refused where the activity is closed or the function is not in the service: then nobody can tell
        if count := _number(reply, "attemptscount"):
            self._notice(
                f"{name}: {_text(user, 'fullname')} has {count} attempt{'s' * (count > 1)} that the site does not give",
                "Such an attempt has no status. A backup of the activity (.mbz) holds its answers.",
            )

    def _compare(self, activity: Json, name: str, users: list[Json], own: int) -> None:
        others = [user for user in users if user.get("id") != own]
        if not others:
            self._notice(
                f"{name}: the token's account sees no participant but itself"
                if users
                else f"{name}: the token's account sees no participant",
                "It needs moodle/course:viewparticipants and moodle/user:viewdetails; with separate groups it must be "
                "in the groups.",
            )
        if activity.get("groupmode") == 1:
            self._notice(
                f"{name} has separate groups: only the learners of the account's own groups are listed",
                "An editing teacher's token sees all groups.",
            )
        if activity.get("visible") is False:
            self._notice(f"{name} is hidden from learners", "Answers are read all the same.")

    def _notice(self, message: str, hint: str) -> None:
        self.say(rules.GAPS.problem(message, hint, file=self.place.site))

    # --- one call ---------------------------------------------------------------------------------------------------

    def call(self, function: str, parameters: Mapping[str, str] | None = None) -> object:
        """The reply to a function. Raises :class:`ProblemsFound`; the token is in none of its words."""
        form = {
            "wstoken": self.token,
            "wsfunction": function,
            "moodlewsrestformat": "json",
            **(parameters or {}),
        }
        request = Request(  # noqa: S310 - the address was checked to be http or https
            f"{self.place.site}/webservice/rest/server.php", urlencode(form).encode(), method="POST"
        )
        request.add_header("Accept", "application/json")
        text = self._reply(request, function)
        try:
            reply: object = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self._failure(
                f"{function} was answered with something that is not JSON: {start_of(text)}",
                "Check the site's address: it is what stands before /course/ or /mod/ in your browser.",
            ) from error
        if isinstance(reply, dict) and "exception" in reply:
            code = str(reply.get("errorcode", ""))
            raise self._failure(
                f"{function} was refused ({code}): {start_of(str(reply.get('message', '')))}", _HINTS.get(code, "")
            )
        return reply

    def _reply(self, request: Request, function: str) -> str:
        try:
            return self.connection.reply(request).decode("utf-8", errors="replace")
        except TooLargeError as error:
            raise self._failure(f"the reply to {function} is larger than {LARGEST_REPLY} bytes", "") from error
        except RefusedError as error:
            if 300 <= error.status < 400:
                raise self._failure(
                    f"the site sends on to {error.location or 'another address'}",
                    "Give that address: the token is not sent to another one.",
                ) from error
            raise self._failure(
                f"the site answered {function} with HTTP {error.status}",
                "Web services may be switched off, or something before the site blocks them.",
            ) from error
        except UnansweredError as error:
            raise self._failure(
                f"the site did not answer {function} after {tries()} tries: {error}",
                "Check the address and the connection, and try again later.",
            ) from error

    def _object(self, reply: object, member: str) -> Json:
        if isinstance(reply, dict) and member in reply:
            return reply
        raise self._failure(f"a reply of the site has no {member}", "The site may be older than Moodle 3.9.")

    def _failure(self, message: str, hint: str) -> ProblemsFound:
        hidden = message.replace(self.token, "…") if self.token else message
        return ProblemsFound([rules.SERVICE.problem(hidden, hint, file=self.place.site)])


def place_of(address: str) -> Place:
    """The site and what of it is meant, from an address as it stands in a browser.

    Raises :class:`ProblemsFound` where it is no web address.
    """
    parts = urlsplit(address if "//" in address else f"https://{address}")
    match = re.search(r"/(course/view\.php|mod/scorm/\w+\.php|mod/scorm/report\.php)\Z", parts.path)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise ProblemsFound(
            [rules.SERVICE.problem("this is no address of a site", "Copy it from your browser.", file=address)]
        )
    base = parts.path[: match.start()] if match else parts.path
    site = f"{parts.scheme}://{parts.netloc}{base.rstrip('/')}"
    query = parse_qs(parts.query)
    number = next((int(one) for one in query.get("id", []) if one.isdecimal()), None)
    if match and match[1].startswith("course"):
        return Place(site, course=number)
    if match:
        module = next((int(one) for one in query.get("cmid", []) if one.isdecimal()), None)
        return Place(site, module=number if number is not None else module)
    return Place(site)


def _objects(found: object) -> list[Json]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(one: Json, key: str) -> str:
    value = one.get(key)
    return "" if value is None or isinstance(value, bool) else str(value)


def _number(one: Json, key: str) -> int:
    value = one.get(key)
    return value if isinstance(value, int) else 0
