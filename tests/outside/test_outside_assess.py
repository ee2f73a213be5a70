"""The engines asked from outside: small worlds worked by hand, and what bad input is told (one line, status 2)."""

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner

from kaname.cli import root


def kaname(*call: str, text: str = "", lang: str = "en"):
    return CliRunner().invoke(root, list(call), input=text, env={"KANAME_LANG": lang, "LANG": "C.UTF-8"})


def owned(table: str, *args: str) -> list[dict]:
    found = kaname("assess", "ownership", "-", "--format", "csv", "--json", "--as-of", "2026-04-01", *args, text=table)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)["rows"]


def held(*rows: str) -> str:
    return "\n".join(("holder,company,votes,capital,holder_country", *rows))


def company(table: str, name: str) -> dict:
    return next(c for c in owned(table) if c["company"] == name)


def controllers(table: str, name: str) -> list[str]:
    return sorted(filter(None, company(table, name)["controllers"].split(";")))


def foreign(table: str, name: str) -> tuple[float, float]:
    found = company(table, name)
    return float(found["foreign_low"]), float(found["foreign_high"])


def test_half_is_no_control_and_two_subsidiaries_are():
    table = held("p,x,50,50,US", "p,h,50.01,50.01,US", "p,k,51,51,US", "h,t,26,26,JP", "k,t,25,25,JP", "z,t,49,49,JP")
    assert controllers(table, "x") == []
    assert controllers(table, "t") == ["p"]


def test_a_ring_of_thirties_controls_nobody():
    """OWN-1 with a fourth company in the ring: still nobody in the least fixed point."""
    names = "abcd"
    table = held(*(f"{i},{j},30,30,JP" for i in names for j in names if i != j))
    assert all(controllers(table, name) == [] for name in names)


def test_foreign_share_through_a_cycle():
    """x = 1/2 + y/2, y = x/2: two thirds and one third are foreign in the end."""
    table = held("us,x,50,50,US", "y,x,50,50,JP", "x,y,50,50,JP", "jp,y,50,50,JP")
    for name, share in (("x", Fraction(200, 3)), ("y", Fraction(100, 3))):
        assert foreign(table, name) == pytest.approx((float(share), float(share)), abs=1e-8)


def test_what_is_not_known_has_two_bounds():
    table = held("us,x,25..50,25..50,US", "jp,x,30,30,JP")
    assert foreign(table, "x") == pytest.approx((25, 70))


@pytest.mark.parametrize(("row", "says"), [
    ("p,x,120,100,US", "120"),
    ("p,x,-1,10,US", "-1"),
    ("p,x,abc,10,US", "abc"),
    (",x,10,10,US", "holder"),
])  # fmt: skip
def test_a_bad_holding_is_one_line(tmp_path, row, says):
    (file := tmp_path / "held.csv").write_text(held("q,y,10,10,JP", row), encoding="utf-8")
    found = kaname("assess", "ownership", str(file))
    lines = [line for line in found.stderr.splitlines() if not line.startswith("{")]
    assert found.exit_code == 2 and len(lines) == 1 and says in lines[0] and "held.csv:3" in lines[0], found.stderr


def test_over_a_hundred_percent_in_all_is_told():
    found = kaname("assess", "ownership", "-", "--format", "csv", text=held("p,x,60,60,US", "q,x,60,60,JP"))
    assert found.exit_code == 2 and "120" in found.stderr and "Traceback" not in found.output


# -- trade ------------------------------------------------------------------------------------------------------------

ROWS = "\n".join(("year,product,exporter,importer,value,quantity,quantity_unit", "2023,250410,CHN,JPN,500,5,t",
                  "2023,250410,USA,JPN,300,1,t", "2023,250410,DEU,JPN,200,4,t"))  # fmt: skip


def traded(table: str, *args: str):
    call = ["assess", "trade", "-", "--format", "csv", "--product", "250410", "--importer", "JPN", "--year", "2023"]
    return kaname(*call, *args, text=table)


