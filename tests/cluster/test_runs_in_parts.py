"""Runs in parts: the same bits wherever they run, whoever dies meanwhile; broken off and gone on with."""

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from cluster_works import Elsewhere, Sums

from kaname.cluster import Checkpoint, ClusterError, run
from kaname.cluster import checkpoint as checkpoints
from kaname.cluster.here import Here
from kaname.files import arrays
from kaname.files.problems import BadInput
from kaname.law import T


class InTurn:
    """One after the other in this process, in an order of its own; stops after `most`."""

    workers = 1

    def __init__(self, order=list, most: int = 1_000) -> None:
        self.order, self.most, self.asked = order, most, []

    def results(self, work, parts):
        for part in self.order(parts):
            if len(self.asked) == self.most:
                raise ClusterError(T("止めた", "stopped"))
            self.asked.append(part)
            yield part, work.run(part, tuple(Path(one.path) for one in work.inputs))


def bits(kept: Checkpoint) -> list[bytes]:
    return [b"".join(kept.read(p)[name].tobytes() for name in ("sum", "cube", "name")) for p in range(kept.parts)]


@pytest.fixture
def expected(tmp_path, numbers) -> list[bytes]:
    kept = Checkpoint(tmp_path / "expected", Sums(numbers))
    run(Sums(numbers), InTurn(), kept)
    return bits(kept)


def test_processes_give_the_same_bits_and_a_killed_one_is_replaced(tmp_path, numbers, expected):
    marks = tmp_path / "marks"
    marks.mkdir()
    work, said = Sums(numbers, deadly=5, deaths=2, marks=str(marks)), []
    kept = Checkpoint(tmp_path / "run", work)
    run(work, Here(2), kept, said.append)
    assert bits(kept) == expected
    assert len(list(marks.iterdir())) == 2
    assert [how.done for how in said] == list(range(13))


def test_a_part_that_kills_every_process_is_named(tmp_path, numbers):
    marks = tmp_path / "marks"
    marks.mkdir()
    work = Sums(numbers, deadly=0, deaths=99, marks=str(marks))
    with pytest.raises(ClusterError, match="died 3 times around part 0"):
        run(work, Here(1), Checkpoint(tmp_path / "run", work))


def test_a_run_broken_off_goes_on_where_it_stood(tmp_path, numbers, expected):
    work, folder = Sums(numbers), tmp_path / "run"
    with pytest.raises(ClusterError):
        run(work, InTurn(most=5), Checkpoint(folder, work))
    (folder / ".part-000005.99").write_bytes(b"half of a pa")  # what was being written
    second = InTurn(order=reversed)
    kept = Checkpoint(folder, work)
    run(work, second, kept)
    assert sorted(second.asked) == list(range(5, 12))
    assert bits(kept) == expected


@pytest.mark.parametrize("harm", ["cut", "changed", "of another part", "renamed"])
def test_a_part_that_was_harmed_is_computed_anew(tmp_path, numbers, expected, harm):
    work, folder = Sums(numbers), tmp_path / "run"
    run(work, InTurn(), Checkpoint(folder, work))
    third, fourth = (next(folder.glob(f"part-{n:06}.*")) for n in (3, 4))
    data = third.read_bytes()
    if harm == "cut":
        third.write_bytes(data[:-64])
    elif harm == "changed":
        third.write_bytes(data[:-100] + bytes([data[-100] ^ 1]) + data[-99:])
    elif harm == "of another part":
        shutil.copy(fourth, folder / f"part-000003.{fourth.suffix[1:]}")
        third.unlink()
    else:
        third.rename(folder / "part-000003")
    again = InTurn()
    kept = Checkpoint(folder, work)
    run(work, again, kept)
    assert (again.asked, bits(kept)) == ([3], expected)


def test_another_run_s_folder_is_refused(tmp_path, numbers):
    Checkpoint(tmp_path / "run", Sums(numbers))
    with pytest.raises(ClusterError, match="belongs to another run"):
        Checkpoint(tmp_path / "run", Sums(numbers, size=13))
    other = tmp_path / "others"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    with pytest.raises(ClusterError, match="holds other things"):
        Checkpoint(other, Sums(numbers))
    assert (other / "letter.txt").read_text() == "mine"


def test_a_full_disk_is_told_and_what_was_finished_stays(tmp_path, numbers, expected, monkeypatch):
    work, folder = Sums(numbers), tmp_path / "run"
    free = iter([1 << 40] * 4)
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(checkpoints.shutil, "disk_usage", lambda _: usage._replace(free=next(free, 0)))
        with pytest.raises(ClusterError, match="is full; what was finished is kept"):
            run(work, InTurn(), Checkpoint(folder, work))
    kept = Checkpoint(folder, work)
    assert kept.left == list(range(4, 12))
    run(work, InTurn(), kept)
    assert bits(kept) == expected


