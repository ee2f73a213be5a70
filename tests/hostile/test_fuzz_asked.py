"""What people and programs ask for: search words, symbols, sort keys, places in lists. Any text is answered or refused,
and a hundred thousand letters cost no more than ten times ten thousand."""

import random
import time
from html import escape

import pytest

from figures import seeds, tries
from hostile import grammar
from kaname.access import lists
from kaname.access.search import asked
from kaname.api import cursor
from kaname.api.problems import Problem
from kaname.assess.ipc import symbol
from kaname.law import alike
from kaname.web import runs

EACH = 500
TEXTS = tries(4, ci=40, soak=2_000)  # seeds: 20,000 texts a reader, 1 million in the soak


def placed(text):
    for order in cursor.ORDERS.values():
        try:
            cursor._read(order, text)
        except Problem as wrong:
            assert wrong.code == "invalid"


READERS = {
    "words": asked,
    "alike": alike.alike,
    "marked": lambda text: alike.marked(text, [text[:3], "あ", "x"]),
    "symbols": lambda text: [symbol.parse(one) for one in symbol.split(text)],
    "runs of Japanese": lambda text: runs.told(f'<p title="{escape(text)}">{escape(text)}</p>'),
    "a place in a list": placed,
}


@pytest.mark.parametrize("reader", READERS)
def test_any_text_is_read_or_refused(reader):
    for seed in seeds(TEXTS):
        lot = random.Random(seed)
        for _ in range(EACH):
            READERS[reader](grammar.text(lot))


def test_only_listed_orders_are_taken():
    for text in (*grammar.NASTY, "pk", "-pk", "case__opened_on", "person__password"):
        assert text not in lists.SORTS and text not in cursor.ORDERS


LONG = (
    "あ1",
    "<",
    "<a ",
    "㈱",
    "(株)",
    "e\u0301",
    "A01B ",
    ";",
    " ",
    "<svg",
    '"',
    "\u3099",
    "a",
    "あ、",
    '<p lang="ja"',
)


@pytest.mark.parametrize("reader", READERS)
def test_a_long_text_costs_what_its_length_asks(reader):
    def cost(text):
        begun = time.process_time()
        READERS[reader](text)
        return time.process_time() - begun

    for one in LONG:
        small, large = one * (10_000 // len(one)), one * (100_000 // len(one))
        assert cost(large) < max(40 * min(cost(small) for _ in range(3)), 0.5), one
