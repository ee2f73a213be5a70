"""The published schemas of CycloneDX, and what they say of a document, in two languages.

The schemas come with `cyclonedx-python-lib` (Apache-2.0); nothing is ever fetched.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from kaname.law import T, Text

VERSIONS = ("1.2", "1.3", "1.4", "1.5", "1.6", "1.7")
_STRICT = ("1.2", "1.3")  # their plain schemas let unknown fields pass
_NAMES = ("spdx", "jsf-0.82", "cryptography-defs")
_ADDRESS = "http://cyclonedx.org/schema/"


def faults(document: dict[str, Any], version: str) -> Iterator[tuple[str, Text]]:
    """The places where a document does not fit the schema of its version, and what was expected there."""
    for error in validator(version).iter_errors(document):
        yield path_of(error.instance_path), _said(error)


def path_of(parts: Sequence[str | int]) -> str:
    """components[12].hashes[0].content; places are counted from 0, as in JSON."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts).lstrip(".")


@cache
def validator(version: str) -> Any:
    """The judge of the documents of a version."""

    def fetched(address: str) -> Any:
        raise LookupError(address)

    shared = [(f"{_ADDRESS}{name}.SNAPSHOT.schema.json", _schema(name)) for name in _NAMES]
    return jsonschema_rs.validator_for(
        _schema(f"bom-{version}-strict" if version in _STRICT else f"bom-{version}"),
        registry=jsonschema_rs.Registry(shared, retriever=fetched), retriever=fetched, validate_formats=True,
    )  # fmt: skip


def _schema(name: str) -> Any:
    return json.loads(files("cyclonedx.schema").joinpath("_res", f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))


def _said(error: Any) -> Text:
    kind = error.kind.name
    if kind == "required":
        return T(f"「{error.kind.property}」がない；加えて", f"lacks {error.kind.property!r}; add it")
    if kind == "additionalProperties":
        names = ", ".join(error.kind.unexpected)
        return T(f"この版にない欄：{names}", f"fields that this version does not have: {names}")
    if kind == "enum":
        options = error.kind.options
        known = ", ".join(map(str, options[:12])) + (", ..." if len(options) > 12 else "")
        return T(f"{known} のいずれかを", f"expected one of {known}")
    if kind == "pattern":
        return T(f"形が違う；{error.kind.pattern} に合うものを", f"has another form; expected {error.kind.pattern}")
    if kind == "format":
        return T(f"{error.kind.format} として読めない", f"cannot be read as {error.kind.format}")
    return _SAID.get(kind) or T(f"版の定めに合わない（{kind}）", f"does not fit the schema of its version ({kind})")


_SAID = {
    "minLength": T("空である；記入して", "is empty; fill it in"),
    "type": T("値の種類が違う", "is another kind of value"),
    "uniqueItems": T("同じものが二度ある；一度だけ", "holds the same thing twice; expected it once"),
    "oneOf": T("この欄に許される形のどれでもない（ライセンスの番号や組合せを確かめて）",
               "fits none of the forms allowed here (check licence ids and what stands together)"),
    "anyOf": T("この欄に許される形のどれでもない", "fits none of the forms allowed here"),
    "minItems": T("行が足りない", "has too few lines"),
    "minimum": T("小さすぎる数", "is too small a number"),
}  # fmt: skip
