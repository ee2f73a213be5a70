"""Threat model, promises and planted faults name tests that are there; nothing is claimed without one."""

import ast
import re
from pathlib import Path

import pytest

import named_tests
import static_rules

DOCS = Path(__file__).parents[1] / "docs"
PAPERS = ("security", "threat_model", "planted_faults", "supply_chain", "inventory")


def text(name):
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAPERS)
def test_the_tests_named_are_there(name):
    named = named_tests.named_in(text(name))
    alone = {f for functions in named_tests.here().values() for f in functions}
    assert named
    assert [one for one in named_tests.missing(named) if one not in alone] == []


def test_a_test_that_is_not_there_would_be_named():
    assert named_tests.missing(["test_words", "test_soak::test_gone", "test_gone", "test_soak"]) == [
        "test_soak::test_gone", "test_gone",
    ]  # fmt: skip


def test_every_way_in_has_what_stands_against_it_and_a_test():
    rows = [row for row in named_tests.rows(text("threat_model")) if re.fullmatch(r"T\d+", row[0])]
    assert [row[0] for row in rows] == [f"T{n}" for n in range(1, 19)]
    for row in rows:
        assert len(row) == 5 and all(row), row[0]
        assert named_tests.named_in(row[4]), f"{row[0]} names no test"


def test_every_promise_has_a_test():
    rows = [row for row in named_tests.rows(text("security").partition("## Outside")[0]) if not row[0].startswith("**")]
    assert len(rows) > 25
    assert [row[0] for row in rows if not named_tests.named_in(row[-1])] == []


def test_planted_faults_are_numbered_and_each_is_found():
    rows = [row for row in named_tests.rows(text("planted_faults")) if row[0]]
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert len(rows) >= 25
    for row in rows:
        named = named_tests.named_in(row[2])
        assert named and all("::" in one for one in named), f"{row[0]}: name the test itself"


def ciphers(source):
    """What a file imports of libraries of ciphers and digests, errors aside."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and not (node.module or "").endswith(".exceptions"):
            library = (node.module or "").split(".")[0]
            yield from (alias.name for alias in node.names if library in ("cryptography", "tink", "hashlib"))
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "hashlib":
            yield node.attr


def test_every_cipher_that_the_sources_use_stands_in_the_inventory():
    used = {name for _, source in static_rules.files() for name in ciphers(source)}
    told = text("inventory")
    assert {"AESGCM", "Ed25519PublicKey", "sha256"} <= used
    assert {name for name in used - {"secret_key_access", "file_digest"} if f"`{name}`" not in told} == set()
    assert list(ciphers("from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish")) == ["Blowfish"]
