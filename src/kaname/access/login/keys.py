"""Passkey first: an office may ask its officers, administrators and members of compartments for a key (WebAuthn).

From the office's first day on, who holds a key gets in by it alone: their password, even with a one-time code, opens
nothing any more, and proves nothing before a grave change. A recovery code still opens once, and is told to the log.
Who holds none yet gets in as before, is led to the page that adds one, and may go on without it for that session: it
is noted, and administrators see who. So nobody misses a day of the law for want of a key.

Where the office asks for keys bound to a device, one that is copied between devices does not count.
"""

import logging
from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from fido2.webauthn import AuthenticatorData

from kaname.access.models import Membership, Office, Person
from kaname.access.predicate import in_force
from kaname.ledger import clock
from kaname.site.logs import pseudonym

LACKING = "kaname_no_key"  # in a session: the person is asked for a key, has none, and has not yet put it off
_log = logging.getLogger("kaname.login")


def asked(person: Person, day: date | None = None) -> bool:
    """Whether the office of a person asks them for a key today."""
    today, office = day or clock.today(), person.office
    if office.keys_from is None or office.keys_from > today:
        return False
    if office.sort == Office.Sort.AUTHORITY or person.administers:
        return True
    return Membership.objects.filter(in_force(today), person=person).exists()


def held(person: Person) -> list[Authenticator]:
    """The keys of a person that count in their office."""
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    return [one for one in found if counts(person, one)]


def counts(person: Person, key: Authenticator) -> bool:
    return not person.office.keys_bound or is_bound(key.wrap().authenticator_data)


def is_bound(data: AuthenticatorData) -> bool:
    """Whether a key never leaves its device, as the device itself says when it makes one."""
    return not data.flags & AuthenticatorData.FLAG.BE


def only(person: Person) -> bool:
    """Whether this person gets in by a key alone."""
    return asked(person) and bool(held(person))


def without(office: Office) -> list[Person]:
    """Who of an office is asked for a key, now or from its first day on, and has none."""
    if office.keys_from is None:
        return []
    day = max(office.keys_from, clock.today())
    people = Person.objects.filter(office=office, is_active=True).select_related("office").order_by("name", "pk")
    return [who for who in people if asked(who, day) and not held(who)]


def go_on_without(request: HttpRequest) -> None:
    """For this session; noted, so that an administrator can ask why."""
    if request.session.pop(LACKING, None):
        person: Person = request.user
        Person.objects.filter(pk=person.pk).update(keyless_at=clock.now())
        _log.warning("went on without a key", extra={"person": pseudonym("person", person.public_id)})


@receiver(user_logged_in)
def _look(sender: object, request: HttpRequest, user: Person, **_: object) -> None:
    """Looked at once a session: it ends when rights or factors change."""
    if asked(user) and not held(user):
        request.session[LACKING] = True
