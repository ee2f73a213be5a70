"""The register of copies (複製の簿冊): numbered and followed until they are back or destroyed (府令10条3号ホ)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kaname.access.custody import decisions, managers
from kaname.access.custody.models import Copy, CopyStep
from kaname.access.custody.requests import FORMS, LONGEST, NotAsked
from kaname.access.errors import Unknown
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.ledger import clock, sealing
from kaname.ledger.errors import CannotOpen

FATES = {
    "kept": T("保管中", "kept"),
    "returned": T("返却", "returned"),
    "destroyed": T("廃棄", "destroyed"),
    "lost": T("紛失", "lost"),
}
BACK = ("returned", "destroyed")
_TAKEN = T("持出し", "taken out")


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody wrote down about a copy. `words`: None where they no longer open."""

    fate: str
    words: str | None
    person: Person
    at: datetime

    @property
    def label(self) -> Text:
        return FATES[self.fate]


@dataclass(frozen=True, slots=True)
class Held:
    """A copy of the register: who took it, of what, under which request, and what became of it, last step last."""

    number: int
    what: str
    form: str
    person: Person
    approved_by: Person
    request: str
    door: str
    at: datetime
    steps: tuple[Step, ...]

    @property
    def fate(self) -> str:
        return self.steps[-1].fate if self.steps else ""

    @property
    def out(self) -> bool:
        """Not back and not destroyed: somebody answers for it."""
        return self.fate not in BACK

    @property
    def label(self) -> Text:
        return FATES.get(self.fate, _TAKEN)

    @property
    def form_label(self) -> Text:
        return FORMS[self.form]


def register(person: Person, case: str) -> list[Held]:
    """The copies of a case by number. Raises UnknownCase, NotAllowed."""
    found = Copy.objects.filter(case=managers.found(person, case)).order_by("number")
    return _held(
        found.select_related("asked__person__office").prefetch_related("steps__person", "asked__answers__person")
    )


def _held(rows: Iterable[Copy]) -> list[Held]:
    return [
        Held(
            row.number, row.asked.what, row.asked.form, row.asked.person,
            next(a.person for a in row.asked.answers.all() if a.ordinal == 1), row.asked.public_id, row.door, row.at,
            tuple(Step(s.fate, _words(row, s), s.person, s.at) for s in sorted(row.steps.all(), key=lambda s: s.pk)),
        )
        for row in rows
    ]  # fmt: skip


def note(person: Person, case: str, number: int, fate: str, words: str) -> None:
    """Write down where a copy is, or what became of it. By who took it, or whoever could answer for it.

    Raises UnknownCase, NotAllowed, Unknown (no such copy), NotAsked.
    """
    found = managers.found(person, case)
    row = Copy.objects.filter(case=found, number=number).select_related("asked", "case").first()
    if row is None or (row.asked.person_id != person.pk and not managers.able(person, found)):
        raise Unknown
    if fate not in FATES:
        raise NotAsked(T(f"{'、'.join(FATES)} のいずれか", f"expected one of {', '.join(FATES)}"), field="fate")
    text = words.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST:
        raise NotAsked(_WORDS, field="words")
    blob = sealing.seal_text(_purpose(row), text.encode(), found.circle)
    made = CopyStep(copy=row, fate=fate, person=person, words=blob, at=clock.now())
    decisions.step(person, found, f"copy {number} {fate}", [made])


def _words(row: Copy, step: CopyStep) -> str | None:
    try:
        return sealing.open_text(_purpose(row), bytes(step.words)).decode()
    except CannotOpen:
        return None


def _purpose(row: Copy) -> str:
    return f"custody/copy/{row.pk}"


_WORDS = T(f"場所又は方法を {LONGEST} 字までで書くこと", f"say where or how, in at most {LONGEST} letters")
