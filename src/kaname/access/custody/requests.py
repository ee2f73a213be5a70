"""Asking to take a copy, and answering: what, why, how many, in which form; by a second person, for a limited time.

    ask(person, case, what, form, copies, why) -> Request      answer(person, id, verdict, why, copies=, hours=)
    of_case(person, case)     waiting(person)     withdraw(person, id)     revoke(person, id, why)

Nothing is changed: an answer is a row, and so is its end. Reasons lie sealed under the key of the case's circle.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from kaname.access.custody import decisions, managers
from kaname.access.custody.models import Answered, Asked
from kaname.access.errors import AccessError, NotAllowed, Unknown
from kaname.access.models import Person, new_id
from kaname.access.predicate import mandates, rows_visible_to
from kaname.law import T, Text
from kaname.ledger import clock, reading, sealing
from kaname.ledger.errors import CannotOpen
from kaname.ledger.kinds import kind, kinds
from kaname.ledger.models import Case

MOST_COPIES, LONGEST, MOST_HOURS = 20, 1000, 168
FORMS = {
    "download": T("ダウンロード", "download"),
    "print": T("印刷", "print"),
    "export": T("書き出し", "export"),
}
# What can leave, and in which form: `{}` is a document's id or the number of an entry.
WHAT = {
    "document": (re.compile(r"document [a-z2-7]{16}"), ("download", "print", "export")),
    "letter": (re.compile(r"letter [1-9][0-9]{0,8}"), ("print", "download")),
    "package": (re.compile(r"package [1-9][0-9]{0,8}"), ("export",)),
    "value": (re.compile(r"value [1-9][0-9]{0,8} [a-z0-9_.]{1,100}"), ("export",)),
    "bundle": (re.compile(r"bundle"), ("export",)),
}


class NotAsked(AccessError):
    """A request that cannot be made, or an answer that cannot be given. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as those who read what is sealed in its case see it. `state`: a key of `STATES`; `why`, `answer`: the
    words, None where they no longer open."""

    id: str
    case: str
    person: Person
    what: str
    form: str
    copies: int
    why: str | None
    at: datetime
    state: str
    by: Person | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    approved: int = 0
    until: datetime | None = None
    taken: int = 0

    @property
    def label(self) -> Text:
        return STATES[self.state]

    @property
    def left(self) -> int:
        """How many approved copies were not taken yet."""
        return self.approved - self.taken


STATES = {
    "waiting": T("承認待ち", "waiting"),
    "approved": T("承認済み", "approved"),
    "used": T("部数を使い切った", "used up"),
    "expired": T("期限切れ", "expired"),
    "refused": T("不承認", "refused"),
    "withdrawn": T("取下げ", "withdrawn"),
    "revoked": T("承認の取消し", "revoked"),
}


def applies(case: Case) -> bool:
    """Whether what belongs to a case leaves only with approval now."""
    declared = kind(case.kind).custody
    return declared is not None and reading.standing(case.public_id).state(declared.procedure) in declared.states


def held_back(case: str = "") -> Q:
    """The same as a condition on `ledger.Case`, or on a table that leads to it (`case__`), as the lists have it."""
    found = Q(pk__in=())
    for id, declared in {id: of.custody for id, of in kinds().items() if of.custody}.items():
        for state in declared.states:
            said = f'"{declared.procedure}":"{state}"'
            found |= Q(**{f"{case}kind": id, f"{case}standing__states__contains": said})
    return found


# -- asking ------------------------------------------------------------------------------------------------------------


def ask(person: Person, case: str, what: str, form: str, copies: int, why: str) -> str:
    """Ask for copies; the id of the request. Raises UnknownCase, NotAllowed, NotAsked."""
    found = managers.found(person, case)
    if not applies(found):
        raise NotAsked(_NOT_NEEDED)
    pattern, forms = WHAT.get(what.partition(" ")[0], (None, ()))
    if pattern is None or not pattern.fullmatch(what):
        known = "、".join(WHAT)
        raise NotAsked(T(f"対象は {known} のいずれか", f"expected one of {', '.join(WHAT)}"), field="what")
    if form not in forms:
        raise NotAsked(T(f"形は {'、'.join(forms)} のいずれか", f"expected one of {', '.join(forms)}"), field="form")
    if not 1 <= copies <= MOST_COPIES:
        raise NotAsked(T(f"部数は 1 から {MOST_COPIES} まで", f"expected 1 to {MOST_COPIES} copies"), field="copies")
    id = new_id()
    row = Asked(public_id=id, case=found, person=person, what=what, form=form, copies=copies,
                words=_sealed(found, id, "asked", _reason(why)), at=clock.now())  # fmt: skip
    decisions.step(person, found, f"asked {id} {form} {copies}", [row])
    return id


def withdraw(person: Person, id: str) -> None:
    """Take a request back that nobody has answered. Raises Unknown, NotAsked."""
    row = _row(person, id)
    if row.person_id != person.pk:
        raise Unknown
    _answer(row, person, 1, "withdrawn", "")


# -- answering ---------------------------------------------------------------------------------------------------------


def answer(
    person: Person, id: str, verdict: str, why: str, copies: int | None = None, hours: int | None = None
) -> None:  # fmt: skip
    """Approve or refuse what somebody else asks. `copies`: fewer than asked; `hours`: how long it holds.

    Raises Unknown, NotAllowed (not this person's to answer), NotAsked.
    """
    row = _row(person, id)
    if not managers.may_answer(person, row.case, row.person_id):
        raise NotAllowed(_NOT_YOURS)
    if verdict not in ("approved", "refused"):
        raise NotAsked(T("approved か refused", "expected approved or refused"), field="verdict")
    number = row.copies if copies is None else copies
    if not 1 <= number <= row.copies:
        raise NotAsked(T(f"部数は 1 から {row.copies} まで", f"expected 1 to {row.copies} copies"), field="copies")
    length = settings.KANAME_APPROVAL_HOURS if hours is None else hours
    if not 1 <= length <= MOST_HOURS:
        raise NotAsked(T(f"時間は 1 から {MOST_HOURS} まで", f"expected 1 to {MOST_HOURS} hours"), field="hours")
    yes = verdict == "approved"
    until = clock.now() + timedelta(hours=length) if yes else None
    _answer(row, person, 1, verdict, _reason(why), number if yes else 0, until)


def revoke(person: Person, id: str, why: str) -> None:
    """End an approval before its time. Raises Unknown, NotAllowed, NotAsked."""
    row = _row(person, id)
    if not managers.may_answer(person, row.case, row.person_id):
        raise NotAllowed(_NOT_YOURS)
    if not row.answers.filter(ordinal=1, verdict="approved").exists():
        raise NotAsked(_NOT_APPROVED)
    _answer(row, person, 2, "revoked", _reason(why))


def _answer(
    row: Asked, person: Person, ordinal: int, verdict: str, why: str, copies: int = 0, until: datetime | None = None
) -> None:
    if row.answers.filter(ordinal=ordinal).exists():
        raise NotAsked(_ANSWERED)
    words = _sealed(row.case, row.public_id, verdict, why)
    made = Answered(asked=row, ordinal=ordinal, verdict=verdict, person=person, copies=copies, until=until, words=words,
                    at=clock.now())  # fmt: skip
    try:
        decisions.step(person, row.case, f"{verdict} {row.public_id} {copies}", [made])
    except decisions.Taken:  # somebody else answered in the same moment
        raise NotAsked(_ANSWERED) from None


# -- showing -----------------------------------------------------------------------------------------------------------


def of_case(person: Person, case: str) -> list[Request]:
    """The requests of a case, newest first. Raises UnknownCase, NotAllowed."""
    return shown(Asked.objects.filter(case=managers.found(person, case)))


def one(person: Person, id: str) -> Request:
    """One of them. Raises Unknown."""
    return shown([_row(person, id)])[0]


def waiting(person: Person) -> list[Request]:
    """What waits for this person's answer, oldest first: two statements, and those of each case that has a request."""
    rows = Asked.objects.filter(answers=None).exclude(person=person).filter(_readable(person))
    rows = rows.select_related("case", "person__office").order_by("pk")
    return shown([row for row in rows if managers.may_answer(person, row.case, row.person_id)])


def shown(rows: "Iterable[Asked] | QuerySet[Asked]") -> list[Request]:
    if isinstance(rows, QuerySet):
        rows = rows.select_related("case", "person__office").prefetch_related("answers__person", "taken")
        rows = rows.order_by("-at", "-pk")
    return [_shown(row) for row in rows]


def _shown(row: Asked) -> Request:
    said = {a.ordinal: a for a in row.answers.all()}
    first, taken = said.get(1), len(row.taken.all())
    return Request(
        row.public_id, row.case.public_id, row.person, row.what, row.form, row.copies,
        words_of(row.public_id, "asked", bytes(row.words)), row.at, _state(first, said.get(2), taken),
        first.person if first else None,
        words_of(row.public_id, first.verdict, bytes(first.words)) if first else None,
        first.at if first else None, first.copies if first else 0, first.until if first else None, taken,
    )  # fmt: skip


def _state(first: Answered | None, second: Answered | None, taken: int) -> str:
    if first is None or second is not None:
        return second.verdict if second else "waiting"
    if first.verdict != "approved":
        return first.verdict
    if taken >= first.copies:
        return "used"
    return "expired" if first.until is None or first.until <= clock.now() else "approved"


def _row(person: Person, id: str) -> Asked:
    """One of a case of which the person may know the custody. Raises Unknown."""
    found = Asked.objects.filter(_readable(person), public_id=id).select_related("case", "person__office").first()
    if found is None:
        raise Unknown
    return found


def _readable(person: Person) -> Q:
    """Rows of cases that the person sees and reads what is sealed of."""
    if not any(k.custody for k in kinds().values()):
        return Q(pk__in=())
    day = clock.today()
    return rows_visible_to(person, day, [m for m in mandates(person, day) if m.sealed])


def usable(person: Person, case: Case, what: str) -> "QuerySet[Answered]":
    """Approvals that hold now, by another person than asked: how many copies are left, the caller counts."""
    found = Answered.objects.filter(
        asked__case=case, asked__person=person, asked__what=what, ordinal=1, verdict="approved", until__gt=clock.now()
    )
    revoked = Answered.objects.filter(asked__case=case, ordinal=2).values("asked_id")
    return found.exclude(person=F("asked__person")).exclude(asked__in=revoked).select_related("asked").order_by("until")


# -- words -------------------------------------------------------------------------------------------------------------


def _reason(why: str) -> str:
    text = why.replace("\r\n", "\n").strip()
    if not text:
        raise NotAsked(T("理由を書くこと", "a reason is needed"), field="why")
    if len(text) > LONGEST:
        raise NotAsked(T(f"理由は {LONGEST} 字まで", f"expected at most {LONGEST} letters"), field="why")
    return text


def _sealed(case: Case, id: str, step: str, text: str) -> bytes:
    return sealing.seal_text(f"custody/{id}/{step}", text.encode(), case.circle)


def words_of(id: str, step: str, blob: bytes) -> str | None:
    """What was written; None once its key is destroyed."""
    try:
        return sealing.open_text(f"custody/{id}/{step}", blob).decode()
    except CannotOpen:
        return None


_NOT_NEEDED = T("この事件の持出しに、今は承認は要らない", "no approval is needed in this case now")
_NOT_YOURS = T("この求めに答えるのは管理責任者、定めがなければ求めた人以外で、封緘を読み、行為できる人である",
               "the manager answers this, else somebody other who reads what is sealed and acts here")  # fmt: skip
_ANSWERED = T("既に答えがある", "it was answered already")
_NOT_APPROVED = T("承認されていない", "it was not approved")
