"""Real records: jet-engine patents of 1901 to 2020, judged as if filed today, against a slow oracle of its own."""

import csv
import gzip
import json
import os
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kaname.cli import root
from kaname.regimes.patents.editions import LATER, shipped
from kaname.regimes.patents.items import VERSIONS

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))
SOURCE = SHARED / "data" / "patents" / "lens_jet_engine_biblio.csv.gz"
COLUMNS = {
    "application_id": "Application Number", "filing_date": "Application Date", "ipc": "IPCR Classifications",
    "title": "Title",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason=f"needs the real file {SOURCE.name} (see KANAME_SHARED)")


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    out = tmp_path_factory.mktemp("real") / "out.csv"
    mapping = [part for name, source in COLUMNS.items() for part in ("--column", f"{name}={source}")]
    found = CliRunner().invoke(
        root, ["assess", "patents", str(SOURCE), *mapping, "--as-of", "2026-11-24", "-o", str(out), "--lang", "en"]
    )
    assert found.exit_code == 2, found.output  # some records have no symbol, one has no date
    with out.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return json.loads(found.stderr.splitlines()[-1]), rows


def records() -> list[dict[str, str]]:
    with gzip.open(SOURCE, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_counts_are_those_found_when_it_was_first_screened(screened):
    summary, rows = screened
    assert (summary["rows"], len(rows)) == (2646, 2646)
    assert summary["outcome"] == {
        "in": 22, "in_if_requirement": 31, "ask": 0, "near": 227, "invalid": 33, "out": 2333,
    }  # fmt: skip
    assert summary["field"] == {
        "2": {"in": 1}, "3": {"in": 15}, "4": {"in": 5}, "7": {"in": 2}, "10": {"in_if_requirement": 11},
        "11": {"in_if_requirement": 13}, "12": {"in_if_requirement": 4}, "15": {"in_if_requirement": 3},
        "25": {"in": 3},
    }  # fmt: skip
    assert summary["bad"] == {"filing_date": 1, "ipc": 34}


def test_every_record_agrees_with_the_oracle(screened):
    for record, row in zip(records(), screened[1], strict=True):
        assert row["application_id"] == record["Application Number"]
        assert (row["outcome"], row["items"], row["fields"]) == oracle(record["IPCR Classifications"]), record


def test_no_old_filing_gets_a_day_and_each_is_told_why(screened):
    for record, row in zip(records(), screened[1], strict=True):
        assert (row["send_by"], row["ban_ends_if_silent"], row["ban_ends_latest"]) == ("", "", "")
        if record["Application Date"]:
            assert date.fromisoformat(record["Application Date"]) < date(2024, 5, 1)
            assert "in law the filing lies before the regime" in row["reasons_en"]
        else:
            assert row["reasons_en"].endswith("The filing date cannot be read; judged as of 2026-11-24 on request.")


LISTED = {f"{key >> 34}.{key >> 20 & 0x3FFF}.{key & 0xFFFFF}" for key in shipped().keys.tolist()}


def oracle(cell: str) -> tuple[str, str, str]:
    """Outcome, items and fields by comparing character by character; knows the spellings of this file only.

    No record of the file touches an item with limiting words, so they are left out.
    """
    symbols, unsure = [], False
    for text in cell.replace(";;", ";").split(";"):
        found = re.fullmatch(r"([A-H]\d\d[A-Z])(?:(\d{1,4})/(\d{2,6}))?", text.replace(" ", ""))
        if not found:
            unsure = True
            continue
        head, main, sub = found[1], found[2] or "0", (found[3] or "").ljust(6, "0")
        area = ((ord(head[0]) - 65) * 100 + int(head[1:3])) * 27 + ord(head[3]) - 64
        newer = any(text.replace(" ", "").split("/")[0] == str(p).replace(" ", "") for p in LATER)
        listed = f"{area}.{int(main)}.{int(sub)}" in LISTED or newer or any(str(p) == head for p in LATER)
        symbols.append((head, main, sub, listed))
        unsure |= not listed
    met, near = {}, False
    for item in VERSIONS[-1].items:
        for part in item.parts:
            closeness = [max((close(term, s) for s in symbols), default=0) for term in part.terms]
            if min(closeness) == 2:
                met[item.number] = met.get(item.number, set()) | {(part.field, part.needs)}
            near |= min(closeness) == 1
    if met:
        parts = set().union(*met.values())
        outcome = "in" if any(not needs for _, needs in parts) else "in_if_requirement"
        return outcome, numbers(met), numbers(field for field, _ in parts)
    return ("near" if near else "invalid" if unsure else "out"), "", ""


def numbers(found) -> str:
    return ";".join(str(number) for number in sorted(set(found)))


def close(term, symbol: tuple[str, str, str, bool]) -> int:
    """2 fulfils the term, 1 just misses it, 0 neither."""
    head, main, sub, listed = symbol
    full = f"{head}{int(main)}/{sub}" if main != "0" else head

    def under(place) -> bool:
        name, slash, digits = str(place).replace(" ", "").partition("/")
        if slash:
            return full == f"{name}/{digits.ljust(6, '0')}"
        return full.split("/")[0] == name or (len(name) <= 4 and head.startswith(name))

    if any(under(place) for place in term.places):
        return 2 if listed else 1
    if any(under(place) for place in term.spared):
        return 0
    if any(under(place) for place in term.renamed):
        return 1
    names = [str(place).replace(" ", "") for place in term.places]
    if main == "0":
        return int(any(name.startswith(head) for name in names))
    return int(any("/" in name and name.split("/")[0] == f"{head}{int(main)}" for name in names))


def test_a_scramjet_counts_if_a_requirement_is_met_and_a_ramjet_just_misses(screened):
    rows = {row["application_id"]: row for row in screened[1]}
    scramjet, ramjet = rows["JP 2016047308 A"], rows["JP 2093091 A"]
    on_request = (
        "Judged as of 2026-11-24 on request; in law the filing lies before the regime "
        "(filed before 2024-05-01, suppl. Art. 2)."
    )
    assert (scramjet["outcome"], scramjet["items"], scramjet["fields"]) == ("in_if_requirement", "23", "10")
    assert scramjet["reasons_en"] == (
        "Order Art. 12(1) item 23 (field 10, version 2025-01-01): F02K 7/14: met, but only counts if one of the "
        f"additional requirements (Order Art. 12(3)) is met: not known. {on_request}"
    )
    assert (ramjet["outcome"], ramjet["items"]) == ("near", "")
    assert ramjet["reasons_en"] == (
        "Order Art. 12(1) item 23 (field 10, version 2025-01-01): F02K 7/18 is next to F02K 7/14 but is not named "
        f"(exact reading unverified: note 2). {on_request}"
    )
