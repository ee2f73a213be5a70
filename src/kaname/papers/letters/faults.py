"""For `kaname verify`: whether every paper that went out is still that one, and every number stands once."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256

from django.db.models import F

from kaname.law import T, Text
from kaname.ledger.digest import commitment
from kaname.ledger.errors import CannotOpen, Destroyed, KeysMissing
from kaname.ledger.models import Counter, Entry
from kaname.ledger.strict_json import loads
from kaname.ledger.verify import Fault
from kaname.papers import shelf, vault
from kaname.papers.binding import REFERENCE
from kaname.papers.models import Document, Issue
from kaname.procedure.kernel_acts import ISSUE

_MISSING = T("記録の書面がない", "the paper of this entry is missing")
_OTHER = T("書面が記録のものでない", "the paper here is not the one of this entry")
_DIFFERS = T("書面が、発したものと違う", "the paper differs from the one that went out")
_UNREAD = T("書面を開けない", "the paper of this entry cannot be opened")
_PENDING = T("文書番号「{name}」の書面が記録されていない；同じ行為の書面をもう一度発すること",
             "the paper of number {name} is not on record; issue the paper of that act again")  # fmt: skip
_UNMATCHED = T("文書番号「{name}」が記録と合わない", "the number {name} does not match its entry")
_GAPS = T("文書番号の列 {series} が 1 から {last} まで揃わない",
          "the numbers 1 to {last} of the series {series} do not stand")  # fmt: skip


def faults() -> list[Fault]:
    return [*_of_entries(), *_of_numbers()]


def _of_entries() -> Iterator[Fault]:
    """The ledger says which paper went out; the vault must hold that one."""
    found = Entry.objects.filter(act=ISSUE).values_list("case__public_id", "seq", "data")
    for case, seq, data in found.order_by("case_id", "seq").iterator():
        if (wrong := _wrong(case, str(loads(data).get("issued_paper", "")))) is not None:
            yield Fault(case, seq, wrong)


def _wrong(case: str, reference: str) -> Text | None:
    named = REFERENCE.fullmatch(reference)
    document = Document.objects.filter(case__public_id=case, public_id=named[1]).first() if named else None
    if named is None or document is None:
        return _MISSING
    if document.commitment != named[2]:
        return _OTHER
    try:
        said = shelf.told(document)
        seen = sha256()
        for piece in vault.pieces(document.public_id, bytes.fromhex(said["key"]), document.stored_size):
            seen.update(piece)
    except (Destroyed, KeysMissing):
        return None  # people have decided so; or `verify` has said it
    except CannotOpen:
        return _UNREAD
    told = commitment(bytes.fromhex(said["salt"]), "document", seen.hexdigest().encode())
    return None if told == named[2] else _DIFFERS


def _of_numbers() -> Iterator[Fault]:
    """Each series from 1 on, each number on record under its name."""
    rows = Issue.objects.annotate(public=F("case__public_id")).order_by("series", "number")
    written = Entry.objects.filter(act=ISSUE, case_id__in=Issue.objects.values("case_id"))
    told = written.values_list("case__public_id", "seq", "data")
    names = {(case, seq): str(loads(data).get("issued_number")) for case, seq, data in told}
    series: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        series[row.series].append(row.number)
        if row.entry is None:
            yield Fault(row.public, row.of, _PENDING.fill(name=row.name))
        elif names.get((row.public, row.entry)) != row.name:
            yield Fault(row.public, row.entry, _UNMATCHED.fill(name=row.name))
    given = dict(Counter.objects.filter(series__startswith="paper/").values_list("series", "value"))
    for name in sorted({*series, *given}):
        last = max(given.get(name, 0), len(series[name]))
        if series[name] != list(range(1, last + 1)):
            yield Fault("", 0, _GAPS.fill(series=name, last=max(last, 2)))
