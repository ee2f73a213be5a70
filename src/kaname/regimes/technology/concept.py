"""研究開発ビジョンと研究開発構想 (T2): a technology is put forward, named in a vision, and taken up by a concept.

All of it is practice: the Act speaks of critical technologies (Art. 61) and of the guideline, not of visions. A concept
is one case; it rests on technologies that a vision names. One that rests on none is refused,
    and where a ledger holds it
nevertheless it is shown as doubtful.
"""

from collections.abc import Collection
from datetime import date

from kaname.law import T, Text
from kaname.law.laws import art
from kaname.procedure.asked import flag, text
from kaname.procedure.declare import (
    Act,
    Field,
    FieldType,
    Option,
    Procedure,
    act_day,
    condition,
    end,
    go,
    keep,
    stay,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.technology.catalogue import AGENCIES, DOMAINS, TECHNOLOGIES, VISIONS
from kaname.regimes.technology.laws import PROGRAMME_RULES, TAKEN_OVER
from kaname.regimes.technology.practice import KEPT_PROGRAMME, PROGRAMME, demand, programme_in, refusing, warning
from kaname.regimes.technology.roles import CABINET_OFFICE, NEED_MINISTRIES, PROGRAMME_COUNCIL, PROMOTION_COUNCIL

WRITTEN = (*PROGRAMME_RULES, *art("61"))
PUBLISHED = ("concept_published", "concept_revised")
OF = programme_in("concept.programme")

# -- what is asked ---------------------------------------------------------------------------------------------------

NAME = text("technology", T("技術", "technology"), art("61"), required=True)
DOMAIN = Field("domain", T("領域", "domain"), FieldType.CHOICE, PROGRAMME_RULES, required=True,
    options=tuple(Option(id, label) for id, label in DOMAINS.items()))
CANDIDATE = (
    NAME, DOMAIN,
    text("need", T("ニーズ", "the need"), PROGRAMME_RULES),
    text("public_use", T("公的利用", "public use"), PROGRAMME_RULES),
    text("civil_use", T("民生利用", "civil use"), PROGRAMME_RULES),
    text("maturity", T("技術の成熟度", "maturity"), PROGRAMME_RULES),
    text("research_study_results", T("調査研究の結果", "results of the research study"), art("64(1)")))
OPINION = text("opinion", T("意見", "opinion"), PROGRAMME_RULES, required=True)
NUMBER = Field("vision_number", T("ビジョンの次数", "number of the vision"), FieldType.INTEGER, PROGRAMME_RULES,
    required=True)
_OPTIONS = tuple(Option(t.id, t.label, PROGRAMME_RULES) for t in TECHNOLOGIES.values())
NAMED = Field("technologies", T("ビジョンに掲げる技術", "technologies the vision names"), FieldType.CHOICE,
    PROGRAMME_RULES, required=True, several=True, options=_OPTIONS)
JOINTLY = flag("jointly", T("統合イノベーション戦略推進会議と一体で決定した",
    "decided jointly with the Council for Integrated Innovation Strategy"), PROGRAMME_RULES)
MAXIMUM = Field("max_budget_yen", T("上限額", "maximum budget"), FieldType.YEN, PROGRAMME_RULES)
LONGEST = Field("max_period", T("最長の期間（月数）", "longest period in months"), FieldType.INTEGER, PROGRAMME_RULES)
CONCEPT = (
    text("concept_title", T("構想の名称", "title of the concept"), PROGRAMME_RULES, required=True),
    Field("type", T("型", "type"), FieldType.CHOICE, PROGRAMME_RULES, required=True, options=(
        Option("project", T("プロジェクト型", "project")),
        Option("individual_research", T("個別研究型", "individual research")))),
    Field("vision_technologies", T("対象とするビジョンの技術", "technologies of a vision that it takes up"),
        FieldType.CHOICE, PROGRAMME_RULES, several=True, options=_OPTIONS),
    text("goals", T("達成目標", "goals"), PROGRAMME_RULES, required=True),
    text("outcomes", T("アウトカム", "outcomes"), PROGRAMME_RULES),
    MAXIMUM, LONGEST,
    Field("funding_agency", T("資金配分機関", "funding agency"), FieldType.CHOICE, PROGRAMME_RULES, required=True,
        options=tuple(Option(a.id, a.label) for a in AGENCIES.values()),
        help=T("JSTは文部科学省、NEDOは経済産業省と共同で作成する", "with MEXT for JST, with METI for NEDO")),
    text("stage_gate_timing", T("ステージゲートの時期", "when the stage gates are held"), PROGRAMME_RULES),
    text("international_position", T("国際的な位置", "international position"), PROGRAMME_RULES),
    text("public_use_path", T("公的利用への道筋", "path to public use"), PROGRAMME_RULES),
    text("information_handling", T("情報の取扱い", "handling of information"), PROGRAMME_RULES))
URL = text("url", T("公表の場所", "where it is published"), PROGRAMME_RULES)
REASON = text("reason", T("改定の理由", "why it is revised"), PROGRAMME_RULES, required=True)

# -- conditions ------------------------------------------------------------------------------------------------------

@demand(OF, T("両会議が一体で決定したこと", "both councils decided it jointly"),
    T("統合イノベーション戦略推進会議と一体の決定がない",
        "not decided jointly with the Council for Integrated Innovation Strategy"),
    PROGRAMME_RULES, question=405)
def decided_jointly(v: View) -> bool | None:
    joint: bool | None = v.given("jointly")
    return joint

@condition(T("記録にあるビジョンと同じ日・同じ技術であること",
    "as the catalogue has the vision: its day and technologies"),
    T("記録にあるビジョンと、決定の日又は技術が異なる",
        "the catalogue has this vision under another day, or without one of these technologies"),
    PROGRAMME_RULES, question=401)
def as_catalogued(v: View) -> bool | None:
    known = VISIONS.get(v.given("vision_number") or 0)
    named = v.given("technologies") or ()
    return known is None or (v.on == known.decided_on and all(TECHNOLOGIES[id].vision == known.number for id in named
        if id in TECHNOLOGIES))

@condition(T("その日までに決定されたビジョンであること", "a vision that was decided by this day"),
    T("そのようなビジョンはその日までに決定されていない", "no such vision was decided by this day"), PROGRAMME_RULES,
    question=404)
def vision_decided(v: View) -> bool | None:
    number = v.given("vision_number")
    known = VISIONS.get(number or 0)
    return None if number is None else known is not None and known.decided_on <= v.on

def _without_vision(v: View) -> Text:
    """Which technology, and when its vision was or is decided."""
    cited = v.given("vision_technologies") or ()
    if not cited:
        return T("ビジョンの技術を一つも挙げていない", "it names no technology of a vision")
    later = [t for id in cited if (t := TECHNOLOGIES.get(id)) and t.since > v.on and id not in (v.fact("named") or ())]
    names = T("、".join(f"{t.id}（{t.named_in.label.ja}、{t.since}決定）" for t in later),
        ", ".join(f"{t.id} ({t.named_in.label.en}, decided on {t.since})" for t in later))
    return T(f"その日までに決定されたビジョンに掲げられていない：{names.ja}",
        f"no vision decided by this day names {names.en}")

@condition(T("構想の技術がすべて決定済みのビジョンに掲げられていること",
        "a vision decided by this day names every technology of the concept"),
    T("ビジョンに掲げられていない技術がある、又は技術を一つも挙げていない",
        "no vision decided by this day names a technology of it, or it names none"), PROGRAMME_RULES, question=401,
    tells=_without_vision)
def in_a_vision(v: View) -> bool | None:
    cited = v.given("vision_technologies")
    if cited is None and v.given("concept_title") is None:
        return None
    return named(cited, v.fact("named"), v.on)

def _unverified(v: View) -> Text:
    names = [id for id in v.given("vision_technologies") or () if id in TECHNOLOGIES
        and not TECHNOLOGIES[id].vision_verified]
    return T(f"未確認：{'、'.join(names)}がいずれのビジョンに掲げられたかを示す日付のある資料はない",
        f"unverified: no dated source says which vision names {', '.join(names)}")

@condition(T("どのビジョンの技術かが日付のある資料で確かめられること", "a dated source says which vision names them"),
    T("未確認：いずれのビジョンの技術かを示す日付のある資料はない",
        "unverified: no dated source says which vision names one of them"), PROGRAMME_RULES, question=401,
    tells=_unverified)
def vision_verified(v: View) -> bool | None:
    ids, by_this_case = v.given("vision_technologies") or (), v.fact("named") or ()
    return all(TECHNOLOGIES[id].vision_verified for id in ids if id in TECHNOLOGIES and id not in by_this_case)

def named(cited: Collection[str] | None, by_this_case: Collection[str] | None, day: date) -> bool:
    """Whether visions decided by a day, or the one of the case itself, name every technology that is cited."""
    return bool(cited) and all(
        id in (by_this_case or ()) or (id in TECHNOLOGIES and TECHNOLOGIES[id].since <= day) for id in cited or ())

@condition(T("ビジョンに掲げられた技術による構想であること", "a concept on technologies that a vision names"),
    T("どのビジョンにも掲げられていない技術の構想である", "a concept on technologies that no vision had named"),
    PROGRAMME_RULES, question=401)
def rests_on_a_vision(v: View) -> bool | None:
    """Asked whenever the concept is shown: one that a ledger holds without vision stays in view as such."""
    drafted = v.done("draft_concept")
    return drafted is None or named(v.fact("vision_technologies"), v.fact("named"), drafted)

# -- the procedure ---------------------------------------------------------------------------------------------------

concept = Procedure(
    "concept", T("研究開発ビジョン・研究開発構想", "R&D vision and R&D concept"), WRITTEN, start="candidate",
    warns=(rests_on_a_vision,),
    states=dict(
        candidate=waits(T("候補技術", "candidate"), PROGRAMME_COUNCIL),
        examined_by_experts=waits(T("有識者の検討済", "examined by experts"), PROMOTION_COUNCIL),
        vision_decided=waits(T("ビジョン決定", "named in a vision"), CABINET_OFFICE),
        concept_drafting=waits(T("構想の作成中", "concept being drafted"), CABINET_OFFICE),
        concept_decided=waits(T("構想決定", "concept decided"), CABINET_OFFICE),
        concept_published=T("構想公表", "concept published"), concept_revised=T("構想改定", "concept revised"),
        closed=end(T("終了", "closed"))),
    acts=(
        Act("propose_candidate", T("候補技術を挙げる", "put a technology forward"), NEED_MINISTRIES, WRITTEN,
            stay("candidate"), fields=(PROGRAMME, *CANDIDATE),
            keeps=(KEPT_PROGRAMME, keep("title", lambda v: v.given("technology")), keep("domain"))),
        Act("examine", T("有識者が検討する", "examine it"), PROGRAMME_COUNCIL, PROGRAMME_RULES,
            go("examined_by_experts", "candidate"), fields=(OPINION,), question=405),
        Act("decide_vision", T("ビジョンを決定する", "decide the vision"), PROMOTION_COUNCIL, PROGRAMME_RULES,
            go("vision_decided", "examined_by_experts"), fields=(NUMBER, NAMED, JOINTLY),
            conditions=refusing(decided_jointly), advice=(*warning(decided_jointly), as_catalogued), question=405,
            keeps=(keep("vision", lambda v: v.given("vision_number")), keep("named",
                lambda v: v.given("technologies"))),
            note=T("行為の日が決定の日である。会議体の定めは未読",
                "the day of the act is the day of the decision; the rules on the bodies were not read")),
        Act("record_vision", T("決定済みのビジョンによる", "take up a vision already decided"), CABINET_OFFICE,
            (*TAKEN_OVER, *PROGRAMME_RULES), go("vision_decided", "candidate"), fields=(PROGRAMME, NUMBER),
            conditions=(vision_decided,),
            keeps=(KEPT_PROGRAMME, keep("vision", lambda v: v.given("vision_number")))),
        Act("draft_concept", T("構想を作成する", "draft the concept"), CABINET_OFFICE, PROGRAMME_RULES,
            go("concept_drafting", "vision_decided"), fields=CONCEPT, conditions=(in_a_vision,), question=405,
            advice=(vision_verified,),
            keeps=(keep("title", lambda v: v.given("concept_title")), keep("type"), keep("vision_technologies"),
                keep("max_budget_yen"), keep("max_period"), keep("funding_agency"), keep("stage_gate_timing")),
            note=T("文部科学省（JST）又は経済産業省（NEDO）と共同で行う", "together with MEXT (JST) or METI (NEDO)")),
        Act("decide_concept", T("構想を決定する", "decide the concept"), CABINET_OFFICE, PROGRAMME_RULES,
            go("concept_decided", "concept_drafting"), question=405),
        Act("publish_concept", T("構想を公表する", "publish the concept"), CABINET_OFFICE, PROGRAMME_RULES,
            go("concept_published", "concept_decided"), fields=(URL,), keeps=(keep("published_on", act_day),),
            note=T("2022年10月21日以降、順次公表", "one after another since 2022-10-21")),
        Act("revise_concept", T("構想を改定する", "revise the concept"), CABINET_OFFICE, PROGRAMME_RULES,
            go("concept_revised", "concept_published"), fields=(REASON, MAXIMUM, LONGEST), question=405,
            keeps=(keep("max_budget_yen", lambda v: v.given("max_budget_yen") or v.fact("max_budget_yen")),
                keep("max_period", lambda v: v.given("max_period") or v.fact("max_period")))),
        Act("close_concept", T("構想を終える", "close the concept"), CABINET_OFFICE, PROGRAMME_RULES,
            go("closed", *PUBLISHED), question=405)),
    note=T("法律の手続ではなく運用である", "practice, no procedure of the law"))
