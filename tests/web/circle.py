"""The first half of the circle of stable supply as steps of a browser: a table of trade becomes evidence, the evidence
a judgement, the judgement a designation, the designation a policy. And its end: what became of the dependence.

Each step is a function of its own: the one that fails tells where the circle breaks. The figures are fictional.
"""

from browser import follow

from desk import Desk

CODE = "850760"
HEAD = "year,product,exporter,importer,value,reported\n"
BEFORE = HEAD + "".join(
    f"{year},{CODE},{country},JPN,{value}000000,importer\n"
    for year, parts in {2019: (60, 30, 10), 2020: (70, 20, 10), 2021: (80, 15, 5)}.items()
    for country, value in zip(("AUS", "BRA", "CAN"), parts, strict=True)
)
AFTER = HEAD + "".join(
    f"{year},{CODE},{country},JPN,{value}000000,importer\n"
    for year, parts in {2025: (60, 25, 15), 2026: (50, 30, 20)}.items()
    for country, value in zip(("AUS", "BRA", "CAN"), parts, strict=True)
)
LINES = {"t_top_1": "0.5", "t_hhi": "0.4"}
FOUND = dict.fromkeys(("r1b", "r2a", "r3", "r4"), "yes")
REASONS = {
    "reasons_r1": "多くの産業の機器に組み込まれている", "reasons_r2": "輸入の八割が一国に集中している",
    "reasons_r3": "輸出の許可制が導入された", "reasons_r4": "国内の支援の制度では足りない",
}  # fmt: skip


def brings_a_table(who: Desk, table: str, years: str) -> str:
    """A paste becomes a table of the office; the address of its product beside lines of one's own."""
    who.opens("/supply/evidence/")
    who.tab.fill("#f-table", table)
    follow(who.tab, "main form button.button")
    here = who.tab.url.removeprefix(who.site.url)
    who.opens(f"{here}product/?product={CODE}&importer=JPN&years={years}")
    return here


def draws_lines(who: Desk) -> str:
    """Thresholds of one's own, then the requirement sheet; its address, to hand on."""
    who.fills(**LINES)
    follow(who.tab, "button[form=ask].second")
    assert who.tab.locator("table.thresholds .side.over").count() == 2, who.said("table.thresholds")
    who.pictured("supply-evidence")
    follow(who.tab, "main a.button[href*='/sheet/']")
    return who.tab.url.removeprefix(who.site.url)


def puts_forward(who: Desk) -> str:
    """The product becomes a candidate; the id of its case."""
    who.opens("/new/supply.product/?act=designation.start")
    who.fills(name="架空蓄電池", why="一国への依存が強い")
    who.checks()
    assert "/check/" in who.tab.url, who.said()
    who.records()
    return who.tab.url.removeprefix(who.site.url).split("/")[2]


def reviews_the_risk(who: Desk, case: str, sheet: str) -> None:
    """The figures of the sheet go into the form of the act, as rows of evidence; the act is recorded."""
    who.opens(sheet)
    who.tab.select_option("#f-to", value=f"{case}:designation.risk_review:")
    follow(who.tab, ".carry button")
    assert who.tab.locator("input[name='evidence.0.requirement']:checked").get_attribute("value") == "r2"
    who.fills(sheet="四つの要件の根拠")
    who.checks()
    assert "/check/" in who.tab.url, who.said()
    who.records()


def finds_the_four_met(who: Desk, case: str) -> None:
    """Each requirement found by a person, with reasons; the ones without a figure have rows of their own."""
    who.does(case, "designation.assess", **FOUND, causes=["export_restriction"], **REASONS)


def designates(on, cabinet: Desk, case: str, told: dict[str, str]) -> None:
    """Comment for thirty days, the Cabinet decides, the order comes into force."""
    on("2022-10-20", cabinet)
    cabinet.does(case, "designation.comment", draft="施行令案")
    on("2022-11-18", cabinet)
    refused = cabinet.opens(f"/cases/{case}/act/designation.decide/")
    assert told["comment"] in refused, refused
    on("2022-12-20", cabinet)
    cabinet.does(case, "designation.decide")
    on("2022-12-23", cabinet)
    cabinet.does(case, "designation.in_force", product="batteries", promulgated_on="2022/12/23", place="一条七号")


def adopts_a_policy(on, who: Desk) -> str:
    """Drafted, consulted, adopted, published without delay; the id of its case."""
    on("2022-12-26", who)
    who.opens("/new/supply.policy/?act=policy.draft")
    who.fills(product="batteries", direction="国内の製造基盤の強化", measures__0__measure="設備投資",
              measures__0__period="五年以上")  # fmt: skip
    who.checks()
    assert "/check/" in who.tab.url, who.said()
    who.records()
    case = who.tab.url.removeprefix(who.site.url).split("/")[2]
    who.does(case, "policy.consult", consulted="内閣総理大臣")
    on("2023-01-19", who)
    who.does(case, "policy.adopt")
    who.does(case, "policy.publish")
    return case


def looks_back(who: Desk, told: dict[str, str]) -> None:
    """The table of then and a later one: their shares are taken into the yearly check, and the dependence fell."""
    for table, years in ((BEFORE, "2021"), (AFTER, "2026")):
        brings_a_table(who, table, years)
        who.fills(of="batteries")
        follow(who.tab, "section.carry button")
    assert who.tab.url.endswith("/supply/pdca/batteries/")
    assert who.sentences()[0] == told["fell"], who.said()
    who.pictured("supply-pdca")
