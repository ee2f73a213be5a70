"""Ledgers of councils, funds and commissions, worked and short (see case_ledgers)."""

from pathlib import Path

from case_ledgers import Ledgers

CASES = Path(__file__).parent / "cases"
COUNCILS = Ledgers("technology.council", "council", CASES)
FUNDS = Ledgers("technology.fund", "fund", CASES)
COMMISSIONS = Ledgers("technology.research_commission", "research_commission", CASES)


def until(text: str, act: str, run: str = "") -> str:
    """A ledger up to, and without, the first entry of an act (of a run)."""
    lines = text.splitlines()
    stop = next(i for i, s in enumerate(lines) if f'"act": "{act}"' in s and (not run or f'"run": "{run}"' in s))
    return "\n".join(lines[:stop])
