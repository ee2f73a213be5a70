"""The invented kinds as an office's kinds; ALL with those of the Act beside them."""

from lab import CASE
from small_kinds import PERMIT

from kaname.regimes import KINDS as OF_THE_ACT

KINDS = {CASE.id: CASE, PERMIT.id: PERMIT}
ALL = {**KINDS, **OF_THE_ACT}
