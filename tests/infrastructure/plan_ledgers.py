"""Ledgers of plans for critical infrastructure (see case_ledgers)."""

from pathlib import Path

from case_ledgers import Ledgers, ledger

KIND = "infrastructure.plan"
CASES = Path(__file__).parent / "cases"
_PLANS = Ledgers(KIND, "introduction_plan", CASES)
worked, kaname, standing, clock = _PLANS.worked, _PLANS.kaname, _PLANS.standing, _PLANS.clock
state, bans, tried = _PLANS.state, _PLANS.bans, _PLANS.tried

__all__ = ["CASES", "KIND", "bans", "clock", "kaname", "ledger", "standing", "state", "tried", "worked"]
