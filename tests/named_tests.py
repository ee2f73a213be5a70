"""Tests that documents name: `test_file` or `test_file::test_function`, in backticks; each must be there."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
NAMED = re.compile(r"`(test_\w+(?:::test_\w+)?)`")


@cache
def here() -> dict[str, set[str]]:
    """File (its name alone; they are unique) -> its test functions."""
    found = defaultdict(set)
    for file in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[file.stem].add(node.name)
    return dict(found)


def missing(names: list[str]) -> list[str]:
    """Those that are not there."""
    return [name for name in names if not _is_there(*name.partition("::")[::2])]


def _is_there(file: str, function: str) -> bool:
    return function in here().get(file, ()) if function else file in here()


def named_in(text: str) -> list[str]:
    return NAMED.findall(text)


def rows(text: str) -> list[list[str]]:
    """The cells of every line of the tables of a document, heads left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    heads = {i - 1 for i, line in enumerate(cells) if set(line[0]) <= {"-", ":"} and line[0]}
    return [row for i, row in enumerate(cells) if i not in heads and not (row[0] and set(row[0]) <= {"-", ":"})]
