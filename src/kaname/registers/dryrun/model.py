"""What a dry run finds, and why one cannot be made."""

from dataclasses import dataclass
from datetime import date

from kaname.law import T, Text
from kaname.regimes.infrastructure.coming import Coming
from kaname.registers.compare.model import Change


class NotComing(LookupError):
    """No version of this name is coming."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        names = ", ".join(known)
        self.text = T(
            f"「{asked}」という、これから施行されるものはない；{names or 'なし'} のいずれか",
            f"nothing named {asked!r} is enacted and not in force; expected one of {names or 'none'}",
        )
        super().__init__(self.text.en)


class BadDay(ValueError):
    """A day on which the version cannot come into force."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True, slots=True)
class Affected:
    """Cases of a kind in a state whose next acts would be recorded under the new version."""

    kind: str
    label: Text
    state: Text
    cases: int
    records: str


@dataclass(frozen=True, slots=True)
class Begins:
    """A period of the first matter that the version would bring about."""

    id: str
    label: Text
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DryRun:
    """`versions`: the kinds with the version in force on the day as the law is. `folded`: how many cases were folded
    twice for `moved`, the periods whose last day would be another; `more`: how many were not. `designated`: cases
    here that already name a business of the sector."""

    coming: Coming
    since: date
    today: date
    versions: tuple[tuple[str, Text, date], ...]
    affected: tuple[Affected, ...]
    moved: tuple[Change, ...]
    folded: int
    more: int
    counted: bool  # whether anybody's cases were looked at
    begins: tuple[Begins, ...]
    designated: int
