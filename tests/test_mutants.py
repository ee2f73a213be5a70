"""Mutants (docs/mutants.md): what is told of them is what was found, and the tool is not blind."""

import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import mutants
from mutating import Source, of_sql


def test_every_module_of_the_list_was_measured_by_tests_that_are_there():
    found = mutants.results()
    assert set(found) == set(mutants.plan())
    for name, asked in mutants.plan().items():
        assert found[name]["mutants"] > 10, name
        assert all((mutants.ROOT / "tests" / test).exists() for test in asked["tests"]), name


def test_the_page_shows_what_was_found():
    (shown,) = mutants.WITHIN.findall(mutants.PAGE.read_text("utf-8"))
    assert shown == mutants.table(), "run python tools/mutants.py table"


def test_nothing_survives_without_a_reason():
    for name, asked in mutants.plan().items():
        assert set(mutants.results()[name]["survived"]) <= set(asked.get("equal", ())), name


@pytest.mark.parametrize("name", [name for name, asked in mutants.plan().items() if asked.get("equal")])
def test_what_changes_nothing_has_its_reason_and_was_a_survivor(name):
    equal, found = mutants.plan()[name]["equal"], mutants.results()[name]
    assert all(len(why) > 15 for why in equal.values())
    assert set(equal) <= set(found["survived"]), "a mutant that dies, or is not there, needs no reason"


def test_a_module_that_was_changed_is_told(monkeypatch):
    assert "changed since" not in mutants.table().partition("| all |")[2]
    monkeypatch.setattr(mutants, "digest", lambda module: "another")
    assert mutants.table().count("changed since") == len(mutants.results())


# -- the tool itself ---------------------------------------------------------------------------------------------------

GUARDED = '''
from functools import cache

MOST = 3
_ALL = ("a", "b")
SQL = f"SELECT 1 WHERE a <= %s AND b = c OR d {'IS NULL'}"


@cache
def may(who, day=1):
    """Who may."""
    if who not in _ALL:
        raise ValueError("a text for people")
    return who == "a" and day < MOST


def fits(size, most=1 << 4):
    return size < most


class Door:
    @property
    def shut(self):
        return not self.open

    open = True
'''


@pytest.fixture
def guarded(tmp_path, monkeypatch):
    (tmp_path / "guarded_by.py").write_text(textwrap.dedent(GUARDED), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield Source("guarded_by")
    del sys.modules["guarded_by"]


def survivors(source, tests):
    """Those under which all the tests hold."""

    def dies(mutant):
        try:
            with source.planted(mutant):
                return not all(test(source.module) for test in tests)
        except Exception:
            return True

    return {m.name for m in source.mutants() if not dies(m)}


def refuses(module):
    try:
        return module.may("c") is None
    except ValueError:
        return True


WEAK = (lambda m: m.may("a"), lambda m: not m.may("b"))
STRONG = (*WEAK, refuses, lambda m: m.may("a", 2) and not m.may("a", 3), lambda m: m.Door().shut is False,
          lambda m: m.may("b", 1) is False, lambda m: m.fits(15) and not m.fits(16))  # fmt: skip


def test_what_no_test_looks_at_survives_and_what_one_does_dies(guarded):
    left = survivors(guarded, WEAK)
    assert {"may: if who not in _ALL -> never", "may: without raise ValueError('a text for people')",
            "may: day < MOST -> day <= MOST", "MOST: 3 -> 4", "may: without day < MOST",
            "Door.shut: not self.open -> self.open"} <= left  # fmt: skip
    assert {"may: without who == 'a'", "may: if who not in _ALL -> always"}.isdisjoint(left)
    strong = {name for name in survivors(guarded, STRONG) if not name.startswith("SQL")}
    assert strong == {"may: 1 -> 2"}, "a default that makes no difference"


def test_afterwards_everything_is_as_it_was(guarded):
    before = dict(vars(guarded.module))
    assert guarded.module.may("a") is True
    for mutant in guarded.mutants():
        with guarded.planted(mutant):
            pass
    assert dict(vars(guarded.module)) == before and all(test(guarded.module) for test in STRONG)


def test_whoever_took_a_constant_by_name_gets_the_changed_one(guarded, monkeypatch):
    other = SimpleNamespace(_ALL=guarded.module._ALL)
    monkeypatch.setitem(sys.modules, "who_took_it", other)
    (mutant,) = (m for m in guarded.mutants() if m.name == "_ALL: without 'b'")
    with guarded.planted(mutant):
        assert other._ALL == guarded.module._ALL == ("a",)
    assert other._ALL == guarded.module._ALL == ("a", "b")


def test_statements_of_sql_lose_their_terms_one_by_one():
    made = {new for _, new in of_sql("SELECT 1 WHERE a.b <= %s AND c = d AND p.on AND NOT EXISTS (e IS NULL)")}
    assert {
        "SELECT 1 WHERE %s IS NOT NULL AND c = d AND p.on AND NOT EXISTS (e IS NULL)",
        "SELECT 1 WHERE a.b < %s AND c = d AND p.on AND NOT EXISTS (e IS NULL)",
        "SELECT 1 WHERE a.b <= %s AND 1 = 1 AND p.on AND NOT EXISTS (e IS NULL)",
        "SELECT 1 WHERE a.b <= %s AND c = d  AND NOT EXISTS (e IS NULL)",
        "SELECT 1 WHERE a.b <= %s AND c = d AND p.on AND EXISTS (e IS NULL)",
        "SELECT 1 WHERE a.b <= %s AND c = d AND p.on AND NOT EXISTS (e IS NOT NULL)",
        "SELECT 1 WHERE a.b <= %s OR c = d AND p.on AND NOT EXISTS (e IS NULL)",
    } <= made
