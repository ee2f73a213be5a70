"""What the pages of trade evidence say, in both languages: the answer first, every figure with its why."""

import csv
import io
import json
import re
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from told import pasted, said

from kaname.access.models import Person
from kaname.desk import sheets, trade
from kaname.desk.models import TradeTable

pytestmark = pytest.mark.django_db
EXAMPLE = files("kaname.assess.trade").joinpath("example.csv").read_text("utf-8")
PRODUCTION = "commodity,country,year,quantity,unit\n架空鉱,AUS,2023,70,t\n架空鉱,BRA,2023,30,t\n架空鉱,JPN,2023,1,t\n"
GOVERNANCE = "code,year,indicator,estimate\nAUS,2022,pv,1.5\nBRA,2022,pv,-0.5\nCAN,2022,pv,1.0\n"
ASK = "product=架空鉱&importer=JPN&years=2020..2023"


def given(office: Client, table: str = EXAMPLE) -> TradeTable:
    pasted(office, "/supply/evidence/", table=table)
    return TradeTable.objects.order_by("-pk")[0]


def at(one: TradeTable, page: str = "product", query: str = ASK) -> str:
    return f"/supply/evidence/{one.public_id}/{page}{'' if '.' in page else '/'}?{query}"


# -- in ----------------------------------------------------------------------------------------------------------------


def test_a_table_is_told_apart_by_its_columns(office):
    for text, sort in ((EXAMPLE, "trade"), (PRODUCTION, "production"), (GOVERNANCE, "governance"),
                       ("from_revision,from_code,to_revision,to_code\nH5,854140,H6,854142\n", "concordance"),
                       ("share,value_added\n1,5\n", "uses"), ("code,weight\n2504,1\n", "bundle")):  # fmt: skip
        one = given(office, text)
        assert one.sort == sort
        assert said(office.get(f"/supply/evidence/{one.public_id}/"))
    assert "貿易" in said(office.get("/supply/evidence/"))


def test_what_is_no_such_table_is_refused_and_nothing_kept(office):
    text = said(office.post("/supply/evidence/", {"table": "a,b\n1,2\n"}), 400)
    assert "知らない形の表" in text and "/proc/" not in text
    assert "見出し" in said(office.post("/supply/evidence/", {"table": EXAMPLE.splitlines()[0] + "\n"}), 400)
    assert "ファイルを選ぶか" in said(office.post("/supply/evidence/", {}), 400)
    book = SimpleUploadedFile("a.xlsx", b"PK\x03\x04")
    assert "Excel" in said(office.post("/supply/evidence/", {"file": book}), 400)
    assert not TradeTable.objects.exists()


def test_too_large_a_file_is_refused(office, monkeypatch):
    monkeypatch.setattr(sheets, "MOST", 64)
    file = SimpleUploadedFile("a.csv", EXAMPLE.encode())
    assert "大きすぎます" in said(office.post("/supply/evidence/", {"file": file}), 400)


def test_shift_jis_is_found_out(office):
    file = SimpleUploadedFile("a.csv", EXAMPLE.encode("cp932"))
    assert office.post("/supply/evidence/", {"file": file}).status_code == 302
    one = TradeTable.objects.get()
    assert one.encoding == "cp932"
    assert "76.2 %" in said(office.get(at(one)))


def test_another_office_does_not_see_it(office, stranger):
    one = given(office)
    for page in ("product", "why/0", "figures.csv", "evidence.json"):
        assert stranger.get(at(one, page)).status_code == 404
    assert stranger.post(f"/supply/evidence/{one.public_id}/discard/").status_code == 404
    office.post(f"/supply/evidence/{one.public_id}/discard/")
    assert not TradeTable.objects.exists()


def test_what_lies_in_the_database_is_sealed(office):
    one = given(office)
    assert b"exporter" not in bytes(one.content) and one.raw.decode() == EXAMPLE


# -- the page of a product ---------------------------------------------------------------------------------------------


def test_the_answer_comes_first_in_both_languages(office):
    one = given(office)
    text = said(office.get(at(one)))
    assert "2023年、日本は 架空鉱 の輸入の76.2 %をオーストラリアに頼っています（上位3か国で97.1 %）。" in text
    assert "2020年からは24.2ポイント増えました。" in text and "法令に定めがありません" in text
    office.cookies["kaname_language"] = "en"
    text = said(office.get(at(one)))
    assert "In 2023, Japan took 76.2 % of its imports of 架空鉱 from Australia (97.1 % from the three largest)." in text


def test_every_figure_leads_to_its_why_and_the_rows_of_the_file(office):
    one = given(office)
    links = sorted(
        set(re.findall(r'href="(/supply/evidence/[^"]+/why/\d+/[^"]*)"', office.get(at(one)).content.decode()))
    )
    assert len(links) > 20
    for link in links:
        text = said(office.get(link.replace("&amp;", "&")))
        assert "使った行" in text and "出典" in text
    hhi = next(n for n, f in enumerate(page(one).figures) if (f.measure, f.year) == ("hhi", 2023))
    text = said(office.get(at(one, f"why/{hhi}")))
    assert "sum of S_i^2" in text and "架空鉱 AUS JPN 80000000 importer" in text and "特定されていない相手国" in text
    assert office.get(at(one, "why/9999")).status_code == 404


