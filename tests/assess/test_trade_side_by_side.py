"""`kaname assess trade --compare`: every figure is that of the product's own page, lines are counted, faults told."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kaname.assess.trade.compare import INDICATORS
from kaname.assess.trade.evidence import MEANS, SETTABLE
from kaname.cli import root

HEAD = "year,product,exporter,importer,value,reported\n"
TABLE = (
    HEAD
    + """2022,2504,AUS,JPN,52,importer
2022,2504,BRA,JPN,48,importer
2023,2504,AUS,JPN,70,importer
2023,2504,BRA,JPN,30,importer
2022,2822,AUS,JPN,20,importer
2022,2822,BRA,JPN,80,importer
"""
)
USUAL = ("--importer", "JPN", "--year", "2022..2023", "--lang", "en")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "trade.csv"
    path.write_text(TABLE)
    return str(path)


def run(*args):
    return CliRunner().invoke(root, ["assess", "trade", *args])


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_candidates_stand_side_by_side_by_indicator_and_year(table):
    done = run(table, "--compare", "--product", "2504", "--product", "2822", "--indicator", "hhi", *USUAL)
    assert done.exit_code == 0, done.output
    told = [(r["candidate"], r["requirement"], r["indicator"], r["year"], r["value"]) for r in rows(done.stdout)]
    assert told == [
        ("2504", "r2", "r2_hhi", "2022", "0.5008"), ("2504", "r2", "r2_hhi", "2023", "0.58"),
        ("2822", "r2", "r2_hhi", "2022", "0.68"), ("2822", "r2", "r2_hhi", "2023", ""),
    ]  # fmt: skip


def test_every_figure_is_that_of_the_own_page(table):
    both = rows(run(table, "--compare", "--product", "2504", "--product", "2822", *USUAL).stdout)
    for code in ("2504", "2822"):
        own = {(r["year"], r["measure"]): r["value"] for r in rows(run(table, "--product", code, *USUAL).stdout)}
        mine = [r for r in both if r["candidate"] == code and r["value"]]
        assert mine and all(own[r["year"], r["measure"]] == r["value"] for r in mine)


def test_a_line_stands_beside_the_latest_year_of_each_and_is_counted(table):
    done = run(table, "--compare", "--product", "2504", "--product", "2822", "--threshold", "hhi=0.6", *USUAL)
    beside = [(r["candidate"], r["year"], r["side"]) for r in rows(done.stdout) if r["threshold"]]
    assert beside == [("2504", "2023", "under"), ("2822", "2022", "over")]
    assert json.loads(done.stderr.splitlines()[-1])["candidates"] == {"2504": 0, "2822": 1}


def test_as_json_it_names_the_requirements_without_a_figure(table):
    told = json.loads(run(table, "--compare", "--product", "2504", "--product", "2822", "--json", *USUAL).stdout)
    assert told["silent"] == ["r1", "r3", "r4"] and [one["name"] for one in told["candidates"]] == ["2504", "2822"]
    assert {f["measure"] for f in told["candidates"][0]["figures"]} == {"top_1", "top_3", "hhi"}


def test_one_candidate_without_a_row_is_told_and_the_others_answered(table):
    done = run(table, "--compare", "--product", "2504", "--product", "2822", "--product", "9999", *USUAL)
    assert done.exit_code == 2 and "no rows of 9999" in done.stderr
    assert {r["candidate"] for r in rows(done.stdout)} == {"2504", "2822"}
    strict = run(table, "--compare", "--strict", "--product", "2504", "--product", "2822", "--product", "9999", *USUAL)
    assert strict.exit_code == 2 and strict.stdout == ""


def test_a_bundle_of_a_table_is_a_candidate(table, tmp_path):
    made = tmp_path / "both.csv"
    made.write_text("code,weight\n2504,1\n2822,0.5\n")
    done = run(table, "--compare", "--product", "2504", "--product", str(made), "--indicator", "top_1", *USUAL)
    told = rows(done.stdout)
    assert {r["candidate"]: r["value"] for r in told if r["year"] == "2022"}[str(made)] == f"{88 / 150:.12g}"


@pytest.mark.parametrize(("more", "said"), [
    (("--product", "2504"), "expected 2 to 30 products"),
    (("--product", "2504", "--product", "2822", "--indicator", "luck"), "no such indicator"),
    (("--product", "2504", "--product", "2822", "--threshold", "hhi=high"), "expected a measure and a number"),
    (("--product", "2504", "--product", "2822", "--threshold", "luck=1"), "expected a measure and a number"),
    (("--product", "2504", "--product", "2822", "--material", "x"), "differs from candidate to candidate"),
    (("--product", "9998", "--product", "9999"), "no rows of 9998"),
])  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_a_line(table, more, said):
    done = run(table, "--compare", *more, *USUAL)
    assert done.exit_code == 2 and said in done.stderr and "Traceback" not in done.output


def test_an_indicator_without_compare_is_refused(table):
    done = run(table, "--product", "2504", "--indicator", "hhi", *USUAL)
    assert done.exit_code == 2 and "--compare" in done.stderr


def test_whatever_has_a_line_can_be_compared():
    assert set(SETTABLE) <= set(INDICATORS) <= set(MEANS)
