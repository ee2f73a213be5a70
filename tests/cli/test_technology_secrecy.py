"""`kaname technology secrecy`: who is bound, from ledgers of councils and studies."""

import json
from pathlib import Path

from click.testing import CliRunner

from kaname.cli import root

CASES = Path(__file__).parents[1] / "technology" / "cases"


def run(*args: str):
    return CliRunner().invoke(root, ["technology", *args, "--lang", "en"])


def test_who_is_bound_and_that_leaving_does_not_end_it():
    file = str(CASES / "council_life.jsonl")
    told = json.loads(run("secrecy", file, "--as-of", "2026-11-26", "--json").stdout)["persons"]
    one = next(p for p in told if p["person"] == "試料 花子")
    assert (one["since"], one["left_on"], one["penalty"]) == ("2023-07-12", "2024-09-30", "PEN-95-1-1b")
    assert "not explained" in run("secrecy", file).stdout


def test_what_is_no_ledger_of_the_chapter_is_told(tmp_path):
    for name, text in (
        ("other.jsonl", '{"act": "plan.submit", "on": "2025-01-01"}\n'),
        ("empty.jsonl", ""),
        ("x", "no"),
    ):
        (tmp_path / name).write_text(text)
        answer = run("secrecy", str(tmp_path / name))
        assert answer.exit_code == 2 and "expected a ledger of" in answer.output
    assert run("secrecy", str(tmp_path / "missing")).exit_code == 2
