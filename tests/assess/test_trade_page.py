"""Pages of products out of the published files, and every kind of bad row handled by its rule or refused."""

import csv
import gzip
import json

import pytest
from click.testing import CliRunner
from ownership_cases import shared

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.governance import read_governance
from kaname.assess.trade.notes import Rule
from kaname.assess.trade.page import Page
from kaname.assess.trade.production import read_production
from kaname.assess.trade.products import bundle
from kaname.assess.trade.reading import open_flows
from kaname.assess.trade.stated import MEASURES
from kaname.cli import root
from kaname.files.problems import BadInput

GULF = frozenset(("ARE", "BHR", "IRN", "IRQ", "KWT", "QAT", "SAU"))
HEADER = "refYear,reporterISO,partnerISO,flowCode,cmdCode,classificationCode,primaryValue,netWgt\n"


def page(place, product, importer, years, **more):
    more_of = {name: more.pop(name) for name in ("materials", "governance") if name in more}
    wanted = bundle([product])
    with open_flows(str(place), wanted) as (flows, _):
        return Page(flows, wanted, Asked(importer, tuple(years), **more), **more_of), flows


def value(made, measure, year, partner=None):
    found = [f for f in made.figures if (f.measure, f.year) == (measure, year) and partner in (None, f.partner)]
    assert len(found) == 1, (measure, year, partner)
    return found[0].value


def comtrade(tmp_path, *rows):
    place = tmp_path / "trade.csv"
    place.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return place


@pytest.mark.parametrize("layer", ["ammonia", "urea", "lpg_propane"])
def test_published_exposure_of_every_importer(layer):
    edges = shared("data", "trade", "comtrade_yearly_edges_fert_lpg.csv.gz")
    published = {}
    with gzip.open(shared("data", "trade", "exposure_metrics_published.csv.gz"), "rt") as text:
        for row in csv.DictReader(text):
            if row["layer"] == layer and row["metric"] in ("DE", "SR"):
                published[int(row["year"]), row["country"], row["metric"]] = float(row["value"])
    wanted = bundle([layer])
    with open_flows(str(edges), wanted) as (flows, _):
        assert flows.faults == []
        importers = sorted({flows.countries[number] for number in flows.importer.tolist()} & {p[1] for p in published})
        checked = 0
        for importer in importers[::9]:
            asked = Asked(importer, (2020, 2022, 2024), follow=GULF, draws=10)
            made = Page(flows, wanted, asked)
            for year in asked.years:
                if any(f.year == year and f.value is None for f in made.figures):
                    continue
                gulf = sum(
                    f.value for f in made.figures if (f.measure, f.year) == ("share", year) and f.partner in GULF
                )
                total = value(made, "imports", year)
                assert gulf == pytest.approx(published[year, importer, "DE"], rel=1e-9, abs=1e-12)
                assert gulf * total == pytest.approx(published[year, importer, "SR"], rel=1e-9, abs=1e-3)
                checked += 1
    assert checked > 30


def test_japan_depends_on_china():
    place = shared("data", "trade", "comtrade_graphite_cobalt_lithium_jpn_usa.csv")
    percent = {
        "2504": [92.7, 91.6, 91.6, 90.1, 90.1, 87.2],
        "2822": [39.3, 36.7, 21.5, 14.9, 16.0, 12.5],
        "282520": [79.0, 79.8, 80.8, 88.4, 85.9, 84.1],
    }
    for product, expected in percent.items():
        made, _ = page(place, product, "JPN", range(2019, 2025))
        found = [round(value(made, "share", year, "CHN") * 100, 1) for year in range(2019, 2025)]
        assert found == expected, product
        for figure in made.figures:
            if figure.measure == "hhi":
                assert figure.low == pytest.approx(figure.value)
                assert figure.low < figure.high
    assert Rule.REMAINDER in made.notes


def test_every_figure_recomputes_and_is_explained():
    mined, left = (
        str(shared("data", "minerals", name))
        for name in ("bgs_production_by_country.csv.gz", "usgs_mcs2025_world.csv.gz")
    )
    made, _ = page(
        shared("data", "trade", "comtrade_nickel_260400_bilateral.csv.gz"), "2604", "JPN", (2020, 2021, 2022),
        by="weight", materials=[
            read_production(mined, "nickel, mine"), read_production(mined, "nickel, smelter/refinery"),
            read_production(left, "Nickel: Reserves"),
        ],
        governance=read_governance(str(shared("data", "trade", "wgi_1996_2023.csv.gz"))), area=frozenset({"PHL"}),
        follow=frozenset({"NCL", "PHL"}),
    )  # fmt: skip
    seen = {figure.measure for figure in made.figures}
    assert set(MEASURES) - seen <= {"exports", "economic_importance"}
    for figure in made.figures:
        assert figure.recomputed() == figure.value
        assert figure.records
        assert figure.source
        assert figure.working().ja != figure.working().en
        if figure.drawn is not None:
            assert figure.drawn[0] <= figure.value <= figure.drawn[1]
    together = value(made, "share_together", 2022)
    assert together == pytest.approx(value(made, "share", 2022, "NCL") + value(made, "share", 2022, "PHL"))
    risks = [f.value for f in made.figures if (f.measure, f.year) == ("supply_risk", 2022)]
    assert len(risks) == 2
    assert value(made, "worst_supply_risk", 2022) == max(risks)


