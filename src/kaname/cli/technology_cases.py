"""Ledgers of Chapter 4 given as files: of which kind each is, its first act says."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kaname.cli.ledger_file import folded, read_ledger
from kaname.cli.strict_json import BadJson, loads
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import unusable
from kaname.law import T
from kaname.procedure import Standing
from kaname.procedure.declare import CaseKind
from kaname.procedure.index import index
from kaname.regimes.technology.kinds import KINDS

LEDGERS = T("事件の台帳（一行に一つの行為）", "ledgers of cases, one act a line")


def standings(files: Sequence[str], day: date) -> Iterator[tuple[str, Standing]]:
    """Each ledger by its name, with the standing of the day. Raises BadInput."""
    for name in files:
        kind = _kind(name)
        yield name, folded(kind, read_ledger(name, kind), day)


def _kind(name: str) -> CaseKind:
    try:
        with Path(name).open(encoding="utf-8-sig") as file:
            first = loads(next((line for line in file if line.strip()), "{}"))
    except OSError as error:
        raise unusable(name, T(f"読めない（{error.strerror}）", f"cannot be read ({error.strerror})")) from error
    except (BadJson, UnicodeDecodeError):
        first = {}
    act = first.get("act") if isinstance(first, dict) else None
    found = next((kind for kind in KINDS if isinstance(act, str) and act in index(kind).acts), None)
    if found is None:
        known = ", ".join(kind.id for kind in KINDS)
        what = T(f"最初の行為が第四章の事件のものでない；{known} の台帳を",
                 f"its first act is none of Chapter 4; expected a ledger of {known}")  # fmt: skip
        raise BadInput([Problem(name, 1, "act", what)])
    return found