@pytest.mark.parametrize("order", [list, reversed, lambda parts: sorted(parts, key=lambda p: (p * 7) % 12)])
def test_the_order_in_which_parts_come_changes_nothing(tmp_path, numbers, expected, order):
    kept = Checkpoint(tmp_path / "run", Sums(numbers))
    run(Sums(numbers), InTurn(order), kept)
    assert bits(kept) == expected


# -- the file of arrays ------------------------------------------------------------------------------------------------


def test_arrays_come_back_as_they_were(tmp_path):
    given = {
        "none": np.zeros((0, 3)), "one": np.float64(2.5), "big": np.arange(10, dtype=">i4"),
        "turned": np.asfortranarray(np.arange(6.0).reshape(2, 3)), "yes": np.array([True, False]),
    }  # fmt: skip
    digest = arrays.write(tmp_path / "a", given, {"of": "甲"})
    assert digest == arrays.digest_of(tmp_path / "a")
    found = arrays.mapped(tmp_path / "a")
    assert found.about == {"of": "甲"}
    assert list(found.arrays) == sorted(given)
    for name, array in given.items():
        np.testing.assert_array_equal(found.arrays[name], array)
        assert found.arrays[name].shape == np.shape(array)
    with pytest.raises(ValueError):
        found.arrays["big"][0] = 1
    with pytest.raises(ValueError, match="expected numbers"):
        arrays.write(tmp_path / "b", {"text": np.array(["a"])})


def test_a_file_cut_anywhere_is_refused(tmp_path):
    arrays.write(tmp_path / "a", {"x": np.arange(40.0), "y": np.arange(9)})
    data = (tmp_path / "a").read_bytes()
    for size in [*range(0, 200, 7), *range(200, len(data) - 63, 31), len(data) - 64]:
        (tmp_path / "cut").write_bytes(data[:size])
        with pytest.raises(BadInput):
            arrays.mapped(tmp_path / "cut")
    for wrong in (data.replace(b'"<i8"', b'"|O8"'), data.replace(b"[40]", b"[-4]"), data.replace(b"[40]", b"[9e9]")):
        (tmp_path / "wrong").write_bytes(wrong)
        with pytest.raises(BadInput):
            arrays.mapped(tmp_path / "wrong")


# -- a cluster ---------------------------------------------------------------------------------------------------------


def test_a_cluster_gives_the_same_bits_while_workers_and_scheduler_go_and_come(tmp_path, numbers, expected, machines):
    """A worker is killed, another one joins, the scheduler is started anew."""
    from kaname.cluster.dask import Cluster

    scheduler = machines.scheduler()
    first, _ = machines.worker(), machines.worker()
    work, said = Sums(numbers, slow=0.3), []
    kept, where = Checkpoint(tmp_path / "run", work), Cluster(machines.address, at_first=240)

    def begin_anew():
        machines.scheduler()
        machines.worker()  # the others end with their scheduler

    def meanwhile(how):
        said.append(how.done)
        if how.done == 2:
            first.kill()
            machines.worker(tmp_path / "elsewhere")
        if how.done == 6:
            scheduler.kill()
            scheduler.wait()
            threading.Timer(0.5, begin_anew).start()

    run(work, where, kept, meanwhile)
    where.close()
    assert bits(kept) == expected
    assert said == list(range(13))


def test_a_machine_without_the_file_is_sent_it(tmp_path, numbers, expected, machines):
    from kaname.cluster.dask import Cluster

    machines.scheduler()
    machines.worker(tmp_path / "elsewhere")
    where = Cluster(machines.address, at_first=240)
    kept = Checkpoint(tmp_path / "run", Sums(numbers))
    run(Elsewhere(numbers), where, kept)
    where.close()
    assert bits(kept) == expected
    assert arrays.digest_of(tmp_path / "elsewhere" / numbers.digest) == numbers.digest


def test_nobody_at_the_address_is_told():
    from kaname.cluster.dask import Cluster

    with pytest.raises(ClusterError, match=r"no answer from the cluster at tcp://127\.0\.0\.1:9"):
        Cluster("tcp://127.0.0.1:9", at_first=1)
    with pytest.raises(ClusterError, match="is no address"):
        Cluster("nowhere://x", at_first=1)
