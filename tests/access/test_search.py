"""Search finds what brute force finds, for whom it may, from one character on; a sealed title lies open nowhere."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.folk import circle, key, person, recorded
from kaname.access import api as access
from kaname.access.api import Narrowed
from kaname.access.models import Placement, SealedRead
from kaname.law.alike import alike, marked
from kaname.ledger import openings, titles
from kaname.ledger.kinds import kinds
from kaname.ledger.models import Case
from kaname.ledger.perform import open_case, perform
from kaname.procedure import Entry

FILED = date(2026, 4, 1)
TITLES = ("空想の凧", "架空の潜水艇と空", "超音速の夢", "無人航空機（見本）", "A glider")
PARTIES = ("髙橋重工株式会社", "架空電機", "ＫＡＮＡＭＥ研究所", "山﨑 航空")


@pytest.fixture
def act_office(office, settings):
    settings.KANAME_KINDS = "kaname.regimes.KINDS"
    kinds.cache_clear()
    titles.forget()
    openings.forget()
    yield office
    kinds.cache_clear()
    titles.forget()
    openings.forget()


def filed(title: str, party: str, number: str = "2026-000001") -> str:
    entry = Entry("first_review.file", FILED, {"application_number": number, "title": title}, party=party)
    return recorded(open_case("patents.application", entry, idempotency_key=key())).case


def found(who, text: str, **more) -> set[str]:
    return {hit.row.case for hit in access.search(who, text, size=1000, **more).hits}


def test_search_finds_what_brute_force_finds(act_office):
    rng = random.Random(7)
    made = {}
    for i in range(60):
        title, party, number = rng.choice(TITLES), rng.choice(PARTIES), f"特願2026-{i:06}"
        made[filed(title, party, number)] = (title, party, number)
    numbers = dict(Case.objects.values_list("public_id", "number"))
    reader, other = person("Reader", "jpo", sealed=True), person("Other", "jpo")
    texts = {alike(t) for row in made.values() for t in row}
    pieces = {t[i : i + n] for t in texts for n in (1, 2, 3, 5) for i in range(0, len(t) - n + 1, 2)}
    typed = ("空", "髙橋", "高橋", "kaname", "７", "存在しない")
    for piece in (*rng.sample(sorted(p for p in pieces if p.strip() == p), 60), *typed):
        want_all, want_open = set(), set()
        for case, (title, party, number) in made.items():
            one = alike(piece)
            exact = one.isascii() and one.isdigit() and int(one) == numbers[case]
            in_open = one in alike(party) or one in alike(number) or exact
            want_open |= {case} if in_open else set()
            want_all |= {case} if in_open or one in alike(title) else set()
        assert found(reader, piece) == want_all, piece
        assert found(other, piece) == want_open, piece


def test_every_piece_must_be_found(act_office):
    both, one = filed("空想の凧", "架空電機"), filed("空想の凧", "髙橋重工株式会社")
    reader = person("Reader", "jpo", sealed=True)
    assert found(reader, "凧") == {both, one}
    assert found(reader, "凧　架空") == {both}
    assert found(reader, "") == found(reader, "　") == set()


def test_a_title_follows_its_correction_and_its_destruction(act_office):
    case = filed("空想の凧", "架空電機")
    reader = person("Reader", "jpo", sealed=True)
    assert found(reader, "凧") == {case}
    entry = Entry("correct", date(2026, 4, 2), {"entry": 1, "data": {"title": "空想の舟"}})
    recorded(perform(case, entry, idempotency_key=key()))
    assert (found(reader, "凧"), found(reader, "舟")) == (set(), {case})


def test_what_may_not_be_known_is_not_found_nor_counted(act_office):
    hidden, open_ = filed("空想の凧", "架空電機"), filed("空想の凧", "架空電機")
    member, other = person("Member", "jpo", sealed=True), person("Other", "jpo", sealed=True)
    Placement.objects.create(case=Case.objects.get(public_id=hidden), compartment=circle("輪", member))
    for word in ("凧", "架空", "架空電機", "2026-000001"):
        assert found(member, word) == {hidden, open_}
        answer = access.search(other, word)
        assert ({h.row.case for h in answer.hits}, answer.total, sum(answer.kinds.values())) == ({open_}, 1, 1)


def test_a_title_is_shown_to_readers_alone_and_reading_is_written_down(act_office):
    case = filed("空想の凧", "架空電機")
    reader, other = person("Reader", "jpo", sealed=True), person("Other", "jpo")
    (hit,) = access.search(other, "架空").hits
    assert hit.title == "" and SealedRead.objects.count() == 0
    (hit,) = access.search(reader, "凧").hits
    assert hit.title == "空想の凧" and hit.title_marks == (("空想の", False), ("凧", True))
    assert [(r.person, r.case.public_id, r.field) for r in SealedRead.objects.all()] == [(reader, case, "title")]


def test_facets_and_pages(act_office):
    for i in range(5):
        filed("空想の凧", "架空電機", f"2026-{i}")
    who = person("Hana", "jpo")
    answer = access.search(who, "架空", size=2, start=2)
    assert (len(answer.hits), answer.total, answer.kinds) == (2, 5, {"patents.application": 5})
    assert access.search(who, "架空", Narrowed(state="sent")).total == 0


def test_under_whom_a_case_falls_is_counted_of_what_the_person_may_know(act_office):
    """By its declaration; what is hidden adds to no count, and its authority is as one that no case has."""
    case = filed("空想の凧", "架空電機")
    for product in ("batteries", "fertilizer"):
        entry = Entry("designation.record_designated", FILED, {"product": product}, by="product_minister")
        recorded(open_case("supply.product", entry, idempotency_key=key()))
    minister, jpo = person("Minister", "product_minister"), person("Hana", "jpo")
    assert access.search(minister, "蓄電池").authorities == {"meti": 1}
    assert access.search(minister, "肥料").authorities == {"maff": 1}
    for authority, total in (("meti", 1), ("maff", 0)):
        assert access.search(minister, "蓄電池", Narrowed(authority=authority)).total == total
    assert access.search(jpo, "架空").authorities == {"jpo_pm": 1}
    hidden = circle("極秘の輪", minister, person("Mate", "jpo"))
    Placement.objects.create(case=Case.objects.get(public_id=case), compartment=hidden)
    assert access.search(jpo, "架空", Narrowed(authority="jpo_pm")) == access.search(
        jpo, "架空", Narrowed(authority="x")
    )
    assert access.search(jpo, "架空").authorities == {}


def test_a_search_costs_the_same_however_much_it_finds(act_office):
    reader = person("Reader", "jpo", sealed=True)
    costs = []
    for _ in range(3):
        for _ in range(4):
            filed("空想の凧", "架空電機")
        with CaptureQueriesContext(connection) as queries:
            access.search(reader, "架空 凧")
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2] <= 22  # two of them: who reads how much, where the chain ends


def test_signs_of_the_query_language_are_only_characters(act_office):
    case = filed("凧", '100%_"架空*')
    who = person("Hana", "jpo")
    for word in ("100%", '_"架', '%_"', "架空*", '"', "%"):
        assert found(who, word) == {case}, word
    for word in ('架" OR "1', "NEAR(", "架%空", "1_0"):
        assert found(who, word) == set(), word


@pytest.mark.parametrize(
    ("text", "pieces", "hit"),
    [("髙橋㈱", ("高橋",), "髙橋"), ("ＡＢＣ", ("bc",), "ＢＣ"), ("㈱空", ("株",), "㈱"), ("空空", ("空",), "空空")],
)
def test_hits_are_marked_in_the_text_as_filed(text, pieces, hit):
    marks = marked(text, pieces)
    assert "".join(part for part, _ in marks) == text
    assert "".join(part for part, is_hit in marks if is_hit) == hit
