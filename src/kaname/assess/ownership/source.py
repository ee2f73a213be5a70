"""A file of holdings opened, whatever its format: a table, BODS 0.4 or FollowTheMoney."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kaname.assess.ownership.bods import read_bods
from kaname.assess.ownership.book import Book
from kaname.assess.ownership.entity_table import FIELDS as ENTITY_FIELDS
from kaname.assess.ownership.entity_table import columns, read_entities
from kaname.assess.ownership.ftm import read_ftm
from kaname.assess.ownership.json_file import load
from kaname.assess.ownership.mapping import mapping
from kaname.assess.ownership.table import FIELDS, REQUIRED, read_table
from kaname.files.batches import Fault
from kaname.files.formats import FORMATS as TABLES
from kaname.files.formats import format_of
from kaname.files.streams import unusable
from kaname.files.tables import open_reader
from kaname.law import T

FORMATS = (*TABLES, "bods", "ftm")


@contextmanager
def open_book(
    name: str, today: date, form: str | None = None, encoding: str = "utf-8", column: tuple[str, ...] = (),
    called: str = "",
) -> Iterator[Book]:  # fmt: skip
    """The book of a file or `-`; its faults can be placed while it is open. `today`: for days not to come in BODS.

    Without `form` the name tells (or the one it is `called` elsewhere), and for JSON the first record. Raises BadInput.
    """
    form = form or _form(name, called or name)
    if form in TABLES:
        with open_reader(name, form, encoding) as reader:
            yield read_table(reader, mapping(reader, column, FIELDS, REQUIRED))
        return
    if name != "-" and not Path(name).is_file():
        raise unusable(name, T("ファイルがない；BODS、FollowTheMoney又は表のファイルが要る",
                               "no such file; expected BODS, FollowTheMoney or a table"))  # fmt: skip
    by_line, value, faults = load(name)
    if form == "ftm":
        pairs = value if by_line else list(enumerate(value if isinstance(value, list) else [value], 1))
        book = read_ftm(name, pairs)
    else:
        book = read_bods(name, value if by_line or isinstance(value, list) else [value], today)
    book.faults[:0] = faults
    yield book


def add_entities(name: str, book: Book) -> list[tuple[int, Fault]]:
    """Names, countries and kinds out of a table of entities; its faults with their lines. Raises BadInput."""
    with open_reader(name, None, "utf-8") as reader:
        wanted = mapping(reader, columns(reader.names), ENTITY_FIELDS, ENTITY_FIELDS[:1])
        return reader.place(read_entities(reader, wanted, book))


def _form(name: str, called: str) -> str:
    if name == "-" or not Path(name).is_file():
        return format_of(called)
    plain = called.lower().removesuffix(".gz")
    if not plain.endswith((".json", ".jsonl", ".ndjson", ".ftm")):
        return format_of(called)
    by_line, value, _ = load(name)
    first = value[0] if isinstance(value, list) and value else value
    first = first[1] if by_line else first
    if isinstance(first, dict) and {"schema", "properties"} <= first.keys():
        return "ftm"
    if isinstance(first, dict) and {"recordType", "statementId", "recordDetails"} & first.keys():
        return "bods"
    return "bods" if plain.endswith(".json") else "jsonl"
