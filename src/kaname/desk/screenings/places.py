"""Where the files of a screening lie, and how they are opened: what was given, and the box of what came out."""

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

from kaname.desk import given
from kaname.desk.box import Box
from kaname.desk.models import Screening
from kaname.site.home import home

KEPT = timedelta(days=1)
MOST = 200 << 20  # bytes of a file


def desk() -> Path:
    return home() / "desk"


def folder(one: Screening) -> Path:
    return desk() / one.public_id


def given_file(one: Screening) -> Path:
    return folder(one) / "given"


def laid_out(one: Screening) -> AbstractContextManager[Path]:
    """What was given, to be read: in memory alone, under a name that tells its format."""
    known = one.known
    suffix = "".join(Path(known["name"]).suffixes[-2:]).lower()
    return given.in_memory(given_file(one), bytes.fromhex(known["given"]), one.public_id, suffix)


def box(one: Screening) -> Box:
    return Box(folder(one) / "rows", bytes.fromhex(one.known["rows"]))
