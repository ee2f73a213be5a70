"""Real names: every variant of the UN list is found, few others are; companies find themselves however written."""

import csv
import gzip
import os
import random
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kaname.assess.names import Name, Subject, corporate_number
from kaname.assess.names.screening import Screen

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "names.md"
if not SHARED.exists():
    pytest.skip(f"no shared data at {SHARED}", allow_module_level=True)


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(SHARED / name, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def subjects(names) -> list[Subject]:
    return [Subject(str(i), (Name(name),)) for i, name in enumerate(names)]


@pytest.fixture(scope="module")
def un() -> list[dict[str, str]]:
    return rows("names/un_list_name_variants.csv.gz")


def test_every_variant_of_the_un_list_is_found(un):
    screen = Screen(subjects(row["name_listed"] for row in un), 0.9)
    found = screen.findings(subjects(row["name_variant"] for row in un))
    assert {f.subject for f in found if f.subject == f.listed} == set(range(454))
    # And not only just: the weakest pair stays above the next threshold that the document names.
    assert min(f.score for f in found if f.subject == f.listed) > 0.92


def test_japanese_companies_find_themselves_with_the_form_at_the_other_end():
    filers = [row for row in rows("ownership/edinet_jp_filers.csv.gz") if "株式会社" in row["name_ja"]][::4]
    screen = Screen(subjects(row["name_ja"] for row in filers), 0.95)

    def turned(name: str) -> str:
        core = name.replace("株式会社", "").strip("　 ")
        return f"{core}㈱" if name.startswith("株式会社") else f"(株) {core}"

    found = screen.findings(subjects(turned(row["name_ja"]) for row in filers))
    assert {f.subject for f in found if f.subject == f.listed and f.score == 1.0} == set(range(len(filers)))


def test_corporate_numbers_of_real_companies_are_right():
    numbers = [row["corporate_number"] for row in rows("ownership/edinet_jp_filers.csv.gz") if row["corporate_number"]]
    assert len(numbers) > 5000
    assert all(corporate_number(number) == number for number in numbers)


def test_misspelt_legal_entities_are_found_among_fifty_thousand():
    table = pq.read_table(SHARED / "ownership" / "gleif_level1_sample.parquet", columns=["LegalName"])
    names = [name for name in dict.fromkeys(table.column("LegalName").to_pylist()) if name and not Name(name).empty]
    rng = random.Random(7)
    chosen = rng.sample([i for i, name in enumerate(names) if len("".join(Name(name).words)) > 12], 300)

    def misspelt(name: str) -> str:
        words = list(Name(name).words)
        which = max(range(len(words)), key=lambda i: len(words[i]))
        at = rng.randrange(1, len(words[which]))
        words[which] = words[which][:at] + words[which][at + 1 :]
        rng.shuffle(words)
        return " ".join(words)

    found = Screen(subjects(names), 0.9).findings(subjects(misspelt(names[i]) for i in chosen))
    assert {f.subject for f in found if f.listed == chosen[f.subject]} == set(range(300))


def test_the_document_tells_these_figures(un):
    """docs/names.md: variants found and others found, by threshold."""
    told = re.findall(r"^\| (0\.\d\d) \| (\d+) of (\d+) \| (\d+)", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    others = subjects(row["full_name"] for row in rows("names/negative_names_synthetic.csv.gz"))
    variants = subjects(row["name_variant"] for row in un)
    assert len(told) == 4
    for threshold, found, of, false in told:
        screen = Screen(subjects(row["name_listed"] for row in un), float(threshold))
        right = {f.subject for f in screen.findings(variants) if f.subject == f.listed}
        wrong = {f.subject for f in screen.findings(others)}
        assert (threshold, len(right), len(un), len(wrong)) == (threshold, int(found), int(of), int(false))


def test_the_example_in_the_document_gives_what_it_says():
    code = re.search(
        r"^```python\n(.*?)\n(score\(.*?\)) +# ([\d.]+)", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    names: dict[str, object] = {}
    exec(code[1], names)
    assert round(eval(code[2], names).score, 3) == float(code[3])
