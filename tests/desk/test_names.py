"""Names on the desk: lists of an office, findings that are only similar names, decisions that end with the names."""

import io
from datetime import date

import pytest
from django.db import connection

from kaname.access.models import Office, Person
from kaname.desk import names
from kaname.desk.models import NameCheck, NameDecision, NameList
from kaname.files.problems import BadInput
from kaname.ledger import clock

pytestmark = pytest.mark.django_db
LIST = "id,name,aliases\nL1,架空重工業株式会社,Kaku Heavy\nL2,Erika Mustermann,\n"
ASKED = "id,name\nV1,㈱架空重工業\nV2,Nobody Like That Ltd\nV3,--\n"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))


def person(office: str, name: str = "花子") -> Person:
    house, _ = Office.objects.get_or_create(sort="company", name_ja=office, name_en=office)
    return Person.objects.create_user(f"{Person.objects.count()}@example.jp", None, name=name, office=house)


@pytest.fixture
def hana() -> Person:
    return person("架空社")


def load(who: Person, text: str = LIST, label: str = "外国ユーザー") -> NameList:
    return names.keep_list(who, label, "経済産業省", date(2026, 3, 1), "list.csv", io.BytesIO(text.encode()))


def check(who: Person, text: str = ASKED) -> NameCheck:
    return names.keep(who, "vendors.csv", io.BytesIO(text.encode()))


def outcomes(who: Person, one: NameCheck) -> list[tuple[str, str]]:
    return [(row["id"], row["outcome"]) for row in names.result(who, one).rows]


def decide(who: Person, one: NameCheck, decision: str, row: int = 0) -> None:
    pair = names.pair(who, one, names.USUAL, names.result(who, one).rows[row]["pair"])
    assert pair and names.decide(who, pair, decision, "所在地が異なる", len(pair.history))


def test_every_name_has_a_row_and_what_is_found_is_a_similar_name(hana):
    load(hana)
    found = names.result(hana, check(hana))
    assert [(r["id"], r["outcome"]) for r in found.rows] == [("V1", "similar"), ("V2", "none"), ("V3", "invalid")]
    assert "名称が類似 1.000" in found.rows[0]["reasons_ja"]
    assert [(p.line, p.field) for p in found.problems] == [(4, "name")]


def test_a_decision_is_remembered_for_the_office_and_names_who_and_when(hana):
    load(hana)
    decide(hana, check(hana), "cleared")
    taro = person("架空社", "太郎")
    row = names.result(taro, check(taro)).rows[0]
    assert (row["outcome"], row["decided_by"], row["decided_on"], row["note"]) == (
        "cleared", "花子", "2026-04-01", "所在地が異なる",
    )  # fmt: skip


@pytest.mark.parametrize("side", ["list", "names"])
def test_a_decision_ends_when_a_name_of_either_side_changes(hana, side):
    load(hana)
    decide(hana, check(hana), "cleared")
    if side == "list":
        load(hana, LIST.replace("Kaku Heavy", "Kaku Heavy Industries"))
        again = check(hana)
    else:
        again = check(hana, ASKED.replace("㈱架空重工業", "架空重工業"))
    assert outcomes(hana, again)[0] == ("V1", "changed")
    decide(hana, again, "confirmed")
    assert outcomes(hana, again)[0] == ("V1", "confirmed")


def test_a_decision_taken_back_leaves_the_pair_open_and_the_record_whole(hana):
    load(hana)
    one = check(hana)
    for decision, wanted in (("confirmed", "confirmed"), ("open", "similar"), ("cleared", "cleared")):
        decide(hana, one, decision)
        assert outcomes(hana, one)[0] == ("V1", wanted)
    pair = names.pair(hana, one, names.USUAL, names.result(hana, one).rows[0]["pair"])
    assert [made.told["decision"] for made in pair.history] == ["cleared", "open", "confirmed"]


def test_two_colleagues_do_not_overrule_each_other_unseen(hana):
    load(hana)
    one = check(hana)
    pair = names.pair(hana, one, names.USUAL, names.result(hana, one).rows[0]["pair"])
    decide(person("架空社", "太郎"), one, "confirmed")
    again = names.pair(hana, one, names.USUAL, pair.row["pair"])
    assert not names.decide(hana, again, "cleared", "x", seen=0) and NameDecision.objects.count() == 1


def test_a_list_of_the_same_name_is_replaced_and_another_stands_beside(hana):
    first = load(hana)
    load(hana, "name\nTori Fund\n")
    load(hana, label="自社の一覧")
    assert [(one.label, one.rows, one.origin) for one in names.lists(hana)] == [
        ("外国ユーザー", 1, "経済産業省"), ("自社の一覧", 2, "経済産業省"),
    ]  # fmt: skip
    assert names.list_of(hana, first.public_id) is None


def test_another_office_has_neither_lists_nor_names_nor_decisions(hana):
    load(hana)
    one = check(hana)
    decide(hana, one, "cleared")
    stranger = person("他社")
    assert names.of(stranger, one.public_id) is None
    assert (names.lists(stranger), names.listed(stranger)) == ([], [])
    load(stranger)
    assert outcomes(stranger, check(stranger))[0] == ("V1", "similar")


def test_what_lies_in_the_database_tells_nothing(hana):
    load(hana)
    decide(hana, check(hana), "cleared")
    lies = b""
    with connection.cursor() as cursor:
        for table in ("desk_namelist", "desk_namecheck", "desk_namedecision"):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                lies += b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
    for secret in ("架空重工業", "Erika", "外国ユーザー", "所在地", "cleared", "vendors.csv"):
        assert secret.encode() not in lies, secret


@pytest.mark.parametrize(
    ("text", "wanted"), [("owner\nA\n", "no column"), ("name\n", "header"), ("name\n--\n", "no names")]
)
def test_a_list_that_cannot_be_used_is_told_and_not_kept(hana, text, wanted):
    with pytest.raises(BadInput) as wrong:
        load(hana, text)
    assert wanted in wrong.value.problems[0].text.en and not NameList.objects.exists()


def test_names_are_bounded(hana):
    with pytest.raises(BadInput, match="5,000"):
        check(hana, "name\n" + "a name\n" * (names.MOST_NAMES + 1))