def page(one: TradeTable):
    return trade.shown(one.person, one, trade.Question("架空鉱", "JPN", "2020..2023")).page


def test_production_and_governance_stand_beside_trade(office):
    one, mined, governed = given(office), given(office, PRODUCTION), given(office, GOVERNANCE)
    query = f"{ASK}&production={mined.public_id}&material=架空鉱&governance={governed.public_id}"
    text = said(office.get(at(one, query=query)))
    assert "2023年の世界の生産" in text and "供給リスク" in text
    alone = said(office.get(at(mined, query="product=架空鉱&importer=JPN&years=2023")))
    assert "世界の生産の69.3 %はオーストラリアです" in alone


def test_a_year_without_data_is_told_and_not_zero(office):
    text = said(office.get(at(given(office), query="product=架空鉱&importer=JPN&years=2022..2024")))
    assert "データのない年：2024" in text and "零ではありません" in text


def test_a_supplier_who_was_small_in_one_of_two_years_was_not_nothing(office):
    """Twelve suppliers in 2022, of whom ten have a figure of their own; the smallest is the largest of 2023."""
    others = ("CHN", "VNM", "IND", "DEU", "USA", "KOR", "AUS", "CAN", "MEX", "ZAF", "FRA")
    rows = [f"2022,鉱,{who},JPN,800" for who in others] + [f"2023,鉱,{who},JPN,10" for who in others]
    one = given(office, "\n".join(["year,product,exporter,importer,value", *rows, "2022,鉱,BRA,JPN,700",
                                   "2023,鉱,BRA,JPN,890", ""]))  # fmt: skip
    text = said(office.get(at(one, query="product=鉱&importer=JPN&years=2022..2023")))
    assert re.search(r"ブラジル\s*7\.4 %\s*89\.0 %", text), "700 of 9,500 and 890 of 1,000"


def test_a_largest_share_that_stayed_did_not_fall(office):
    rows = "".join(f"{year},鉱,CHN,JPN,0.6\n{year},鉱,VNM,JPN,0.2\n" for year in (2022, 2023))
    one = given(office, "year,product,exporter,importer,value\n" + rows)
    text = said(office.get(at(one, query="product=鉱&importer=JPN&years=2022..2023")))
    assert "2022年と変わりません。" in text and "減りました" not in text
    assert "0.6 USD" in text and " 0 USD" not in text, "a little is not nothing"


def test_years_of_which_the_table_says_nothing(office):
    one = given(office)
    text = said(office.get(at(one, query="product=架空鉱&importer=JPN&years=1999")))
    assert "行がこの表にありません（零とは限りません）" in text
    assert said(office.get(at(one, "sheet", "product=架空鉱&importer=JPN&years=1999")))
    assert "データなし" in said(office.get(at(one, "why/0", "product=架空鉱&importer=JPN&years=1999")))


@pytest.mark.parametrize(("query", "expected"), [
    ("product=&importer=JPN&years=2023", "品目を入力"), ("product=架空鉱&importer=X&years=2023", "国コード"),
    ("product=架空鉱&importer=JPN&years=23", "2023 又は"), ("product=ない鉱&importer=JPN&years=2023", "ある品目"),
    ("product=架空鉱&importer=JPN&years=2023&recycled=2", "0から1"),
    ("product=@nothing&importer=JPN&years=2023", "特定重要物資"),
    ("product=架空鉱&importer=JPN&years=2023&production=nosuch", "この事務所の表でない"),
])  # fmt: skip
def test_a_question_that_cannot_be_answered_is_told_at_its_field(office, query, expected):
    answer = office.get(at(given(office), query=query))
    text = said(answer, 400)
    assert expected in text and "エラー" in text and "--" not in text.split("本文へ")[1]


def test_thresholds_are_the_users_own_and_tell_what_would_change(office):
    one = given(office)
    text = said(office.get(at(one, query=f"{ASK}&t_top_1=0.5&t_hhi=0.9&t_production_hhi=0.4")))
    assert "上回る 最大の相手国から輸入全体の26.2 %分が" in text
    assert "上回らない" in text and "データなし" in text
    assert "0以上の数" in said(office.get(at(one, query=f"{ASK}&t_hhi=viel")), 400)


# -- taken away --------------------------------------------------------------------------------------------------------


