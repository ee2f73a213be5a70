"""Published tables for the tests of shocks: where they lie, and a small one that anybody can check by hand."""

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[1].parent / "shared")) / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason="needs the published input-output tables (KANAME_SHARED)")

# Two sectors and imports: 01 makes 100 of which 02 buys 40 (half of it imported), 02 makes 80.
SMALL = """row,col,value_bn
01,01,10
02,01,20
va,01,70
01,02,40
02,02,10
va,02,30
01,hhco,110
02,hhco,50
01,impo,-60
02,impo,0
01,Total,100
02,Total,80
"""


def japan(size: str, folder: Path = DATA) -> tuple[str, str]:
    """The table of Japan of that size, and the names of its sectors."""
    return str(folder / f"io/japan_io_{size}.csv.gz"), str(folder / f"io/japan_io_{size}_sectors.csv")
