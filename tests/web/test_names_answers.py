"""What the pages of names say, in both languages: similar names with their reasons, decisions, nothing lost."""

import csv
import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from told import pasted, said

from kaname.access.models import Office, Person
from kaname.desk.models import NameCheck, NameDecision, NameList
from kaname.ledger import clock

pytestmark = pytest.mark.django_db
LIST = "id,name,aliases\nL1,架空重工業株式会社,Kaku Heavy\nL2,Erika Mustermann,\n"
NAMES = "㈱架空重工業\nMUSTERMANN, Erika\nNobody Like That Ltd\n株式会社\n"


@pytest.fixture
def office(client: Client, monkeypatch) -> Client:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))
    client.force_login(person("架空電力", "架空 花子"))
    return client


def person(office: str, name: str) -> Person:
    house, _ = Office.objects.get_or_create(sort="company", name_ja=office, name_en=office)
    return Person.objects.create_user(f"{Person.objects.count()}@example.jp", None, name=name, office=house)


def load(office: Client, text: str = LIST, label: str = "架空の懸念先") -> None:
    file = SimpleUploadedFile("list.csv", text.encode())
    answer = office.post("/names/lists/", {"label": label, "origin": "経済産業省", "day": "R8.3.1", "file": file})
    assert answer.status_code == 302, said(answer, 400)


def given(office: Client, text: str = NAMES) -> str:
    return pasted(office, "/names/", names=text)


def pairs(office: Client, page: str) -> list[str]:
    return re.findall(r'href="(/names/[^"]+/pair/[^"]+)"', office.get(page).content.decode().replace("&amp;", "&"))


def test_the_answer_says_how_many_wait_and_that_nobody_is_identified(office):
    load(office)
    where = given(office)
    page = said(office.get(where))
    assert "似た名称の組が2組あり、2組が判断を待っています。 似ているというだけで、同じ者だとは言っていません。" in page
    assert "架空の懸念先 （経済産業省、 2026-03-01 ）" in page and "0.90で6" in page
    assert page.index("㈱架空重工業") < page.index("MUSTERMANN, Erika") < page.index("Nobody Like That")
    assert "5行目：name：「株式会社」" in page
    office.cookies["kaname_language"] = "en"
    page = said(office.get(where))
    assert "2 pairs of similar names, 2 of them to be decided. Similar names: not a statement" in page
    assert "Similar name, 1.000 (all letters)" in page
    for word in ("identical person", "same person", "is the same entity"):
        assert word not in page


def test_chips_filter_and_the_bound_can_be_moved(office):
    load(office)
    where = given(office, "Erika Musterman\nErika Muster\n")
    assert said(office.get(where, {"outcome": "none"})).count("似た名称はない") >= 1
    low, high = (len(pairs(office, f"{where}?threshold={t}")) for t in ("0.85", "0.95"))
    assert low == 2 > high
    assert len(pairs(office, f"{where}?threshold=much")) == len(pairs(office, where))


def test_both_sides_stand_with_all_their_names_and_the_decision_with_its_reason(office):
    load(office)
    where = given(office)
    pair = pairs(office, where)[0]
    page = said(office.get(pair))
    assert "架空重工業株式会社 Kaku Heavy" in page and "まだ決めない" not in page
    wrong = said(office.post(pair, {"seen": "0", "note": "理由だけ"}), 400)
    assert wrong.count("どれか一つを選んでください。") == 2 and "理由だけ" in wrong
    assert said(office.post(pair, {"seen": "0", "decision": "cleared"}), 400).count("なぜそう判断したか") == 2
    assert not NameDecision.objects.exists()
    assert office.post(pair, {"seen": "0", "decision": "cleared", "note": "所在地が異なる"})["Location"].startswith(
        where
    )
    page = said(office.get(where))
    assert (
        "判断を記録しました" in page and "別の者と判断した" in page and "2026-04-01 架空 花子 が別の者と決めた" in page
    )
    assert "理由：所在地が異なる" in page and "1組が判断を待っています" in page
    stale = office.post(pair, {"seen": "0", "decision": "confirmed", "note": "x"})
    assert "この間に同僚が判断しました" in said(stale, 400)
    assert "これまでの判断 別の者である" in said(office.get(pair))


def test_a_new_version_of_the_list_asks_again(office):
    load(office)
    where = given(office)
    office.post(pairs(office, where)[0], {"seen": "0", "decision": "cleared", "note": "x"})
    load(office, LIST.replace("Kaku Heavy", "Kaku Heavy Industries"))
    page = said(office.get(where))
    assert "うち1組は、判断の後に名称が変わりました。" in page and "名称が変わった：改めて判断" in page
    changed = next(p for p in pairs(office, where) if "この後に名称が変わった" in said(office.get(p)))
    assert "まだ決めない" in said(office.get(changed))


def test_nothing_typed_is_lost(office):
    typed = {"label": "", "origin": "経済産業省", "day": "2026-02-30", "names": "架空社"}
    page = said(office.post("/names/lists/", typed), 400)
    assert page.count("一覧の名を入力してください") == 2 and page.count("日付として読めません") == 2
    content = office.post("/names/lists/", typed).content.decode()
    assert 'value="経済産業省"' in content and 'value="2026-02-30"' in content and ">架空社</textarea>" in content
    assert "名称を入力するか" in said(office.post("/names/", {"names": " "}), 400)
    wrong = office.post("/names/", {"names": "所在地\t電話\n東京\t03\n"})
    assert "name：名称の列がない" in said(wrong, 400) and "東京" in wrong.content.decode()
    assert not NameList.objects.exists() and not NameCheck.objects.exists()


def test_without_a_list_the_page_says_that_nothing_was_compared(office):
    assert "まだ一覧がありません" in said(office.get("/names/"))
    assert "何とも照らしていません" in said(office.get(given(office)))


def test_findings_are_taken_away_as_the_command_writes_them(office):
    load(office)
    where = given(office)
    content = b"".join(office.get(f"{where}findings.csv").streaming_content).decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [row["outcome"] for row in rows] == ["similar", "similar", "none", "none"]
    assert rows[0]["list"] == "架空の懸念先" and len(rows[0]["pair"]) == 32


def test_another_office_finds_nothing_at_any_of_its_doors(office):
    load(office)
    where = given(office)
    stranger = Client()
    stranger.force_login(person("他社", "他人"))
    for page in (where, f"{where}findings.csv", pairs(office, where)[0]):
        assert office.get(page).status_code == 200
        assert stranger.get(page).status_code == 404 and Client().get(page).status_code == 302
    one = NameList.objects.get().public_id
    for door in (f"/names/lists/{one}/discard/", f"{where}discard/"):
        assert stranger.post(door).status_code == 404
    assert "架空の懸念先" not in said(stranger.get("/names/")) + said(stranger.get("/names/lists/"))
    assert office.post(f"{where}discard/").status_code == office.post(f"/names/lists/{one}/discard/").status_code == 302
    assert not NameList.objects.exists() and not NameCheck.objects.exists()
