"""A dry run as a page of blocks."""

from datetime import timedelta

from kaname.law import T, Text
from kaname.registers.at import NOT_COUNTED
from kaname.registers.blocks import Block, Column, Figure, Moment, Numbers, Page, Prose, Row, Source, Table, Timeline
from kaname.registers.dryrun.model import DryRun
from kaname.registers.sources import CASE, office

_TITLE = T("試し適用：{label}", "Dry run: {label}")
_ANSWER = T(
    "{day} に施行されるとすると、新しい版は{cases}件の案件に及び、進行中の期間は{moved}件が動きます。",
    "In force from {day}, the new version would reach {cases} cases; {moved} running periods would move.",
)
_NOBODY = T(
    "{day} に施行されるとした場合です。案件は数えていません。", "As if in force from {day}. No cases are counted."
)
_NOT_SET = T(
    "対象の事業と指定の基準はまだ定められていない。誰が指定されるかは分からない。",
    "The businesses and criteria are not set yet: nobody knows who would be designated.",
)
_PERIODS = T("期間", "periods")


def page_of(found: DryRun) -> Page:
    """The numbers, the records, the periods that move, the periods that would begin, what nobody knows yet."""
    blocks: list[Block] = [_numbers(found), _versions(found)]
    if found.affected:
        blocks.append(_affected(found))
    if found.moved:
        blocks.append(_moved(found))
    blocks += [_timeline(found), _open(found)]
    days = dict(day=found.since, cases=sum(a.cases for a in found.affected), moved=len(found.moved))
    answer = (_ANSWER if found.counted else _NOBODY).fill(**days)
    return Page("dryrun", _TITLE.fill(label=found.coming.label), answer, tuple(blocks))


def _law(found: DryRun) -> Source:
    return Source(
        T(
            f"{found.coming.sector.item.ja}（公布済み・未施行）",
            f"{found.coming.sector.item.en} (enacted, not in force)",
        ),
        found.coming.earliest,
    )


def _numbers(found: DryRun) -> Numbers:
    own, named = office(found.today), len(found.coming.sector.businesses)
    folded = T(f"{found.folded}件の案件を二通りに畳んで比べた", f"{found.folded} cases folded twice and compared")
    counted = (
        (
            "cases",
            T("新しい版が及ぶ案件", "cases the new version would reach"),
            sum(a.cases for a in found.affected),
            CASE,
        ),
        ("moved", T("最後の日が変わる期間", "periods whose last day would change"), len(found.moved), _PERIODS),
        ("designated", T("この分野を名指す案件", "cases here that name the sector"), found.designated, CASE),
    )
    figures = [
        Figure(f"dryrun.{id}", label, value if found.counted else None, unit, own,
               note=NOT_COUNTED if not found.counted else folded if id == "moved" else None)
        for id, label, value, unit in counted
    ]  # fmt: skip
    figures.append(
        Figure("dryrun.businesses", T("政令の定める事業", "businesses the Cabinet Order names"), named or None, None,
               _law(found), note=None if named else T("まだ定められていない", "not named yet"), verified=bool(named))
    )  # fmt: skip
    return Numbers("dryrun.numbers", T("何に及ぶか", "What it would reach"), tuple(figures))


def _versions(found: DryRun) -> Table:
    columns = (
        Column("kind", T("案件の種類", "kind of case")),
        Column("now", T("今の法令での版", "version as the law is")),
        Column("then", T("施行された場合の版", "version as it would be")),
    )
    rows = tuple(Row(id, (label, version, found.since)) for id, label, version in found.versions)
    return Table("dryrun.versions", T("法令の版", "Versions of the law"), columns, rows, source=_law(found))


def _affected(found: DryRun) -> Table:
    columns = (
        Column("kind", T("案件の種類", "kind of case")),
        Column("state", T("状態", "state")),
        Column("cases", T("案件", "cases"), True, CASE),
    )
    rows = tuple(Row(f"{a.kind}.{n}", (a.label, a.state, a.cases), a.records) for n, a in enumerate(found.affected))
    total = Row("total", (T("合計", "total"), "", sum(a.cases for a in found.affected)))
    return Table(
        "dryrun.affected",
        T("新しい版が及ぶ案件", "Cases the new version would reach"),
        columns,
        rows,
        total,
        office(found.today),
        T(
            "終わっていない案件。施行の日から後の行為は新しい版で記録される",
            "cases not at their end: acts from the day on would be recorded under the new version",
        ),
    )


def _moved(found: DryRun) -> Table:
    columns = (
        Column("what", T("期間", "period")),
        Column("now", T("今の最後の日", "last day as it is")),
        Column("then", T("変わる最後の日", "last day as it would be")),
    )
    rows = tuple(Row(c.id, (c.label, c.before, c.after), c.records) for c in found.moved)
    return Table("dryrun.moved", T("動く期間", "Periods that would move"), columns, rows, source=office(found.today))


def _timeline(found: DryRun) -> Timeline:
    source = _law(found)
    moments = [
        Moment(
            "dryrun.since",
            found.since,
            T("施行（仮定）。指定ができる", "in force (supposed): operators may be designated"),
            source,
            ahead=True,
            verified=False,
        )
    ]
    for b in found.begins:
        moments += [
            Moment(
                f"dryrun.{b.id}",
                b.last,
                T(
                    f"この日に指定された事業者の{b.label.ja}の最後の日",
                    f"last day of: {b.label.en} (designated on that day)",
                ),
                source,
                ahead=True,
                verified=False,
            ),
            Moment(
                f"dryrun.{b.id}.after",
                b.last + timedelta(1),
                T("届出の義務がかかる最初の日", "first day on which plans must be filed"),
                source,
                ahead=True,
                verified=False,
            ),
        ]
    if found.coming.latest:
        moments.append(
            Moment(
                "dryrun.latest",
                found.coming.latest,
                T("遅くともこの日までに施行", "to be in force by this day"),
                source,
                ahead=True,
            )
        )
    return Timeline("dryrun.timeline", T("始まる期間", "Periods that would begin"), tuple(moments))


def _open(found: DryRun) -> Prose:
    told: list[Text] = []
    if not found.coming.sector.businesses:
        told.append(_NOT_SET)
    if found.more:
        told.append(
            T(f"ほかに{found.more}件の案件は畳み直していない。", f"{found.more} more cases were not folded again.")
        )
    told.append(T("試し適用は何も記録しない。", "A dry run records nothing."))
    return Prose(
        "dryrun.open",
        T("分からないこと", "What is not known"),
        tuple(told),
        _law(found),
        not found.coming.sector.businesses,
    )
