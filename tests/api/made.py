"""Values made after a JSON Schema, small and mostly sound: to be understood, not to look for what breaks a parser
(test_against_the_document does that)."""

from datetime import date, timedelta
from random import Random
from typing import Any

_WORDS = ("Kumo", "架空の凧", "one", "B64C 39/02", "", "report", "=1+1", "ﾊﾝｶｸ")
# What stands for a pattern of the document. Nothing is asserted: an unsound value is refused, which is an answer too.
_OF_PATTERN = {"64}$": "0" * 64, "[A-Z]{2}": "JP", "H[0-6]": "H1", "a-z0-9_.": "small.permit"}


def made(schema: Any, random: Random, document: dict[str, Any], depth: int = 0) -> Any:
    """One value of a schema. Four in a hundred are of another type."""
    if "$ref" in schema:
        return made(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], random, document, depth)
    if depth and random.random() < 0.04:
        return random.choice([None, -1, "", [], {}, "\u202e"])
    if "anyOf" in schema:
        return made(random.choice(schema["anyOf"]), random, document, depth)
    if "enum" in schema:
        return random.choice(schema["enum"])
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type", "object" if "properties" in schema else "string")
    kind = random.choice(kind) if isinstance(kind, list) else kind
    return _MAKERS[kind](schema, random, document, depth)


def _object(schema, random, document, depth):
    needed = schema.get("required", ())
    chosen = {
        n: s for n, s in schema.get("properties", {}).items() if n in needed or random.random() < 0.3 / (1 + depth)
    }
    found = {name: made(s, random, document, depth + 1) for name, s in chosen.items()}
    more = schema.get("additionalProperties")
    if isinstance(more, dict) and (random.random() < 0.3 or schema.get("minProperties")):
        found["one"] = made(more, random, document, depth + 1)
    return found


def _array(schema, random, document, depth):
    least = schema.get("minItems", 0)
    many = random.randint(least, min(schema.get("maxItems", 3), least + 2))
    return [made(schema.get("items", {}), random, document, depth + 1) for _ in range(many)]


def _string(schema, random, document, depth):
    if schema.get("format") == "date":
        return str(date(2026, 1, 1) + timedelta(random.randrange(400)))
    if schema.get("format") == "date-time":
        return f"2026-06-{random.randint(1, 28):02}T09:00:00+09:00"
    for part, value in _OF_PATTERN.items():
        if part in schema.get("pattern", ""):
            return value
    word = random.choice(_WORDS).ljust(schema.get("minLength", 0), "x")
    return word[: schema.get("maxLength", 100)]


def _integer(schema, random, document, depth):
    least = int(max(schema.get("minimum", schema.get("exclusiveMinimum", -2)), -2))
    return random.randint(least, int(max(least, min(schema.get("maximum", 50), 50))))


_MAKERS = {
    "object": _object, "array": _array, "string": _string, "integer": _integer,
    "number": lambda *of: _integer(*of) + 0.5,
    "boolean": lambda _, random, *__: random.random() < 0.5,
    "null": lambda *_: None,
}  # fmt: skip
