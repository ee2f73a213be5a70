"""Plans and vendors for the tests of filing: whole ones, from which a test takes something away."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kaname.regimes.infrastructure.catalogue.measures import MEASURES
from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.content import (
    Answer,
    Component,
    Entrustment,
    Facility,
    Party,
    Plan,
    Sort,
)
from kaname.regimes.infrastructure.filing.disclosure import Disclosure

FILING = date(2025, 6, 2)
_SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared")) / "data"


def shared(name: str) -> Path:
    """A file of real data, or a loud skip."""
    found = _SHARED / name
    if not found.exists():
        pytest.skip(f"needs the real data {name} (see KANAME_SHARED)")
    return found


def told(**more: object) -> dict[str, object]:
    """What a vendor says that lacks nothing for a filing on 2 June 2025."""
    return {
        "name": "星野計器", "representative": "星野 ひかり", "address": "東京都千代田区", "country": "JP", "law": "JP",
        "year_end": "03-31", "holders": [{"name": "青空持株", "country": "JP", "ratio": "60"}],
        "officers": [{"name": "星野 ひかり", "birth_date": "1970-01-02", "nationality": "JP"}], "sales": [],
        "factories": [{"address": "長野県諏訪市", "country": "JP"}],
        "certificates": [
            {"sort": "registry", "issued_on": "2025-04-01"},
            {"sort": "officer", "about": 1, "expires_on": "2030-01-01"},
        ],
        **more,
    }  # fmt: skip


def vendor(**more: object) -> Disclosure:
    found, problems = record.read(told(**more))
    assert not problems
    return found


def introduction(*parties: Party) -> Plan:
    """A plan that lacks nothing, of one facility with one component, both by 星野計器."""
    return Plan(
        Sort.INTRODUCTION, "架空電力", Facility("給電指令システム", "系統の監視と制御", "星野計器"), "更新に伴う導入",
        date(2025, 9, 1), None, (Component("指令サーバー", "server", "指令の伝送", "星野計器"),), (),
        {p.key: p for p in parties or (Party("星野計器", vendor()),)}, answers(Sort.INTRODUCTION),
    )  # fmt: skip


def maintenance(*entrustments: Entrustment) -> Plan:
    """A plan of entrusted maintenance; its vendors have all disclosed themselves."""
    given = entrustments or (entrusted("1"),)
    return replace(
        introduction(),
        sort=Sort.MAINTENANCE,
        components=(),
        entrustments=given,
        facility=Facility("給電指令システム", "系統の監視と制御"),
        parties={e.party: Party(e.party, vendor(name=e.party)) for e in given if e.party},
        measures=answers(Sort.MAINTENANCE),
    )


def entrusted(id: str, parent: str = "", **more: object) -> Entrustment:
    values = {"party": f"保守 {id}", "content": "監視", "starts": date(2025, 9, 1), "ends": date(2027, 3, 31), **more}
    return Entrustment(id, parent=parent, **values)


def answers(sort: Sort) -> dict[str, Answer]:
    return {id: Answer("implemented") for id, m in MEASURES.items() if sort.value in m.plans}


def ids(found) -> list[str]:
    return [f.id for f in found]
