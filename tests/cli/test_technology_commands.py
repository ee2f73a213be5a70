"""`kaname technology`: technologies of a day, the board out of ledgers, and what cannot be read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaname.cli import root

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
LEDGERS = [f"technology.{kind}={EXAMPLES / f'technology_{kind}.jsonl'}" for kind in ("concept", "call", "project")]


def technology(*args, lang="en"):
    found = CliRunner().invoke(root, ["technology", *args], env={"KANAME_LANG": lang, "LANG": "C.UTF-8"})
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return found


@pytest.mark.parametrize(("args", "count"), [
    (("--as-of", "2024-06-04"), 50), (("--as-of", "2023-08-27"), 27), (("--as-of", "2022-09-15"), 0),
    (("--as-of", "2024-06-04", "--vision", "2"), 23), (("--as-of", "2024-06-04", "--domain", "bio"), 4),
    (("--as-of", "2024-06-04", "--domain", "cross", "--vision", "1"), 5)])  # fmt: skip
def test_technologies_of_a_day(args, count):
    assert len(json.loads(technology("list", *args, "--json").stdout)) == count


@pytest.mark.parametrize(("lang", "word"), [("en", "unverified"), ("ja", "未確認")])
def test_a_division_without_dated_source_is_marked_in_both_languages(lang, word):
    rows = {line.split()[0]: line for line in technology("list", "--as-of", "2024-06-04", lang=lang).stdout.splitlines()
            if "-" in line.split("  ")[-1] or line.strip()[:4] in ("SPA-", "OCE-", "XCY-", "BIO-")}  # fmt: skip
    assert word in rows["OCE-01"]
    assert word not in rows["SPA-04"]


def test_the_board_joins_ledgers_of_several_kinds():
    found = json.loads(technology("board", *LEDGERS, "--as-of", "2026-01-15", "--json").stdout)
    here = next(t for t in found["technologies"] if t["id"] == "SPA-04")
    assert [(c["sort"], c["state"]) for c in here["cases"]] == [
        ("concept", "concept_revised"), ("call", "call_closed"), ("project", "running")]  # fmt: skip
    assert (here["step"], found["apart"]) == ("project", [])


def test_the_board_shows_what_is_over_budget_or_stands_under_no_technology(tmp_path):
    lines = (EXAMPLES / "technology_project.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    more = {"period": 2024, "results": "成果", "spent": 2_950_000_001}
    over = {"act": "project.periodic_report", "on": "2025-02-28", "data": more}
    (tmp_path / "over.jsonl").write_text("\n".join([*lines, json.dumps(over)]), encoding="utf-8")
    said = technology("board", f"technology.project={tmp_path / 'over.jsonl'}", "--as-of", "2026-01-15").stdout
    assert "1 yen over the contract" in said
    assert "over by 1 yen" in said
    alone = technology("board", LEDGERS[1], "--as-of", "2026-01-15", lang="ja").stdout
    assert "どの技術にもつながらないもの" in alone
    assert "応募 3、採択 1／2" in alone


@pytest.mark.parametrize("given", ["ledger.jsonl", "supply.plan=x.jsonl", "technology.fund=x.jsonl", "=x"])
def test_a_ledger_given_otherwise_is_told_how(given):
    found = technology("board", given)
    assert found.exit_code == 2
    assert "KIND=LEDGER" in found.output
    assert "technology.concept" in found.output
