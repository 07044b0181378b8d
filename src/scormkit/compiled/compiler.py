"""Course to packages: pages, units, interactions, completion rule. Everything after this works on what it made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol

from markupsafe import Markup
from pydantic import JsonValue

from scormkit.colour import accent_of
from scormkit.compiled import follow_up, pages, quiz
from scormkit.compiled.course import CompiledBlock, CompletionRule, MediaFile, Package, Step, Unit, page_suffix
from scormkit.compiled.languages import in_all, in_language
from scormkit.compiled.markdown import Places, plain
from scormkit.compiled.messages import catalogue, own_name, translated
from scormkit.model.blocks import Activity
from scormkit.model.course import Course, CourseFile
from scormkit.model.interactions import Interaction
from scormkit.model.session import Session

LABEL_LENGTH = 80


class Media(Protocol):
    """A media file of a session."""

    @property
    def file(self) -> Path:
        """Where it lies."""
        ...

    @property
    def href(self) -> str:
        """Its portable name in the package."""
        ...

    @property
    def width(self) -> int | None:
        """Pixels, where known."""
        ...

    @property
    def height(self) -> int | None:
        """Pixels, where known."""
        ...


class LoadedSession(Protocol):
    """A session with its files, as the loader gives it."""

    @property
    def session(self) -> Session:
        """The session, its activities resolved."""
        ...

    @property
    def file(self) -> Path:
        """Its session.yaml."""
        ...

    @property
    def media(self) -> Mapping[str, Media]:
        """Media by the name that the author wrote."""
        ...

    @property
    def translations(self) -> Sequence[LoadedSession]:
        """The same session in other languages."""
        ...


class LoadedCourse(Protocol):
    """A course with its files."""

    @property
    def course(self) -> Course:
        """The course."""
        ...

    @property
    def folder(self) -> Path:
        """Its folder; ``templates/`` in it overrides ours."""
        ...

    @property
    def sessions(self) -> Sequence[LoadedSession]:
        """Its sessions in order."""
        ...


class _Way(NamedTuple):
    """The language in which a unit is made, among all its ``languages``, its own first; () where it has one only."""

    language: str
    languages: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """As :attr:`Unit.suffix`."""
        return page_suffix(self.language, self.languages)


def _offered(tag: str, way: _Way) -> dict[str, str]:
    """A language as the page offers it: its tag, its name in itself, and where its page lies."""
    page = f"{pages.PAGE}{page_suffix(tag, way.languages)}.html"
    return {"tag": tag, "name": own_name(tag), "direction": pages.direction_of(tag), "page": page}


class _Place(NamedTuple):
    """A session within a unit. ``prefix`` keeps ids apart where a unit has several sessions."""

    loaded: LoadedSession
    prefix: str
    media_folder: str

    def translated(self, language: str) -> _Place:
        """The session in a language, where there is such a translation."""
        found = (one for one in self.loaded.translations if one.session.language == language)
        return self._replace(loaded=next(found, self.loaded))

    @property
    def places(self) -> Places:
        return {name: (self.media_folder + media.href, media) for name, media in self.loaded.media.items()}


def compiled(loaded: LoadedCourse, *, several_units: bool) -> tuple[Package, ...]:
    """The packages of a course.

    ``several_units`` says whether a package may hold several launchable pieces; where it may not, the sessions of a
    course that goes into one package become one unit with a menu.
    """
    return tuple(compiling(loaded, several_units=several_units))


def compiling(loaded: LoadedCourse, *, several_units: bool) -> Iterator[Package]:
    """The same one after the other, so that a large course need not be in memory as a whole."""
    about = loaded.course.about
    overrides = loaded.folder / "templates" if (loaded.folder / "templates").is_dir() else None
    make = _Compiler(about, overrides)
    if about.packages == "one-per-session":
        for one in loaded.sessions:
            unit = make.unit([_Place(one, "", "")])
            # The course's own id belongs to a package that holds all of it.
            yield _package(_name_of(about, one.session), about, [unit], f"{unit.iri}/course")
    elif several_units:
        units = [make.unit([_Place(one, "", f"{one.session.id}/")]) for one in loaded.sessions]
        yield _package(about.id, about, units, _iri(about), whole=True)
    else:
        places = [_Place(one, f"{one.session.id}.", f"{one.session.id}/") for one in loaded.sessions]
        unit = make.unit(places, menu=True)
        yield _package(about.id, about, [unit], _iri(about), whole=True)
    for one in loaded.sessions:
        if follow_up.is_apart(one.session):
            unit = make.follow_up(_Place(one, "", ""))
            name = f"{_name_of(about, one.session)}-follow-up"
            yield _package(name, about, [unit], f"{unit.iri}/course")


def _name_of(about: CourseFile, session: Session) -> str:
    return f"{about.id}-{session.id}" if about.id != session.id else about.id


def _package(name: str, about: CourseFile, units: Sequence[Unit], iri: str, *, whole: bool = False) -> Package:
    """``whole``: it holds the whole course; else one unit, after which it is called."""

    def package(language: str, units: tuple[Unit, ...]) -> Package:
        title = about.title if whole else units[0].title
        description = (about.description or "") if whole else units[0].sessions[0].aim
        return Package(about.id, about.title, name, title, language, about.version, units, iri, plain(description))

    others = sorted({other.language for unit in units for other in unit.languages[1:]})
    translations = (package(tag, tuple(in_language(unit, tag) for unit in units)) for tag in others)
    return package(about.language, tuple(units))._replace(translations=tuple(translations))


def _iri(about: CourseFile) -> str:
    return about.iri or f"urn:scormkit:{about.id}"


class _Compiler:
    """Makes the units of one course."""

    def __init__(self, about: CourseFile, overrides: Path | None) -> None:
        self.about = about
        self.overrides = overrides

    def unit(self, places: Sequence[_Place], *, menu: bool = False) -> Unit:
        """One unit of one session, or of several with a menu; in all languages that there are."""
        return self._in_all_languages(places, lambda ones, way: self._whole(ones, way, menu=menu))

    def follow_up(self, place: _Place) -> Unit:
        """The follow-up of a session as a unit of its own; in all languages that there are."""
        return self._in_all_languages([place], lambda ones, way: self._report(ones[0], way))

    def _in_all_languages(self, places: Sequence[_Place], make: Callable[[Sequence[_Place], _Way], Unit]) -> Unit:
        first = self._language(places[0].loaded.session)
        others = {one.session.language for place in places for one in place.loaded.translations}
        tags = (first, *sorted(tag for tag in others if tag and tag != first))
        if len(tags) == 1:
            return make(places, _Way(first))
        return in_all(make([place.translated(tag) for place in places], _Way(tag, tags)) for tag in tags)

    def _whole(self, places: Sequence[_Place], way: _Way, *, menu: bool) -> Unit:
        first = places[0].loaded.session
        title = self.about.title if menu else first.title
        steps = [Step("_start", "start", first.id, title)]
        for place in places:
            steps += _steps(place, self._language(place.loaded.session))
        blocks = [block for step in steps for block in step.blocks]
        results = quiz.results_of(blocks, _pass_mark([place.loaded.session for place in places]), way.language)
        last = places[-1].loaded.session.id
        steps.append(Step("_finish", "finish", last, "", blocks=(results,) if results else ()))
        # Last of all, so that no answer's place in an LMS's list changes because of a follow-up.
        comes_back = [place for place in places if follow_up.is_here(place.loaded.session)]
        for place in comes_back:
            session = place.loaded.session
            steps.append(follow_up.step(session, place.prefix, self._language(session)))
        return self._unit(places, steps, self.about.id if menu else first.id, title, way, menu=menu)

    def _report(self, place: _Place, way: _Way) -> Unit:
        session = place.loaded.session
        step = follow_up.step(session, "", self._language(session))
        steps = [step, Step("_finish", "finish", session.id, "")]
        unit = self._unit([place], steps, f"{session.id}-follow-up", f"{session.title}: {step.title}", way)
        rule = CompletionRule((), (), follow_up.round_keys(session)[:1], quiz=False)
        media = tuple(file for file in unit.media if file.href in unit.page)
        return unit._replace(completion=rule, mastery_score=None, media=media)

    def _unit(
        self,
        places: Sequence[_Place],
        steps: Sequence[Step],
        unit_id: str,
        title: str,
        way: _Way,
        *,
        menu: bool = False,
    ) -> Unit:
        sessions = tuple(place.loaded.session for place in places)
        if way.languages:
            # Beside translations, a session that has none says in which language it is.
            sessions = tuple(one.model_copy(update={"language": self._language(one)}) for one in sessions)
        blocks = [block for step in steps for block in step.blocks]
        reminds = {"reminder"} if any(block.reminder for block in blocks) else set()
        kinds = tuple(sorted({block.kind for block in blocks} | reminds | quiz.parts_for(blocks)))
        words = {
            place.prefix: pages.Words(catalogue(self._language(place.loaded.session), kinds), place.places)
            for place in places
        }
        names = (f"a{number}" for number in count(1))
        steps = [self._rendered(step, words[_prefix(step, places)], names) for step in steps]
        blocks = [block for step in steps for block in step.blocks]
        media = {
            place.media_folder + media.href: media.file for place in places for media in place.loaded.media.values()
        }
        unit = Unit(
            id=unit_id,
            journal_id=self.about.id if unit_id == self.about.id else f"{self.about.id}/{unit_id}",
            iri=f"{_iri(self.about)}/{unit_id}",
            title=title,
            language=way.language,
            version="",
            file=places[0].loaded.file,
            sessions=sessions,
            steps=tuple(steps),
            interactions=tuple(follow_up.placed(_interactions(blocks), sessions)),
            completion=_completion(places, steps),
            mastery_score=_pass_mark(sessions),
            on_fail="failed" if any(s.on_fail == "failed" for s in sessions) else "incomplete",
            follow_ups=tuple(
                block.key
                for step in steps
                for block in step.blocks
                if step.role == "follow-up" and not block.reads_only and not block.key.endswith(follow_up.PASTED_PLAN)
            ),
            shed_order=_shed_order(places, blocks),
            suspend_data_limit=min((s.suspend_data_limit for s in sessions if s.suspend_data_limit), default=None),
            kinds=kinds,
            activities={
                block.key: _described(block, _prefix(step, places) if menu else "")
                for step in steps
                for block in step.blocks
                if _has_behaviour(block)
            },
            media=tuple(MediaFile(href, media[href]) for href in sorted(media)),
            places={place.loaded.session.id: place.places for place in places},
            page="",
        )
        page = self._page(unit, pages.Words(catalogue(way.language, kinds), places[0].places), way)
        content = hashlib.sha256(f"{page}{unit.activities}{unit.interactions}".encode()).hexdigest()[:12]
        version = f"{self.about.version}+{content}" if self.about.version else content
        return unit._replace(page=page, version=version)

    def _language(self, session: Session) -> str:
        return session.language or self.about.language

    def _rendered(self, step: Step, words: pages.Words, names: Iterator[str]) -> Step:
        blocks = []
        for block, dom in zip(step.blocks, names, strict=False):
            context = {"activity": block.activity, "key": block.key, "dom": dom, "reminder": block.reminder}
            html = pages.block_html(block.kind, self.overrides, context | words.context())
            blocks.append(block._replace(dom=dom, html=html))
        return step._replace(blocks=tuple(blocks))

    def _page(self, unit: Unit, words: pages.Words, way: _Way) -> str:
        context = dict(
            unit={
                "id": unit.id,
                "title": unit.title,
                "language": unit.language,
                "direction": pages.direction_of(unit.language),
                "course_title": self.about.title,
                "course_language": self.about.language,
                "version": self.about.version,
                "sessions": [
                    {
                        "id": session.id,
                        "title": session.title,
                        "aim": session.aim,
                        "overview": session.overview,
                        "minutes": max(1, round(session.length / 60)),
                        "language": self._language(session),
                    }
                    for session in unit.sessions
                ],
            },
            steps=unit.steps,
            languages={session.id: self._language(session) for session in unit.sessions},
            direction_of=pages.direction_of,
            accent=accent_of(self.about.theme.accent, self.about.theme.accent_dark),
            style=pages.style(unit.kinds, self.overrides) + (pages.switch_style() if way.languages else ""),
            suffix=way.suffix,
            others=[_offered(tag, way) for tag in way.languages if tag != way.language],
            script=Markup(pages.SCRIPT),  # noqa: S704 - a mark of ours
            csp=pages.POLICY,
            promise=Markup(pages.PROMISE),  # noqa: S704 - a mark of ours
            **words.context(),
        )
        return pages.page_html(self.overrides, context)


def _pass_mark(sessions: Iterable[Session]) -> float | None:
    return max((one.mastery_score for one in sessions if one.mastery_score is not None), default=None)


def _steps(place: _Place, language: str) -> Iterator[Step]:
    session = place.loaded.session
    for phase in session.phases:
        step = place.prefix + phase.id
        yield Step(
            step,
            "phase",
            session.id,
            phase.title,
            kind=phase.kind,
            seconds=phase.duration,
            setting=phase.setting,
            blocks=tuple(_blocks(session, phase.blocks, place.prefix, step, language)),
        )
    check = session.knowledge_check
    if check:
        step = place.prefix + check.id
        blocks = tuple(_blocks(session, check.blocks, place.prefix, step, language))
        bank = tuple(block.key for block in blocks if not block.reads_only)
        draw = quiz.draw_of(session, bank, f"{step}.draw", session.language or language)
        yield Step(
            step,
            "check",
            session.id,
            check.title,
            note=check.note,
            derived=check.derived,
            blocks=(draw, *blocks) if draw else blocks,
        )


def _blocks(
    session: Session, blocks: Sequence[Activity], prefix: str, step: str, language: str
) -> Iterator[CompiledBlock]:
    language = session.language or language
    for number, activity in enumerate(blocks, 1):
        # A text has no id of its own; a dot keeps its key apart from every author's id.
        key = prefix + activity.id if activity.id else f"{step}.{number}"
        label = _label(activity, key)
        if not activity.title and getattr(activity, "predicts", None):
            # It asks in the words of its question, which is listed beside it.
            label = translated(catalogue(language, ()), "change.first", {"title": label})
        block = CompiledBlock(key, "", activity.activity, activity.title, label, activity.reads_only, activity)
        yield follow_up.with_reminder(block, session)


def _label(activity: Activity, key: str) -> str:
    asked = next((text for name in ("prompt", "question", "statement") if (text := getattr(activity, name, None))), "")
    label = activity.title or plain(asked) or key
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _prefix(step: Step, places: Sequence[_Place]) -> str:
    return next((place.prefix for place in places if place.loaded.session.id == step.session), places[0].prefix)


def _name(block: CompiledBlock, interaction: Interaction) -> str:
    return f"{block.key}.{interaction.key}" if interaction.key else block.key


def _interactions(blocks: Iterable[CompiledBlock]) -> Iterator[tuple[str, Interaction]]:
    # A draw comes last of all, so that no answer's place in an LMS's list changes because of it.
    for block in sorted(blocks, key=lambda block: block.kind == "draw"):
        for interaction in block.activity.interactions():
            yield _name(block, interaction), interaction._replace(description=plain(interaction.description))


def _completion(places: Sequence[_Place], steps: Sequence[Step]) -> CompletionRule:
    seen: list[str] = []
    done: list[str] = []
    forms: list[str] = []
    passed = False
    for place in places:
        rule = place.loaded.session.completion
        mine = [step for step in steps if step.session == place.loaded.session.id and step.role in {"phase", "check"}]
        if rule.phases == "all":
            seen += [step.id for step in mine]
        blocks = [block for step in mine for block in step.blocks]
        if rule.activities == "required":
            done += [block.key for block in blocks if block.activity.required and not block.reads_only]
        elif rule.activities != "none":
            done += [place.prefix + key for key in rule.activities]
        forms += [place.prefix + key for key in rule.forms]
        settings = place.loaded.session.follow_up
        if settings and settings.in_completion:
            forms += [place.prefix + key for key in follow_up.round_keys(place.loaded.session)[:1]]
        passed = passed or rule.quiz == "passed"
    return CompletionRule(tuple(seen), tuple(done), tuple(forms), passed)


def _shed_order(places: Sequence[_Place], blocks: Sequence[CompiledBlock]) -> tuple[str, ...]:
    """Texts by how soon their resume copy may go: as they stand in the unit, action plans and ``keep_last`` last.

    Of those that are kept longest the first field, which says what will be done, is the very last.
    """
    last = [place.prefix + key for place in places for key in place.loaded.session.keep_last]

    def rank(block: CompiledBlock) -> tuple[int, int]:
        if block.key in last:
            return 2, last.index(block.key)
        plan = getattr(block.activity, "purpose", "") == "action-plan"
        return (1 if plan else 0), 0

    names: list[str] = []
    for block in sorted(blocks, key=rank):
        texts = [_name(block, one) for one in block.activity.interactions() if one.max_chars]
        names += reversed(texts) if rank(block) > (0, 0) else texts
    return tuple(names)


def _has_behaviour(block: CompiledBlock) -> bool:
    return not block.reads_only or bool(block.activity.client())


def _described(block: CompiledBlock, prefix: str) -> dict[str, JsonValue]:
    activity = block.activity
    described: dict[str, JsonValue] = {"kind": block.kind, "label": block.label}
    if prefix:
        described["prefix"] = prefix
    if block.reads_only:
        described["read"] = True
    if activity.weight():
        described["weight"] = activity.weight()
    described |= quiz.described(activity, prefix)
    if activity.promise != "submitted":
        described["record"] = activity.promise
    if data := activity.client():
        described["data"] = data
    return described
