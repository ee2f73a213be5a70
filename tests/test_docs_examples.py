"""The examples of the documents are true: every `$ kaname ...` in a console block is run and its output compared.

`...` in the expected output stands for anything, also for several lines.
"""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaname.cli import root

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"^\$ (?P<call>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)


def examples() -> list[tuple[str, str, str]]:
    """(document, call, output shown) of every example."""
    read = (
        "README.md",
        "docs/cli.md",
        "docs/supply_pages.md",
        "docs/ownership.md",
        "docs/names.md",
        "docs/trade.md",
        "docs/network.md",
        "docs/infrastructure_plan.md",
        "docs/infrastructure.md",
        "docs/supply_plan.md",
        "docs/supply_product.md",
        "docs/supply_funds.md",
        "docs/general.md",
        "docs/technology.md",
        "docs/technology_pages.md",
        "docs/glance.md",
        "docs/glance_paper.md",
        "docs/technology_councils.md",
        "docs/consultation.md",
    )
    documents = [ROOT / name for name in read if (ROOT / name).exists()]
    return [
        (document.name, found["call"], found["shown"])
        for document in documents
        for block in _BLOCK.findall(document.read_text(encoding="utf-8"))
        for found in _CALL.finditer(block)
        if found["call"].startswith("kaname ") and "|" not in found["call"]
    ]


EXAMPLES = examples()


@pytest.mark.parametrize(("document", "call", "shown"), EXAMPLES, ids=[f"{d}: {c}" for d, c, _ in EXAMPLES])
def test_an_example_prints_what_the_document_shows(monkeypatch, document, call, shown):
    monkeypatch.chdir(ROOT)
    found = CliRunner().invoke(root, shlex.split(call)[1:], env={"KANAME_LANG": "en"})
    assert found.exception is None or isinstance(found.exception, SystemExit)
    pattern = ".*".join(re.escape(part) for part in shown.rstrip("\n").split("..."))
    assert re.fullmatch(pattern, found.output.rstrip("\n"), re.DOTALL), found.output


def test_every_command_is_documented_by_an_example():
    """In docs/cli.md, or in the document of its own matter; those of the office are run in a database."""
    shown = {call.split()[1] for _, call, _ in EXAMPLES}
    for document in sorted((ROOT / "docs").glob("*.md")):
        shown |= set(re.findall(r"^(?:\$|   ) kaname (\S+)", document.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(root.table) - shown == set()
    assert {call.split()[1] for document, call, _ in EXAMPLES if document == "cli.md"} <= set(root.table)
