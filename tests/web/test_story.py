"""One application from its symbols to the end of its designation, by the real pages: attorney, Patent Office, Cabinet.

The days are those of a calendar the test turns (`kaname.ledger.clock`); every date asserted was counted by hand:
filed on 2026-09-15, so three months to 12-15, ten months to 2027-07-15 (Art. 78(3), Order Art. 13, 15); notice of the
intention received on 2027-02-03, so fourteen days to 02-17 (and who asks for no examination in three years, closed days
passed over, has withdrawn on 2029-09-18); designated on 2027-03-01, the day itself counted, so one
year to 2028-02-29, and one more to 2029-02-28.
"""

import json
from datetime import date

import pytest
from browser import follow
from click.testing import CliRunner

from desk import Desk
from kaname.access import api as access
from kaname.cli import root
from kaname.law import cited
from kaname.ledger import clock, reading
from kaname.procedure import Entry, Refused, decide, fold
from kaname.procedure.show import as_data
from kaname.regimes import kind

KIND = "patents.application"
PARTY, SHARER, TITLE = "架空電機株式会社", "架空精密株式会社", "空想の噴流機関"
INVENTION = "燃焼室の形による過早着火の防止"
OPERATORS = [{"id": "kyoyu1", "name": SHARER}]
FOUND = {"risk_high": True, "impact_weighed": True, "suitable": True}

# What a scripted ledger says, to be equal at the end to what the pages recorded.
SCRIPT = [
    Entry("first_review.file", date(2026, 9, 15), {
        "application_number": "特願2026-000123", "ipc": ["F02K 7/14"], "title": TITLE, "listed": True,
        "made_in_japan": True, "requirement_1": True}, by="applicant", party=PARTY),
    Entry("first_review.request_nonsend_notice", date(2026, 9, 18), {
        "application_number": "特願2026-000123", "name": PARTY}, by="applicant", party=PARTY),
    Entry("first_review.start_review", date(2026, 10, 1), by="jpo"),
    Entry("first_review.send", date(2026, 12, 1), {"ground": "listed"}, by="jpo"),
    Entry("first_review.notify_sent", date(2026, 12, 2), {"received_on": "2026-12-04"}, by="jpo"),
    Entry("security_review.receive", date(2026, 12, 7), by="prime_minister"),
    Entry("security_review.notify_intention", date(2027, 2, 1), {
        "invention": INVENTION, "places": "請求項一", "received_on": "2027-02-03"}, by="prime_minister"),
    Entry("security_review.answer_keep", date(2027, 2, 10), {
        "application_number": "特願2026-000123", "information_control": "施錠した保管庫", "operators": OPERATORS},
        by="applicant", party=PARTY),
    Entry("designation.designate", date(2027, 3, 1), {
        "invention": INVENTION, "places": "請求項一", "operators": OPERATORS, "received_on": "2027-03-03", **FOUND},
        by="prime_minister"),
    Entry("designation.hear_before_extension", date(2028, 1, 20), by="prime_minister"),
    Entry("designation.extend", date(2028, 1, 24), {"continued_need": True}, by="prime_minister"),
    Entry("designation.lift", date(2028, 6, 1), {"no_longer_needed": True}, by="prime_minister"),
    Entry("designation.notify_end", date(2028, 6, 1), {"received_on": "2028-06-05"}, by="prime_minister"),
]  # fmt: skip

