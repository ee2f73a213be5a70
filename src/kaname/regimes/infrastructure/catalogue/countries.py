"""Countries and regions as people write them, so that "moves to another country" can be told from a move inside one.

Codes and English names as in the public-domain table of the time zone database; Japanese names of the usual ones. What
is not found is unknown, never guessed: the classifier then asks. Japan also goes by its prefectures: a Japanese address
is often written without the country.
"""

from functools import cache
from importlib.resources import files


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in files(__package__).joinpath("countries.txt").read_text("utf-8").splitlines():
        code, english, japanese = line.split(";")
        for name in (code, *english.split(","), *filter(None, japanese.split(","))):
            found[name.strip().casefold()] = code
    return found


def country_of(text: str) -> str | None:
    """The two-letter code of a country or of an address that ends with one; None where it cannot be told.

    `JP`, `日本`, `Osaka`, `1 Raffles Place, Singapore`.
    """
    asked = text.strip().casefold()
    codes = _codes()
    if asked in codes:
        return codes[asked]
    return codes.get(asked.replace("、", ",").rpartition(",")[2].strip())
