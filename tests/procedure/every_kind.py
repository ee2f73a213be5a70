"""Every kind there is: the invented one, and those of each regime that has any."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from small_kinds import PERMIT

import kaname.regimes

REGIMES = [m.name for m in iter_modules(kaname.regimes.__path__) if find_spec(f"kaname.regimes.{m.name}.kinds")]
KINDS = [PERMIT, *(kind for r in REGIMES for kind in import_module(f"kaname.regimes.{r}.kinds").KINDS)]
IDS = [kind.id for kind in KINDS]
