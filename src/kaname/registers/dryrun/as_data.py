"""A dry run as plain data in one language."""

from typing import Any

from kaname.law import Lang
from kaname.registers.compare.as_data import change
from kaname.registers.dryrun.model import DryRun


def as_data(found: DryRun, lang: Lang) -> dict[str, Any]:
    """`moved`: periods whose last day would be another; `begins`: those of the first matter of the new version."""
    return {
        "version": found.coming.id, "label": found.coming.label[lang], "from": found.since.isoformat(),
        "latest": found.coming.latest.isoformat() if found.coming.latest else None,
        "businesses_named": len(found.coming.sector.businesses), "designated": found.designated,
        "kinds": [{"kind": id, "label": label[lang], "version_now": version.isoformat()}
                  for id, label, version in found.versions],
        "affected": [{"kind": a.kind, "label": a.label[lang], "state": a.state[lang], "cases": a.cases}
                     for a in found.affected],
        "moved": [change(c, lang) for c in found.moved], "folded": found.folded, "more": found.more,
        "begins": [{"id": b.id, "label": b.label[lang], "first": b.first.isoformat(), "last": b.last.isoformat()}
                   for b in found.begins],
    }  # fmt: skip
