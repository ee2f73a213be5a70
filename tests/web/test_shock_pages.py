"""Pages of shocks: the answer first, bounds told, measures compared, a way into a case; one's own office alone."""

import csv
import gzip
import io
import json
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from told import pasted, said

from kaname.access.models import Mandate, Person
from kaname.desk import sheets
from kaname.desk.models import ShockTable
from kaname.web.shocks.told import _between as between
from shock_data import SMALL, japan, real

pytestmark = pytest.mark.django_db
LINKS = "supplier,buyer,value\n甲,乙,10\n乙,丙,20\n丁,丙,5\n"
FIRMS = "firm,industry,region,sales\n甲,原料,北,10\n乙,部品,南,20\n丙,製品,南,100\n丁,部品,北,5\n"
SIZED = "firm,industry,size\n甲社,01,50\n乙社,02,30\n丙社,01,10\n丁社,02,20\n"
EXAMPLE = "/supply/shocks/example/"


def given(office: Client, text: str) -> ShockTable:
    pasted(office, "/supply/shocks/", table=text)
    return ShockTable.objects.order_by("-pk")[0]


def at(one: ShockTable, query: str = "", page: str = "") -> str:
    return f"/supply/shocks/{one.public_id}/{page}?{query}"


def test_the_invented_network_opens_with_the_firm_whose_loss_takes_most(office):
    text = said(office.get(EXAMPLE))
    assert "この供給網の生産の" in text and "まだ何も選ばれていない" in text and "架空です" in text
    office.cookies["kaname_language"] = "en"
    english = said(office.get(EXAMPLE))
    assert "of production in this network is lost" in english and "for want of an input it cannot do without" in english


def test_a_firm_an_industry_and_a_region_are_lost(office):
    for kind, lost in (("firm", "夢見半導体"), ("industry", "素材"), ("region", "架空北部")):
        text = said(office.get(EXAMPLE, {"kind": kind, "lost": lost, "part": "50%"}))
        assert lost in text and "50.0 %" in text


def test_measures_are_worth_the_difference(office):
    query = {"lost": "夢見半導体", "measures": "stock 架空システム 60\nsource 架空工作機械部品 夢見半導体 0.5"}
    text = said(office.get(EXAMPLE, query))
    assert "対策の価値" in text and "対策があれば" in text
    told = json.loads(office.get(f"{EXAMPLE}evidence.json", query).content)
    saved = {f["measure"]: f["value"] for f in told["figures"]}
    assert 0 < saved["saved"] < saved["systemic_risk"] and saved["value_added_saved"] > 0
    rows = list(
        csv.DictReader(
            io.StringIO(office.get(f"{EXAMPLE}figures.csv", query | {"of": "days"}).getvalue().decode("utf-8-sig"))
        )
    )
    assert float(rows[40]["production_with"]) > float(rows[40]["production"])
    assert len(rows) == 91 and rows[0]["day"].lstrip("'") == "-1"


@pytest.mark.parametrize(("query", "said_"), [
    ({"lost": "どこにもない"}, "どこにもない"), ({"part": "130"}, "30% 又は 0.3"), ({"days": "9999"}, "1から365日"),
    ({"measures": "stock 夢見半導体"}, "1行目"), ({"measures": "stock 夢見半導体 many"}, "数が要る"),
    ({"replaceable": "虚無"}, "この網にない産業"), ({"kind": "region", "lost": "月"}, "月"),
    ({"measures": "source 夢見半導体 架空システム 2"}, "割合"),
])  # fmt: skip
def test_what_is_asked_wrongly_is_told_at_its_field(office, query, said_):
    text = said(office.get(EXAMPLE, query), 400)
    assert said_ in text and "エラー" in text and "/proc/" not in text


def test_an_offices_own_network(office):
    firms, links = given(office, FIRMS), given(office, LINKS)
    text = said(office.get(at(links, f"lost=甲&firms={firms.public_id}")))
    assert "代えのきかない投入が届かず、乙" in text
    rows = list(
        csv.DictReader(io.StringIO(office.get(at(links, "lost=甲", "figures.csv")).getvalue().decode("utf-8-sig")))
    )
    assert {row["firm"] for row in rows} == set("甲乙丙丁")
    book = office.get(at(links, "lost=甲&as=xlsx", "figures.csv"))
    assert book.content[:2] == b"PK"
    unlisted = given(office, LINKS + "戊,乙,1\n")
    assert "「戊」；企業の表にある識別子が要る" in said(office.get(at(unlisted, f"firms={firms.public_id}")), 400)
    assert said(office.get(at(firms)))
    as_command = given(office, LINKS.replace("value", "amount"))
    also = given(office, FIRMS.replace("firm,", "id,").replace("sales", "revenue"))
    assert (as_command.sort, also.sort) == ("links", "firms")
    query = f"lost=甲&firms={also.public_id}"
    assert "代えのきかない投入が届かず、乙" in said(office.get(at(as_command, query)))


