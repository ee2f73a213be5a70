"""Bundles: weighted codes and materials, those of the designated products, and tables of a user's own."""

import csv
import gzip
from decimal import Decimal

import pytest
from ownership_cases import shared

from kaname.assess.trade import designated
from kaname.assess.trade.asked import Asked
from kaname.assess.trade.notes import Rule
from kaname.assess.trade.products import Material, bundle, named
from kaname.assess.trade.run import Given, read_all
from kaname.files.named import Table
from kaname.files.problems import BadInput
from kaname.regimes.supply.catalogue import PRODUCTS


def test_every_designated_product_has_its_lines():
    assert {line.product for line in designated.lines()} == set(PRODUCTS)
    for name in designated.names():
        if name != "cloud":
            made = bundle([f"@{name}"])
            assert made.unverified
            assert all(part.revision == "H6" for part in made.parts)


def test_every_code_stands_in_the_nomenclature_of_2022():
    with gzip.open(shared("data", "trade", "hs2022_nomenclature_en.csv.gz"), "rt", encoding="utf-8") as text:
        known = {row["hscode"] for row in csv.DictReader(text)}
    for line in designated.lines():
        assert not line.code or line.code in known, line


def test_a_material_is_called_what_some_publisher_calls_it():
    place = str(shared("data", "minerals", "bgs_production_by_country.csv.gz"))
    with gzip.open(place, "rt", encoding="utf-8") as text:
        there = {row["bgs_commodity_trans"] for row in csv.DictReader(text)}
    for line in designated.lines():
        assert not line.material or line.material.partition("|")[0] in there, line


def test_a_product_with_codes_and_several_materials():
    trade = shared("data", "trade", "comtrade_graphite_cobalt_lithium_jpn_usa.csv")
    mined = shared("data", "minerals", "bgs_production_by_country.csv.gz")
    wanted = bundle(["@minerals.cobalt"])
    read = read_all(Given(Table(str(trade)), Table(str(mined))), wanted)
    page = read.page(wanted, Asked("JPN", (2022,), by="weight", draws=10))
    worlds = {f.of: f.value for f in page.figures if f.measure == "production_hhi"}
    assert worlds["cobalt, mine: Mine production of cobalt"] * 10_000 == pytest.approx(4949.7624)
    assert len(worlds) == 2
    assert {Rule.UNVERIFIED, Rule.READ_AS, Rule.NO_ROWS} <= {note.rule for note in page.notes}
    left = read_all(
        Given(Table(str(trade)), Table(str(shared("data", "minerals", "usgs_mcs2025_world.csv.gz")))), wanted
    )
    assert left.absent == ["cobalt, refined|Cobalt: Refinery production"]
    assert [one.title for one in left.materials] == ["Cobalt: Mine production"]
    assert left.materials[0].by_country(2024)["USA"] == 300 * 1000 * 10**6  # under a name of its own in that table


def test_materials_by_weight_make_the_production_at_home(tmp_path):
    trade, mined = tmp_path / "trade.csv", tmp_path / "mined.csv"
    trade.write_text("year,product,exporter,importer,value,quantity,unit\n2022,2504,CHN,JPN,10,60,t\n", "utf-8")
    mined.write_text("commodity,country,year,quantity,unit\nore,JPN,2022,20,t\ncake,JPN,2022,40,t\n", "utf-8")
    wanted = bundle(["2504"], ["ore=0.5", "cake=0.25"])
    page = read_all(Given(Table(str(trade)), Table(str(mined))), wanted).page(
        wanted, Asked("JPN", (2022,), by="weight", draws=10)
    )
    assert next(f for f in page.figures if f.measure == "import_reliance").value == pytest.approx(60 / (20 + 60))
    assert wanted.materials == (Material("ore", Decimal("0.5")), Material("cake", Decimal("0.25")))


def test_producers_that_nobody_names_are_no_country(tmp_path):
    mined = tmp_path / "mined.csv"
    mined.write_bytes(
        "commodity,country,year,quantity,unit\n鉱,CHN,2022,60,t\n鉱,Other countries,2022,40,t\n".encode("cp932")
    )
    wanted = bundle(["鉱"])
    found = read_all(Given(Table(str(mined), encoding="cp932")), wanted).page(wanted, Asked("JPN", (2022,), draws=10))
    shares = [f.partner for f in found.figures if f.measure == "production_share"]
    hhi = next(f for f in found.figures if f.measure == "production_hhi")
    assert shares == ["CHN"]
    assert (hhi.value, hhi.low, hhi.high) == pytest.approx((0.36 + 0.16, 0.36, 1.0))
    trade = tmp_path / "trade.csv"
    trade.write_text("year,product,exporter,importer,value\n2022,2504,CHN,JPN,10\n", "utf-8")
    wanted = bundle(["2504"], ["鉱"])
    read = read_all(Given(Table(str(trade)), Table(str(mined))), wanted)
    assert read.materials[0].title == "鉱"  # in the encoding that the table turned out to have


def test_reserves_are_asked_for_by_name():
    from kaname.assess.trade.production import read_production

    place = str(shared("data", "minerals", "usgs_mcs2025_world.csv.gz"))
    found = read_production(place, "Cobalt: Reserves")
    assert found.kind == "reserves"
    assert found.by_country(2024)["COD"] == 6_000_000 * 1000 * 10**6
    assert found.year(2019) == 2024
    assert read_production(place, "Cobalt").kind == "production"
    with pytest.raises(BadInput, match="fits more than one"):
        read_production(place, "Iron Ore: Reserves")
    later = read_production(str(shared("data", "minerals", "usgs_mcs2026_commodities.csv.gz")), "Cobalt: Reserves")
    assert later.by_country(2025)["COD"] > 0


def test_a_table_of_codes_and_materials(tmp_path):
    place = tmp_path / "bundle.csv"
    place.write_text("code,material,weight,revision\n2504,,0.5,H6\n,graphite,,\n", "utf-8")
    texts, tables = named([str(place)])
    made = bundle(texts, tables=tables)
    assert [(part.code, part.weight, part.revision) for part in made.parts] == [("2504", Decimal("0.5"), "H6")]
    assert made.materials == (Material("graphite"),)
    assert not made.unverified
    assert [part.code for part in bundle([str(place)]).parts] == [str(place)], "a text of a page opens no file"


@pytest.mark.parametrize(
    ("asked", "said"), [("@cloud", "no goods"), ("@nothing", "expected one of @aircraft_parts"), ("@", "expected")]
)
def test_designated_products_that_cannot_be_asked_for(asked, said):
    with pytest.raises(BadInput, match=said):
        bundle([asked])
