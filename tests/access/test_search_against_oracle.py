"""Whatever is typed: what is found is what a plain look through the cases a person may know of finds, and no more.

Random offices and people (`worlds`), random words from their names, odd characters and signs of query languages. The
oracle reads the words of the documentation: it looks through one case after another. Counts of facets are the oracle's.
"""

from collections import Counter
from datetime import date
from random import Random
from time import process_time
from types import SimpleNamespace

import pytest
from django.test import Client
from worlds import DAY, IN_PERSON, KINDS, draw, write

from access.folk import person
from figures import seeds, tries
from kaname.access import api as access
from kaname.access.api import Narrowed, asked
from kaname.access.models import Person
from kaname.assess.names.number import check_digit
from kaname.law.alike import alike, marked
from kaname.ledger import openings
from kaname.ledger.models import Case, CaseParty, Standing

WORLDS, HOSTILE = tries(12, ci=60, soak=5_000), tries(2000, ci=20_000, soak=1_000_000)
NAMES = (
    "髙橋重工㈱",
    "架空電機",
    "ＫＡＮＡＭＥ研究所",
    "山﨑 航空",
    "キヤノン見本",
    "100%_\"'\\",
    "ｶﾞﾗｽ工業",
    "㍿はな",
    "𠮷野",
)
ODD = "%_\\\"'*()-:^{}[]<>&;/?#\0\n\t　「」“”『』\ud800\u202e\ufeffㇰ゙ﾟ㍿ßİ髙高ー－1２三"


def _furnish(random: Random, pks: list[int]) -> dict[int, tuple[str, list[str], str, str, date]]:
    """References and parties of their own for the cases of a world, as the projection keeps them."""
    made = {}
    for pk in pks:
        reference = random.choice(("", f"特願2026-{random.randrange(30):06}", f"R{pk}"))
        parties = random.sample(NAMES, random.randint(0, 3))
        words = "\n".join(dict.fromkeys(alike(t) for t in (reference, *parties) if t))
        _stands(pk, reference, words)
        for n, party in enumerate(parties):
            CaseParty.objects.get_or_create(case_id=pk, role=f"r{n}", party=party)
        row = Standing.objects.get(pk=pk)
        names = list(CaseParty.objects.filter(case_id=pk).values_list("party", flat=True))
        made[pk] = (words, names, row.kind, row.state, date.fromisoformat(row.case.opened_on))
    return made


def _stands(pk: int, reference: str, words: str) -> None:
    Standing.objects.create(
        case_id=pk, kind=Case.objects.get(pk=pk).kind, state="", states="{}", as_of=DAY, breach=False, overdue=False,
        version=DAY, reference=reference, words=words, head_seq=0, head_digest="", moves="[]", counted=True,
    )  # fmt: skip


def _typed(random: Random) -> str:
    name = random.choice(NAMES)
    at = random.randrange(len(name))
    one = random.choice((name, name[at : at + random.randint(1, 3)], f"特願2026-{random.randrange(30)}",
                         str(random.randrange(200)), random.choice(ODD), f'"{name}"', "2026-01-01"))  # fmt: skip
    return one if random.random() < 0.7 else f"{one} {random.choice(NAMES)[:2]}"


def _fits(pieces, words: str, number: int, opened: date, due: date | None) -> bool:
    return all(
        any(key in words for key in piece.keys)
        or piece.number == number
        or (piece.day is not None and piece.day in (opened, due))
        for piece in pieces
    )


def test_what_is_found_is_what_a_plain_look_finds(office, monkeypatch):
    personal = {kind: SimpleNamespace(id=kind, in_person=kind in IN_PERSON) for kind in KINDS}
    monkeypatch.setattr("kaname.access.predicate.kinds", lambda: personal)
    for n, seed in enumerate(seeds(WORLDS)):
        random = Random(seed)
        Standing.objects.all().delete()  # each world stands alone
        world = draw(random.randrange(10**6), 1000 * (n + 1))
        write([world])
        made = _furnish(random, [case.pk for case in world.cases])
        rows = {
            s.pk: (s.case.number, s.next_due_on) for s in Standing.objects.filter(pk__in=made).select_related("case")
        }
        for pk in world.active:
            who, sees = Person.objects.get(pk=pk), world.sees(pk)
            for _ in range(12):
                text = _typed(random)
                pieces = asked(text)
                found = access.search(who, text, size=1000, today=DAY)
                expected = {
                    case for case in sees
                    if pieces and _fits(pieces, made[case][0], rows[case][0], made[case][4], rows[case][1])
                }  # fmt: skip
                assert {hit.row.pk for hit in found.hits} == expected, text
                assert found.total == len(expected)
                assert Counter(found.kinds) == Counter(made[case][2] for case in expected)
                assert Counter(found.years) == Counter(str(made[case][4].year) for case in expected)
                assert sum(found.states.values()) == len(expected)
                names = {name for case in expected for name in made[case][1]}
                keys = {p.name for p in found.parties}
                assert keys == {x for x in names if all(any(k in alike(x) for k in p.keys) for p in pieces)}, text
                if expected:
                    kind = made[next(iter(expected))][2]
                    assert access.search(who, text, Narrowed(kind=kind), today=DAY).total == found.kinds[kind]


