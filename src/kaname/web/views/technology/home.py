"""The way into Chapter 4: from the technology a vision names to its use in society, and the councils that know more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.law import T
from kaname.law.laws import art
from kaname.web.views.supply.home import Page, Stage

WAY = (
    Stage(T("技術と構想", "Technologies and concepts"), art("61"), (
        Page("technology_board", T("技術の一覧", "Board of technologies"), T(
             "50の技術が、構想、公募、課題、協議会のどこまで進んだか",
             "How far each of the 50 has come: concept, call, project, council")),
        Page("technology_concepts", T("研究開発構想", "R&D concepts"), T(
             "候補、ビジョン、作成、決定、公表、改定", "Candidate, vision, drafting, decision, publication, revision")),
        Page("new_case", T("構想の案件を開く", "Open a case of a concept"), T(
             "候補技術を挙げる、又は決定済みのビジョンによる",
             "Put a technology forward, or take up a vision already decided"), ("technology.concept",)),
    )),
    Stage(T("公募と採択", "Calls and adoption"), art("61"), (
        Page("technology_calls", T("公募", "Calls"), T("締切、応募、利害関係、採択、契約",
             "Closing days, proposals, conflicts of interest, adoption, contracts")),
        Page("new_case", T("公募を開く", "Open a call"), T("構想に基づいて公募を始める", "Start a call for a concept"),
             ("technology.call",)),
    )),
    Stage(T("研究課題", "Projects"), art("61"), (
        Page("technology_projects", T("研究課題の進み", "Projects"), T(
             "技術の成熟度、ステージゲート、年度ごとの予算、社会実装",
             "Technology readiness, stage gates, budget by year, handing over")),
    )),
    Stage(T("協議会と守秘", "Councils and secrecy"), art("62", "63(4)"), (
        Page("technology_rooms", T("協議会の部屋", "Council rooms"), T("あなたが中にいる協議会だけが並ぶ",
             "Only the councils you are inside of")),
        Page("technology_secrecy", T("守秘義務の名簿", "Register of secrecy"), T(
             "誰が、いつから、退いた後も、秘密を守る義務を負うか",
             "Who is bound, since when, and who still is after leaving")),
        Page("new_case", T("協議会を組織する", "Form a council"), T(
             "同意、協議、組織、規約", "Consent, consultation, forming, rules"), ("technology.council",)),
    )),
    Stage(T("指定基金と調査研究", "Designated fund and commissioned study"), art("63", "64"), (
        Page("cases", T("指定基金の案件", "Cases of designated funds"), T(
             "指定、補助、毎年の報告", "Designation, subsidy, yearly report"), query="kind=technology.fund"),
        Page("cases", T("調査研究の案件", "Cases of commissioned studies"), T(
             "委託、情報の提供、報告", "Commission, information given, report"),
             query="kind=technology.research_commission"),
    )),
)  # fmt: skip


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/technology/home.html", {"stages": [stage for stage in WAY if stage.here]})