def test_the_figures_as_csv_and_the_record_as_json(office):
    one = given(office)
    rows = list(csv.DictReader(io.StringIO(b"".join(office.get(at(one, "figures.csv"))).decode("utf-8-sig"))))
    assert {row["measure"] for row in rows} >= {"imports", "share", "hhi", "trend"}
    query = f"{ASK}&t_hhi=0.4"
    told = json.loads(office.get(at(one, "evidence.json", query)).content)
    assert told["sources"] == [{"name": "pasted.csv", "sort": "trade", "sha256": one.digest, "rows": one.rows}]
    hhi = next(each for each in told["indicators"] if each["measure"] == "hhi")
    assert (hhi["requirement"], hhi["indicator"], hhi["threshold"], hhi["side"]) == ("r2", "r2_hhi", 0.4, "over")
    assert json.loads(office.get(at(one, "evidence.json", f"{query}&without=hhi")).content)["digest"] != told["digest"]


# -- all products ------------------------------------------------------------------------------------------------------


def test_all_products_of_an_importer_stand_side_by_side(office):
    one = given(office)
    text = said(office.get(f"/supply/evidence/{one.public_id}/"))
    assert text.index("架空鉱") < text.index("架空部品"), "the more concentrated first"
    assert "0.608 (76.2 %)" in text
    assert "この国の輸入の行はありません" in said(office.get(f"/supply/evidence/{one.public_id}/?importer=FRA"))


# -- the four requirements, and into a case ----------------------------------------------------------------------------


def test_the_sheet_tells_what_speaks_to_each_requirement_and_what_stays_open(office):
    one = given(office)
    text = said(office.get(at(one, "sheet", f"{ASK}&t_hhi=0.4")))
    assert "四つの要件のうち1つに、数値の根拠があります" in text and "満たすかどうかは書いていません" in text
    assert "輸入先の集中度（HHI）" in text and "0.608" in text and "上回る" in text
    assert "まだ開いている指標：" in text and "普及率" in text and "既存の制度" in text
    assert "輸入2品目のうち、集中度は1番目に高いです" in text
    assert "案件に移す" in text and "根拠を入れられる案件はありません" in text
    without = said(office.get(at(one, "sheet", f"{ASK}&without=hhi")))
    assert "外した数値：" in without
    assert office.get(at(one, "sheet", "product=&importer=JPN")).status_code == 404


def test_the_tables_of_the_demonstration_can_be_asked(office):
    from kaname.demo import evidence

    evidence.furnish(Person.objects.get())
    one, mined = (TradeTable.objects.get(sort=sort) for sort in ("trade", "production"))
    text = said(office.get(at(one, query=f"{ASK}&production={mined.public_id}&material=架空鉱")))
    assert "2023年の世界の生産" in text and "67.1 %" in text


def test_uses_give_economic_importance(office):
    one, uses = given(office), given(office, "share,value_added\n0.94,64990\n0.06,132361\n")
    query = f"{ASK}&uses={uses.public_id}&uses_substitution=0.9&largest=204200"
    assert "経済的重要性（欧州委員会） 3.043" in said(office.get(at(one, query=query)))
    wrong = said(office.get(at(one, query=f"{ASK}&uses={uses.public_id}&largest=0")), 400)
    assert "0より大きい数" in wrong
    text = said(office.get(at(one, "sheet", query)))
    assert "四つの要件のうち2つに" in text


def test_a_table_without_a_row_that_can_be_used_says_so(office):
    one = given(office, "year,product,exporter,importer,value\n22,2504,CHN,JPN,5\n2022,2504,CHN,JPN,-5\n")
    assert "使える行が一つもありません" in said(office.get(f"/supply/evidence/{one.public_id}/"))
    text = said(office.get(at(one, query="product=2504&importer=JPN&years=2022")))
    assert "使えない値が2件" in text and "2行目" in text and "年月（202301）" in text


def test_suppliers_that_nobody_specified_leave_the_answer_open(office):
    one = given(office, "year,product,exporter,importer,value\n2022,2504,ANS,JPN,5\n2022,2504,ANS,JPN,6\n")
    text = said(office.get(at(one, query="product=2504&importer=JPN&years=2022&t_top_1=0.5")))
    assert "特定されていない相手国" in text and "決まらない" in text
    assert said(office.get(at(one, "sheet", "product=2504&importer=JPN&years=2022")))


# -- into the yearly check ---------------------------------------------------------------------------------------------


def test_the_shares_of_a_page_become_figures_of_a_products_dependence(office):
    one = given(office)
    assert pasted(office, at(one, "dependence"), of="minerals") == "/supply/pdca/minerals/"
    text = said(office.get("/supply/pdca/minerals/"))
    assert "「最大の相手国の輸入の割合」は2021年の60%から2023年の76.19%へ、16.19ポイント上がりました。" in text
    office.cookies["kaname_language"] = "en"
    assert "largest supplier&#x27;s share of imports: from 60% (2021) to 76.19% (2023)" in said(
        office.get("/supply/pdca/minerals/")
    )


def test_what_is_no_designated_product_takes_no_figures(office, stranger):
    one = given(office)
    assert office.post(at(one, "dependence"), {"of": "tanks"}).status_code == 404
    assert stranger.post(at(one, "dependence"), {"of": "minerals"}).status_code == 404
    assert office.get(at(one, "dependence")).status_code == 405
