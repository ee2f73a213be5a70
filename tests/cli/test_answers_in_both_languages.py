"""What people read, word for word: golden texts in tests/golden/cli. To renew one on purpose: KANAME_GOLDEN=write."""

import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "cli"
DAY = ("--as-of", "2026-05-15")
CALLS = {
    "help": ("--help",),
    "period": ("period", "R6.5.17", "--years", "1", "--months", "3"),
    "period_moves": ("period", "2026-04-19", "--days", "14", "--moves", "agency", "--first-day", "counted"),
    "period_forecast": ("period", "2030-03-06", "--days", "14", "--moves", "civil"),
    "period_help": ("period", "--help"),
    "procedures": ("procedures", "--as-of", "2026-05-15"),
    "describe": ("describe", "quarry.licence", *DAY),
    "standing": ("standing", "quarry.licence", "case.jsonl", *DAY),
    "standing_json": ("standing", "quarry.licence", "case.jsonl", *DAY, "--json"),
    "explain": ("explain", "quarry.licence", "case.jsonl", "wait", *DAY),
    "explain_state": ("explain", "quarry.licence", "case.jsonl", "licence", *DAY),
    "trace": ("trace", "quarry.licence", "case.jsonl", *DAY),
    "try": ("try", "quarry.licence", "case.jsonl", "licence.answer", "--on", "2026-05-16"),
    "try_annul": ("try", "quarry.licence", "case.jsonl", "annul", "--on", "2026-05-16", "--data", '{"entry": 2}'),
    "try_refused": ("try", "quarry.licence", "case.jsonl", "licence.dig", "--on", "2026-05-16", "--by", "office"),
    "try_json": ("try", "quarry.licence", "case.jsonl", "licence.grant", "--on", "2026-05-16", "--json"),
}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", CALLS)
def test_the_answer_reads_as_agreed(kaname, case, name, lang):
    found = kaname(*CALLS[name], lang=lang)
    golden = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("KANAME_GOLDEN") == "write":
        golden.write_text(found.stdout, encoding="utf-8")
    # The worked case holds one act out of order: `standing` shows the rest, and names it as bad input.
    out_of_order = name in ("standing", "standing_json")
    assert found.stderr.count("case.jsonl:5: act: ") == found.stderr.count("\n") == out_of_order
    assert found.exit_code == (1 if name in ("try_refused", "try_json") else 2 if out_of_order else 0)
    assert found.stdout == golden.read_text(encoding="utf-8")
