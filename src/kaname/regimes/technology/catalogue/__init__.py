"""The catalogues of Chapter 4 as data: programmes, visions and their technologies, calls, projects, money, councils.

Whatever can change without a new kind of step stands here, dated, with its source and how well it is secured. The
procedures read it, and so does the picture of the Act: each function of a day answers what had surely come by it.
"""

from kaname.regimes.technology.catalogue.calls import CALLS, calls
from kaname.regimes.technology.catalogue.councils import TYPICAL_MEMBERS, councils
from kaname.regimes.technology.catalogue.fields import GUIDELINE_FIELDS
from kaname.regimes.technology.catalogue.funding import MONEY, budgets, placed
from kaname.regimes.technology.catalogue.programmes import AGENCIES, PROGRAMMES
from kaname.regimes.technology.catalogue.projects import PROJECTS, adopted, projects
from kaname.regimes.technology.catalogue.technologies import (
    DOMAINS,
    EVIDENCE,
    TECHNOLOGIES,
    by_domain,
    by_vision,
    counts,
    technologies,
)
from kaname.regimes.technology.catalogue.timeline import EVENTS, events
from kaname.regimes.technology.catalogue.visions import VISIONS, visions

__all__ = [
    "AGENCIES", "CALLS", "DOMAINS", "EVENTS", "EVIDENCE", "GUIDELINE_FIELDS", "MONEY", "PROGRAMMES", "PROJECTS",
    "TECHNOLOGIES", "TYPICAL_MEMBERS", "VISIONS", "adopted", "budgets", "by_domain", "by_vision", "calls", "councils",
    "counts", "events", "placed", "projects", "technologies", "visions",
]  # fmt: skip
