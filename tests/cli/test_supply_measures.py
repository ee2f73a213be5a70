"""`kaname supply measures`: numbers of plans come back as measures of a network; nobody sees plans of others."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaname.cli import root

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
PLANS = EXAMPLES / "network_plans.csv"


def run(*args, status=0):
    found = CliRunner().invoke(root, [str(one) for one in args] + ["--lang", "en"])
    assert found.exit_code == status, found.output
    return found


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_plans_state_goes_round_into_the_worth_of_a_shock(tmp_path, form):
    out = tmp_path / f"plan.{form}"
    firms = EXAMPLES / "network_firms.csv"
    told = run("supply", "measures", PLANS, "--firms", firms, "-o", out)
    assert "elsewhere: not in the table of firms" in told.stderr
    ask = (
        "assess",
        "network",
        EXAMPLES / "network_links.csv",
        "--firms",
        firms,
        "--scenario",
        "mine",
        "--outage",
        "60",
    )
    by_hand = tmp_path / "by_hand.csv"
    by_hand.write_text(
        "kind,firm,amount,of\nstock,smelter,30,\ncapacity,magnet_b,1,\nsecond_source,motor,0.3,magnet_a\n"
    )
    one, other = (rows(run(*ask, "--measures", file).stdout) for file in (out, by_hand))
    assert one == other and float(one[0]["saved"]) > 0


def test_firms_are_known_by_name_and_plans_are_chosen(tmp_path):
    firms = tmp_path / "firms.csv"
    firms.write_text("id,industry,name\nX1,a,smelter\nX2,b,motor\nX3,a,magnet_a\nX4,c,shop\n")
    links = tmp_path / "links.csv"
    links.write_text("supplier,buyer,amount\nX3,X2,5\nX1,X3,2\nX2,X4,9\n")
    out = tmp_path / "plan.csv"
    run("supply", "measures", PLANS, "--plan", "2025-2", "--firms", firms, "-o", out)
    assert [row["firm"] for row in rows(out.read_text("utf-8-sig"))] == ["motor"]
    ask = ("assess", "network", links, "--firms", firms, "--scenario", "X3", "--measures", out)
    assert float(rows(run(*ask).stdout)[0]["saved"]) > 0
    told = json.loads(run("supply", "measures", PLANS, "--product", "batteries", "--json").stdout)["measures"]
    assert [one["kind"] for one in told] == ["stock", "capacity", "second_source", "stock"]


def test_neither_files_nor_a_person_is_told():
    assert "expected FILES or --for" in run("supply", "measures", status=2).stderr
