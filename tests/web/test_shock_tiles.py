"""The map of Japan as tiles: every prefecture once, shaded by what is lost, only where regions are prefectures."""

from collections.abc import Mapping

import pytest
from told import said

from kaname.web.shocks.tiles import PREFECTURES, prefecture, tiles
from web.test_shock_pages import LINKS, at, given

JAPAN = "firm,industry,region,sales\n甲,原料,北海道,10\n乙,部品,大阪府,20\n丙,製品,Tokyo,100\n丁,部品,月面,5\n"


def test_every_prefecture_has_a_place_of_its_own():
    assert (
        len(PREFECTURES)
        == len({(one.row, one.column) for one in PREFECTURES})
        == len({p.ja for p in PREFECTURES})
        == 47
    )


@pytest.mark.parametrize(("name", "ja"), [
    ("東京", "東京"), ("東京都", "東京"), ("大阪府", "大阪"), ("北海道", "北海道"),
    ("Kyoto", "京都"), ("AICHI", "愛知"),
])  # fmt: skip
def test_a_prefecture_is_known_by_its_usual_names(name, ja):
    assert prefecture(name).ja == ja and prefecture("架空北部") is prefecture("都") is None


def test_shades_go_with_the_loss_and_nothing_is_told_of_where_nobody_is():
    lost: Mapping[str, float] = {"東京": 0.5, "大阪": 0.1, "沖縄": 0.0}
    made = tiles(lost, {"東京": "50 %", "大阪": "10 %"})
    shade = {tile.name.ja: tile.shade for tile in made.tiles}
    assert (shade["東京"], shade["大阪"], shade["沖縄"], shade["奈良"]) == (5, 1, 0, None)
    assert made.most == "50 %" and tiles({"月面": 1.0}, {}) is None


@pytest.mark.django_db
def test_the_map_stands_beside_its_table(office):
    firms, links = given(office, JAPAN), given(office, LINKS)
    page = office.get(at(links, f"lost=甲&firms={firms.public_id}"))
    text = said(page)
    assert "どの地域で失われるか" in text and 'class="tiles"' in page.content.decode()
    assert 'class="tiles"' not in office.get("/supply/shocks/example/").content.decode()
    way = next(part for part in page.content.decode().split('href="') if "kind=region" in part).split('"')[0]
    assert "lost=%E5%A4%A7%E9%98%AA%E5%BA%9C" in way, "the region that loses most comes first"