# The sentences with which the case begins, station by station.
TOLD = {
    "ja": {
        "filed": [
            "2026年12月15日（火）まで、外国出願はできません。2026年12月16日（水）からできます"
            "（条件：期間内に66条3項の通知が発せられていないこと）。",
            "2026年12月15日（火）まで（あと91日）は、次のことができます：送付しない旨の通知を申し出る。",
            "第一次審査・内閣総理大臣への送付は2026年9月15日（火）から「出願済」です。",
        ],
        "notified": [
            "2027年7月15日（木）まで、外国出願はできません。2027年7月16日（金）からできます"
            "（条件：70条1項の通知を受けていないこと）。",
            "第一次審査・内閣総理大臣への送付は2026年12月1日（火）から「送付済」です。",
        ],
        "intention": [
            "2027年7月15日（木）まで、外国出願はできません。2027年7月16日（金）からできます"
            "（条件：70条1項の通知を受けていないこと）。",
            "2029年9月18日（火）まで、発明を公にすることはできません。2029年9月19日（水）からできます"
            "（ほかに何もなければ）。",
            "2027年2月17日（水）まで（あと13日）：維持するか決め書類を提出する。",
            "保全審査は2027年2月1日（月）から「意思確認中」です。",
        ],
    },
    "en": {
        "filed": [
            "Until 15 Dec 2026 (Tue), forbidden: filing abroad. Free from 16 Dec 2026 (Wed), provided that: "
            "no notice under Art. 66(3) was issued within the period.",
            "Open until 15 Dec 2026 (Tue) (91 days left): request a non-sending notice.",
            "first review and sending: filed since 15 Sep 2026 (Tue).",
        ],
        "notified": [
            "Until 15 Jul 2027 (Thu), forbidden: filing abroad. Free from 16 Jul 2027 (Fri), provided that: "
            "no notice under Art. 70(1) was received.",
            "first review and sending: sent since 1 Dec 2026 (Tue).",
        ],
        "intention": [
            "Until 15 Jul 2027 (Thu), forbidden: filing abroad. Free from 16 Jul 2027 (Fri), provided that: "
            "no notice under Art. 70(1) was received.",
            "Until 18 Sep 2029 (Tue), forbidden: making the invention public. Free from 19 Sep 2029 (Wed) if nothing "
            "else happens.",
            "By 17 Feb 2027 (Wed) (13 days left): decide to keep and answer.",
            "security review: intention notified since 1 Feb 2027 (Mon).",
        ],
    },
}


@pytest.fixture
def folk(site):
    jpo = site.office("特許庁", "authority", "Japan Patent Office")
    cabinet = site.office("内閣府", "authority", "Cabinet Office")
    return {
        "attorney": site.person("要 花子", roles=("applicant", "designated_applicant"), sealed=True),
        "jpo": site.person("審査 次郎", roles=("jpo",), office=jpo, sealed=True),
        "pm": site.person("内閣 恵", roles=("prime_minister",), office=cabinet, sealed=True),
    }


@pytest.fixture
def desk(site, browse, folk):
    def opened(name: str, language: str = "ja") -> Desk:
        tab = browse(None, language=language)
        tab.set_default_timeout(120_000)  # the first screening of a process compiles its engine
        return Desk(site, tab, folk[name], name)

    return opened


def files(hana: Desk) -> str:
    """The attorney screens the symbols, opens a case out of the row, files. The id of the case."""
    hana.opens("/patents/screening/")
    hana.fills(ipc="F02K 7/14")
    hana.tab.click("summary >> nth=-1")  # number, title, text
    hana.fills(application_id="特願2026-000123", title=TITLE)
    follow(hana.tab, "main form .buttons button")
    follow(hana.tab, 'button[name="answer"][value="requirement_1:yes"]')
    assert hana.tab.url.endswith("#row-0")
    follow(hana.tab, 'form[action$="/open/"] button')
    assert hana.tab.url.endswith(f"/new/{KIND}/")
    assert hana.tab.input_value('[name="title"]') == TITLE, "the row has filled in the form"
    hana.fills(act__party=PARTY, listed="yes", made_in_japan="yes")
    hana.pictured("opening")
    hana.checks()
    hana.pictured("check")
    assert TITLE in hana.said()
    assert hana.records() == 1
    hana.pictured("receipt")
    follow(hana.tab, "main a[data-key=o]")
    return hana.tab.url.rstrip("/").rpartition("/")[2]


def is_refused_abroad(hana: Desk, case: str, language: str, ledger: list[Entry]) -> None:
    """Every reason the law gives stands there with its provision; what was typed stays; nothing is recorded."""
    today = clock.today()
    refused = decide(
        fold(kind(KIND), ledger, today),
        Entry("foreign_filing_ban.file_abroad", today, {"matter_added": True}, by="applicant"),
    )
    assert isinstance(refused, Refused) and refused.reasons
    act = f"/cases/{case}/act/foreign_filing_ban.file_abroad/"
    hana.opens(act)
    hana.fills(matter_added="yes", act__party=PARTY)
    hana.checks()
    hana.pictured("refused")
    assert act in hana.tab.url and "check" not in hana.tab.url
    said = hana.said("#effect")
    for reason in refused.reasons:
        assert reason.text[language] in said and cited(reason.basis, language) in said
    assert (
        hana.tab.is_checked('[name="matter_added"][value="yes"]')
        and hana.tab.input_value('[name="act.party"]') == PARTY
    )
    follow(hana.tab, 'button[value="discard"]')
    assert hana.tab.evaluate("document.activeElement.matches('form.banner')"), "asked once more, and not of the button"
    follow(hana.tab, 'button[value="discarded"]')