def test_a_country_that_mines_nothing_imports_all():
    place = str(shared("data", "minerals", "bgs_production_by_country.csv.gz"))
    made, _ = page(shared("data", "trade", "comtrade_nickel_260400_bilateral.csv.gz"), "2604", "JPN", [2022],
                   by="weight", materials=[read_production(place, "nickel, mine")])  # fmt: skip
    assert value(made, "import_reliance", 2022) == 1.0
    assert value(made, "domestic_share", 2022) == 0.0
    assert value(made, "top_1_of_demand", 2022) == pytest.approx(value(made, "top_1", 2022), rel=1e-3)


def test_a_world_total_alone_leaves_concentration_open(tmp_path):
    made, _ = page(comtrade(tmp_path, "2022,JPN,W00,M,2504,H6,100,"), "2504", "JPN", [2022])
    hhi = next(figure for figure in made.figures if figure.measure == "hhi")
    assert (hhi.value, hhi.low, hhi.high, hhi.records) == (None, 0.0, 1.0, (1,))
    assert value(made, "imports", 2022) == 100


def test_a_year_without_production_keeps_the_risk_of_the_suppliers(tmp_path):
    mined = tmp_path / "mined.csv"
    mined.write_text("commodity,country,year,quantity,unit\nlead,CHN,2020,5,t\n", "utf-8")
    governed = tmp_path / "governed.csv"
    governed.write_text("code,year,indicator,estimate\nCHN,2022,pv,0.5\nAUS,2022,pv,-0.5\n", "utf-8")
    rows = comtrade(tmp_path, "2022,JPN,CHN,M,2504,H6,50,", "2022,JPN,AUS,M,2504,H6,50,")
    made, _ = page(rows, "2504", "JPN", [2022], materials=[read_production(str(mined), "lead")],
                   governance=read_governance(str(governed)))  # fmt: skip
    assert value(made, "supply_risk", 2022) == value(made, "hhi_wgi", 2022) == pytest.approx(0.25 * 4 + 0.25 * 6)


def test_an_importer_that_reports_nothing_is_seen_by_its_partners(tmp_path):
    place = comtrade(
        tmp_path, "2022,AUS,JPN,X,2504,H5,100,", "2022,CHN,JPN,X,2504,H5,300,", "2022,USA,CHN,M,2504,H5,7,"
    )
    made, _ = page(place, "2504", "JPN", [2022])
    assert value(made, "share", 2022, "CHN") == 0.75
    assert Rule.MIRRORED in made.notes
    both = comtrade(tmp_path, "2022,CHN,JPN,X,2504,H5,300,", "2022,JPN,CHN,M,2504,H5,310,")
    made, _ = page(both, "2504", "JPN", [2022])
    assert value(made, "imports", 2022) == 310
    assert Rule.BOTH_REPORTED in made.notes
    made, _ = page(both, "2504", "JPN", [2022], reported=1)
    assert value(made, "imports", 2022) == 300


def test_each_bad_row_by_its_rule(tmp_path):
    place = comtrade(
        tmp_path,
        "2022,JPN,W00,M,2504,H6,\"1,000\",", "2022,JPN,CHN,M,2504,H6,600,5", "2022,JPN,CHN,M,2504,H6,600,5",
        "2022,JPN,CHN,M,2504,H6,100,6", "2022,JPN,CHN,RM,2504,H6,50,", "2022,JPN,ZAR,M,2504,H6,100,",
        "2022,JPN,ROM,M,2504,H6,40,", "2022,JPN,TMP,M,2504,H6,W,", "2022,JPN,_X,M,2504,H6,60,",
        "2022,JPN,JPN,M,2504,H6,9,", "2022,JPN,SUN,M,2504,H6,50,", "2022,JPN,EUR,M,2504,H6,30,",
        "2022,JPN,CHN,M,9999AA,H6,30,", "2022,JPN,CHN,M,250410,H6,30,", "2022,JPN,CHN,M,2504,H5,30,",
    )  # fmt: skip
    made, flows = page(place, "2504", "JPN", [2021, 2022])
    assert flows.faults == []
    assert value(made, "imports", 2021) is None
    assert value(made, "imports", 2022) == 1000
    assert value(made, "share", 2022, "CHN") == 0.7
    assert value(made, "share", 2022, "COD") == 0.1
    applied = {note.rule for note in made.notes}
    assert applied == {
        Rule.WORLD_TOTAL, Rule.REPEATED, Rule.ADDED, Rule.RE_EXPORT, Rule.SUCCEEDED, Rule.NOT_AVAILABLE,
        Rule.PARTNER_UNKNOWN, Rule.SELF, Rule.VANISHED, Rule.GROUP, Rule.CONFIDENTIAL, Rule.BOTH_LEVELS, Rule.DEEPER,
        Rule.REVISIONS, Rule.NO_YEAR, Rule.THOUSANDS, Rule.REMAINDER, Rule.NO_EXPORTS,
    }  # fmt: skip
    hhi = next(f for f in made.figures if (f.measure, f.year) == ("hhi", 2022))
    assert hhi.value == pytest.approx(0.49 + 0.01 + 0.0016 + 0.0036 + 0.0025)
    assert hhi.low == pytest.approx(0.49 + 0.01 + 0.0016 + 0.0025)
    assert hhi.high == pytest.approx(0.76**2 + 0.01 + 0.0016 + 0.0025 + 0.05**2)


