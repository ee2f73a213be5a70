"""The examples of these documents hold: run in order in a new office, they print what is told."""

import re
import shlex
from pathlib import Path

import pytest
import throwaway
from click.testing import CliRunner

from kaname.cli import root
from kaname.ledger.kinds import kinds
from kaname.site.databases import embedded
from test_docs_examples import _BLOCK, _CALL

ROOT = Path(__file__).parents[2]
DOCUMENTS = {"ledger.md": 12, "proof.md": 10, "failing.md": 4}  # so many calls at least; what follows:
AFTER = {"ledger.md": ("install.md",)}


def _calls(document):
    for block in _BLOCK.findall((ROOT / "docs" / document).read_text(encoding="utf-8")):
        for found in _CALL.finditer(block):
            yield found["call"], found["shown"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_examples_in_order(document, sqlite_office, settings, monkeypatch, tmp_path):
    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("KANAME_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    throwaway.connect(embedded(tmp_path / "home" / "kaname.sqlite3"))
    calls = [call for name in (document, *AFTER.get(document, ())) for call in _calls(name)]
    assert len(calls) >= DOCUMENTS[document]
    for call, shown in calls:
        args = shlex.split(call.replace("src/kaname", str(ROOT / "src" / "kaname")))[1:]
        found = CliRunner().invoke(root, args, env={"KANAME_LANG": "en"})
        assert found.exception is None or isinstance(found.exception, SystemExit), (call, found.exception)
        pattern = ".*".join(re.escape(part) for part in shown.rstrip("\n").split("..."))
        assert re.fullmatch(pattern, found.output.rstrip("\n"), re.DOTALL), (call, found.output)


@pytest.mark.parametrize(
    "name", ["open", "act", "verify", "export", "import", "backup", "restore", "anchor", "receipt"]
)
def test_each_command_of_the_office_has_an_example(name):
    assert any(call.split()[1] == name for name_of in DOCUMENTS for call, _ in _calls(name_of))
