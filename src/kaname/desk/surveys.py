"""One survey sent to many businesses (Art. 48(1)): a case, with a run for each of them.

Each act is durable by itself. What breaks off in the middle goes on where it was when the same is sent again: every act
has a key of its own, made of the one that is given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaname.access import api as access
from kaname.access.models import Person
from kaname.desk.supply_plans import SURVEY
from kaname.law import T
from kaname.procedure import Entry, Reason, Refused
from kaname.regimes.supply.roles import GOODS_MINISTER

SEND = "survey.send"
MOST = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """The survey's case (public id), how many were asked, and who could not be, with every reason."""

    case: str
    asked: int
    refused: tuple[tuple[str, Refused], ...]


def send(person: Person, asked: Mapping[str, Any], businesses: Sequence[str], key: str) -> Sent | Refused:
    """Ask each business what `asked` holds; runs are numbered from 1. A business named twice is asked once.

    Refused, with nothing recorded, where the first of them may not be asked. Raises what `access.open_case` raises.
    """
    first, *others = dict.fromkeys(businesses) or [""]
    if not first or len(others) >= MOST:
        text = T(f"求める相手は1者から{MOST}者までです。", f"Name 1 to {MOST} businesses.")
        return Refused((Reason(text, field="businesses"),))
    opened = access.open_case(person, SURVEY, _entry(asked, first, 1), idempotency_key=f"{key}-1")
    if isinstance(opened, Refused):
        return opened
    refused = []
    for number, business in enumerate(others, 2):
        entry = _entry(asked, business, number)
        done = access.act(person, opened.case, entry, idempotency_key=f"{key}-{number}")
        if isinstance(done, Refused):
            refused.append((business, done))
    return Sent(opened.case, 1 + len(others) - len(refused), tuple(refused))


def _entry(asked: Mapping[str, Any], business: str, number: int) -> Entry:
    return Entry(SEND, access.today(), {**asked, "business": business}, f"{number}", GOODS_MINISTER.id)
