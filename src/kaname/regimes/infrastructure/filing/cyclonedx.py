"""CycloneDX bills of materials (JSON or XML), of hardware and of software: the parts with whoever supplies them.

A document is read in a child, and taken whole or not at all. Real bills rarely name a supplier: what a part lacks is
then for validation to tell. A publisher is not taken for a supplier unless asked: who wrote a library is not always who
delivers it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kaname.files import child
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.law import T
from kaname.regimes.infrastructure.filing import bom_xml
from kaname.regimes.infrastructure.filing.bom_schema import VERSIONS, faults, path_of
from kaname.regimes.infrastructure.filing.content import Component, key_of

LARGEST = 64 << 20
MOST = 150_000  # parts
DEEPEST = 200
_SHOWN = 200
_CHILD = Path(__file__).with_name("bom_json_child.py")
_FUNCTION, _QUANTITY = "cdx:device:function", "cdx:device:quantity"


class Part(NamedTuple):
    """A component of a bill. `given_as`: supplier, manufacturer or publisher, whichever names the supplier; `path`:
    where it stands; `within`: the path of the part that contains it."""

    name: str
    version: str
    type: str
    supplier: str
    given_as: str
    function: str
    quantity: str
    ref: str
    path: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Bom:
    """A bill: the version of CycloneDX, what it is of, its parts at every depth, in the order of the document."""

    file: str
    version: str
    subject: str
    parts: tuple[Part, ...]

    def components(self, publishers: bool = False) -> tuple[Component, ...]:
        """The parts as components of a plan; their kind (区分) is for the operator to choose."""
        return tuple(
            Component(part.name, "", part.function, self._supplier(part, publishers), part.version, part.quantity,
                      f"{self.file}#{part.ref or part.path}")
            for part in self.parts
        )  # fmt: skip

    @staticmethod
    def _supplier(part: Part, publishers: bool) -> str:
        return key_of(part.supplier) if publishers or part.given_as != "publisher" else ""


def read_bom(file: str, content: bytes) -> Bom:
    """Raises BadInput with everything that is wrong with the document."""
    _bounded(file, content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _judged(file, bom_xml.document(file, content), in_xml=True)
    found = bom_xml.run(_CHILD, content)
    if found.refused:
        raise unusable(file, child.TOLD[found.refused])
    told = found.head
    if "problems" in told:
        raise BadInput(Problem(file, line, field, T(ja, en)) for line, field, ja, en in told["problems"])
    return Bom(file, told["version"], told["subject"], tuple(Part(*part) for part in told["parts"]))


def bill_of(file: str, content: bytes) -> Bom:
    """The same of JSON, read here. Raises BadInput."""
    return _judged(file, _document(file, content), in_xml=False)


def _judged(file: str, document: dict[str, Any], in_xml: bool) -> Bom:
    version = document.get("specVersion")
    if document.get("bomFormat") != "CycloneDX":
        raise unusable(file, T("CycloneDX の部品表でない；\"bomFormat\": \"CycloneDX\" が要る",
                               'no CycloneDX bill; expected "bomFormat": "CycloneDX"'))  # fmt: skip
    if version not in VERSIONS:
        known = ", ".join(VERSIONS)
        shown = str(version)[:40]
        raise unusable(file, T(f"CycloneDX {shown} は読めない；{known} のいずれかで書き出し直して",
                               f"CycloneDX {shown} cannot be read; write it out as one of {known}"))  # fmt: skip
    count = sum(1 for _ in _raw_parts(document))
    if count > MOST:
        raise unusable(file, T(
            f"構成要素が {count:,} 件；{MOST:,} 件まで。組立ごとの部品表に分けて。何も取り込んでいない",
            f"{count:,} components, more than {MOST:,}; split it into one bill an assembly. Nothing was taken in",
        ))  # fmt: skip
    faulty = [] if in_xml else [*_wrong(file, document, version)]  # in XML its own schema has judged it
    if wrong := [*faulty, *_twice(file, document)]:
        raise BadInput(wrong)
    subject = (document.get("metadata") or {}).get("component") or {}
    return Bom(file, version, _name(subject), tuple(_part(*found) for found in _raw_parts(document)))


def _bounded(file: str, content: bytes) -> None:
    if len(content) > LARGEST:
        limit = LARGEST >> 20
        wrong = T(f"{limit} MB より大きい；組立ごとに分けて", f"larger than {limit} MB; split it by assembly")
        raise unusable(file, wrong)


def _document(file: str, content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        if "\\ud" in text.lower():
            json.dumps(document, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise unusable(file, T(f"{error.start} バイト目で UTF-8 でない", f"not UTF-8 at byte {error.start}")) from None
    except RecursionError:
        raise _too_deep(file) from None
    except _Twice as twice:
        wrong = T(f"同じ欄「{twice}」が二度ある；一度だけ", f"the field {str(twice)!r} stands twice; expected it once")
        raise unusable(file, wrong) from None
    except UnicodeEncodeError:
        raise unusable(file, T("半分だけの文字（サロゲート）を含む；UTF-8 で書き出し直して",
                               "holds half a character (a lone surrogate); write it out anew as UTF-8")) from None
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise unusable(file, T("JSON として読めない", "cannot be read as JSON"), line) from None
    if not isinstance(document, dict):
        raise unusable(file, T("JSON のオブジェクトでない", "no JSON object"))
    if _depth(document) > DEEPEST:
        raise _too_deep(file)
    return document


class _Twice(Exception):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1)[:40])
    return found


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _too_deep(file: str) -> BadInput:
    return unusable(file, T(f"入れ子が深すぎる；{DEEPEST} 段までに", f"nested too deeply; expected at most {DEEPEST}"))


def _depth(document: Any) -> int:
    """Without recursion: the validator would otherwise be the first to run out of stack."""
    level, here = 0, [document]
    while here and level <= DEEPEST:
        level += 1
        below = [v for one in here for v in (one.values() if isinstance(one, dict) else one)]
        here = [v for v in below if isinstance(v, (dict, list))]
    return level


def _raw_parts(document: dict[str, Any]) -> Iterator[tuple[Any, str, str]]:
    """Every component with its path and that of the one that contains it."""
    ahead: list[tuple[Any, tuple[str | int, ...], str]] = [
        (raw, ("components", i), "") for i, raw in _listed(document)
    ]
    ahead.reverse()
    while ahead:
        raw, path, within = ahead.pop()
        here = path_of(path)
        yield raw, here, within
        if isinstance(raw, dict):
            ahead += [(below, (*path, "components", i), here) for i, below in reversed(_listed(raw))]


def _listed(holder: dict[str, Any]) -> list[tuple[int, Any]]:
    found = holder.get("components")
    return list(enumerate(found)) if isinstance(found, list) else []


def _wrong(file: str, document: dict[str, Any], version: str) -> Iterator[Problem]:
    for number, (path, text) in enumerate(faults(document, version)):
        if number == _SHOWN:
            more = T(f"ほかにもある（{_SHOWN} 件まで示した）", f"and more; the first {_SHOWN} are shown")
            yield Problem(file, 0, "", more)
            return
        yield Problem(file, 0, path, text)


def _twice(file: str, document: dict[str, Any]) -> Iterator[Problem]:
    """The schema cannot say that a reference is borne once in the whole document."""
    seen: dict[str, str] = {}
    for raw, path, _ in _raw_parts(document):
        ref = raw.get("bom-ref") if isinstance(raw, dict) else None
        if isinstance(ref, str) and ref:
            if first := seen.get(ref):
                text = T(f"bom-ref が {first} と同じ；別のものを", f"has the bom-ref of {first}; expected another")
                yield Problem(file, 0, f"{path}.bom-ref", text)
            seen.setdefault(ref, path)


def _part(raw: dict[str, Any], path: str, within: str) -> Part:
    named = ((how, _supplier(raw.get(how))) for how in ("supplier", "manufacturer", "publisher"))
    given_as, supplier = next(((how, name) for how, name in named if name), ("", ""))
    properties = {p.get("name"): str(p.get("value", "")) for p in raw.get("properties") or ()}
    function = properties.get(_FUNCTION) or str(raw.get("description") or "")
    return Part(
        _name(raw), str(raw.get("version") or ""), str(raw.get("type") or ""), supplier, given_as, function.strip(),
        properties.get(_QUANTITY, ""), str(raw.get("bom-ref") or ""), path, within,
    )  # fmt: skip


def _supplier(given: Any) -> str:
    name = given.get("name") if isinstance(given, dict) else given
    return name.strip() if isinstance(name, str) else ""


def _name(raw: dict[str, Any]) -> str:
    return "/".join(str(raw[key]) for key in ("group", "name") if raw.get(key))