def test_what_is_refused_has_a_line_and_says_what_was_expected(tmp_path):
    place = comtrade(
        tmp_path, "2022,JPN,CHN,M,2504,H6,600,", "2022,JPN,AUS,M,2504,H6,-5,", "2022,JPN,Q9Q,M,2504,H6,5,",
        "22,JPN,USA,M,2504,H6,5,", "2022,JPN,BRA,Z,2504,H6,5,", '2022,JPN,IND,M,2504,H6,"1,23",',
    )  # fmt: skip
    ran = CliRunner().invoke(root, ["assess", "trade", str(place), "--product", "2504", "--importer", "JPN",
                                    "--year", "2022", "--json", "--lang", "en"], standalone_mode=False)  # fmt: skip
    assert ran.return_value == 2
    lines = [line for line in ran.stderr.splitlines() if line.startswith(str(place))]
    assert [line.split(":")[1] for line in lines] == ["3", "4", "5", "6", "7"]
    assert all("expected" in line for line in lines)
    assert json.loads(ran.stdout)["figures"][0]["value"] == 600


def test_another_classification_and_full_width_figures(tmp_path):
    place = comtrade(
        tmp_path, "2022,JPN,CHN,M,2504,S3,12,", "2022,JPN,AUS,M,2504,H6,１２３,", "2022,JPN,BRA,M,2504,,7,",
        '2022,JPN,USA,M,2504,H6,"１，０００",',
    )  # fmt: skip
    made, flows = page(place, "2504", "JPN", [2022])
    assert flows.faults == []
    assert value(made, "imports", 2022) == 1130
    assert Rule.NOT_HS in made.notes
    assert Rule.REVISIONS not in made.notes


def test_parts_of_a_flow_fall_out_only_beside_its_total(tmp_path):
    place = tmp_path / "modes.csv"
    place.write_text(
        "refYear,reporterISO,partnerISO,flowCode,cmdCode,primaryValue,motCode\n"
        "2022,JPN,CHN,M,2504,30,0\n2022,JPN,CHN,M,2504,20,1000\n2022,JPN,CHN,M,2504,10,2000\n"
        "2022,JPN,AUS,M,2504,5,1000\n2022,JPN,AUS,M,2504,6,2000\n", "utf-8",
    )  # fmt: skip
    made, _ = page(place, "2504", "JPN", [2022])
    assert value(made, "imports", 2022) == 41
    assert next(note.rows for note in made.notes if note.rule is Rule.BREAKDOWN) == 2


def test_months_are_added_for_a_reporter_without_a_year_and_a_part_of_a_year_is_told(tmp_path):
    place = comtrade(
        tmp_path, "2022,USA,CHN,M,2504,H6,9,", "202201,JPN,CHN,M,2504,H6,1,", "202202,JPN,CHN,M,2504,H6,2,"
    )
    place.write_text(place.read_text("utf-8").replace("refYear", "period"), "utf-8")
    made, _ = page(place, "2504", "JPN", [2022])
    assert value(made, "imports", 2022) == 3
    assert next(note.found for note in made.notes if note.rule is Rule.PART_YEAR) == ["JPN 2022: 2"]
    assert Rule.BOTH_PERIODS not in made.notes


def test_mixed_currencies_and_units(tmp_path):
    place = tmp_path / "plain.csv"
    place.write_text(
        "year,product,exporter,importer,value,currency,quantity,unit\n2022,2504,CHN,JPN,10,USD,1,t\n"
        "2022,2504,AUS,JPN,10,JPY,1,kg\n2022,2504,AUS,JPN,30,USD,500,kg\n2022,2504,BRA,JPN,0.5,USD,3,No.\n",
        "utf-8",
    )
    made, flows = page(place, "2504", "JPN", [2022], by="weight")
    assert [(fault.row, fault.field) for fault in flows.faults] == [(1, "currency")]
    assert value(made, "imports", 2022) == 1500
    assert {Rule.UNIT, Rule.NO_WEIGHT} <= {note.rule for note in made.notes}
    made, _ = page(place, "2504", "JPN", [2022])
    assert value(made, "imports", 2022) == 40.5


