"""Acts by peers: a case of eight acts, each act loads the case, does one thing and commits, on SQLite as we run it.

Run by the Python of an environment of its own (bench/peers/requirements.txt), never by ours: `bench/ledger.py` starts
it and takes the line of JSON it prints: acts a second of CPU and of the clock, by peer. Neither peer knows law, dates
or history: SpiffWorkflow keeps the workflow as one JSON text, django-fsm-2 one word, the state.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

ACTS = ("file", "acknowledge", "join", "recommend", "accept", "leave", "rejoin", "close")
DURABLE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def main() -> None:
    cases = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        found = {"SpiffWorkflow": timed(spiff(Path(folder)), cases), "django-fsm-2": timed(fsm(Path(folder)), cases)}
    sys.stdout.write(json.dumps(found) + "\n")


def timed(case: Callable[[], None], cases: int) -> tuple[float, float]:
    """Acts a second of CPU and a second of the clock."""
    case()  # warm
    cpu, clock = time.process_time(), time.perf_counter()
    for _ in range(cases):
        case()
    count = cases * len(ACTS)
    return count / (time.process_time() - cpu), count / (time.perf_counter() - clock)


def spiff(folder: Path) -> Callable[[], None]:
    """A BPMN process of user tasks, one behind the other; the workflow lies in a row as JSON."""
    import sqlite3

    from SpiffWorkflow.bpmn.parser import BpmnParser
    from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
    from SpiffWorkflow.util.task import TaskState

    steps = ["begin", *ACTS, "end"]
    flows = "".join(f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>'
                    for i, (a, b) in enumerate(pairwise(steps)))  # fmt: skip
    tasks = "".join(f'<manualTask id="{act}" name="{act}"/>' for act in ACTS)
    (folder / "permit.bpmn").write_text(
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="permit">'
        f'<process id="permit" isExecutable="true"><startEvent id="begin"/>{tasks}<endEvent id="end"/>{flows}</process>'
        "</definitions>",
        "utf-8",
    )
    parser = BpmnParser()
    parser.add_bpmn_file(str(folder / "permit.bpmn"))
    spec = parser.get_spec("permit")
    serializer = BpmnWorkflowSerializer()
    base = sqlite3.connect(folder / "spiff.sqlite3", isolation_level=None)
    base.executescript(DURABLE + "CREATE TABLE flow (id INTEGER PRIMARY KEY, body TEXT)")

    def case() -> None:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        row = base.execute("INSERT INTO flow (body) VALUES (?)", (serializer.serialize_json(workflow),)).lastrowid
        for act in ACTS:
            (body,) = base.execute("SELECT body FROM flow WHERE id = ?", (row,)).fetchone()
            workflow = serializer.deserialize_json(body)
            (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
            assert task.task_spec.name == act
            task.data["on"] = "2026-05-07"
            task.run()
            workflow.do_engine_steps()
            base.execute("BEGIN IMMEDIATE")
            base.execute("UPDATE flow SET body = ? WHERE id = ?", (serializer.serialize_json(workflow), row))
            base.execute("COMMIT")
        assert workflow.is_completed()

    return case


def fsm(folder: Path) -> Callable[[], None]:
    """A model with a state field and a transition an act."""
    from django.conf import settings

    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / "fsm.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": DURABLE},
    }
    settings.configure(
        DATABASES={"default": database}, INSTALLED_APPS=[], DEFAULT_AUTO_FIELD="django.db.models.AutoField"
    )
    import django

    django.setup()
    from django.db import connection, models, transaction
    from django_fsm import FSMField, transition

    def step(number: int) -> Callable[[models.Model], None]:
        def method(self: models.Model) -> None:
            self.on = "2026-05-07"

        method.__name__ = ACTS[number]
        source = ACTS[number - 1] if number else "new"
        return transition(field="state", source=source, target=ACTS[number])(method)

    fields = {"state": FSMField(default="new"), "on": models.CharField(max_length=10)}
    meta = type("Meta", (), {"app_label": "peer"})
    steps = {act: step(number) for number, act in enumerate(ACTS)}
    Permit = type("Permit", (models.Model,), {"__module__": "peer", "Meta": meta, **fields, **steps})
    with connection.schema_editor() as editor:
        editor.create_model(Permit)

    def case() -> None:
        key = Permit.objects.create().pk
        for act in ACTS:
            with transaction.atomic(durable=True):
                permit = Permit.objects.select_for_update().get(pk=key)
                getattr(permit, act)()
                permit.save()
        assert Permit.objects.get(pk=key).state == ACTS[-1]

    return case


if __name__ == "__main__":
    main()
