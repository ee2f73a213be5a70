"""Chapter 3: sectors, designated operators, and how far the plans of this office have come in the review."""

from datetime import date

from kaname.law import AMENDMENTS, T, Text
from kaname.regimes.infrastructure.catalogue import SECTORS, in_force
from kaname.regimes.infrastructure.catalogue.counts import designated
from kaname.regimes.infrastructure.catalogue.model import Sector
from kaname.regimes.infrastructure.versions import IN_FORCE
from kaname.registers.at import At
from kaname.registers.blocks import Column, Figure, Flow, Numbers, Page, Row, Source, Stage, Table
from kaname.registers.sources import CASE, UNPUBLISHED, law

TITLE = T("基幹インフラ", "Critical infrastructure")

SECTOR, OPERATOR = T("分野", "sectors"), T("者", "operators")
_PLAN, _SUBJECTS = "infrastructure.plan", ("introduction_plan", "entrusted_maintenance_plan")
# The way of a plan, with the states of both kinds of plan that stand behind each stage.
_REVIEW = (
    ("filed", T("届出", "filed"), ("filed", "returned_for_defects"), None),
    (
        "standstill",
        T("審査（禁止期間中）", "review, under standstill"),
        ("under_standstill", "shortened"),
        T("受理の日から30日", "30 days from acceptance"),
    ),
    (
        "extended",
        T("期間の延長", "extended"),
        ("extended",),
        T("受理の日から4月まで", "up to four months from acceptance"),
    ),
    (
        "recommended",
        T("勧告", "recommendation"),
        ("recommended", "accepted_recommendation", "refused", "silent", "changed_plan_filed"),
        T("10日以内に応答", "answer within ten days"),
    ),
    ("ordered", T("命令", "order"), ("ordered",), None),
    ("free", T("導入・委託ができる", "free to proceed"), ("cleared_by_lapse", "may_proceed"), None),
)


def known(day: date) -> list[Sector]:
    """The sectors in force, and those that an act promulgated by then will add."""
    enacted = {(a.in_force, a.latest) for a in AMENDMENTS if a.promulgated is not None and a.promulgated <= day}
    return [s for s in SECTORS if s in in_force(day) or s.since == IN_FORCE or (s.since, s.at_latest) in enacted]


def sectors(at: At) -> Figure:
    found, ahead = in_force(at.day), [s for s in known(at.day) if s not in in_force(at.day)]
    note = T(
        "次に加わる分野：" + "、".join(f"{s.name.ja}（{_when(s).ja}）" for s in ahead),
        "to be added: " + ", ".join(f"{s.name.en} ({_when(s).en})" for s in ahead),
    )
    behind = at.address("/infrastructure/sectors/")
    return Figure(
        "infrastructure.sectors",
        T("対象の分野", "sectors in force"),
        len(found),
        SECTOR,
        law(at.known),
        behind,
        note if found and ahead else None,
    )


def operators(at: At) -> Figure:
    """The operators designated, as published last."""
    told, label = designated(at.day), T("特定社会基盤事業者", "designated operators")
    if told is None:
        return Figure(
            "infrastructure.operators", label, None, OPERATOR, records="/infrastructure/operators/", note=UNPUBLISHED
        )
    return Figure(
        "infrastructure.operators",
        label,
        told.total,
        OPERATOR,
        Source(told.source, told.on, told.url),
        "/infrastructure/operators/",
        T("分野別の数は公表されていない", "no count by sector was published"),
    )


def under_review(at: At) -> Figure:
    states = tuple(state for id, _, states, _ in _REVIEW[:5] for state in states)
    return at.counted(
        "infrastructure.plans.under_review",
        T("審査中の計画書（この事務所）", "plans under review in this office"),
        _count(at, states),
        CASE,
        at.cases(_PLAN),
    )


def page(at: At) -> Page:
    numbers = Numbers(
        "infrastructure.numbers",
        T("分野・事業者・審査", "Sectors, operators, review"),
        (sectors(at), operators(at), under_review(at), _recorded(at)),
    )
    return Page("infrastructure", TITLE, _answer(at), (numbers, _flow(at), _table(at)))


def _recorded(at: At) -> Figure:
    return at.counted(
        "infrastructure.operators.recorded",
        T("うちこの事務所の案件", "designated in the cases here"),
        at.records.standing("infrastructure.operator", "designation", "designated"),
        OPERATOR,
        at.cases("infrastructure.operator", "designation", "designated"),
    )


def _count(at: At, states: tuple[str, ...]) -> int | None:
    found = [at.records.standing(_PLAN, subject, *states) for subject in _SUBJECTS]
    return None if None in found else sum(n or 0 for n in found)


def _answer(at: At) -> Text:
    many, told = len(in_force(at.day)), designated(at.day)
    if not many:
        return T(
            f"対象の分野はまだありません。第3章の指定の規定は{IN_FORCE}に施行されます。",
            f"No sector is in force yet; the provisions on designation come into force on {IN_FORCE}.",
        )
    if told is None:
        return T(
            f"{many}分野が対象です。指定された事業者の数は、この日までに公表されていません。",
            f"{many} sectors are covered. No number of designated operators was published up to this day.",
        )
    return T(
        f"{many}分野が対象で、指定された事業者は{told.total}者です（{told.on} 現在の公表）。",
        f"{many} sectors are covered; {told.total} operators are designated, as published for {told.on}.",
    )


def _flow(at: At) -> Flow:
    stages = tuple(
        Stage(id, label, _count(at, states), at.cases(_PLAN, _SUBJECTS[0], *states), note)
        for id, label, states, note in _REVIEW
    )
    return Flow(
        "infrastructure.review", T("この事務所の導入等計画書の審査", "Review of plans in this office"), stages, at.own
    )


def _when(s: Sector) -> Text:
    if s.since:
        return T(f"{s.since} 施行", f"in force from {s.since}")
    return (
        T(f"遅くとも{s.at_latest}", f"by {s.at_latest} at the latest") if s.at_latest else T("日付未定", "no day set")
    )


def _table(at: At) -> Table:
    columns = (
        Column("sector", T("分野", "sector")),
        Column("item", T("号", "item")),
        Column("ministry", T("主務大臣", "ministry")),
        Column("since", T("施行", "in force from")),
        Column("businesses", T("事業", "businesses"), number=True),
        Column("state", T("この日", "on this day")),
    )
    rows = tuple(_row(s, at.day) for s in known(at.day))
    return Table(
        "infrastructure.sectors_table",
        T("分野の一覧", "Sectors"),
        columns,
        rows,
        None,
        law(at.known),
        T("事業の数は施行令の区分による", "businesses as the Cabinet Order divides them"),
    )


def _row(s: Sector, day: date) -> Row:
    stands = s.since is not None and s.since <= day
    state = T("施行中", "in force") if stands else T(f"未施行（{_when(s).ja}）", f"not in force ({_when(s).en})")
    return Row(
        s.id,
        (s.name, T(s.item.ja, s.item.en), s.competence(day).ministry, s.since, len(s.businesses), state),
        f"/infrastructure/sectors/{s.id}/",
        verified=not s.confidence.unverified,
    )
