"""The invented kinds as an office's kinds."""

from lab import CASE
from small_kinds import PERMIT

KINDS = {CASE.id: CASE, PERMIT.id: PERMIT}
