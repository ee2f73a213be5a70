"""The examples of docs/infrastructure_scope.md are true: each call is run and its output compared."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaname.cli import root

DOCUMENT = Path(__file__).parents[2] / "docs" / "infrastructure_scope.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"^\$ (?P<call>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)
EXAMPLES = [
    (found["call"], found["shown"])
    for block in _BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))
    for found in _CALL.finditer(block)
]


@pytest.mark.parametrize(("call", "shown"), EXAMPLES)
def test_an_example_prints_what_the_document_shows(call, shown):
    found = CliRunner().invoke(root, shlex.split(call)[1:], env={"KANAME_LANG": "en"})
    assert (found.exit_code, found.output) == (0, shown)


def test_there_are_examples():
    assert len(EXAMPLES) == 3
