"""The register of certified plans: imported from what ministries publish, and read off the office's own cases."""

from kaname.regimes.supply.register.counts import Counted, counted
from kaname.regimes.supply.register.plan import Certified, of_standing
from kaname.regimes.supply.register.reading import read
from kaname.regimes.supply.register.sifting import Asked, sifted

__all__ = ["Asked", "Certified", "Counted", "counted", "of_standing", "read", "sifted"]
