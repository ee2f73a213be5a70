"""Sources of shareholdings on the desk: an office's alone, sealed, read as they are, bad rows told by line."""

import gzip
import io
from datetime import date, timedelta
from typing import ClassVar

import pytest
from django.db import connection
from django.utils import timezone

from kaname.access.models import Office, Person
from kaname.desk import holdings, sheets
from kaname.desk.models import Holdings
from kaname.files.problems import BadInput
from kaname.ledger import clock
from kaname.ledger.errors import CannotOpen

pytestmark = pytest.mark.django_db
TABLE = """holder,company,share,holder_name,holder_country
gov,umi,60,秘密の保有者,CH
x,umi,1000,,
hana,umi,40,,JP,,
tori,sora,20,,
"""


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 1))


def person(office: str, name: str = "花子") -> Person:
    house, _ = Office.objects.get_or_create(sort="company", name_ja=office, name_en=office)
    return Person.objects.create_user(f"{Person.objects.count()}@example.jp", None, name=name, office=house)


def kept(who: Person, content: str | bytes = TABLE, name: str = "holdings.csv") -> Holdings:
    return holdings.keep(who, name, io.BytesIO(content if isinstance(content, bytes) else content.encode()))


def test_bad_rows_are_told_by_line_and_the_rest_is_read():
    one = kept(person("架空社"))
    found = holdings.opened(one)
    assert [(p.line, p.field) for p in found.problems] == [(3, "share"), (4, "-")]
    assert (one.rows, one.entities) == (3, 5)
    assert [found.line(row) for row in found.book.columns.row] == [2, 3, 5]


class Later:
    """A thread that runs when the test says so."""

    waiting: ClassVar[list] = []

    def __init__(self, target, args, **_):
        self.run = lambda: target(*args)

    def start(self):
        self.waiting.append(self.run)


@pytest.fixture
def apart(monkeypatch):
    """Every source counts as a large one; call what it gives to let the readings go on."""
    Later.waiting = []
    monkeypatch.setattr(holdings, "AT_ONCE", 0)
    monkeypatch.setattr(holdings, "Thread", Later)
    monkeypatch.setattr(holdings, "close_old_connections", lambda: None)

    def go_on() -> int:
        todo, Later.waiting = Later.waiting, []
        for run in todo:
            run()
        return len(todo)

    return go_on


def test_a_large_source_is_read_apart_and_says_so_meanwhile(apart):
    who = person("架空社")
    one = kept(who, "holder,company,share,holder_name\na,b,60,\u8a66\n".encode("cp932"))
    assert not holdings.is_open(one) and one.rows == 0
    assert apart() == 1
    read = holdings.of(who, one.public_id)
    assert holdings.is_open(read) and (read.rows, read.entities, read.encoding) == (1, 2, "cp932")
    assert apart() == 0


def test_a_large_source_that_cannot_be_read_says_why_and_lies_sealed(apart):
    who = person("架空社")
    one = kept(who, "nothing,of,ours\n秘密,b,60\n")
    apart()
    failed = holdings.of(who, one.public_id)
    assert failed.state == holdings.State.FAILED and not holdings.is_open(failed)
    assert holdings.why_not(failed) and "holder" not in bytes(failed.wrong).decode("latin-1")


def test_a_reading_that_died_is_begun_again_and_one_thrown_away_is_left(apart):
    who = person("架空社")
    one, gone = kept(who), kept(who, name="gone.csv")
    holdings.discard(gone)
    Later.waiting.clear()  # the process died
    assert not holdings.is_open(holdings.of(who, one.public_id)) and apart() == 0
    Holdings.objects.update(beat_at=timezone.now() - holdings.DEAD - timedelta(seconds=1))
    assert not holdings.is_open(holdings.of(who, one.public_id)) and apart() == 1
    assert holdings.is_open(holdings.of(who, one.public_id))


def test_the_page_of_a_large_source_waits_and_no_other_page_opens(apart, client):
    from django.conf import settings

    who = person("架空社")
    one = kept(who)
    client.force_login(who, backend=settings.AUTHENTICATION_BACKENDS[0])
    there = f"/ownership/{one.public_id}/"
    page = client.get(there).content.decode()
    assert "読み取っています" in page and 'hx-trigger="every 2s"' in page
    assert client.get(f"{there}company/0/").status_code == 404
    apart()
    assert "読み取っています" not in client.get(there).content.decode()
    bad = kept(who, "nothing\n1\n")
    apart()
    assert "読み取れませんでした" in client.get(f"/ownership/{bad.public_id}/").content.decode()


