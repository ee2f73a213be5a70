"""Pages of a chain of stages and providers: five tables given at once, faults by line, what a loss stops."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from told import said

from kaname.assess.network.chain_reach import provided, reaches
from kaname.assess.network.chips import lose
from kaname.desk import chains
from kaname.desk.models import ShockTable
from kaname.web.shocks.chain_drawing import drawing, lines
from shock_data import DATA, real

pytestmark = pytest.mark.django_db
EXAMPLE = "/supply/shocks/chain/"
TABLES = chains.shipped()


def sent(office, tables, **typed):
    """The tables under names that say nothing: their columns do."""
    files = [SimpleUploadedFile(f"{n}.csv", text.encode()) for n, text in enumerate(tables)]
    return office.post("/supply/shocks/", {"file": files, **typed})


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_invented_chain_opens_with_the_country_whose_loss_does_most(office):
    text = said(office.get(EXAMPLE))
    assert (
        "空想国が失われると、1の投入に第二の供給源がなくなります" in text
        and "架空です" in text
        and "まだ何も選ばれて" in text
    )
    assert reaches(chains.chain(None))[0].country == "空想国"
    office.cookies["kaname_language"] = "en"
    assert "1 input has no second source" in said(office.get(EXAMPLE))


def test_a_country_that_is_too_small_is_no_second_source(office):
    assert "供給源が全てなくなる投入はありません" in said(office.get(EXAMPLE, {"lost": "幻国"}))
    strict = said(office.get(EXAMPLE, {"lost": "幻国", "least": "12%"}))
    assert "幻国が失われると、1の投入に第二の供給源がなくなります" in strict  # 12 % are left
    assert "止まる（架空の設計ソフトがない）" in strict


def test_one_input_is_looked_at(office):
    text = said(office.get(EXAMPLE, {"lost": "空想国", "at": "N9"})).split("国を一つだけ")[0]
    assert "空想電子材料 (空想国・失われる)" in text and "入る先 回路形成" in text


@pytest.mark.parametrize(("query", "wrong"), [
    ({"lost": "どこにもない国"}, "どこにもない国"), ({"least": "much"}, "30% 又は 0.3"),
])  # fmt: skip
def test_what_is_asked_wrongly_is_told_at_its_field(office, query, wrong):
    text = said(office.get(EXAMPLE, query), 400)
    assert wrong in text and "エラー" in text


def test_an_offices_own_chain_in_whatever_order_and_encoding(office, stranger):
    answer = sent(office, reversed(TABLES.values()))
    assert answer.status_code == 302
    one = ShockTable.objects.get()
    assert (one.sort, one.name, one.rows) == ("chain", "架空の半導体", 15)
    assert "空想国が失われると" in said(office.get(answer["Location"]))
    assert stranger.get(answer["Location"]).status_code == 404
    files = [SimpleUploadedFile(f"{name}.csv", text.encode("cp932")) for name, text in TABLES.items()]
    assert office.post("/supply/shocks/", {"file": files}).status_code == 302
    assert {each.digest for each in ShockTable.objects.all()} == {one.digest}
    office.post(f"/supply/shocks/{one.public_id}/discard/")
    assert office.get(answer["Location"]).status_code == 404


@pytest.mark.parametrize(("change", "wrong"), [
    ({"stages": None}, "足りない表：stages"), ({"stages": TABLES["inputs"]}, "inputs の表が二つある"),
    ({"stages": "a,b\n1,2\n"}, "五つの表（inputs"),
    ({"provision": TABLES["provision"].replace("62%", "much").replace("P3,N1,", "P9,N1,")}, "P9"),
    ({"sequence": TABLES["sequence"] + "N99,N1,\n"}, "sequence.csv：16行目：input_id：「N99」"),
])  # fmt: skip
def test_faults_are_told_by_line_and_nothing_is_kept(office, change, wrong):
    tables = {**TABLES, **change}
    text = said(sent(office, [one for one in tables.values() if one is not None]), 400)
    assert wrong in text and not ShockTable.objects.exists()
    if "P9" in wrong:
        assert "provision.csv：2行目：share_provided：「much」" in text, "all faults, not only the first"


def test_figures_and_evidence_agree_with_the_page(office):
    query = {"lost": "空想国"}
    lost = {row["input"]: row for row in rows(office.get(f"{EXAMPLE}figures.csv", query))}
    assert lost["架空の封止材"]["state"] == "alone" and lost["架空の半導体"]["way"].endswith(
        "組立と検査 > 架空の半導体"
    )
    assert float(lost["感光材"]["low"]) == pytest.approx(0.91)
    shares = rows(office.get(f"{EXAMPLE}figures.csv", query | {"of": "shares"}))
    assert len(shares) == sum(len(of) for of in chains.chain(None).provided.values())
    assert office.get(f"{EXAMPLE}figures.csv", query | {"as": "xlsx"}).content[:2] == b"PK"
    told = json.loads(office.get(f"{EXAMPLE}evidence.json", query).content)
    figures = {one["measure"]: one for one in told["figures"]}
    assert figures["inputs_without_source"]["value"] == pytest.approx(1 / 15)
    assert figures["inputs_stopped"]["value"] == pytest.approx(3 / 15)
    assert {one["requirement"] for one in told["figures"]} == {"r1", "r2", "r3"}
    assert told["sources"][0]["sha256"] == chains.digest_of(TABLES)
    at = json.loads(office.get(f"{EXAMPLE}evidence.json", query | {"at": "N9"}).content)
    assert next(one for one in at["figures"] if one["measure"] == "share_lost")["value"] == pytest.approx(0.91)


def test_the_drawing_goes_from_left_to_right_and_keeps_to_its_size():
    chain = chains.chain(None)
    graph = drawing(lose(chain, ["空想国"]), {})
    column = {box.lines[0]: box.x for box in graph.boxes}
    assert column["架空の封止材"] < column["組立と検査"] < column["架空の半導体"]
    assert [stops for _, stops in graph.ways].count(True) == 2
    assert lines("Physical vapor deposition tools and everything that goes with them")[-1].endswith("…")


@real
def test_the_published_chain_on_a_page(office):
    names = ("inputs", "providers", "provision", "sequence", "stages")
    files = [SimpleUploadedFile(f"{t}.csv", (DATA / f"supply_network/eto_chip/{t}.csv").read_bytes()) for t in names]
    where = office.post("/supply/shocks/", {"file": files})["Location"]
    text = said(office.get(where, {"lost": "オランダ"}))
    assert "Finished logic chip" in text and "1の投入に第二の供給源がなくなります（EUV scanners）" in text
    assert "EUV scanners" in said(office.get(where, {"lost": "ASML"}))
    chain = chains.chain(ShockTable.objects.get())
    assert len(provided(chain)) == len(chain.names) + len(chain.stages)
    page = office.get(where, {"lost": "日本", "least": "5%"})
    assert "止まる" in said(page) and len(page.content) < 400_000


def test_measures_stand_beside_the_loss_without_them(office):
    query = {"lost": "空想国", "measures": "source 架空の封止材 0.3\nstock 感光材 60", "outage": "60"}
    text = said(office.get(EXAMPLE, query))
    assert "対策の価値" in text and "第二の供給源がないものは1から0に、止まるものは3から0になります" in text
    assert "在庫でつなぐ" in text
    told = {row["input"]: row for row in rows(office.get(f"{EXAMPLE}figures.csv", query))}
    assert (told["架空の封止材"]["state"], told["架空の封止材"]["state_with"]) == ("alone", "less")
    assert float(told["架空の封止材"]["high_with"]) == pytest.approx(0.7)
    record = json.loads(office.get(f"{EXAMPLE}evidence.json", query).content)
    assert "inputs_kept_going" in {figure["measure"] for figure in record["figures"]}
    office.cookies["kaname_language"] = "en"
    assert "what stops from 3 to 0" in said(office.get(EXAMPLE, query))


@pytest.mark.parametrize(("query", "wrong"), [
    ({"measures": "pray 感光材 1"}, "stock 投入 日数"), ({"measures": "stock 月 1"}, "この連鎖にない"),
    ({"measures": "stock 感光材 9", "outage": "0"}, "3650日"),
])  # fmt: skip
def test_measures_that_mean_nothing_are_told_at_their_field(office, query, wrong):
    assert wrong in said(office.get(EXAMPLE, {"lost": "空想国"} | query), 400)
