"""No regular expression of the package runs away: each is tried on texts made against it, none takes a third power.

The texts are made of what the pattern itself names: its letters, one that fits each of its classes, runs of pairs of
these with an end that does not fit.
"""

import ast
import re
import time
import warnings
from itertools import product
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
LONG = 1_500
MOST = 0.15  # CPU seconds a text: a square of the length stays far below; a third power does not, and more never ends


def patterns():
    """Every constant pattern given to `re`, with the flags that stand there as constants."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
            if call and isinstance(node.func.value, ast.Name) and node.func.value.id == "re":
                given = node.args[0]
                if isinstance(given, ast.Constant) and isinstance(given.value, str | bytes):
                    found[given.value] = f"{path.relative_to(SOURCE)}:{node.lineno}"
    return found


def against(pattern):
    """Texts that such a pattern may have trouble with."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    letters = list(dict.fromkeys([*re.sub(r"\\.|[^\w\s.,:;/@<>&\"'-]", "", text)[:12], "a", "0", " ", "あ", "\n"]))[:8]
    for one, other in product(letters, repeat=2):
        unit = one + other if one != other else one
        made = unit * (LONG // len(unit)) + "\0"
        yield made.encode("latin-1", "replace") if isinstance(pattern, bytes) else made


def slow(pattern):
    """The seconds of the text that took too long, if one did."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compiled = re.compile(pattern)
    for text in against(pattern):
        for ask in (compiled.fullmatch, compiled.search):
            begun = time.process_time()
            ask(text)
            if (took := time.process_time() - begun) > MOST:
                return took
    return 0


def test_every_pattern_ends_in_time():
    found = patterns()
    assert len(found) > 120
    assert {where: took for pattern, where in found.items() if (took := slow(pattern))} == {}


def test_a_pattern_that_runs_away_is_found():
    assert slow(r"a*a*b")
