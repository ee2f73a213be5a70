"""The flow charts of the general part, and worked cases told line by line: golden texts that a lawyer can review.

KANAME_GOLDEN=write makes them anew; read the difference before you keep it.
"""

import os
from datetime import date
from pathlib import Path

import pytest

from kaname.procedure import trace
from kaname.procedure.draw import draw
from kaname.regimes import kind
from walks import read_ledger

CASES = Path(__file__).parent / "cases"
GOLDEN = Path(__file__).parents[1] / "golden"
UNTIL = date(2026, 11, 26)
KINDS = [f"general.{name}" for name in ("guideline", "consultation", "briefing", "inquiry", "opinion")]


def reviewed(path: Path, told: str) -> None:
    if os.environ.get("KANAME_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8"), f"{path.name} differs; see the head of this file"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("of", KINDS)
def test_golden_chart_of_the_general_part(of, lang):
    reviewed(GOLDEN / "charts" / f"{of}.{lang}.mmd", draw(kind(of), "mermaid", lang))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", sorted(p.stem for p in CASES.glob("*.jsonl")))
def test_golden_trace_of_the_general_part(name, lang):
    entries = read_ledger(CASES / f"{name}.jsonl")
    told = "\n".join(trace(kind(f"general.{name.partition('_')[0]}"), entries, UNTIL, lang)) + "\n"
    reviewed(GOLDEN / "general" / f"{name}.{lang}.txt", told)
