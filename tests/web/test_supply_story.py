"""Chapter 2 by the real pages, the whole circle: an analyst brings evidence, the ministry finds the four requirements
met and the product is designated, a policy follows; two companies apply jointly, the ministry consults and certifies, a
grant is paid, the plan changes slightly, a yearly report comes in, and the page tells whether the dependence fell.

The days are those of a calendar the test turns; every date was counted by hand. Comments on the draft order of
2022-10-20 can be made for thirty days, that day being the first: until 2022-11-18, a Friday. Received on Wednesday
2026-04-01, the month of processing ends on 2026-05-01. The year of A ends on 2027-03-31: three months, the first day
counted, end on Wednesday 2027-06-30. 13.1 billion yen against 12.0 are +9.17 %, less than a tenth. The largest supplier
had 80 of 100 in 2021 and 50 of 100 in 2026.

The first half and the last step are functions of `circle`.
"""

from datetime import date

import circle
import pytest
from browser import follow

from desk import Desk
from kaname.ledger import reading

PARTY, PARTNER = "架空電池工業株式会社", "空想重工業株式会社"
TOLD = {
    "ja": {
        "left": "申請するには、あと 18 か所が要ります。", "ready": "2026年4月1日（水）に申請できます。",
        "target": "その日に受理されれば、標準処理期間（目安）は2026年5月1日（金）までです。",
        "board": "2026年5月1日（金）（あと29日）です。", "consult": "9条5項の協議がまだの申請が1件あります",
        "minor": "軽微な変更です。変更した後、遅滞なく届け出ます（様式第九）。", "due": "2027-06-30",
        "asked": "この物資の取組方針は、技術流出防止措置を認定の要件としています。",
        "comment": "意見提出期間は 2022-11-18 まで", "judged": "「架空蓄電池」は４要件を満たすと判断されました。",
        "fell": "「最大の相手国の輸入の割合」は2021年の80%から2026年の50%へ、30ポイント下がりました。",
    },
    "en": {
        "left": "18 more to fill in before it can be filed.", "ready": "It can be filed on 1 Apr 2026 (Wed).",
        "target": "Received on that day, the month of processing (a target) ends on 1 May 2026 (Fri).",
        "board": "on 1 May 2026 (Fri) (29 days left).", "consult": "Without the consultation of Art. 9(5) yet",
        "minor": "A minor change: make it, then give notice without delay (form 9).", "due": "2027-06-30",
        "asked": "The policy of this product makes it a requirement of certification.",
        "comment": "comments can be made until 2022-11-18",
        "judged": "架空蓄電池 was found to meet the four requirements.",
        "fell": "largest supplier's share of imports: from 80% (2021) to 50% (2026); it fell by 30 points.",
    },
}  # fmt: skip
PARTS = {
    "applicants": {
        "applicants__0__party": PARTY, "applicants__0__year_end": "2026/03/31", "applicants__1__party": PARTNER,
        "applicants__1__year_end": "2026/12/31", "same_industry": "no",
    },
    "measures": {"goals": "年産1GWh", "content": "電池と筐体の一貫製造", "period_start": "R8.6.1",
                 "period_end": "令和13年3月31日", "structure": "共同事業室"},
    "money": {"funds": "12,000,000,000", "grant": "4000000000", "funding": "自己資金、借入金、助成金"},
    "security": {"smooth_measures": "需給逼迫時の増産", "information": "情報管理規程", "present_state": "国内三割",
                 "permits": "なし"},
    "papers": {"application": "認定申請書", "articles": "定款", "accounts": "事業報告（三期分）", "proof": "増産計画書",
               "no_organised_crime": "誓約書"},
}  # fmt: skip
FOUND = dict.fromkeys(
    ("fits_policy", "long_enough", "structure_adequate", "tight_supply_measures", "information_managed",
     "technology_protected"), "yes",
)  # fmt: skip


@pytest.fixture
def desk(site, browse):
    ministry = site.office("架空経済省", "authority", "Kakū Ministry of Economy")
    body = site.office("見本支援機構", "authority", "Mihon Support Agency")
    folk = {
        "maker": site.person("電池 光", roles=("applicant", "certified_business"), sealed=True),
        "analyst": site.person("分析 葵", office=ministry),
        "minister": site.person("経済 桜", roles=("product_minister",), office=ministry, sealed=True),
        "cabinet": site.person(
            "内閣 楓",
            roles=("cabinet", "cabinet_office"),
            office=site.office("架空内閣府", "authority", "Kakū Cabinet"),
        ),
        "body": site.person("支援 恵", roles=("support_body",), office=body, sealed=True),
    }

    def opened(name: str, language: str) -> Desk:
        tab = browse(None, language=language)
        tab.set_default_timeout(120_000)
        return Desk(site, tab, folk[name], name)

    return opened


def prepares(hikari: Desk, told: dict[str, str]) -> str:
    """Part by part to the last look, and files it; the id of the case."""
    hikari.opens("/supply/applications/")
    follow(hikari.tab, "main form button.button")
    here = hikari.tab.url.removeprefix(hikari.site.url)
    assert hikari.sentences() == [told["left"]]
    hikari.opens(f"{here}product/")
    hikari.tab.select_option('[name="product"]', "batteries")
    hikari.fills(item="全固体電池と鍛造部材")
    follow(hikari.tab, "button[value=on]")
    for part, typed in PARTS.items():
        assert hikari.tab.url.endswith(f"{here}{part}/"), hikari.said()
        hikari.fills(**typed)
        follow(hikari.tab, "button[value=on]")
    assert hikari.tab.url.endswith(f"{here}check/")
    assert hikari.sentences() == [told["ready"], told["target"]]
    hikari.pictured("supply-checked")
    follow(hikari.tab, "section.next form button")
    assert "/check/" in hikari.tab.url and "plan.joint" in hikari.tab.url, hikari.said()
    hikari.records()
    case = hikari.tab.url.removeprefix(hikari.site.url).split("/")[2]
    assert f"/cases/{case}/" in (hikari.opens(here), hikari.tab.content())[1]
    return case


