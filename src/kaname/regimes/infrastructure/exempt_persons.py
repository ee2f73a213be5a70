"""Exempt persons (適用除外となる者) of Art. 52(1): subsidiaries (子法人等) of the operator, and public bodies.

The control test of the orders: a majority of the votes; or 40 to 50% and one control factor; or votes that, with those
of closely tied holders, make over half, and a control factor. Subsidiaries of subsidiaries count.
"""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from kaname.law import T, Text


class Supplier(StrEnum):
    """Who supplies the facility. `third` is anybody else: the ordinary case."""

    SELF = "self", T("事業者自身", "the operator itself"), True
    SUBSIDIARY = "subsidiary", T("事業者の子法人等", "a subsidiary of the operator"), True
    STATE = "state", T("国の機関", "an organ of the State"), True
    LOCAL_GOVERNMENT = "local_government", T("地方公共団体", "a local government"), True
    AGENCY = "agency", T("独立行政法人", "an incorporated administrative agency"), True
    LOCAL_AGENCY = "local_agency", T("地方独立行政法人（公立大学法人を除く）",
        "a local incorporated administrative agency other than a public university corporation"), True
    PUBLIC_UNIVERSITY = "public_university", T("公立大学法人", "a public university corporation"), False
    THIRD = "third", T("第三者", "a third party"), False

    label: Text
    exempt: bool

    def __new__(cls, value: str, label: Text, exempt: bool) -> "Supplier":
        found = str.__new__(cls, value)
        found._value_, found.label, found.exempt = value, label, exempt
        return found


class ControlFactor(StrEnum):
    """What shows control beside votes. `ALIGNED_VOTES`: own and closely tied holders' votes make over half."""

    ALIGNED_VOTES = "aligned_votes"
    BOARD_MAJORITY = "board_majority"
    CONTROL_CONTRACT = "control_contract"
    FUNDING = "funding"  # over half of the funding
    OTHER_FACTS = "other_facts"


_HALF, _FORTY = Fraction(1, 2), Fraction(2, 5)


def controls(votes: Fraction, factors: Iterable[ControlFactor] = ()) -> bool:
    """Whether a holder with this share of the votes controls the company, so that it is a subsidiary (子法人等)."""
    found = set(factors)
    if votes > _HALF:
        return True
    if votes >= _FORTY:
        return bool(found)
    return ControlFactor.ALIGNED_VOTES in found and len(found) > 1
