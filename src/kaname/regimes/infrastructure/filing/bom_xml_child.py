"""The reader of a CycloneDX bill in XML, run by `bom_xml` in a child (see `files.confined`).

It answers the bill as the JSON form would have it, as far as a plan needs it, or what is wrong with it by the published
schema of its version. A document type, in which alone entities can be declared, is refused before any of it is read;
nothing is ever fetched.
"""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.parsers import expat

from kaname.files.confined import Refused, load

SHOWN = 200
VERSIONS = ("1.2", "1.3", "1.4", "1.5", "1.6", "1.7")
ROOT = re.compile(r"http://cyclonedx\.org/schema/bom/([0-9.]{1,8}) bom")
_TEXTS = ("publisher", "group", "name", "version", "description")
_NAMED = re.compile(r"Element '(?:\{[^}]*\})?([^']{1,80})'(?:, attribute '(?:\{[^}]*\})?([^']{1,80})')?")


def prepare() -> None:
    load("lxml.etree")
    for version in VERSIONS:
        _schema(f"bom-{version}")
    _schema("spdx")


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    return bill(content), b""


def bill(content: bytes) -> dict[str, Any]:
    version = _version(content)
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error)
        raise Refused("deep" if deep else "xml", line=0 if deep else error.lineno or 0) from None
    schema = _judge(version)
    if not schema.validate(root):
        return {"version": version, "faults": [_fault(e) for e in schema.error_log][: SHOWN + 1]}
    name = f"{{{root.nsmap[root.prefix]}}}"
    found: dict[str, Any] = {"components": _parts(root.find(f"{name}components"), name)}
    subject = root.find(f"{name}metadata/{name}component")
    if subject is not None:
        found["metadata"] = {"component": _part(subject, name)}
    return {"version": version, "document": found}


def _version(content: bytes) -> str:
    """The version that the outermost element says; a document type stands before it, and ends the reading there."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def doctype(*_: Any) -> None:
        raise Refused("doctype")

    def first(name: str, _: Any) -> None:
        raise _First(name)

    parser.StartDoctypeDeclHandler, parser.StartElementHandler = doctype, first
    try:
        parser.Parse(content, True)
    except _First as found:
        told = ROOT.fullmatch(found.args[0])
        if told is None:
            raise Refused("bom") from None
        if told[1] not in VERSIONS:
            raise Refused("version", version=told[1]) from None
        return told[1]
    except expat.ExpatError as error:
        raise Refused("xml", line=error.lineno) from None
    raise Refused("xml", line=0)


class _First(Exception):
    """The outermost element has been seen."""


@cache
def _judge(version: str) -> Any:
    """The schema of a version as it judges bills; who reads many makes it once."""
    from lxml import etree

    return etree.XMLSchema(etree.fromstring(_schema(f"bom-{version}"), _offline(etree)))


@cache
def _schema(name: str) -> bytes:
    return Path(str(files("cyclonedx.schema").joinpath("_res", f"{name}.SNAPSHOT.xsd"))).read_bytes()


def _offline(etree: Any) -> Any:
    class Shipped(etree.Resolver):  # type: ignore[misc]  # lxml has no types
        """The one schema that the others name, from the same folder; no other is there."""

        def resolve(self, url: str, public_id: str, context: Any) -> Any:
            return self.resolve_string(_schema("spdx") if "spdx" in url else b"", context)

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Shipped())
    return parser


def _fault(error: Any) -> dict[str, Any]:
    named = _NAMED.match(error.message or "")
    element, attribute = named.groups("") if named else ("", "")
    return {"line": error.line, "kind": error.type_name, "element": element, "attribute": attribute}


# -- as the JSON form has it -----------------------------------------------------------------------------------------


def _parts(holder: Any, name: str) -> list[dict[str, Any]]:
    return [] if holder is None else [_part(one, name) for one in holder.iterchildren(f"{name}component")]


def _part(element: Any, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {key: value for key in ("type", "bom-ref") if (value := element.get(key))}
    for child in element:
        tag = child.tag.removeprefix(name)
        if tag in _TEXTS:
            found[tag] = (child.text or "").strip()
        elif tag in ("supplier", "manufacturer"):
            found[tag] = {"name": (child.findtext(f"{name}name") or "").strip()}
        elif tag == "properties":
            found[tag] = [{"name": p.get("name"), "value": (p.text or "").strip()} for p in child]
        elif tag == "components":
            found[tag] = _parts(child, name)
    return found
