"""What an input-output table says of how sectors hang together: the inverses of Leontief and Ghosh.

Domestic flows are the table's, less the imported part of each row, the same for every buyer (no published table of
Japan says who uses which imports). Demand pulls: x = (I - A)^-1 f. Supply pushes: x' = v' (I - B)^-1 (Ghosh 1958; here
a bound on what a lost input costs, not a forecast).
"""

from dataclasses import dataclass

import numpy as np

from kaname.assess.network.io_table import F64, IoTable
from kaname.files.problems import BadInput, Problem
from kaname.law import T


@dataclass(frozen=True, slots=True)
class Domestic:
    """Domestic flows of a table. `a[i, j]`: domestic i for a unit of j; `b[i, j]`: part of i's output going to j."""

    table: IoTable
    flows: F64
    imported: F64
    a: F64
    b: F64
    leontief: F64
    ghosh: F64

    @property
    def output(self) -> F64:
        return self.table.output

    @property
    def final(self) -> F64:
        """What of each sector's output no other sector buys: final demand for the domestic product."""
        found: F64 = self.output - self.flows.sum(axis=1)
        return found

    def output_for(self, final: F64) -> F64:
        """The output that some final demand asks for, directly and through inputs."""
        found: F64 = self.leontief @ final
        return found

    def output_from(self, primary: F64) -> F64:
        """The output that some primary inputs, value added and imports, allow for when the shares of buyers stay."""
        found: F64 = primary @ self.ghosh
        return found

    @property
    def backward(self) -> F64:
        """Rasmussen's power of dispersion: what a unit of final demand sets off, over the mean sector's."""
        sums: F64 = self.leontief.sum(axis=0)
        found: F64 = sums / sums.mean()
        return found

    @property
    def forward(self) -> F64:
        """The same forward, by the rows of the inverse of Ghosh."""
        sums: F64 = self.ghosh.sum(axis=1)
        found: F64 = sums / sums.mean()
        return found


def domestic(table: IoTable) -> Domestic:
    """The domestic part of a table. Raises BadInput where the table feeds more into itself than it makes."""
    whole = np.maximum(table.between, 0.0)
    share = table.import_share[:, None]
    flows, imported = whole * (1 - share), whole * share
    output = table.output
    with np.errstate(divide="ignore", invalid="ignore"):
        a = np.where(output[None, :] > 0, flows / output[None, :], 0.0)  # nothing made: no part
        b = np.where(output[:, None] > 0, flows / output[:, None], 0.0)
    return Domestic(table, flows, imported, a, b, _inverse(table, a), _inverse(table, b))


def _inverse(table: IoTable, part: F64) -> F64:
    """(I - part)^-1, which must have no negative cell (Hawkins and Simon's condition)."""
    size = len(table)
    try:
        found = np.linalg.inv(np.eye(size) - part)
    except np.linalg.LinAlgError:
        found = np.full((size, size), -1.0)
    if (found < -1e-9).any():
        worst = int(np.argmax(np.maximum(part.sum(axis=0), part.sum(axis=1))))
        wrong = T(f"部門 {table.codes[worst]} {table.names[worst]} の投入が産出を超え、逆行列がない；表を確かめる",
                  f"sectors use more than they make (largest: {table.codes[worst]} {table.names[worst]}); the inverse"
                  " has no meaning; check the table")  # fmt: skip
        raise BadInput([Problem(table.name, 0, "sector", wrong)])
    clipped: F64 = np.maximum(found, 0.0)
    return clipped
