"""Long calculations in parts: on the processes of this machine, or on the machines of a cluster (Dask distributed).

A `Work` is cut into parts that know nothing of each other; how many there are, and what each computes, does not depend
on where it runs. Every finished part lies in a folder (`Checkpoint`) before the next is counted: a run that was broken
off goes on where it stood, and gives the same results to the last bit, whatever number of workers came and went.
"""

from kaname.cluster.checkpoint import Checkpoint
from kaname.cluster.errors import ClusterError
from kaname.cluster.run import Told, run
from kaname.cluster.work import Arrays, Input, Work

__all__ = ["Arrays", "Checkpoint", "ClusterError", "Input", "Told", "Work", "run"]
