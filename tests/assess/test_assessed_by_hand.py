"""Small tables assessed by hand: zero and missing values, units and currencies, lines that are just met, circles."""

import csv
import io

import pytest
from click.testing import CliRunner

from kaname.assess.trade import notes
from kaname.cli import root

PLAIN, UNITS = "year,product,exporter,importer,value", "year,product,exporter,importer,value,quantity,unit"
PRODUCED = (
    "commodity,country,year,quantity,unit\nGraphite,CHN,2023,800,t\nGraphite,JPN,2023,20,t\nGraphite,MOZ,2023,180,t\n"
)
SIX = ("va", "pv", "ge", "rq", "rl", "cc")
GOVERNED = "code,year,indicator,estimate\n" + "".join(
    f"{code},2023,{id},{estimate}\n" for code, estimate in (("CHN", 0.5), ("MOZ", -1.5), ("JPN", 1.5)) for id in SIX
)


def assess(what: str, tmp_path, rows: str, *args: str):
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "p.csv").write_text(PRODUCED, encoding="utf-8")
    (tmp_path / "g.csv").write_text(GOVERNED, encoding="utf-8")
    given = [a.replace("@", f"{tmp_path}/") if a.startswith("@") else a for a in args]
    found = CliRunner().invoke(root, ["assess", what, str(tmp_path / "t.csv"), *given], env={"KANAME_LANG": "en"})
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return found, list(csv.DictReader(io.StringIO(found.stdout)))


def trade(tmp_path, head: str, rows: tuple[str, ...], *args: str):
    lines = [head, *(f"2023,2504,{row}" for row in rows)]
    asked = ("--product", "2504", "--importer", "JPN", "--year", "2023", *args)
    found, told = assess("trade", tmp_path, "\n".join(lines) + "\n", *asked)
    return found, {(r["measure"], r["partner"]): r["value"] for r in told}


@pytest.mark.parametrize(("rows", "expected"), [
    # 0.36 + 0.0625 + 0.0225
    (("CHN,JPN,60", "VNM,JPN,25", "DEU,JPN,15"), {("hhi", ""): "0.445", ("top_1", "CHN"): "0.6", ("top_3", ""): "1"}),
    (("CHN,JPN,30", "CHN,JPN,30", "VNM,JPN,40"), {("share", "CHN"): "0.6", ("hhi", ""): "0.52"}),  # one partner
    (("CHN,JPN,0", "VNM,JPN,0"), {("imports", ""): "0", ("share", "CHN"): "", ("hhi", ""): ""}),  # nothing of nothing
    (("CHN,JPN,10", "VNM,JPN,0"), {("share", "CHN"): "1", ("share", "VNM"): "0", ("hhi", ""): "1"}),
    (("CHN,JPN,10", "VNM,JPN,", "DEU,JPN,.."), {("imports", ""): "10", ("hhi", ""): "1"}),  # unknown is not zero
    (("CHN,JPN,30",), {("imports_over_exports", ""): "9999"}),
    (("CHN,JPN,30", "JPN,USA,40"), {("imports_over_exports", ""): "0.75"}),
    (("CHN,JPN,50", "_X,JPN,50", "W00,JPN,200"), {("imports", ""): "200", ("share", "CHN"): "0.25"}),
])  # fmt: skip
def test_shares_and_concentration(tmp_path, rows, expected):
    found, told = trade(tmp_path, PLAIN, rows)
    assert found.exit_code == 0
    assert {key: told.get(key) for key in expected} == expected


def test_what_nobody_specified_bounds_the_concentration(tmp_path):
    """50 of 200 from China, 50 not specified, 100 beyond what is stated: one other could hold 150."""
    _, rows = assess("trade", tmp_path, PLAIN + "\n2023,2504,CHN,JPN,50\n2023,2504,_X,JPN,50\n2023,2504,W00,JPN,200\n",
                     "--product", "2504", "--importer", "JPN", "--year", "2023")  # fmt: skip
    hhi = next(r for r in rows if r["measure"] == "hhi")
    assert (hhi["low"], hhi["value"], hhi["high"]) == ("0.0625", "0.125", "0.625")


