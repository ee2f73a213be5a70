"""Ledgers of Chapter 2, of supply plans where no other kind is named (see case_ledgers)."""

from pathlib import Path

from case_ledgers import Ledgers, kaname_of, ledger

KIND = "supply.plan"
CASES = Path(__file__).parent / "cases"
_PLANS = Ledgers(KIND, "plan", CASES)
worked, kaname, standing, clock = _PLANS.worked, _PLANS.kaname, _PLANS.standing, _PLANS.clock
state, bans, tried = _PLANS.state, _PLANS.bans, _PLANS.tried

__all__ = ["CASES", "KIND", "bans", "clock", "kaname", "kaname_of", "ledger", "standing", "state", "tried", "worked"]
