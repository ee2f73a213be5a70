"""Invitations: a link with 256 random bits by which a person sets a password, once, within 72 hours.

The link is told to the administrator, who hands it over; only its digest is kept. A used, ended or replaced link shows
nothing. A reset is an invitation, too: it takes password, factors and tokens away. Every link takes memberships of
compartments away, so that nobody reads in one by a link to a member's account (a member has to bring them in again).
"""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kaname.access.errors import NotAllowed
from kaname.access.login.changed import What, tell
from kaname.access.login.passwords import ALONE
from kaname.access.models import Invitation, Membership, Person, Token
from kaname.access.rights import end, forget_sessions
from kaname.law import T
from kaname.ledger import clock

LASTS = timedelta(hours=72)


@transaction.atomic
def invite(by: Person | None, person: Person) -> str:
    """A new link's secret; earlier links of the person end, and so do memberships that members gave them before: who
    comes in by passkey or another organisation's login has no password either. `by` None: the host's command line."""
    if by is not None and not (by.is_active and by.administers):
        raise NotAllowed
    if not person.is_active:
        raise NotAllowed(T("この人の利用は終わっている", "this person's account has ended"), field="person")
    now = clock.now()
    Invitation.objects.filter(person=person, used_at__isnull=True, ends_at__gt=now).update(ends_at=now)
    yesterday = clock.today() - timedelta(days=1)
    for membership in Membership.objects.filter(person=person):
        end(membership, by, yesterday)
    secret = token_urlsafe(32)
    Invitation.objects.create(person=person, digest=_digest(secret), made_by=by, ends_at=now + LASTS)
    return secret


@transaction.atomic
def reset(by: Person | None, person: Person) -> str:
    """For who has lost password or factor: everything by which they came in ends; the secret of a new link."""
    if by is not None and by.pk == person.pk:
        raise NotAllowed(T("自分の分は他の管理者に求めること", "ask another administrator to reset your own account"))
    secret = invite(by, person)
    person.set_unusable_password()
    person.stands_alone = False
    person.save(update_fields=("password", "stands_alone"))
    Authenticator.objects.filter(user=person).delete()
    Token.objects.filter(person=person, ended_at__isnull=True).update(ended_at=timezone.now())
    forget_sessions(person)
    tell(person, What.RESET)
    return secret


def invited(secret: str) -> Person | None:
    """Whose link this is, while it can be used."""
    found = _open(secret).select_related("person").first()
    return found.person if found else None


@transaction.atomic
def accept(secret: str, password: str) -> Person | None:
    """Set the password and use the link up. None: it cannot be used (any more)."""
    found = _open(secret).select_for_update(of=("self",)).select_related("person").first()
    if found is None:
        return None
    found.used_at = clock.now()
    found.save(update_fields=("used_at",))
    person: Person = found.person
    person.set_password(password)
    person.stands_alone = len(password) >= ALONE
    person.save(update_fields=("password", "stands_alone"))
    forget_sessions(person)
    tell(person, What.PASSWORD)
    return person


def _open(secret: str) -> "QuerySet[Invitation]":
    now = clock.now()
    return Invitation.objects.filter(
        digest=_digest(secret), used_at__isnull=True, ends_at__gt=now, person__is_active=True
    )


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
