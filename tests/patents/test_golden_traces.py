"""Worked cases told line by line: golden texts that a lawyer can review. KANAME_GOLDEN=write makes them anew."""

import os
from datetime import date
from pathlib import Path

import pytest
from case_files import CASES, kind_of

from kaname.procedure import trace
from kaname.regimes import kind
from walks import read_ledger

GOLDEN = Path(__file__).parents[1] / "golden" / "patents"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["c5_05_full_life", "c5_06_a_late_translation", "termination", "breaches"])
def test_trace_is_the_reviewed_one(name, lang):
    entries = read_ledger(CASES / f"{name}.jsonl")
    told = "\n".join(trace(kind(kind_of(entries)), entries, date(2029, 1, 1), lang)) + "\n"
    path = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("KANAME_GOLDEN") == "write":
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")
