"""The commands of the run book for a leak run as they stand there."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from designated import designated, document
from folk import circle, person

from kaname.access.custody import api as custody
from kaname.cli import root
from kaname.ledger import clock
from kaname.papers import api as papers

BOOK = Path(__file__).parents[2] / "docs" / "incident.md"
COMMANDS = [line.strip() for line in BOOK.read_text(encoding="utf-8").splitlines() if line.startswith("       kaname ")]


@pytest.fixture
def leaked(sqlite_office, act_office, tmp_path, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    hana, ken = (person(n, "applicant", sealed=True) for n in ("Hanako", "Ken"))
    person("Ren", "jpo")
    person("Boss", admin=True)
    case = designated(circle("輪", hana, ken))
    paper = document(case, hana)
    custody.answer(ken, custody.ask(hana, case.public_id, f"document {paper}", "download", 1, "照合"), "approved", "可")
    papers.fetch(hana, paper)
    return case


def test_the_book_has_its_commands():
    assert len(COMMANDS) >= 8
    assert {re.match(r"kaname ([a-z-]+)", c).group(1) for c in COMMANDS} >= {"act", "backup", "verify", "leak-report"}


def told(*words):
    found = CliRunner().invoke(root, words, env={"KANAME_LANG": "en"})
    assert found.exit_code == 2, found.output
    return found.output


def test_what_is_mistyped_is_named(leaked):
    case, by = leaked.public_id, ("--by", "hanako@example.jp")
    assert told("leak-report", case, "--since", "2999-01-01", *by).startswith("--since: the last day lies before")
    words = ("--words", "w", *by)
    assert told("custody", "note", case, "77", "returned", *words).startswith("NUMBER: there is no such thing")
    assert told("custody", "answer", "a" * 16, "approved", *by).startswith("REQUEST: ")
    assert told("custody", "ask", case, "nothing", "--form", "export", "--why", "w", *by).startswith("WHAT: ")
    assert told("custody", "show", case, "--by", "ren@example.jp").startswith(("CASE: ", "--by: "))


# In this process the database is the test's own: what would open another file or other keys stays out (test_recovery).
ELSEWHERE = ("kaname rekey", "kaname backup", "kaname verify", "kaname keys")


def test_its_commands_run(leaked, tmp_path):
    for command in COMMANDS:
        if command.startswith(ELSEWHERE):
            continue
        words = shlex.split(command)
        if words[1] != "person":
            words[2 + (words[1] == "custody")] = leaked.public_id
        words = [clock.today().isoformat() if w.startswith("2026-11-26") else w for w in words]
        found = CliRunner().invoke(root, words[1:], env={"KANAME_LANG": "en"})
        assert found.exit_code == 0, (command, found.output)
    assert (tmp_path / "leak.pdf").read_bytes().startswith(b"%PDF-")
