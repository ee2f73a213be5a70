"""Notes and the checklist over the API: the same rights as on the pages."""

import pytest

from api.calls import Caller, is_problem

KEY = {"idempotency-key": "x"}


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo", "read", "act", "sealed"))


def test_a_note_is_written_and_read_and_hidden_from_others(world, kumo):
    case = kumo.open()["case"]
    made = kumo.post(f"/cases/{case}/notes", {"text": "控え", "shared": False})
    assert made.status_code == 201, made.content
    (note,) = kumo.get(f"/cases/{case}/notes").json()["notes"]
    assert (note["note"], note["text"], note["mine"], note["versions"]) == (made.json()["note"], "控え", True, 1)
    is_problem(kumo.post(f"/cases/{case}/notes", {"text": " "}), 422, "invalid")
    is_problem(kumo.get(f"/cases/{'a' * 26}/notes"), 404, "not_found")


def test_a_line_is_ticked_once(kumo):
    case = kumo.open()["case"]
    for _ in range(2):
        (tick,) = kumo.post(f"/cases/{case}/checklist", {"key": "duty/x"}).json()["ticks"]
        assert tick["done"] and tick["key"] == "duty/x"
    assert kumo.get(f"/cases/{case}/checklist").json()["lines"] == []
