"""Shares of words: any two of three bring the secret back, one does not, and a word misread is told by its place."""

import random
from dataclasses import replace
from itertools import combinations

import pytest
from shamir_mnemonic import combine_mnemonics, generate_mnemonics

from figures import seeds, tries
from kaname.ledger import shares
from kaname.ledger.shares import NotAShare, join, read, split

SECRET = bytes(range(32))


@pytest.fixture(scope="module")
def three():
    return split(SECRET)


def test_any_two_in_any_order_bring_it_back(three):
    for first, second in combinations(three, 2):
        assert join(first, second) == join(second, first) == SECRET
    assert [one.number for one in three] == [1, 2, 3] and len({one.set for one in three}) == 1


def test_a_share_is_33_words_that_are_read_as_they_are_typed(three):
    assert all(len(one.words.split()) == 33 for one in three)
    assert read(f"  {three[0].words.upper()}\n".replace(" ", "\t  ")) == three[0]


def test_the_same_share_twice_is_not_two(three):
    with pytest.raises(NotAShare, match="the same share"):
        join(three[1], three[1])


def test_shares_of_two_sets_do_not_mix(three):
    other = split(SECRET)
    while other[0].set == three[0].set:  # one in 32,768
        other = split(SECRET)
    with pytest.raises(NotAShare, match="different sets"):
        join(three[0], other[1])


def test_sets_of_one_number_do_not_mix_either(three):
    """The number of a set is short: where two have the same, the sum that is split along finds it."""
    other = split(bytes(32))
    forged = [shares.Share(three[0].set, o.number, _renumbered(o, three[0].set)) for o in other]
    with pytest.raises(NotAShare, match="do not go together"):
        join(three[0], forged[1])


def _renumbered(share, number):
    return replace(shares.Mnemonic.from_mnemonic(share.words), identifier=number).mnemonic()


def test_one_share_with_a_made_up_one_gives_nothing(three):
    """Who holds one share can only guess the other: the sum inside refuses it, and says nothing of how near it was."""
    mine = shares.Mnemonic.from_mnemonic(three[0].words)
    draw, said = random.Random(2), set()
    for _ in range(50):
        other = replace(mine, index=1, value=draw.randbytes(32)).mnemonic()
        with pytest.raises(NotAShare) as refused:
            join(three[0], read(other))
        said.add(str(refused.value))
    assert said == {"the two shares do not go together"}


def test_a_word_that_is_in_no_list_is_named_by_its_place(three):
    words = three[0].words.split()
    words[6] = "acadmic"
    with pytest.raises(NotAShare, match="word 7, 'acadmic', is not in the list; is it academic"):
        read(" ".join(words))


def test_a_pasted_secret_is_not_shown_whole():
    with pytest.raises(NotAShare) as refused:
        read("correct-horse-battery-staple-of-somebody")
    assert "battery" not in str(refused.value)


@pytest.mark.parametrize(("typed", "ja", "en"), [
    ("already" + "x" * 10, "「alreadyxxxxxxxxx」は語の表にない；already か",
     "'alreadyxxxxxxxxx', is not in the list; is it already?"),
    ("qqqqq", "「qqqqq」は語の表にない", "'qqqqq', is not in the list"),
])  # fmt: skip
def test_an_unknown_word_is_shown_cut_beside_the_nearest_one(typed, ja, en):
    with pytest.raises(NotAShare) as refused:
        read(typed)
    assert (refused.value.text.ja, refused.value.text.en) == (f"1 語目の{ja}", f"word 1, {en}")


@pytest.mark.parametrize("place", [1, 2, 4, 20, 33])
def test_a_word_that_was_misread_is_found_among_33(three, place):
    words = three[2].words.split()
    meant = words[place - 1]
    words[place - 1] = "zero" if meant != "zero" else "acid"
    with pytest.raises(
        NotAShare, match=f"word {place}, '{words[place - 1]}', does not fit; does the paper say '{meant}'"
    ):
        read(" ".join(words))


def test_words_out_of_order_and_missing_ones_are_told(three):
    words = three[0].words.split()
    swapped = [*words[:9], words[10], words[9], *words[11:]]
    if swapped != words:
        with pytest.raises(NotAShare, match="two words or more"):
            read(" ".join(swapped))
    with pytest.raises(NotAShare, match="33 words; here are 32"):
        read(" ".join(words[1:]))
    with pytest.raises(NotAShare, match="here are 0"):
        read("")


def test_no_mistake_in_up_to_three_words_passes(three, monkeypatch):
    monkeypatch.setattr(shares, "_misread", lambda words: shares._FOREIGN)  # the search is slow
    for seed in seeds(tries(300, ci=3_000, soak=300_000)):
        draw = random.Random(seed)
        words = draw.choice(three).words.split()
        for place in draw.sample(range(33), draw.randint(1, 3)):
            words[place] = draw.choice([w for w in ("acid", "zero", "yoga", "album") if w != words[place]])
        with pytest.raises(NotAShare):
            read(" ".join(words))


def test_planted_a_reader_without_the_sum_lets_mistakes_pass(three, monkeypatch):
    monkeypatch.setattr(shares, "_sound", lambda words: True)
    monkeypatch.setattr("shamir_mnemonic.rs1024.verify_checksum", lambda *_: True)
    words = three[0].words.split()
    words[20] = "zero" if words[20] != "zero" else "acid"
    misread = read(" ".join(words))
    with pytest.raises(NotAShare, match="go together"):  # the second line: the sum inside
        join(misread, three[1])


def test_a_passphrase_is_needed_as_well():
    made = split(SECRET, "rice and salt")
    assert join(made[0], made[2], "rice and salt") == SECRET
    assert join(made[0], made[2]) != SECRET != join(made[0], made[2], "rice")
    with pytest.raises(NotAShare, match="printable"):
        split(SECRET, "合言葉")


OTHERS = {
    "three of five": lambda: generate_mnemonics(1, [(3, 5)], SECRET)[0][0],
    "the fourth of four": lambda: generate_mnemonics(1, [(2, 4)], SECRET)[0][3],
    "of one group among two": lambda: generate_mnemonics(1, [(2, 3), (2, 3)], SECRET)[0][0],
    "of more groups than there are": lambda: replace(
        shares.Mnemonic.from_mnemonic(split(SECRET)[0].words), group_threshold=2
    ).mnemonic(),
}


@pytest.mark.parametrize("made", OTHERS.values(), ids=OTHERS)
def test_shares_of_others_making_are_told(made):
    """Sound words all of them."""
    with pytest.raises(NotAShare, match="no share that Kaname has made"):
        read(made())


def test_a_set_is_three_and_without_a_passphrase_needs_none():
    made = split(SECRET)
    assert [one.number for one in made] == [1, 2, 3] and join(made[0], made[2], "") == SECRET
    made = split(SECRET, "")
    assert join(made[1], made[0]) == SECRET


def test_a_published_vector_of_slip_39_is_joined_as_published():
    """Two of three of 128 bits: the library that is pinned gives what was published."""
    both = (
        "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short "
        "owner flip making coding armed",
        "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft "
        "early superior advocate guest smoking",
    )
    assert combine_mnemonics(both, b"TREZOR").hex() == "b43ceb7e57a0ea8766221624d01b0864"
