"""Recovery shares (分担片): 32 secret bytes as three lists of 33 words, of which any two bring them back (SLIP-39).

One share alone is no help: of 2^256 secrets it leaves 2^224, for 32 bits of a sum are split along. Each list has a
checksum of three words that finds every mistake in up to three words, and by which a single wrong word is named here.
A passphrase, where one was given, is needed beside two shares; no share tells whether there is one.
"""

import re
from difflib import get_close_matches
from typing import NamedTuple

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic import Share as Mnemonic
from shamir_mnemonic.constants import CUSTOMIZATION_STRING_EXTENDABLE
from shamir_mnemonic.rs1024 import verify_checksum
from shamir_mnemonic.wordlist import WORD_INDEX_MAP, WORDLIST

from kaname.law import T, Text
from kaname.ledger.errors import LedgerError

SIZE, WORDS, NEEDED, COUNT = 32, 33, 2, 3
_PASSPHRASE = re.compile(r"[ -~]{0,128}")


class NotAShare(LedgerError):
    """Words that are no share, or shares that do not go together. Nothing was done."""


class Share(NamedTuple):
    """One of three: `set` is the number all three bear, `number` counts from 1."""

    set: int
    number: int
    words: str


def split(secret: bytes, passphrase: str = "") -> list[Share]:
    """Three shares of 32 bytes. Raises NotAShare where the passphrase cannot be used."""
    made = generate_mnemonics(1, [(NEEDED, COUNT)], secret, _raw(passphrase))
    return [read(words) for words in made[0]]


def read(given: str) -> Share:
    """A share out of its words as somebody has typed them. Raises NotAShare, which says what is wrong, and where."""
    words = given.lower().split()
    for place, word in enumerate(words, 1):
        if word not in WORD_INDEX_MAP:
            raise NotAShare(_unknown(place, word))
    if len(words) != WORDS:
        raise NotAShare(T(f"分担片は {WORDS} 語；ここには {len(words)} 語ある",
                          f"a share has {WORDS} words; here are {len(words)}"))  # fmt: skip
    if not _sound(words):
        raise NotAShare(_misread(words))
    try:
        one = Mnemonic.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise NotAShare(_FOREIGN) from None
    if (one.group_count, one.member_threshold, len(one.value)) != (1, NEEDED, SIZE) or one.index >= COUNT:
        raise NotAShare(_FOREIGN)
    return Share(one.identifier, one.index + 1, " ".join(words))


def join(first: Share, second: Share, passphrase: str = "") -> bytes:
    """What was split. A wrong passphrase gives other bytes, which open nothing. Raises NotAShare."""
    if first.set != second.set:
        raise NotAShare(T("二つの分担片は別々の組のもの；同じ日に作られた二つを",
                          "the two shares are of different sets; take two that were made together"))  # fmt: skip
    if first.number == second.number:
        raise NotAShare(T(f"同じ分担片（{first.number}）が二度；別の人の分担片を",
                          f"the same share ({first.number}) twice; take that of another holder"))  # fmt: skip
    try:
        return bytes(combine_mnemonics([first.words, second.words], _raw(passphrase)))
    except MnemonicError:
        raise NotAShare(T("二つの分担片は組にならない", "the two shares do not go together")) from None


def _raw(passphrase: str) -> bytes:
    if not _PASSPHRASE.fullmatch(passphrase):
        raise NotAShare(T("合言葉は 128 文字までの半角の英数字と記号で",
                          "expected a passphrase of at most 128 printable ASCII characters"))  # fmt: skip
    return passphrase.encode()


def _sound(words: list[str]) -> bool:
    return bool(verify_checksum([WORD_INDEX_MAP[word] for word in words], CUSTOMIZATION_STRING_EXTENDABLE))


def _unknown(place: int, word: str) -> Text:
    """A word that is in no list: told by its place, and cut, for it may be anything that was pasted."""
    near, shown = get_close_matches(word[:16], WORDLIST, 1), word[:16]
    maybe = (f"；{near[0]} か", f"; is it {near[0]}?") if near else ("", "")
    return T(
        f"{place} 語目の「{shown}」は語の表にない{maybe[0]}", f"word {place}, {shown!r}, is not in the list{maybe[1]}"
    )


def _misread(words: list[str]) -> Text:
    """Every word is in the list, yet the sum is wrong: the only change of one word that would mend it is told."""
    for place, held in enumerate(words):
        for word in WORDLIST:
            if word != held and _sound([*words[:place], word, *words[place + 1 :]]):
                return T(f"{place + 1} 語目の「{held}」が合わない；紙の「{word}」を読み違えていないか",
                         f"word {place + 1}, {held!r}, does not fit; does the paper say {word!r}?")  # fmt: skip
    return T(
        "二語以上が合わない；語の順を、紙とくらべること",
        "two words or more do not fit; compare their order with the paper",
    )


_FOREIGN = T("要の分担片でない", "no share that Kaname has made")
