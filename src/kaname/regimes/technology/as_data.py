"""The register of secrecy and the board as data, for API and command line alike."""

from typing import Any

from kaname.law import Lang
from kaname.regimes.technology.catalogue import DOMAINS
from kaname.regimes.technology.catalogue.technologies import Technology
from kaname.regimes.technology.secrecy import Bound


def technology(of: Technology, lang: Lang) -> dict[str, Any]:
    """`vision_verified`: whether a dated source says which vision names it."""
    return {
        "technology": of.id, "name": of.label[lang], "domain": of.domain, "domain_name": DOMAINS[of.domain][lang],
        "group": of.group[lang], "vision": of.vision, "since": of.since.isoformat(),
        "vision_verified": of.vision_verified, "confidence": of.confidence.value,
    }  # fmt: skip


def bound(of: Bound) -> dict[str, Any]:
    """A person bound; `left_on` ends the work, not the duty."""
    return {
        "person": of.person, "organisation": of.organisation, "by": of.by, "name": of.name, "member": of.member,
        "since": of.since.isoformat(), "explained_on": _iso(of.explained_on), "consented_on": _iso(of.consented_on),
        "suspended_since": _iso(of.suspended_since), "left_on": _iso(of.left_on), "penalty": of.penalty,
        "in_hand": [{"item": h.item, "title": h.title, "secret": h.secret} for h in of.in_hand],
    }  # fmt: skip


def _iso(day: Any) -> str | None:
    return day.isoformat() if hasattr(day, "isoformat") else day or None
