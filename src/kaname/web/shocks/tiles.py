"""A map of Japan as tiles, one a prefecture, all of one size: where is it, and how much is lost there. No outline of
anybody's is needed; what it shows stands in the table beside it. Drawn only where regions of a network are prefectures.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kaname.law import T, Text
from kaname.web.parts import tiles as parts
from kaname.web.parts.tiles import Tile, TileMap

# Row by row from the north: the column of the first, then its neighbours to the east.
_ROWS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (11, ("北海道 Hokkaido",)),
    (11, ("青森 Aomori",)),
    (10, ("秋田 Akita", "岩手 Iwate")),
    (10, ("山形 Yamagata", "宮城 Miyagi")),
    (7, ("石川 Ishikawa", "富山 Toyama", "新潟 Niigata", "福島 Fukushima")),
    (6, ("福井 Fukui", "岐阜 Gifu", "長野 Nagano", "群馬 Gunma", "栃木 Tochigi", "茨城 Ibaraki")),
    (2, ("島根 Shimane", "鳥取 Tottori", "京都 Kyoto", "滋賀 Shiga", "愛知 Aichi",
         "山梨 Yamanashi", "埼玉 Saitama", "東京 Tokyo", "千葉 Chiba")),
    (1, ("山口 Yamaguchi", "広島 Hiroshima", "岡山 Okayama", "兵庫 Hyogo", "大阪 Osaka",
         "奈良 Nara", "三重 Mie", "静岡 Shizuoka", "神奈川 Kanagawa")),
    (0, ("佐賀 Saga", "福岡 Fukuoka", "", "", "", "和歌山 Wakayama")),
    (0, ("長崎 Nagasaki", "大分 Oita", "", "愛媛 Ehime", "香川 Kagawa")),
    (0, ("熊本 Kumamoto", "宮崎 Miyazaki", "", "高知 Kochi", "徳島 Tokushima")),
    (0, ("鹿児島 Kagoshima",)),
    (0, ("沖縄 Okinawa",)),
)  # fmt: skip
_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Prefecture:
    ja: str
    en: str
    column: int
    row: int

    @property
    def name(self) -> Text:
        return T(self.ja, self.en)


def _prefectures() -> list[Prefecture]:
    return [
        Prefecture(ja, en, first + n, row)
        for row, (first, names) in enumerate(_ROWS)
        for n, name in enumerate(names) if name
        for ja, en in (name.split(),)
    ]  # fmt: skip


PREFECTURES = _prefectures()
_BY_NAME = {name: one for one in PREFECTURES for name in (
    one.ja, *(one.ja + end for end in "都府県" if one.ja != "北海道"), one.en.lower(), f"{one.en.lower()} prefecture")
}  # fmt: skip


def prefecture(region: str) -> Prefecture | None:
    """The prefecture that a region of a network is, by its Japanese or English name."""
    return _BY_NAME.get(region.strip().lower())


def tiles(lost: Mapping[str, float], told: Mapping[str, str]) -> TileMap | None:
    """The map of a loss by region; None where no region is a prefecture. `told`: the losses as text."""
    of = {found: region for region in lost if (found := prefecture(region))}
    if not of:
        return None
    worst = max(of.values(), key=lambda region: lost[region])
    made = []
    for one in PREFECTURES:
        region = of.get(one)
        shade = None if region is None else parts.shade(lost[region], lost[worst])
        value = "" if region is None else told.get(region, "")
        made.append(Tile(one.name, parts.left(one.column), parts.top(one.row), shade, value))
    return TileMap(made, _COLUMNS, parts.top(len(_ROWS)), told.get(worst, ""))