def test_customs_of_japan_in_thousand_yen(tmp_path):
    place = tmp_path / "customs.csv"
    place.write_text(
        "Exp or Imp,Year,HS,Country,Unit1,Unit2,Quantity1-Year,Quantity2-Year,Value-Year\n"
        "2,2023,'250410000,105,,MT,0,12,3000\n2,2023,'250410000,702,,MT,0,1,100\n1,2023,'250410000,304,,KG,0,5,7\n",
        "utf-8",
    )
    made, flows = page(place, "2504", "JPN", [2023])
    assert flows.currency == "JPY"
    assert value(made, "imports", 2023) == 3_100_000
    assert value(made, "exports", 2023) == 7000
    assert value(made, "share", 2023, "CHN") == pytest.approx(3000 / 3100)
    made, _ = page(place, "2504", "JPN", [2023], by="weight")
    assert value(made, "imports", 2023) == 13_000


def test_baci_counts_thousands_of_dollars_and_tonnes():
    place = shared("data", "trade", "baci_hs12_850650_2018.csv.gz")
    with gzip.open(place, "rt") as text:
        rows = [row for row in csv.DictReader(text) if row["j"] == "392"]
    made, _ = page(place, "850650", "JPN", [2018])
    amounts = [float(row["v"]) * 1000 for row in rows]
    assert value(made, "imports", 2018) == pytest.approx(sum(amounts), rel=1e-12)
    assert value(made, "hhi", 2018) == pytest.approx(sum((a / sum(amounts)) ** 2 for a in amounts), rel=1e-12)


def test_revisions_months_and_breakdowns(tmp_path):
    place = tmp_path / "months.csv"
    place.write_text(
        "period,reporterISO,partnerISO,flowCode,cmdCode,classificationCode,primaryValue,netWgt,motCode\n"
        "202201,JPN,CHN,M,850760,H6,10,1,0\n202202,JPN,CHN,M,850760,H6,10,1,0\n202202,JPN,CHN,M,850760,H6,10,1,1\n"
        "202202,JPN,CHN,M,850760,H5,7,1,0\n2021,JPN,KOR,M,850760,H5,20,,0\n202112,JPN,KOR,M,850760,H5,2,,0\n",
        "utf-8",
    )
    made, _ = page(place, "8507", "JPN", [2021, 2022])
    assert [value(made, "imports", year) for year in (2021, 2022)] == [20, 20]
    assert {Rule.MONTHS, Rule.BOTH_PERIODS, Rule.BREAKDOWN, Rule.REVISIONS, Rule.ACROSS} <= {n.rule for n in made.notes}
    made, _ = page(place, "H5:850760", "JPN", [2022])
    assert value(made, "imports", 2022) == 7


def test_screens_of_dependence(tmp_path):
    rows = [f"{year},{who},{amount}" for year in (2020, 2021, 2022) for who, amount in (
        ("JPN,CHN,M,2504,H6", "90,"), ("JPN,FRA,M,2504,H6", "10,"), ("CHN,JPN,X,2504,H6", "90,"),
        ("CHN,USA,X,2504,H6", "60,"), ("FRA,JPN,X,2504,H6", "10,"), ("JPN,USA,X,2504,H6", "20,"),
    )]  # fmt: skip
    made, _ = page(comtrade(tmp_path, *rows), "2504", "JPN", (2020, 2021, 2022), area=frozenset({"FRA"}))
    assert value(made, "world_export_hhi", 2022) == pytest.approx((150**2 + 10**2 + 20**2) / 180**2)
    assert value(made, "exposed", 2021) == 1.0
    assert value(made, "lasting", 2022) == 1.0
    assert value(made, "scarcity", 2020) == 0.9
    assert value(made, "substitutability", 2020) == 4.5
    assert value(made, "dependent", 2020) == 1.0
    assert all(figure.recomputed() == figure.value for figure in made.figures)


def test_bundles_weigh_their_codes(tmp_path):
    place = comtrade(tmp_path, "2022,JPN,CHN,M,2504,H6,100,", "2022,JPN,AUS,M,2822,H6,100,")
    made, _ = page(place, "2504,2822=0.5", "JPN", [2022])
    assert value(made, "share", 2022, "CHN") == pytest.approx(2 / 3)
    for bad in ("2504,250410", "2504=2", "2504=-1", "2504=0"):
        with pytest.raises(BadInput):
            bundle([bad])
