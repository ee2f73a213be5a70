"""Rows of the table for what stands in no office's daily way: sealing, paper, text of documents, work in parts.

Each takes what a benchmark has written, and gives name, floor, peer, ours, promise, measured, kept.
"""

from collections.abc import Iterator
from typing import Any

Row = tuple[str, ...]


def sealing(found: Any) -> Iterator[Row]:
    size, floor = f"{found['document_bytes'] / 1e6:.0f} MB", f"{found['floor_encrypt_ms']:.1f} ms"
    for what, done in (("seal", "sealed"), ("open", "opened")):
        yield under(f"A document of {size}, {done}", floor, found[f"document_{what}_ms"], 200)


def trust(found: Any) -> Iterator[Row]:
    """What guards and digests add to an act, by the processor; a bundle checked by who knows nothing of the office."""
    us = found["acts_us"]
    what, left = (
        f"An act with guards and digests, against one without, load {found['load']}",
        us["bare"] / us["as_it_is"],
    )
    kept = "yes" if left >= 0.8 else "**no**"
    yield what, f"{us['bare']} µs", "", f"{us['as_it_is']} µs", "80 % of its rate", f"{left * 100:.0f} %", kept
    more = {name: us[name] / us["as_it_is"] * 100 - 100 for name in ("sealed", "by_the_door")}
    yield (
        "The same with a sealed value in each case",
        "",
        "",
        f"{us['sealed']} µs",
        "",
        f"{more['sealed']:.0f} % more",
        "",
    )
    row = f"{us['by_the_door']} µs", "", f"{more['by_the_door']:.0f} % more", ""
    yield "The same through the door that asks who may act", "", "", *row
    yield under(f"A bundle of {found['bundle_entries']:,} entries, verified", "", found["bundle_verify_s"], 1, "s")


def paper(found: Any) -> Iterator[Row]:
    """The slower of the two languages, by the processor."""
    for form, what, most in (("pdf", "PDF", 3), ("pptx", "slides", 5)):
        seconds = max(found[f"{form}_{lang}"]["processor"] for lang in ("ja", "en"))
        yield under(f"Picture of the Act as {what}", "", seconds, most, "s")


def texts(found: Any) -> Iterator[Row]:
    """The slowest search in the largest store measured, by the processor."""
    size = max(int(name) for name in found if name.isdigit())
    searches = {name: one for name, one in found[str(size)].items() if isinstance(one, dict)}
    name, slowest = max(searches.items(), key=lambda pair: pair[1]["cpu_ms"])
    what = f"Search in the text of {size:,} documents; slowest: {name}"
    yield under(what, f"{slowest['floor_ms']:.0f} ms", slowest["cpu_ms"], 100)


def cluster(found: Any) -> Iterator[Row]:
    times = found["times_two"]
    what = f"Two processes over one, {found['firms']:,} firms lost in turn, started, by the processor"
    one, two = f"{found['one_cpu_s']:.1f} s", f"{found['two_s']:.1f} s"
    yield what, "", one, two, "1.8 times one", f"{times:.2f} times", "yes" if times >= 1.8 else "**no**"


def opened(found: Any) -> Iterator[Row]:
    """Of the pages of a demonstration, the worst of each figure, with the processor four times slowed."""
    pages = found.get("pages", {})
    for key, what, most, unit in (
        ("lcp_ms", "its largest part stands", 1200, "ms"), ("cls", "moves while it arrives (CLS)", 0.05, ""),
        ("key_ms", "answers to a key", 150, "ms"),
    ):  # fmt: skip
        if pages:
            name, value = max(((name, one[key]) for name, one in pages.items()), key=lambda pair: pair[1])
            shown = f"{value:g} {unit}".strip()
            yield (f"A page {what}, processor slowed {found['slowed']} times; slowest: {name}", "", "", shown,
                   f"at most {most:,} {unit}".strip(), shown, "yes" if value <= most else "**no**")  # fmt: skip


def under(what: str, floor: str, value: float, most: float, unit: str = "ms") -> Row:
    shown = f"{value:.0f} {unit}" if value >= 20 else f"{value:.2f} {unit}"
    return what, floor, "", shown, f"under {most:,} {unit}", shown, "yes" if value < most else "**no**"
