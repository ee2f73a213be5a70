"""Titles in memory: what is found in their joined text is what is found in each, whenever they come and change."""

from random import Random

import pytest

from kaname.ledger import titles

WORDS = ("装", "制御", "a", "ab", "aa", " ", ".*", "株")


@pytest.fixture
def shelf(monkeypatch):
    """Titles that a test puts there itself, joined anew after every third."""
    monkeypatch.setattr(titles, "_follow", lambda: None)
    monkeypatch.setattr(titles, "_MOST", 3)
    titles.forget()
    yield put
    titles.forget()


def put(case: int, seq: int, title: str) -> None:
    titles._TITLES[case] = (seq, title)
    titles._SINCE.add(case)


def walk(put, chance: Random) -> list[tuple[str, int, set[int], set[int]]]:
    """Pieces that were asked for at some time, what was found, and what stands in the titles one by one."""
    asked = []
    for seq in range(60):
        put(chance.randrange(1, 12), seq, "".join(chance.choices(WORDS, k=chance.randrange(5))))
        piece, after = chance.choice(WORDS), chance.choice((0, 0, 6))
        plain = {case for case, (_, title) in titles._TITLES.items() if piece in title and case > after}
        found = titles.having(piece, after).tolist()
        assert len(found) == len(set(found)), "each once"
        asked.append((piece, after, set(found), plain))
    return asked


def test_the_joined_text_finds_what_each_title_has(shelf):
    for seed in range(20):
        titles.forget()
        for piece, after, found, plain in walk(shelf, Random(seed)):
            assert found == plain, (piece, after)
    assert titles._JOINED[0][0].size, "titles were joined"


def test_a_title_that_is_another_one_since_then_would_be_found(shelf, monkeypatch):
    """Planted: the text of before is asked for cases whose title has changed."""
    monkeypatch.setattr(titles.np, "isin", lambda found, _: titles.np.zeros(found.size, bool))
    monkeypatch.setattr(titles.np, "concatenate", lambda parts: titles.np.unique(titles.np.hstack(parts)))
    assert any(found != plain for _, _, found, plain in walk(shelf, Random(1)))
