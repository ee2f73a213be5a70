"""What two offices tell each other whenever they meet: anchors made since the last one countersigned, the last
countersignature given, and the newest anchor of each third office that may be spoken of.

It travels in each bundle, and by itself where there is no case to send:

    {"at", "contact": {"anchors": [statements], "countersigned": text or "", "others": [statements]},
     "format": "kaname-contact/1", "from": key, "to": key}
"""

from typing import Any, NamedTuple

from kaname.law import T
from kaname.ledger import clock, keys, rows, signed
from kaname.ledger.models import Anchor, Contradiction, Countersignature
from kaname.ledger.proof import witness
from kaname.ledger.signed import Untrusted

FORMAT, DOMAIN = "kaname-contact/1", b"kaname/contact/1"
LARGEST = 8 << 20  # bytes: anchors of some thirty years
_SHAPE = {"at", "contact", "format", "from", "to"}


class Contact(NamedTuple):
    """What is told: statements of anchors, a countersignature or "", statements of third offices."""

    anchors: list[str]
    countersigned: str
    others: list[str]


def told(recipient: str) -> dict[str, Any]:
    """What this office tells another (key)."""
    known = Countersignature.objects.filter(office__in=keys.line(recipient)).order_by("-number")
    since = known.values_list("number", flat=True).first() or 0
    own = Anchor.objects.filter(number__gte=since).order_by("number").values_list("statement", flat=True)
    held = witness.newest(recipient)
    others = [witness.newest(key) for key in keys.spoken_of() if key not in keys.line(recipient)]
    return {
        "anchors": list(own),
        "countersigned": held.countersigned if held else "",
        "others": [other.statement for other in others if other],
    }


def hear(sender: str, said: Any, at: str) -> list[Contradiction]:
    """Take in what an office (key) has told at an instant. What contradicts is recorded and returned.

    Raises Untrusted where it is of another form.
    """
    of = checked(said)
    found = witness.hear_back(sender, of.countersigned), witness.hear(sender, of.anchors, at)
    return [*(one for one in found if one), *witness.compare(of.others)]


def checked(said: Any) -> Contact:
    """What is told, its form found good and nothing else. Raises Untrusted."""
    if not isinstance(said, dict) or set(said) != set(Contact._fields):
        raise _form()
    of = Contact(**said)
    if not _texts(of.anchors) or not _texts(of.others) or not isinstance(of.countersigned, str):
        raise _form()
    return of


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def write(recipient: str) -> bytes:
    """A contact by itself, for an office: its name or key. Raises KeyProblem."""
    key, at = keys.named(recipient), rows.instant(clock.now())  # before what is told: an anchor may be made meanwhile
    said = {"at": at, "contact": told(key), "format": FORMAT, "from": keys.own_key(), "to": key}
    return signed.write(DOMAIN, said)


def take_in(raw: bytes) -> tuple[str, list[Contradiction]]:
    """Take in a contact of a pinned office: its key, and what contradicts. Raises Untrusted."""
    said = signed.read(DOMAIN, raw, [*keys.offices().values()], LARGEST)
    if set(said) != _SHAPE or said["format"] != FORMAT or not rows.INSTANT.fullmatch(str(said["at"])):
        raise _form()
    if said["to"] not in keys.own_keys():
        raise Untrusted(T("他の機関に宛てたものである", "meant for another office"))
    return said["from"], hear(said["from"], said["contact"], said["at"])


def _form() -> Untrusted:
    return Untrusted(T(f"{FORMAT} の形でない", f"not of the form {FORMAT}"))