def agrees(hana: Desk, case: str, free: str, docket: str) -> None:
    """Planner and docket say the same days as the case."""
    assert free in hana.opens(f"/patents/planner/?case={case}")
    assert docket in hana.opens("/patents/docket/?to=20271231")


def test_from_the_symbols_to_the_end_of_the_designation(desk, folk, on):
    hana, jiro, kei = desk("attorney"), desk("jpo"), desk("pm")
    told = TOLD["ja"]

    on("2026-09-15")
    hana.comes()
    case = files(hana)
    assert hana.sentences() == told["filed"]
    hana.pictured("filed")
    is_refused_abroad(hana, case, "ja", SCRIPT[:1])
    agrees(hana, case, "2026年12月16日（水）", "2026年12月15日（火）")
    on("2026-09-18")
    hana.comes()
    assert hana.does(case, "first_review.request_nonsend_notice", name=PARTY, act__party=PARTY) == 2
    assert hana.answer(case) == [told["filed"][0], told["filed"][2]]

    # The Patent Office finds it in the inbox, reviews, sends, gives notice.
    on("2026-10-01")
    jiro.comes()
    assert "2026-12-15" in jiro.said() and PARTY in jiro.said()
    jiro.pictured("inbox-jpo")
    jiro.presses("j", "Enter")
    jiro.tab.wait_for_url(f"**/cases/{case}/")
    assert jiro.sentences()[1] == "2026年12月15日（火）まで（あと75日）は、次のことができます：内閣総理大臣に送付する。"
    jiro.does(case, "first_review.start_review")
    on("2026-12-01")
    jiro.comes()
    jiro.does(case, "first_review.send", ground="listed")
    assert jiro.answer(case)[:2] == [
        "出願公開・特許査定・拒絶査定はできません。禁止の終わる日は定まっていません。",
        "遅滞なく：送付した旨を通知する。",
    ]
    on("2026-12-02")
    jiro.comes()
    assert "送付した旨を通知する" in jiro.said()
    jiro.does(case, "first_review.notify_sent", received_on="R8.12.4")

    on("2026-12-04")
    hana.comes()
    assert hana.answer(case) == told["notified"]
    agrees(hana, case, "2027年7月16日（金）", "2027年7月15日（木）")

    # The Cabinet Office reviews and notifies its intention; the attorney answers within fourteen days.
    on("2026-12-07")
    kei.comes()
    kei.does(case, "security_review.receive")
    on("2027-02-01")
    kei.comes()
    kei.does(case, "security_review.notify_intention", invention=INVENTION, places="請求項一", received_on="20270203")
    on("2027-02-04")
    hana.comes()
    assert "2027-02-17" in hana.said() and "維持するか決め書類を提出する" in hana.said()
    hana.pictured("inbox-attorney")
    assert hana.answer(case) == told["intention"]
    hana.pictured("intention")
    on("2027-02-10")
    hana.comes()
    keeps(hana, case)
    on("2027-03-01")
    kei.comes()
    assert kei.answer(case)[-1] == "保全審査は2027年2月10日（水）から「維持の書類提出済」です。"
    kei.does(case, "designation.designate", received_on="2027/03/03", invention=INVENTION, places="請求項一",
             operators__0__id="kyoyu1", operators__0__name=SHARER, **dict.fromkeys(FOUND, "yes"))  # fmt: skip

    # Designated: the applicant is bound, the register and the board know.
    on("2027-03-04")
    hana.comes()
    bound = hana.answer(case)
    hana.pictured("designated")
    assert bound == [
        "次のことはできません（禁止の終わる日は定まっていません）："
        "特許出願の放棄・取下げ、実用新案・意匠への出願の変更、保全対象発明の開示、許可のない実施、"
        "外国出願（指定特許出願人は保全対象発明のみ）。",
        "すること：適正管理措置を講じる。",
        "保全指定・延長・解除は2027年3月1日（月）から「保全指定中」です。",
    ]
    register = hana.opens("/patents/designations/")
    assert "2028-02-29" in register and "kyoyu1" in register
    hana.pictured("register")
    assert "kyoyu1" in hana.opens("/patents/sharing/")

    # A year later: heard, extended, from the board.
    on("2028-01-20")
    kei.comes()
    renews(kei, case, "hear", "2028年2月29日（火）")
    on("2028-01-24")
    kei.comes()
    renews(kei, case, "extend", "2029年2月28日（水）")
    assert "2029-02-28" in kei.opens("/patents/designations/")
    assert "2029年2月28日（水）" in kei.opens("/patents/docket/?from=20290201&to=20290331")
    assert "送付 1件、保全指定 1件" in kei.opens("/patents/statistics/?year=2026")

    # Lifted, and the notice of it received: free.
    on("2028-06-01")
    kei.comes()
    kei.does(case, "designation.lift", no_longer_needed="yes")
    assert kei.answer(case) == [
        "すること：解除又は満了を通知する。",
        "保全指定・延長・解除は2028年6月1日（木）から「解除（通知前）」です。",
    ]
    kei.does(case, "designation.notify_end", received_on="2028/06/05")
    on("2028-06-06")
    hana.comes()
    free = hana.answer(case)
    hana.pictured("lifted")
    assert free == ["第一次審査・内閣総理大臣への送付は2028年6月5日（月）から「保留終了」です。"]
    assert "今、保全指定はありません" in hana.opens("/patents/designations/")
    assert "外国出願は禁止されていません（2028年6月5日（月）から）。" in hana.opens(f"/patents/planner/?case={case}")
    is_sound_and_equal_to_the_script(case)


