"""A kaname call inside the process, with the invented kinds of `quarry_kind`, and ledgers to call it with."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parent))

from quarry_kind import KINDS, LEDGER

from kaname.cli import root


@pytest.fixture
def kaname(monkeypatch, tmp_path):
    """Calls `kaname` in a folder of its own; the language is English unless told."""
    monkeypatch.setattr("kaname.regimes.KINDS", KINDS)
    monkeypatch.chdir(tmp_path)

    def call(*args: str, stdin: str | bytes | None = None, lang: str = "en") -> Result:
        found = CliRunner().invoke(root, args, input=stdin, env={"KANAME_LANG": lang, "LANG": "C.UTF-8"})
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found

    return call


@pytest.fixture
def ledger(tmp_path):
    """Writes a ledger into the folder of the call and gives its name."""

    def write(*entries, name: str = "case.jsonl") -> str:
        lines = [e if isinstance(e, str) else json.dumps(e, ensure_ascii=False) for e in entries]
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return name

    return write


@pytest.fixture
def case(ledger):
    """The worked case: asked, questioned, a partner, a breach, and an act out of order."""
    return ledger(*LEDGER)
