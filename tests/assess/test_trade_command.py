"""The command: what it writes, its statuses, what it refuses; and how sure a figure is."""

import csv
import gzip
import io
import json
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from ownership_cases import shared

from kaname.assess.trade import numbers
from kaname.assess.trade.countries import UNKNOWN, WORLD, country
from kaname.assess.trade.notes import Rule
from kaname.assess.trade.products import code_of, revision_of
from kaname.assess.trade.resample import resampled
from kaname.cli import root

EXAMPLE = str(Path(__file__).parents[2] / "docs" / "examples" / "graphite.csv")
ASKED = ("--product", "2504", "--importer", "JPN", "--year", "2023..2025", "--lang", "en")


def trade(*args, stdin=None):
    return CliRunner().invoke(root, ["assess", "trade", *map(str, args)], input=stdin, standalone_mode=False)


def test_writes_a_row_a_figure_in_every_format(tmp_path):
    ran = trade(EXAMPLE, *ASKED)
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    summary = json.loads(ran.stderr.splitlines()[-1])
    assert ran.return_value == 0
    assert summary["figures"] == len(rows)
    assert summary["years"] == [2023, 2024]
    missing = [row for row in rows if row["year"] == "2025"]
    assert [(row["measure"], row["value"]) for row in missing] == [("imports", "")]
    assert "note: " in ran.stderr
    out = tmp_path / "out.parquet"
    assert trade(EXAMPLE, *ASKED, "-o", out).return_value == 0
    assert pq.read_table(out).to_pylist() == rows


def test_json_names_rows_and_inputs():
    told = json.loads(trade(EXAMPLE, *ASKED, "--json").stdout)
    hhi = next(f for f in told["figures"] if (f["measure"], f["year"]) == ("hhi", 2024))
    assert hhi["inputs"]["amounts"] == {"CHN": "700000", "MOZ": "200000", "(unspecified)": "100000"}
    assert hhi["records"] == [5, 6, 7]
    assert (hhi["low"], hhi["high"]) == pytest.approx((0.53, 0.68))
    assert {note["rule"] for note in told["notes"]} == {"world_total", "partner_unknown", "no_year", "no_exports"}


def test_standard_input_and_statuses(tmp_path):
    text = Path(EXAMPLE).read_text("utf-8")
    assert trade("-", *ASKED, stdin=text).return_value == 0
    assert trade("-", *ASKED[:-3], "2030", stdin=text).return_value == 1
    bad = text + "2024,JPN,CHN,M,2504,H6,-4,\n"
    out = tmp_path / "out.csv"
    assert trade("-", *ASKED, "--strict", "-o", out, stdin=bad).return_value == 2
    assert not out.exists()
    assert trade("-", *ASKED, "-o", out, stdin=bad).return_value == 2
    assert out.exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--importer", "Atlantis"), "country code"), (("--year", "23"), "year"),
        (("--year", "2024..2023"), "year"), (("--recycled", "2"), "0 to 1"), (("--production", "x.csv"), "together"),
        (("--trade-parameter", "CHN"), "COUNTRY=NUMBER"), (("--governance", EXAMPLE), "no such column"),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_was_expected(args, said):
    ran = trade(EXAMPLE, *ASKED, *args)
    assert ran.return_value == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_economic_importance_of_uses(tmp_path):
    uses = tmp_path / "uses.csv"
    uses.write_text('share,value_added\n0.94,64990\n0.06,"132,361"\n', "utf-8")
    ran = trade(EXAMPLE, *ASKED, "--uses", uses, "--uses-substitution", "0.9", "--largest", "204,200", "--json")
    figure = next(f for f in json.loads(ran.stdout)["figures"] if f["measure"] == "economic_importance")
    assert figure["value"] == pytest.approx(10 * 0.9 * (0.94 * 64990 + 0.06 * 132361) / 204200)
    uses.write_text("share,value_added\n1.2,5\n1,5\n", "utf-8")
    ran = trade(EXAMPLE, *ASKED, "--uses", uses)
    assert ran.return_value == 2
    assert f"{uses}:2: share" in ran.stderr
    uses.write_text("share,value_added\n0.8,100\n0.6,100\n", "utf-8")
    ran = trade(EXAMPLE, *ASKED, "--uses", uses)
    assert ran.return_value == 2 and "the shares add up to 1.4; expected at most 1" in ran.stderr
    uses.write_text("share,value_added\n0.34,100\n0.34,100\n0.33,100\n", "utf-8")  # rounded, each by itself
    assert trade(EXAMPLE, *ASKED, "--uses", uses).return_value == 0


def test_codes_without_rows():
    none = trade(EXAMPLE, "--product", "2822", *ASKED[2:])
    assert none.return_value == 2
    assert "no rows of 2822; the file has: 2504" in none.stderr
    part = trade(EXAMPLE, *ASKED, "--product", "2822", "--json")
    assert part.return_value == 0
    assert [note["found"] for note in json.loads(part.stdout)["notes"] if note["rule"] == "no_rows"] == [["2822"]]


def test_a_table_of_another_kind_is_refused(tmp_path):
    place = tmp_path / "other.csv"
    place.write_text("a,b\n1,2\n", "utf-8")
    ran = trade(place, *ASKED)
    assert ran.return_value == 2
    assert "no known layout; the file has a, b; expected" in ran.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("JPN", "JPN"), ("jp", "JPN"), ("392", "JPN"), ("ZAR", "COD"), ("ROM", "ROU"), ("TMP", "TLS"), ("SUN", "SUN"),
        ("S19", "TWN"), ("490", "TWN"), ("W00", WORLD), ("0", WORLD), ("_X ", UNKNOWN), ("", UNKNOWN), ("842", "USA"),
        ("702", "SGP"), ("Brazil (beneficiated)", "BRA"), ("World total (rounded) 10", WORLD), ("Korea, North", "PRK"),
        ("United\xa0States and Canada", UNKNOWN), ("Other countries (rounded)", UNKNOWN), ("Burma", "MMR"),
    ],
)  # fmt: skip
def test_countries_as_statistics_write_them(text, code):
    assert country(text).code == code


