"""The front door of access for pages, API and jobs. Everything else in this package is a room behind it.

find(person, case) -> Case     hold(person, case) -> Case, which changes its circle no more in this transaction
see(person, case, as_of) -> Seen     entries(person, case)     cases(person) -> rows
act(person, case, entry, idempotency_key=...) -> Receipt | Refused     open_case(person, kind, entry, ...)
recorded(person, case) -> list     receipt(person, case, seq)     people_of(person, case)     may_open(person, kind)
course(person, case, as_of, lang) -> lines of the trace
held(person, case, seq, digest) -> bool: does the entry that a receipt names stand unchanged?
standings(person, kind, as_of) -> visible cases with their standings, for registers and statistics
standings_page(person, kind, within, by, start, size) -> some of them in the order of a day, and their number
try_acts(person, case, acts) -> answers     try_opening(person, kind, act)     nothing is written
try_many(person, cases, entry) -> the answer in each case
try_as(person, case, act)     try_opening_as(person, kind, act): what the mandates say of it, too
export(person, case, office) -> bytes     take_in(person, bytes) -> TakenIn
signed_receipt(person, case, seq) -> bytes   proof(person, case)   trust() -> anchors   anchor(number)
contact_for, meet: other offices
restored(person) -> what a restore lost
glance(person) -> Glance: roles today and what is due     today() -> the legal day
visible_to(person, day) -> Q on ledger.Case      mandates(person, day)      asked_once(): of a page that only reads
Tokens of programs: `access.tokens`.
reveal(person, case, seq, field)     reveal_all(person, case)     reveal_in_list(person, cases, field)     each in the
read_log(person, case); all the rest shows SEALED, whoever asks
own_compartments(person)     place(person, case, compartment)     the rest about people: `people`, `compartments`,
`destruction` (of a compartment's key)     keeping(person) -> how recovery of the keys stands
counts(person, day) -> how many cases stood where on a day     cases_in(person, day, kind, procedure, states)
due(person, today, first, last) -> Items      owed(...) -> what names them, lines(owed, today) -> their Items by key
happened(person, today, after) -> entries by name: what leaves the office
inbox(person) -> boxes      ahead(person) -> days      listed(person, Wanted(...), start, size) -> Page
search(person, text, Narrowed(...)) -> Found: numbers, references, days, parties, and titles for who may read them
"""

from kaname.access import compartments, deputies, destruction, people
from kaname.access.beside import hold
from kaname.access.bulk import Looked, try_many
from kaname.access.bundles import export, take_in
from kaname.access.compartments import own_compartments, place
from kaname.access.daily import InState, cases_in, counts
from kaname.access.door import Seen, act, cases, entries, find, open_case, see
from kaname.access.due import Happened, Owed, due, happened, happening, lines, newest, owed, settled
from kaname.access.errors import AccessError, NotAllowed, Unknown
from kaname.access.glance import Glance, glance, kinds_of, today
from kaname.access.inbox import Box, Group, ahead, inbox
from kaname.access.items import Item
from kaname.access.keeping import Keeping, keeping
from kaname.access.lists import SORTS, CaseRow, Page, Wanted, listed, reference_label, stages, state_label
from kaname.access.many import CaseAt, StandingsPage, standings, standings_page
from kaname.access.predicate import asked_once, mandates, seen, visible_to
from kaname.access.proofs import (
    Restored,
    Told,
    Trust,
    anchor,
    contact_for,
    meet,
    proof,
    restored,
    signed_receipt,
    trust,
)
from kaname.access.records import (
    Recorded,
    Someone,
    Tried,
    course,
    held,
    in_compartment,
    may_open,
    opened_by_key,
    people_of,
    receipt,
    receipt_by_key,
    recorded,
    try_acts,
    try_as,
    try_opening,
    try_opening_as,
)
from kaname.access.redaction import SEALED, redacted
from kaname.access.sealed import Revealed, may_reveal, read_log, reveal, reveal_all, reveal_in_list
from kaname.access.search import LOOKED, Found, Hit, Narrowed, PartyHit, Piece, asked, nearest, search
from kaname.ledger.errors import UnknownCase
from kaname.ledger.projection import is_behind

__all__ = [
    "LOOKED", "SEALED", "SORTS", "AccessError", "Box", "CaseAt", "CaseRow", "Found", "Glance", "Group", "Happened",
    "Hit", "InState", "Item", "Keeping", "Looked", "Narrowed", "NotAllowed", "Owed", "Page", "PartyHit", "Piece",
    "Recorded", "Restored", "Revealed", "Seen", "Someone", "StandingsPage", "Told", "Tried", "Trust", "Unknown",
    "UnknownCase", "Wanted", "act", "ahead", "anchor", "asked", "asked_once", "cases", "cases_in", "compartments",
    "contact_for", "counts", "course", "deputies", "destruction", "due", "entries", "export", "find", "glance",
    "happened", "happening", "held", "hold", "in_compartment", "inbox", "is_behind", "keeping", "kinds_of", "lines",
    "listed", "mandates", "may_open", "may_reveal", "meet", "nearest", "newest", "open_case", "opened_by_key", "owed",
    "own_compartments", "people", "people_of", "place", "proof", "read_log", "receipt", "receipt_by_key", "recorded",
    "redacted", "reference_label", "restored", "reveal", "reveal_all", "reveal_in_list", "search", "see", "seen",
    "settled", "signed_receipt", "stages", "standings", "standings_page", "state_label", "take_in", "today", "trust",
    "try_acts", "try_as", "try_many", "try_opening", "try_opening_as", "visible_to",
]  # fmt: skip
