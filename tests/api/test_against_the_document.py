"""Whatever is sent, the API answers as its OpenAPI document says: no 500, no status, type or shape that is not there.

Schemathesis makes requests out of the document, sound and unsound ones, in this process. Three requests in four name a
case that exists, so that they reach what lies behind the door. Sound requests may be refused: that is for the law.
"""

import json
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.calls import ACKNOWLEDGE, Caller
from api.conftest import made_world
from figures import tries
from kaname.access import api as access
from kaname.access.tokens import Scope
from kaname.api import rate
from kaname.api.problems import Problem

EXAMPLES = tries(4, ci=8)


@schemathesis.serializer("application/zip")
def _as_it_is(context, value):
    """A file is sent as the bytes that were made for it."""
    return value.data if hasattr(value, "data") else bytes(str(value), "utf-8", "surrogatepass")


# As committed, which is what is served (test_problems): read in no time, where making it takes seconds.
PATHS = json.loads((Path(__file__).parents[2] / "docs/openapi.json").read_text(encoding="utf-8"))["paths"]
OPERATIONS = sorted((path, method) for path, methods in PATHS.items() for method in methods)


@cache
def operations():
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    return {(o.ok().path, o.ok().method.lower()): o.ok() for o in schema.get_all_operations()}


def ask(path, method, mode, world, examples=EXAMPLES):
    """Requests made for one operation; an answer that is not as documented raises FailureGroup."""
    operation, (headers, values) = operations()[path, method], world

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def each(case):
        rate.forget()
        for name in set(case.path_parameters or {}) & set(values):
            case.path_parameters[name] = next(values[name])
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    each()


def peopled():
    """A case, a token that may do everything, and names that lead to something."""
    world = made_world()
    world.mandate("admin", "applicant", sealed=True)
    world.mandate("admin", "minister")
    token = world.token("admin", *Scope)
    caller = Caller(token)
    case = caller.open()["case"]
    caller.post(f"/cases/{case}/acts", ACKNOWLEDGE, "key-of-the-act")
    values = {"case": cycle([case, case, case, "absent"]), "kind": cycle(["small.permit", "none"]),
              "act": cycle(["permit.apply", "permit.none"])}  # fmt: skip
    return {"Authorization": f"Bearer {token}"}, values


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=lambda part: part)
def test_each_operation_answers_as_documented(sqlite_office, path, method, mode):
    ask(path, method, mode, peopled())


@pytest.mark.parametrize(("path", "method"), [o for o in OPERATIONS if "case" in o[0]], ids=lambda part: part)
def test_what_reads_and_writes_cases_does_so_on_postgresql(postgresql_office, path, method):
    ask(path, method, GenerationMode.POSITIVE, peopled(), 4)


@pytest.mark.parametrize("fault", [Problem("full"), RuntimeError("planted")], ids=["undocumented status", "fault"])
def test_a_planted_fault_is_found(sqlite_office, monkeypatch, fault):
    def planted(*_):
        raise fault

    world = peopled()
    monkeypatch.setattr(access, "mandates", planted)
    with pytest.raises(FailureGroup):
        ask("/api/v1/me", "get", GenerationMode.POSITIVE, world)
