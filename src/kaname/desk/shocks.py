"""Tables that an office asks about shocks: taken, read, thrown away after `KEPT`; and the networks they make.

A network has an address of its own: that of its table of links, or `EXAMPLE`, an invented one that comes along. Sector
tables and tables of firms have theirs. What was computed lately is remembered.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from kaname.assess.network.columns import ALSO
from kaname.desk import sheets
from kaname.desk.models import ShockTable
from kaname.desk.shelf import Lately, Tables
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

if TYPE_CHECKING:
    from kaname.assess.network.drawn_risk import DrawnRisk
    from kaname.assess.network.io_table import IoTable
    from kaname.assess.network.margins import Margins
    from kaname.assess.network.net import Network
    from kaname.assess.network.reading import Read
    from kaname.assess.network.sectors import Sectors
    from kaname.assess.network.study import Asked, Study
    from kaname.files.named import Table

KEPT = timedelta(days=90)
EXAMPLE = "example"
MOST_DRAWS, MOST_DRAWN = 200, 1_000  # draws, and firms of a drawn network, that a page waits for
LATELY = Lately(6)


class Sort(StrEnum):
    """What a table is, by its columns."""

    LINKS = "links"
    FIRMS = "firms"
    TABLE = "table"
    LEADS = "leads"
    NAMES = "names"
    CHAIN = "chain"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Sort.LINKS: T("企業の取引", "links of firms"), Sort.FIRMS: T("企業", "firms"),
    Sort.TABLE: T("産業連関表", "input-output table"), Sort.LEADS: T("品目と部門の対応", "products to sectors"),
    Sort.NAMES: T("部門の名称", "names of sectors"),
    Sort.CHAIN: T("工程と供給者の連鎖", "a chain of stages and providers"),
}  # fmt: skip
_COLUMNS = {
    Sort.LINKS: {"supplier", "buyer", "value"}, Sort.FIRMS: {"firm", "industry"}, Sort.LEADS: {"prefix", "sector"},
    Sort.NAMES: {"code", "name_ja"},
}  # fmt: skip


def sort_of(name: str, names: tuple[str, ...]) -> Sort:
    """Raises BadInput for what is none of them."""
    lower = {one.strip().lower() for one in names}
    lower |= {also for own, also in ALSO.items() if own in lower}
    for sort, wanted in _COLUMNS.items():
        if wanted <= lower:
            return sort
    if ({"row", "col"} <= lower or {"row_code", "col_code"} <= lower) and any(one.startswith("value") for one in lower):
        return Sort.TABLE
    have = ", ".join(names[:20])
    raise BadInput([Problem(name, 1, "", T(
        "知らない形の表；取引（supplier, buyer, value）、企業（firm, industry）、産業連関表（row, col, value_…）が要る"
        f"；ある列は {have}",
        f"an unknown kind of table; expected links (supplier, buyer, value), firms (firm, industry) or an input-output"
        f" table (row, col, value_...); the file has {have}"))])  # fmt: skip


TABLES = Tables(ShockTable, KEPT, sort_of, LATELY)
of, listed, sweep, keep, discard = TABLES.of, TABLES.listed, TABLES.sweep, TABLES.keep, TABLES.discard
beside = TABLES.beside


# -- what they make ----------------------------------------------------------------------------------------------------


def network(
    one: ShockTable | None, firms: ShockTable | None = None, replaceable: Sequence[str] = ()
) -> tuple["Network", Mapping[str, str]]:  # fmt: skip
    """The network of a table of links (None: the example) and what its firms are called. Raises BadInput."""
    found = _read(one, firms, replaceable)
    return found.network, found.names


def _read(one: ShockTable | None, firms: ShockTable | None, replaceable: Sequence[str]) -> "Read":
    from kaname.assess.network.classes import replaceable as classes
    from kaname.assess.network.reading import read_network
    from kaname.files.named import Table

    def made() -> "Read":
        with ExitStack() as held:
            listed = _source(firms, held) if firms else None
            if one is None:
                links, listed = (Table(_shipped(name, held)) for name in ("links", "firms"))
            else:
                links = _source(one, held)
            return read_network(links, listed, classes(replaceable))

    return LATELY.remembered(("network", _id(one), _id(firms), tuple(replaceable)), made)


@dataclass(frozen=True, slots=True)
class Abroad:
    """The input-output table that says who imports what (None: the invented one), and how it is read."""

    table: ShockTable | None
    names: ShockTable | None = None
    year: str = ""
    least: float = 0.01

    @property
    def key(self) -> tuple[str, str, str, float]:
        return _id(self.table), _id(self.names), self.year, self.least

    def read(self) -> "IoTable":
        """Raises BadInput, also for a table that does not add up."""
        found = table(self.table, self.year, self.names)
        if found.problems:
            raise BadInput(found.problems)
        return found


def study(
    one: ShockTable | None, asked: "Asked", firms: ShockTable | None = None, replaceable: Sequence[str] = (),
    abroad: Abroad | None = None,
) -> "Study":  # fmt: skip
    """A network asked; `abroad`: where imports fail. Raises BadInput."""
    from kaname.assess.network import study as engine
    from kaname.assess.network.imported import importers

    def made() -> "Study":
        found = _read(one, firms, replaceable)
        return engine.study(found.network, asked, importers(found, abroad.read(), abroad.least) if abroad else None)

    key = ("study", _id(one), _id(firms), tuple(replaceable), asked, *(abroad.key if abroad else ()))
    return LATELY.remembered(key, made)


def worst(one: ShockTable | None, firms: ShockTable | None = None, replaceable: Sequence[str] = ()) -> str:
    """The firm whose loss alone takes most."""
    from kaname.assess.network.risk import systemic_risk

    def made() -> str:
        found = network(one, firms, replaceable)[0]
        return found.names[int(systemic_risk(found).total.argmax())]

    return LATELY.remembered(("worst", _id(one), _id(firms), tuple(replaceable)), made)


def table(one: ShockTable | None, year: str = "", names: ShockTable | None = None) -> "IoTable":
    """An input-output table (None: the invented one), its sectors named by another. Raises BadInput."""
    from kaname.assess.network.io_table import read_io

    def made() -> "IoTable":
        with ExitStack() as held:
            called = _source(names, held).path if names else ""
            if one is None:
                return read_io(_shipped("table", held), called, year)
            source = _source(one, held)
            return read_io(source.path, called, year, source.form, source.encoding, one.name)

    return LATELY.remembered(("table", _id(one), year, _id(names)), made)


def sectors(
    one: ShockTable, cuts: Mapping[str, float], least: float, year: str = "", names: ShockTable | None = None
) -> "Sectors":  # fmt: skip
    """What failing imports take. Raises BadInput."""
    from kaname.assess.network.sectors import cut

    key = ("sectors", one.public_id, tuple(sorted(cuts.items())), least, year, _id(names))
    return LATELY.remembered(key, lambda: cut(table(one, year, names), cuts, least))


def drawn(
    firms: ShockTable, table_of: ShockTable, links: int, draws: int, seed: int, year: str = "",
    replaceable: Sequence[str] | None = None,
) -> "DrawnRisk":  # fmt: skip
    """Networks drawn from the sizes of firms. `links` 0: as many as inputs ask for. `replaceable`: industries whose
    goods others can make up for; left out, services. Raises BadInput."""
    from kaname.assess.network.drawn_risk import drawn_risk

    def made() -> "DrawnRisk":
        of, at_will = margins(firms, table_of, year, replaceable)
        if len(of) > MOST_DRAWN or not 1 <= draws <= MOST_DRAWS:
            wrong = T(
                f"頁では{MOST_DRAWN:,}社、{MOST_DRAWS}回まで；それ以上は長い計算で",
                f"expected at most {MOST_DRAWN:,} firms and {MOST_DRAWS} draws here; more as a long calculation",
            )
            raise BadInput([Problem("--draws", 0, "", wrong)])  # fmt: skip
        return drawn_risk(of, links or of.needs, draws, seed, at_will)

    used = None if replaceable is None else tuple(replaceable)
    return LATELY.remembered(("drawn", firms.public_id, table_of.public_id, links, draws, seed, year, used), made)


def margins(
    firms: ShockTable, table_of: ShockTable, year: str = "", replaceable: Sequence[str] | None = None
) -> tuple["Margins", Collection[str]]:  # fmt: skip
    """What firms sell and buy by their sizes, and the industries whose goods others make up for. Raises BadInput."""
    from kaname.assess.network.margins import read_firms
    from kaname.assess.network.sectors import services

    of = table(table_of, year)
    with ExitStack() as held:
        source = _source(firms, held)
        found = read_firms(source.path, of, source.form, source.encoding, firms.name)
    return found, services(of) if replaceable is None else replaceable


def _id(one: ShockTable | None) -> str:
    return EXAMPLE if one is None else one.public_id


def _source(one: ShockTable, held: ExitStack) -> "Table":
    from kaname.files.named import Table

    return Table(held.enter_context(sheets.path_of(one.raw)), one.form, one.encoding, one.name)


def _shipped(name: str, held: ExitStack) -> str:
    return str(held.enter_context(as_file(files("kaname.assess.network").joinpath(f"example_{name}.csv"))))
