"""Every document is found from docs/README.md, once, and no link within the documents leads nowhere."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
ALL = sorted([ROOT / "README.md", ROOT / "SECURITY.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])


def links(file: Path) -> list[Path]:
    return [(file.parent / name).resolve() for name in _LINK.findall(file.read_text(encoding="utf-8"))]


def test_the_index_names_every_document_once():
    named = Counter(link for link in links(DOCS / "README.md") if link.parent == DOCS and link.suffix == ".md")
    assert {file for file in DOCS.glob("*.md") if file.name != "README.md"} == set(named)
    assert set(named.values()) == {1}


def test_no_link_leads_nowhere():
    assert [f"{file.relative_to(ROOT)}: {link}" for file in ALL for link in links(file) if not link.exists()] == []
