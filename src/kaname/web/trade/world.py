"""A map of suppliers: areas as Japan's customs statistics group countries, where they lie on a map with the Pacific in
its middle, as maps are drawn in Japan; in each its countries, the largest supplier first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaname.assess.trade.country_codes import JAPAN_CUSTOMS
from kaname.law import T, Text
from kaname.web.parts import tiles
from kaname.web.parts.tiles import Heading, Tile, TileMap
from kaname.web.trade import told

_HEAD = 26  # px over the tiles of an area
_LONGEST = 10  # letters of a name that fit a tile; a Japanese one takes two


@dataclass(frozen=True, slots=True)
class Area:
    """Countries by their numbers at customs. `band`: 0 in the north, 1 in the south. Their tiles begin at a column; so
    many stand beside each other, in so many rows at the most."""

    name: Text
    numbers: range
    column: int
    columns: int
    band: int
    rows: int


AREAS = (
    Area(T("欧州、ロシア", "Europe, Russia"), range(200, 251), 0, 3, 0, 3),
    Area(T("中東、中央アジア", "Middle East, Central Asia"), range(133, 159), 3, 3, 0, 3),
    Area(T("アジア", "Asia"), range(103, 133), 6, 3, 0, 3),
    Area(T("北米、中米", "North and Central America"), range(301, 339), 9, 3, 0, 3),
    Area(T("アフリカ", "Africa"), range(501, 561), 0, 3, 1, 2),
    Area(T("大洋州", "Oceania"), range(601, 629), 6, 3, 1, 2),
    Area(T("南米", "South America"), range(401, 416), 9, 3, 1, 2),
)
_COLUMNS, _BETWEEN = 12, 12  # px between areas
_AREA = {
    entry[3:]: area for entry in reversed(JAPAN_CUSTOMS.split()) for area in AREAS if int(entry[:3]) in area.numbers
}


def area(country: str) -> Area | None:
    """In which area a country lies; None for one that is gone, or nobody in particular."""
    return _AREA.get(country)


def world(shares: Mapping[str, float]) -> TileMap | None:
    """The map of shares (0 to 1) by three letters of a country; None where there is none that lies anywhere."""
    of: dict[Area, list[tuple[str, float]]] = {one: [] for one in AREAS}
    for code, share in sorted(shares.items(), key=lambda item: (-item[1], item[0])):
        if (found := area(code)) and share > 0:
            of[found].append((code, share))
    most = max((share for each in of.values() for _, share in each), default=0.0)
    if not most:
        return None
    cells = {one: _cells(one, inside) for one, inside in of.items()}
    high = [max(-(-len(cells[one]) // one.columns) for one in AREAS if one.band == band) for band in (0, 1)]
    made: list[Tile] = []
    heads = []
    for one in AREAS:
        x, y = _left(one, 0), _HEAD + one.band * (tiles.top(high[0]) + _HEAD)
        total = told.percent(sum(share for _, share in of[one])) if of[one] else ""
        heads.append(Heading(one.name, total, x, y - 8))
        for n, (name, part) in enumerate(cells[one]):
            shade, value = (None, "") if part is None else (tiles.shade(part, most), told.percent(part))
            at = n // one.columns
            made.append(Tile(name, _left(one, n % one.columns), tiles.top(at) + y, shade, value))
    return TileMap(
        made, _COLUMNS, tiles.top(sum(high)) + 2 * _HEAD + tiles.GAP, told.percent(most), heads, more=3 * _BETWEEN
    )


def _left(one: Area, n: int) -> int:
    """Where a tile of an area begins: areas stand a little apart."""
    return tiles.left(one.column + n) + one.column // one.columns * _BETWEEN


def _cells(one: Area, inside: Sequence[tuple[str, float]]) -> list[tuple[Text, float | None]]:
    """What the tiles of an area show: its countries, the last one all that find no room; "none" where there is none."""
    if not inside:
        return [(T("なし", "none"), None)]
    room = one.columns * one.rows
    shown: list[tuple[Text, float | None]] = [(_name(code), share) for code, share in inside[:room]]
    if rest := inside[room - 1 :] if len(inside) > room else ():
        shown[-1] = (T(f"ほか{len(rest)}", f"{len(rest)} more"), sum(share for _, share in rest))
    return shown


def _name(code: str) -> Text:
    """A country by its name, or by its letters where the name is longer than a tile."""
    found = told.country(code)
    return T(found.ja if 2 * len(found.ja) <= _LONGEST + 2 else code, found.en if len(found.en) <= _LONGEST else code)
