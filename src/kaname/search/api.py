"""The front door of the search for pages, API and command line: one box over all there is.

everything(person, text, Narrowed(...), start, size) -> Everything: cases, parties, papers, the law, the glossary
law(text) -> entries of the law book     terms(text) -> words of the glossary
words(text) -> Pieces     tried(text) -> how the words were looked for
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kaname.access import api as access
from kaname.access.api import Found, Narrowed, Piece
from kaname.access.models import Person
from kaname.law import glossary
from kaname.law.alike import alike
from kaname.law.glossary import Term
from kaname.search import lawbook, papers
from kaname.search.lawbook import SORTS, Entry
from kaname.search.papers import PaperHit

__all__ = ["SORTS", "Entry", "Everything", "Narrowed", "PaperHit", "everything", "law", "terms", "tried", "words"]


@dataclass(frozen=True, slots=True)
class Everything:
    """What one text finds. Parties stand in `cases`: they are known by the cases in which they take part."""

    cases: Found
    papers: tuple[PaperHit, ...]
    law: tuple[Entry, ...]
    terms: tuple[Term, ...]

    @property
    def pieces(self) -> Sequence[Piece]:
        return self.cases.pieces


def everything(
    person: Person,
    text: str,
    narrowed: Narrowed | None = None,
    *,
    start: int = 0,
    size: int = 20,
    papers_most: int = 20,
    door: str = "search",
) -> Everything:
    """What a person finds everywhere. `narrowed`, `start` and `size` are about cases; of papers the first are found.
    `door`: "search" shows it on a page; by any other it leaves."""
    cases = access.search(person, text, narrowed or Narrowed(), start=start, size=size, door=door)
    return Everything(cases, papers.find(person, text, papers_most, door), law(text), terms(text))


def law(text: str) -> tuple[Entry, ...]:
    """The entries of the law book in which all words stand."""
    pieces = access.asked(text)
    return tuple(lawbook.find([p.keys for p in pieces], alike(" ".join(p.key for p in pieces)))) if pieces else ()


def terms(text: str) -> tuple[Term, ...]:
    """The words of the glossary in which all words stand, the nearest first."""
    return glossary.find(" ".join(piece.key for piece in access.asked(text)))


def words(text: str) -> tuple[Piece, ...]:
    """The words of a text as they are looked for."""
    return access.asked(text)


def tried(text: str) -> tuple[str, ...]:
    """How the words were looked for, each with the other readings of it."""
    return tuple(" / ".join(piece.keys) for piece in access.asked(text))
