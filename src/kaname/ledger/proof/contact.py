"""What two offices tell each other whenever they meet: anchors made since the last one countersigned, the last
countersignature given, the newest anchor of each third office that may be spoken of, what followed from restores, and
the sender's envelope keys (`envelope_keys`; contacts of versions before say nothing of them).

It travels in each bundle, and by itself where there is no case to send:

    {"at", "contact": {"anchors": [statements], "countersigned": text or "", "others": [statements],
     "envelope": statement, "restored": [statements],
     "held": [[case, seq, digest] of copies kept for an office that was put back]},
     "format": "kaname-contact/1", "from": key, "to": key}
"""

from typing import Any, NamedTuple

from kaname.law import T
from kaname.ledger import clock, envelope_keys, keys, link, rows, signed
from kaname.ledger.models import Contradiction
from kaname.ledger.proof import anchors, restores, witness
from kaname.ledger.signed import Untrusted

FORMAT, DOMAIN = "kaname-contact/1", b"kaname/contact/1"
LARGEST = 8 << 20  # bytes: anchors of some thirty years
_SHAPE = {"at", "contact", "format", "from", "to"}


class Contact(NamedTuple):
    """What is told: statements of anchors, a countersignature or "", statements of third offices."""

    anchors: list[str]
    countersigned: str
    others: list[str]
    restored: list[str]
    held: list[Any]
    envelope: str = ""


# This office's anchors from the last one on that an office has countersigned.
_SINCE = """SELECT statement FROM ledger_anchor WHERE number >= COALESCE(
(SELECT MAX(number) FROM ledger_countersignature WHERE office IN ({})), 0) ORDER BY number"""


@keys.read_once()
def told(recipient: str, copies: bool = False) -> dict[str, Any]:
    """What this office tells another (key). `copies`: also how far the copies go that it keeps for it."""
    line = keys.line(recipient)
    held, *others = witness.newest_of([recipient, *(key for key in keys.spoken_of() if key not in line)])
    return {
        "anchors": [statement for (statement,) in link.rows(_SINCE.format(link.marks(line)), line)],
        "countersigned": held.countersigned if held else "",
        "others": [other.statement for other in others if other],
        "restored": restores.told(),
        "held": restores.held_for(recipient) if copies else [],
        "envelope": envelope_keys.statement().decode(),
    }


@keys.read_once()
def hear(sender: str, said: Any, at: str) -> list[Contradiction]:
    """Take in what an office (key) has told at an instant. What contradicts is recorded and returned.

    Raises Untrusted where it is of another form.
    """
    of = checked(said)
    if of.envelope:
        envelope_keys.learn(sender, of.envelope.encode())
    ours = witness.countersigned(sender, of.countersigned)
    still = restores.hear(sender, of.restored, of.held, ours.number if ours else 0)
    back = witness.hear_back(sender, of.countersigned, ours, still) if ours else None
    found = back, witness.hear(sender, of.anchors, at)
    return [*(one for one in found if one), *witness.compare(of.others)]


def checked(said: Any) -> Contact:
    """What is told, its form found good and nothing else. Raises Untrusted."""
    if not isinstance(said, dict) or {*said, "envelope"} != set(Contact._fields):
        raise _form()
    of = Contact(**said)
    if not _texts(of.anchors) or not _texts(of.others) or not _texts([of.countersigned, of.envelope]):
        raise _form()
    if not _texts(of.restored) or not restores.checked(of.held):
        raise _form()
    return of


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def instant() -> str:
    """Now, for what is told to others. Remembered: no anchor made later says it is older (see `anchors.make`), or what
    is delayed on its way would look like going back, once a fast clock has been set right."""
    moment = clock.now()
    anchors.note_told(moment)
    return rows.instant(moment)


def write(recipient: str) -> bytes:
    """A contact by itself, for an office: its name or key. Raises KeyProblem."""
    key, at = keys.named(recipient), instant()  # before what is told: an anchor may be made meanwhile
    said = {"at": at, "contact": told(key, copies=True), "format": FORMAT, "from": keys.own_key(), "to": key}
    return signed.write(DOMAIN, said)


@keys.read_once()
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
