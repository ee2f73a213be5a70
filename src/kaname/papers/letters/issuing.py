"""Issuing (発する): a paper gets its number, is kept sealed as it is, and its entry stands in the ledger.

    issue(person, case, seq, whole=False) -> Issued      the same act again gives the same paper
    issued(person, case) -> list[Issued]                 again(person, case, seq) -> Opened, the bytes as they went out

In this order: what cannot be printed or is not this person's to issue is refused before a number is given; the number
is reserved, so that none is lost; the bytes go into the vault of documents; last comes the entry, which names them by
their salted digest. A crash leaves a number that is reserved: the next issue of that act takes it up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from kaname.access import api as access
from kaname.access.api import Recorded, Unknown
from kaname.access.custody.gate import STAYS
from kaname.access.errors import AccessError
from kaname.access.may import as_mandated, covering
from kaname.access.models import Person, new_id
from kaname.law import T, Text
from kaname.ledger import clock, store
from kaname.ledger.models import Case
from kaname.papers import inventory, shelf, vault
from kaname.papers.letters import compose, sheet, upon, words
from kaname.papers.letters.compose import Letter
from kaname.papers.models import Document, Issue
from kaname.papers.shelf import Opened
from kaname.procedure import Entry, Reason, Refused, order
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import ANNUL, CORRECT, ISSUE

_PDF = "application/pdf"
_NO_PAPER = T("この行為は書面にならない", "no paper is made of this act")
_ELSEWHERE = T("この事件は他の機関の台帳にあり、書面はその機関が発する",
               "this case is kept by another office, which issues its papers")  # fmt: skip
_ANNULLED = T("この行為は取り消された。取消しの記録の書面を発すること",
              "the act was annulled; issue the paper of the annulment")  # fmt: skip


_BY_ITSELF = T(
    "書面は「書面を発する」で発する。記録はそれが作る", "papers are issued as such; the entry is made by that"
)


class NotIssued(AccessError):
    """Why a paper was not issued. Nothing went out."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that went out. `seq`: its entry; `of`: what it says; `on`: the day of issue; `document`: the kept bytes;
    `sha256`: theirs, "" for who may not open them; `state`: None, or what has come over it since."""

    seq: int
    of: int
    number: str
    on: date
    document: str
    digest: str
    sha256: str
    template: str
    state: Text | None


def issue(person: Person, case: str, seq: int, *, whole: bool = False) -> Issued:
    """Issue the paper of an act, of an annulment or of a correction; where it has gone out already, it is that one.

    `whole`: with what is sealed. Raises UnknownCase, Unknown, NotAllowed, NotIssued, Unprintable, and what `act` does.
    """
    ledger = access.recorded(person, case)
    found = access.find(person, case)
    _may(person, found, ledger, seq)
    last = max((c.seq for c in upon.corrections(ledger, seq)), default=0)
    done = Issue.objects.filter(case=found, of=seq, upon=last, whole=whole).first()
    if done is None or done.entry is None:
        paper = (
            compose.whole(person, case, seq, "ja", "issue", STAYS) if whole else compose.letter(person, case, seq, "ja")
        )
        sheet.pdf(paper)  # what cannot be printed is told before a number is given
        done = _finished(person, found, ledger, _reserved(person, found, seq, last, whole), paper)
    return next(one for one in issued(person, case) if one.seq == done.entry)


def issued(person: Person, case: str) -> list[Issued]:
    """The papers of a case that went out, those that came with it from another office too. Raises UnknownCase."""
    ledger = access.recorded(person, case)
    found = access.find(person, case)
    reads = access.may_reveal(person, found)
    held = {shelf.reference(d): d for d in Document.objects.filter(case=found, media_type=_PDF)}
    replaced = {r.entry.data.get("issued_instead"): r.entry.seq for r in ledger if r.entry.act == ISSUE}
    listed = []
    for row in (r for r in ledger if r.entry.act == ISSUE):
        said = row.entry.data
        document = held.get(str(said["issued_paper"]))
        open_ = document is not None and (reads or not document.veiled)
        listed.append(Issued(
            row.entry.seq, int(said["entry"]), str(said["issued_number"]), row.entry.on,
            document.public_id if document else "", row.digest,
            shelf.told(document)["sha256"] if document and open_ else "", str(said["issued_template"]),
            _state(ledger, row, replaced.get(row.entry.seq)),
        ))  # fmt: skip
    return listed


def again(
    person: Person, case: str, seq: int, door: str = "letter", unsealing: bool = True, proved: bool = True
) -> Opened:  # fmt: skip
    """The bytes of a paper as they went out, its reading written down first. Raises UnknownCase, Unknown, NotAllowed,
    Unproved.

    `unsealing`: by a door at which what is sealed may be read.
    """
    one = next((i for i in issued(person, case) if i.seq == seq), None)
    if one is None or not one.document:
        raise Unknown
    return shelf.fetch(person, one.document, door, unsealing, proved=proved)


# -- the steps ---------------------------------------------------------------------------------------------------------


def _may(person: Person, case: Case, ledger: Sequence[Recorded], seq: int) -> None:
    """Raises Unknown, NotIssued: before anything is written."""
    row = next((r for r in ledger if r.entry.seq == seq), None)
    if row is None:
        raise Unknown
    seen = access.see(person, case.public_id)
    of = index(seen.standing.kind).acts.get(row.entry.act)
    if of is None and row.entry.act not in (ANNUL, CORRECT):
        raise NotIssued(_NO_PAPER)
    if of is not None and inventory.sort_of(seen.standing.kind.id, of.name).id not in inventory.PAPERS:
        raise NotIssued(_NO_PAPER)
    if case.origin:
        raise NotIssued(_ELSEWHERE)
    if of is not None and upon.effective(ledger, seq) is None:
        raise NotIssued(_ANNULLED)
    asked = Entry(ISSUE, clock.today(), {"entry": seq})
    mandated = as_mandated(covering(person, case), case.kind, case.public_id, asked)
    if isinstance(mandated, Refused):
        raise NotIssued(mandated.reasons[0].text)


def _reserved(person: Person, case: Case, of: int, last: int, whole: bool) -> Issue:
    """The number of a paper: one that was reserved for this act and not used, else the next of the series. Two who
    issue at once get the same."""
    try:
        with transaction.atomic():
            left = Issue.objects.select_for_update().filter(case=case, of=of, whole=whole, entry=None).first()
            if left is not None:
                if left.upon != last:  # corrected meanwhile: what was kept for the number says what is no longer so
                    left.upon, left.document = last, None
                    left.save(update_fields=["upon", "document"])
                return left
            today, office = clock.today(), person.office
            series = f"paper/{office.public_id}/{case.circle}/{today.year}"
            number = store.numbers(series, 1)
            name = words.ISSUED.fill(office=office.name_ja, year=words.year(today, "ja"), n=number).ja
            if case.circle:  # a series of its own: it must not show how many papers others have
                name += f"（{case.circle[:4]}）"
            return Issue.objects.create(series=series, number=number, name=name, office=office, case=case, of=of,
                                        upon=last, whole=whole, person=person, at=clock.now())  # fmt: skip
    except IntegrityError:
        return Issue.objects.get(case=case, of=of, upon=last, whole=whole)


def _finished(person: Person, case: Case, ledger: Sequence[Recorded], reserved: Issue, paper: Letter) -> Issue:
    """The bytes into the vault, then the entry; where a crash came after it, that entry."""
    there = next((r.entry for r in ledger if r.entry.data.get("issued_number") == reserved.name), None)
    if there is not None:
        Issue.objects.filter(pk=reserved.pk).update(entry=there.seq)
        reserved.entry = there.seq
        return reserved
    instead = _before(ledger, reserved.of)
    remarks = paper.remarks
    if instead is not None:
        remarks = (*remarks, words.INSTEAD.fill(number=instead.data["issued_number"]).ja)
    document = _kept(person, case, reserved, sheet.pdf(replace(paper, number=reserved.name, remarks=remarks)))
    said = {"entry": reserved.of, "issued_paper": shelf.reference(document), "issued_number": reserved.name,
            "issued_template": sheet.VERSION}  # fmt: skip
    if instead is not None:
        said["issued_instead"] = instead.seq
    key = f"issue:{reserved.of}:{reserved.upon}:{int(reserved.whole)}"
    answer = access.act(person, case.public_id, Entry(ISSUE, clock.today(), said), idempotency_key=key)
    if isinstance(answer, Refused):
        raise NotIssued(answer.reasons[0].text)
    Issue.objects.filter(pk=reserved.pk).update(entry=answer.seq)
    reserved.entry = answer.seq
    return reserved


def _before(ledger: Sequence[Recorded], of: int) -> Entry | None:
    """The paper of the same act that went out last and was not taken back."""
    issues = [e for e in order.upon([r.entry for r in ledger], of) if e.act == ISSUE]
    return issues[-1] if issues else None


def _kept(person: Person, case: Case, reserved: Issue, raw: bytes) -> Document:
    """The bytes as a document of the case. One number has one document: of two who issue at once the second takes that
    of the first, and so does who comes after a crash."""
    stored = _written(raw)
    said = {"name": shelf.clean(f"{reserved.name}.pdf"), "sha256": stored.sha256, "salt": stored.salt.hex(),
            "key": stored.key.hex()}  # fmt: skip
    try:
        with transaction.atomic():
            document = Document.objects.create(
                public_id=stored.id, case=case, uploaded_by=person, at=clock.now(), media_type=_PDF, size=stored.size,
                stored_size=stored.stored_size, stored_sha256=stored.stored_sha256, commitment=stored.commitment,
                veiled=reserved.whole, claimed_at=clock.now(), **shelf.sealed_columns(stored.id, said, case.circle),
            )  # fmt: skip
            if not Issue.objects.filter(pk=reserved.pk, document=None).update(document=document):
                raise _There
    except _There:
        vault.path_of(stored.id).unlink(missing_ok=True)
        return Document.objects.get(pk=Issue.objects.values_list("document", flat=True).get(pk=reserved.pk))
    except BaseException:
        vault.path_of(stored.id).unlink(missing_ok=True)
        raise
    return document


class _There(Exception):
    """The number has its document."""


def _written(raw: bytes) -> vault.Stored:
    writer = vault.Writer(new_id())
    try:
        for start in range(0, len(raw), vault.PIECE):
            writer.write(raw[start : start + vault.PIECE])
    except BaseException:
        writer.drop()
        raise
    return writer.close()


def _state(ledger: Sequence[Recorded], row: Recorded, replaced_by: int | None) -> Text | None:
    """What has come over a paper: it was taken back, replaced, or its act annulled or corrected since."""
    entries, of = [r.entry for r in ledger], int(row.entry.data["entry"])
    if any(e.act == ANNUL for e in order.upon(entries, row.entry.seq)):
        return _TAKEN_BACK
    if replaced_by is not None:
        return _REPLACED.fill(n=replaced_by)
    for e in order.upon(entries, of):
        if e.act == ANNUL:
            return _OF_ANNULLED.fill(n=e.seq)
        if e.act == CORRECT and e.seq > row.entry.seq:
            return _OF_CORRECTED.fill(n=e.seq)
    return None


_TAKEN_BACK = T("取り消された", "taken back")
_REPLACED = T("記録{n}の書面に代わられた", "replaced by the paper of entry {n}")
_OF_ANNULLED = T("行為が記録{n}で取り消された", "its act was annulled by entry {n}")
_OF_CORRECTED = T(
    "行為が記録{n}で訂正された。新しい書面を発すること", "its act was corrected by entry {n}; issue a new paper"
)


class Issuing:
    """See `access.attached.Attached`: an entry of a paper is written by `issue` alone, for a number it has reserved."""

    def claim(self, person: Person, kind_id: str, case: Case | None, entry: Entry, key: str) -> Refused | None:
        if entry.act != ISSUE:
            return None
        told = {"of": entry.data.get("entry"), "name": entry.data.get("issued_number")}
        reserved = Issue.objects.filter(case=case, **told).select_related("document").first() if case else None
        named = entry.data.get("issued_paper")
        if reserved and reserved.document and shelf.reference(reserved.document) == named:
            return None
        return Refused((Reason(_BY_ITSELF, field="entry", code="act"),))

    def bind(self, case: str, entry: Entry) -> None:
        """Nothing is left to be bound."""

    def moved(self, case: str) -> None:
        """The document moves with the others of its case."""
