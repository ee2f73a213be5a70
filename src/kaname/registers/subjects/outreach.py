"""Outreach: questions asked and answered, briefings held, materials out: counted over the records of this office."""

from kaname.law import T, Text
from kaname.registers.at import At
from kaname.registers.blocks import Flow, Numbers, Page, Prose, Stage
from kaname.registers.sources import CASE

TITLE = T("相談と周知", "Consultation and outreach")
_ASKED, _HELD = "general.consultation", "general.briefing"
_WAY = (
    ("received", T("受付", "received")),
    ("assigned", T("担当へ回付", "assigned")),
    ("answered", T("回答済", "answered")),
    ("published", T("回答例として公表", "published as reusable")),
)


def page(at: At) -> Page:
    asked = at.records.arrived(_ASKED, "consultation", "received")
    answered = at.records.arrived(_ASKED, "consultation", "answered")
    published = at.records.standing(_ASKED, "consultation", "published")
    held = at.records.standing(_HELD, "briefing", "held")
    materials = at.records.standing(_HELD, "material", "published")
    told = (
        ("asked", T("受けた質問（累計）", "questions received, all in all"), asked, _ASKED, "consultation", ()),
        ("answered", T("回答した質問（累計）", "questions answered, all in all"), answered, _ASKED, "consultation", ()),
        ("reusable", T("公表した回答例", "reusable answers"), published, _ASKED, "consultation", ("published",)),
        ("briefings", T("開いた説明会", "briefings held"), held, _HELD, "briefing", ("held",)),
        ("materials", T("公表中の資料", "materials published"), materials, _HELD, "material", ("published",)),
    )
    figures = tuple(
        at.counted(f"outreach.{id}", label, n, CASE, at.cases(kind, procedure, *states))
        for id, label, n, kind, procedure, states in told
    )
    stages = tuple(
        Stage(id, label, at.records.standing(_ASKED, "consultation", id), at.cases(_ASKED, "consultation", id))
        for id, label in _WAY
    )
    unknown = Prose(
        "outreach.open",
        T("分かっていないこと", "What is not known"),
        (
            T(
                "政府全体の説明会や相談の数は、読み取れる公表値がないため示しません。",
                "Numbers of briefings and consultations of the whole government were not found and are not shown.",
            ),
        ),
        open_question=True,
    )
    flow = Flow("outreach.way", T("質問の今", "Where the questions stand"), stages, at.own)
    numbers = Numbers(
        "outreach.numbers", T("この事務所の相談・説明会・資料", "Consultation, briefings, materials here"), figures
    )
    return Page("outreach", TITLE, _answer(asked, answered), (numbers, flow, unknown))


def _answer(asked: int | None, answered: int | None) -> Text:
    if asked is None:
        return T("この事務所の記録は数えていません。", "The records of an office are not counted here.")
    return T(
        f"この日までに受けた質問は{asked}件、回答は{answered}件です。",
        f"{asked} questions were received up to this day, {answered} answered.",
    )
