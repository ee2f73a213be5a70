"""Corporate forms (株式会社, ㈱, Co., Ltd., ООО ...), taken off at either end of a name before it is compared.

`forms.csv` lists them, with where they stand: at the end, at the start, or both. Names in kanji, kana, Hangul or Thai
are written without blanks, so there a form is also taken off as a part of a word, the longest first; short marks such
as 株 or 주 only where they stand alone, as in (株).
"""

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from kaname.assess.names.letters import words
from kaname.assess.names.scripts import Script, script

_SPACED_OUT = 5  # letters; "s a r l" is such a spelling of "sarl"
_ALONE = 2  # characters; shorter forms in unspaced scripts count only as words of their own


@dataclass(frozen=True, slots=True)
class Table:
    """Spellings as words -> the form, for each end of a name; and those that may also be part of a word."""

    start: dict[tuple[str, ...], str] = field(default_factory=dict)
    end: dict[tuple[str, ...], str] = field(default_factory=dict)
    within_start: dict[str, str] = field(default_factory=dict)
    within_end: dict[str, str] = field(default_factory=dict)


@cache
def table() -> Table:
    found = Table()
    with resources.files(__package__).joinpath("forms.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for spelling in row["spellings"].split("|"):
                _enter(found, words(spelling), row["at"], row["form"])
    return found


def _enter(found: Table, spelling: tuple[str, ...], at: str, form: str) -> None:
    ends = [e for e in (found.start, found.end) if at == "both" or e is getattr(found, at)]
    for by_words, within in ((found.start, found.within_start), (found.end, found.within_end)):
        if by_words not in ends:
            continue
        by_words.setdefault(spelling, form)
        text = "".join(spelling)
        if unspaced(text) and len(text) > _ALONE:
            within.setdefault(text, form)
        elif len(spelling) == 1 and text.isascii() and len(text) <= _SPACED_OUT:
            by_words.setdefault(tuple(text), form)


def unspaced(word: str) -> bool:
    """Whether the word is in a script that sets no blanks between words."""
    return not word.isascii() and any(script(c) in (Script.KANA, Script.HANGUL, Script.OTHER) for c in word)


def without_forms(given: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words without corporate forms at either end, and the forms taken off. Something of the name always stays."""
    left = given
    dropped: list[str] = []
    while True:
        taken = _taken(left)
        if taken is None:
            return left, tuple(dropped)
        left, form = taken
        dropped.append(form)


def _taken(left: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    forms = table()
    for size in range(min(_longest(), len(left) - 1), 0, -1):
        if (form := forms.end.get(left[-size:])) and _enough(left[:-size], left[-size:]):
            return left[:-size], form
        if (form := forms.start.get(left[:size])) and _enough(left[size:], left[:size]):
            return left[size:], form
    if left and unspaced(left[-1]):
        for size in range(min(_longest_within(), len(left[-1]) - (len(left) == 1)), _ALONE, -1):
            if form := forms.within_end.get(left[-1][-size:]):
                return tuple(word for word in (*left[:-1], left[-1][:-size]) if word), form
    if left and unspaced(left[0]):
        for size in range(min(_longest_within(), len(left[0]) - (len(left) == 1)), _ALONE, -1):
            if form := forms.within_start.get(left[0][:size]):
                return tuple(word for word in (left[0][size:], *left[1:]) if word), form
    return None


def _enough(rest: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Letters standing alone are a form only behind or before a word: "S A" of "Kim S A" is, of "A S A" is not."""
    letters = len(form) > 1 and all(len(word) == 1 for word in form)
    return not letters or any(len(word) > 1 or unspaced(word) for word in rest)


def only_form(given: tuple[str, ...]) -> bool:
    """Whether the words are nothing but a corporate form."""
    text = "".join(given)
    forms = table()
    return given in forms.end or given in forms.start or text in forms.within_end or text in forms.within_start


@cache
def _longest() -> int:
    return max(len(spelling) for spelling in (*table().start, *table().end))


@cache
def _longest_within() -> int:
    return max(len(text) for text in (*table().within_start, *table().within_end))
