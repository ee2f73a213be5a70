"""The flow charts of the kinds of Chapter 4, and worked cases told line by line: golden texts that a lawyer can review.

KANAME_GOLDEN=write makes them anew; read the difference before you keep it.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from technology_ledgers import CASES

from kaname.procedure import trace
from kaname.procedure.draw import draw
from kaname.regimes import kind
from walks import read_ledger

GOLDEN = Path(__file__).parents[1] / "golden"
OURS = ("concept", "call", "project", "council", "fund", "research_commission")
PATHS = [(of, path) for of in OURS for path in sorted(CASES.glob(f"{of}_*.jsonl"))]  # call_*.jsonl: technology.call


def reviewed(path: Path, told: str) -> None:
    if os.environ.get("KANAME_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8"), f"{path.name} differs; see the head of this file"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("of", OURS)
def test_golden_chart_of_chapter_4(of, lang):
    id = f"technology.{of}"
    reviewed(GOLDEN / "charts" / f"{id}.{lang}.mmd", draw(kind(id), "mermaid", lang))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("of", "path"), PATHS, ids=[path.stem for _, path in PATHS])
def test_golden_trace_of_chapter_4(of, path, lang):
    entries = read_ledger(path)
    until = max(date(2026, 1, 1), *(e.on for e in entries))
    told = "\n".join(trace(kind(f"technology.{of}"), entries, until, lang)) + "\n"
    reviewed(GOLDEN / "technology" / f"{path.stem}.{lang}.txt", told)
