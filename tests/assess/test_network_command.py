"""`kaname assess network`: output, exit status, and what is said about bad tables."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from kaname.cli import root
from shock_data import SMALL

LINKS = "supplier,buyer,amount\nmine,smelter,10\nsmelter,works,20\nrival,works,20\n"
FIRMS = "id,industry,region,weight\nmine,ore,north,1\nsmelter,metal,north,1\nrival,metal,south,1\nworks,goods,south,7\n"


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "links.csv").write_text(LINKS, "utf-8")
    (tmp_path / "firms.csv").write_text(FIRMS, "utf-8")

    def run(*args, status=0, table="links.csv", **files):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        found = CliRunner().invoke(root, ["assess", "network", table, "--firms", "firms.csv", *args, "--lang", "en"])
        assert found.exit_code == status, found.output
        return found

    return run


def rows(found):
    return list(csv.DictReader(io.StringIO(found.stdout)))


def test_every_firm_is_lost_in_turn_the_worst_first(call):
    found = call()
    told = rows(found)
    assert {row["scenario"] for row in told} == {"works", "smelter", "mine", "rival"}
    totals = [float(row["total"]) for row in told]
    assert totals == sorted(totals, reverse=True)
    summary = json.loads(found.stderr.splitlines()[-1])
    assert (summary["firms"], summary["links"], summary["not_at_rest"]) == (4, 3, 0)
    assert len(rows(call("--top", "2"))) == 2


def test_scenarios_weights_markets_and_stops_change_the_answer(call):
    (one,) = rows(call("--scenario", "mine", "--market", "no"))
    (equal,) = rows(call("--scenario", "mine", "--market", "no", "--weights", "weight"))
    (half,) = rows(call("--scenario", "mine+rival@0.5", "--market", "no"))
    (north,) = rows(call("--scenario", "region:north"))
    (metal,) = rows(call("--scenario", "industry:metal@0.15"))
    assert len({row["total"] for row in (one, equal, half, north, metal)}) == 4  # the mine alone stops the north
    (by_loss,) = rows(call("--scenario", "mine", "--stop", "loss", "--epsilon", "0.5"))
    assert int(by_loss["iterations"]) <= int(one["iterations"])
    table = call("--scenarios", "many.csv", many="scenario,firm,loss\na,mine,\na,rival,0.5\nb,works,1\n")
    assert {row["scenario"] for row in rows(table)} == {"a", "b"}
    cut = call("--scenario", "imports:XE@0.5", "--imports", "imports.csv",
               imports="country,product,share,industry\nXE,salt,0.8,metal\n")  # fmt: skip
    assert float(rows(cut)[0]["total"]) > 0


def test_a_plan_is_set_beside_what_happens_without_it(call):
    plan = "kind,firm,amount,of,source\nsecond_source,works,0.5,smelter,rival\n"
    (row,) = rows(call("--scenario", "mine", "--measures", "plan.csv", plan=plan))
    assert float(row["saved"]) == pytest.approx(float(row["total"]) - float(row["after"]))


def test_chains_days_and_json(call, tmp_path):
    told = rows(call("--scenario", "mine", "--explain"))
    assert told[0]["chain"].startswith("mine 100.0% > ")
    days = rows(call("--scenario", "mine@0.5", "--days", "9", "--outage", "3", "--seed", "4"))
    assert [row["day"] for row in days] == [str(k) for k in range(-1, 9)]
    found = json.loads(call("--scenario", "mine", "--json", "-o", "out.parquet").stdout)
    assert found["rows"][0]["scenario"] == "mine"
    assert (tmp_path / "out.parquet").exists()
    call("--days", "9", status=2)


@pytest.mark.parametrize(
    ("files", "args", "said"),
    [
        ({"links": LINKS + "mine,mine,3\n"}, (), "links.csv:5: buyer: 'mine'; expected another firm than itself"),
        ({"links": LINKS + "mine,works,-3\n"}, (), "links.csv:5: amount: '-3'; expected a number not below 0"),
        ({"links": LINKS + "mine,nobody,3\n"}, (), "links.csv:5: buyer: 'nobody'; expected an identifier in the table"),
        ({"links": LINKS + 'mine,works,"1,5"\n'}, (), "links.csv:5: amount: '1,5'; expected a number not below 0"),
        ({"links": LINKS + "mine,works,1_000\n"}, (), "links.csv:5: amount: '1_000'; expected a number"),
        ({"links": LINKS + "mine,works,nan\n"}, (), "links.csv:5: amount: 'nan'; expected a number"),
        ({"links": LINKS + "mine,works,inf\n"}, (), "links.csv:5: amount: 'inf'; expected a number"),
        ({"links": LINKS + "mine,works,1e308\nrival,smelter,1e308\n"}, (), "too large to be added up"),
        ({"links": ""}, (), "links.csv: empty; expected a header and rows"),
        ({"links": "supplier,buyer,amount\n"}, (), "links.csv: a header but no rows"),
        ({"plan": 'kind,firm,amount\nstock,mine,"1,5"\n'}, ("--measures", "plan.csv"), "plan.csv:2: amount: '1,5'"),
        ({"many": "scenario,firm,loss\na,mine,1_0\n"}, ("--scenarios", "many.csv"), "many.csv:2: loss: '1_0'"),
        ({"imports": "country,product,share,industry\nX,p,-0.1,ore\n"},
         ("--imports", "imports.csv", "--scenario", "imports:X"), "imports.csv:2: share: '-0.1'"),
        ({"links": "supplier,buyer\na,b\n"}, (), "links.csv:1: amount: no such column"),
        ({"firms": FIRMS + "idle,,north,1\n"}, (), "firms.csv:6: industry: ''; expected an industry"),
        ({"firms": FIRMS + "mine,ore,north,1\n"}, (), "firms.csv:6: id: 'mine'; expected each only once"),
        ({}, ("--scenario", "nobody"), "no firm nobody"),
        ({}, ("--scenario", "mine@1.5"), "mine@1.5: expected a number from 0 to 1 after @"),
        ({}, ("--scenario", "region:moon"), "no region 'moon'"),
        ({}, ("--scenario", "imports:XE@1"), "no imports from XE"),
        ({}, ("--scenario", "imports:XE", "--trade", "t.csv"), "--trade: expected an input-output table"),
        ({"io": SMALL, "firms": FIRMS.replace("ore", "01").replace("metal", "02").replace("goods", "02")},
         ("--imports", "io.csv", "--scenario", "imports:99@0.5"), "--scenario: 99: no such sector"),
        ({"firms": FIRMS.replace("weight", "name"), "plan": "kind,firm,amount\nstock,1,9\n"},
         ("--measures", "plan.csv"), "plan.csv:2: firm: '1'; expected a firm"),
        ({"classes": "x,ore,metal\nore,2,2\nmetal,2,2\n"}, ("--essential", "classes.csv"),
         "classes.csv: 5 pairs of industries have no class (supplier goods, buyer goods); expected all 3×3"),
        ({"classes": "x,goods,ore,metal\nore,2,2,9\nmetal,2,2,2\ngoods,0,0,0\n"}, ("--essential", "classes.csv"),
         "classes.csv:2: metal: '9'; expected 0, 1 or 2"),
        ({"plan": "kind,firm,amount\nmagic,mine,1\n"}, ("--measures", "plan.csv"), "plan.csv:2: kind: 'magic'"),
        ({"many": "scenario,firm\na,x\n"}, ("--scenarios", "many.csv"), "many.csv:2: firm: 'x'; expected a firm"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(call, files, args, said):
    found = call(*args, status=2, **files)
    assert said in found.stderr
    assert not found.stdout


def test_numbers_as_people_write_them_are_the_same_numbers(call, tmp_path):
    plain = rows(call())
    written = LINKS.replace("10\n", '"1,000"\n').replace("smelter,works,20", "smelter,works,２０００").replace(
        "rival,works,20", "rival,works,2e3")  # fmt: skip
    assert rows(call(links=written)) == plain
    large = LINKS.replace("0\n", "0000000000000000\n")  # 10^16: the same shares
    assert rows(call(links=large)) == plain


def test_a_table_in_shift_jis_is_told_and_read_when_asked(call, tmp_path):
    (tmp_path / "sjis.csv").write_bytes(LINKS.replace("mine", "鉱山").encode("cp932"))
    firms = FIRMS.replace("mine", "鉱山")
    wrong = call(status=2, table="sjis.csv", firms=firms)
    assert "not UTF-8 but Shift_JIS; add --encoding cp932" in wrong.stderr and not wrong.stdout
    assert {row["scenario"] for row in rows(call("--encoding", "cp932", table="sjis.csv"))} >= {"鉱山"}


def test_links_of_nothing_and_parts_that_do_not_trade_lose_what_they_lose(call):
    nothing = rows(call(links="supplier,buyer,amount\nmine,smelter,0\nsmelter,works,0\n"))
    assert {row["total"] for row in nothing} == {"0"}
    apart = rows(call("--market", "no", links="supplier,buyer,amount\nmine,smelter,10\nrival,works,30\n"))
    assert {row["scenario"]: float(row["total"]) for row in apart} == pytest.approx(
        {"mine": 0.25, "smelter": 0.25, "rival": 0.75, "works": 0.75}
    )


def test_bad_rows_are_left_out_only_when_asked(call):
    bad = LINKS + "mine,mine,3\n"
    found = call("--skip", status=2, table="bad.csv", bad=bad)
    assert rows(found) == rows(call())
    assert "another firm" in found.stderr


def test_without_a_table_of_firms_nobody_stands_in_for_anybody(call, tmp_path):
    (tmp_path / "links.csv").write_text(LINKS + "works,shop,50\n", "utf-8")

    def alone(*args):
        return CliRunner().invoke(root, ["assess", "network", "links.csv", *args, "--lang", "en"])

    found = alone()
    assert found.exit_code == 0, found.output
    assert json.loads(found.stderr.splitlines()[-1])["industries"] == 5
    of_firms = {row["scenario"]: row["total"] for row in rows(call(firms=FIRMS + "shop,retail,south,1\n"))}
    without = {row["scenario"]: row["total"] for row in rows(found)}
    assert float(without["rival"]) > float(of_firms["rival"]) + 0.2  # no longer makes what the smelter makes
    wrong = alone("--weights", "weight")
    assert wrong.exit_code == 2 and "expected --firms as well" in wrong.stderr
