"""Production and governance out of the published files, against concentration that others computed from them."""

import json

import pytest
from click.testing import CliRunner
from ownership_cases import shared

from kaname.assess.trade import measures
from kaname.assess.trade.governance import read_governance
from kaname.assess.trade.notes import Notes, Rule
from kaname.assess.trade.production import read_production
from kaname.cli import root
from kaname.files.problems import BadInput

# Countries that the publisher's own list of names lacks: it drops them silently, whatever they produce.
DROPPED = {"XKX", "CIV", "SCG", "BIH", "PAN", "COG"}
# What was published -> the stage, and the material as BGS calls it.
PUBLISHED = [
    ("cobalt", "mining", "cobalt, mine"), ("cobalt", "refining", "cobalt, refined"),
    ("copper", "mining", "copper, mine"), 
    ("gallium", "refining", "gallium, primary"), ("graphite", "mining", "graphite"),
    ("lithium", "mining", "lithium minerals"), ("magnesium", "refining", "magnesium metal, primary"),
    ("manganese", "mining", "manganese ore"), ("nickel", "mining", "nickel, mine"),
    ("nickel", "refining", "nickel, smelter/refinery"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "stage", "material"), PUBLISHED)
def test_published_concentration_in_every_year(file, stage, material):
    published = json.loads(shared("data", "minerals", "published_concentration", f"{file}.json").read_text("utf-8"))
    found = read_production(str(shared("data", "minerals", "bgs_production_by_country.csv.gz")), material)
    assert found.faults == []
    assert found.unit == "kg"
    years = published[stage]["metrics"]
    assert len(years) > 15
    for year, metrics in years.items():
        amounts = [amount for code, amount in found.by_country(int(year)).items() if code not in DROPPED]
        assert measures.hhi(amounts) * 10_000 == pytest.approx(metrics["hhi"], rel=1e-9), year
        assert measures.top(amounts, 1) * 100 == pytest.approx(metrics["top1_share"], rel=1e-9), year
        assert measures.top(amounts, 3) * 100 == pytest.approx(metrics["top3_share"], rel=1e-9), year


def test_what_was_published_for_refined_copper_adds_two_stages():
    published = json.loads(shared("data", "minerals", "published_concentration", "copper.json").read_text("utf-8"))
    place = str(shared("data", "minerals", "bgs_production_by_country.csv.gz"))
    stages = [read_production(place, material).by_country(2022) for material in ("copper, refined", "copper, smelter")]
    amounts = [sum(stage.get(code, 0) for stage in stages) for code in set(stages[0]) | set(stages[1])]
    assert measures.hhi(amounts) * 10_000 == pytest.approx(published["refining"]["metrics"]["2022"]["hhi"], rel=1e-3)
    assert measures.hhi(list(stages[0].values())) * 10_000 != pytest.approx(2342.49, rel=0.01)


def test_a_name_counts_before_a_code_that_is_another_country():
    found = read_production(str(shared("data", "minerals", "bgs_production_by_country.csv.gz")), "copper, mine")
    assert found.by_country(2020)["COG"] == 10_000 * 1000 * 10**6  # published under the code of its neighbour
    assert Rule.NAME_NOT_CODE in found.notes


LAYOUTS = {  # a row of tin by column; what a table of these columns cannot do without
    "BGS": {"bgs_commodity_trans": "tin", "country_iso3_code": "PER", "year": "2023", "quantity": "7"},
    "USGS": {"Commodity": "Tin", "Country": "Peru", "Year": "2023", "Value": "7"},
    "USGS, a column a year": {"COMMODITY": "Tin", "COUNTRY": "Peru", "PROD_2023": "7"},
    "plain": {"commodity": "tin", "country": "Peru", "year": "2023", "quantity": "7"},
}
TABLES = {"BGS": {"yearbook_table_trans": "tin"}, "USGS": {"Statistics_detail": "Mine production"}}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_without_a_column_it_is_no_table_of_production(layout, tmp_path):
    def read(row):
        place, row = tmp_path / "table.csv", {**row, **TABLES.get(layout, {})}
        place.write_text("\n".join(map(",".join, (row, row.values()))))
        return read_production(str(place), "tin").rows

    whole = LAYOUTS[layout]
    assert len(read(whole)) == 1
    for column in whole:
        with pytest.raises(BadInput, match="no table of production"):
            read({name: cell for name, cell in whole.items() if name != column})
    if "PROD_2023" in whole:
        with pytest.raises(BadInput, match="no table of production"):
            read({"PROD_latest" if name == "PROD_2023" else name: cell for name, cell in whole.items()})