def figure(table: str, measure: str, *args: str) -> float:
    found = traded(table, "--json", *args)
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    rows = answer["figures"] if isinstance(answer, dict) else answer
    return next(r["value"] for r in rows if r["measure"] == measure)


def test_shares_and_hhi_by_hand():
    """0.5, 0.3, 0.2: 0.25 + 0.09 + 0.04."""
    assert figure(ROWS, "hhi") == pytest.approx(0.38)
    assert figure(ROWS, "top_1") == pytest.approx(0.5)
    assert figure(ROWS, "top_3") == pytest.approx(1.0)


@pytest.mark.parametrize(("row", "status", "says"), [
    ("2023,250410,FRA,JPN,-5,1,t", 2, "-5"),
    ("2023,250410,FRA,JPN,W,1,t", None, "W"),
    ('2023,250410,FRA,JPN,"1,000",1,t', None, ""),
    ("2023,250410,XX9,JPN,5,1,t", 2, "XX9"),
    ("20x3,250410,FRA,JPN,5,1,t", 2, "20x3"),
])  # fmt: skip
def test_a_bad_row_of_trade_is_told(row, status, says):
    found = traded(f"{ROWS}\n{row}")
    assert "Traceback" not in found.output and says in found.stderr
    assert status is None or found.exit_code == status, found.stderr


# -- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "listed", "similar"), [
    ("株式会社トヨタ自動車", "トヨタ自動車", True),
    ("㈱トヨタ自動車", "株式会社トヨタ自動車", True),
    ("주식회사 삼성전자", "주식회사 현대자동차", False),
    ("見本商事（株）", "株式会社見本商事", True),
    ("ﾐﾎﾝ商事", "ミホン商事", True),
    ("髙橋見本工業", "高橋見本工業", True),
    ("Mihon Trading Co., Ltd.", "MIHON TRADING COMPANY LIMITED", True),
    ("見本商事", "架空重工", False),
])  # fmt: skip
def test_names_that_are_similar(tmp_path, query, listed, similar):
    (tmp_path / "list.csv").write_text(f'name\n"{listed}"\n', encoding="utf-8")
    found = kaname("assess", "names", "-", "--format", "csv", "--list", str(tmp_path / "list.csv"), "--json",
                   text=f"name\n\"{query}\"\n")  # fmt: skip
    assert found.exit_code == 0, found.output
    outcomes = [json.loads(line)["outcome"] for line in found.stdout.splitlines()]
    assert outcomes == (["similar"] if similar else ["none"])


# -- what a wrong command is told -------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", [
    ("period", "2026-02-29", "--days", "3"), ("period", "2026-02-28"), ("period", "2026-02-28", "--months", "-1"),
    ("describe", "patents.aplication"), ("standing", "patents.application", "nowhere.jsonl"),
    ("try", "patents.application", "-", "first_review.fille", "--on", "2026-01-05"),
    ("try", "patents.application", "-", "first_review.file", "--on", "2026-01-05", "--data", "{listed: true}"),
    ("try", "patents.application", "-", "first_review.file"),
    ("explain", "patents.application", "nowhere.jsonl", "three_months"),
    ("procedures", "patent"), ("assess", "scope", "--sector", "nothing"),
])  # fmt: skip
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_mistake_is_told_in_one_line(call, lang):
    found = kaname(*call, lang=lang)
    lines = found.stderr.strip().splitlines()
    assert found.exit_code == 2 and len(lines) == 1 and not found.stdout, (found.stdout, found.stderr)


def test_a_refusal_names_the_fields_to_fill_in():
    """Who drives it by hand has to know what to write under `data`."""
    found = kaname("try", "supply.plan", "-", "plan.submit", "--on", "2026-04-01", "--data", '{"funds": "much"}')
    lines = [line.strip() for line in found.stdout.splitlines()]
    assert found.exit_code == 1
    assert {line.partition(":")[0] for line in lines[1:]} >= {"product", "applicants", "period_start", "funds"}
