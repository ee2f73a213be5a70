"""`kaname search`: what a person finds in the office, or what anybody finds in the law."""

from typing import Any

import click

from kaname.cli import show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import Kind
from kaname.cli.language import language, said
from kaname.cli.office import office
from kaname.cli.who import EMAIL, person
from kaname.law import T
from kaname.procedure.declare import CaseKind

_ABOUT = T(
    """法令、手続、様式、論点を探す。--for で、その人が知ることのできる案件と当事者も探す（読むことができる名称も探し、
表示すれば記録に残る）。言葉は一文字から。空白で区切るとすべてを含むもの、引用符で囲むと続きの言葉。""",
    """Search the law, procedures, forms and open questions; with --for also the cases and parties that a person may
know of (titles the person may read too: showing one is written down). One character is enough; words apart by spaces
must all be there, quotes hold words together.""",
)
_FOR = T("この人として案件も探す（メールアドレス）", "search cases too, as this person (e-mail address)")


@bilingual("search", _ABOUT, "kaname search 蓄電池", "kaname search --for hana@example.jp 架空電機 --json")
@argument("words", T("探す言葉", "the words"), nargs=-1, required=True)
@option("--for", "email", type=EMAIL, about=_FOR)
@option("--kind", type=Kind(), about=show.KIND)
@option("--state", default="", about=T("段階", "stage of the case"))
@option("--year", type=click.IntRange(1000, 9999), about=T("起こした年", "year in which the case was opened"))
@option("--limit", type=click.IntRange(1, 1000), default=20, about=T("案件の数の上限", "cases at the most"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(
    words: tuple[str, ...], email: str | None, kind: CaseKind | None, state: str, year: int | None, limit: int,
    as_json: bool,
) -> None:  # fmt: skip
    text = " ".join(words)
    lang = language()
    with office():
        from kaname.search import api as find

        law = find.law(text)
        found: dict[str, Any] = {"tried": list(find.tried(text))}
        if email:
            narrowed = find.Narrowed(kind=kind.id if kind else "", state=state, year=str(year or ""))
            everything = find.everything(person(email), text, narrowed, size=limit, door="command")
            of = everything.cases
            found |= {
                "total": of.total,
                "cases": [
                    {"case": h.row.case, "number": h.row.number, "reference": h.row.reference, "kind": h.row.kind,
                     "state": h.row.state, "title": h.title, "parties": list(h.row.parties)}
                    for h in of.hits
                ],
                "parties": [{"name": p.name, "roles": list(p.roles), "cases": p.cases} for p in of.parties],
            }  # fmt: skip
            found["papers"] = [
                {"document": p.document, "name": "".join(text for text, _ in p.name), "case": p.case, "page": p.page}
                for p in everything.papers
            ]
        found["terms"] = [{"id": t.id, "ja": t.ja, "en": t.en} for t in find.terms(text)]
    found["law"] = [
        {"sort": e.sort, "id": e.id, "place": e.place[lang], "label": e.label[lang], "url": e.url} for e in law
    ]
    if as_json:
        show.as_json(found)
        return
    show.lines(_told(found))


def _told(found: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    if "total" in found:
        lines.append(said(T(f"案件 {found['total']}", f"cases {found['total']}")))
        rows = [
            [str(c["number"]), c["reference"], c["kind"], c["state"], "、".join(c["parties"]), c["title"]]
            for c in found["cases"]
        ]
        lines += show.columns(rows)
        lines.append(said(T(f"当事者 {len(found['parties'])}", f"parties {len(found['parties'])}")))
        lines += show.columns([[p["name"], str(p["cases"])] for p in found["parties"]])
        lines.append(said(T(f"書類 {len(found['papers'])}", f"papers {len(found['papers'])}")))
        lines += show.columns([[p["name"], p["case"]] for p in found["papers"]])
    lines.append(said(T(f"用語 {len(found['terms'])}", f"words {len(found['terms'])}")))
    lines += show.columns([[t["ja"], t["en"]] for t in found["terms"]])
    lines.append(said(T(f"法令 {len(found['law'])}", f"law {len(found['law'])}")))
    return lines + show.columns([[e["place"], e["label"]] for e in found["law"]])
