"""Tables that an office asks about shocks: taken, read, thrown away after `KEPT`; and the networks they make.

A network has an address of its own: that of its table of links, or `EXAMPLE`, an invented one that comes along. Sector
tables and tables of firms have theirs. What was computed lately is remembered.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from enum import StrEnum
from importlib.resources import as_file, files
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from kaname.access.models import Person
from kaname.assess.network.columns import ALSO
from kaname.desk import sheets
from kaname.desk.models import ShockTable
from kaname.files.problems import BadInput, Problem
from kaname.files.streams import WrongEncoding, unusable
from kaname.files.tables import format_of, open_reader, read
from kaname.law import T, Text

if TYPE_CHECKING:
    from kaname.assess.network.drawn_risk import DrawnRisk
    from kaname.assess.network.io_table import IoTable
    from kaname.assess.network.listed import Source
    from kaname.assess.network.net import Network
    from kaname.assess.network.sectors import Sectors
    from kaname.assess.network.study import Asked, Study

KEPT = timedelta(days=90)
EXAMPLE = "example"
MOST_DRAWS, MOST_DRAWN = 200, 1_000  # draws, and firms of a drawn network, that a page waits for
_REMEMBERED = 6
_NO_ROWS = T("行が一つもない；1行以上が要る", "no row in it; expected one or more")
_NO_TABLE = T("この事務所の表でない；一覧から選ぶ", "no table of this office; choose one of the list")
_Made = TypeVar("_Made")


class Sort(StrEnum):
    """What a table is, by its columns."""

    LINKS = "links"
    FIRMS = "firms"
    TABLE = "table"
    LEADS = "leads"
    NAMES = "names"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Sort.LINKS: T("企業の取引", "links of firms"), Sort.FIRMS: T("企業", "firms"),
    Sort.TABLE: T("産業連関表", "input-output table"), Sort.LEADS: T("品目と部門の対応", "products to sectors"),
    Sort.NAMES: T("部門の名称", "names of sectors"),
}  # fmt: skip
_COLUMNS = {
    Sort.LINKS: {"supplier", "buyer", "value"}, Sort.FIRMS: {"firm", "industry"}, Sort.LEADS: {"prefix", "sector"},
    Sort.NAMES: {"code", "name_ja"},
}  # fmt: skip


def sort_of(name: str, names: tuple[str, ...]) -> Sort:
    """Raises BadInput for what is none of them."""
    lower = {one.strip().lower() for one in names}
    lower |= {own for own, also in ALSO.items() if also in lower}
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


# -- whose -------------------------------------------------------------------------------------------------------------


def of(person: Person, public_id: str) -> ShockTable | None:
    """A table of that person's office; another office's is not there."""
    sweep()
    return _of_office(person).filter(public_id=public_id).first()


def listed(person: Person, sort: Sort | None = None) -> list[ShockTable]:
    sweep()
    found = _of_office(person).defer("content").order_by("-made_at", "-pk")
    return list((found if sort is None else found.filter(sort=sort))[:50])


def _of_office(person: Person) -> QuerySet[ShockTable]:
    return ShockTable.objects.filter(office=person.office_id).select_related("person", "office")


def sweep() -> int:
    """Throw away what has had its time."""
    return ShockTable.objects.filter(ends_at__lte=timezone.now()).delete()[0]


def discard(one: ShockTable) -> None:
    _forget(one.public_id)
    one.delete()


def keep(person: Person, name: str, content: IO[bytes], encoding: str = "") -> ShockTable:
    """Take a table: looked at once to see which it is, then sealed. Raises BadInput, nothing kept."""
    sweep()
    called, raw = sheets.taken(name, content)
    form = format_of(called)
    try:
        sort, rows = _looked_at(called, raw, form, encoding or "utf-8")
    except WrongEncoding as wrong:
        if encoding or not wrong.likely:
            raise
        encoding = wrong.likely
        sort, rows = _looked_at(called, raw, form, encoding)
    one = ShockTable(office=person.office, person=person, ends_at=timezone.now() + KEPT, encoding=encoding or "utf-8",
                     rows=rows, sort=sort, form=form, digest=hashlib.sha256(raw).hexdigest())  # fmt: skip
    one.take(called, raw)
    one.save(force_insert=True)
    return one


def _looked_at(name: str, raw: bytes, form: str, encoding: str) -> tuple[Sort, int]:
    with _named(name), sheets.path_of(raw) as path, open_reader(path, form, encoding) as reader:
        sort = sort_of(name, reader.names)
        rows = sum(len(batch) for batch in read(reader, {"first": reader.names[0]}))
    if not rows:
        raise unusable(name, _NO_ROWS)
    return sort, rows


@contextmanager
def _named(name: str) -> Iterator[None]:
    """What is wrong with a file in memory is told under its own name."""
    try:
        yield
    except WrongEncoding:
        raise
    except BadInput as wrong:
        raise BadInput([Problem(name, p.line, p.field, p.text) for p in wrong.problems]) from wrong


# -- what they make ----------------------------------------------------------------------------------------------------


def network(
    one: ShockTable | None, firms: ShockTable | None = None, replaceable: Sequence[str] = ()
) -> tuple["Network", Mapping[str, str]]:  # fmt: skip
    """The network of a table of links (None: the example) and what its firms are called. Raises BadInput."""
    from kaname.assess.network.listed import Source, network_of

    def made() -> tuple["Network", Mapping[str, str]]:
        with ExitStack() as held:
            if one is None:
                links, listed = (Source(_shipped(name, held)) for name in ("links", "firms"))
                return network_of(links, listed, replaceable)
            return network_of(_source(one, held), _source(firms, held) if firms else None, replaceable)

    return _remembered(("network", _id(one), _id(firms), tuple(replaceable)), made)


def study(
    one: ShockTable | None, asked: "Asked", firms: ShockTable | None = None, replaceable: Sequence[str] = ()
) -> "Study":  # fmt: skip
    """A network asked. Raises BadInput."""
    from kaname.assess.network import study as engine

    def made() -> "Study":
        return engine.study(network(one, firms, replaceable)[0], asked)

    return _remembered(("study", _id(one), _id(firms), tuple(replaceable), asked), made)


def worst(one: ShockTable | None, firms: ShockTable | None = None, replaceable: Sequence[str] = ()) -> str:
    """The firm whose loss alone takes most."""
    from kaname.assess.network.risk import systemic_risk

    def made() -> str:
        found = network(one, firms, replaceable)[0]
        return found.names[int(systemic_risk(found).total.argmax())]

    return _remembered(("worst", _id(one), _id(firms), tuple(replaceable)), made)


def table(one: ShockTable, year: str = "", names: ShockTable | None = None) -> "IoTable":
    """An input-output table, its sectors named by another. Raises BadInput."""
    from kaname.assess.network.io_table import read_io

    def made() -> "IoTable":
        with ExitStack() as held:
            source, called = _source(one, held), _source(names, held).path if names else ""
            return read_io(source.path, called, year, source.form, source.encoding, one.name)

    return _remembered(("table", one.public_id, year, _id(names)), made)


def sectors(
    one: ShockTable, cuts: Mapping[str, float], least: float, year: str = "", names: ShockTable | None = None
) -> "Sectors":  # fmt: skip
    """What failing imports take. Raises BadInput."""
    from kaname.assess.network.sectors import cut

    key = ("sectors", one.public_id, tuple(sorted(cuts.items())), least, year, _id(names))
    return _remembered(key, lambda: cut(table(one, year, names), cuts, least))


def drawn(
    firms: ShockTable, table_of: ShockTable, links: int, draws: int, seed: int, year: str = "",
    replaceable: Sequence[str] | None = None,
) -> "DrawnRisk":  # fmt: skip
    """Networks drawn from the sizes of firms. `links` 0: as many as inputs ask for. `replaceable`: industries whose
    goods others can make up for; left out, services. Raises BadInput."""
    from kaname.assess.network.drawn_risk import drawn_risk
    from kaname.assess.network.margins import read_firms
    from kaname.assess.network.sectors import services

    def made() -> "DrawnRisk":
        with ExitStack() as held:
            source = _source(firms, held)
            margins = read_firms(source.path, table(table_of, year), source.form, source.encoding, firms.name)
        if len(margins) > MOST_DRAWN or not 1 <= draws <= MOST_DRAWS:
            wrong = T(
                f"頁では{MOST_DRAWN:,}社、{MOST_DRAWS}回まで；それ以上は kaname assess draws で",
                f"expected at most {MOST_DRAWN:,} firms and {MOST_DRAWS} draws here; more with kaname assess draws",
            )
            raise BadInput([Problem("--draws", 0, "", wrong)])  # fmt: skip
        at_will = services(table(table_of, year)) if replaceable is None else replaceable
        return drawn_risk(margins, links or margins.needs, draws, seed, at_will)

    used = None if replaceable is None else tuple(replaceable)
    return _remembered(("drawn", firms.public_id, table_of.public_id, links, draws, seed, year, used), made)


def beside(person: Person, public_id: str, sort: Sort, field: str) -> ShockTable | None:
    """A table of a sort that stands beside another, None for "". Raises BadInput."""
    if not public_id:
        return None
    found = of(person, public_id)
    if found is None or found.sort != sort:
        raise BadInput([Problem(f"--{field}", 0, "", _NO_TABLE)])
    return found


def _id(one: ShockTable | None) -> str:
    return EXAMPLE if one is None else one.public_id


def _source(one: ShockTable, held: ExitStack) -> "Source":
    from kaname.assess.network.listed import Source

    return Source(held.enter_context(sheets.path_of(one.raw)), one.form, one.encoding, one.name)


def _shipped(name: str, held: ExitStack) -> str:
    return str(held.enter_context(as_file(files("kaname.assess.network").joinpath(f"example_{name}.csv"))))


# -- remembered --------------------------------------------------------------------------------------------------------

_LOCK = Lock()
_KNOWN: OrderedDict[tuple[Any, ...], Any] = OrderedDict()


def _remembered(key: tuple[Any, ...], make: Callable[[], _Made]) -> _Made:
    with _LOCK:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
            known: _Made = _KNOWN[key]
            return known
    made = make()
    with _LOCK:
        _KNOWN[key] = made
        while len(_KNOWN) > _REMEMBERED:
            _KNOWN.popitem(last=False)
    return made


def _forget(public_id: str) -> None:
    with _LOCK:
        for key in [key for key in _KNOWN if public_id in key]:
            del _KNOWN[key]
