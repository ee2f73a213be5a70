"""Charts of operators and inspections and one case told line by line, as texts that a lawyer can review.

KANAME_GOLDEN=write writes the golden files anew; read the difference before you keep it.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from op_world import CASES, KINDS, kind_of

from kaname.procedure import trace
from kaname.procedure.draw import draw
from kaname.regimes import kind
from walks import read_ledger

GOLDEN = Path(__file__).parents[1] / "golden"


def reviewed(path: Path, text: str) -> str:
    if os.environ.get("KANAME_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("of", KINDS, ids=lambda k: k.id)
def test_chart_is_the_reviewed_one(of, lang):
    chart = draw(of, "mermaid", lang)
    assert chart == reviewed(GOLDEN / "charts" / f"{of.id}.{lang}.mmd", chart)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "name", ["t4_first_designation", "operator_full_life", "successor", "card_issuer", "inspection"]
)
def test_trace_is_the_reviewed_one(name, lang):
    entries = read_ledger(CASES / f"{name}.jsonl")
    told = "\n".join(trace(kind(kind_of(entries)), entries, date(2027, 4, 1), lang)) + "\n"
    assert told == reviewed(GOLDEN / "infrastructure" / f"{name}.{lang}.txt", told)
