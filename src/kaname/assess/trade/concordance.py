"""From one revision of the HS to another: the successors of each code, with the part of its trade that goes to each.

A table says which codes of one revision are which of another, code by code; a weight where a code is split. Without
weights a split is even. A table also leads back (evenly: its weights say nothing of that), and tables lead on from one
revision to the next. A code that a table does not name is the same in both.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from kaname.assess.trade.notes import Rule
from kaname.assess.trade.numbers import number
from kaname.assess.trade.products import code_of, revision_of
from kaname.files.batches import Fault
from kaname.files.problems import BadInput, Problem
from kaname.files.tables import open_reader, read
from kaname.law import T

_SIX = 6
_LONG = ("from_revision", "from_code", "to_revision", "to_code")
A_ROW = T("from_revision, from_code, to_revision, to_code の列（H5、850760 など）、又は HS 2022, HS 2017 の二列",
          "columns from_revision, from_code, to_revision, to_code (H5, 850760), or two columns such as HS 2022,"
          " HS 2017")  # fmt: skip
A_CODE = T("6桁のHSコード", "an HS code of six digits")
A_REVISION = T("HSの版（H0からH6、HS 2017）", "a revision of the HS (H0 to H6, HS 2017)")
A_WEIGHT = T("0を超え1以下の重み", "a weight over 0, at most 1")
AT_MOST_ONE = T("一つのコードの行の重みの合計は1まで", "weights of a code's rows that add up to at most 1")
ALL_OR_NONE = T("一つのコードの行の重みは全部に書くか、全部空ける",
                "weights in all rows of a code, or in none")  # fmt: skip

Parts = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a code becomes. `rules`: what had to be settled on the way. No parts: nowhere to go."""

    parts: Parts
    rules: frozenset[Rule] = frozenset()


@dataclass(slots=True)
class Concordance:
    """`steps`: from one revision to the next, each code with its parts; `even`: steps whose splits nobody weighed."""

    name: str
    steps: dict[tuple[str, str], dict[str, Parts]] = field(default_factory=dict)
    even: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    _known: dict[tuple[str, str, str], Found] = field(default_factory=dict)

    @property
    def newest(self) -> str:
        """The newest revision that the tables lead to."""
        return max((to for _, to in self.steps), default="")

    def of(self, code: str, origin: str, target: str) -> Found:
        """The parts of a code of `origin` in `target`, over as few tables as there are."""
        key = code, origin, target
        if key not in self._known:
            self._known[key] = self._found(code, origin, target)
        return self._known[key]

    def _found(self, code: str, origin: str, target: str) -> Found:
        if origin == target:
            return Found(((code, Fraction(1)),))
        way = self._way(origin, target)
        if way is None:
            return Found((), frozenset((Rule.NO_WAY,)))
        if len(code) < _SIX:
            return self._heading(code, way)
        rules = {Rule.CONVERTED}
        parts = {code[:_SIX]: Fraction(1)}
        for step in way:
            after: dict[str, Fraction] = {}
            for one, weight in parts.items():
                successors = self._step(step, one, rules)
                for to, share in successors:
                    after[to] = after.get(to, Fraction(0)) + weight * share
            parts = after
        if sum(parts.values()) < 1:
            rules.add(Rule.PARTLY)
        return Found(tuple(sorted(parts.items())), frozenset(rules))

    def _step(self, step: tuple[str, str], code: str, rules: set[Rule]) -> Parts:
        successors = self.steps[step].get(code)
        if successors is None:
            rules.add(Rule.UNLISTED)
            return ((code, Fraction(1)),)
        if code in self.even.get(step, ()):
            rules.add(Rule.EVENLY)
        return successors

    def _heading(self, code: str, way: list[tuple[str, str]]) -> Found:
        """A heading or chapter stays what it is while all codes under it stay under it."""
        for step in way:
            for one, parts in self.steps[step].items():
                inside = [to.startswith(code) for to, _ in parts]
                if any(inside) != one.startswith(code) or any(inside) != all(inside):
                    return Found((), frozenset((Rule.NO_WAY,)))
        return Found(((code, Fraction(1)),), frozenset((Rule.CONVERTED,)))

    def _way(self, origin: str, target: str) -> list[tuple[str, str]] | None:
        """The fewest steps from one revision to the other, or None."""
        behind: dict[str, str] = {origin: ""}
        waiting = deque([origin])
        while waiting and target not in behind:
            here = waiting.popleft()
            for one, to in sorted(self.steps):
                if one == here and to not in behind:
                    behind[to] = here
                    waiting.append(to)
        if target not in behind:
            return None
        way: list[tuple[str, str]] = []
        while target != origin:
            way.append((behind[target], target))
            target = behind[target]
        return way[::-1]


