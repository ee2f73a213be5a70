"""Cases of Chapter 2 as the ledgers of tests/supply tell them, written through the office's own door."""

import json
from datetime import date
from pathlib import Path

from access.folk import key, recorded
from kaname.ledger import api as ledger
from kaname.procedure import Entry
from kaname.procedure.index import index
from kaname.regimes import KINDS

CASES = Path(__file__).parents[1] / "supply" / "cases"


def told(name: str, upto: int | None = None, kind: str = "supply.plan", party: str = "") -> str:
    """A ledger, act for act up to one of its lines; the id of the case. `party`: whoever applies."""
    case, acts = "", index(KINDS[kind]).acts
    for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[:upto]:
        e = json.loads(line)
        by = e.get("by") or acts[e["act"]].act.roles[0].id
        who = party if by in ("applicant", "certified_business") else ""
        entry = Entry(e["act"], date.fromisoformat(e["on"]), e.get("data", {}), e.get("run", ""), by, who)
        if case:
            recorded(ledger.perform(case, entry, idempotency_key=key()))
        else:
            case = recorded(ledger.open_case(kind, entry, idempotency_key=key())).case
    return case
