"""What cmi5 and plain xAPI share: ids of activities, questions as activity definitions, what the browser must know.

The scheme of ids, below the unit's own activity (docs/xapi-statements.md shows all of it):

    /page/STEP                              a step of the session
    /test/ACTIVITY/question/QUESTION        a question; behind it a short hash where choices or right answers are set
    /form/ACTIVITY                          a form as a whole
    /form/ACTIVITY/field/FIELD              a field of a form

Sources: xAPI 1.0.3 Data 2.4.4.1 and appendix C; cmi5 best practices 1 and 16.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import JsonValue

from scormkit.compiled.course import CompiledBlock, Unit
from scormkit.compiled.markdown import plain
from scormkit.compiled.numbering import NumberedInteraction
from scormkit.model.interactions import Interaction, Option, Response
from scormkit.targets.target import Codes, Target

_COMPONENTS = {
    "choice": ("choices",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
}
"""What the lists of options are called for each type (Data 2.4.4.1, table of component lists)."""
_ROLES = {"action-plan": "plan", "report-back": "report"}
STATE_LIMIT = 64_000
"""Characters. The standards leave the limit to the record store; a request that outlives its page holds 65,536."""


class XapiTarget(Target):
    """A standard that sends statements."""

    digests = True
    texts = "plain"
    recipient = "record-store"

    @property
    def suspend_data_limit(self) -> int:
        """What a request that outlives its page can carry."""
        return STATE_LIMIT

    def record_size(self, interaction: Interaction) -> int:
        """A response is as long as it is: one record each."""
        return max(1, interaction.max_chars)

    def control_documents(self) -> tuple[Path, ...]:
        """None: neither standard asks for schema files in the zip."""
        return ()

    def page(self, unit: Unit, address: str, stem: str = "index") -> str:
        """Nothing that the page loads may learn its address, which says who learns and opens the record."""
        page = super().page(unit, address, stem)
        return page.replace(
            '<meta charset="utf-8">', '<meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        )

    def described(self, numbered: NumberedInteraction) -> dict[str, JsonValue]:
        """The question's text, what can be chosen, and the right answers."""
        interaction = numbered.interaction
        found: dict[str, JsonValue] = {"description": interaction.description}
        if lists := components(interaction):
            found["components"] = lists
        if interaction.correct_responses:
            found["patterns"] = [pattern(response) for response in interaction.correct_responses]
        if interaction.digest:
            found["digest"] = True
        return found

    def codes(self, interaction: Interaction) -> Codes:
        """Ids as they are (Data 2.4.4.1)."""
        return Codes(
            options=tuple(option.id for option in interaction.options),
            targets=tuple(option.id for option in interaction.targets),
            nothing="",
            correct=tuple(pattern(response) for response in interaction.correct_responses),
        )

    def activity_id(self, unit: Unit) -> str:
        """The activity of the manifest."""
        return unit.iri

    def activity_parts(self, unit: Unit) -> Mapping[str, str]:
        """Questions, fields and forms."""
        whole = {block.key: f"/form/{block.key}" for block, _, _ in forms(unit)}
        return {**whole, **dict(part_ids(unit))}

    def page_data(self, unit: Unit) -> dict[str, JsonValue]:
        """With the ids of questions, the forms that are sent as a whole, and the names of steps."""
        data = super().page_data(unit)
        interactions = data["interactions"]
        if not isinstance(interactions, list):
            raise TypeError("interactions are a list")
        parts = self.activity_parts(unit)
        plans = {block.key: plan for block, role, plan in forms(unit) if role == "report" and plan}
        for one in interactions:
            if isinstance(one, dict):
                key = str(one["key"])
                one["part"] = parts[key]
                owner = next((form for form in plans if key.startswith(f"{form}.")), None)
                if owner:
                    one["refersTo"] = plans[owner]
                if unit.languages:
                    one.update(_in_all_languages(unit, key))
        whole: list[JsonValue] = []
        for block, role, _ in forms(unit):
            sent: dict[str, JsonValue] = {
                "key": block.key,
                "index": len(interactions) + len(whole),
                "slots": 0,
                "id": block.key,
                "type": "other",
                "description": block.title or block.label,
                "part": parts[block.key],
                "form": role,
            }
            if unit.languages:
                sent["inAll"] = {one.language: _title(one, block.key) for one in unit.languages}
            if block.key in plans:
                sent["refersTo"] = plans[block.key]
            whole.append(sent)
        data["forms"] = whole
        about: dict[str, JsonValue] = {
            "title": unit.title,
            "activity": unit.iri,
            "revision": unit.version,
            "pages": {step.id: step.title for step in unit.steps},
        }
        if unit.languages:
            about["pages"] = {step.id: _titles(unit, at) for at, step in enumerate(unit.steps)}
        data["xapi"] = about
        return data