def read_concordance(name: str, form: str | None = None, encoding: str = "utf-8") -> Concordance:
    """The tables of a file. Raises BadInput where it is none."""
    with open_reader(name, form, encoding) as reader:
        columns = _columns(name, reader.names)
        made, faults = Concordance(name), list[Fault]()
        stated: dict[tuple[str, str], dict[str, dict[str, tuple[Decimal | None, int]]]] = {}
        for batch in read(reader, columns.wanted):
            faults += batch.faults
            cells = {field: column.fill_null("").to_pylist() for field, column in batch.columns.items()}
            for at in range(len(batch)):
                row = {**columns.fixed, **{field: texts[at].strip() for field, texts in cells.items()}}
                _take(stated, row, batch.first + at, faults)
        for step, codes in stated.items():
            made.steps[step], made.even[step] = {}, set()
            for code, to in codes.items():
                _weigh(made, step, code, to, faults)
        made.faults = reader.place(faults)
    _lead_back(made)
    if not made.steps:
        wrong = T(f"使える行がない；{A_ROW.ja}が要る", f"no row that can be used; expected {A_ROW.en}")
        raise BadInput([Problem(name, 0, "", wrong)])
    return made


@dataclass(frozen=True, slots=True)
class _Columns:
    wanted: dict[str, str]  # field -> column
    fixed: dict[str, str]  # field -> what it is in every row


def _columns(name: str, names: tuple[str, ...]) -> _Columns:
    by_fold = {one.strip().lower(): one for one in reversed(names)}
    weight = {"weight": by_fold["weight"]} if "weight" in by_fold else {}
    if all(one in by_fold for one in _LONG):
        return _Columns({**{one: by_fold[one] for one in _LONG}, **weight}, {})
    called = [(one, revision_of(one)) for one in names if revision_of(one)]
    if len(called) == 2:
        (before, origin), (after, target) = called
        return _Columns({"from_code": before, "to_code": after, **weight},
                        {"from_revision": origin, "to_revision": target})  # fmt: skip
    have = ", ".join(names[:30])
    wrong = T(f"対応表でない；ある列は {have}；{A_ROW.ja}が要る",
              f"no concordance; the file has {have}; expected {A_ROW.en}")  # fmt: skip
    raise BadInput([Problem(name, 1, "", wrong)])


def _take(
    stated: dict[tuple[str, str], dict[str, dict[str, tuple[Decimal | None, int]]]], row: Mapping[str, str], at: int,
    faults: list[Fault],
) -> None:  # fmt: skip
    revisions = []
    for field_ in ("from_revision", "to_revision"):
        revisions.append(revision_of(row[field_]))
        if not revisions[-1]:
            faults.append(Fault(at, field_, row[field_][:40], A_REVISION))
            return
    codes = []
    for field_ in ("from_code", "to_code"):
        code = code_of(row[field_])[0]
        if not (code.isdecimal() and len(code) == _SIX):  # five digits have lost a leading zero, fewer are no code
            faults.append(Fault(at, field_, row[field_][:40], A_CODE))
            return
        codes.append(code)
    text = row.get("weight", "")
    weight = number(text) if text else None
    if text and (not isinstance(weight, Decimal) or not 0 < weight <= 1):
        faults.append(Fault(at, "weight", text[:40], A_WEIGHT))
        return
    origin, target = revisions
    if origin == target:
        faults.append(Fault(at, "to_revision", row["to_revision"][:40], A_REVISION))
        return
    to = stated.setdefault((origin, target), {}).setdefault(codes[0], {})
    to.setdefault(codes[1], (weight if isinstance(weight, Decimal) else None, at))


def _weigh(
    made: Concordance, step: tuple[str, str], code: str, to: Mapping[str, tuple[Decimal | None, int]],
    faults: list[Fault],
) -> None:  # fmt: skip
    """The weights as stated, or even ones. A code whose weights cannot be used is split evenly, and told."""
    weights = [weight for weight, _ in to.values()]
    first = next(iter(to.values()))[1]
    known = [weight for weight in weights if weight is not None]
    if known and len(known) < len(weights):
        faults.append(Fault(first, "weight", code, ALL_OR_NONE))
    elif sum(known) > 1:
        faults.append(Fault(first, "weight", f"{code}: {sum(known)}", AT_MOST_ONE))
    elif known:
        made.steps[step][code] = tuple((one, Fraction(weight)) for one, weight in zip(to, known, strict=True))
        return
    _evenly(made, step, code, list(to))


def _evenly(made: Concordance, step: tuple[str, str], code: str, to: list[str]) -> None:
    made.steps[step][code] = tuple((one, Fraction(1, len(to))) for one in to)
    if len(to) > 1:
        made.even.setdefault(step, set()).add(code)


def _lead_back(made: Concordance) -> None:
    """The way back, where no table states it: the codes that became one share it evenly."""
    for (origin, target), codes in list(made.steps.items()):
        if (target, origin) in made.steps:
            continue
        back: dict[str, list[str]] = {}
        for code, to in _pairs(codes):
            back.setdefault(to, []).append(code)
        made.steps[target, origin] = {}
        for to, froms in back.items():
            _evenly(made, (target, origin), to, froms)


def _pairs(codes: Mapping[str, Parts]) -> Iterator[tuple[str, str]]:
    for code, parts in codes.items():
        for to, _ in parts:
            yield code, to
