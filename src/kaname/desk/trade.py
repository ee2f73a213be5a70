"""Tables of trade, production and governance that an office asks about: taken, read, thrown away after `KEPT`.

A page is asked for in texts, as people type them; what was read and computed lately is remembered.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from kaname.access.models import Person
from kaname.assess.trade.tables import Sort, sort_of
from kaname.desk import sheets
from kaname.desk.models import TradeTable
from kaname.desk.shelf import Lately, Tables, named
from kaname.files.formats import FORMATS
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read

if TYPE_CHECKING:
    from kaname.assess.trade.asked import Asked
    from kaname.assess.trade.compare import Comparison
    from kaname.assess.trade.page import Page
    from kaname.assess.trade.products import Bundle, Listed
    from kaname.assess.trade.run import Read
    from kaname.assess.trade.whole import Whole
    from kaname.files.named import Table

KEPT = timedelta(days=90)
SHOWN_ROWS = 50
_LATELY = Lately(6)
TABLES = Tables(TradeTable, KEPT, sort_of, _LATELY)
of, listed, sweep, keep, discard = TABLES.of, TABLES.listed, TABLES.sweep, TABLES.keep, TABLES.discard


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a table of trade, in texts. Tables are named by their public ids."""

    product: str = ""
    importer: str = ""
    years: str = ""
    by: str = "value"
    reported: str = "importer"
    suppliers: str = ""
    area: str = ""
    material: str = ""
    production: str = ""
    governance: str = ""
    concordance: str = ""
    uses: str = ""
    bundle: str = ""
    revision: str = ""
    recycled: str = ""
    substitution: str = ""
    trade_parameters: str = ""
    error: str = ""
    uses_substitution: str = ""
    largest: str = ""

    @classmethod
    def of(cls, texts: Callable[[str], str]) -> "Question":
        """Out of a form or an address; a longer text than anybody types is cut."""
        given = {one.name: texts(one.name).strip()[:400] for one in fields(cls)}
        return cls(**{name: text for name, text in given.items() if text})


@dataclass(frozen=True)
class Shown:
    """A page that was asked for, with what it rests on."""

    question: Question
    bundle: "Bundle"
    asked: "Asked"
    read: "Read"
    page: "Page"
    tables: tuple[TradeTable, ...]


# -- asked -------------------------------------------------------------------------------------------------------------


def shown(person: Person, one: TradeTable, question: Question) -> Shown:
    """The page of a question. Raises BadInput: problems stand at options (`--importer`) or files."""
    from kaname.assess.trade import question as texts  # brings tables of countries along: only who asks waits for it
    from kaname.assess.trade.products import bundle

    tables = _tables(person, question)
    materials = [line.strip() for line in question.material.split("\n") if line.strip()]
    with ExitStack() as held:
        listed = [_listed(tables[Sort.BUNDLE], held)] if Sort.BUNDLE in tables else []
        chosen = bundle([question.product], materials, listed)
    asked = texts.asked(
        question.importer, question.years, question.by, question.reported, [question.suppliers], question.area,
        question.recycled, question.substitution, question.trade_parameters.replace("、", ",").split(",")
        if question.trade_parameters else (), question.error,
    )  # fmt: skip
    key = ("page", one.public_id, *(table.public_id for table in tables.values()), question)
    return _LATELY.remembered(key, lambda: _shown(question, chosen, asked, one, tables))


def compared(
    person: Person, one: TradeTable, question: Question, products: Sequence[str], indicators: Sequence[str],
    thresholds: Mapping[str, float],
) -> "Comparison":  # fmt: skip
    """Several products side by side, each as a candidate. Raises BadInput, as `shown` does."""
    from kaname.assess.trade import question as texts
    from kaname.assess.trade.compare import compare
    from kaname.assess.trade.products import revision_of
    from kaname.assess.trade.run import Given

    tables = _tables(person, question)
    asked = texts.asked(question.importer, question.years, question.by, question.reported, [question.suppliers],
                        question.area, error=question.error)  # fmt: skip

    def made() -> "Comparison":
        with ExitStack() as held:
            listed = [_listed(tables.pop(Sort.BUNDLE), held)] if Sort.BUNDLE in tables else []
            more = {name: _opened(table, held) for name, table in tables.items()}
            given = Given(_opened(one, held), revision=revision_of(question.revision), **more)
            return compare(given, products, asked, indicators, thresholds, listed)

    used = (tuple(products), tuple(indicators), tuple(sorted(thresholds.items())))
    key = ("compared", one.public_id, *(table.public_id for table in tables.values()), question, *used)
    return _LATELY.remembered(key, made)