@pytest.mark.parametrize(("head", "rows", "said"), [
    (PLAIN, ("CHN,JPN,-30", "VNM,JPN,40"), "value: cannot read '-30'"),
    (PLAIN, ("ZZZ,JPN,30", "VNM,JPN,40"), "exporter: cannot read 'ZZZ'"),
    (PLAIN, ('CHN,JPN,"1,5"', "VNM,JPN,40"), "value: cannot read '1,5'"),
    (PLAIN + ",currency", ("VNM,JPN,30,USD", "CHN,JPN,40,JPY"), "expected one currency throughout the table"),
])  # fmt: skip
def test_a_bad_row_is_told_and_the_rest_is_answered(tmp_path, head, rows, said):
    found, told = trade(tmp_path, head, rows)
    assert found.exit_code == 2 and said in found.stderr and told["share", "VNM"] == "1"


@pytest.mark.parametrize(("head", "row", "unit", "guessed"), [
    (PLAIN, "CHN,JPN,30", "USD", True), (PLAIN.replace("value", "value_jpy"), "CHN,JPN,30", "JPY", False),
    (PLAIN + ",currency", "CHN,JPN,30,EUR", "EUR", False), (PLAIN + ",currency", "CHN,JPN,30,", "USD", True),
])  # fmt: skip
def test_a_currency_that_nothing_states_is_told_as_a_guess(tmp_path, head, row, unit, guessed):
    page = trade(tmp_path, head, (row,))[0]
    cube, _ = assess("trade", tmp_path, f"{head}\n2023,2504,{row}\n", "--cube", "--year", "2023")
    for stderr in (page.stderr, cube.stderr):
        assert f'"unit": "{unit}"' in stderr and ("no currency stated" in stderr) is guessed


def test_kilograms_and_tonnes_are_weights_and_pieces_are_none(tmp_path):
    rows = ("CHN,JPN,30,1000,kg", "VNM,JPN,40,3,t", "DEU,JPN,5,10,number")
    found, told = trade(tmp_path, UNITS, rows, "--by", "weight")
    assert (told["imports", ""], told["share", "VNM"], told["hhi", ""]) == ("4000", "0.75", "0.625")
    assert "a unit that is no weight" in found.stderr


@pytest.mark.parametrize(("rows", "total", "left_out"), [
    (("ZAF,JPN,30,900000,GR", "RUS,JPN,40,500000,CT"), "1000", False),  # of the trade statistics of Japan
    (("ZAF,JPN,30,2,千トン", "RUS,JPN,40,3,TNE", "CHN,JPN,40,4,KGM"), "2003004", False),
    (("ZAF,JPN,30,2,", "RUS,JPN,40,3,"), "5", False),  # no unit anywhere: kilograms
    (("ZAF,JPN,30,2,t", "RUS,JPN,40,3,"), "2000", True),  # three of what, where others are tonnes?
])  # fmt: skip
def test_grams_carats_and_tonnes_in_words_are_weights(tmp_path, rows, total, left_out):
    found, told = trade(tmp_path, UNITS, rows, "--by", "weight")
    assert told["imports", ""] == total
    assert ("no weight stated" in found.stderr) is left_out


def test_a_country_without_an_estimate_of_the_year_has_its_own_last_one(tmp_path):
    """CHN of 2023, MOZ of 2021 and of two indicators only, VNM none: 4, (2.5 + 1) * 2 and the middle."""
    older = "".join(f"MOZ,2021,{id},-1\n" for id in SIX[:2])
    (tmp_path / "old.csv").write_text("".join(f"{r}\n" for r in GOVERNED.splitlines() if "MOZ" not in r) + older)
    rows = ("CHN,JPN,50", "MOZ,JPN,25", "VNM,JPN,25")
    found, told = trade(tmp_path, PLAIN, rows, "--governance", "@old.csv")
    assert float(told["supplier_risk", ""]) == pytest.approx(0.5 * 4 + 0.25 * 7 + 0.25 * 5)
    assert "(2023 -> 2021)" in found.stderr and "(MOZ 2021: 2)" in found.stderr and "(VNM)" in found.stderr


