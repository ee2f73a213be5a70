"""The way into Chapter 2: the circle from the evidence of dependence to the question whether the money lowered it.

A page is added to the stage it belongs to, by the name of its address; a page that an office does not have is left out,
and so is a stage without one.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.law import Bases, T, Text
from kaname.law.laws import art
from kaname.web.views.common import address


@dataclass(frozen=True, slots=True)
class Page:
    """A page of this office: the name of its address, what it is called, and what one does there."""

    name: str
    label: Text
    what: Text
    args: tuple[str, ...] = ()
    query: str = ""

    @property
    def href(self) -> str:
        found = address(self.name, *self.args)
        return f"{found}?{self.query}" if found and self.query else found


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the circle, with the articles on which it rests."""

    title: Text
    basis: Bases
    pages: tuple[Page, ...]

    @property
    def here(self) -> list[Page]:
        return [page for page in self.pages if page.href]


CIRCLE = (
    Stage(T("どこに頼っているか（根拠）", "Where do we depend? The evidence"), art("7"), (
        Page("evidence", T("品目を調べる", "Explore products"), T("貿易、生産の表から、どの国にどれだけ頼っているか",
             "From tables of trade and production: on whom, and how much")),
        Page("shocks", T("供給網の途絶を試す", "Try a shock to a supply network"), T(
             "供給者、産業、国からの輸入が失われると何が止まるか、対策は効くか",
             "What stops once a supplier, an industry or a country's exports are lost, and whether measures help")),
    )),
    Stage(T("特定重要物資の指定と取組方針", "Designated products and their policies"), art("7", "8"), (
        Page("products", T("特定重要物資の台帳", "Register of products"), T("指定の日、所管、範囲と、この事務所の案件",
             "Days, ministries and scopes, and the cases of this office")),
        Page("cases", T("物資の案件", "Cases of products"), T("候補、４要件の判断、指定、特別の対策、見直し",
             "Candidates, the four requirements, designation, special measures, follow-up"),
             query="kind=supply.product"),
        Page("new_case", T("候補の案件を開く", "Open a case of a candidate"), T(
             "候補とするか、指定済みの物資を登載する", "Put a product forward, or enter one already designated"),
             ("supply.product",)),
        Page("cases", T("指針・方針の案件", "Cases of guidelines and policies"), T("作成、協議、策定、公表、変更",
             "Drafting, consultation, adoption, publication, change"), query="kind=supply.policy"),
        Page("cases", T("関税調査・公取委の案件", "Cases of tariff requests and JFTC opinions"),
             T("調査の求めと、公正取引委員会の意見", "Requests for investigations, opinions of the Commission"),
             query="kind=supply.market"),
    )),
    Stage(T("供給確保計画", "Supply plans"), art("9", "10", "11", "12"), (
        Page("supply_board", T("計画の進み", "Board of plans"), T("審査の目安、9条5項の協議、定期の報告の期限",
             "The month of processing, consultations under Art. 9(5), yearly reports due")),
        Page("supply_applications", T("申請の準備", "Prepare an application"), T(
             "部分ごとに書き、足りないもの、省令、日を確かめて申請する",
             "Part by part, with what is missing, the order that applies and the days")),
        Page("supply_change", T("変更は届出か認定か", "Notice or certification of a change"), T(
             "変更が軽微かを、省令の数字で判定する", "Whether a change is minor, by the figures of the order")),
        Page("cases", T("計画の案件", "Cases of plans"), T("相談から定期の報告まで、あなたに見える計画",
             "From the consultation to the yearly report: the plans you may see"), query="kind=supply.plan"),
        Page("new_case", T("計画の案件を開く", "Open a case of a plan"), T("事前相談、申請又は共同の申請から",
             "By a consultation, an application or a joint application"), ("supply.plan",)),
    )),
    Stage(T("支援と基金", "Support and funds"), art("31", "33", "42"), (
        Page("supply_funds", T("基金の額", "Money of the funds"), T("造成、交付決定、執行を物資と年度ごとに",
             "Contributed, decided and spent, by product and year")),
        Page("supply_register", T("認定計画の登録簿", "Register of certified plans"), T(
             "この事務所の案件と取り込んだ一覧から、物資、所管、額で絞る",
             "From the cases here and imported lists, by product, ministry and money")),
        Page("supply_data", T("表の取込み", "Load tables"), T("額、認定計画、数の表を読み込み、誤りのある行を見る",
             "Tables of money, plans and figures, with the rows that cannot be used")),
        Page("cases", T("支援法人等の案件", "Cases of support bodies"), T("指定、業務規程、報告、国庫納付、検査",
             "Designation, rules, reports, money to the Treasury, inspections"), query="kind=supply.support_body"),
    )),
    Stage(T("調査", "Surveys"), art("48(1)"), (
        Page("supply_surveys", T("調査の回答", "Answers to surveys"), T("求めた相手と、回答、一部の回答、回答なし",
             "Who was asked, who answered, in part or not at all")),
        Page("cases", T("調査の案件", "Cases of surveys"), T("物資の生産、輸入、販売の調査とその回答",
             "Surveys of production, import and sale, and their answers"), query="kind=supply.survey"),
    )),
    Stage(T("依存は下がったか", "Did the dependence fall?"), art("6"), (
        Page("supply_pdca", T("目標・能力・依存度・額", "Goals, capacity, dependence, money"), T(
             "物資ごとに、何が分かり、何が分かっていないか", "By product: what is known, and what stays open")),
    )),
)  # fmt: skip


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/supply/home.html", {"stages": [stage for stage in CIRCLE if stage.here]})