def keeps(hana: Desk, case: str) -> None:
    hana.does(case, "security_review.answer_keep", act__party=PARTY, information_control="施錠した保管庫",
              operators__0__id="kyoyu1", operators__0__name=SHARER)  # fmt: skip


def renews(kei: Desk, case: str, what: str, last: str) -> None:
    """Select on the board, preview, do; twice sent is once done."""
    kei.opens("/patents/renewals/")
    kei.fills(case=case, act=what, **({"need": "1"} if what == "extend" else {}))
    kei.pictured(f"board-{what}")
    follow(kei.tab, 'button[value="preview"]')
    assert "1件はできます。0件はできません。" in kei.said() and last in kei.said()
    kei.tab.dblclick("main form .buttons button")
    kei.tab.wait_for_selector("text=1件を記録しました")


def is_sound_and_equal_to_the_script(case: str) -> None:
    found = CliRunner().invoke(root, ["verify", "--json"], env={"KANAME_LANG": "en"})
    report = json.loads(found.stdout)
    assert (report["cases"], report["entries"], report["faults"]) == (1, len(SCRIPT), [])
    of, today = kind(KIND), clock.today()
    recorded = reading.entries(case)
    assert [(e.act, e.on, dict(e.data), e.by) for e in recorded] == [(e.act, e.on, dict(e.data), e.by) for e in SCRIPT]
    shown = [as_data(fold(of, ledger, today)) for ledger in (recorded, SCRIPT)]
    assert shown[0]["tracks"] == shown[1]["tracks"] and shown[0]["clocks"] == shown[1]["clocks"]
    assert as_data(reading.standing(case))["tracks"] == shown[1]["tracks"]


def test_the_half_of_the_attorney_in_english(desk, folk, on):
    """The offices act beside the pages; no request for a non-sending notice this time."""
    hana, told = desk("attorney", "en"), TOLD["en"]

    def office(number: int) -> None:
        entry = SCRIPT[number]
        on(entry.on.isoformat())
        who = folk["jpo" if entry.by == "jpo" else "pm"]
        access.act(who, case, entry, idempotency_key=f"office-{number}")

    on("2026-09-15")
    hana.comes()
    case = files(hana)
    assert hana.sentences() == told["filed"]
    is_refused_abroad(hana, case, "en", SCRIPT[:1])
    agrees(hana, case, "16 Dec 2026 (Wed)", "15 Dec 2026 (Tue)")
    for number in (2, 3, 4):
        office(number)
    on("2026-12-04")
    hana.comes()
    assert hana.answer(case) == told["notified"]
    for number in (5, 6):
        office(number)
    on("2027-02-04")
    hana.comes()
    assert hana.answer(case) == told["intention"]
    hana.pictured("intention-en")
    keeps(hana, case)
    assert hana.answer(case)[-1] == "security review: answer filed since 4 Feb 2027 (Thu)."
