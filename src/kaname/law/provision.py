"""Provisions (条文): a citation as structured data, printed as 法52条3項 or Art. 52(3).

A law is called with citations and answers a tuple, so that bases add up: `art("66(1)") + order("13")`.
The grammar of one citation: article (`52`, `48-3`), then paragraph `(3)`, item in Roman numerals `(iv)` and
sub-item in kana `(チ)`, each optional, then a range of paragraphs `52(3)-(5)` or items `96(i)-(iii)`, then a part:
`proviso`, `main text`, `first sentence`, `second sentence`, `row 1`. `suppl. 2` is an article of the supplementary
provisions (附則). A hyphen in the article itself is always a branch: `12-16` is 12条の16, so several articles are
cited one by one: `art("12", "13")`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kaname.law.text import Lang

_PART = {
    "proviso": "ただし書",
    "main text": "本文",
    "first sentence": "前段",
    "second sentence": "後段",
}
_CITATION = re.compile(
    r"^(?P<suppl>suppl\. ?)?(?P<article>\d+(?:-\d+)*)(?:\((?P<paragraph>\d+)\))?"
    r"(?:\((?P<item>[ivxlc]+)\))?(?:\((?P<sub>[ア-ヶ一-龠])\))?"
    # A range runs in items if it starts at one, else in paragraphs; articles have none.
    r"(?:-\((?P<to>(?(item)[ivxlc]+|(?(paragraph)\d+|(?!))))\))?"
    r"(?P<part> (?:proviso|main text|first sentence|second sentence|row \d+))?$"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def roman(text: str) -> int:
    """The number of a lower-case Roman numeral: `roman("xiv")` is 14."""
    values = [_ROMAN[c] for c in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


@dataclass(frozen=True, slots=True)
class Law:
    """A law or order: `short` as cited (法 / empty for the Act itself), full name, number, address of its text."""

    id: str
    short_ja: str
    short_en: str
    name_ja: str
    name_en: str
    url: str = ""

    def __call__(self, *citations: str) -> "tuple[Provision, ...]":
        return tuple(parse(self, c) for c in citations)


@dataclass(frozen=True, slots=True)
class Provision:
    """One place in a law. Identity is the first number it ever had; `renumbered` holds later numbers by date.

    `inserted_on` tells a provision put in under a number that another bore before: Art. 30(3) since 2026-04-01
    is not the Art. 30(3) of 2022, which is now 30(4).
    """

    law: Law
    article: str
    paragraph: str = ""
    item: str = ""
    sub: str = ""
    to: str = ""
    part: str = ""
    suppl: bool = False
    inserted_on: date | None = None
    renumbered: "tuple[tuple[date, Provision], ...]" = field(default=(), compare=False)

    def on(self, day: date) -> "Provision":
        """This provision under the number it bears on a day."""
        return next((p for since, p in reversed(self.renumbered) if since <= day), self)

    def since(self, day: date, citation: str) -> "Provision":
        """The same provision, cited differently from `day` on (the article was renumbered)."""
        later = (*self.renumbered, (day, parse(self.law, citation)))
        return replace(self, renumbered=tuple(sorted(later, key=lambda pair: pair[0])))

    def inserted(self, day: date) -> "Provision":
        """A new provision under a number that was in use before `day`; never equal to its older namesake."""
        return replace(self, inserted_on=day)

    def contains(self, other: "Provision") -> bool:
        """Whether `other` is this place or lies within it: 92(1) contains 92(1)(vi), 52(3)-(5) contains 52(4)."""
        if (self.law, self.suppl, self.article) != (other.law, other.suppl, other.article):
            return False
        for mine, theirs in ((self._paragraphs, other._paragraphs), (self._items, other._items)):
            if mine and not (theirs and mine[0] <= theirs[0] and theirs[1] <= mine[1]):
                return False
        return self.sub in ("", other.sub) and self.part in ("", other.part)

    @property
    def _paragraphs(self) -> tuple[int, int] | None:
        if not self.paragraph:
            return None
        return int(self.paragraph), int(self.to if self.to and not self.item else self.paragraph)

    @property
    def _items(self) -> tuple[int, int] | None:
        return (roman(self.item), roman(self.to or self.item)) if self.item else None

    @property
    def citation(self) -> str:
        """The citation in the form that `parse` reads."""
        return f"{'suppl. ' if self.suppl else ''}{self._place()}"

    def _place(self) -> str:
        place = self.article + "".join(f"({x})" for x in (self.paragraph, self.item, self.sub) if x)
        return place + (f"-({self.to})" if self.to else "") + (f" {self.part}" if self.part else "")

    @property
    def ja(self) -> str:
        head, *branches = self.article.split("-")
        article = f"{head}条" + "".join(f"の{b}" for b in branches)
        # 48条の3 followed by 1項 would read as 48条の31項: only 第 keeps the numbers apart.
        ordinal = "第" if branches else ""
        paragraph = f"{ordinal}{self.paragraph}項" if self.paragraph else ""
        item = f"{'第' if branches and not paragraph else ''}{roman(self.item)}号" if self.item else ""
        return f"{self.law.short_ja}{'附則' if self.suppl else ''}{article}{paragraph}{item}{self.sub}" + (
            self._to_ja(ordinal) + self._part_ja()
        )

    def _to_ja(self, ordinal: str) -> str:
        if not self.to:
            return ""
        return f"から{roman(self.to)}号まで" if self.item else f"から{ordinal}{self.to}項まで"

    def _part_ja(self) -> str:
        return _PART.get(self.part) or (f"表{self.part.removeprefix('row ')}の項" if self.part else "")

    @property
    def en(self) -> str:
        law = f"{self.law.short_en} " if self.law.short_en else ""
        return f"{law}{'suppl. ' if self.suppl else ''}Art. {self._place()}"

    def __getitem__(self, lang: Lang) -> str:
        return self.ja if lang == "ja" else self.en

    def __str__(self) -> str:
        return self.ja


@dataclass(frozen=True, slots=True)
class Practice:
    """Administrative practice (運用): not law, marked wherever it is shown."""

    ja: str
    en: str

    def on(self, day: date) -> "Practice":
        return self

    def __getitem__(self, lang: Lang) -> str:
        return f"運用：{self.ja}" if lang == "ja" else f"practice: {self.en}"


@dataclass(frozen=True, slots=True)
class Silence:
    """The law is silent; `question` is the number of the note in docs/law/ that says what we assume and why."""

    question: int
    ja: str
    en: str

    def on(self, day: date) -> "Silence":
        return self

    def __getitem__(self, lang: Lang) -> str:
        if lang == "ja":
            return f"規定なし（論点{self.question}）：{self.ja}"
        return f"law silent (question {self.question}): {self.en}"


@dataclass(frozen=True, slots=True)
class Shared:
    """One rule that several orders hold under different numbers; the case's order says which number is meant."""

    id: str
    orders: tuple[tuple[str, tuple[Provision, ...]], ...]

    def under(self, order: str) -> tuple[Provision, ...]:
        """The provisions under one order's key. Raises LookupError naming the keys there are."""
        for key, provisions in self.orders:
            if key == order:
                return provisions
        raise LookupError(f"{self.id}: no order {order!r}; expected one of {', '.join(key for key, _ in self.orders)}")

    def on(self, day: date) -> "Shared":
        return Shared(self.id, tuple((key, tuple(p.on(day) for p in ps)) for key, ps in self.orders))

    def __getitem__(self, lang: Lang) -> str:
        """All numbers side by side, for where no case has chosen the order yet."""
        return " / ".join(cited(provisions, lang) for _, provisions in self.orders)


