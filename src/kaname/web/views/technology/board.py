"""The technologies of the R&D visions: how far each has come, by the concepts, calls, projects and councils that the
reader may know of; and a page for each.
"""

from collections.abc import Iterable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kaname.access import api as access
from kaname.desk import technology as desk
from kaname.desk.technology import CALL, CONCEPT, COUNCIL, PROJECT, STAGES, Known, Line
from kaname.law import T, Text
from kaname.regimes.technology.catalogue import DOMAINS, TECHNOLOGIES, VISIONS
from kaname.regimes.technology.catalogue.technologies import EVIDENCE, Technology
from kaname.web.parts.tables import Chip, Column, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.common import address, case_href, case_name, day_of
from kaname.web.views.infrastructure.common import with_query

WORDS: dict[str, Text] = {
    CONCEPT: T("構想", "concept"), CALL: T("公募", "call"), PROJECT: T("課題", "project"),
    COUNCIL: T("協議会", "council"),
}  # fmt: skip
_HEADS = (
    Column(T("技術", "technology")), Column(T("ビジョン", "vision")), *(Column(WORDS[kind]) for kind in STAGES),
    Column(T("どこまで", "reached")),
)  # fmt: skip
NONE = T("ビジョン", "vision")
_VISION = {1: T("第一次", "first"), 2: T("第二次", "second")}
_REGISTERS = {CONCEPT: "technology_concepts", CALL: "technology_calls", PROJECT: "technology_projects",
              COUNCIL: "technology_rooms"}  # fmt: skip


def board(request: HttpRequest) -> HttpResponseBase:
    errors: dict[str, Text] = {}
    on = day_of(request, "on", access.today(), errors)
    domain, vision, stage = _chosen(request)
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    every = desk.board(request.user, on)
    found = desk.sifted(every, domain, vision, stage, words)
    if "csv" in request.GET:
        return as_csv(f"technologies-{on:%Y%m%d}.csv", [h[lang()] for h in _CSV], (_line(one) for one in found))
    asked = {
        "on": request.GET.get("on", "")[:60],
        "domain": domain,
        "vision": str(vision or ""),
        "stage": stage,
        "q": words,
    }
    query = {name: value for name, value in asked.items() if value}
    request.as_of = on
    return render(request, "web/technology/board.html", {
        "answer": answer(every, on), "on": on, "errors": errors, "typed": request.GET, "query": query,
        "tables": [Table(label, _HEADS, [_row(one) for one in found if one.technology.domain == id])
                   for id, label in DOMAINS.items() if any(one.technology.domain == id for one in found)],
        "domains": _chips(query, "domain", domain, DOMAINS.items()),
        "visions": _chips(query, "vision", str(vision or ""), ((str(v.number), v.label) for v in VISIONS.values())),
        "stages": _chips(query, "stage", stage, WORDS.items()), "found": len(found), "csv": with_query(query, csv="1"),
    }, status=400 if errors else 200)  # fmt: skip


def _chosen(request: HttpRequest) -> tuple[str, int, str]:
    domain, vision, stage = (request.GET.get(name, "") for name in ("domain", "vision", "stage"))
    number = int(vision) if vision.isascii() and vision.isdecimal() and len(vision) < 3 else 0
    return (domain if domain in DOMAINS else "", number if number in VISIONS else 0, stage if stage in WORDS else "")


def _chips(query: dict[str, str], name: str, on: str, choices: Iterable[tuple[str, Text]]) -> list[Chip]:
    chips = [Chip(T("すべて", "all"), with_query(query, **{name: ""}), on=not on)]
    return chips + [Chip(label, with_query(query, **{name: id}), on=id == on) for id, label in choices]


def answer(every: list[Line], on: date) -> list[Text]:
    """How many technologies there are on the day, and how many of them have come how far."""
    if not every:
        return [T("この日までに決定されたビジョンはありません。", "No vision was decided by this day.")]
    counts = {kind: sum(bool(line.cases[kind]) for line in every) for kind in STAGES}
    told = T(
        "、".join(f"{WORDS[k].ja}{n}" for k, n in counts.items()),
        ", ".join(f"{WORDS[k].en} {n}" for k, n in counts.items()),
    )
    return [T(f"ビジョンの技術{len(every)}のうち、あなたに見える案件があるのは、{told.ja}です。",
              f"Of {len(every)} technologies, with cases that you may see: {told.en}.")]  # fmt: skip


