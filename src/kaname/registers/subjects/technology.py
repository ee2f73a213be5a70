"""Chapter 4: technologies by domain and vision, councils, money and projects, as far as anybody published them."""

from datetime import date

from kaname.law import T, Text
from kaname.regimes.technology import catalogue
from kaname.regimes.technology.catalogue.funding import TOTAL
from kaname.regimes.technology.catalogue.sources import Source as Cited
from kaname.regimes.technology.catalogue.technologies import Technology
from kaname.regimes.technology.catalogue.visions import Vision
from kaname.regimes.technology.versions import IN_FORCE
from kaname.registers.at import At
from kaname.registers.blocks import Bars, Block, Column, Figure, Numbers, Page, Prose, Row, Series, Source, Table
from kaname.registers.sources import DECK_DAY, OKU, UNPUBLISHED
from kaname.registers.subjects.money import oku

_BOARD = "/technology/board/"
TITLE = T("特定重要技術", "Critical technologies")

TECHNOLOGY, COUNCIL, PROJECT = T("技術", "technologies"), T("協議会", "councils"), T("件", "projects")


def source(cited: tuple[Cited, ...]) -> Source | None:
    """The first source of a fact of the programme, the one it rests on."""
    return Source(cited[0].label, cited[0].as_of, cited[0].url) if cited else None


def technologies(at: At) -> Figure:
    found, known = catalogue.technologies(at.day), catalogue.visions(at.day)
    return Figure(
        "technology.technologies",
        T("支援の対象とする技術", "technologies to be supported"),
        len(found) if known else None,
        TECHNOLOGY,
        source(known[-1].sources) if known else None,
        at.address(_BOARD),
        None if known else UNPUBLISHED,
    )


def councils(at: At) -> Figure:
    told = catalogue.councils(at.day)
    label = T("協議会", "councils")
    if told is None:
        return Figure("technology.councils", label, None, COUNCIL, records=at.address(_BOARD), note=UNPUBLISHED)
    return Figure(
        "technology.councils",
        label,
        told.count,
        COUNCIL,
        source(told.sources),
        at.address(_BOARD),
        T(f"うち{told.unnamed}は名称が示されていない", f"{told.unnamed} of them are not named"),
    )


def fund(at: At) -> Figure:
    """What was placed in the fund: as told for the deck's day; before it, the budgets surely made by then."""
    label, behind = T("基金の総額", "placed in the fund"), at.address(_BOARD)
    if TOTAL.when is not None and TOTAL.when.by(at.day):
        later = catalogue.MONEY["additions"].note if at.day > DECK_DAY else None
        return Figure(
            "technology.fund",
            label,
            oku(TOTAL.yen),
            OKU,
            source(TOTAL.sources),
            behind,
            later and T(f"その後の積増し：{later.ja}", f"later additions: {later.en}"),
        )
    made = catalogue.budgets(at.day)
    if not made:
        return Figure("technology.fund", label, None, OKU, records=behind, note=UNPUBLISHED)
    return Figure("technology.fund", label, oku(catalogue.placed(at.day)), OKU, source(made[-1].sources), behind)


def page(at: At) -> Page:
    found = catalogue.technologies(at.day)
    blocks: list[Block] = [
        Numbers(
            "technology.numbers",
            T("技術・協議会・基金", "Technologies, councils, fund"),
            (technologies(at), councils(at), fund(at), *_counted(at)),
        )
    ]
    if found:
        blocks += [_bars(found, at), _by_domain(at), _table(found)]
    if made := catalogue.budgets(at.day):
        columns = (
            Column("budget", T("予算", "budget")),
            Column("year", T("年度", "fiscal year")),
            Column("amount", T("額", "amount"), True, OKU),
        )
        rows = tuple(
            Row(
                m.id,
                (m.label, m.when.label if m.when else "", oku(m.yen)),
                note=m.note,
                verified=not m.confidence.unverified,
            )
            for m in made
        )
        total = Row("total", (T("合計", "total"), "", oku(catalogue.placed(at.day))))
        blocks.append(
            Table(
                "technology.budgets",
                T("基金の財源", "What filled the fund"),
                columns,
                rows,
                total,
                source(made[0].sources),
            )
        )
    if adopted := catalogue.projects(at.day):
        blocks.append(_projects(at, len(adopted)))
    if told := catalogue.councils(at.day):
        blocks.append(
            Prose(
                "technology.councils_known",
                T("協議会について分かっていること", "What is known of the councils"),
                (
                    T(
                        f"{told.as_of} 現在、{told.count}の協議会があります。"
                        f"名称が示されたのは{'、'.join(n.ja for n in told.names)}だけです。",
                        f"There were {told.count} councils on {told.as_of}; only the "
                        f"{', '.join(n.en for n in told.names)} is named.",
                    ),
                ),
                source(told.sources),
                True,
            )
        )
    return Page("technology", TITLE, _answer(at), tuple(blocks))


def _answer(at: At) -> Text:
    known = catalogue.visions(at.day)
    if not known:
        return (
            T("研究開発ビジョンはまだ決定されていません。", "No R&D vision is decided yet.")
            if at.day >= IN_FORCE
            else T(f"第4章の施行は{IN_FORCE}です。", f"Chapter 4 comes into force on {IN_FORCE}.")
        )
    parts = "、".join(f"{v.label.ja} {v.count}" for v in known), ", ".join(f"{v.label.en} {v.count}" for v in known)
    many = len(catalogue.technologies(at.day))
    return T(f"{many}技術が支援の対象です（{parts[0]}）。", f"{many} technologies are to be supported ({parts[1]}).")


