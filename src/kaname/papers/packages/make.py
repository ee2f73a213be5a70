"""A recorded filing as a package: the form as PDF and workbook, its data, what is attached, and the digest of each."""

import io
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kaname.access import api as access
from kaname.access.api import Unknown
from kaname.access.custody.gate import Pass, leaving
from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.law import Lang, T
from kaname.ledger.rows import plain
from kaname.papers import inventory, letters, shelf
from kaname.papers.binding import REFERENCE
from kaname.papers.letters import upon
from kaname.papers.letters.issuing import NotIssued
from kaname.papers.models import Document
from kaname.papers.packages import sheet
from kaname.papers.packages.typed import as_typed
from kaname.procedure.declare import FieldType
from kaname.procedure.index import index

FORMAT = "kaname-filing/1"
FILINGS = ("application", "filing", "report", "submission", "withdrawal")
_MADE = (1980, 1, 1, 0, 0, 0)
_NO_FILING = T(
    "一式にできるのは申請、届出、報告、提出、取下げである", "only applications, filings and reports make a package"
)
_SEALED = T("封緘された項目が抜ける。封緘された値を読める者が作ること",
            "what is sealed would be left out; let somebody make it who may read what is sealed")  # fmt: skip


def pack(person: Person, case: str, seq: int, lang: Lang = "ja") -> bytes:
    """The package of a recorded filing, whole: what is sealed is in it, each reading logged first.

    Raises UnknownCase, Unknown, NotIssued (no filing; somebody else must make it), NeedsApproval, Unprintable,
    CannotOpen.
    """
    ledger = access.recorded(person, case)
    row = upon.effective(ledger, seq)
    seen = access.see(person, case)
    of = index(seen.standing.kind).acts.get(row.entry.act) if row else None
    if row is None or of is None:
        raise Unknown
    if inventory.sort_of(seen.standing.kind.id, of.name).id not in FILINGS:
        raise NotIssued(_NO_FILING)
    passed = leaving(person, seen.case, f"package {seq}", "package")
    if row.sealed:
        try:
            row = upon.opened(row, {n.removeprefix("data."): access.reveal(person, case, seq, n, "package", passed)
                                    for n in row.sealed})  # fmt: skip
            letter = letters.whole(person, case, seq, lang, "package", passed)
        except NotAllowed:
            raise NotIssued(_SEALED) from None
    else:
        letter = letters.letter(person, case, seq, lang)
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for reference, name, raw in _attachments(person, case, row.entry.data, passed):
        names[reference] = f"attachments/{len(names) + 1:02d}-{name}"
        files[names[reference]] = raw
    data = {id: _named(value, names) for id, value in plain(row.entry.data).items() if id != "context"}
    filing = {
        "format": FORMAT, "kind": seen.case.kind, "act": of.name, "on": row.entry.on.isoformat(), "run": row.entry.run,
        "by": row.entry.by, "party": row.entry.party, "data": data,
        "forms": [t.ja for t in inventory.forms_of(row.entry, seen.standing)], "layout": "unverified",
        "entry": {"case": seen.case.public_id, "seq": seq, "digest": row.digest},
    }  # fmt: skip
    fields = {id: f for id, f in of.fields.items() if f.type is not FieldType.DOCUMENT}
    files = {
        "filing.json": json.dumps(filing, ensure_ascii=False, indent=1).encode(),
        "form.pdf": letters.pdf(letter),
        "form.xlsx": sheet.workbook(of.fields, as_typed(fields, plain(row.entry.data)), lang),
    } | files
    return _zipped(files)


def _attachments(person: Person, case: str, data: Mapping[str, Any], passed: Pass) -> Iterator[tuple[str, str, bytes]]:
    """Every document that the filing names, its reading written down first."""
    held = {shelf.reference(d): d for d in Document.objects.filter(case__public_id=case)}
    for reference in dict.fromkeys(_references(data)):
        if reference in held:
            opened = shelf.fetch(person, held[reference].public_id, "package", under=passed)
            yield reference, opened.name, b"".join(opened.pieces)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if REFERENCE.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _references(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _references(one)


def _named(value: Any, names: Mapping[str, str]) -> Any:
    """References as the names of the files in the package."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        return {k: _named(v, names) for k, v in value.items()}
    return [_named(v, names) for v in value] if isinstance(value, list | tuple) else value


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """With a manifest of sizes and digests, the same files the same bytes."""
    listed = [{"file": name, "bytes": len(raw), "sha256": sha256(raw).hexdigest()} for name, raw in files.items()]
    manifest = json.dumps({"format": FORMAT, "files": listed}, ensure_ascii=False, indent=1).encode()
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, raw in {"manifest.json": manifest, **files}.items():
            info = ZipInfo(name, _MADE)
            info.compress_type = ZIP_DEFLATED
            made.writestr(info, raw)
    return out.getvalue()
