"""Looking up penalties (罰則): by id, or by the provision that is violated.

penalty("PEN-94-1").sanction(date(2025, 6, 1))     penalties_for("52(1)")
"""

from difflib import get_close_matches

from kaname.law.laws import ESPA
from kaname.law.penalty_table import PENALTIES
from kaname.law.provision import Provision, parse
from kaname.law.sanctions import Penalty

# The shorter names under which the chapters on infrastructure and patents speak of their own penalties.
ALIASES = {
    "PEN_92_1_1": "PEN-92-1-1",
    "PEN_92_1_2": "PEN-92-1-2",
    "PEN_92_1_3": "PEN-92-1-3",
    "PEN_92_1_4": "PEN-92-1-4a",
    "PEN_92_1_5": "PEN-92-1-5",
    "PEN_96_4": "PEN-96-4b",
    "PEN_96_5": "PEN-96-5b",
    "PEN_96_6": "PEN-96-6",
    "PEN_96_7": "PEN-96-7",
    "P92_1_4": "PEN-92-1-4b",
    "P92_1_6": "PEN-92-1-6",
    "P92_1_7": "PEN-92-1-7",
    "P92_1_8": "PEN-92-1-8",
    "P94": "PEN-94-1",
    "P95_1_2": "PEN-95-1-2",
    "P96_5": "PEN-96-5c",
}

_BY_ID = {p.id: p for p in PENALTIES}


def penalty(id: str) -> Penalty:
    """The penalty of an id or alias. Raises LookupError naming the ids that look like it."""
    found = _BY_ID.get(ALIASES.get(id, id))
    if found is None:
        near = get_close_matches(id, [*_BY_ID, *ALIASES]) or ["PEN-92-1-1", "PEN-99"]
        raise LookupError(f"no penalty {id!r} in the table; ids look like {', '.join(near)}")
    return found


def penalties_for(violated: str | Provision) -> tuple[Penalty, ...]:
    """The penalties for violating a provision or part of it: `penalties_for("52(1)")`, `penalties_for("52")`.

    Empty where the Act threatens none. Raises ValueError for a citation that cannot be read.
    """
    place = parse(ESPA, violated) if isinstance(violated, str) else violated
    return tuple(p for p in PENALTIES if any(v.contains(place) or place.contains(v) for v in p.violated))