def shared(id: str, orders: Mapping[str, tuple[Provision, ...]]) -> Shared:
    """`shared("plan_form", {"meti": METI("5(1)"), "mlit": MLIT("6(1)")})`; raises ValueError if no order is given."""
    if not orders:
        raise ValueError(f"{id}: a shared provision needs at least one order")
    return Shared(id, tuple(orders.items()))


Basis = Provision | Practice | Silence | Shared
Bases = tuple[Basis, ...]


def under(bases: Bases, order: str) -> Bases:
    """The bases of a case that runs under one order: every shared provision gives that order's own number."""
    return tuple(p for b in bases for p in (b.under(order) if isinstance(b, Shared) else (b,)))


def parse(law: Law, citation: str) -> Provision:
    """Read one citation, e.g. `66(1) proviso`. Raises ValueError naming the citation and the form expected."""
    found = _CITATION.match(citation.strip())
    if not found:
        raise ValueError(
            f"{law.id}: cannot read citation {citation!r}; expected a form like 52(3), 92(1)(iv), 48-3(1), 52(3)-(5)"
        )
    part = found.groupdict(default="")
    return Provision(
        law, part["article"], part["paragraph"], part["item"], part["sub"], part["to"],
        part["part"].strip(), bool(part["suppl"]),
    )  # fmt: skip


def cited(bases: Sequence[Basis], lang: Lang, day: date | None = None) -> str:
    """Several bases in one line, under the numbers they bear on `day`."""
    return ("、" if lang == "ja" else ", ").join((b.on(day) if day else b)[lang] for b in bases)
