"""A course in one cmi5 package: each session an assignable unit with launches, statements and a state of its own."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext

from tests.browser.conftest import SESSIONS, Site
from tests.browser.lms_platform import Enrolment, LmsLearner, LmsPlatform
from tests.browser.test_play import ALL_FIELDS
from tests.cmi5.second_opinion import complaints
from tests.fakes.cmi5 import judge, terms
from tests.fakes.cmi5.course_structure import imported
from tests.fakes.cmi5.server import Server


def writing(number: int) -> Callable[[str], str]:
    return lambda key: f"Unit {number} of {key}"


def parts_of(learner: LmsLearner) -> set[str]:
    return {one["object"]["id"] for one in learner.statements if not judge.is_defined(one)}


def test_the_units_of_one_package_are_played_side_by_side_and_nothing_mixes(
    lms_context: BrowserContext, site: Site, lms_server: Server
) -> None:
    lms = LmsPlatform(lms_context, site, lms_server)
    course, breaches = imported((site.folder / "dist/customer-care-cmi5.zip").read_bytes())
    assert breaches == []
    assert [parse_qs(urlsplit(unit.url).query)["au"] for unit in course.units] == [[name] for name in SESSIONS]
    registration = lms_server.lms.register(course)
    content = f"{site.address}/customer-care-cmi5"
    learners = [lms.open(Enrolment(registration, unit, content), tab=lms.tab()) for unit in course.units]

    for number, learner in enumerate(learners):
        assert registration.satisfied == set(), "a course is done with its last unit"
        learner.tab.bring_to_front()  # a browser slows down what nobody sees
        learner.write = writing(number)
        learner.work_through()
        learner.wait_until_stored()
        assert {"completed", "passed"} <= set(learner.verbs)
    assert registration.satisfied == {course.id}

    own = [learner.session.activity_id for learner in learners]
    assert len(set(own)) == len(SESSIONS)
    for number, learner in enumerate(learners):
        other = 1 - number
        assert all(one.startswith(f"{own[number]}/") for one in parts_of(learner))
        defined = [one for one in learner.statements if judge.is_defined(one)]
        assert {one["object"]["id"] for one in defined} == {own[number]}
        for one in learner.statements:
            assert one["context"]["registration"] == registration.id
            assert one["context"]["extensions"][terms.SESSION_ID] == learner.session.id
            assert one["context"]["contextActivities"]["grouping"][0]["id"] == course.units[number].id
            assert f"Unit {other} of" not in one.get("result", {}).get("response", "")
        assert complaints(learner.statements) == []
    ids = [one["id"] for one in lms_server.lms.statements.kept]
    assert len(set(ids)) == len(ids)

    fields = [learner.frame.evaluate(ALL_FIELDS) for learner in learners]
    for learner in learners:
        learner.tab.bring_to_front()
        learner.exit()
        assert learner.verbs[-1] == "terminated"
    for learner, before in zip(learners, fields, strict=True):
        learner.tab.bring_to_front()
        again = lms.come_back(learner, tab=learner.tab)
        assert again.frame.evaluate(ALL_FIELDS) == before
        again.exit()
        assert again.verbs == ["initialized", "terminated"]
    assert lms.refused == []
    assert lms.complaints == []
