"""Chapter 5: the technology fields, the published yearly figures, and what this office has recorded."""

from kaname.law import T, Text
from kaname.regimes.patents.items import FIELDS, version_on
from kaname.regimes.patents.scope import IN_FORCE
from kaname.regimes.patents.statistics import PUBLISHED, Published
from kaname.registers.at import At
from kaname.registers.blocks import Block, Column, Figure, Flow, Numbers, Page, Prose, Row, Source, Stage, Table
from kaname.registers.sources import CASE, DECK, UNPUBLISHED, order

TITLE = T("特許出願の非公開", "Non-disclosure of patents")

FIELD, ITEM = T("分野", "fields"), T("号", "items")
_KIND, _BEHIND = "patents.application", "/patents/statistics/"
# The six figures, in the order in which they were published.
SIX = (
    ("sent", T("内閣総理大臣への送付", "sent to the Prime Minister")),
    ("designations", T("保全指定", "security designations")),
    ("lifted_or_expired", T("指定の解除・満了", "lifted or expired")),
    ("standing_at_end", T("年度末に継続中の指定", "standing at the end of the year")),
    ("prior_confirmation_requests", T("事前確認の申出", "requests for prior confirmation")),
    ("non_sending_notices", T("送付しない旨の通知", "notices of not sending")),
)
# How an application goes: procedure, states, and what the stage is called.
_WAY = (
    ("first_review", ("filed", "under_first_review", "materials_requested"), T("第一次審査", "first review")),
    ("security_review", ("received", "under_review"), T("保全審査", "security review")),
    ("security_review", ("intention_notified", "answer_filed", "correction_asked"), T("意思の確認", "intention asked")),
    ("designation", ("designated", "extension_hearing", "extended"), T("保全指定中", "designated")),
    ("first_review", ("period_expired_unsent", "hold_over", "out_of_scope"), T("審査の終了", "released")),
)


def fields(at: At) -> Figure:
    return Figure(
        "patents.fields",
        T("特定技術分野", "technology fields"),
        len(FIELDS) if version_on(at.day) else None,
        FIELD,
        DECK if version_on(at.day) else None,
        at.address("/glance/patents/"),
        None if version_on(at.day) else _not_yet(),
    )


def items(at: At) -> Figure:
    version = version_on(at.day)
    return Figure(
        "patents.items",
        T("施行令12条1項の号", "items of Order Art. 12(1)"),
        len(version.items) if version else None,
        ITEM,
        order(at.known) if version else None,
        at.address("/glance/patents/"),
        None if version else _not_yet(),
    )


def sent(at: At) -> Figure:
    """Applications sent to the Prime Minister in the last fiscal year that was published."""
    last = published(at)
    return _six_of(last, *SIX[0])


def published(at: At) -> Published | None:
    """The figures that had been published last by the day."""
    return max((p for p in PUBLISHED if p.known_from <= at.day), key=lambda p: p.fiscal_year, default=None)


def page(at: At) -> Page:
    last = published(at)
    blocks: list[Block] = [
        Numbers("patents.numbers", T("分野と号", "Fields and items"), (fields(at), items(at))),
        Numbers("patents.six", _six_title(last), tuple(_six_of(last, *one) for one in SIX)),
        Numbers("patents.recorded", T("この事務所の記録", "Recorded in this office"), _recorded(at)),
        _flow(at),
    ]
    if version_on(at.day):
        blocks.append(_table(at))
    blocks.append(
        Prose(
            "patents.open",
            T("分かっていないこと", "What is not known"),
            (
                T(
                    "特許出願の件数に占める割合は、公表値がないため示しません。",
                    "The share of all applications was not published and is not worked out.",
                ),
                T("2025年度の数は見つかっていません。", "No figures for fiscal 2025 were found."),
            ),
            open_question=True,
        )
    )
    return Page("patents", TITLE, _answer(at, last), tuple(blocks))


def _not_yet() -> Text:
    return T(f"制度は{IN_FORCE}に始まる", f"the regime begins on {IN_FORCE}")


