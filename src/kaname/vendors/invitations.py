"""Invitations: an operator asks a vendor in; the link works once, within 72 hours, for the address it was sent to.

A link that was used, has run out, was withdrawn or never was: all are answered alike (`Spent`). Of two who use one link
at the same moment one is let in.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from kaname.access import people
from kaname.access.errors import AccessError, NotAllowed, Unknown
from kaname.access.login import invitations as login
from kaname.access.models import Person
from kaname.days import jst_date
from kaname.law import T
from kaname.ledger import clock
from kaname.regimes.infrastructure.filing.content import PartyRole, key_of
from kaname.vendors.models import Invitation, Member, Vendor
from kaname.vendors.rights import asked, own_preparation, own_vendors

LASTS = timedelta(hours=72)
_LONGEST = 256


class Spent(AccessError, LookupError):
    """The link lets nobody in."""

    text = T(
        "この案内は使えない（使用済み、期限切れ、取消し、又は誤り）。送り主に新しい案内を求めて",
        "this link cannot be used: it was used, has run out, was withdrawn or is mistyped; ask for a new one",
    )


class LogInFirst(AccessError):
    """The address has an account: its owner logs in and uses the link then."""

    text = T("この宛先には利用者がある。ログインしてから案内を開いて",
             "this address has an account: log in and open the link again")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invited:
    """What a link tells whoever holds it."""

    operator: str
    party: str
    role: PartyRole
    email: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Welcome:
    """A vendor that came in. `secret`: of the link by which a new person sets a password, "" for one who has one."""

    vendor: Vendor
    person: Person
    secret: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who took an invitation, when and from which network (`Invitation.HOST`: by a command; "": of before, unknown)."""

    who: str
    email: str
    at: datetime
    source: str

    @property
    def day(self) -> date:
        return jst_date(self.at)


@transaction.atomic
def invite(person: Person, preparation: str, party: str, role: str, email: str) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is shown this once; an earlier one for the same place ends.

    Raises Unknown (no such plan for this person), NotAllowed (with the field that is wrong).
    """
    found = own_preparation(person, preparation, acting=True)
    party, email = key_of(party), email.strip().lower()
    if not 0 < len(party) <= _LONGEST or not party.isprintable():
        raise NotAllowed(
            T("供給者等の名称を 256 文字までで", "expected the vendor's name, up to 256 characters"), "party"
        )
    if role not in list(PartyRole):
        known = ", ".join(PartyRole)
        raise NotAllowed(T(f"立場は {known} のいずれか", f"expected one of {known}"), field="role")
    try:
        validate_email(email)
    except ValidationError:
        raise NotAllowed(T("メールアドレスとして読めない", "this is no e-mail address"), field="email") from None
    now, secret = clock.now(), token_urlsafe(32)
    waiting = Invitation.objects.filter(preparation=found, party=party, role=role, used_at=None, ends_at__gt=now)
    waiting.update(ends_at=now)
    made = Invitation.objects.create(
        preparation=found, party=party, role=role, email=email, digest=_digest(secret), made_by=person, made_at=now,
        ends_at=now + LASTS,
    )  # fmt: skip
    return made, secret


def of_preparation(person: Person, preparation: str) -> "QuerySet[Invitation]":
    """The invitations to a plan, the newest first. Raises Unknown."""
    found = own_preparation(person, preparation)
    return found.invitations.select_related("vendor", "made_by").order_by("-pk")


@transaction.atomic
def withdraw(person: Person, invitation: str) -> None:
    """End a link that nobody has used. Raises Unknown."""
    found = Invitation.objects.filter(public_id=asked(invitation)).select_related("preparation").first()
    if found is None:
        raise Unknown
    own_preparation(person, found.preparation.public_id, acting=True)
    Invitation.objects.filter(pk=found.pk, used_at=None).update(ends_at=clock.now())


def look(secret: str) -> Invited:
    """What the link is about; looking does not use it up. Raises Spent."""
    found = _open(secret)
    return Invited(
        found.preparation.operator, found.party, PartyRole(found.role), found.email, found.ends_at
    )  # fmt: skip


@transaction.atomic
def accept(
    secret: str, person: Person | None = None, *, name: str | None = None, vendor: str = "",
    source: str = Invitation.HOST, language: str = "ja",
) -> Welcome:  # fmt: skip
    """Use the link up. `person`: who is logged in, else a new account is made for the address, called `name`
    (None: by the address), to whom the office speaks in `language`. What is handed over later bears the name.

    `vendor`: for which of the person's vendors, where there are several. `source`: the network it comes from.
    Raises Spent, LogInFirst, NotAllowed, Unknown.
    """
    found, now = _open(secret), clock.now()
    if person is not None and person.email != found.email:
        raise NotAllowed(T("この案内は別の宛先のもの。その宛先の利用者でログインして",
                           "this link is for another address; log in as its owner"))  # fmt: skip
    # Whoever is second finds nothing to change: the row is locked until the first has come to an end.
    still = Invitation.objects.filter(pk=found.pk, used_at=None, ends_at__gt=now)
    if still.update(used_at=now) != 1:
        raise Spent
    who = person or _newcomer(found, name, language)
    of = _vendor(who, found, vendor)
    Invitation.objects.filter(pk=found.pk).update(used_by=who, vendor=of, used_from=source)
    return Welcome(of, who, "" if person else login.invite(None, who))


def accepted(row: Invitation) -> Accepted | None:
    """Who took it, told to both sides; None where nobody has. `used_by` came along with the row."""
    if row.used_at is None or row.used_by is None:
        return None
    return Accepted(row.used_by.name, row.used_by.email, row.used_at, row.used_from)


def _newcomer(invitation: Invitation, name: str | None, language: str) -> Person:
    """A new person; or one who has never set a password, and is asked to once more."""
    known = Person.objects.filter(email=invitation.email).first()
    if known is not None:
        if known.has_usable_password() or not known.is_active or not own_vendors(known).exists():
            raise LogInFirst
        return known
    if name is not None and not name.strip():
        raise NotAllowed(T("あなたの氏名を書いて", "fill in your name"), field="name")
    house = people.add_office(None, "company", invitation.party[:128], invitation.party[:128])
    return people.add_person(None, invitation.email, (name or invitation.email).strip()[:128], house, language)


def _vendor(person: Person, invitation: Invitation, public_id: str) -> Vendor:
    held = list(own_vendors(person)[:50])
    if public_id:
        chosen = [v for v in held if v.public_id == public_id]
        if not chosen:
            raise Unknown
        return chosen[0]
    if len(held) > 1:
        raise NotAllowed(
            T("どの供給者として受けるかを選んで", "say for which of your vendors you accept"), field="vendor"
        )
    if held:
        return held[0]
    made = Vendor.objects.create(name=invitation.party, made_at=clock.now())
    Member.objects.create(vendor=made, person=person, valid_from=clock.today())
    return made


def _open(secret: str) -> Invitation:
    digest = _digest(secret)
    found = (
        Invitation.objects.filter(digest=digest, used_at=None, ends_at__gt=clock.now())
        .select_related("preparation")
        .first()
    )
    # The index has compared already, but an index may stop at the first difference: compared again in constant time.
    if not hmac.compare_digest(digest, found.digest if found else "") or found is None:
        raise Spent
    return found


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
