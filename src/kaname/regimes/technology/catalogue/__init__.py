"""The catalogues of Chapter 4 as data: programmes, visions and their technologies.

Whatever can change without a new kind of step stands here, dated, with its source and how well it is secured; the
procedures read it.
"""

from kaname.regimes.technology.catalogue.programmes import AGENCIES, PROGRAMMES
from kaname.regimes.technology.catalogue.technologies import DOMAINS, TECHNOLOGIES, technologies
from kaname.regimes.technology.catalogue.visions import VISIONS, visions

__all__ = ["AGENCIES", "DOMAINS", "PROGRAMMES", "TECHNOLOGIES", "VISIONS", "technologies", "visions"]
