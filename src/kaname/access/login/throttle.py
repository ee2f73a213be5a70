"""Delay instead of lock-out: after failures the next attempt must wait, a little longer each time, never for ever.

Counted for what was typed as account (known or not, it makes no difference) and for the network it came from; a count
runs off with time. A browser in which the person has logged in before is counted by itself: guesses from elsewhere
cannot delay it. Passkeys are not asked here at all: there is nothing to guess.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from kaname.access.models import Person, Wait
from kaname.ledger import clock

LONGEST = timedelta(minutes=5)
DEVICE = "kaname_device"
_DEVICE_LASTS = 180 * 24 * 3600
_FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Budget:
    """So many attempts at once without delay, and so many an hour as time goes by."""

    name: str
    free: int
    an_hour: int

    def delay(self, level: float) -> timedelta:
        over = level - self.free
        return timedelta() if over <= 0 else min(LONGEST, timedelta(seconds=2 ** min(ceil(over), 20)))


ACCOUNT, NETWORK, FACTOR = Budget("account", 10, 10), Budget("network", 30, 30), Budget("factor", 5, 10)
Count = tuple[Budget, str]


def counts(request: HttpRequest, email: str) -> list[Count]:
    """What an attempt to log in is counted for."""
    account = email.strip().lower()
    device = _device(request, account)
    if device:
        return [(ACCOUNT, f"{account} {device}")]
    return [(ACCOUNT, account), (NETWORK, network(request))]


def is_known(wanted: list[Count]) -> bool:
    """Whether an attempt comes from a browser in which the person has logged in before."""
    return all(budget is not NETWORK for budget, _ in wanted)


@transaction.atomic
def admit(wanted: list[Count]) -> int:
    """Count an attempt before it is judged; or say how many seconds to wait, and count nothing."""
    now = clock.now()
    Wait.objects.filter(at__lt=now - _FORGOTTEN).delete()
    held = [(budget, _held(budget, what, now)) for budget, what in sorted(wanted, key=lambda w: w[0].name)]
    longest = max((min(row.free_at - now, LONGEST) for _, row in held), default=timedelta())  # a clock may be set back
    if longest > timedelta():
        return ceil(longest.total_seconds())
    for budget, row in held:
        row.level = _level(budget, row, now) + 1
        row.at, row.free_at = now, now + budget.delay(row.level)
        row.save()
    return 0


def guessed_at(now: datetime) -> list[Person]:
    """Whose account has been tried so often within the hour that the next one from elsewhere must wait. Looked for
    from time to time, not where an attempt is judged: that must not tell by its time who is known here."""
    tried = Wait.objects.filter(level__gt=ACCOUNT.free, at__gt=now - timedelta(hours=1)).values_list("key", flat=True)
    found = set(tried)
    if not found:
        return []
    return [who for who in Person.objects.filter(is_active=True) if _key(ACCOUNT, who.email.lower()) in found]


@transaction.atomic
def succeeded(wanted: list[Count]) -> None:
    """An admitted attempt was right: it is not counted; the account (not the network) begins anew."""
    now = clock.now()
    for budget, what in sorted(wanted, key=lambda w: w[0].name):
        row = _held(budget, what, now)
        row.level = max(0.0, row.level - 1) if budget is NETWORK else 0.0
        row.free_at = now
        row.save()


def _held(budget: Budget, what: str, now: datetime) -> Wait:
    key = _key(budget, what)
    Wait.objects.bulk_create([Wait(key=key, at=now, free_at=now)], ignore_conflicts=True)
    return Wait.objects.select_for_update().get(key=key)


def _key(budget: Budget, what: str) -> str:
    return salted_hmac(f"kaname/throttle/{budget.name}", what, algorithm="sha256").hexdigest()


def _level(budget: Budget, row: Wait, now: datetime) -> float:
    passed = max(timedelta(), now - row.at)  # a clock may be set back
    return max(0.0, float(row.level) - passed.total_seconds() * budget.an_hour / 3600)


NOT_KNOWN = "0.0.0.0"  # of a socket without address: they are one network


def network(request: HttpRequest) -> str:
    """The network of a request: an address of IPv4, 64 bits of IPv6."""
    address = ip_address(client(request))
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def client(request: HttpRequest) -> str:
    """The address a request comes from; behind proxies (KANAME_PROXIES says how many) what the outermost noted."""
    noted = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.KANAME_PROXIES
    named = noted[-proxies] if proxies and len(noted) >= proxies else str(request.META.get("REMOTE_ADDR", ""))
    try:
        found = ip_address(named)
    except ValueError:
        return NOT_KNOWN
    return str(getattr(found, "ipv4_mapped", None) or found)  # as a socket of both kinds writes one of the old kind


# -- browsers in which a person has logged in before -------------------------------------------------------------------


def _device(request: HttpRequest, account: str) -> str:
    try:
        whose, nonce = signing.loads(request.COOKIES.get(DEVICE, ""), salt="kaname/device", max_age=_DEVICE_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(nonce) if whose == _whose(account) else ""


def remember_device(response: HttpResponse, account: str, nonce: str) -> None:
    """Know this browser again for this account. It opens nothing: it only counts failures apart."""
    value = signing.dumps([_whose(account), nonce], salt="kaname/device")
    response.set_cookie(
        DEVICE, value, max_age=_DEVICE_LASTS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _whose(account: str) -> str:
    return salted_hmac("kaname/device", account.strip().lower(), algorithm="sha256").hexdigest()[:32]
