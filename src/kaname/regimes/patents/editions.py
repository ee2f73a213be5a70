"""Which symbols exist: the list of edition 2020.01, and what is known here to have come later.

The list is facts only (codes, credit: WIPO). It is older than the order in force, so a place introduced later counts as
existing with all its groups. An office that holds WIPO's current list of valid symbols can use that one instead.
"""

from functools import lru_cache
from importlib.resources import files

from kaname.assess.ipc import SymbolList, compact, places

EDITION = "2020.01"

# Subclasses introduced since, then main groups introduced or largely rewritten since. Confidence medium: collected by
# hand; named in the order itself: B64U and H10F (high).
LATER = places(
    "B64U", "G06V", "G16Y", "H10B", "H10D", "H10F", "H10H", "H10K", "H10N", "H10P", "H10W",
    "C25B1", "C25B9", "C25B11", "C25B13", "C25B15",
    "G05D1", "G05D101", "G05D103", "G05D105", "G05D107", "G05D109", "G05D111",
    "G06F18", "G06F40", "G06N3", "G06N5", "G06N7", "G06N10", "G06Q10", "G06Q20", "G06Q30", "G06Q40", "G06Q50",
    "H01M50", "H04L9", "H04L41", "H04L43", "H04L45", "H04L47", "H04L49", "H04L51", "H04L61", "H04L65", "H04L67",
    "H04L69", "H04N23", "H04N25",
)  # fmt: skip


@lru_cache(maxsize=1)
def shipped() -> SymbolList:
    """The list that comes with the package: 74,503 groups in 645 subclasses."""
    text = files(__package__).joinpath("ipc_2020_01.txt").read_text("ascii")
    return compact(EDITION, text.splitlines(), LATER)
