"""基本方針 (Art. 2) and the basic guidelines of Arts. 49 and 60: one path, written once, and one run for each edition.

The Prime Minister drafts, hears experts where the Act asks for it, and asks for a decision of the Cabinet; what the
Cabinet has decided is published without delay. A change takes the same path, so it is an edition of its own: until the
Cabinet decides it the edition before stands. The guidelines of Arts. 6 and 65 take the same path in the kinds
`supply.policy` and `patents.guideline`, which own them.
"""

from collections.abc import Iterable

from kaname.law import Bases, Practice, T, Text
from kaname.law.laws import ESPA
from kaname.procedure.asked import finding, flag, paper, text
from kaname.procedure.declare import (
    Act,
    Clock,
    Consequence,
    Duty,
    Field,
    Force,
    Kind,
    NoPenalty,
    Procedure,
    State,
    act_day,
    done,
    end,
    go,
    keep,
    opens,
    waits,
)
from kaname.procedure.view import View
from kaname.regimes.general.catalogue.guidelines import GUIDELINES
from kaname.regimes.general.roles import CABINET, PM

OFFICE = NoPenalty(T("行政機関の義務", "a duty of the authority"))
TAKEN_OVER: Bases = (Practice("この事務所が事件を扱う前の閣議決定の登載",
    "a decision taken before this office kept the case is entered"),)


def other_editions(v: View) -> Iterable[str]:
    """The runs whose edition the new decision replaces."""
    return tuple(run for run in v.runs() if run != v.subject)


def _procedure(
    article: str, guideline: str, content: tuple[Field, ...], *, draft: str = "3", heard: str = "", publish: str = "5",
    change: str = "6", impact: bool = False,
) -> Procedure:  # fmt: skip
    """The path of one document; the paragraphs say where. `heard`: that on experts, where the Act has one."""
    def at(paragraph: str) -> Bases:
        return ESPA(f"{article}({paragraph})")

    of = GUIDELINES[guideline]
    before = "experts_heard" if heard else "drafting"
    hearing = dict(experts_heard=waits(T("意見聴取済", "experts heard"), PM)) if heard else {}
    states: dict[str, State | Text] = dict(
        drafting=waits(T("案の作成中", "drafting"), PM), **hearing,
        cabinet_requested=waits(T("閣議の決定を求めた", "decision of the Cabinet asked for"), CABINET),
        decided=waits(T("閣議決定", "decided by the Cabinet"), PM),
        published=T("公表済", "published"), superseded=end(T("改定により置き換えられた", "superseded")))
    acts = (
        Act("draft", T("案を作成する（変更を含む）", "prepare a draft, also of a change"), PM,
            at("2") + at(draft) + at(change), opens("drafting"), fields=content),
        *(_hearing(at(heard) + at(change), impact) if heard else ()),
        Act("request_decision", T("閣議の決定を求める", "ask the Cabinet for a decision"), PM, at(draft),
            go("cabinet_requested", before), fields=(paper("draft", T("案", "draft"), at(draft)),)),
        Act("decide", T("閣議で決定する", "decide"), CABINET, at(draft), go("decided", "cabinet_requested"),
            starts=("publication",), keeps=(keep("decided_on", act_day),)),
        Act("publish", T("公表する", "publish"), PM, at(publish), go("published", "decided"), meets=("publication",),
            fields=(text("where", T("公表の場所", "where it is published"), at(publish)),),
            keeps=(keep("published_on", act_day),)),
        Act("record_decided", T("既にされた閣議決定を登載する", "enter a decision taken before"), PM, TAKEN_OVER,
            opens("published"), fields=(
                text("source", T("出典", "source"), TAKEN_OVER, required=True),
                flag("seen", T("本文を確認した", "its text was seen"), TAKEN_OVER)),
            keeps=(keep("decided_on", act_day), keep("source"), keep("seen")),
            note=T("案の作成や公表の日は登載しない", "the days of drafting and publication are not told")))
    return Procedure(
        of.procedure, of.label, of.basis, per=("edition",), states=states, acts=acts,
        clocks=(
            Clock("publication", T("公表（遅滞なく）", "publication (without delay)"), Kind.AGENCY_DUTY, at(publish),
                force=Force.WITHOUT_DELAY),),
        duties=(
            Duty("publish", T("遅滞なく公表する", "publish without delay"), at(publish), PM, OFFICE,
                clock="publication", done=(done("publish"),)),),
        consequences=(
            Consequence("replace", T("前の版を置き換える", "the edition before is replaced"), at(change),
                upon=(done("decide"), done("record_decided")), moves=go("superseded", "decided", "published"),
                    into=other_editions,
                keeps=(keep("superseded_on", act_day),), question=504),),
        excludes=tuple(p for p in OWN if p != of.procedure))


def _hearing(basis: Bases, impact: bool) -> tuple[Act, ...]:
    """Experts are heard on the draft; for Art. 49 the effect on the economy is weighed too."""
    heard, experts_heard = finding("experts_heard", T("知見を有する者の意見を聴いた",
        "knowledgeable persons were heard"),
        T("意見聴取がない", "knowledgeable persons were not heard"), basis)
    weighed, impact_weighed = finding("impact_weighed",
        T("経済活動に与える影響を考慮した", "the effect on economic activity was weighed"),
        T("経済活動に与える影響が考慮されていない", "the effect on economic activity was not weighed"), basis)
    return (
        Act("hear_experts", T("有識者の意見を聴く", "hear experts on the draft"), PM, basis,
            go("experts_heard", "drafting"),
            fields=(heard, *((weighed,) if impact else ()), text("names", T("意見を聴いた者", "who was heard"), basis),
                text("opinions", T("意見", "opinions"), basis)),
            conditions=(experts_heard, *((impact_weighed,) if impact else ()))),)


OWN = ("basic_policy", "infrastructure_guideline", "technology_guideline")


def _told(article: str) -> tuple[Field, ...]:
    """The content of a guideline in one field: the items of paragraph 2."""
    return (text("content", T(f"案の内容（{article}条２項各号）", f"content of the draft, Art. {article}(2)"),
        ESPA(f"{article}(2)")),)


def _item(id: str, label: Text) -> Field:
    return text(id, label, ESPA("2(2)"))


basic_policy = _procedure("2", "basic_policy", (
    _item("general_matters", T("推進に関する基本的な事項", "general matters of integrated promotion")),
    _item("integrated_implementation", T("四つの制度の総合的な実施", "joint running of the four schemes")),
    _item("other_economic_measures", T("他の経済施策", "other economic measures to be pursued")),
    _item("other_matters", T("その他必要な事項", "anything else needed"))), publish="4", change="5")
infrastructure_guideline = _procedure("49", "infrastructure", _told("49"), heard="4", impact=True)
technology_guideline = _procedure("60", "technology", _told("60"), heard="4")
