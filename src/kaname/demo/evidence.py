"""Invented tables of trade and production that a ministry looks at: an ore that does not exist, bought from few."""

from importlib.resources import files
from io import BytesIO

from kaname.access.models import Person
from kaname.desk import trade

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


def furnish(ministry: Person) -> None:
    """Two tables on the desk of a ministry."""
    trade.keep(ministry, "架空の生産.csv", BytesIO(_PRODUCTION.encode()))
    example = files("kaname.assess.trade").joinpath("example.csv").read_bytes()
    trade.keep(ministry, "架空の貿易.csv", BytesIO(example))