def _shown(
    question: Question, chosen: "Bundle", asked: "Asked", one: TradeTable, tables: dict[str, TradeTable]
) -> Shown:  # fmt: skip
    from kaname.assess.trade import question as texts

    used = (question.product, question.material, question.revision)
    key = ("read", one.public_id, *(table.public_id for table in tables.values()), *used)
    read_ = _LATELY.remembered(key, lambda: _read(question, chosen, one, tables))
    each = texts.part_of("--uses-substitution", question.uses_substitution or "1")
    page = read_.page(chosen, asked, each, texts.amount_of("--largest", question.largest))
    return Shown(question, chosen, asked, read_, page, (one, *tables.values()))


def _read(question: Question, chosen: "Bundle", one: TradeTable, tables: dict[str, TradeTable]) -> "Read":
    from kaname.assess.trade.products import revision_of
    from kaname.assess.trade.run import Given, read_all

    with ExitStack() as held:
        more = {name: _opened(table, held) for name, table in tables.items() if name != Sort.BUNDLE}
        return read_all(Given(_opened(one, held), revision=revision_of(question.revision), **more), chosen)


def _tables(person: Person, question: Question) -> dict[str, TradeTable]:
    """The tables beside that of trade, by the field that names them. Raises BadInput."""
    found: dict[str, TradeTable] = {}
    wrong: list[Problem] = []
    for sort in (Sort.PRODUCTION, Sort.GOVERNANCE, Sort.CONCORDANCE, Sort.USES, Sort.BUNDLE):
        try:
            if table := TABLES.beside(person, getattr(question, sort.value), sort, sort.value):
                found[sort.value] = table
        except BadInput as bad:
            wrong += bad.problems
    if wrong:
        raise BadInput(wrong)
    return found


def _opened(one: TradeTable, held: ExitStack) -> "Table":
    from kaname.files.named import Table

    path = held.enter_context(sheets.path_of(one.raw))
    return Table(path, one.form if one.form in FORMATS else None, one.encoding, one.name)


def _listed(one: TradeTable, held: ExitStack) -> "Listed":
    from kaname.assess.trade.products import Listed

    found = _opened(one, held)
    return Listed(found.path, found.form, found.encoding, one.name)


def whole(one: TradeTable, by: str = "value") -> "Whole":
    """Everything in a table of trade, for the list of its products. Raises BadInput."""
    from kaname.assess.trade.whole import open_whole

    def made() -> "Whole":
        with ExitStack() as held, named(one.name), open_whole(_opened(one, held), by) as (found, _):
            return found

    return _LATELY.remembered(("whole", one.public_id, by), made)


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a product stands among all of an importer's in a year: by concentration, the highest first."""

    place: int
    of: int
    year: int


def rank(found: Shown, year: int) -> Rank | None:
    """None for a bundle, or a code of which the table has no cell of its own."""
    one, importer = found.tables[0], found.asked.importer
    if len(found.bundle.parts) != 1 or one.sort != Sort.TRADE:
        return None
    table = whole(one, found.asked.by)
    _, _, codes, _, hhi, *_ = table.rows(year, found.asked.reported, [importer], ())
    mine = found.bundle.parts[0].code
    alike = [(code.rpartition(":")[2], value) for code, value in zip(codes, hhi.tolist(), strict=True)]
    alike = [(code, value) for code, value in alike if len(code) == len(mine) or not mine.isdecimal()]
    own = next((value for code, value in alike if code == mine), None)
    return None if own is None else Rank(1 + sum(value > own for _, value in alike), len(alike), year)


def rows_of(one: TradeTable, records: tuple[int, ...], most: int = SHOWN_ROWS) -> tuple[tuple[str, ...], list[Any]]:
    """The columns of a table, and rows of it as they were given: number (from 1) and cells."""
    wanted, found = set(records[:most]), []
    with sheets.path_of(one.raw) as path, open_reader(path, one.form, one.encoding) as reader:
        names = reader.names
        for batch in read(reader, {f"c{n}": name for n, name in enumerate(names)}):
            here = [n for n in range(batch.first + 1, batch.first + len(batch) + 1) if n in wanted]
            for record in here:
                at = record - 1 - batch.first
                found.append((record, [column[at].as_py() or "" for column in batch.columns.values()]))
    return names, found