REPORTED = PLAIN + ",reported"
JAPAN_ALONE = ("CHN,JPN,90,importer", "VNM,JPN,10,importer", "JPN,KOR,10,exporter", "JPN,USA,10,exporter")


@pytest.mark.parametrize(("rows", "world", "exposed"), [
    (JAPAN_ALONE, None, None), ((*JAPAN_ALONE, "JPN,W00,20,exporter"), None, None),  # one country is not the world
    ((*JAPAN_ALONE, "CHN,USA,60,exporter"), str(0.75**2 + 0.25**2), "1"),
    # Only Japan tells of its exports: 20 of the world's come from it, as importers see it.
    ((*JAPAN_ALONE, "JPN,USA,20,importer", "CHN,USA,130,importer"), "0.7824", "1"),
])  # fmt: skip
def test_one_countrys_exports_are_not_the_worlds(tmp_path, rows, world, exposed):
    found, told = trade(tmp_path, REPORTED, rows)
    assert (told.get(("world_export_hhi", "")), told.get(("exposed", ""))) == (world, exposed)
    assert ("of these, not of the world" in found.stderr) is (world is not None)


def test_a_table_of_imports_alone_does_not_say_that_nothing_is_exported(tmp_path):
    said = "does not say that nothing is exported"
    assert said in trade(tmp_path, PLAIN, ("CHN,JPN,30",))[0].stderr
    assert said not in trade(tmp_path, PLAIN, ("CHN,JPN,30", "JPN,USA,1"))[0].stderr


def test_the_total_of_a_heading_leaves_its_codes_their_partners(tmp_path):
    """The heading states its total alone, its codes who sold: 850 of 1,000, and 100 that no code tells of."""
    rows = ("2504,W00,JPN,1000", "250410,CHN,JPN,600", "250490,CHN,JPN,250", "250490,USA,JPN,50")
    lines = [PLAIN, *(f"2023,{row}" for row in rows)]
    _, told = assess("trade", tmp_path, "\n".join(lines) + "\n", "--product", "2504", "--importer", "JPN", "--year",
                     "2023")  # fmt: skip
    found = {r["measure"]: (r["low"], r["value"], r["high"]) for r in told if r["partner"] in ("", "CHN")}
    assert found["imports"][1] == "1000" and found["top_1"] == ("0.85", "0.85", "0.85")
    assert found["hhi"] == ("0.725", "0.725", "0.735")


MONTHLY = PLAIN + """
2022,2504,CHN,JPN,100
202201,2504,CHN,JPN,60
202202,2504,CHN,JPN,40
202301,2504,CHN,JPN,30
202302,2504,VNM,JPN,10
""" + "".join(f"2023{month:02},2504,CHN,USA,1\n2023{month:02},2504,CHN,?,1\n" for month in range(1, 13))  # fmt: skip


def test_years_and_months_count_once_for_every_importer_too(tmp_path):
    """The cube beside the page: the year or its months, never both; what is not of a whole year is told."""
    rows = MONTHLY.replace("?", "_X")
    found, cells = assess("trade", tmp_path, rows, "--cube", "--year", "2022..2023")
    totals = {(r["year"], r["importer"]): float(r["total"]) for r in cells}
    assert totals == {("2022", "JPN"): 100, ("2023", "JPN"): 40, ("2023", "USA"): 12}
    assert "only the yearly count (2022)" in found.stderr and "not of the year (2023: 1)" in found.stderr
    asked = ("--product", "2504", "--year", "2022..2023", "--importer")
    found, told = assess("trade", tmp_path, rows, *asked, "JPN")
    assert [float(r["value"]) for r in told if r["measure"] == "imports"] == [100, 40]
    assert "not of the year (JPN 2023: 2)" in found.stderr
    assert "not of the year" not in assess("trade", tmp_path, rows, *asked, "USA")[0].stderr


WEIGHED = ("--by", "weight", "--production", "@p.csv", "--material", "Graphite")


