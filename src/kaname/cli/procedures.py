"""`kaname procedures`: every procedure of the Act that the product runs."""

import difflib
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from kaname.cli import params, show
from kaname.cli.case_days import CaseDay
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import catalogue
from kaname.cli.language import language
from kaname.files.problems import BadInput, Problem, near
from kaname.law import Lang, T
from kaname.procedure.declare import Act, CaseKind, Procedure

_ABOUT = T("手続の一覧。その日に規定のある行為と、状態と、その日の版。",
           "The procedures in force on a day, with their acts, states and version.")  # fmt: skip


@bilingual("procedures", _ABOUT, "kaname procedures patents", "kaname procedures --as-of 2024-06-04 --json")
@argument(
    "regime",
    T(
        "制度（patents、infrastructure、supply、technology、general）",
        "patents, infrastructure, supply, technology, general",
    ),
    required=False,
)
@option(
    "--as-of",
    type=CaseDay(),
    about=T("この日の規定（既定は日本の今日）", "the law of this day (default: today in Japan)"),
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(regime: str | None, as_of: date | None, as_json: bool) -> None:
    day = as_of or params.today()
    kinds = list(_of_regime(regime, catalogue().values()))
    found = [(k, p) for k in kinds if k.in_force <= day for p in k.procedures]
    if as_json:
        show.as_json([_data(k, p, day) for k, p in found])
    else:
        show.lines(_text(found, day, language()))


def _of_regime(regime: str | None, kinds: Iterable[CaseKind]) -> Iterable[CaseKind]:
    kinds = list(kinds)
    known = list(dict.fromkeys(k.regime for k in kinds))
    if regime is not None and regime not in known:
        hint = near(difflib.get_close_matches(regime, known), known)
        text = T(f"「{regime}」という制度はない；{hint.ja}", f"there is no regime {regime!r}; {hint.en}")
        raise BadInput([Problem("REGIME", 0, "", text)])
    return (k for k in kinds if regime in (None, k.regime))


def _data(kind: CaseKind, procedure: Procedure, day: date) -> dict[str, Any]:
    return {
        "regime": kind.regime, "kind": kind.id, "procedure": procedure.id,
        "acts": [f"{procedure.id}.{act.id}" for act in procedure.acts if _exists(act, day)],
        "states": list(procedure.states), "version": kind.version(day).isoformat(),
    }  # fmt: skip


def _exists(act: Act, day: date) -> bool:
    return not ((act.since and day < act.since) or (act.until and day > act.until))


def _text(found: list[tuple[CaseKind, Procedure]], day: date, lang: Lang) -> list[str]:
    if not found:
        return [T(f"{day} に施行されている手続はない", f"no procedure is in force on {day}")[lang]]
    lines = []
    for kind, group in groupby(found, key=lambda pair: pair[0]):
        version = kind.version(day)
        lines += [
            "",
            T(
                f"{kind.id}  {kind.label.ja}（{version} からの規定）",
                f"{kind.id}  {kind.label.en} (rules of {version})",
            )[lang],
        ]
        lines += show.columns([_row(p, day, lang) for _, p in group])
    return lines[1:]


def _row(p: Procedure, day: date, lang: Lang) -> list[str]:
    acts = sum(_exists(act, day) for act in p.acts)
    return [p.id, p.label[lang], T(f"行為 {acts}・状態 {len(p.states)}", f"acts {acts}, states {len(p.states)}")[lang]]
