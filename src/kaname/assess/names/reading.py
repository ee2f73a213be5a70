"""Readings: the ways in which a name is compared, each with the rules that led to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kaname.assess.names import forms, letters, scripts
from kaname.assess.names.scripts import Script, script


class Kind(StrEnum):
    """Readings of one kind are compared with each other; consonants of Latin names only with those of Arabic ones."""

    NATIVE = "native"  # as written, in any script but Latin
    LATIN = "latin"
    FROM_ARABIC = "from_arabic"
    TO_ARABIC = "to_arabic"

    @property
    def counterpart(self) -> "Kind":
        return {Kind.FROM_ARABIC: Kind.TO_ARABIC, Kind.TO_ARABIC: Kind.FROM_ARABIC}.get(self, self)

    @property
    def initialled(self) -> bool:
        """Whether a letter alone may stand for a word."""
        return self is Kind.LATIN

    @property
    def by_letters(self) -> bool:
        """Whether whole names are compared too. Consonants are so few that they resemble each other without words."""
        return self in (Kind.NATIVE, Kind.LATIN)


class Rule(StrEnum):
    """How a reading came from the name as written."""

    WRITTEN = "written"
    ROMANISED = "romanised"
    UMLAUT = "umlaut"
    LOOKALIKE = "lookalike"
    CONSONANTS = "consonants"
    BRACKETS = "brackets"


@dataclass(frozen=True, slots=True)
class Reading:
    kind: Kind
    words: tuple[str, ...]
    rule: Rule


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe"})
_BRACKETS = re.compile(r"^([^()（）]+)[(（]([^()（）]+)[)）]\s*$")
_LEAST_CONSONANTS = 6  # fewer say too little


@dataclass(frozen=True)
class Name:
    """A name as given, and what comparison makes of it."""

    text: str

    @cached_property
    def _split(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return forms.without_forms(letters.words(self.text))

    @property
    def words(self) -> tuple[str, ...]:
        return self._split[0]

    @property
    def dropped(self) -> tuple[str, ...]:
        """The corporate forms taken off."""
        return self._split[1]

    @property
    def empty(self) -> bool:
        """Whether there is no letter to compare."""
        return not self.words

    @property
    def only_form(self) -> bool:
        """Whether it is nothing but a corporate form; it is then compared as it stands."""
        return forms.only_form(self.words) or forms.only_form(letters.words(self.text))

    @property
    def hidden(self) -> bool:
        """Whether it holds characters that nobody sees; they are left out of comparison."""
        return letters.hidden(self.text)

    @property
    def mixed(self) -> bool:
        """Whether a word mixes Latin letters with Cyrillic or Greek ones, as no honest spelling does."""
        return not self.text.isascii() and any(scripts.lookalike(word) for word in self.words)

    def of(self, kind: Kind) -> tuple[Reading, ...]:
        """The readings of a kind. Consonants are worked out only when asked for: few lists are in Arabic."""
        if kind in (Kind.FROM_ARABIC, Kind.TO_ARABIC):
            return self._consonants(kind)
        return tuple(reading for reading in self.readings if reading.kind is kind)

    def _consonants(self, kind: Kind) -> tuple[Reading, ...]:
        arabic = any(script(c) is Script.ARABIC for word in self.words for c in word)
        if arabic is (kind is Kind.TO_ARABIC):
            return ()
        found = tuple(filter(None, map(scripts.skeleton, self.words)))
        return (Reading(kind, found, Rule.CONSONANTS),) if sum(map(len, found)) >= _LEAST_CONSONANTS else ()

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """All readings but the consonants, each once; that of the name as written first."""
        found = {(r.kind, r.words): r for r in reversed(list(self._readings())) if r.words}
        return tuple(reversed(found.values()))

    def _readings(self) -> Iterator[Reading]:
        yield from _of(self.words, Rule.WRITTEN)
        if self.text.isascii():
            return
        if two := scripts.apart(self.text, self.words):
            yield from _romanised(self.words, two)
        if (spelt := self.text.translate(_UMLAUTS)) != self.text:
            yield from _of(Name(spelt).words, Rule.UMLAUT)
        looks = [scripts.lookalike(word) for word in self.words]
        if any(looks):
            yield from _of(tuple(latin or word for latin, word in zip(looks, self.words, strict=True)), Rule.LOOKALIKE)
        if brackets := _BRACKETS.match(self.text):
            outer, inner = Name(brackets[1]), Name(brackets[2])
            # 華為 (Huawei): the same name twice. Brackets in the script of the name itself are part of it.
            if _latin(outer) is not _latin(inner) and not inner.only_form:
                yield from _of(outer.words, Rule.BRACKETS)
                yield from _of(inner.words, Rule.BRACKETS)


def _of(words: tuple[str, ...], rule: Rule) -> Iterator[Reading]:
    found = {script(c) for word in words for c in word} if any(not w.isascii() for w in words) else {Script.LATIN}
    if found <= {Script.LATIN}:
        yield Reading(Kind.LATIN, words, rule)
        return
    yield Reading(Kind.NATIVE, words, rule)
    yield from _romanised(words)


def _romanised(words: tuple[str, ...], apart: frozenset[str] = frozenset()) -> Iterator[Reading]:
    latin = [scripts.romanised(word, apart) for word in words]
    if all(latin):
        # Forms written in those letters (a kana reading of a Latin form) may stand at the ends again.
        yield Reading(Kind.LATIN, forms.without_forms(tuple(filter(None, latin)))[0], Rule.ROMANISED)


def _latin(name: Name) -> bool:
    return all(word.isascii() for word in name.words)
