"""What a screen reader is given of the main pages: roles, names and their order, as Chromium's accessibility tree has
them, in Japanese. Kept are pages that depend neither on the day nor on a drawn case; after a change that is meant, read
the trees aloud and renew them:

    KANAME_GOLDEN=write python -m pytest tests/web/sweep/test_read_aloud.py -n 0
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

KEPT = Path(__file__).parents[2] / "golden/aloud"
PAGES = {
    "form": ("attorney", "/new/patents.application/"),
    "screening": ("attorney", "/patents/screening/"),
    "search": ("attorney", "/search/"),
    "shocks": ("meti", "/supply/shocks/"),
    "new": ("attorney", "/new/"),
}
# What a voice names, and what it reads as running text.
SPOKEN = {
    "heading", "link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "group", "navigation", "main",
    "table", "columnheader", "search", "region", "status", "image", "DisclosureTriangle", "contentinfo", "banner",
}  # fmt: skip
_DECORATION = re.compile(r"[▾▴✓›‹＋－■□▲▼↕]")


def aloud(tab) -> list[str]:
    """The tree, a line for each thing that is named, indented by what holds it."""
    session = tab.context.new_cdp_session(tab)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    root = next(node for node in nodes.values() if "parentId" not in node)
    return list(_lines(nodes, root, 0))


def _lines(nodes: dict, node: dict, depth: int) -> Iterator[str]:
    role, name = (node.get(what, {}).get("value", "") for what in ("role", "name"))
    if not node.get("ignored") and role in SPOKEN:
        yield re.sub(r"\d+", "0", f"{'  ' * depth}{role} {' '.join(name.split())}".rstrip())
        depth += 1
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from _lines(nodes, nodes[child], depth)


def _opened(tour, name: str):
    who, at = PAGES[name]
    tab = tour.tab(who)
    tab.goto(at)
    return tab


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_told_as_it_was(tour, name):
    told = "\n".join(aloud(_opened(tour, name))) + "\n"
    file = KEPT / f"{name}.txt"
    if os.environ.get("KANAME_GOLDEN") == "write":
        KEPT.mkdir(parents=True, exist_ok=True)
        file.write_text(told)
    assert told == file.read_text(), "read it aloud; if it is meant, renew it as this file says"
    assert not _DECORATION.findall(told), "what only decorates is not read"
    assert not re.search(r"^ *(link|button|textbox|combobox|checkbox)$", told, re.MULTILINE), "nothing is nameless"


def test_what_several_rows_have_in_common_is_told_with_its_case(tour):
    """Rows of the inbox begin with a day: their boxes and links say which case, too."""
    tab = tour.tab("attorney")
    tab.goto("/")
    boxes = [line for line in aloud(tab) if line.strip().startswith("checkbox")]
    assert boxes and all("第0号" in line for line in boxes)


def test_a_nameless_field_and_a_lost_heading_are_found(tour):
    tab = _opened(tour, "screening")
    assert any(line.strip().startswith("heading 特許出願") for line in aloud(tab))
    tab.evaluate("document.querySelector('label[for=f-ipc]').remove(); document.querySelector('h1').role = 'none'")
    told = [line.strip() for line in aloud(tab)]
    assert "textbox" in told and not any(line.startswith("heading 特許出願") for line in told)
