"""What an outsider does: short ledgers written from `describe` alone, read back by the command line."""

from pathlib import Path

from case_ledgers import Ledgers, ledger

HERE = Path(__file__).parent
PATENT = Ledgers("patents.application", "foreign_filing_ban", HERE)
CONFIRMATION = Ledgers("patents.prior_confirmation", "prior_confirmation", HERE)
LOSS = Ledgers("patents.compensation", "compensation", HERE)
OPERATOR = Ledgers("infrastructure.operator", "designation", HERE)
PLAN = Ledgers("infrastructure.plan", "introduction_plan", HERE)
PRODUCT = Ledgers("supply.product", "designation", HERE)
SUPPLY = Ledgers("supply.plan", "plan", HERE)
BODY = Ledgers("supply.support_body", "support_corporation", HERE)
SURVEY = Ledgers("supply.survey", "survey", HERE)


def ends(of: Ledgers, lines: str, day: str, clock: str, run: str = "") -> tuple[str, str] | None:
    """The last day of a clock before and after it moves."""
    text = ledger(lines)
    found = [c for c in of.standing(text, day)["clocks"] if f"{c['procedure']}.{c['id']}" == clock and c["run"] == run]
    return (found[0]["unmoved_last_day"], found[0]["last_day"]) if found else None


def duty(of: Ledgers, lines: str, day: str, name: str, run: str = "") -> tuple[str | None, str] | None:
    found = [
        d
        for d in of.standing(ledger(lines), day)["duties"]
        if f"{d['procedure']}.{d['id']}" == name and d["run"] == run
    ]
    return (found[-1]["due"], found[-1]["status"]) if found else None


def notes(of: Ledgers, lines: str, day: str) -> list[str]:
    return [n["kind"] for n in of.standing(ledger(lines), day)["notes"]]
