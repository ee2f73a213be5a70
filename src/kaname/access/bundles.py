"""Cases between offices, for a person: what may go out, who may take in."""

from kaname.access.door import see
from kaname.access.models import Person
from kaname.access.sealed import log_read
from kaname.ledger import exchange
from kaname.ledger.exchange import TakenIn


class NotAdministrator(PermissionError):
    """Only who administers the office may take in a case of another."""


def export(person: Person, case: str, recipient: str) -> bytes:
    """A case as a signed bundle for a pinned office. Sealed values go along where the person may read them.

    Raises UnknownCase, LedgerError (the case is another office's), KeyProblem (no such office).
    """
    seen = see(person, case)
    if seen.sealed:
        log_read(person, seen.case, "bundle", "export")
    return exchange.export(case, recipient, lambda seq, field: seen.sealed)


def take_in(person: Person, raw: bytes) -> TakenIn:
    """Take in a bundle of a pinned office. Raises NotAdministrator, BadBundle."""
    if not (person.is_active and person.administers):
        raise NotAdministrator
    return exchange.take_in(raw)
