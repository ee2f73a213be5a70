"""Cases between offices, for a person: what may go out, who may take in."""

from kaname.access.custody.gate import leaving
from kaname.access.door import see
from kaname.access.errors import NotAllowed
from kaname.access.models import Person
from kaname.access.sealed import log_read
from kaname.law import T
from kaname.ledger import exchange, keys
from kaname.ledger.exchange import TakenIn

_ADMINISTRATORS = T("束を取り込めるのは管理者だけ", "only who administers the office may take in a bundle")


def export(person: Person, case: str, recipient: str) -> bytes:
    """A case as a signed bundle for a pinned office, which alone opens it. Sealed values go along where the person may
    read them.

    Raises UnknownCase, NeedsApproval, LedgerError (the case is another office's), KeyProblem (no such office). What
    cannot be made uses up no copy that was approved.
    """
    seen = see(person, case)
    raw = exchange.send(case, keys.partner(recipient), lambda seq, field: seen.sealed)
    leaving(person, seen.case, "bundle", "export")
    if seen.sealed:
        log_read(person, seen.case, "bundle", "export")
    return raw


def take_in(person: Person, raw: bytes) -> TakenIn:
    """Take in a bundle of a pinned office. Raises NotAllowed, BadBundle."""
    if not (person.is_active and person.administers):
        raise NotAllowed(_ADMINISTRATORS)
    return exchange.take_in(raw)
