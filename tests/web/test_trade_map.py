"""The map of suppliers: every country that customs knows lies in one area, no two tiles in one place, nothing lost."""

from random import Random

import pytest

from kaname.assess.trade.country_codes import JAPAN_CUSTOMS
from kaname.web.parts import tiles
from kaname.web.trade.world import AREAS, area, world
from web.test_trade_answers import at, given

COUNTRIES = sorted({entry[3:] for entry in JAPAN_CUSTOMS.split()} - {"ATA", "UMI"})  # where nobody lives


def test_every_country_lies_in_an_area():
    assert [code for code in COUNTRIES if area(code) is None] == []
    named = {code: area(code).name.en for code in ("CHN", "DEU", "SAU", "USA", "CHL", "ZAF", "AUS", "ESP", "KAZ")}
    assert named == {
        "CHN": "Asia", "DEU": "Europe, Russia", "SAU": "Middle East, Central Asia", "USA": "North and Central America",
        "CHL": "South America", "ZAF": "Africa", "AUS": "Oceania", "ESP": "Europe, Russia",
        "KAZ": "Middle East, Central Asia",
    }  # fmt: skip
    assert area("SUN") is area("(other)") is None


def test_areas_and_tiles_do_not_lie_on_each_other():
    places = [(one.column + c, one.band) for one in AREAS for c in range(one.columns)]
    assert len(places) == len(set(places))
    made = world(dict.fromkeys(COUNTRIES, 1 / len(COUNTRIES)))
    corners = [(t.x, t.y) for t in made.tiles]
    assert len(corners) == len(set(corners))
    assert all(0 <= x <= made.width - tiles.WIDE and 0 <= y <= made.height - tiles.HIGH for x, y in corners)


@pytest.mark.parametrize("seed", range(20))
def test_tiles_of_an_area_add_up_to_what_stands_over_it(seed):
    rng = Random(seed)
    shares = {code: rng.random() ** 4 for code in rng.sample(COUNTRIES, rng.randint(1, 120))}
    total = sum(shares.values())
    made = world({code: share / total for code, share in shares.items()})
    of = {h.name.en: float(h.value.split()[0]) if h.value else 0.0 for h in made.headings}
    assert sum(of.values()) == pytest.approx(100, abs=0.5)
    south = min(t.y for t in made.tiles if t.x == tiles.left(0) and t.y > made.headings[4].y)  # where Africa begins
    for one in AREAS:
        begins = next(h.x for h in made.headings if h.name is one.name)
        across = range(begins, begins + tiles.left(one.columns))
        inside = [t for t in made.tiles if t.value and t.x in across and (one.band == 1) == (t.y >= south)]
        assert sum(float(t.value.split()[0]) for t in inside) == pytest.approx(
            of[one.name.en], abs=0.1 * (len(inside) + 1)
        )
        assert len(inside) <= one.columns * one.rows


def test_the_largest_is_darkest_and_without_a_country_there_is_no_map():
    made = world({"CHN": 0.6, "KOR": 0.3, "USA": 0.1, "(other)": 0.9})
    shade = {t.name.en: t.shade for t in made.tiles}
    assert (shade["China"], shade["USA"], shade["none"]) == (5, 1, None)
    assert made.most == "60.0 %"
    assert world({"(other)": 1.0}) is world({}) is None


@pytest.mark.django_db
def test_the_map_of_a_page_shows_all_suppliers_not_only_those_with_a_row(office):
    rows = (f"2023,架空鉱,{code},JPN,{1000 + n},importer" for n, code in enumerate(COUNTRIES[:120]))
    one = given(office, "\n".join(("year,product,exporter,importer,value,reported", *rows)))
    page = office.get(at(one, query="product=架空鉱&importer=JPN&years=2023")).content.decode()
    drawn = page.split('class="tiles"')[1].split("</svg>")[0]
    over = [float(part.split(" %")[0].rpartition(" ")[2]) for part in drawn.split('class="over"')[1:] if " %" in part]
    assert sum(over) == pytest.approx(100, abs=0.5)
    assert page.count("<tr data-row>") < 60


def test_a_long_name_is_its_letters():
    names = {t.name.en for t in world({"GBR": 0.5, "FRA": 0.5}).tiles}
    assert {"GBR", "France"} <= names
