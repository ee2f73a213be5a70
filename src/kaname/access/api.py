"""The front door of access for pages, API and jobs. Everything else in this package is a room behind it.

find(person, case) -> Case     see(person, case, as_of) -> Seen     entries(person, case)     cases(person) -> rows
act(person, case, entry, idempotency_key=...) -> Receipt | Refused     open_case(person, kind, entry, ...)
visible_to(person, day) -> Q on ledger.Case      mandates(person, day)
"""

from kaname.access.door import Seen, act, cases, entries, find, open_case, see
from kaname.access.predicate import mandates, seen, visible_to

__all__ = ["Seen", "act", "cases", "entries", "find", "mandates", "open_case", "see", "seen", "visible_to"]