def _row(line: Line) -> Row:
    t = line.technology
    cells = (
        _VISION.get(t.vision, t.named_in.label),
        *(_links(t.id, line.cases[kind]) for kind in STAGES),
        WORDS.get(line.reached, NONE),
    )
    return Row(T(f"{t.label.ja}（{t.id}）", f"{t.label.en} ({t.id})"), cells, reverse("technology_one", args=[t.id]))


def _links(of: str, cases: tuple[Known, ...]) -> SafeString | str:
    """Each case by its number, with where it stands; of many, how many, which leads to the list of them."""
    if not cases:
        return ""
    if len(cases) > 2:
        many = T(f"{len(cases)}件", str(len(cases)))
        return format_html('<a href="{}?technology={}">{}</a>', reverse(_REGISTERS[cases[0].kind]), of, say(many))
    return format_html_join(
        mark_safe("<br>"), '<a href="{}">{}</a> {}',
        ((case_href(c.case.case), say(case_name(c.case.case)), say(c.label)) for c in cases),
    )  # fmt: skip


_CSV = (
    T("番号", "id"), T("技術", "technology"), T("領域", "domain"), T("分野", "group"), T("ビジョン", "vision"),
    T("区分の裏付け", "division backed by a dated source"), *(WORDS[kind] for kind in STAGES), T("どこまで", "reached"),
)  # fmt: skip


def _line(line: Line) -> list[object]:
    t = line.technology
    yes = T("あり", "yes") if t.vision_verified else T("なし", "no")
    return [t.id, say(t.label), say(DOMAINS[t.domain]), say(t.group), t.vision, say(yes),
            *(len(line.cases[kind]) for kind in STAGES), say(WORDS.get(line.reached, NONE))]  # fmt: skip


# -- one technology ----------------------------------------------------------------------------------------------------


def technology(request: HttpRequest, technology: str) -> HttpResponse:
    """A technology: which vision names it, how well that is known, and the cases about it stage by stage."""
    of = TECHNOLOGIES.get(technology)
    if of is None:
        raise Http404
    line = next((one for one in desk.board(request.user, access.today()) if one.technology is of), None)
    stages = [(WORDS[kind], [_case(c) for c in line.cases[kind]] if line else []) for kind in STAGES]
    return render(request, "web/technology/technology.html", {
        "of": of, "domain": DOMAINS[of.domain], "stages": stages, "line": line, "told": told(of, line),
        "evidence": [EVIDENCE[code] for code in of.evidence],
        "others": [t for t in TECHNOLOGIES.values() if t.group == of.group and t is not of],
    })  # fmt: skip


def told(of: Technology, line: Line | None) -> list[Text]:
    day, label = of.since, of.named_in.label
    lines = [
        T(
            f"{label.ja}（{day:%Y-%m-%d}決定）の技術です。",
            f"A technology of the {label.en}, decided on {day:%Y-%m-%d}.",
        )
    ]
    reached = line.reached if line else ""
    if reached and line:
        last = line.cases[reached][-1]
        name, word = case_name(last.case.case), WORDS[reached]
        ja = f"{word.ja}まで進んでいます：{last.name or name.ja}（{last.label.ja}）。"
        lines.append(T(ja, f"It has reached a {word.en}: {last.name or name.en} ({last.label.en})."))
    else:
        lines.append(T("あなたに見える案件はまだありません。", "There is no case yet that you may see."))
    return lines


def _case(of: Known) -> tuple[Known, Text, str, str]:
    """With its name, its page, and the page that says more of its kind."""
    more = {COUNCIL: "council_room", PROJECT: "technology_project"}.get(of.kind, "")
    return of, case_name(of.case.case), case_href(of.case.case), address(more, of.case.case.public_id) if more else ""
