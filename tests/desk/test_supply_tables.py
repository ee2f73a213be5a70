"""Tables of stable supply on the desk: an office's alone, sealed, added to the deck in the order in which they came."""

import io
from datetime import date

import pytest
from django.db import connection

from kaname.access.models import Office, Person
from kaname.desk import supply
from kaname.desk.models import SupplyTable
from kaname.files.problems import BadInput
from kaname.ledger import clock
from kaname.regimes.supply.funds.model import What

pytestmark = pytest.mark.django_db
HEAD = "product,fiscal_year,what,amount,unit,as_of,source\n"
SPENT = HEAD + "batteries,2024,spent,10,億円,2025-03-31,秘密の出所\n"
DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)


def person(office: str) -> Person:
    house, _ = Office.objects.get_or_create(sort="company", name_ja=office, name_en=office)
    return Person.objects.create_user(f"{Person.objects.count()}@example.jp", None, name="花子", office=house)


def kept(who: Person, text: str = SPENT, kind: str = "funds") -> SupplyTable:
    return supply.keep(who, kind, "table.csv", io.BytesIO(text.encode()))


def spent(who: Person) -> int | None:
    return supply.money(who, DAY).row("batteries").amount(What.SPENT)


def test_a_table_goes_on_with_the_deck_for_the_office_alone():
    hana, taro, stranger = person("架空省"), person("架空省"), person("他省")
    one = kept(hana)
    assert spent(hana) == spent(taro) == 13_100_000_000
    assert spent(stranger) == 12_100_000_000
    assert supply.of(taro, one.public_id) == one and supply.of(stranger, one.public_id) is None
    supply.discard(one)
    assert spent(taro) == 12_100_000_000


def test_the_table_loaded_later_holds_where_both_tell_the_same_day():
    hana = person("架空省")
    kept(hana)
    kept(hana, SPENT.replace(",10,", ",20,"))
    assert spent(hana) == 14_100_000_000


def test_what_was_given_lies_sealed():
    one = kept(person("架空省"))
    with connection.cursor() as cursor:
        cursor.execute("select title, content from desk_supplytable where id = %s", [one.pk])
        lying = b"".join(bytes(value) for value in cursor.fetchone())
    assert "秘密".encode() not in lying and b"table.csv" not in lying


def test_bad_rows_are_told_as_long_as_the_table_lies_there():
    one = kept(person("架空省"), SPENT + "batteries,2024,decided,W,億円,2025-03-31,x\n")
    assert (one.rows, one.bad) == (1, 1)
    supply._READ.clear()
    again = supply.opened(SupplyTable.objects.get(pk=one.pk))
    assert [(p.line, p.field) for p in again.problems] == [(3, "amount")]


def test_a_table_without_a_usable_row_is_not_kept():
    with pytest.raises(BadInput) as wrong:
        kept(person("架空省"), HEAD + "batteries,2024,spent,W,億円,2025-03-31,x\n")
    assert wrong.value.problems[0].line == 2
    assert not SupplyTable.objects.exists()


def test_only_so_many_tables(monkeypatch):
    monkeypatch.setattr(supply, "MOST", 1)
    hana = person("架空省")
    kept(hana)
    with pytest.raises(BadInput):
        kept(hana)
    kept(person("他省"))


def test_figures_and_plans_are_kinds_of_their_own():
    hana = person("架空省")
    kept(hana, "product,applicants,certified_on\nbatteries,甲,2024-09-06\n", "plans")
    kept(
        hana, "product,kind,measure,value,unit,on,source\nbatteries,capacity,国内製造能力,85,GWh/年,2024,x\n", "figures"
    )
    assert [p.applicants for p in supply.plans(hana)] == [("甲",)]
    assert supply.review(hana, "batteries", DAY).goals[0].now.value == 85
    assert spent(hana) == 12_100_000_000
