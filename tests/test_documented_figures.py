"""The figures of docs/performance.md are those of the last measurement, and a promise that is not kept says so."""

import importlib
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

history, history_page, table = (importlib.import_module(name) for name in ("history", "history_page", "table"))

FIGURES = list(history.figures())
# Benchmarks without a row: what is made for others, and what needs a browser and its own scores (docs/pages.md).
NO_ROW = {"make_network", "make_office", "table", "table_more", "history", "history_page"}


def test_the_document_shows_the_measured_figures():
    assert table.shown() == table.tables(), "run python bench/table.py"


def test_a_promise_not_kept_is_named():
    assert table._at_least(4.5, 5, "times") == ("4.5 times", "**no**")
    assert table._at_least(75.4, 80, "M symbols/s") == ("75 M symbols/s", "**no**")
    assert table._at_least(34_209, 20_000, "/s") == ("34,209/s", "yes")


def test_every_benchmark_has_a_row_and_every_row_a_benchmark():
    scripts = {path.stem for path in (ROOT / "bench").glob("*.py")} - NO_ROW
    listed = {name for name, _ in table._ROWS}
    assert scripts == listed
    assert {bench for bench, _ in FIGURES} == listed, "run the benchmark that has no results"
    for name in listed:
        assert f"{name}.json" in (ROOT / "bench" / f"{name}.py").read_text("utf-8"), (
            "it must write what the table reads"
        )


def test_every_promise_of_the_document_has_a_figure():
    """No row of the document comes from elsewhere, and none that promises something lacks what was measured."""
    section = table.shown().partition("| Growth |")[0]
    promised = [row.split(" | ")[-3] for row in section.splitlines()[3:] if row.startswith("|")]
    assert [promise for promise in promised if promise] == [one.promise for _, one in FIGURES]
    assert all(one.measured and one.name for _, one in FIGURES)


@pytest.mark.parametrize("figure", [one for _, one in FIGURES], ids=lambda one: f"{one.name} {one.promise}"[:60])
def test_a_promise_is_read_as_it_is_judged(figure):
    """How many times as good as promised says the same as yes or no; what is shown is rounded."""
    assert figure.over == pytest.approx(1, rel=0.03) or (figure.over > 1) == figure.kept


@pytest.mark.parametrize(("promise", "measured", "over"), [
    ("under 1,000 MB", "500 MB", 2), ("p95 under 300 ms", "600 ms CPU", 0.5), ("1,000 in 60 s", "1,000 in 15 s", 4),
    ("at most 0.20 ms", "0.10 ms", 2), ("half of the bare rate", "0.25 of it", 0.5), ("1.000", "1.000", 1),
    ("2,000 times the plain method", "50 times", 0.025), ("80 M symbols/s", "160 M symbols/s", 2),
    ("200 pages/s", "100/s", 0.5),
])  # fmt: skip
def test_how_good_beside_what_was_promised(promise, measured, over):
    assert history.Figure("x", promise, measured, over >= 1).over == pytest.approx(over)


def test_a_promise_without_a_number_is_refused():
    with pytest.raises(ValueError, match="has no number"):
        _ = history.Figure("x", "very fast", "5 ms", True).over


def test_the_history_has_every_promise_and_keeps_what_changed(monkeypatch):
    kept = history.lines()
    known = {name for line in kept for name in line["figures"]}
    now = {f"{one.name} | {one.promise}" for _, one in FIGURES}
    assert now <= known, "run python bench/history.py"
    assert len({json.dumps(line) for line in kept}) == len(kept)
    first = list(history.measurements("2026-01-01", "", []))
    assert {line["bench"] for line in first} == {bench for bench, _ in FIGURES}
    assert list(history.measurements("2026-01-02", "", first)) == []
    changed = json.loads(json.dumps(first))
    changed[0]["figures"] = {name: ["0", 0, False] for name in changed[0]["figures"]}
    again = list(history.measurements("2026-01-02", "", [*first, changed[0]]))
    assert again == [first[0] | {"day": "2026-01-02"}]


class Reader(HTMLParser):
    """What is open, what was never closed, and what each picture says."""

    def __init__(self):
        super().__init__()
        self.open, self.said, self.marks = [], [], 0

    def handle_starttag(self, tag, attrs):
        self.open += [tag] if tag not in ("meta", "br") else []
        self.marks += tag in ("circle", "path")
        if tag == "svg":
            self.said.append(dict(attrs)["aria-label"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.marks += tag in ("circle", "path")


def test_the_page_of_charts_is_that_of_the_history():
    shown = history.PAGE.read_text("utf-8")
    lines = history.lines()
    assert shown == history_page.page(lines), "run python bench/history.py"
    reader = Reader()
    reader.feed(shown)
    assert reader.open == []
    latest = {line["bench"]: line["figures"] for line in lines}
    assert len(reader.said) == sum(map(len, latest.values()))
    points = [name for line in lines for name in line["figures"] if name in latest[line["bench"]]]
    assert reader.marks == len(points)
    assert "<script" not in shown


def test_a_name_in_a_figure_is_no_markup():
    line = {"day": "2026-01-01", "bench": "days", "machine": "<b>", "load": 1.0, "commit": "",
            "figures": {'<i>"x" | under 5 ms': ["<u>", 0.5, False]}}  # fmt: skip
    shown = history_page.page([line])
    assert not re.search(r"<[biu]>", shown.partition("<main>")[2])
    assert "&lt;i&gt;" in shown and "1 promises, 0 are kept" in shown