def _titles(unit: Unit, step: int) -> JsonValue:
    """A step's title as a language map (Data 4.2); "" where it has none in any language."""
    titles = {one.language: one.steps[step].title for one in unit.languages}
    return dict(titles) if any(titles.values()) else ""


def _title(unit: Unit, key: str) -> str:
    return next(block.title or block.label for block in unit.blocks if block.key == key)


def _in_all_languages(unit: Unit, name: str) -> dict[str, JsonValue]:
    """What a question is and what can be chosen, as language maps."""
    versions = {one.language: dict(one.interactions)[name] for one in unit.languages}
    found: dict[str, JsonValue] = {"inAll": {tag: one.description for tag, one in versions.items()}}
    lists = {tag: components(one) for tag, one in versions.items()}
    if any(lists.values()):
        found["components"] = {
            part: _merged([(tag, found[part]) for tag, found in lists.items()]) for part in lists[unit.language]
        }
    return found


def _merged(lists: Sequence[tuple[str, JsonValue]]) -> JsonValue:
    """The same components in several languages as one list: each id with its words by language."""
    merged: dict[str, dict[str, JsonValue]] = {}
    for tag, items in lists:
        for item in items if isinstance(items, list) else ():
            if isinstance(item, list):
                merged.setdefault(str(item[0]), {})[tag] = item[1]
    return [[key, dict(words)] for key, words in merged.items()]


def forms(unit: Unit) -> Iterator[tuple[CompiledBlock, str, str | None]]:
    """Each form, its role (plan, report or form), and for a report back the plan that it speaks of."""
    plan = None
    for block in unit.blocks:
        purpose = getattr(block.activity, "purpose", None)
        if purpose is None or block.activity.promise != "submitted":
            continue
        role = _ROLES.get(purpose, "form")
        yield block, role, plan
        plan = block.key if role == "plan" else plan


def part_ids(unit: Unit) -> Iterator[tuple[str, str]]:
    """The name of each interaction and what stands after the unit's activity id in the question's id."""
    sheets = {block.key for block, _, _ in forms(unit)}
    for name, interaction in unit.interactions:
        activity = name[: -len(interaction.key) - 1] if interaction.key else name
        if activity in sheets:
            yield name, f"/form/{activity}/field/{interaction.key}"
        else:
            yield name, f"/test/{activity}/question/{interaction.key or activity}{_meaning(interaction)}"


def _meaning(interaction: Interaction) -> str:
    """A hash of what answers mean: a question that asks for something else is another activity (Data 2.4.4.1)."""
    if not interaction.options and not interaction.correct_responses:
        return ""
    said = (
        interaction.type,
        [option.id for option in interaction.options],
        [option.id for option in interaction.targets],
        interaction.correct_responses,
    )
    return "/" + hashlib.sha256(json.dumps(said).encode()).hexdigest()[:8]


def components(interaction: Interaction) -> dict[str, JsonValue]:
    """The lists of what can be chosen, by the names of xAPI."""
    names = _COMPONENTS.get(interaction.type, ())
    lists = zip(names, (interaction.options, interaction.targets), strict=False)
    return {name: [_item(option) for option in options] for name, options in lists}


def _item(option: Option) -> list[JsonValue]:
    return [option.id, plain(option.label)]


def pattern(response: Response) -> str:
    """A right answer (Data, appendix C): the same spelling as ``runtime/xapi-responses.ts`` gives a response."""
    if isinstance(response, bool):
        return "true" if response else "false"
    if isinstance(response, float):
        return f"{response:g}"
    if isinstance(response, tuple):
        return "[,]".join(part if isinstance(part, str) else "[.]".join(part) for part in response)
    # Nothing can escape a separator: one more space makes it text.
    return re.sub(r"^\{", " {", re.sub(r"\[( *)([,.:]\])", r"[ \1\2", str(response)))
