"""`kaname technology list`: the technologies that the visions decided by a day name, and how well that is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from kaname.cli import params, show
from kaname.cli.group import bilingual, option
from kaname.cli.language import language
from kaname.law import Lang, T
from kaname.regimes.technology.catalogue import DOMAINS, EVIDENCE, VISIONS, counts, technologies
from kaname.regimes.technology.catalogue.technologies import Technology

_ABOUT = T(
    """その日までに決定された研究開発ビジョンの技術。区分に日付のある資料の裏付けがないものは「未確認」とする（論点401）。""",
    """The technologies of the R&D visions decided by a day. Where no dated source backs the division into visions, it
is marked unverified (question 401).""",
)
_UNVERIFIED = T("未確認", "unverified")


@bilingual("list", _ABOUT, "kaname technology list --as-of 2024-06-04", "kaname technology list --domain bio --json")
@option(
    "--as-of", type=params.Day(), metavar="DAY", about=T("この日の（既定は今日）", "as of this day (default: today)")
)
@option("--domain", type=click.Choice(list(DOMAINS)), about=T("領域", "domain"))
@option("--vision", type=click.Choice([str(n) for n in VISIONS]), about=T("ビジョンの次数", "number of the vision"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(as_of: date | None, domain: str | None, vision: str | None, as_json: bool) -> None:
    day = as_of or params.today()
    found = [
        t for t in technologies(day) if domain in (None, t.domain) and (vision is None or t.vision == int(vision))
    ]  # fmt: skip
    if as_json:
        show.as_json([data(t, language()) for t in found])
    else:
        show.lines(told(found, day, language()))


def data(t: Technology, lang: Lang) -> Mapping[str, Any]:
    return {
        "id": t.id, "label": t.label[lang], "domain": t.domain, "group": t.group[lang], "vision": t.vision,
        "since": t.since.isoformat(), "vision_verified": t.vision_verified, "confidence": t.confidence.value,
        "evidence": [EVIDENCE[code][0][lang] for code in t.evidence], "sources": [s.label[lang] for s in t.sources],
    }  # fmt: skip


def told(found: list[Technology], day: date, lang: Lang) -> list[str]:
    by = counts(day)
    heads = ["", *(v.label[lang] for v in VISIONS.values())]
    table = [heads, *([DOMAINS[d][lang], *(str(by[d, v]) for v in VISIONS)] for d in DOMAINS)]
    rows = [
        [t.id, t.label[lang], t.named_in.label[lang], "" if t.vision_verified else _UNVERIFIED[lang]] for t in found
    ]  # fmt: skip
    title = T(f"{day} までに決定されたビジョンの技術（{sum(by.values())}）",
              f"technologies of the visions decided by {day} ({sum(by.values())})")  # fmt: skip
    return [title[lang], *show.columns(table), "", *show.columns(rows)]
