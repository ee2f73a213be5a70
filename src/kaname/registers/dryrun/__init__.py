"""Dry run (試し適用) of a coming version of the law: what if it were in force from a day?

    dry_run("health_care", day, person) -> DryRun          page_of(found) -> Page

The cases that a person may know of are folded twice, by the law as it is and as it would be. Nothing is ever written.
"""

from kaname.registers.dryrun.as_data import as_data
from kaname.registers.dryrun.model import Affected, BadDay, DryRun, NotComing
from kaname.registers.dryrun.page import page_of
from kaname.registers.dryrun.run import dry_run

__all__ = ["Affected", "BadDay", "DryRun", "NotComing", "as_data", "dry_run", "page_of"]
