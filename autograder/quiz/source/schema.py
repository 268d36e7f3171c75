"""The JSON Schema of a quiz file, for completion and underlined mistakes in editors.

The models of `kinds` say most of it. Two things they cannot: a validator that runs before a field
also takes a shorter way of writing, which `SHORTHAND` tells; and which model an item has follows
from its ``type``. The loader and `lint` stay the judges, the schema lets through what they refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ...course.load import SCHEMA_URL
from .items import QuizFile
from .kinds import GAP_TYPES, TYPES

Json = dict[str, Any]
SCALAR: Json = {"type": ["string", "number"]}


def _or(*others: Json) -> Callable[[Json], Json]:
    return lambda schema: {"anyOf": [schema, *others]}


def _same(schema: Json) -> Json:
    return schema


# What each validator that runs before a field takes besides. An unknown one is a KeyError, so that none is forgotten.
SHORTHAND: dict[str, Callable[[Json], Json]] = {
    "_as_text": _or(SCALAR),
    "_as_expression": lambda _: SCALAR,
    "_as_string": lambda _: {"type": ["string", "number", "boolean"]},
    "_as_numbers": _same,
    "as_variables": _same,
    "_plain_value": _or(SCALAR, {"type": "array", "items": SCALAR}),
    # YAML 1.1 reads `off` as false, YAML 1.2 as a string.
    "rule_of": _or({"enum": ["off", False, "net", "coverage", "each", "pairs", "per_axis"]}),
    "Step._plain": _same,  # see `SHORT_MODELS`
    "Accepted._both": _same,
    "ShortAnswer._compiles": _or({"type": "string"}),
    "Cloze._names": _same,
}
# And what stands for a whole mapping.
SHORT_MODELS: dict[str, Callable[[Json], Json]] = {
    "Step": _or({"$ref": "#/$defs/Bilingual"}, SCALAR),
    "Accepted": _or({"type": "array", "items": SCALAR, "minItems": 1}, SCALAR),
}


class _Generator(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: object) -> bool:
        return False  # "Src" for src tells an author nothing

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        name = getattr(schema["function"]["function"], "__qualname__", "")
        return SHORTHAND[name](super().function_before_schema(schema))


def quiz_schema() -> Json:
    """The JSON Schema of ``solutions/quizzes/<quiz id>.yaml``."""
    schema = QuizFile.model_json_schema(schema_generator=_Generator)
    definitions: Json = schema["$defs"]
    for name, widened in SHORT_MODELS.items():
        definitions[name] = widened(definitions[name])
    for name in ("Numeric", "Shape"):
        definitions[name]["required"].append("prove")
    schema["properties"]["items"]["items"] = _by_type(TYPES)
    definitions["Cloze"]["properties"]["gaps"]["additionalProperties"] = _by_type(GAP_TYPES)
    schema["$schema"] = SCHEMA_URL
    schema["title"] = "A quiz"
    schema["description"] = "docs/quiz-format.md shows every type of item."
    return schema


def _by_type(types: Mapping[str, type[BaseModel]]) -> Json:
    """The model that ``type`` names: an editor then tells what is wrong with *it*, not with all the others."""
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(types)}},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/{model.__name__}"},
            }
            for name, model in types.items()
        ],
    }
