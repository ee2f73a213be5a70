"""Health care (医療): added to Art. 50(1) by Act No. 38 of 2026, not in force (note 0341). Nothing of it is law yet."""

from datetime import date

from kaname.law import T
from kaname.law.dated import Confidence
from kaname.law.laws import art
from kaname.regimes.infrastructure.catalogue.energy import MHLW
from kaname.regimes.infrastructure.catalogue.model import Competence, Sector

HEALTH_CARE = Sector(
    "health_care", "SEC16_HEALTHCARE_FUTURE", T("医療", "health care"), art("50(1)")[0], None,
    (Competence(MHLW, "mhlw", date(2026, 6, 17)),), (), ("act", "mhlw_2025", "reform_2026"), Confidence.MEDIUM,
    at_latest=date(2027, 12, 16), note=341)

SECTORS = (HEALTH_CARE,)
