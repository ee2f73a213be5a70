"""The kinds of case the product knows, by name."""

import difflib
from collections.abc import Mapping
from typing import Any

import click

from kaname.cli.language import said
from kaname.files.problems import near
from kaname.law import T
from kaname.procedure.declare import CaseKind, Role


def catalogue() -> Mapping[str, CaseKind]:
    """Every kind by its id."""
    from kaname.regimes import KINDS  # the regimes bring their catalogues along: only commands that need them wait

    return KINDS


def roles(kind: CaseKind) -> dict[str, Role]:
    """Everyone who acts in a kind, or whom a duty or ban of it binds, by id."""
    found: dict[str, Role] = {}
    for p in kind.procedures:
        named = [*(r for a in p.acts for r in a.roles), *(d.by for d in p.duties),
                 *(r for d in p.duties if d.by_fact for _, r in d.by_fact[1]), *(b.binds for b in p.bans)]  # fmt: skip
        found |= {role.id: role for role in named}
    return found


class Kind(click.ParamType[CaseKind]):
    """A kind of case by its id, such as patents.application."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> CaseKind:
        known = catalogue()
        if value in known:
            return known[value]
        hint = near(difflib.get_close_matches(value, known, 3), known)
        text = T(f"「{value}」という事件の種類はない；{hint.ja}", f"there is no kind of case {value!r}; {hint.en}")
        raise click.BadParameter(said(text), ctx, param)