@pytest.mark.parametrize(("text", "wrong"), [
    ("a,b\n1,2\n", "知らない形の表"), ("supplier,buyer,value\n", "見出し"),
])  # fmt: skip
def test_what_is_no_table_is_refused_and_nothing_kept(office, text, wrong):
    assert wrong in said(office.post("/supply/shocks/", {"table": text}), 400)
    assert "ファイルを選ぶか" in said(office.post("/supply/shocks/", {}), 400)
    assert "Excel" in said(office.post("/supply/shocks/", {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}), 400)
    assert not ShockTable.objects.exists()


def test_bad_links_are_told_by_line(office):
    one = given(office, "supplier,buyer,value\n甲,甲,3\n乙,丙,-1\n")
    assert "2行目" in said(office.get(at(one)), 400)


def test_too_large_a_file_is_refused(office, monkeypatch):
    monkeypatch.setattr(sheets, "MOST", 64)
    file = SimpleUploadedFile("a.csv", (LINKS * 9).encode())
    assert "大きすぎます" in said(office.post("/supply/shocks/", {"file": file}), 400)


def test_another_office_sees_nothing(office, stranger):
    one = given(office, LINKS)
    for page in ("", "figures.csv", "evidence.json"):
        assert stranger.get(at(one, "lost=甲", page)).status_code == 404
    for page in ("discard/", "carry/"):
        assert stranger.post(at(one, "lost=甲", page)).status_code == 404
    mine = given(stranger, LINKS)
    assert "選ぶ" in said(stranger.get(at(mine, f"firms={one.public_id}")), 400)
    office.post(at(one, "", "discard/"))
    assert office.get(at(one)).status_code == 404


def test_the_smaller_loss_is_told_first_whichever_end_it_is():
    asked = SimpleNamespace(lost=("素材",), cuts=(("01", 0.5),), days=9)
    least, most = (SimpleNamespace(asked=asked, score=score, value_added_lost=(lost, None), score_after=None)
                   for score, lost in ((0.1, 0.3), (0.2, 0.2)))  # fmt: skip
    assert "20.0\u00a0%から30.0\u00a0%" in between(most, least, {})[2].ja


def test_imports_of_sectors_fail_between_two_bounds(office):
    one = given(office, SMALL)
    assert "どの輸入が失われますか" in said(office.get(at(one)))
    text = said(office.get(at(one, "cuts=01=0.5")))
    assert "付加価値の" in text and "が失われます" in text
    assert "99" in said(office.get(at(one, "cuts=99=0.5")), 400)
    assert "部門と割合" in said(office.get(at(one, "cuts=")), 400)
    rows = list(
        csv.DictReader(io.StringIO(office.get(at(one, "cuts=01=0.5", "figures.csv")).getvalue().decode("utf-8-sig")))
    )
    assert all(float(row["low"]) <= float(row["high"]) for row in rows)
    told = json.loads(office.get(at(one, "cuts=01=0.5", "evidence.json")).content)
    assert {f["requirement"] for f in told["figures"]} == {"r1", "r3"}
    assert told["sources"][0]["sha256"] == one.digest


@real
def test_a_country_and_a_product_through_japans_table(office):
    table, trade = _japans(office), _trade(office)
    names = given(office, Path(japan("2015_37x37")[1]).read_text("utf-8"))
    assert "部門の名称" in said(office.get(at(names)))
    query = f"names={names.public_id}&trade={trade}&product=2709&supplier=SAU&years=2015&importer=JPN"
    assert (
        "為替" not in said(office.get(at(table, f"{query}&rate=121"))).split("この計算の限り")[0].split("どの輸入")[0]
    )
    text = said(office.get(at(table, f"{query}&rate=121")))
    assert "270900" in text or "2709" in text
    assert "鉱業の輸入が" in text and "未確認" in text
    assert "（--rate）" not in said(office.get(at(table, query)), 400)
    assert "この事務所の貿易の表でない" in said(office.get(at(table, "product=2709&trade=nosuch")), 400)


