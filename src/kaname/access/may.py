"""May this person do this act? A mandate in force must cover the case, the role of the act and the party in it."""

from collections.abc import Sequence
from dataclasses import replace

from kaname.access.models import Person
from kaname.access.predicate import Held, mandates
from kaname.law import T, Text
from kaname.ledger import clock, reading
from kaname.ledger.kinds import kind, kinds
from kaname.ledger.models import Case
from kaname.procedure import Entry, Reason, Refused
from kaname.procedure.index import index
from kaname.procedure.kernel_acts import KERNEL_ACTS
from kaname.procedure.order import effective


def covering(person: Person, case: Case) -> list[Held]:
    """The mandates in force today that cover a case."""
    found = mandates(person, clock.today())
    return of_case(found, case, any(m.party for m in found))


def of_case(held: Sequence[Held], case: Case, asks_parties: bool = True) -> list[Held]:
    """Those of the mandates that cover a case."""
    parties = {(p.role, p.party) for p in case.parties.all()} if asks_parties else set()
    return [
        m
        for m in held
        if m.case_id in (None, case.pk) and m.kind in ("", case.kind) and (not m.party or (m.role, m.party) in parties)
    ]


def opening(person: Person, kind_id: str) -> list[Held]:
    """The mandates in force today that may cover a case still to be opened: for which party, `as_mandated` asks."""
    return [m for m in mandates(person, clock.today()) if not m.case_id and m.kind in ("", kind_id)]


def as_mandated(held: Sequence[Held], kind_id: str, case: str, entry: Entry) -> Entry | Refused:
    """The entry as a mandate lets the person make it (role and party filled in), or the refusal where none does.

    A mandate for one party never acts for another: what an entry says of the party becomes the party of the case, and
    an entry without a party would act in any run.
    """
    held = [m for m in held if m.may_act]
    if entry.act in KERNEL_ACTS:
        return _about_an_entry(held, case, entry)
    wanted = {entry.by} if entry.by else _roles_of(kind_id, entry.act)
    if held and not wanted:  # an act that does not exist: the kernel says so
        return entry
    fitting = [m for m in held if m.role in wanted and m.party in ("", entry.party or m.party)]
    if not fitting:
        return _refused(held, wanted)
    roles, parties = {m.role for m in fitting}, {m.party for m in fitting}
    if len(roles) == 1:
        entry = replace(entry, by=entry.by or roles.pop())
    if entry.party or "" in parties:
        return entry
    if len(parties) > 1:
        parties &= {entry.run.split(":")[0]}
    return replace(entry, party=parties.pop()) if parties else Refused((Reason(_WHICH, field="party", code="mandate"),))


def by_whom(
    person: Person, held: Sequence[Held], kind_id: str, case: str, entry: Entry
) -> tuple[Entry | Refused, str]:  # fmt: skip
    """The entry as `as_mandated` has it, by the person's own mandates, else by those of one for whom they deputise; and
    who records it: the person, or `deputy/principal`, both by public id."""
    own = [m for m in held if not m.lent_by]
    answer = as_mandated(own, kind_id, case, entry)
    if isinstance(answer, Refused):
        for principal in dict.fromkeys(m.lent_by for m in held if m.lent_by):
            lent = as_mandated([m for m in held if m.lent_by == principal], kind_id, case, entry)
            if not isinstance(lent, Refused):
                return lent, f"{person.public_id}/{principal}"
            answer = answer if own else lent
    return answer, person.public_id


def _about_an_entry(held: Sequence[Held], case: str, entry: Entry) -> Entry | Refused:
    """A correction, annulment or delivery needs what the entry needed that it is about, what it needs as corrections
    have left it, and what it would become."""
    about = _about(case, entry)
    if about is None:
        return entry if held and case else _refused(held, set())
    now = next((e for e in effective(reading.entries(case))[0] if e.seq == about.seq), about)
    for by, party in {(about.by, about.party), (now.by, now.party), _corrected(now, entry)}:
        if not any(m.role == by and m.party in ("", party or m.party) for m in held):
            return _refused(held, {by})
    return entry


def _about(case: str, entry: Entry) -> Entry | None:
    """The entry that is not itself about another one; None where there is none: the kernel says so."""
    ledger = {e.seq: e for e in reading.entries(case)} if case else {}
    found: Entry | None = entry
    while found is not None and found.act in KERNEL_ACTS:
        number = found.data.get("entry")
        found = ledger.pop(number, None) if isinstance(number, int) else None  # popped: a ring ends
    return found


def _corrected(about: Entry, entry: Entry) -> tuple[str, str]:
    """Role and party of an entry once a correction has changed them."""
    by, party = (str(entry.data.get(name) or "") for name in ("by", "party"))
    return by or about.by, party or about.party


def _refused(held: Sequence[Held], wanted: set[str]) -> Refused:
    if any(m.role in wanted for m in held):
        return Refused((Reason(_OTHER_PARTY, field="party", code="mandate"),))
    named = [_labels().get(role) or T(role, role) for role in sorted(wanted)] or [T("—", "—")]
    text = T(
        f"この行為をする役割（{'、'.join(n.ja for n in named)}）の権限がない。管理者に権限の付与を求めること",
        f"no mandate for the role of this act ({', '.join(n.en for n in named)}); ask an administrator for one",
    )
    return Refused((Reason(text, code="mandate"),))


_OTHER_PARTY = T(
    "権限は他の当事者のものである。自分の権限の当事者の名で行うこと",
    "your mandate is for another party; act in the name of the party it names",
)
_WHICH = T("どの当事者のために行うかを書くこと", "say for which party you act")


def _labels() -> dict[str, Text]:
    """What the roles are called in which somebody acts in this office's kinds."""
    acts = (of.act for kind in kinds().values() for of in index(kind).acts.values())
    return {role.id: role.label for act in acts for role in act.roles}


def _roles_of(kind_id: str, act: str) -> set[str]:
    of = index(kind(kind_id)).acts.get(act)
    return {r.id for r in of.act.roles} if of else set()
