"""One row of a docket looked at again: its symbols with the hits marked, what is missing, and the answers to that."""

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from kaname.assess.ipc import parse, split
from kaname.law import Text
from kaname.regimes.patents import wording
from kaname.regimes.patents.cells import ANSWERS, read_day
from kaname.regimes.patents.editions import shipped
from kaname.regimes.patents.filing_form import REQUIREMENTS as FLAGS
from kaname.regimes.patents.items import FIELDS, version_on
from kaname.regimes.patents.screening import (
    LIMITS,
    REQUIREMENTS,
    Case,
    Outcome,
    Screening,
    Words,
    evidence,
    judge,
    requirement,
    screen_one,
    words,
)

FIELD_NAMES = {field.number: field.name for field in FIELDS}


@dataclass(frozen=True, slots=True)
class Marked:
    """A symbol as written, and whether it counts: hit (in a listed place), near, bad (not of the list), or none."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that would settle the row, and the names of the answers: `requirement_1`, `words_0`."""

    name: str
    label: Text
    answered: bool | None


@dataclass(frozen=True, slots=True)
class Looked:
    """A row judged with what was answered since."""

    screening: Screening
    symbols: tuple[Marked, ...]
    questions: tuple[Question, ...]


def look(row: Mapping[str, str | None], answers: Mapping[str, bool]) -> Looked | None:
    """The row with its answers; None where its filing day cannot be read (then there is nothing to ask)."""
    filed_on = read_day(row.get("filing_date") or "")
    version = version_on(filed_on) if filed_on else None
    symbols = [(text, parse(text)) for text in split(row.get("ipc") or "")]
    if filed_on is None:
        return None
    if version is None:
        early = screen_one(row.get("ipc") or "", filed_on)
        return Looked(early, tuple(Marked(text, "") for text, _ in symbols), ())
    title, abstract, claims = (row.get(name) or "" for name in ("title", "abstract", "claims"))
    given = {r: answers.get(f"requirement_{r}", _flag(row.get(f"requirement_{r}"))) for r in REQUIREMENTS}
    case = Case(
        version,
        tuple(sorted({symbol for _, symbol in symbols if symbol})),
        tuple(dict.fromkeys(text for text, symbol in symbols if not symbol)),
        tuple(_words(n, answers) or words(limit, title, abstract, claims) for n, limit in enumerate(LIMITS)),
        requirement(given),
    )
    found, listed = judge(case, shipped()), shipped()
    hits, near = evidence(case, listed)
    marked = tuple(
        Marked(text, "bad" if symbol is None or symbol not in listed else "hit" if symbol in hits
               else "near" if symbol in near else "")
        for text, symbol in symbols
    )  # fmt: skip
    return Looked(found, marked, _questions(found, case, given, answers))


def _questions(
    found: Screening, case: Case, given: Mapping[str, bool | None], answers: Mapping[str, bool]
) -> tuple[Question, ...]:
    """The words first: whether a requirement matters may hang on them. What was answered stays to be changed."""
    about_words = [
        Question(f"words_{n}", limit.subject, answers.get(f"words_{n}"))
        for n, limit in enumerate(LIMITS)
        if f"words_{n}" in answers or (found.outcome is Outcome.ASK and _asks(n, case, found))
    ]
    asked = found.outcome is Outcome.IN_IF_REQUIREMENT or any(f"requirement_{r}" in answers for r in REQUIREMENTS)
    about_requirement = [
        Question(flag.id, flag.label, given[r]) for r, flag in zip(REQUIREMENTS, FLAGS, strict=True) if asked
    ]
    return (*about_words, *about_requirement)


def _asks(number: int, case: Case, found: Screening) -> bool:
    """Whether an item that carries the outcome waits for these words."""
    of_item = {item.number: item.limit for item in case.version.items}
    return any(of_item[n] is LIMITS[number] for n in found.items)


def _words(number: int, answers: Mapping[str, bool]) -> Words | None:
    answer = answers.get(f"words_{number}")
    return None if answer is None else Words.FOUND if answer else Words.ABSENT


def _flag(text: str | None) -> bool | None:
    return ANSWERS.get(normalize("NFKC", text or "").strip().lower())


def replaced(row: Mapping[str, object], looked: Looked) -> dict[str, object]:
    """The output columns of a row as judged again. Days fall away with the outcome `out`, else they stay."""
    found = looked.screening
    told = wording.sentences(found.reasons)
    needed = None if found.requirement_needed is None else "yes" if found.requirement_needed else "no"
    numbers = {name: ";".join(map(str, getattr(found, name))) or None for name in ("items", "fields")}
    again = {**row, **numbers, "requirement_needed": needed, "outcome": found.outcome.value,
             "reasons_ja": told.ja or None, "reasons_en": told.en or None}  # fmt: skip
    days = ("send_by", "ban_ends_if_silent", "ban_ends_latest")
    return {**again, **dict.fromkeys(days)} if found.outcome is Outcome.OUT else again
