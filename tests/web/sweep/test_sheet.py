"""The result sheet says what was found, claims no more than 配慮, and stands in the docs."""

import json
from datetime import date
from pathlib import Path

from web.sweep.sheet import BY_HAND, CRITERIA, PAGES, chosen, sheet

KEPT = Path(__file__).parents[3] / "docs/jis_x_8341_3.md"


def test_every_criterion_of_a_and_aa_is_there():
    assert (len(CRITERIA), len({c.number for c in CRITERIA})) == (38, 38)
    assert [sum(c.level == level for c in CRITERIA) for level in ("A", "AA")] == [25, 13]
    assert {c.by for c in CRITERIA} == {"axe", "sweep", "person", "none"}


def test_forty_pages_are_chosen_and_a_finding_is_told():
    lines = [{"key": f"page{n:03}", "language": "ja", "found": ["axe: x"] if n == 0 else []} for n in range(90)]
    text = "\n".join(sheet(lines, date(2026, 11, 26)))
    assert len(chosen(sorted(line["key"] for line in lines))) == len(set(chosen([x["key"] for x in lines]))) == PAGES
    assert "| 1 | page000 | 1 件：ja: axe: x |" in text and text.count("指摘なし") == PAGES - 1
    assert json.loads(json.dumps(lines)) == lines


def test_the_sheet_of_the_docs_is_of_this_form():
    text = KEPT.read_text("utf-8")
    assert all(f"| {c.number} | {c.name} | {c.level} |" in text for c in CRITERIA)
    assert text.count("| 指摘なし |") == PAGES, "forty pages, none with a finding"
    assert "配慮" in text and "準拠しています" not in text and BY_HAND.strip() in text
