"""The examples of docs/filing.md hold: run in order in a new office, they print what is told."""

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import override_settings

from access.folk import person
from kaname.cli import root
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from test_docs_examples import _BLOCK, _CALL

ROOT = Path(__file__).parents[2]
CALLS = [
    (found["call"], found["shown"])
    for block in _BLOCK.findall((ROOT / "docs" / "filing.md").read_text(encoding="utf-8"))
    for found in _CALL.finditer(block)
]
_KEPT = re.compile(r"(?P<name>[A-Z]+)=\$\((?P<call>.*)\)")


@pytest.fixture
def new_office(sqlite_office):
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield
    kinds.cache_clear()


def test_the_examples_in_order(new_office, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 26))
    kept: dict[str, str] = {}
    for call, shown in CALLS:
        keeps = _KEPT.fullmatch(call)
        given = keeps["call"] if keeps else call
        for name, value in kept.items():
            given = given.replace(f"${name}", value)
        found = CliRunner().invoke(root, shlex.split(given)[1:], env={"KANAME_LANG": "en"})
        assert found.exception is None or isinstance(found.exception, SystemExit), (call, found.exception)
        if keeps:
            assert found.exit_code == 0, (call, found.output)
            kept[keeps["name"]] = found.output.splitlines()[0]
            continue
        pattern = ".*".join(re.escape(part) for part in shown.rstrip("\n").split("..."))
        assert re.fullmatch(pattern, found.output.rstrip("\n"), re.DOTALL), (call, found.output)


def test_a_plan_that_is_not_there_is_told_by_its_place(new_office):
    """Not as if the person were wrong."""
    person("Ono", "operator", kind="infrastructure.plan", party="架空電力")
    for call in ("check", "remind", "invite"):
        more = {"check": [], "remind": ["星野計器"], "invite": ["星野計器", "hoshi@example.jp"]}[call]
        given = ["vendor", call, "a" * 16, *more, "--by", "ono@example.jp"]
        found = CliRunner().invoke(root, given, env={"KANAME_LANG": "en"})
        assert (found.exit_code, found.output) == (2, "PLAN: there is no such thing\n")


COMMANDS = ["prepare", "fill", "check", "invite", "accept", "remind", "passport", "consent", "attach"]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_an_example(name):
    assert any(f"kaname vendor {name} " in call for call, _ in CALLS)
