"""A package that somebody brings: unpacked in a child, held against its manifest, read as the act that it files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from kaname.files import child
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text
from kaname.ledger.kinds import kinds
from kaname.ledger.strict_json import NotStrict, loads
from kaname.papers.packages import sheet
from kaname.papers.packages.make import FORMAT
from kaname.papers.packages.typed import as_typed
from kaname.procedure import Entry
from kaname.procedure.declare import FieldType
from kaname.procedure.index import ActOf, index

LARGEST = 100 << 20
_LARGEST_DATA = 16 << 20  # of its JSON
_CHILD = Path(__file__).with_name("package_child.py")
_TOLD = child.TOLD | {
    "broken": T("一式（ZIP）として読めない", "cannot be read as a package (ZIP)"),
    "macros": T("マクロが入っている", "holds macros"),
    "password": T("パスワードで閉じてある", "is locked by a password"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a package, by its name in it."""

    path: str
    content: bytes

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2].partition("-")[2] or self.path


@dataclass(frozen=True, slots=True)
class Package:
    """What a package files. Its documents are still named by their files. `left_out`: fields that only the office which
    made it could fill: references to papers and passports that lie there. `digest`: of the whole package."""

    kind: str
    of: ActOf
    entry: Entry
    attachments: tuple[Attachment, ...]
    left_out: tuple[Text, ...]
    digest: str


def opened(name: str, content: bytes) -> Package:
    """Raises BadInput with everything that is wrong; nothing is written."""
    files = _unpacked(name, content)
    wrong = [Problem(name, 0, path, text) for path, text in _differing(files)]
    if wrong:
        raise BadInput(wrong)
    filing = _json(name, files, "filing.json")
    of, kind_id = _act(name, filing)
    data = filing.get("data")
    if not isinstance(data, dict):
        raise _bad(name, "filing.json: data", T("項目の組がない", "expected an object of fields"))
    entry, left_out = _entry(name, of, filing, data)
    _same_form(name, files, of, entry)
    attachments = tuple(Attachment(path, raw) for path, raw in files.items() if path.startswith("attachments/"))
    return Package(kind_id, of, entry, attachments, left_out, sha256(content).hexdigest())


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    if len(content) > LARGEST:
        raise _bad(name, "", T(f"{LARGEST >> 20} MB より大きい", f"larger than {LARGEST >> 20} MB"))
    found = child.run(_CHILD, content)
    if found.refused:
        raise _bad(name, "", _TOLD.get(found.refused, _TOLD["broken"]))
    files, at = {}, 0
    for path, size in found.head["files"]:
        files[str(path)], at = found.body[at : at + size], at + size
    return files


def _differing(files: Mapping[str, bytes]) -> Iterator[tuple[str, Text]]:
    """Each file that is not as the manifest says, is missing or is one too many."""
    listed = _json("", files, "manifest.json").get("files")
    if not isinstance(listed, list):
        yield "manifest.json", T("ファイルの一覧がない", "expected a list of files")
        return
    told = {str(one.get("file")): one for one in listed if isinstance(one, dict)}
    for path in {*told, *files} - {"manifest.json"}:
        if path not in files:
            yield path, T("一式にない", "is missing from the package")
        elif path not in told:
            yield path, T("一覧にない", "is not in the manifest")
        elif told[path].get("sha256") != sha256(files[path]).hexdigest():
            yield path, T("要約値が一覧と違う。作ったあとで変えられた", "was changed after the package was made")


def _act(name: str, filing: Mapping[str, Any]) -> tuple[ActOf, str]:
    if filing.get("format") != FORMAT:
        raise _bad(name, "filing.json: format", T(f"{FORMAT} でない", f"expected {FORMAT}"))
    kind = kinds().get(str(filing.get("kind")))
    of = index(kind).acts.get(str(filing.get("act"))) if kind else None
    if kind is None or of is None:
        raise _bad(
            name, "filing.json: act", T("この版にない事件の種類又は行為", "a kind or an act that is not known here")
        )
    return of, kind.id


def _entry(name: str, of: ActOf, filing: Mapping[str, Any], data: dict[str, Any]) -> tuple[Entry, tuple[Text, ...]]:
    """The act with what can be filled in here."""
    try:
        on = date.fromisoformat(str(filing.get("on")))
    except ValueError:
        raise _bad(name, "filing.json: on", T("日付でない", "expected a day")) from None
    unknown = sorted(set(data) - set(of.fields) - {f"reason_for_{id}" for id in of.fields})
    if unknown:
        text = T(f"この行為に項目 {', '.join(unknown)} はない", f"this act has no field {', '.join(unknown)}")
        raise _bad(name, "filing.json: data", text)
    elsewhere = [id for id, value in data.items() if _elsewhere(value)]
    left = tuple(of.fields[id].label for id in elsewhere if id in of.fields)
    kept = {id: value for id, value in data.items() if id not in elsewhere}
    run, by, party = (str(filing.get(n) or "") for n in ("run", "by", "party"))
    return Entry(of.name, on, kept, run=run, by=by, party=party), left


def _elsewhere(value: Any) -> bool:
    many = value if isinstance(value, list) else [value]
    return any(isinstance(v, str) and v.startswith(("document:", "passport:")) for v in many)


def _same_form(name: str, files: Mapping[str, bytes], of: ActOf, entry: Entry) -> None:
    """The workbook of the package says what its data say: whoever looks at one has seen the other."""
    if "form.xlsx" not in files:
        raise _bad(name, "form.xlsx", T("一式にない", "is missing from the package"))
    read = sheet.read("form.xlsx", files["form.xlsx"], of.fields)
    if read.problems:
        raise BadInput([Problem(name, 0, p.field, p.text) for p in read.problems])
    fields = {id: f for id, f in of.fields.items() if f.type is not FieldType.DOCUMENT}
    told = {k: "\n".join(v).strip() for k, v in as_typed(fields, entry.data).items() if "".join(v).strip()}
    found = {k: "\n".join(v).strip() for k, v in read.typed.items() if k.partition(".")[0] in entry.data}
    for id in sorted(told.keys() ^ found.keys()) or sorted(k for k in told if told[k] != found[k]):
        raise _bad(name, f"form.xlsx: {id}", T("表とデータが違う", "the workbook and the data differ"))


def _json(name: str, files: Mapping[str, bytes], path: str) -> dict[str, Any]:
    if len(files.get(path, b"")) > _LARGEST_DATA:
        raise _bad(name, path, T(f"{_LARGEST_DATA >> 20} MB より大きい", f"larger than {_LARGEST_DATA >> 20} MB"))
    try:
        found = loads(files[path])
    except KeyError:
        raise _bad(name, path, T("一式にない", "is missing from the package")) from None
    except NotStrict as wrong:
        raise _bad(name, path, wrong.text) from None
    if not isinstance(found, dict):
        raise _bad(name, path, T("項目の組がない", "expected an object of fields"))
    return found


def _bad(name: str, field: str, text: Text) -> BadInput:
    return BadInput([Problem(name, 0, field, text)])