def test_stages_are_not_added():
    place = str(shared("data", "minerals", "usgs_mcs2025_world.csv.gz"))
    with pytest.raises(BadInput, match="fits more than one"):
        read_production(place, "Bauxite")
    found = read_production(place, "Rare earths")
    assert found.by_country(2024)["USA"] == 45_000 * 1000 * 10**6
    assert Rule.WORLD_TOTAL in found.notes
    assert found.world


def test_text_with_separators_and_withheld_figures(tmp_path):
    place = tmp_path / "production.csv"
    place.write_text(
        "commodity,country,year,quantity,unit\n"
        'tin,China,2024,"69,000",metric tons\ntin,ZAR,2024,W,metric tons\ntin,Peru,2024,<500,metric tons\n'
        "tin,Brazil,2024,0.5,thousand metric tons\ntin,Atlantis,2024,5,metric tons\ntin,Chile,2024,-5,metric tons\n"
        "tin,Russia,2024,7,carloads\ntin,Burma,2024,—,metric tons\n",
        "utf-8",
    )
    found = read_production(str(place), "tin")
    assert found.by_country(2024) == {"CHN": 69_000_000 * 10**6, "BRA": 500_000 * 10**6, "MMR": 0}
    assert [(line, fault.field) for line, fault in found.faults] == [(6, "country"), (7, "quantity"), (8, "unit")]
    for rule in (Rule.THOUSANDS, Rule.NOT_AVAILABLE, Rule.NOT_EXACT, Rule.SUCCEEDED):
        assert rule in found.notes


def test_governance_with_vanished_codes_and_years_without_data():
    found = read_governance(str(shared("data", "trade", "wgi_1996_2023.csv.gz")))
    assert found.faults == []
    assert {"COD", "ROU", "TLS", "PSE", "XKX", "AND"} <= {code for code, _ in found.estimates}
    assert found.year("JPN", 2001) == 2000
    assert found.year("JPN", 2024) == 2023
    assert found.year("JPN", 1990) is None
    notes = Notes()
    japan, congo, nowhere = found.weights(["JPN", "COD", "XXA"], 2023, notes)
    assert 0 < japan < 3 < 7 < congo < 10
    assert nowhere == 5.0
    assert Rule.NO_GOVERNANCE in notes
    assert Rule.OTHER_YEAR not in notes


@pytest.mark.parametrize(("file", "stage", "material"), PUBLISHED[:2])
def test_the_command_answers_of_production_alone(file, stage, material):
    published = json.loads(shared("data", "minerals", "published_concentration", f"{file}.json").read_text("utf-8"))
    place = str(shared("data", "minerals", "bgs_production_by_country.csv.gz"))
    ran = CliRunner().invoke(root, ["assess", "trade", place, "--product", material, "--importer", "JPN", "--year",
                                    "2022", "--json"], standalone_mode=False)  # fmt: skip
    assert ran.return_value == 0
    found = {figure["measure"]: figure["value"] for figure in json.loads(ran.stdout)["figures"]}
    metrics = published[stage]["metrics"]["2022"]
    assert found["production_hhi"] * 10_000 == pytest.approx(metrics["hhi"], rel=1e-9)
    assert found["production_top_1"] * 100 == pytest.approx(metrics["top1_share"], rel=1e-9)
    assert found["production_top_3"] * 100 == pytest.approx(metrics["top3_share"], rel=1e-9)


@pytest.mark.parametrize(
    ("table", "said"),
    [("trade/wgi_1996_2023.csv.gz", "--governance"), ("minerals/usgs_mcs2025_world.csv.gz", "--production"),
     ("trade/exposure_metrics_published.csv.gz", "no known layout")],
)  # fmt: skip
def test_a_table_of_another_kind_is_told_where_it_belongs(table, said):
    place = str(shared("data", *table.split("/")))
    ran = CliRunner().invoke(root, ["assess", "trade", place, "--product", "2504", "--importer", "JPN", "--year",
                                    "2022", "--lang", "en"], standalone_mode=False)  # fmt: skip
    assert ran.return_value == 2
    assert said in ran.stderr
