"""One plan from its filing to a change reported after its introduction, by the real pages: operator and ministry.

The days are those of a calendar the test turns; every date was counted by hand. Accepted on Monday 2026-11-02, itself
counted: thirty days to 12-01; extended to the cap, four months: 2027-03-01, so free from 03-02. Recommended, received
on 2026-12-14: ten days to 12-23. The changed plan filed on 2027-01-12 frees at once (Art. 52(9)). A change c1 accepted
on 2027-01-18: to 02-16, so it may be carried out from 02-17.
"""

from datetime import date

import pytest
from browser import follow

from desk import Desk
from kaname.ledger import reading

PARTY = "架空電力株式会社"
FILED = {
    "plan": "導入等計画書", "facility": "中央給電の需給監視装置", "content": "需給監視装置の更新",
    "planned_on": "2027/04/01", "supplier": "見本制御株式会社", "measures": "リスク管理措置の説明書",
    "received_on": "2026-10-26", "act__party": PARTY,
}  # fmt: skip
TOLD = {
    "ja": {
        "filed": "この設備を導入できません。禁止の終わる日は「導入等の禁止期間」が始まると決まります。",
        "accepted": "2026年12月1日（火）まで、この設備を導入できません。2026年12月2日（水）から導入できます"
                    "（ほかに何もなければ）。上限まで延長されれば、2027年3月2日（火）からです。",
        "extended": "2027年3月1日（月）まで、この設備を導入できません。2027年3月2日（火）から導入できます"
                    "（ほかに何もなければ）。",
        "reply": "2026年12月23日（水）まで（あと8日）：応諾するかしないかを通知する。",
        "accepting": "少なくとも2027年3月1日（月）まで、この設備を導入できません。",
        "free": "今は導入できます。妨げる禁止はありません。",
        "change": "c1：2027年2月16日（火）まで、この変更を実施できません。2027年2月17日（水）から実施できます"
                  "（ほかに何もなければ）。上限まで延長されれば、2027年5月18日（火）からです。",
        "introduced": "導入等計画書（特定重要設備の導入）は2027年4月1日（木）から「導入済」です。",
        "board": "2027年3月2日（火）からです", "report": "報告を要する変更です。",
    },
    "en": {
        "filed": "This facility may not be introduced. The ban has an end once this clock has begun: standstill.",
        "accepted": "Until 1 Dec 2026 (Tue), this facility may not be introduced. It may be introduced from 2 Dec 2026 "
                    "(Wed) if nothing else happens. If extended to the cap: from 2 Mar 2027 (Tue).",
        "extended": "Until 1 Mar 2027 (Mon), this facility may not be introduced. It may be introduced from 2 Mar 2027 "
                    "(Tue) if nothing else happens.",
        "reply": "By 23 Dec 2026 (Wed) (8 days left): tell whether the recommendation is accepted.",
        "accepting": "At least until 1 Mar 2027 (Mon), this facility may not be introduced.",
        "free": "Now it may be introduced: no ban stands against it.",
        "change": "c1: Until 16 Feb 2027 (Tue), this change may not be carried out. It may be carried out from 17 Feb "
                  "2027 (Wed) if nothing else happens. If extended to the cap: from 18 May 2027 (Tue).",
        "introduced": "plan for introducing a critical facility: introduced since 1 Apr 2027 (Thu).",
        "board": "from 2 Mar 2027 (Tue)", "report": "This is a change to be reported",
    },
}  # fmt: skip


@pytest.fixture
def desk(site, browse):
    ministry = site.office("架空省", "authority", "Kakū Ministry")
    cabinet = site.office("内閣府", "authority", "Cabinet Office")
    folk = {
        "operator": site.person("電力 花", roles=("operator",), sealed=True),
        "minister": site.person("架空 五郎", roles=("sector_minister",), office=ministry, sealed=True),
        "pm": site.person("見本 三郎", roles=("prime_minister",), office=cabinet, sealed=True),
    }

    def opened(name: str, language: str) -> Desk:
        tab = browse(None, language=language)
        tab.set_default_timeout(120_000)
        return Desk(site, tab, folk[name], name)

    return opened


