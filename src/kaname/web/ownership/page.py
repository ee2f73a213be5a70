"""The page of one company as plain values: lines of the tree, boxes of the drawing, tables with their sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaname.assess.ownership.book import Kind
from kaname.assess.ownership.look import Direct, Look
from kaname.assess.ownership.origins import WORDS, Origin
from kaname.assess.ownership.shares import Share
from kaname.assess.ownership.stakes import Bounds, Stake, of_country, of_kinds
from kaname.law import T, Text
from kaname.web.ownership import told
from kaname.web.ownership.drawing import Drawing, Label, Tie, drawing

Address = Callable[[int], str]  # of the page about a holder, by its number in the look
_STAKES = 50
DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Owner:
    """A line of the tree table. `node`: its box in the drawing. `depth` is for the eye, `level` for the ear."""

    node: int
    edge: int
    name: str
    href: str
    level: int
    share: Text
    kind: Text
    country: str
    source: Text
    held: Text
    again: bool
    hidden: int
    control: bool

    @property
    def depth(self) -> int:
        return min(self.level, DEEPEST)


@dataclass(frozen=True, slots=True)
class Part:
    """One addend of a figure."""

    name: Text
    href: str
    share: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with bounds and the addends of each. `more`: addends of either that are not listed one by one."""

    label: Text
    bounds: Text
    sure: tuple[Part, ...]
    open: tuple[Part, ...]
    sure_sum: Text
    open_sum: Text
    more: int


def owners(seen: Look, line_of: Callable[[int], int], address: Address) -> list[Owner]:
    """The tree, line by line. `line_of`: where a record stands in the source."""
    flow, tree, chains = seen.flow, seen.tree, _chains(seen)
    days = seen.held_since(tree.edges)
    word = {"bods": T("届出", "statement"), "ftm": T("行", "line")}.get(seen.whole.form, T("行", "line"))
    found = []
    for line in tree.lines:
        entity, row = seen.book.entities[line.holder], int(flow.row[line.edge])
        number = line_of(row)
        found.append(Owner(
            line.holder, line.edge, told.who(entity), "" if line.holder == seen.company else address(line.holder),
            line.depth, told.stated(line.share), told.KINDS[kind_of(seen, line.holder)], entity.country,
            T(f"{number}{word.ja}目" if word.ja == "行" else f"{word.ja}{number}", f"{word.en} {number}"),
            told.span(days.get(line.edge)), line.again, line.hidden,
            (line.holder, line.company) in chains,
        ))  # fmt: skip
    return found


def drawn(seen: Look) -> Drawing:
    """The tree as a drawing, the company in the first box."""
    flow, tree, chains = seen.flow, seen.tree, _chains(seen)
    place = {node: n for n, node in enumerate(tree.nodes)}
    left = {line.holder: line.hidden for line in tree.lines if line.hidden} | {seen.company: tree.top}
    labels = []
    for node in tree.nodes:
        entity = seen.book.entities[node]
        labels.append(Label(told.who(entity), entity.country, left.get(node, 0)))
    ties = []
    for e in tree.edges:
        holder, company, share = int(flow.holder[e]), int(flow.company[e]), flow.share(e)
        control = (holder, company) in chains
        ties.append(Tie(place[holder], place[company], _short(share), not share.exact, control))
    return drawing(labels, ties)


def _chains(seen: Look) -> frozenset[tuple[int, int]]:
    return frozenset().union(*(one.holdings for one in seen.controllers))


def _short(share: Share) -> str:
    """A share on a line: one decimal, a question mark where nothing is known."""
    if share == Share(0, 10**12):
        return "?"
    low, high = (f"{units / 10**10:.1f}".removesuffix(".0") for units in (share.low, share.high))
    return f"{low}%" if share.exact else f"{low}–{high}%"


def kind_of(seen: Look, node: int) -> Kind:
    """What somebody is; whoever is held is a company, also where the source does not say so."""
    kind = seen.book.entities[node].kind
    return Kind.COMPANY if kind is Kind.UNKNOWN and bool((seen.flow.company == node).any()) else kind


# -- sums -------------------------------------------------------------------------------------------------------------


def kinds(seen: Look, address: Address) -> list[Figure]:
    """All foreign holders, then each kind of ultimate holder."""
    everybody = ((T("外国の持分（合計）", "Foreign, together"), told.FOREIGN), *((WORDS[o], (o,)) for o in Origin))
    return [_figure(seen, label, of_kinds(seen.stakes, *those), address) for label, those in everybody]


def countries(seen: Look, address: Address) -> list[Figure]:
    """Each country of an ultimate holder, the largest first."""
    codes = {stake.country for stake in seen.stakes if stake.country}
    found = [(T(code, code), of_country(seen.stakes, code)) for code in sorted(codes)]
    return [_figure(seen, label, sum_, address) for label, sum_ in sorted(found, key=lambda f: -f[1].low)]


def _figure(seen: Look, label: Text, found: Bounds, address: Address) -> Figure:
    more = max(len(found.sure) - _STAKES, 0) + max(len(found.open) - _STAKES, 0)
    return Figure(label, told.bounds(found), _parts(seen, found.sure, address), _parts(seen, found.open, address),
                  told.figure(sum(s.share for s in found.sure)), told.figure(sum(s.share for s in found.open)),
                  more)  # fmt: skip


def _parts(seen: Look, some: Sequence[Stake], address: Address) -> tuple[Part, ...]:
    return tuple(part(seen, stake, address) for stake in some[:_STAKES])


def part(seen: Look, stake: Stake, address: Address) -> Part:
    name = told.who(seen.book.entities[stake.entity])
    if stake.unheld:
        label = T(f"{name} の持分のうち、持つ者が資料にない分", f"what nobody is said to hold of {name}")
    elif stake.origin is Origin.UNKNOWN:
        label = T(f"{name}（国が分からない）", f"{name} (country unknown)")
    else:
        label = T(name, name)
    href = "" if stake.unheld or stake.entity == seen.company else address(stake.entity)
    return Part(label, href, told.figure(stake.share))


def ends(seen: Look, address: Address) -> tuple[list[tuple[Part, Text, str]], int]:
    """Ultimate holders with kind and country, and how many there are beyond those."""
    some = [stake for stake in seen.stakes if not stake.unheld]
    return [(part(seen, s, address), WORDS[s.origin], s.country) for s in some[:_STAKES]], max(len(some) - _STAKES, 0)


# -- holders and control --------------------------------------------------------------------------------------------

_FIVE = {True: T("満たす", "yes"), None: T("あり得る", "possible"), False: T("満たさない", "no")}


def five(seen: Look) -> list[tuple[Direct, Text]]:
    """Direct holders of 5 % of the votes or more, and those who may be."""
    return [(d, _FIVE[d.five]) for d in seen.direct if d.five is not False]


def control(seen: Look) -> list[tuple[Text, list[Text], bool]]:
    """Each controller: its name, the steps of its chain, and whether it is sure."""
    return [(told.names(seen, c), [told.majority(seen, step) for step in c.steps], c.sure) for c in seen.controllers]
