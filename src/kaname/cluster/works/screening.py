"""Screening a whole nation's applications anew: each batch of a docket is a part."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kaname.assess.ipc import official
from kaname.cluster.checkpoint import Checkpoint
from kaname.cluster.work import Arrays, Input
from kaname.files.batches import Batch, Fault
from kaname.law import T, Text
from kaname.regimes.patents.columns import OUTPUT
from kaname.regimes.patents.docket_file import Tally, screen
from kaname.regimes.patents.items import VERSIONS


@dataclass(frozen=True, slots=True)
class Screening:
    """`docket`: the batches of the file as read; `symbols`: WIPO's list where it is not the one shipped."""

    docket: Input
    batches: int
    as_of: str
    symbols: Input | None = None

    @classmethod
    def of(cls, batches: Iterator[Batch], folder: Path, as_of: date | None, symbols: Path | None) -> "Screening":
        """Lay the docket out as a file in `folder`, while it is read. Raises OSError, BadInput."""
        place, count = folder / "docket.arrow", 0
        with place.open("wb") as out:
            writer = schema = None
            for batch in batches:
                if writer is None:
                    schema = pa.schema([(name, pa.string()) for name in batch.columns])
                    writer = pa.ipc.new_file(out, schema)
                faults = {"first": str(batch.first), "faults": json.dumps([_plain(f) for f in batch.faults])}
                table = pa.record_batch([c.cast(pa.string()) for c in batch.columns.values()], schema=schema)
                writer.write_batch(table, custom_metadata=faults)
                count += 1
            if writer is not None:
                writer.close()
        listed = Input.of(symbols) if symbols else None
        return cls(Input.of(place), count, as_of.isoformat() if as_of else "", listed)

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.docket, self.symbols) if self.symbols else (self.docket,)

    @property
    def parts(self) -> int:
        return self.batches

    def about(self) -> dict[str, Any]:
        versions = [version.since.isoformat() for version in VERSIONS]
        return {"name": "screening/1", "batches": self.batches, "as_of": self.as_of, "versions": versions}

    def run(self, part: int, paths: tuple[Path, ...]) -> Arrays:
        from kaname.regimes.patents.docket import Docket  # brings a compiler along

        listed = None
        if self.symbols:
            with paths[1].open(encoding="utf-8-sig") as lines:
                listed = official(paths[1].name, lines)
        docket = Docket(listed, date.fromisoformat(self.as_of) if self.as_of else None)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, OUTPUT) as out:
            tally = screen(iter([_batch(paths[0], part)]), docket, lambda table: out.write_batch(table()))
        return {"table": np.frombuffer(sink.getvalue(), np.uint8), "tally": _bytes(_tally_out(tally))}


def _batch(docket: Path, number: int) -> Batch:
    table, said = pa.ipc.open_file(pa.memory_map(str(docket))).get_batch_with_custom_metadata(number)
    faults = [_fault(one) for one in json.loads(said[b"faults"])]
    return Batch(dict(zip(table.schema.names, table.columns, strict=True)), int(said[b"first"]), faults)


def tables(kept: Checkpoint) -> Iterator[pa.RecordBatch]:
    """The output, in the order of the file."""
    for part in range(kept.parts):
        yield from pa.ipc.open_stream(pa.py_buffer(kept.read(part)["table"]))


def tallied(kept: Checkpoint, most: int) -> Tally:
    """What all parts have come to together; the first `most` faults."""
    whole = Tally()
    for part in range(kept.parts):
        told = json.loads(bytes(kept.read(part)["tally"]))
        whole.rows += told["rows"]
        whole.counts += Counter({(outcome, field): n for outcome, field, n in told["counts"]})
        whole.bad += Counter(told["bad"])
        whole.faults += [_fault(one) for one in told["faults"][: max(most - len(whole.faults), 0)]]
    return whole


def _tally_out(tally: Tally) -> dict[str, Any]:
    counts = sorted((outcome, field, n) for (outcome, field), n in tally.counts.items())
    faults = [_plain(fault) for fault in tally.faults]
    return {"rows": tally.rows, "counts": counts, "bad": dict(tally.bad), "faults": faults}


def _bytes(value: Any) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), np.uint8)


def _plain(fault: Fault) -> dict[str, Any]:
    """A fault as JSON."""
    found = [fault.found.ja, fault.found.en] if isinstance(fault.found, Text) else fault.found
    return asdict(fault) | {"found": found, "expected": [fault.expected.ja, fault.expected.en]}


def _fault(told: dict[str, Any]) -> Fault:
    found = told["found"]
    return Fault(**told | {"found": T(*found) if isinstance(found, list) else found, "expected": T(*told["expected"])})