def _counted(at: At) -> tuple[Figure, ...]:
    """What some source counted: projects adopted, R&D concepts."""
    told = catalogue.adopted(at.day)
    found = []
    for id, label, unit in (
        ("projects", T("採択した件数", "projects adopted"), PROJECT),
        ("concepts", T("研究開発構想", "R&D concepts"), T("件", "concepts")),
    ):
        last = next((a for a in reversed(told) if getattr(a, id) is not None), None)
        on = last and T(f"{last.as_of.label.ja} 現在", f"as of {last.as_of.label.en}")
        found.append(
            Figure(
                f"technology.{id}",
                label,
                getattr(last, id) if last else None,
                unit,
                source(last.sources) if last else None,
                at.address(_BOARD),
                on or UNPUBLISHED,
                not (last and last.confidence.unverified),
            )
        )
    return tuple(found)


def _bars(found: tuple[Technology, ...], at: At) -> Bars:
    many, known = catalogue.counts(at.day), catalogue.visions(at.day)
    by_domain = catalogue.by_domain(found)
    top = max(by_domain, key=lambda d: by_domain[d])
    label = catalogue.DOMAINS[top]
    return Bars(
        "technology.by_domain",
        T(
            f"{label.ja}が最も多く、{len(found)}技術のうち{by_domain[top]}",
            f"Most are in {label.en}: {by_domain[top]} of {len(found)}",
        ),
        T(f"領域・ビジョン別の技術、件、{at.day} 現在", f"technologies by domain and vision, number, on {at.day}"),
        tuple(catalogue.DOMAINS.values()),
        tuple(Series(v.label, tuple(many[d, v.number] for d in catalogue.DOMAINS)) for v in known),
        T("件", "technologies"),
        source(known[-1].sources),
        at.address(_BOARD),
    )


def _by_domain(at: At) -> Table:
    many, known = catalogue.counts(at.day), catalogue.visions(at.day)
    columns = (
        Column("domain", T("領域", "domain")),
        *(Column(f"vision_{v.number}", v.label, True) for v in known),
        Column("all", T("計", "all"), True),
    )
    rows = tuple(
        Row(d, (label, *(many[d, v.number] for v in known), sum(many[d, v.number] for v in known)))
        for d, label in catalogue.DOMAINS.items()
    )
    total = Row("total", (T("合計", "total"), *(_of(v, at.day) for v in known), sum(_of(v, at.day) for v in known)))
    return Table(
        "technology.domains",
        T("領域とビジョン", "Domains and visions"),
        columns,
        rows,
        total,
        source(known[-1].sources),
        T(
            "どのビジョンが挙げたかは、資料に示されず、合計とだけ一致する技術がある",
            "the deck does not say which vision names which; for some only the totals confirm it",
        ),
    )


def _of(v: Vision, day: date) -> int:
    return catalogue.by_vision(catalogue.technologies(day))[v.number]


def _table(found: tuple[Technology, ...]) -> Table:
    columns = (
        Column("id", T("番号", "no.")),
        Column("domain", T("領域", "domain")),
        Column("group", T("群", "group")),
        Column("technology", T("技術", "technology")),
        Column("vision", T("ビジョン", "vision"), number=True),
        Column("evidence", T("区分の根拠", "why of this vision")),
    )
    rows = tuple(
        Row(
            t.id,
            (t.id, catalogue.DOMAINS[t.domain], t.group, t.label, t.vision, _evidence(t)),
            verified=t.vision_verified,
            note=None if t.vision_verified else T("ビジョンの区分は未確認", "which vision names it is unverified"),
        )
        for t in found
    )
    return Table("technology.list", T("技術の一覧", "The technologies"), columns, rows, None, source(found[0].sources))


def _evidence(t: Technology) -> Text:
    told = [catalogue.EVIDENCE[code][0] for code in t.evidence]
    return T("、".join(x.ja for x in told), "; ".join(x.en for x in told))


def _projects(at: At, many: int) -> Table:
    columns = (
        Column("project", T("課題", "project")),
        Column("agency", T("機関", "agency")),
        Column("adopted", T("採択", "adopted")),
        Column("technologies", T("技術", "technologies")),
        Column("budget", T("予算", "budget"), True, OKU),
    )
    rows = tuple(
        Row(
            p.id,
            (
                p.label or T("名称は不明", "title not known"),
                catalogue.AGENCIES[p.agency].label,
                p.adopted.label if p.adopted else "",
                ", ".join(p.technologies),
                oku(p.budget_yen),
            ),
            verified=not p.confidence.unverified,
            note=T("上限額", "at most") if p.at_most else p.note,
        )
        for p in catalogue.projects(at.day)
    )
    return Table(
        "technology.projects",
        T("採択が知られている課題", "Projects known to be adopted"),
        columns,
        rows,
        None,
        source(catalogue.projects(at.day)[0].sources),
        T(
            f"ここにあるのは{many}件で、採択のすべてではない",
            f"{many} are known here; that is not all that were adopted",
        ),
    )
