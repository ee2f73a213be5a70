"""The flow charts of the kinds of Chapter 2, and worked cases told line by line: golden texts that a lawyer can review.

KANAME_GOLDEN=write makes them anew; read the difference before you keep it.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from supply_ledgers import CASES

from kaname.procedure import trace
from kaname.procedure.draw import draw
from kaname.regimes import kind
from walks import read_ledger

GOLDEN = Path(__file__).parents[1] / "golden"


def reviewed(path: Path, told: str) -> None:
    if os.environ.get("KANAME_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8"), f"{path.name} differs; see the head of this file"


KINDS = ("supply.product", "supply.policy", "supply.market", "supply.plan", "supply.support_body")
TOLD = {
    "supply.plan": ("s1_annual_report", "s5_joint", "changes", "cancelled", "impediment", "grant_breach"),
    "supply.product": ("designated", "minerals", "special_measures"),
    "supply.policy": ("drones",),
    "supply.market": ("dumping", "surge"),
    "supply.support_body": ("corporation_life", "corporation_revoked", "agency"),
}
UNTIL = {"supply.support_body": date(2025, 6, 1)}
CASES_TOLD = [
    (of, f"{of.rpartition('_')[2].rpartition('.')[2]}_{name}") for of, names in TOLD.items() for name in names
]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("of", KINDS)
def test_golden_chart_of_chapter_2(of, lang):
    reviewed(GOLDEN / "charts" / f"{of}.{lang}.mmd", draw(kind(of), "mermaid", lang))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("of", "name"), CASES_TOLD)
def test_golden_trace_of_chapter_2(of, name, lang):
    entries = read_ledger(CASES / f"{name}.jsonl")
    until = max(UNTIL.get(of, date(2026, 1, 1)), *(e.on for e in entries))
    told = "\n".join(trace(kind(of), entries, until, lang)) + "\n"
    reviewed(GOLDEN / "supply" / f"{name}.{lang}.txt", told)
