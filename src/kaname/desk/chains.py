"""A chain of stages and providers on the desk of an office: five tables that belong together, taken and sealed as one.

Which table is which is told by its columns, whatever the files are called. An invented chain comes along (`EXAMPLE`);
data of others are brought by those who may use them and are never part of Kaname.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from importlib.resources import files
from io import BytesIO
from typing import IO, TYPE_CHECKING

from django.utils import timezone

from kaname.access.models import Person
from kaname.desk import sheets
from kaname.desk.models import ShockTable
from kaname.desk.shelf import named
from kaname.desk.shocks import KEPT, LATELY, TABLES, Sort
from kaname.files.formats import format_of
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import WrongEncoding
from kaname.files.tables import open_reader
from kaname.law import T

if TYPE_CHECKING:
    from kaname.assess.network.chips import Chain

EXAMPLE = "chain"
TABLES_OF = ("inputs", "providers", "provision", "sequence", "stages")
# What is told of a table by its columns: those that no other of the five has, the wider table first.
_TELLS = {"inputs": {"input_id", "input_name", "type"}, "providers": {"provider_id", "provider_type"},
          "provision": {"provider_id", "provided_id"}, "sequence": {"input_id", "goes_into_id"},
          "stages": {"stage_id", "stage_name"}}  # fmt: skip


def table_of(names: Iterable[str]) -> str:
    """Which of the five tables has these columns, "" if none."""
    have = {one.strip().lower() for one in names}
    return next((table for table, wanted in _TELLS.items() if wanted <= have), "")


def sorted_out(given: Mapping[str, bytes], encoding: str = "") -> dict[str, str]:
    """The text of each of the five tables out of files by name. Raises BadInput: what is missing, twice or unknown."""
    found: dict[str, str] = {}
    wrong = []
    for name, raw in given.items():
        text = _text(name, raw, encoding)
        with sheets.path_of(text.encode()) as path, named(name), open_reader(path, format_of(name), "utf-8") as reader:
            table = table_of(reader.names)
        if not table:
            wrong.append(Problem(name, 1, "", T(
                f"五つの表（{', '.join(TABLES_OF)}）のどれでもない；列の名を確かめる",
                f"none of the five tables ({', '.join(TABLES_OF)}); check the names of its columns")))  # fmt: skip
        elif table in found:
            wrong.append(Problem(name, 1, "", T(f"{table} の表が二つある；一つずつ渡す",
                                                f"a second table of {table}; give one of each")))  # fmt: skip
        found.setdefault(table, text)
    if lacking := [table for table in TABLES_OF if table not in found]:
        wrong.append(Problem("", 0, "", T(f"足りない表：{', '.join(lacking)}。五つをまとめて選ぶ",
                                          f"missing: {', '.join(lacking)}; choose all five at once")))  # fmt: skip
    if wrong:
        raise BadInput(wrong)
    return {table: found[table] for table in TABLES_OF}


def keep(person: Person, given: Iterable[tuple[str, IO[bytes]]], encoding: str = "") -> ShockTable:
    """Take five files at once: read to the end, then sealed as one. Raises BadInput, nothing kept."""
    TABLES.sweep()
    arrived = dict(sheets.arrived(name, content) for name, content in given)
    tables = sorted_out(arrived, encoding)
    raw = json.dumps(tables, ensure_ascii=False).encode()
    if len(raw) > sheets.MOST:
        raise BadInput([Problem("", 0, "", T(f"五つの表で{sheets.MOST >> 20} MBまで",
                                             f"expected at most {sheets.MOST >> 20} MB for all five"))])  # fmt: skip
    made = read(tables, "")
    one = ShockTable(office=person.office, person=person, ends_at=timezone.now() + KEPT, rows=len(made.names),
                     sort=Sort.CHAIN, form="chain", digest=digest_of(tables))  # fmt: skip
    one.take(made.called(made.end)[: sheets.LONGEST_NAME], raw)
    one.save(force_insert=True)
    return one


def chain(one: ShockTable | None) -> "Chain":
    """The chain of a table, of None the invented one. Raises BadInput."""
    key = ("chain", EXAMPLE if one is None else one.public_id)
    return LATELY.remembered(key, lambda: read(shipped() if one is None else json.loads(one.raw), ""))


def read(tables: Mapping[str, str], name: str) -> "Chain":
    """The chain of five texts. Raises BadInput, everything wrong by table and line."""
    from kaname.assess.network.chips import read_tables

    with ExitStack() as held:
        return read_tables({t: held.enter_context(sheets.path_of(text.encode())) for t, text in tables.items()}, name)


def shipped() -> dict[str, str]:
    """The five tables of the invented chain."""
    folder = files("kaname.assess.network").joinpath("example_chain")
    return {table: folder.joinpath(f"{table}.csv").read_text("utf-8") for table in TABLES_OF}


def shipped_files() -> list[tuple[str, IO[bytes]]]:
    return [(f"{table}.csv", BytesIO(text.encode())) for table, text in shipped().items()]


def digest_of(tables: Mapping[str, str]) -> str:
    """SHA-256 over the five tables in their order, each by its own: by it evidence names its source."""
    each = (hashlib.sha256(tables[table].encode()).hexdigest() for table in TABLES_OF)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


def _text(name: str, raw: bytes, encoding: str) -> str:
    for one in [encoding] if encoding else ["utf-8-sig", "cp932"]:
        try:
            return raw.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    raise WrongEncoding(name, 1, "", T("文字コードが違う；UTF-8で保存して送る", "another encoding; save it as UTF-8"))
