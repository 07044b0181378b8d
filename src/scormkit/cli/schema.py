"""``scormkit schema``: the models as JSON Schema, for an editor's completion and checks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.json_schema import GenerateJsonSchema
    from pydantic_core.core_schema import ModelSchema

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/"


@click.command()
@click.argument("file", type=click.Choice(["session", "course"]), default="session")
def schema(file: str) -> None:
    """Print the JSON Schema of session.yaml (or of course.yaml).

    Save it as session.schema.json and begin a file with this line, for an editor that completes and checks while you
    write:

    # yaml-language-server: $schema=session.schema.json
    """
    click.echo(json.dumps(schema_of(file), indent=2, ensure_ascii=False))


def schema_of(file: str) -> dict[str, Any]:
    """The schema of ``session`` or ``course``, with every activity kind at hand."""
    from pydantic.json_schema import models_json_schema  # noqa: PLC0415 - imported when the command runs

    from scormkit.activities import KINDS, STAND_INS  # noqa: PLC0415
    from scormkit.model.course import CourseFile  # noqa: PLC0415
    from scormkit.model.session import Session  # noqa: PLC0415

    top: type[BaseModel] = CourseFile if file == "course" else Session
    found = {name: KINDS(name) for name in (*KINDS.names(), *STAND_INS)} if file == "session" else {}
    kinds = {name: model for name, model in found.items() if model}
    mode: Literal["validation"] = "validation"
    places, together = models_json_schema(
        [(model, mode) for model in (top, *kinds.values())], schema_generator=_generator()
    )
    definitions: dict[str, Any] = together["$defs"]

    def name_of(model: type[BaseModel]) -> str:
        return str(places[model, mode]["$ref"]).removeprefix(_REF)

    for name, model in kinds.items():
        _tell_apart(name, definitions[name_of(model)])
    if kinds:
        definitions["Block"] = {
            "description": "What a learner reads or does: - text: …, or - activity: … with its keys.",
            "oneOf": [dict(places[model, mode]) for model in kinds.values()],
        }
    whole: dict[str, Any] = definitions.pop(name_of(top))
    return {
        "$schema": _DIALECT,
        **_tidy(whole),
        "title": f"scormkit {file}.yaml",
        "$defs": {name: _tidy(definition) for name, definition in sorted(definitions.items())},
    }


def _generator() -> type[GenerateJsonSchema]:
    """Pydantic's generator, with what the models' source says about their fields."""
    from pydantic.json_schema import GenerateJsonSchema  # noqa: PLC0415

    from scormkit.content.field_docs import field_docs  # noqa: PLC0415

    class WithDescriptions(GenerateJsonSchema):
        def model_schema(self, schema: ModelSchema) -> dict[str, Any]:
            made = super().model_schema(schema)
            model: type[BaseModel] = schema["cls"]
            for name, text in field_docs(model).items():
                key = model.model_fields[name].alias or name
                made["properties"][key].setdefault("description", text)
            return made

    return WithDescriptions


def _tell_apart(kind: str, definition: dict[str, Any]) -> None:
    """A block says its kind; only a text and a prediction may leave it out: ``- text: …`` says enough."""
    if kind == "text":
        definition["anyOf"] = [{"required": ["text"]}, {"required": ["image"]}]
    elif kind != "prediction":
        definition["required"] = ["activity", *definition.get("required", [])]


def _tidy(node: Any) -> Any:
    """Without the titles and defaults that say nothing, and with what is written where a model takes several types."""
    if isinstance(node, list):
        return [_tidy(part) for part in node]
    if not isinstance(node, dict):
        return node
    tidy = {
        key: _tidy(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }
    if "type" in tidy and "properties" not in tidy:
        # An author writes "in 2 weeks" where the model holds days: what is written counts.
        tidy.pop("anyOf", None)
    if isinstance(tidy.get("description"), str):
        tidy["description"] = " ".join(tidy["description"].replace("``", "`").split())
    return tidy