@pytest.mark.parametrize(("imports", "exports", "reliance"), [(100, 20, "0.8"), (10, 50, "0"), (20, 20, "0")])
def test_reliance_is_net_imports_over_what_is_used(tmp_path, imports, exports, reliance):
    """20 t at home; (100 - 20) / (20 + 100 - 20); below zero is none."""
    rows = (f"CHN,JPN,1,{imports},t", f"JPN,USA,1,{exports},t")
    assert trade(tmp_path, UNITS, rows, *WEIGHED)[1]["import_reliance", ""] == reliance


@pytest.mark.parametrize(("args", "measure", "value"), [
    (("--recycled", "0.25", "--substitution", "0.9"), "supply_risk", 2.72 * 0.75 * 0.9),
    ((), "hhi_wgi", 0.36 * 4 + 0.16 * 8), (("--trade-parameter", "CHN=1.1"), "hhi_wgi", 0.36 * 4 * 1.1 + 0.16 * 8),
    (WEIGHED, "supply_risk", (0.64 * 4 + 0.0004 * 2 + 0.0324 * 8) * 5 / 12 + 2.72 * 7 / 12),  # reliance 100/120
    (WEIGHED, "geopolitical_risk", 0.6728 * (60 * 0.4 + 40 * 0.8) / 120),
])  # fmt: skip
def test_supply_risk_by_hand(tmp_path, args, measure, value):
    rows = ("CHN,JPN,60,60,t", "MOZ,JPN,40,40,t")
    told = trade(tmp_path, UNITS, rows, "--governance", "@g.csv", *args)[1]
    assert float(told[measure, ""]) == pytest.approx(value, rel=1e-9)


def test_a_second_estimate_that_differs_is_told_and_not_taken(tmp_path):
    (tmp_path / "two.csv").write_text(GOVERNED + "CHN,2023,va,0.5\nCHN,2023,va,-2.5\n")
    found, told = trade(tmp_path, PLAIN, ("CHN,JPN,50",), "--governance", "@two.csv")
    assert float(told["supplier_risk", ""]) == pytest.approx(4)
    assert found.exit_code == 2 and "two.csv:21: estimate: cannot read 'CHN 2023 va -2.5'" in found.stderr
    assert found.stderr.count("one estimate of a country") == 1


@pytest.mark.parametrize(("whole", "expected"), [
    ("1250", ("0.430592", "0.470592", "0.64", "0.64")),  # 0.64², 0.016², 0.144², and 0.2² at most
    ("1010", ("0.6728", "0.6728", "0.8", "0.8")), ("900", ("0.6728", "0.6728", "0.8", "0.8")),  # rounded; too little
])  # fmt: skip
def test_a_withheld_producer_is_in_the_total_of_the_world(tmp_path, whole, expected):
    """As rutile of 2023, of which the United States withhold theirs."""
    (tmp_path / "w.csv").write_text(
        PRODUCED + f"Graphite,USA,2023,W,t\nGraphite,World total (rounded),2023,{whole},t\n"
    )
    _, rows = assess("trade", tmp_path, PLAIN + "\n2023,2504,CHN,JPN,1\n", "--product", "2504", "--importer", "JPN",
                     "--year", "2023", "--production", "@w.csv", "--material", "Graphite")  # fmt: skip
    of = {r["measure"]: r for r in rows}
    hhi, top = of["production_hhi"], of["production_top_1"]
    found = [float(one) for one in (hhi["low"], hhi["high"], top["low"], top["high"])]
    assert found == pytest.approx([float(one) for one in expected])
    assert float(top["value"]) == pytest.approx(float(expected[2]))


