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
_LONGEST = 11  # letters of a name that fit a tile; a Japanese one takes two


@dataclass(frozen=True, slots=True)
class Area:
    """Countries by their numbers at customs; the first column and row of their tiles, and how many of each."""

    name: Text
    numbers: range
    column: int
    columns: int
    row: int
    rows: int


AREAS = (
    Area(T("欧州、ロシア", "Europe, Russia"), range(200, 251), 0, 3, 0, 3),
    Area(T("中東、中央アジア", "Middle East, Central Asia"), range(133, 159), 3, 2, 0, 3),
    Area(T("アジア", "Asia"), range(103, 133), 5, 3, 0, 3),
    Area(T("北米、中米", "North and Central America"), range(301, 339), 8, 3, 0, 3),
    Area(T("アフリカ", "Africa"), range(501, 561), 0, 3, 3, 2),
    Area(T("大洋州", "Oceania"), range(601, 629), 5, 3, 3, 2),
    Area(T("南米", "South America"), range(401, 416), 8, 3, 3, 2),
)
_COLUMNS = 11
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
    made: list[Tile] = []
    heads = []
    for one, inside in of.items():
        under = _HEAD * (2 if one.row else 1)
        total = told.percent(sum(share for _, share in inside)) if inside else ""
        heads.append(Heading(one.name, total, tiles.left(one.column), tiles.top(one.row) + under - 8))
        made += _tiles(one, inside, under, most)
    bottom = max(one.row + one.rows for one in AREAS)
    return TileMap(made, _COLUMNS, tiles.top(bottom) + 2 * _HEAD, told.percent(most), heads)


def _tiles(one: Area, inside: Sequence[tuple[str, float]], under: int, most: float) -> list[Tile]:
    """The tiles of an area: its countries, the last tile for all that find no room; one empty tile where none is."""
    room = one.columns * one.rows
    told_ = [(_name(code), share) for code, share in inside]
    if len(told_) > room:
        rest = told_[room - 1 :]
        told_ = [*told_[: room - 1], (T(f"ほか{len(rest)}", f"{len(rest)} more"), sum(share for _, share in rest))]
    cells: list[tuple[Text, float | None]] = [*told_] or [(T("なし", "none"), None)]
    return [
        Tile(
            name, tiles.left(one.column + n % one.columns), tiles.top(one.row + n // one.columns) + under,
            None if share is None else tiles.shade(share, most), "" if share is None else told.percent(share),
        )
        for n, (name, share) in enumerate(cells)
    ]  # fmt: skip


def _name(code: str) -> Text:
    """A country by its name, or by its letters where the name is longer than a tile."""
    found = told.country(code)
    return T(found.ja if 2 * len(found.ja) <= _LONGEST + 1 else code, found.en if len(found.en) <= _LONGEST else code)
