"""Invented tables that a ministry looks at: an ore that does not exist, bought from few; firms that supply each other,
and a small economy of three sectors."""

from importlib.resources import files
from io import BytesIO

from kaname.access.models import Person
from kaname.desk import shocks, trade

_PRODUCTION = """commodity,country,year,quantity,unit
架空鉱,AUS,2022,140,thousand metric tons
架空鉱,BRA,2022,60,thousand metric tons
架空鉱,CAN,2022,30,thousand metric tons
架空鉱,JPN,2022,2,thousand metric tons
架空鉱,AUS,2023,155,thousand metric tons
架空鉱,BRA,2023,50,thousand metric tons
架空鉱,CAN,2023,25,thousand metric tons
架空鉱,JPN,2023,1,thousand metric tons
"""
_SECTORS = """row,col,value_bn
01,01,20
02,01,30
03,01,10
va,01,40
01,02,25
02,02,40
03,02,30
va,02,125
01,03,5
02,03,60
03,03,50
va,03,185
01,hhco,40
02,hhco,90
03,hhco,210
01,expo,60
02,expo,40
01,impo,-50
02,impo,-40
"""
_NAMES = ("架空", "空想", "幻", "夢見")
_SIZES = "firm,industry,size\n" + "".join(
    f"{name}{what},{code},{(7 * n + 11 * k) % 53 + 8}\n"
    for k, (what, code) in enumerate((("鉱産", "01"), ("採掘", "01"), ("素材", "02"), ("部品", "02"), ("機械", "02"),
                                      ("電子", "02"), ("運輸", "03"), ("商事", "03")))
    for n, name in enumerate(_NAMES)
)  # fmt: skip


def furnish(ministry: Person) -> None:
    """Tables of trade, and of shocks, on the desk of a ministry."""
    trade.keep(ministry, "架空の生産.csv", BytesIO(_PRODUCTION.encode()))
    example = files("kaname.assess.trade").joinpath("example.csv").read_bytes()
    trade.keep(ministry, "架空の貿易.csv", BytesIO(example))
    for name in ("firms", "links"):
        invented = files("kaname.assess.network").joinpath(f"example_{name}.csv").read_bytes()
        shocks.keep(ministry, {"firms": "架空の企業.csv", "links": "架空の取引.csv"}[name], BytesIO(invented))
    shocks.keep(ministry, "架空の産業連関表.csv", BytesIO(_SECTORS.encode()))
    shocks.keep(ministry, "架空の企業の規模.csv", BytesIO(_SIZES.encode()))