def does(who: Desk, case: str, act: str, run: str, **typed: str) -> None:
    who.opens(f"/cases/{case}/act/{act}/?run={run}")
    who.fills(**typed)
    who.checks()
    assert "/check/" in who.tab.url, who.said()
    who.records()


def designated(on, aoi: Desk, sakura: Desk, kaede: Desk, told: dict[str, str]) -> str:
    """From the evidence to the designation and the policy; the id of the product's case."""
    on("2022-08-22", aoi)
    circle.brings_a_table(aoi, circle.BEFORE, "2019..2021")
    sheet = circle.draws_lines(aoi)
    on("2022-09-01", sakura)
    case = circle.puts_forward(sakura)
    circle.reviews_the_risk(sakura, case, sheet)
    on("2022-10-03", sakura)
    circle.finds_the_four_met(sakura, case)
    assert told["judged"] in sakura.opens(f"/cases/{case}/requirements/")
    sakura.pictured("supply-judged")
    circle.designates(on, kaede, case, told)
    policy = circle.adopts_a_policy(on, sakura)
    assert f"/cases/{case}/" in (sakura.opens("/supply/products/batteries/"), sakura.tab.content())[1]
    standing = reading.standing(case)
    assert standing.state("designation") == "designated" and standing.notes == ()
    assert standing.fact("designation.designated_on") == date(2022, 12, 23)
    evidence = standing.fact("designation.evidence")
    assert {row["indicator"]: row["value"] for row in evidence}["r2_top_country_share"] == "0.8"
    assert reading.standing(policy).state("policy") == "published"
    return case


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_the_evidence_to_the_dependence_that_fell(desk, on, language):
    aoi, kaede, hikari, sakura, megumi = (
        desk(name, language) for name in ("analyst", "cabinet", "maker", "minister", "body")
    )
    told = TOLD[language]
    designated(on, aoi, sakura, kaede, told)

    on("2026-04-01", hikari)
    case = prepares(hikari, told)

    # The ministry sees what is missing, consults and certifies.
    on("2026-04-02", sakura)
    board = sakura.opens("/supply/board/")
    assert told["board"] in board and told["consult"] in board and PARTNER in board
    sakura.pictured("supply-board")
    sakura.does(case, "plan.consult", consulted="内閣総理大臣")
    assert told["consult"] not in sakura.opens("/supply/board/")
    on("2026-04-20", sakura)
    sakura.does(case, "plan.certify", number="見本第1号", **FOUND)
    sakura.does(case, "plan.notify_support", support_body="見本支援機構", outline="一貫製造")

    # The checklist on technology: one measure answered, seen by the ministry.
    on("2026-04-21", hikari, sakura)
    hikari.opens(f"/cases/{case}/technology/1/")
    hikari.fills(**{"tp1-1-answer": "yes", "tp1-1-evidence": "技術の台帳"})
    follow(hikari.tab, "main form button.button")
    hikari.records()
    assert told["asked"] in sakura.opens(f"/cases/{case}/technology/") and "技術の台帳" in sakura.said()

    # A grant: applied for, decided, paid.
    does(hikari, case, "grant.apply", "g1", amount="4000000000", act__party=PARTY)
    on("2026-05-11", megumi)
    does(megumi, case, "grant.decide", "g1", amount="4000000000", withdraw_by="2026/05/25")
    on("2026-06-01", hikari, megumi)
    does(hikari, case, "grant.start", "g1", act__party=PARTY)
    does(megumi, case, "grant.pay", "g1", amount="1000000000", received_on="2026/06/01")

    # The funds grow by less than a tenth: classified, made, notified.
    on("2026-09-01", hikari)
    hikari.opens(f"/supply/change/?case={case}&funds=13100000000")
    assert hikari.sentences() == [told["minor"]]
    hikari.pictured("supply-change")
    follow(hikari.tab, "section.next a.button")
    hikari.fills(what="設備費の増加", funds="13100000000", act__party=PARTY, **{"class": "minor_notice"})
    hikari.checks()
    assert "/check/" in hikari.tab.url, hikari.said()
    hikari.records()
    does(hikari, case, "plan_minor_change.notify", "n1", notice="軽微な変更の届出書", act__party=PARTY)

    # The year of A ends: due on the board, reported.
    on("2027-06-01", hikari, sakura)
    assert told["due"] in sakura.opens("/supply/board/?state=certified")
    does(hikari, case, "annual_report.submit", "A:2027-03-31", status="据付けを終えた", act__party=PARTY)
    assert told["due"] not in sakura.opens("/supply/board/?state=certified")
    on("2027-06-10", aoi)
    circle.looks_back(aoi, told)
    standing = reading.standing(case)
    assert standing.state("plan") == "certified" and standing.fact("plan.funds") == 13_100_000_000
    assert standing.state("annual_report", "A:2027-03-31") == "reported"
    assert standing.fact("grant/g1.payments")[0][1] == 1_000_000_000
    assert standing.notes == () and standing.tracks["plan"].since == date(2026, 4, 20)