def test_better_hits_come_first(office):
    openings.forget()
    world = next(w for seed in range(99) if len((w := draw(seed, 1000)).cases) > 3 and not w.circles)
    write([world])
    words = ("新架空電機", "架空電機工業", "架空電機\n山", "山")
    for case, said in zip(world.cases, words, strict=False):
        _stands(case.pk, "", said)
    found = access.search(_sees_all(), "架空電機", today=DAY)
    assert [hit.row.pk for hit in found.hits] == [case.pk for case in world.cases[2::-1]]


def _sees_all() -> Person:
    return person("All", "jpo")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("髙橋　㈱", ("高橋", "株式会社")), ('"山﨑 航空"', ("山崎航空",)), ("「架空 電機」 凧", ("架空電機", "凧")),
        ("キヤノン", ("きやのん",)), ("キャノン", ("きやのん",)), ("特願２０２６－１", ("特願2026-1",)), ('"', ('"',)),
        ("", ()), ("　 \0", ()), ("a b c d e f g h", ("a", "b", "c", "d", "e", "f")),
    ],
)  # fmt: skip
def test_words_as_typed(text, keys):
    assert tuple(piece.key for piece in asked(text)) == keys


def test_numbers_are_understood():
    assert asked("特願2026-1")[0].keys == ("特願2026-1", "特願2026-000001")
    assert [asked(t)[0].number for t in ("12", "第12号", "No.12", "#12")] == [12] * 4
    right = f"{check_digit('000012012000')} 0000 1201 2000"
    (corporate,) = asked(f"T{right}")
    assert corporate.keys[0] == right.replace(" ", "") and "check digit" not in corporate.reading.en
    assert "wrong" in asked(right[:-1] + "1")[0].reading.en
    for day in ("2026-11-23", "20261123", "R8.11.23", "令和8年11月23日", "２０２６／１１／２３"):
        assert asked(day)[0].day == date(2026, 11, 23), day
    assert asked("2026-13-45")[0].day is None


def test_hostile_words_find_nothing_wrong_and_take_no_time(office):
    """No error, no more than the plain look, the same number of statements, and time linear in the text."""
    random, who = Random(11), _sees_all()
    for seed in seeds(HOSTILE):
        random.seed(seed)
        text = "".join(random.choice(ODD) for _ in range(random.randint(0, 30)))
        pieces = asked(text)
        assert len(pieces) <= 6
        for shown in ("<b>髙橋</b>&amp;", text):
            assert "".join(part for part, _ in marked(shown, [k for p in pieces for k in p.keys])) == shown
        if seed % 40 == 0:
            assert access.search(who, text).total == 0
    began = process_time()
    for evil in ('"' * 100_000, "「" * 100_000, "9" * 100_000, "-1" * 50_000, "\u0301" * 100_000, "(株" * 50_000):
        asked(evil)
        marked(evil[:20_000], ("株",))
    assert process_time() - began < 20


def test_the_page_takes_facets_from_its_lists_alone(office):
    who = _sees_all()
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(who)
    for query in ({"q": "<script>alert(1)</script>"}, {"q": "a", "kind": "' OR 1=1 --"},
                  {"q": "a", "sort": "-password"}, {"q": "a", "year": "١٩٩٩"}, {"q": "a", "page": "1e9"},
                  {"q": "a", "what": "../"},
                  {"q": "\ud800".encode("utf-8", "surrogatepass")}, {"q": "a\0b", "role": "%"}):  # fmt: skip
        answer = browser.get("/search/", query)
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content and b"OR 1=1" not in answer.content