def _six_title(last: Published | None) -> Text:
    if last is None:
        return T("年度ごとの六つの数（未公表）", "The six yearly figures (not published)")
    return T(
        f"{last.fiscal_year}年度の六つの数（{last.begins}から{last.ends}まで）",
        f"The six figures of fiscal {last.fiscal_year} ({last.begins} to {last.ends})",
    )


def _six_of(last: Published | None, id: str, label: Text) -> Figure:
    if last is None:
        return Figure(f"patents.six.{id}", label, None, CASE, records=_BEHIND, note=UNPUBLISHED)
    return Figure(
        f"patents.six.{id}",
        label,
        getattr(last.figures, id),
        CASE,
        Source(last.source, last.ends),
        f"{_BEHIND}?year={last.fiscal_year}",
        T("官庁の頁は見ていない（確かさ：中）", "the official page was not seen (confidence: medium)"),
        not last.confidence.unverified,
    )


def _recorded(at: At) -> tuple[Figure, ...]:
    said = (
        ("sent", SIX[0][1], at.records.arrived(_KIND, "first_review", "sent"), at.cases(_KIND, "first_review", "sent")),
        (
            "designated",
            T("保全指定（累計）", "designations, all in all"),
            at.records.arrived(_KIND, "designation", "designated"),
            "",
        ),
        (
            "standing",
            T("継続中の保全指定", "designations that stand"),
            at.records.standing(_KIND, "designation", "designated", "extension_hearing", "extended"),
            at.cases(_KIND, "designation", "designated", "extension_hearing", "extended"),
        ),
        (
            "confirmations",
            SIX[4][1],
            at.records.arrived("patents.prior_confirmation", "prior_confirmation", "requested"),
            "",
        ),
    )
    return tuple(at.counted(f"patents.recorded.{id}", label, n, CASE, records) for id, label, n, records in said)


def _answer(at: At, last: Published | None) -> Text:
    if not version_on(at.day):
        return T(f"この制度は{IN_FORCE}に始まります。", f"This regime begins on {IN_FORCE}.")
    if last is None:
        return T(
            f"{len(FIELDS)}の技術分野が対象です。年度の数はまだ公表されていません。",
            f"{len(FIELDS)} technology fields are covered; no yearly figures are published yet.",
        )
    f = last.figures
    return T(
        f"{len(FIELDS)}分野が対象です。{last.fiscal_year}年度の送付は{f.sent}件、保全指定は{f.designations}件でした。",
        f"{len(FIELDS)} fields are covered; in fiscal {last.fiscal_year}, {f.sent} applications were sent and "
        f"{f.designations} designated.",
    )


def _flow(at: At) -> Flow:
    stages = tuple(
        Stage(f"stage{n}", label, at.records.standing(_KIND, procedure, *states), at.cases(_KIND, procedure, *states))
        for n, (procedure, states, label) in enumerate(_WAY, 1)
    )
    return Flow("patents.way", T("この事務所の出願の今", "Where the applications of this office stand"), stages, at.own)


def _table(at: At) -> Table:
    version = version_on(at.day)
    of_field = {f.number: [i.number for i in version.items if f.number in i.fields] for f in FIELDS} if version else {}
    columns = (
        Column("field", T("番号", "no."), number=True),
        Column("name", T("分野", "field")),
        Column("group", T("区分", "group")),
        Column("items", T("施行令12条1項の号", "items of Order Art. 12(1)")),
        Column("count", T("号の数", "number of items"), number=True),
    )
    rows = tuple(
        Row(
            f"field{f.number}",
            (f.number, f.name, f.group, ", ".join(map(str, of_field[f.number])), len(of_field[f.number])),
        )
        for f in FIELDS
    )
    return Table(
        "patents.fields_table",
        T("25の技術分野", "The 25 technology fields"),
        columns,
        rows,
        None,
        order(at.known),
        T(
            "分野の名称は政府資料、号は施行令による。号3から7の分野は主題から置いた（確かさ：中）",
            "names of the fields from the government deck, items from the order; fields of items 3 to 7 placed by "
            "subject (confidence: medium)",
        ),
    )
