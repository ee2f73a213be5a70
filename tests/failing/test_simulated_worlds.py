"""Worlds in which much goes wrong (`simulator`): what was promised holds in each, and a broken promise is found."""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from failing import simulator
from failing.simulator import Broken, World
from figures import SOAK, in_parts, seeds, tries
from kaname.ledger import clock, exchange, keys, link, perform, verify
from kaname.ledger.proof import restores, witness

WORLDS, PARTS, STEPS = tries(12, ci=300, soak=20_000), 1 if SOAK else tries(2, ci=10), 200
FEW = 24  # worlds in which a planted fault must be found
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


@pytest.fixture(autouse=True)
def _at_home(small_kinds, monkeypatch):
    monkeypatch.setenv("KANAME_HOME", os.environ["KANAME_HOME"])  # given back after the worlds


@pytest.fixture(scope="session")
def template(sqlite_template, tmp_path_factory):
    return simulator.ledger_alone(sqlite_template, tmp_path_factory.mktemp("worlds") / "template.sqlite3")


def run(seed, template, steps=STEPS):
    with tempfile.TemporaryDirectory(prefix="kaname-world-", dir=_MEMORY) as folder:
        return World(seed, template, Path(folder)).run(steps)


@in_parts(PARTS)
def test_what_was_promised_holds_in_every_world(part, template):
    for seed in seeds(WORLDS // PARTS, part=part):
        try:
            run(seed, template)
        except Exception as broken:
            why = None if isinstance(broken, Broken) else broken
            raise AssertionError(f"world {seed}: {broken}; replay: python tests/failing/simulator.py {seed}") from why


def test_a_world_replays_byte_for_byte_in_another_process_too(sqlite_template, template):
    source = str(Path(__file__).parents[2] / "src")
    env = {**os.environ, "PYTHONPATH": source, "PYTHONHASHSEED": "7", "KANAME_WORLD_TEMPLATE": str(sqlite_template)}
    program = [sys.executable, simulator.__file__, "3", "60"]
    told = subprocess.run(program, env=env, capture_output=True, text=True, check=True).stdout.split()[-1]
    assert told == run(3, template, 60) != run(4, template, 60)


# -- planted: a program that does not keep what it promises ------------------------------------------------------------


def _signature_is_not_looked_at(patch):
    patch.setattr(keys, "is_signed", lambda message, signature, key: True)


def _clock_is_believed(patch):
    patch.setattr(clock, "after", lambda last: clock.now())


def _act_is_no_transaction(patch):
    @contextmanager
    def nothing():
        yield

    patch.setattr(link, "transaction", nothing)


def _commit_comes_after_the_receipt(patch):
    """As with a disk that says it has written: now and then an act is lost after its receipt."""
    write, count = perform._write, []

    def forgets(new, shown, over):
        count.append(1)
        return shown if len(count) % 9 == 0 and new.row.seq > 1 else write(new, shown, over)

    patch.setattr(perform, "_write", forgets)


def _key_is_not_remembered(patch):
    patch.setattr(perform.store, "opened_by", lambda key: None)
    keyed = perform.store.insert_case
    patch.setattr(perform.store, "insert_case", lambda new, series, key: keyed(new, series, new.public_id))


def _receipts_are_not_compared(patch):
    real = verify.verify
    patch.setattr(simulator, "verify", lambda cases=(), **_: real(cases, jobs=1))


def _going_back_is_passed_over(patch):
    real = witness.hear

    def believes(office, told, at):
        if found := real(office, told, at):
            found.delete()

    patch.setattr(witness, "hear", believes)


def _slow_is_taken_for_going_back(patch):
    real = witness.hear
    patch.setattr(witness, "hear", lambda office, told, at: real(office, told, "9999-12-31T23:59:59.999999Z"))


def _what_is_missing_is_not_named(patch):
    patch.setattr(restores, "note", lambda lost: 0)


def _late_entries_are_left_out(patch):
    real = exchange._write
    patch.setattr(exchange, "_write", lambda bundle, held, *new: held or real(bundle, held, *new))


PLANTED = (
    _signature_is_not_looked_at, _clock_is_believed, _act_is_no_transaction, _commit_comes_after_the_receipt,
    _key_is_not_remembered, _receipts_are_not_compared, _going_back_is_passed_over, _slow_is_taken_for_going_back,
    _late_entries_are_left_out, _what_is_missing_is_not_named,
)  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__.strip("_"))
def test_a_program_that_breaks_its_word_is_found(plant, template, monkeypatch):
    plant(monkeypatch)
    for seed in range(FEW):
        try:
            run(seed, template)
        except Broken:
            return
    pytest.fail(f"{FEW} worlds did not find it")
