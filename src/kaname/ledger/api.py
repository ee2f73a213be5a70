"""The front door of the ledger for pages, API and command line. Everything else in this package is a room behind it.

open_case(kind, entry, idempotency_key=...) -> Receipt | Refused        perform(case, entry, idempotency_key=...)
standing(case, as_of, known_at) -> Standing      entries(case) -> list      listed(kind) -> rows of the projection
verify(cases, held) -> Report       rebuild(), catch_up() -> count       guards() -> faults
require() raises StartRefused
send(case, office), export(case, office): with, without envelope      take_in(bytes) -> TakenIn
          backup(path)  restore(path)
intake(kind, rows) -> Intake        in batches, the same entries
"""

from kaname.ledger.anew import behind, catch_up, rebuild
from kaname.ledger.backup import backup
from kaname.ledger.errors import Busy, CommitUnknown, Full, LedgerError, Moved, StartRefused, UnknownCase
from kaname.ledger.exchange import export, send, take_in
from kaname.ledger.guards import guards, require
from kaname.ledger.intake import Filed, Intake
from kaname.ledger.intake import take_in as intake
from kaname.ledger.judging import Receipt
from kaname.ledger.perform import open_case, perform
from kaname.ledger.projection import is_behind, refresh
from kaname.ledger.reading import entries, listed, standing
from kaname.ledger.restore import restore
from kaname.ledger.verify import Fault, Report, verify

__all__ = [
    "Busy", "CommitUnknown", "Fault", "Filed", "Full", "Intake", "LedgerError", "Moved", "Receipt", "Report",
    "StartRefused", "UnknownCase", "backup", "behind", "catch_up", "entries", "export", "guards", "intake",
    "is_behind", "listed", "open_case", "perform", "rebuild", "refresh", "require", "restore", "send", "standing",
    "take_in", "verify",
]  # fmt: skip
