"""What an office has read itself of resolutions of the Diet: `resolutions.csv` in its KANAME_HOME, each line with its
source. Nobody has to restart anything: the file is read anew when it has changed."""

from functools import lru_cache
from pathlib import Path

from kaname.regimes.general.catalogue.resolutions import Fault, Point, Resolution, read_points
from kaname.site.home import home

NAME = "resolutions.csv"
MOST = 1 << 20  # bytes
Read = tuple[tuple[tuple[Resolution, Point], ...], tuple[Fault, ...]]


def entered() -> Read:
    """The points entered, and what is wrong with lines that were left out; both empty where there is no such file."""
    path = home() / NAME
    try:
        said = path.stat()
    except FileNotFoundError:
        return (), ()
    return _read(str(path), said.st_mtime_ns, said.st_size)


@lru_cache(maxsize=4)
def _read(path: str, changed: int, size: int) -> Read:
    with Path(path).open("rb") as file:
        return read_points(file.read(MOST).decode("utf-8", "replace"))
