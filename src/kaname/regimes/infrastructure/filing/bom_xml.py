"""CycloneDX bills in XML, as the JSON form would have them: read in a child (`bom_xml_child`), judged by
the published schema of their version."""

from pathlib import Path
from typing import Any

from kaname.files import child
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.law import T, Text
from kaname.regimes.infrastructure.filing.bom_schema import VERSIONS

SHOWN = 200
_LARGE = 8 << 20  # bytes from which a bill has these: it may have 100,000 parts
_MEMORY, _SECONDS = 2 << 30, 60
_CHILD = Path(__file__).with_name("bom_xml_child.py")


def run(program: Path, content: bytes) -> child.Answer:
    """The answer of a reader of bills, which may take more than other readers where the bill is large."""
    if len(content) > _LARGE:
        return child.run(program, content, memory=_MEMORY, seconds=_SECONDS)
    return child.run(program, content)


def document(file: str, content: bytes) -> dict[str, Any]:
    """The bill, its parts with what a plan needs of them. Raises BadInput with everything that is wrong."""
    found = run(_CHILD, content)
    answer = found.head
    if found.refused:
        shown = str(answer.get("version", ""))
        raise unusable(file, _REFUSED[found.refused].fill(version=shown), int(answer.get("line", 0)))
    if wrong := answer.get("faults"):
        raise BadInput([*(_problem(file, f) for f in wrong[:SHOWN]), *([_more(file)] if len(wrong) > SHOWN else [])])
    return {**answer["document"], "bomFormat": "CycloneDX", "specVersion": answer["version"]}


def _problem(file: str, fault: dict[str, Any]) -> Problem:
    place = "@".join(filter(None, (fault["element"], fault["attribute"])))
    return Problem(file, fault["line"], place, _SAID.get(fault["kind"], _UNFIT))


def _more(file: str) -> Problem:
    return Problem(file, 0, "", T(f"ほかにもある（{SHOWN} 件まで示した）", f"and more; the first {SHOWN} are shown"))


_KNOWN = ", ".join(VERSIONS)
_REFUSED = child.TOLD | {
    "doctype": T("文書型の宣言（DOCTYPE）を含む；実体の展開を避けるため受け取らない。宣言を除いて",
                 "holds a document type (DOCTYPE): not taken, for entities could be hidden in it; take it out"),
    "bom": T("CycloneDX の部品表でない；名前空間 http://cyclonedx.org/schema/bom/… の bom が要る",
             "no CycloneDX bill; expected bom in the namespace http://cyclonedx.org/schema/bom/..."),
    "version": T(f"CycloneDX {{version}} は読めない；{_KNOWN} のいずれかで書き出し直して",
                 f"CycloneDX {{version}} cannot be read; write it out as one of {_KNOWN}"),
    "xml": T("XML として読めない", "cannot be read as XML"),
    "deep": T("入れ子が深すぎる；200 段までに", "nested too deeply; expected at most 200"),
}  # fmt: skip
_UNFIT = T("版の定めに合わない", "does not fit the schema of its version")
_SAID: dict[str, Text] = {
    "SCHEMAV_ELEMENT_CONTENT": T("版の定めでは、ここにこの要素はない、又はこの前後に要る要素がない",
                                 "by its version this element may not stand here, or one that must is missing"),
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": T("この版にない属性", "an attribute that this version does not have"),
    "SCHEMAV_CVC_COMPLEX_TYPE_4": T("要る属性がない；加えて", "lacks an attribute that it must have; add it"),
    "SCHEMAV_CVC_ENUMERATION_VALID": T("許される値のいずれでもない", "is none of the values allowed"),
    "SCHEMAV_CVC_PATTERN_VALID": T("値の形が違う", "its value has another form"),
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": T("値の種類が違う", "is another kind of value"),
    "SCHEMAV_CVC_IDC": T("同じ bom-ref が二度ある；別のものを", "has a bom-ref that stands twice; expected another"),
}  # fmt: skip