def test_countries_nobody_knows():
    assert country("Q9Q") is None
    assert country("105", japan=True).code == "CHN"
    assert country("702", japan=True).code == UNKNOWN


@given(st.integers(0, 10**12), st.integers(0, 999_999))
def test_amounts_are_exact(whole, part):
    assert numbers.number(f"{whole:,}.{part:06}") == Fraction(whole) + Fraction(part, 10**6)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("W", Rule.NOT_AVAILABLE), ("", Rule.NOT_AVAILABLE), ("—", Rule.NIL), ("<1,000", Rule.NOT_EXACT),
     (">95", Rule.NOT_EXACT), ("50–300", Rule.NOT_EXACT), ("-5", None), ("1,23", None), ("12a", None)],
)  # fmt: skip
def test_text_that_is_no_number(text, rule):
    assert numbers.number(text) is rule


def test_units_of_weight_and_codes():
    assert numbers.kilograms("thousand metric tons") == 10**6
    assert numbers.kilograms("tonnes (metal content)") == 1000
    assert numbers.kilograms("KG") == 1
    assert numbers.kilograms("No.") is None
    assert code_of("'0101.21") == ("010121", False)
    assert code_of("10121", 6) == ("010121", True)
    assert code_of("250410000.0")[0] == "250410000"
    assert [revision_of(text) for text in ("H6", "HS92", "HS 2012", "SITC")] == ["H6", "H0", "H4", ""]


def test_resampling_surrounds_the_figure_and_repeats():
    found = resampled([700, 200, 100])
    assert found.hhi[0] < 0.54 < found.hhi[1]
    assert found == resampled([700, 200, 100])
    wider = resampled([700, 200, 100], error=0.3)
    assert wider.hhi[1] - wider.hhi[0] > found.hhi[1] - found.hhi[0]
    assert resampled([5.0]).hhi == pytest.approx((1.0, 1.0))
    assert resampled([0, 0]) is None
    assert resampled([50], rest=50).hhi[1] < 0.5


def test_the_cube_of_a_file_is_that_of_its_pages(tmp_path):
    place = shared("data", "trade", "comtrade_nickel_260400_bilateral.csv.gz")
    ran = trade(place, "--cube", "--year", "2021..2022", "--lang", "en")
    assert ran.return_value == 0
    cells = {(row["year"], row["importer"]): row for row in csv.DictReader(io.StringIO(ran.stdout))}
    assert json.loads(ran.stderr.splitlines()[-1])["cells"] == len(cells) > 100
    for who in ("JPN", "CHN", "FIN", "KOR"):
        told = json.loads(trade(place, "--product", "260400", "--importer", who, "--year", "2022", "--json").stdout)
        page = {figure["measure"]: figure["value"] for figure in told["figures"]}
        cell = cells["2022", who]
        assert float(cell["hhi"]) == pytest.approx(
            page["hhi"], rel=1e-4
        )  # the page knows what a world total leaves over
        assert float(cell["top_3"]) == pytest.approx(page["top_3"], rel=1e-4)
    one = trade(place, "--cube", "--year", "2022", "--importer", "JPN", "--by", "weight", "--json", "--lang", "en")
    assert [json.loads(line)["importer"] for line in one.stdout.splitlines()] == ["JPN"]
    assert trade(place, "--cube", "--year", "1950").return_value == 1


def test_the_cube_of_very_large_amounts(tmp_path):
    place = tmp_path / "yen.csv"
    rows = "".join(f"2022,27,{who},JPN,8000000000000\n" for who in ("SAU", "ARE", "QAT"))
    place.write_text(f"year,product,exporter,importer,value_jpy\n{rows}", "utf-8")
    ran = trade(place, "--cube", "--year", "2022", "--json", "--lang", "en")
    assert ran.return_value == 0
    cell = json.loads(ran.stdout)
    assert (cell["total"], cell["top_1"]) == (24e12, pytest.approx(1 / 3))


def test_a_product_and_an_importer_are_asked_for_unless_all_are():
    ran = trade(EXAMPLE, "--year", "2023", "--lang", "en")
    assert ran.return_value == 2
    assert [line.split(":")[0] for line in ran.stderr.splitlines()] == ["--product", "--importer"]


def test_published_exposure_is_that_of_the_suppliers_named():
    edges = shared("data", "trade", "comtrade_yearly_edges_fert_lpg.csv.gz")
    ran = trade(edges, "--product", "lpg_propane", "--importer", "JPN", "--year", "2022", "--json", "--supplier",
                "ARE,BHR,IRN,IRQ,KWT,QAT,SAU")  # fmt: skip
    found = {f["measure"]: f["value"] for f in json.loads(ran.stdout)["figures"]}
    published = {}
    with gzip.open(shared("data", "trade", "exposure_metrics_published.csv.gz"), "rt") as text:
        for row in csv.DictReader(text):
            if (row["year"], row["layer"], row["country"]) == ("2022", "lpg_propane", "JPN"):
                published[row["metric"]] = float(row["value"])
    assert found["share_together"] == pytest.approx(published["DE"], rel=1e-9)
    assert found["imports_together"] == pytest.approx(published["SR"], rel=1e-9)