def files(hana: Desk) -> str:
    """The operator opens a case by filing the plan; the id of the case."""
    hana.opens("/new/infrastructure.plan/?act=introduction_plan.file")
    hana.fills(**FILED)
    hana.pictured("plan-form")
    hana.checks()
    assert "/check/" in hana.tab.url, hana.said()
    assert hana.records() == 1
    return hana.tab.url.rstrip("/").split("/")[-3]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_the_filing_to_a_change_reported_after_the_introduction(desk, on, language):
    hana, goro, san = (desk(name, language) for name in ("operator", "minister", "pm"))
    told = TOLD[language]

    on("2026-10-26", hana)
    case = files(hana)
    assert hana.answer(case)[0] == told["filed"]

    # The ministry finds it in the inbox, accepts, extends, consults and recommends.
    on("2026-11-02", goro)
    goro.pictured("plan-inbox")
    assert PARTY in goro.said()
    goro.does(case, "introduction_plan.accept", complete="yes", number="架空-1")
    on("2026-11-03", hana)
    assert hana.answer(case)[0] == told["accepted"]
    hana.pictured("plan-accepted")
    on("2026-11-20", goro)
    goro.does(case, "extension_shortening.extend", needed="yes", received_on="2026-11-20", reasons="供給者の確認")
    assert told["board"] in goro.opens("/infrastructure/board/")
    goro.pictured("plan-board")
    goro.does(case, "consultation_with_pm.mandatory", intended="recommendation", draft="勧告の案")
    on("2026-12-07", san)
    san.does(case, "consultation_with_pm.opinion", opinion="異存なし")
    on("2026-12-14", goro)
    goro.does(case, "consultation_with_pm.close")
    goro.does(case, "recommendation_order.issue", great_risk="yes", asks=["change"], received_on="2026-12-14")

    # The operator answers, files the changed plan, and is free before the standstill ends.
    on("2026-12-15", hana)
    assert hana.answer(case)[:2] == [told["extended"], told["reply"]]
    hana.pictured("plan-recommended")
    hana.does(case, "recommendation_order.accept", reply="勧告に対する通知", act__party=PARTY)
    assert hana.answer(case)[0] == told["accepting"]
    on("2027-01-12", hana)
    hana.does(case, "recommendation_order.file_changed", plan="変更を加えた計画書", act__party=PARTY)
    assert told["free"] in hana.answer(case)

    # Another supplier of a component: significant, so it is proposed and waited for.
    on("2027-01-15", hana)
    changes(hana, case, "plan=introduction&stage=before&subject=component_supplier&aspect=name", "c1",
            proposal="変更の案", what="構成設備の供給者の交替", received_on="2027-01-15")  # fmt: skip
    on("2027-01-18", goro)
    does(goro, case, "plan_change.accept", "c1", complete="yes")
    on("2027-01-19", hana)
    assert told["change"] in hana.answer(case)
    hana.pictured("plan-changed")

    # Introduced as changed; a component replaced afterwards is classified, and reported.
    on("2027-04-01", hana)
    hana.does(case, "introduction_plan.introduce", with_change="yes", act__party=PARTY)
    assert told["introduced"] in hana.answer(case)
    on("2027-06-01", hana)
    page = changes(hana, case, "plan=introduction&stage=after&subject=component&aspect=name", "c2",
                   report="変更の報告", what="構成設備の名称", component="yes")  # fmt: skip
    assert page.startswith(told["report"])
    hana.answer(case)
    hana.pictured("plan-reported")
    standing = reading.standing(case)
    assert standing.state("plan_change", "c2") == "reported"
    assert standing.notes == () and standing.fact("introduction_plan.introduced_on") == date(2027, 4, 1)


def changes(hana: Desk, case: str, answers: str, run: str, **typed: str) -> str:
    """Classify by the wizard's address, go on to the act it names, fill it in and record it. The answer's sentence."""
    hana.opens(f"/infrastructure/change/?{answers}&case={case}")
    said = hana.sentences()[0]
    hana.pictured(f"plan-classified-{run}")
    follow(hana.tab, "section.next a.button")
    assert f"run={run}" in hana.tab.url
    hana.fills(**typed, act__party=PARTY)
    hana.checks()
    assert "/check/" in hana.tab.url, hana.said()
    hana.records()
    return said


def does(who: Desk, case: str, act: str, run: str, **typed: str) -> None:
    who.opens(f"/cases/{case}/act/{act}/?run={run}")
    who.fills(**typed)
    who.checks()
    assert "/check/" in who.tab.url, who.said()
    who.records()
