"""The table-driven engine, the record-level answer and a slow oracle written from the catalogue agree on everything."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.assess.ipc import parse, split
from kaname.regimes.patents.bulk import OUTCOMES, Bulk
from kaname.regimes.patents.docket import OUTPUT, Docket
from kaname.regimes.patents.editions import shipped
from kaname.regimes.patents.items import VERSIONS, Item, Part
from kaname.regimes.patents.screening import REQUIREMENTS, Screening, screen_one

BULK = Bulk()
DOCKET = Docket()
PLACES = sorted(
    {str(p) for v in VERSIONS for i in v.items for q in i.parts for t in q.terms for p in (*t.places, *t.renamed)}
)
BESIDE = [
    "B63G 8/36",
    "F41H 3/02",
    "F41H 11/04",
    "F02K 7/10",
    "G01S 7/00",
    "H10F 30/99",
    "H01L 31/04",
    "B63C 11/02",
    "F42B 5/15",
]
OTHER = ["A01B 1/02", "B64D 1/00", "F41A 1/00", "F42C 1/00", "F02K", "F41", "G05D 1/46", "B64U 10/13", "H04N 23/60"]
WRONG = ["Z99Z 1/00", "A01B 1/99", "F41G 7/99", "x", "B64C39/2", "12", "\0"]
SPELLINGS = [
    str, lambda s: s.replace(" ", ""), str.lower, lambda s: f"  {s} ", lambda s: f"{s} (2006.01)", lambda s: f"{s}\0",
    lambda s: s.translate(str.maketrans("0123456789/", "〇一二三四五六七八九／")),
    lambda s: "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in s),
]  # fmt: skip

symbols = st.builds(
    lambda symbol, spell: spell(symbol),
    st.one_of(*map(st.sampled_from, (PLACES, PLACES, BESIDE, OTHER, WRONG))), st.sampled_from(SPELLINGS),
)  # fmt: skip
cells = st.builds(
    lambda parts, between: between.join(parts),
    st.lists(symbols, max_size=6),
    st.sampled_from([";", "|", ";;", " ; ", "; "]),
)
texts = st.sampled_from(["", "ウラン", "a quantum dot", "ordinary words", " "])
answers = st.sampled_from(["", "true", "no"])
days = st.builds(
    lambda n: date(2024, 4, 28) + timedelta(n), st.one_of(st.integers(0, 5), st.integers(240, 260), st.integers(0, 900))
)
rows = st.tuples(cells, days, texts, texts, texts, st.tuples(answers, answers, answers, answers))


def one(row: tuple[str, date, str, str, str, tuple[str, ...]]) -> Screening:
    ipc, day, title, abstract, claims, given = row
    known = {"": None, "true": True, "no": False}
    requirements = {name: known[answer] for name, answer in zip(REQUIREMENTS, given, strict=True)}
    return screen_one(split(ipc), day, title=title, abstract=abstract, claims=claims, requirements=requirements)


@settings(max_examples=150, deadline=None)
@given(st.lists(rows, min_size=1, max_size=12))
def test_a_docket_gives_what_each_application_gives_alone(
    docket: list[tuple[str, date, str, str, str, tuple[str, ...]]],
) -> None:
    ipc, day, title, abstract, claims, given_answers = zip(*docket, strict=True)
    columns = {
        "application_id": pa.array([str(n) for n in range(len(docket))]), "ipc": pa.array(ipc),
        "filing_date": pa.array([d.isoformat() for d in day]), "title": pa.array(title), "abstract": pa.array(abstract),
        "claims": pa.array(claims),
    }  # fmt: skip
    columns |= {f"requirement_{n + 1}": pa.array([a[n] for a in given_answers]) for n in range(4)}
    screened = DOCKET.screen(columns)
    table = screened.table()
    assert table.schema == OUTPUT
    for row, found in zip(docket, table.to_pylist(), strict=True):
        alone = one(row)
        assert found["outcome"] == alone.outcome
        assert found["items"] == (";".join(map(str, alone.items)) or None)
        assert found["fields"] == (";".join(map(str, alone.fields)) or None)
        assert found["requirement_needed"] == {None: None, True: "yes", False: "no"}[alone.requirement_needed]
        assert (found["reasons_ja"] or "") == "".join(r.ja for r in alone.reasons)
        assert (found["reasons_en"] or "") == " ".join(r.en for r in alone.reasons)
        assert (found["send_by"] is None) == (alone.outcome == "out")


def takes(places: list[str], symbol: str) -> bool:
    """By characters: F41 takes F41H 3/00, F41G7 takes F41G 7/22, F41H3/00 takes only itself."""
    for place in places:
        head, slash, _ = place.replace(" ", "").partition("/")
        plain = symbol.replace(" ", "")
        if (slash and plain == place.replace(" ", "")) or (not slash and (plain.partition("/")[0] == head)):
            return True
        if not slash and len(head) <= 4 and plain.startswith(head):
            return True
    return False


def oracle(row: tuple[str, date, str, str, str, tuple[str, ...]]) -> tuple[str, set[int]]:
    """Outcome and items, written once more and slowly, from listed symbols only; near counts as nothing."""
    ipc, day, title, abstract, claims, given_answers = row
    version = next((v for v in reversed(VERSIONS) if v.since <= day), None)
    if version is None:
        return "out", set()
    readable = {str(s) for s in map(parse, split(ipc)) if s and s in shipped()}
    text = f"{title} {abstract} {claims}"
    unmet, is_met = set(given_answers) == {"no"}, "true" in given_answers
    free, conditional, asked, barred = set(), set(), set(), set()

    def fulfilled(item: Item, part: Part) -> bool:
        return all(any(takes([str(p) for p in term.places], s) for s in readable) for term in part.terms)

    for item in version.items:
        for part in item.parts:
            if not fulfilled(item, part):
                continue
            words = item.limit is None or any(
                w in text for w in (*item.limit.ja, "quantum dot" if item.limit.ja[0] == "量子ドット" else "uranium")
            )
            silent = not words and not abstract.strip() and not claims.strip()
            if part.needs and unmet:
                barred |= {(item.number, words)}
            elif words:
                (conditional if part.needs else free).add(item.number)
            elif silent:
                asked.add(item.number)
    if free:
        return "in", free | conditional | {n for n, words in barred if words}
    if conditional:
        return ("in" if is_met else "in_if_requirement"), conditional
    if asked:
        return "ask", asked
    return "other", {n for n, _ in barred}


@settings(max_examples=400, deadline=None)
@given(rows)
def test_one_application_agrees_with_the_oracle(row: tuple[str, date, str, str, str, tuple[str, ...]]) -> None:
    found = one(row)
    outcome, items = oracle(row)
    if outcome == "other":
        assert found.outcome in ("near", "invalid", "out")
        assert set(found.items) == (items if found.outcome == "out" else set())
    else:
        assert (found.outcome, set(found.items)) == (outcome, items)


def test_cells_at_the_end_of_a_buffer_and_in_slices_are_read_whole() -> None:
    """The loops read 16 bytes at a time: the last symbols of a column have fewer behind them."""
    cells = ["F41G7/22", "A01B1/02;F41G 7/22", "F41G0007220000", "F41G7/22;", "", "F41"]
    day = np.full(len(cells), np.datetime64("2025-06-01"))
    for start in range(len(cells)):
        part = pa.array(cells).slice(start)
        verdicts, _ = BULK.screen(part, day[start:], np.zeros(len(part), np.uint8))
        alone = [screen_one(split(cell), date(2025, 6, 1)).outcome for cell in cells[start:]]
        assert [OUTCOMES[code] for code in verdicts.outcome.tolist()] == alone
    lone = pa.array(["F41G7/22"], pa.large_string())
    assert OUTCOMES[BULK.screen(lone, day[:1], np.zeros(1, np.uint8))[0].outcome[0]] == "in"
