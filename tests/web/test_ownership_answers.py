"""What the ownership pages say, in both languages: the answer first, every sum with its parts, nothing lost."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from told import pasted, said

from kaname.assess.ownership.bods import read_bods
from kaname.desk import holdings, sheets
from kaname.desk.models import Holdings

pytestmark = pytest.mark.django_db
EXAMPLE = (Path(__file__).parents[2] / "docs/examples/holdings.csv").read_text(encoding="utf-8")


def given(office: Client, table: str = EXAMPLE) -> Holdings:
    pasted(office, "/ownership/", table=table)
    return Holdings.objects.order_by("-pk")[0]


def at(one: Holdings, company: str = "vendor", name: str = "ownership_company") -> str:
    return reverse(name, args=[one.public_id, holdings.opened(one).book.number[company]])


# -- in ---------------------------------------------------------------------------------------------------------------


def test_a_file_a_paste_and_typed_rows_come_to_the_same(office):
    file = SimpleUploadedFile("holdings.csv", EXAMPLE.encode())
    office.post("/ownership/", {"file": file})
    given(office)
    given(office, EXAMPLE.replace(",", "\t"))
    rows = list(csv.DictReader(io.StringIO("holder,company,share,holder_country\nA,B,60,CH\nC,B,,JP\n")))
    typed = {name: [row.get(name, "") for row in rows] for name in ("holder", "company", "share", "holder_country")}
    office.post("/ownership/", {**typed, "holder_kind": ["state", ""]})
    shapes = [(one.rows, one.entities) for one in Holdings.objects.order_by("pk")]
    assert shapes == [(8, 6), (8, 6), (8, 6), (2, 3)]
    last = Holdings.objects.order_by("-pk")[0]
    assert "外国の持分は 60.0 %〜100.0 % です（資本）" in said(office.get(at(last, "B"))), "C may hold less"


def test_nothing_typed_is_lost_and_each_wrong_row_is_told(office):
    typed = {"holder": ["A", "", "E"], "company": ["B", "D", ""], "share": ["120", "5", "1"],
             "holder_country": ["Japan", "", ""], "holder_kind": ["", "", ""]}  # fmt: skip
    page = said(answer := office.post("/ownership/", typed), 400)
    for told in ("1行目：持分が使えません（100%を超える）", "1行目：国は JP", "2行目：保有者を", "3行目：会社を"):
        assert page.count(told) == 2, "in the summary and at the field"
    assert all(f'value="{value}"' in answer.content.decode() for value in ("A", "D", "E", "120", "Japan"))
    assert "ファイルを選ぶか" in said(office.post("/ownership/", {}), 400)
    assert not Holdings.objects.exists()


def test_a_table_without_our_columns_says_which_and_keeps_the_paste(office):
    answer = office.post("/ownership/", {"table": "owner of it,asset\nA,B\n"})
    page = said(answer, 400)
    assert "holder：列がない；ある列は owner of it, asset。" in page and "--column" not in page
    assert "owner of it,asset" in answer.content.decode()


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(office):
    large = SimpleUploadedFile("a.csv", b"x" * (sheets.MOST + 10))
    assert "16 MBまで" in said(office.post("/ownership/", {"file": large}), 400)


def test_the_example_of_the_empty_page_can_be_sent_as_it_is(office):
    page = office.get("/ownership/?example=1").content.decode()
    table = re.search(r'<textarea[^>]*name="table"[^>]*>(.*?)</textarea>', page, re.S)[1]
    one = given(office, table)
    assert holdings.opened(one).problems == () and "支配しています" in said(office.get(at(one, "sora")))


# -- the source -------------------------------------------------------------------------------------------------------


def test_bad_rows_are_told_by_line_and_companies_found_by_name_and_identifier(office):
    one = given(office, EXAMPLE + "x,vendor,1000,5,,,,,,,,\n")
    page = said(office.get(f"/ownership/{one.public_id}/"))
    assert "使えない値が1件あります" in page and "10行目：votes：" in page
    for text in ("ＳＯＲＡ", "vend"):
        hits = office.get(f"/ownership/{one.public_id}/", {"q": text}).content.decode()
        assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)', hits) == ["Sora Systems"]
    assert "当たる会社はありません" in said(office.get(f"/ownership/{one.public_id}/", {"q": "zzz"}))


# -- the company ------------------------------------------------------------------------------------------------------


def test_the_answer_stands_first_in_both_languages(office):
    one = given(office)
    ja, en = said(office.get(at(one))), ""
    office.cookies["kaname_language"] = "en"
    en = said(office.get(at(one)))
    for page, sentences in (
        (ja, ("外国の持分は 50.0 %〜88.9 % です（資本）。", "Government of Elbonia が議決権の過半数で支配しています。",
              "議決権の5 %以上を直接に持つ者は2者、分からない持分次第でほかに1者です。")),
        (en, ("Foreign holders have 50.0 % to 88.9 % (capital).",
              "Controlled by majority of votes by Government of Elbonia.",
              "2 directly hold 5 % of the votes or more; 1 more may.")),
    ):  # fmt: skip
        places = [page.index(s, page.index("/title") if "/title" in page else 0) for s in sentences]
        assert places == sorted(places)
        assert not re.search(r"[ぁ-ん]{3,}", page.replace("日本語", "")) or page is ja
    assert "Kumo Holdings 10 % + Umi Components 50.1 % = 60.1 %, over 50 %" in en


def test_bounds_are_rounded_outward_and_add_up(office):
    page = office.get(at(given(office))).content.decode()
    figure = page[page.index("外国の持分（合計）") :]
    assert re.search(r"50\.0 %〜88\.9 %", figure)
    assert "確かな分 50.1 %" in figure and "分からない分 38.8 %" in figure
    assert "Sora Systems の持分のうち、持つ者が資料にない分" in figure


def test_every_holder_has_its_working(office):
    one = given(office)
    book = holdings.opened(one).book
    page = said(office.get(f"{at(one)}holder/{book.number['gov']}/"))
    assert "44.5 % を持ちます" in page
    assert "Kumo Holdings を通じて 100% × 10% ＋ Umi Components を通じて 68.904201% × 50.1% ＝ 44.521005%" in page
    direct = said(office.get(f"{at(one)}holder/{book.number['umi']}/"))
    assert "50.1 %（pasted.csv、6行目、2026-04-01から）" in direct
    for nobody in (999, book.number["vendor"]):
        assert office.get(f"{at(one)}holder/{nobody}/").status_code == 404
    assert office.get(f"/ownership/{one.public_id}/company/999/").status_code == 404


def test_lines_crossed_between_two_days_are_told(office):
    one = given(office)
    page = said(office.get(at(one), {"before": "R8.3.31"}))
    assert re.search(r"Umi Components 3分の1以上 上回った 30 % 50\.1 %", page)
    assert re.search(r"Tori Fund 50 %以上 下回った可能性 0〜60 % 0〜39\.9 %", page)
    assert "線を越えた直接の保有者はいません" in said(office.get(at(one, "kumo"), {"before": "20260331"}))
    wrong = said(office.get(at(one), {"day": "2026-02-30"}))
    assert wrong.count("「2026-02-30」は日付として読めません") == 2


def test_a_day_on_which_nobody_held_it_says_so(office):
    one = given(office, "holder,company,share,since\nA,B,50,2026-04-02\n")
    assert "B の保有者は、この日の資料にありません。" in said(office.get(at(one, "B")))
    assert "外国の持分は 0.0 %〜100.0 %" in said(office.get(at(one, "B"), {"day": "2026-04-02"}))


def test_a_circle_of_companies_and_a_great_star_are_shown(office):
    circle = "holder,company,share\nA,B,60\nB,A,60\nC,A,10\n"
    assert "既に上にあります" in said(office.get(at(given(office, circle), "A")))
    star = "holder,company,share\n" + "".join(f"h{n},c,{0.5 if n else 3}\n" for n in range(187))
    one = given(office, star)
    page = said(office.get(at(one, "c")))
    assert "150の主体を示しています（+38）" in page
    drawing = office.get(at(one, "c", "ownership_drawing")).content.decode()
    assert drawing.count('class="box') == 150 and "+38" in drawing


# -- out --------------------------------------------------------------------------------------------------------------


def test_bods_and_csv_are_taken_away(office):
    one = given(office)
    got = office.get(reverse("ownership_bods", args=[one.public_id]))
    again = read_bods("x", json.loads(got.content), date(2026, 4, 1))
    assert again.faults == [] and len(again.entities) == one.entities
    assert 'filename="holdings-20260401.json"' in got["Content-Disposition"] and got["Cache-Control"] == "no-store"
    for name, arguments, first in (("ownership_companies", [], "vendor"), ("ownership_holders", [3], "umi")):
        content = b"".join(office.get(reverse(name, args=[one.public_id, *arguments])).streaming_content).decode()
        rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
        assert first in {row.get("company") or row.get("holder") for row in rows}


def test_another_office_finds_nothing_at_any_of_its_doors(office, stranger):
    one = given(office)
    pages = [f"/ownership/{one.public_id}/", at(one), at(one, name="ownership_drawing"), f"{at(one)}holder/0/",
             reverse("ownership_bods", args=[one.public_id]), reverse("ownership_companies", args=[one.public_id]),
             at(one, name="ownership_holders")]  # fmt: skip
    for page in pages:
        assert office.get(page).status_code == 200, page
        absent = page.replace(one.public_id, "nosuchthing")
        assert stranger.get(page).status_code == stranger.get(absent).status_code == 404, page
        assert Client().get(page).status_code == 302
    assert stranger.post(f"/ownership/{one.public_id}/discard/").status_code == 404
    assert "まだ資料はありません" in said(stranger.get("/ownership/"))
    assert office.post(f"/ownership/{one.public_id}/discard/").status_code == 302
    assert office.get(pages[0]).status_code == 404