def test_networks_are_drawn_from_sizes(office):
    firms, table = given(office, SIZED), given(office, SMALL)
    query = f"table={table.public_id}&draws=20&seed=3"
    text = said(office.get(at(firms, query)))
    assert "抽選の9割で" in text and "誰が誰に売るかは分かっていません" in text
    assert (
        office.get(at(firms, query, "figures.csv")).getvalue() == office.get(at(firms, query, "figures.csv")).getvalue()
    )
    assert "200" in said(office.get(at(firms, query + "&draws=999")), 400)
    assert "産業連関表が要る" in said(office.get(at(firms, "table=")), 400)


def test_figures_go_into_the_form_of_a_case(ministry):
    page = ministry.get(EXAMPLE, {"lost": "夢見半導体"}).content.decode()
    target = page.split('<select id="f-to"')[1].split('value="')[1].split('"')[0]
    answer = ministry.post(f"{EXAMPLE}carry/?lost=夢見半導体", {"to": target})
    assert answer.status_code == 302
    form = ministry.get(answer["Location"]).content.decode()
    assert "systemic_risk" in form and "evidence.0.requirement" in form
    assert "もう一度選んで" in said(ministry.post(f"{EXAMPLE}carry/?lost=夢見半導体", {"to": "none"}), 400)


@pytest.fixture
def ministry(office: Client) -> Client:
    person = Person.objects.get(email="hana@example.jp")
    person.office.sort = "ministry"
    person.office.save()
    from datetime import date

    Mandate.objects.create(person=person, role="product_minister", valid_from=date(2024, 1, 1))
    return office


def _japans(office: Client) -> ShockTable:
    table, _ = japan("2015_37x37")
    file = SimpleUploadedFile("io37.csv", gzip.decompress(Path(table).read_bytes()))
    office.post("/supply/shocks/", {"file": file})
    return ShockTable.objects.order_by("-pk")[0]


def _trade(office: Client) -> str:
    rows = ("year,product,exporter,importer,value,currency", "2015,270900,SAU,JPN,20000000000,USD",
            "2015,270900,ARE,JPN,15000000000,USD")  # fmt: skip
    text = "\n".join(rows) + "\n"
    return pasted(office, "/supply/evidence/", table=text).split("/")[3]


def test_the_invented_network_is_whole():
    folder = files("kaname.assess.network")
    firms = list(csv.DictReader(io.StringIO(folder.joinpath("example_firms.csv").read_text("utf-8"))))
    assert len(firms) == 60 and all(any(w in f["name"] for w in ("架空", "空想", "幻", "夢見")) for f in firms)


def test_imports_of_a_sector_fail_in_a_network_between_two_ends(office):
    text = said(office.get(EXAMPLE, {"kind": "imports", "lost": "素材", "part": "50%"}))
    assert "素材の輸入が50.0 %減ると" in text and "下の端は" in text and "輸入の素材が足りず" in text
    assert "そのうち" not in text and "自社のもの" in text
    told = json.loads(office.get(f"{EXAMPLE}evidence.json", {"kind": "imports", "lost": "素材"}).content)
    risk = next(f for f in told["figures"] if f["measure"] == "systemic_risk")
    assert 0 < risk["low"] < risk["high"] == risk["value"]
    office.cookies["kaname_language"] = "en"
    english = said(office.get(EXAMPLE, {"kind": "imports", "lost": "素材、部品", "measures": "stock 架空化学 30"}))
    assert "for want of imported" in english and "With the measures" in english


def test_imports_of_ones_own_network_need_a_table_whose_sectors_its_firms_are_of(office):
    head, first, *others = FIRMS.splitlines()
    firms = given(office, "\n".join([f"{head},sector", f"{first},01", *(f"{one},02" for one in others)]))
    links, table = given(office, LINKS), given(office, SMALL)
    query = f"firms={firms.public_id}&kind=imports&lost=01&part=0.5"
    assert "産業連関表が要る" in said(office.get(at(links, query)), 400)
    text = said(office.get(at(links, f"{query}&table={table.public_id}")))
    assert "01の輸入が50.0 %減ると" in text
    rows = (
        office.get(at(links, f"{query}&table={table.public_id}&of=first", "figures.csv")).getvalue().decode("utf-8-sig")
    )
    first = {row["firm"]: row for row in csv.DictReader(io.StringIO(rows))}
    assert float(first["乙"]["high"]) == pytest.approx(0.5 * 60 / 160) and first["乙"]["sector"] == "01"
    assert "この表にない部門" in said(office.get(at(links, f"{query}1&table={table.public_id}&lost=77")), 400)
    other = given(office, FIRMS)
    wrong = said(office.get(at(links, f"firms={other.public_id}&kind=imports&lost=01&table={table.public_id}")), 400)
    assert "列 sector" in wrong