@pytest.mark.parametrize(("rows", "expected"), [
    (("a,b,50", "c,b,50"), {"b": ("a 50;c 50", "", "")}),  # half is no majority
    (("a,b,50.0000000001", "c,b,49.9999999999"), {"b": ("a 50.0000000001;c 49.9999999999", "a", "")}),
    (("a,b,5", "c,b,4.99", "d,b,4.9999999999"), {"b": ("a 5", "", "")}),
    (("G,H,51", "G,I,51", "H,T,30", "I,T,25", "Z,T,45"), {"T": ("Z 45;H 30;I 25", "G", "")}),  # 30 + 25
    (("a,b,60", "c,b,60"), {"b": ("a 0..60;c 0..60", "", "a;c")}),  # over 100 % together: nobody for sure
    (("a,b,60", "a,b,60"), {"b": ("a 60", "a", "")}), (("a,b,60", "a,b,40"), {"b": ("a 40..60", "", "a")}),
    (("b,b,20", "a,b,45", "c,b,35"), {"b": ("a 45;c 35", "", "")}),  # own shares have no votes
    (("a,b,25..60", "c,b,"), {"b": ("a 25..60;c 0..75", "", "a;c")}),
])  # fmt: skip
def test_holders_and_control_by_hand(tmp_path, rows, expected):
    _, told = assess("ownership", tmp_path, "\n".join(["holder,company,votes", *rows]) + "\n", "--as-of", "2026-04-01")
    found = {r["company"]: (r["holders"], r["controllers"], r["may_control"]) for r in told}
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(("rows", "expected"), [
    (("b,b,20", "a,b,45", "c,b,35"), ("a 56.25;c 43.75", "a", "")),  # 45 of 80
    (("b,b,20", "a,b,4", "d,b,3.9", "c,b,72.1"), ("c 90.125;a 5", "c", "")),  # 5 % of the votes with 4 % of the capital
    (("b,b,9", "a,b,45.5", "c,b,45.5"), ("a 50;c 50", "", "")),  # half of the votes is no majority
    (("b,b,10..20", "a,b,44", "c,b,36"), ("a 48.8888888888..55;c 40..45", "", "a")),
    (("b,b,", "a,b,40", "c,b,20"), ("a 40..66.6666666667;c 20..33.3333333334", "", "a")),  # 40 of 60 at most
    (("b,b,20", "a,b,60", "c,b,30"), ("a 60..66.6666666667;c 30..33.3333333334", "a", "")),  # 110 % together
    (("b,b,100", "a,b,"), ("a 0..100", "", "a")), (("b,b,20", "b,b,20", "a,b,80"), ("a 100", "a", "")),
])  # fmt: skip
def test_capital_that_stands_in_for_votes_is_a_part_of_what_votes(tmp_path, rows, expected):
    """The company's own shares have none (Companies Act Art. 308(2)), so the others are parts of the rest."""
    lines = "\n".join(["holder,company,capital", *rows]) + "\n"
    found, told = assess("ownership", tmp_path, lines, "--as-of", "2026-04-01")
    assert [(r["holders"], r["controllers"], r["may_control"]) for r in told] == [expected]
    assert "the votes of others are parts of the rest" in found.stderr


@pytest.mark.parametrize(("rows", "largest"), [
    (("Z,T,0.45", "H,T,0.3", "G,H,0.51"), "t.csv:4: share: no share is over 1 % (the largest: 0.51 %)"),
    (("G,H,1", "Z,T,"), "t.csv:2: share: no share is over 1 % (the largest: 1 %)"),
    (("G,H,0.5", "Z,T,1.01"), ""), (("Z,T,",), ""), ((), ""),
])  # fmt: skip
def test_parts_of_one_where_percent_is_meant_are_told(tmp_path, rows, largest):
    lines = "\n".join(["holder,company,share", *rows]) + "\n"
    found, _ = assess("ownership", tmp_path, lines, "--as-of", "2026-04-01")
    assert ("no share is over" in found.stderr) is bool(largest) and largest in found.stderr


@pytest.mark.parametrize(("day", "held"), [("2026-03-30", 0), ("2026-03-31", 1), ("2026-04-01", 0)])
def test_a_holding_of_one_day(tmp_path, day, held):
    rows = "holder,company,votes,since,until\na,b,60,2026-03-31,2026-03-31\n"
    assert len(assess("ownership", tmp_path, rows, "--as-of", day)[1]) == held


def test_one_row_is_told_as_one():
    rule = next(iter(notes.Rule))
    told = [notes.Note(rule, rows).said().en.rpartition(": ")[2] for rows in (1, 2)]
    assert told == ["1 row", "2 rows"]
