"""People, offices and mandates, as administrators keep them. An administrator sees no case by that.

`by` is the administrator; None is the host's own command line. Nobody grants anything to themself.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from kaname.access.errors import NotAllowed, Unknown
from kaname.access.models import Mandate, Membership, Office, Person
from kaname.access.predicate import in_force, seen
from kaname.access.rights import dated, end, forget_sessions
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.ledger.errors import UnknownCase
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import index


def people(by: Person | None) -> "QuerySet[Person]":
    """Everyone with an account, by office and name."""
    _administers(by)
    return Person.objects.select_related("office").order_by("office__name_ja", "name", "pk")


def person(by: Person | None, public_id: str) -> Person:
    """One of them. Raises Unknown."""
    found = people(by).filter(public_id=public_id).first()
    if found is None:
        raise Unknown
    return found


def offices(by: Person | None) -> "QuerySet[Office]":
    _administers(by)
    return Office.objects.order_by("name_ja", "pk")


def roles(of: Iterable[CaseKind] | None = None) -> dict[str, Text]:
    """The roles of the Act in which somebody acts in these kinds (default: all of this office's), by id."""
    acts = (a.act for kind in (of or kinds().values()) for a in index(kind).acts.values())
    return dict(sorted({role.id: role.label for act in acts for role in act.roles}.items()))


# -- people ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_office(by: Person | None, sort: str, name_ja: str, name_en: str) -> Office:
    _administers(by)
    if sort not in Office.Sort.values:
        known = ", ".join(Office.Sort.values)
        raise NotAllowed(T(f"機関の種類は {known} のいずれか", f"expected one of {known}"), field="sort")
    return Office.objects.create(sort=sort, name_ja=name_ja, name_en=name_en)


def office(by: Person | None, public_id: str) -> Office:
    """One of them. Raises Unknown."""
    found = offices(by).filter(public_id=public_id).first()
    if found is None:
        raise Unknown
    return found


@transaction.atomic
def ask_for_keys(by: Person | None, of: Office, from_: date | None, bound: bool = False) -> None:
    """From that day on officers, administrators and members get in by a key (`login.keys`); None: not asked for."""
    _administers(by)
    of.keys_from, of.keys_bound = from_, bound and from_ is not None
    of.save(update_fields=("keys_from", "keys_bound"))


@transaction.atomic
def add_person(by: Person | None, email: str, name: str, office: Office, language: str = "ja",
               administers: bool = False) -> Person:  # fmt: skip
    """A new person, without password: `invitations.invite` makes the link by which they set one."""
    _administers(by)
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise NotAllowed(_NO_EMAIL, field="email") from None
    if Person.objects.filter(email=email).exists():
        raise NotAllowed(_TAKEN, field="email")
    return Person.objects.create_user(email, None, name=name, office=office, language=language, administers=administers)


@transaction.atomic
def end_person(by: Person | None, who: Person) -> None:
    """End an account and every right of it, at once. Nothing is deleted: the ledger names its people for ever."""
    _administers(by)
    _other(by, who)
    who.is_active = False
    who.save(update_fields=("is_active",))
    yesterday = clock.today() - timedelta(days=1)
    for right in (*Mandate.objects.filter(person=who), *Membership.objects.filter(person=who)):
        end(right, by, yesterday)
    forget_sessions(who)


# -- mandates --------------------------------------------------------------------------------------------------------


def mandates_of(by: Person | None, day: date | None = None, who: Person | None = None) -> "QuerySet[Mandate]":
    """Mandates in force on a day (default: all ever), each as long as its case is one that the administrator sees.

    A mandate for one case would tell an administrator that the case exists.
    """
    _administers(by)
    found = Mandate.objects.select_related("person__office", "granted_by", "ended_by", "case")
    found = found.filter(in_force(day)) if day else found
    found = found.filter(person=who) if who else found
    if by is not None:
        found = found.filter(Q(case__isnull=True) | Q(case__in=seen(by, clock.today())))
    return found.order_by("person__name", "pk")


@transaction.atomic
def grant(
    by: Person | None, who: Person, role: str, *, kind: str = "", party: str = "", case: str = "",
    may_act: bool = True, sealed: bool = False, from_: date | None = None, until: date | None = None,
) -> Mandate:  # fmt: skip
    """Give a mandate. For one case: only where the administrator sees it. Raises NotAllowed, UnknownCase."""
    _administers(by)
    _other(by, who)
    if not who.is_active:
        raise NotAllowed(T("この人の利用は終わっている", "this person's account has ended"), field="person")
    if kind and kind not in kinds():
        known = ", ".join(kinds())
        raise NotAllowed(T(f"事件の種類は {known} のいずれか", f"expected one of {known}"), field="kind")
    known_roles = roles([kinds()[kind]] if kind else None)
    if role not in known_roles:
        known = ", ".join(known_roles)
        raise NotAllowed(T(f"役割は {known} のいずれか", f"expected one of {known}"), field="role")
    start = from_ or clock.today()
    dated(start, until)
    made = Mandate.objects.create(
        person=who, role=role, kind=kind, party=party, case=_case(by, case), may_act=may_act, sealed=sealed,
        valid_from=start, valid_until=until, granted_by=by,
    )  # fmt: skip
    forget_sessions(who)
    return made


def _case(by: Person | None, public_id: str) -> Case | None:
    if not public_id:
        return None
    found = (Case.objects.all() if by is None else seen(by, clock.today())).filter(public_id=public_id).first()
    if found is None:
        raise UnknownCase
    return found


@transaction.atomic
def end_mandate(by: Person | None, public_id: str, last_day: date | None = None) -> Mandate:
    """End a mandate with a day; without one, at once. Raises Unknown."""
    found = mandates_of(by).filter(public_id=public_id).first()
    if found is None:
        raise Unknown
    _other(by, found.person)
    end(found, by, last_day or clock.today() - timedelta(days=1))
    return found


def _administers(by: Person | None) -> None:
    if by is not None and not (by.is_active and by.administers):
        raise NotAllowed


def _other(by: Person | None, who: Person) -> None:
    if by is not None and by.pk == who.pk:
        raise NotAllowed(_NOT_ONESELF, field="person")


_NOT_ONESELF = T("自分の権限は変えられない。他の管理者に求めること",
                 "you cannot change your own rights; ask another administrator")  # fmt: skip
_NO_EMAIL = T("メールアドレスとして読めない", "this is no e-mail address")
_TAKEN = T("このメールアドレスの人はもういる", "there is a person with this address already")
