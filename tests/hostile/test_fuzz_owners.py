"""Statements of ownership that somebody sends, changed in structure and in bytes: BODS 0.4, FollowTheMoney.

Each is read or refused in words; what is wrong within it is told with its line; and an oracle of few lines says which
holdings must have come out of what was taken without a fault.
"""

import json
import random
import time
from datetime import date

import pytest

from figures import seeds, tries
from hostile import grammar
from kaname.assess.ownership import bods, ftm, report
from kaname.assess.ownership.bods_write import statements
from kaname.assess.ownership.book import Entity, Holding, Kind, book, sentence
from kaname.assess.ownership.shares import of_percent
from kaname.assess.ownership.source import open_book
from kaname.desk import sheets
from kaname.files.problems import BadInput

TODAY = date(2026, 11, 26)
EACH = 50
FILES = tries(4, ci=50, soak=5_000)  # seeds, of each of the two: 5,000 files together, 500,000 in the soak


def a_book():
    people = [Entity("gov", "エルボニア政府", "CH", Kind.STATE), Entity("hana", "架空 花子", "JP", Kind.PERSON)]
    firms = [Entity(one, f"{one}株式会社", "JP", Kind.COMPANY) for one in ("kumo", "umi", "sora")]
    held = [("gov", "kumo", 100), ("kumo", "umi", 60), ("hana", "umi", 40), ("kumo", "sora", 10), ("umi", "sora", 51)]
    return book(
        [*people, *firms],
        [Holding(a, b, votes=of_percent(n), capital=of_percent(n), since=date(2024, 4, 1)) for a, b, n in held],
        "b", "table", rows=len(held),
    )  # fmt: skip


STATEMENTS = json.loads(json.dumps(list(statements(a_book(), TODAY)), default=float))
ENTITIES = [
    *({"id": one, "caption": one, "schema": schema, "properties": {"name": [one], "country": ["jp"]}}
      for one, schema in (("kumo", "Company"), ("umi", "Company"), ("hana", "Person"), ("gov", "PublicBody"))),
    *({"id": f"o{n}", "schema": "Ownership", "properties": {
        "owner": [owner], "asset": [asset], "percentage": [share], "startDate": [since]}}
      for n, (owner, asset, share, since) in enumerate((
          ("gov", "kumo", "100", "2020"), ("kumo", "umi", "60%", "2021-04"), ("hana", "umi", "40", "2022-01-31")))),
]  # fmt: skip


SOUND_BODS, SOUND_FTM = grammar.Sound(STATEMENTS), grammar.Sound(ENTITIES)


def as_bods(lot):
    value = SOUND_BODS.altered(lot)
    return json.dumps(value).encode() if lot.random() < 0.7 else grammar.mutated(lot, SOUND_BODS.text.encode())


def as_ftm(lot):
    value = SOUND_FTM.altered(lot) if lot.random() < 0.7 else ENTITIES
    lines = "\n".join(json.dumps(one) for one in value).encode() if isinstance(value, list) else b"{}"
    return lines if value is not ENTITIES else grammar.mutated(lot, lines)


def looked_at(raw, form):
    """The book of it, everything told of it, its networks worked out as a page does; None where it was refused."""
    try:
        with sheets.path_of(raw) as path, open_book(path, TODAY, form, "utf-8", (), "b.json") as found:
            day = report.Day.of(found, TODAY)
            told = [*found.faults, *found.notes, *day.votes.faults, *day.capital.faults]
            for line, fault in found.place(told):
                assert line >= 0 and fault.field and sentence(fault).ja and sentence(fault).en
            report.companies(day)
            return found
    except BadInput as bad:
        assert bad.lines("ja") and bad.lines("en")
        return None


def owned(raw):
    """Of FollowTheMoney: (owner, asset) of every entity that says one, told by nothing but `json`."""
    text = raw.decode("utf-8-sig")
    try:
        whole = json.loads(text)
        ones = whole if isinstance(whole, list) else [whole]  # one may stand on several lines
    except ValueError:
        ones = [json.loads(line) for line in text.split("\n") if line.strip()]
    of = [one["properties"] for one in ones if one["schema"] == "Ownership"]
    return {(o, a) for p in of for o in _each(p, "owner") for a in _each(p, "asset")}


def _each(properties, role):
    """A value that is no name is asked for as well: a reader has to say that it leaves it out."""
    given = properties.get(role, ())
    return [str(one).strip() for one in (given if isinstance(given, list) else [given]) if one not in ("", None)]


def related(raw):
    """Of BODS: (holder, company) of every record with one statement, in force, with an interest that is a share."""
    value = json.loads(raw)
    made = [s for s in value if s["recordType"] == "relationship"]
    records = [s["recordId"] for s in made]
    return {
        (s["recordDetails"]["interestedParty"], s["recordDetails"]["subject"])
        for s in made
        if records.count(s["recordId"]) == 1 and s.get("recordStatus") != "closed"
        for i in s["recordDetails"].get("interests") or []
        if i.get("type") in ("shareholding", "votingRights") and "endDate" not in i
        and isinstance(s["recordDetails"]["interestedParty"], str)
    }  # fmt: skip


def held(found):
    names = [entity.id for entity in found.entities]
    return {(names[h], names[c]) for h, c in zip(found.columns.holder, found.columns.company, strict=True)}


def told(raw, form):
    """Whether statements were taken; one that is missing without a word is an AssertionError."""
    found = looked_at(raw, form)
    assert found is None or found.faults or FORMS[form][1](raw) <= held(found)
    return found is not None


def lost(make, form, wanted, seed):
    """Texts that were taken without a word, and of which a holding is missing all the same; and how many were taken."""
    lot, silent, taken = random.Random(seed), [], 0
    for _ in range(EACH):
        raw = make(lot)
        begun = time.process_time()
        found = looked_at(raw, form)
        assert time.process_time() - begun < 5
        taken += found is not None
        if found is not None and not found.faults and not wanted(raw) <= held(found):
            silent.append(raw)
    return silent, taken


FORMS = {"bods": (as_bods, related), "ftm": (as_ftm, owned)}


@pytest.mark.parametrize("form", FORMS)
def test_whatever_statements_say_they_are_read_or_told(form):
    make, wanted = FORMS[form]
    total = tried = 0
    for seed in seeds(FILES, fewest=10):
        silent, taken = lost(make, form, wanted, seed)
        assert silent == []
        total, tried = total + taken, tried + EACH
    assert tried // 10 < total < tried  # some were refused whole, some were read


@pytest.mark.parametrize(("form", "module", "name"), [("bods", bods, "_holdings"), ("ftm", ftm, "_ownership")])
def test_a_reader_that_loses_holdings_in_silence_is_found(form, module, name, monkeypatch):
    whole = getattr(module, name)
    monkeypatch.setattr(module, name, lambda line, *given: whole(line, *given) if line % 2 else [])
    make, wanted = FORMS[form]
    assert any(lost(make, form, wanted, seed)[0] for seed in range(3))
