"""Worked cases of operators and inspections: ledgers of `op_cases`, their kind, and short ways to ask."""

from datetime import date
from pathlib import Path

from kaname.procedure import Entry, Standing, bans, fold
from kaname.regimes import kind
from walks import entry_of, read_ledger

CASES = Path(__file__).parent / "op_cases"
OPERATOR, INSPECTION = "infrastructure.operator", "infrastructure.inspection"
KINDS = (kind(OPERATOR), kind(INSPECTION))


def kind_of(entries: list[Entry]) -> str:
    return INSPECTION if entries[0].act.startswith("report_inspection") else OPERATOR


def standing(name: str, day: str) -> Standing:
    entries = read_ledger(CASES / f"{name}.jsonl")
    return fold(kind(kind_of(entries)), entries, date.fromisoformat(day))


def folded(lines: list[dict], day: str, of: str = OPERATOR) -> Standing:
    entries = [entry_of(line, n) for n, line in enumerate(lines, 1)]
    return fold(kind(of), entries, date.fromisoformat(day))


def designated(on: str, business: str = "rail.class_1_railway", **more) -> dict:
    data = {"business": business, "name": "見本鉄道株式会社", "criteria_met": True, **more}
    return {"act": "designation.designate", "on": on, "data": data}


def state(case: Standing, track: str) -> str:
    return case.tracks[track].state if track in case.tracks else ""


def last_day(case: Standing, clock: str) -> str | None:
    found = case.clocks[clock].last_day
    return found.isoformat() if found else None


def banned(case: Standing, ban: str) -> bool:
    return ban in {b.of.name for b in bans(case)}
