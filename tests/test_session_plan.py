"""The session plan: all that a trainer needs in a room, counted and timed, from the one source, in its language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from scormkit.build import build
from scormkit.model.session import Group
from scormkit.session_plan import counted_people
from scormkit.targets import targets
from tests.packages import ROOT, course_in

SEEDS = ROOT / "content/customer-care"
COURSES = ROOT / "tests/courses"
TO = "\N{EN DASH}"


def plans(folder: Path, out: Path, target: str = "scorm12") -> dict[str, html.HtmlElement]:
    made = build([folder], [targets()[target]], out)
    files = {plan for one in made.packages for plan in one.plans}
    return {file.name: html.document_fromstring(file.read_bytes().decode()) for file in files}


def small(folder: Path, change: Callable[[str], str]) -> html.HtmlElement:
    (page,) = plans(course_in(folder / "course", change), folder / "dist").values()
    return page


def words(element: html.HtmlElement) -> str:
    return " ".join(str(element.xpath("string()")).split())


def section(page: html.HtmlElement, name: str) -> html.HtmlElement:
    found: list[html.HtmlElement] = page.xpath(f"//section[h2[@id='{name}']]")
    assert len(found) == 1
    return found[0]


def row(page: html.HtmlElement, start: str) -> list[str]:
    """The numbers in the row that starts like this."""
    (found,) = [one for one in section(page, "needs").xpath(".//tr") if words(one).startswith(start)]
    return [words(cell) for cell in found.xpath("*[position() > 1]")]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, html.HtmlElement]:
    return plans(SEEDS, tmp_path_factory.mktemp("dist"))


@pytest.fixture
def customers(seeds: dict[str, html.HtmlElement]) -> html.HtmlElement:
    return seeds["customer-care-who-are-our-customers.session-plan.html"]


@pytest.fixture
def pathways(seeds: dict[str, html.HtmlElement]) -> html.HtmlElement:
    return seeds["customer-care-customer-pathways.session-plan.html"]


def test_it_counts_what_is_needed_for_the_number_of_people(customers: html.HtmlElement) -> None:
    assert row(customers, "People") == ["6", "12", "18", "24"]
    assert row(customers, "Groups") == ["2", "3", "5", "6"]
    assert row(customers, "Flipchart") == ["1", "1", "1", "1"]
    assert row(customers, "Handout 1: Action plan · 1 for each person") == ["6", "12", "18", "24"]
    assert row(customers, "Resource 1: Customer groups (optional)") == ["6", "12", "18", "24"]


def test_it_counts_by_groups(pathways: html.HtmlElement) -> None:
    assert row(pathways, "Groups") == ["1", "2", "3", "4"]
    assert row(pathways, "Handout 1: The brief · 1 for each group") == ["1", "2", "3", "4"]


def test_it_counts_for_the_people_that_the_author_names(tmp_path: Path) -> None:
    more = "group: {min: 2, max: 3, people: [7]}\nmaterials: [{item: Cards, quantity: 5, per: group}]\n"
    page = small(tmp_path, lambda text: text + more)
    assert (row(page, "People"), row(page, "Groups"), row(page, "Cards · 5 for each group")) == (["7"], ["3"], ["15"])


@pytest.mark.parametrize(
    ("group", "people"),
    [
        ({"min": 2, "max": 2}, (6, 12, 18, 24)),
        ({"min": 3, "max": 8, "count": 3}, (12, 18, 24)),
        ({"min": 5, "max": 5}, (5, 10, 15, 20)),
        ({"min": 40, "max": 50, "count": 1}, (50,)),
    ],
)
def test_numbers_of_people_suit_the_groups(group: dict[str, int], people: tuple[int, ...]) -> None:
    found = Group.model_validate(group)
    assert counted_people(found) == people
    assert all(found.groups_of(one) for one in people)


def test_it_gives_each_phase_its_time_its_setting_and_the_trainer_s_text(customers: html.HtmlElement) -> None:
    rows = [[words(cell) for cell in one] for one in section(customers, "glance").xpath(".//tbody/tr")]
    assert rows[0] == [f"0:00{TO}2:30", "Who else is a customer?", "everybody together"]
    assert rows[3] == [f"9:00{TO}10:00", "One thing you will do differently", "each person alone"]
    first, *_, last = section(customers, "run").xpath("section")
    assert words(first).startswith(f"0:00{TO}2:30 · Who else is a customer? everybody together Begin with the idea")
    assert "“Make a list”, “Who is in the six groups?” (optional)." in words(first), "what is there for a learner alone"
    assert "Give everybody Handout 1." in words(last)


def test_it_has_preparation_variations_what_comes_afterwards_and_where_it_comes_from(
    pathways: html.HtmlElement,
) -> None:
    assert "Copy Resource 1 too, if you would like people to take it away. (optional)" in words(
        section(pathways, "before")
    )
    assert "Walk the floor" in words(section(pathways, "variations"))
    assert "3 weeks after the session the report is due: “Handout 3: Report back”." in words(section(pathways, "after"))
    assert ["up to do date", "up to date"] in [
        [words(cell) for cell in one] for one in section(pathways, "source").xpath(".//tr")
    ]


def test_it_tells_what_is_right(customers: html.HtmlElement) -> None:
    said = words(section(customers, "answers"))
    assert "Right: Potential customers and casual enquirers" in said
    assert "Right: Existing customers · Ex-customers" in said


def test_every_sheet_has_a_page_of_its_own_with_the_session_s_title(pathways: html.HtmlElement) -> None:
    found = {words(one.xpath("h3")[0]): one for one in section(pathways, "sheets").xpath("section[@class='sheet']")}
    assert list(found) == [
        "Resource 1: Customer pathways",
        "Handout 1: The brief",
        "Handout 2: Action plan",
        "Handout 3: Report back",
        "Quick check: our own addition",
    ]
    assert {words(one.xpath("p")[0]) for one in found.values()} == {"Customer pathways"}
    brief = found["Handout 1: The brief"]
    assert [words(one) for one in brief.xpath("h4")] == ["Stage one: the map", "Stage two: your part"]
    assert len(found["Resource 1: Customer pathways"].xpath(".//li")) == 27


def test_a_form_is_printed_with_lines_boxes_and_a_signature_and_asks_what_the_screen_asks(
    pathways: html.HtmlElement,
) -> None:
    plan, report = section(pathways, "sheets").xpath("section[contains(h3, 'Action plan') or contains(h3, 'Report')]")
    assert len(plan.xpath(".//div[@class='lines']")) == 2
    assert "Signed" in words(plan)
    assert "How far I got with my plan" in words(report)
    assert len(report.xpath(".//li[span[@class='box']]")) == 4
    assert "I will do that by" in words(report), "a day for the next plan"
    assert "Please return this sheet to: The person who led your session" in words(report)
    assert "By (date)" in words(report)


def test_a_form_that_is_private_on_the_screen_is_private_on_paper(tmp_path: Path) -> None:
    forms = "forms: [{id: mine, title: For me, record: private, fields: [{id: a, type: long-text, label: What}]}]\n"
    assert "This sheet stays with you. Nobody collects it." in words(small(tmp_path, lambda text: text + forms))


def test_it_needs_nothing_but_itself(seeds: dict[str, html.HtmlElement]) -> None:
    for page in seeds.values():
        assert not page.xpath("//script | //link | //button | //input | //textarea | //select")
        assert {address[:1] for address in page.xpath("//@href")} == {"#"}
        assert {address[1:] for address in page.xpath("//@href")} <= set(page.xpath("//@id"))


def test_a_picture_of_a_handout_comes_along_and_a_link_to_a_file_leaves_its_words(tmp_path: Path) -> None:
    def change(text: str) -> str:
        sheet = 'handouts: [{id: map, title: A map, text: "Hear [the talk](talk.mp3). ![A dot](dot.svg)"}]\n'
        return text + sheet

    folder = course_in(tmp_path / "course", change)
    dot = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    (folder / "dot.svg").write_text(dot, encoding="utf-8")
    (folder / "talk.mp3").write_bytes(b"ID3\x03" + bytes(60))
    (page,) = plans(folder, tmp_path / "dist").values()
    (picture,) = page.xpath("//img")
    assert picture.get("src").startswith("data:image/svg+xml;base64,")
    assert "Hear the talk." in words(section(page, "sheets"))
    assert not page.xpath("//a[contains(@href, 'mp3')]")


@pytest.mark.parametrize(
    ("course", "language", "direction", "title"),
    [("german", "de", "ltr", "Ablaufplan: "), ("arabic", "ar", "rtl", "خطة الجلسة: ")],
)
def test_it_speaks_the_language_of_the_session(
    tmp_path: Path, course: str, language: str, direction: str, title: str
) -> None:
    found = plans(COURSES / course, tmp_path)
    page = next(page for page in found.values() if page.get("lang") == language)
    assert page.get("dir") == direction
    assert words(page.xpath("//h1")[0]).startswith(title)
    english = {"Session plan", "What you need", "Answer keys", "Sheets to print", "each person alone"}
    assert not [one for one in english if one in words(page.xpath("//body")[0])]


def test_all_targets_share_one_plan_of_each_session_and_a_follow_up_has_none(tmp_path: Path) -> None:
    report = "forms: [{id: r, title: Report, purpose: report-back, fields: [{id: a, type: long-text, label: What}]}]\n"
    separate = report + "follow_up: {after: 2 weeks, form: r, delivery: separate}\n"
    folder = course_in(tmp_path / "course", lambda text: text + separate)
    made = build([folder], list(targets().values()), tmp_path / "dist")
    found = sorted(file.name for file in (tmp_path / "dist").glob("*.session-plan.html"))
    assert found == ["small.session-plan.html"]
    assert [one.plans for one in made.packages if one.package == "small-follow-up"] == [()] * len(targets())


def test_sessions_in_one_package_have_a_plan_each_the_same_for_every_standard(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    course_in(folder / "one", lambda text: text.replace("id: small", "id: one"))
    course_in(folder / "two", lambda text: text.replace("id: small", "id: two"))
    about = "id: both\ntitle: Both\nsessions: [one, two]\npackages: one-for-all\n"
    (folder / "course.yaml").write_text(about, encoding="utf-8")
    made = {}
    for target in ("scorm12", "scorm2004-4th"):
        build([folder], [targets()[target]], tmp_path / target)
        files = (tmp_path / target).glob("*.session-plan.html")
        made[target] = {file.name: file.read_bytes() for file in files}
    assert sorted(made["scorm12"]) == ["both-one.session-plan.html", "both-two.session-plan.html"]
    assert made["scorm12"] == made["scorm2004-4th"], "the one has two units, the other a menu"