def test_an_office_shares_its_sources_and_another_finds_nothing():
    hana, taro, stranger = person("架空社"), person("架空社", "太郎"), person("他社")
    one = kept(hana)
    assert holdings.of(taro, one.public_id) == one and holdings.listed(taro) == [one]
    assert holdings.of(stranger, one.public_id) is None and holdings.listed(stranger) == []


def test_what_lies_in_the_database_tells_nothing():
    one = kept(person("架空社"), name="極秘.csv")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM desk_holdings")
        lies = b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
    for secret in ("極秘", "秘密の保有者", "umi"):
        assert secret.encode() not in lies
    assert one.name == "極秘.csv" and one.raw == TABLE.encode()


def test_a_sheet_moved_to_another_office_does_not_open():
    one = kept(person("架空社"))
    Holdings.objects.update(office=person("他社").office)
    with pytest.raises(CannotOpen):
        _ = Holdings.objects.get(pk=one.pk).raw


def test_japanese_heads_shift_jis_and_packed_files_are_read():
    who = person("架空社")
    table = "株主,会社,持株比率,国\n雲,海,60,CH\n花子,海,40,JP\n"
    for content in (table.encode("cp932"), gzip.compress(table.encode("cp932"))):
        book = holdings.opened(kept(who, content, "表.csv.gz")).book
        assert {e.id: e.country for e in book.entities} == {"雲": "CH", "海": "", "花子": "JP"}


@pytest.mark.parametrize(("name", "content", "wanted"), [
    ("a.csv", "owner,asset\nA,B\n", "no such column"), ("a.csv", "", "empty"), ("a.json", "{", "JSON"),
    ("a.xlsx", b"PK\x03\x04rest", "workbook"), ("a.csv.gz", b"\x1f\x8b broken", "broken"),
    ("a.json", "[]", "no holding"), ("a.csv", b"x" * (sheets.MOST + 1), "16 MB"),
])  # fmt: skip
def test_what_cannot_be_used_is_told_and_not_kept(name, content, wanted):
    with pytest.raises(BadInput) as wrong:
        kept(person("架空社"), content, name)
    assert wanted in wrong.value.problems[0].text.en and "/proc/" not in str(wrong.value.problems)
    assert not Holdings.objects.exists()


def test_a_source_goes_when_its_time_is_up_or_somebody_says_so():
    who = person("架空社")
    one, other = kept(who), kept(who)
    Holdings.objects.filter(pk=one.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert holdings.of(who, one.public_id) is None and one not in holdings.listed(who)
    assert Holdings.objects.filter(pk=one.pk).exists(), "who looks changes nothing"
    assert holdings.sweep() == 1 and not Holdings.objects.filter(pk=one.pk).exists()
    holdings.discard(other)
    assert holdings.listed(who) == []


def test_a_source_not_remembered_is_read_again():
    one = kept(person("架空社"))
    holdings._READ.clear()
    assert holdings.opened(Holdings.objects.get(pk=one.pk)).book.rows == one.rows


@pytest.mark.parametrize(("table", "lines"), [
    ("holder,company,share\nA,B,1\nC,B,2", [2, 3]), ("holder,company,share\r\nA,B,1\r\n\r\nC,B,2\r\n", [2, 4]),
    ('holder,company,share\n"A\nA",B,1\nC,B,2\n', [2, 4]), ("holder,company,share\nA,B\nC,B,2\n", [3]),
])  # fmt: skip
def test_every_holding_knows_its_line(table, lines):
    found = holdings.read("a.csv", table.encode())
    assert [found.line(row) for row in found.book.columns.row] == lines


def test_lines_of_json_are_those_of_the_file():
    found = holdings.read("a.jsonl", b'{"holder": "A", "company": "B"}\n\n{"holder": "C", "company": "B"}\n')
    assert [found.line(row) for row in found.book.columns.row] == [1, 3]
