"""The flow charts of a supply plan, and worked cases told line by line: golden texts that a lawyer can review.

KANAME_GOLDEN=write makes them anew; read the difference before you keep it.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from supply_ledgers import CASES, KIND

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


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_golden_chart_of_a_supply_plan(lang):
    reviewed(GOLDEN / "charts" / f"{KIND}.{lang}.mmd", draw(kind(KIND), "mermaid", lang))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["s1_annual_report", "s5_joint", "changes", "cancelled", "impediment", "grant_breach"])
def test_golden_trace_of_a_supply_plan(name, lang):
    entries = read_ledger(CASES / f"plan_{name}.jsonl")
    told = "\n".join(trace(kind(KIND), entries, date(2026, 1, 1), lang)) + "\n"
    reviewed(GOLDEN / "supply" / f"plan_{name}.{lang}.txt", told)


BODY = "supply.support_body"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_golden_chart_of_a_support_body(lang):
    reviewed(GOLDEN / "charts" / f"{BODY}.{lang}.mmd", draw(kind(BODY), "mermaid", lang))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["corporation_life", "corporation_revoked", "agency"])
def test_golden_trace_of_a_support_body(name, lang):
    entries = read_ledger(CASES / f"body_{name}.jsonl")
    told = "\n".join(trace(kind(BODY), entries, date(2025, 6, 1), lang)) + "\n"
    reviewed(GOLDEN / "supply" / f"body_{name}.{lang}.txt", told)
