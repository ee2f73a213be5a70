"""Every wrong request has its problem: a stable code, both languages, nothing of the inside; never a 500."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from ninja import Schema

from api.calls import APPLY, Caller, is_problem
from kaname.access import api as access
from kaname.access.models import Mandate
from kaname.access.tokens import Scope
from kaname.api import build
from kaname.law import T
from kaname.ledger.errors import Busy, CommitUnknown, Destroyed, Full, StartRefused

KEY = "my-key-0001"


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo"))


def test_without_a_token_nothing_is_told(world):
    token = world.token("kumo")
    for caller in (
        Caller(),
        Caller(token + "x"),
        Caller(authorization=f"Basic {token}"),
        Caller(authorization="Bearer"),
    ):
        for path in ("/cases", "/me", "/cases/" + "a" * 26):
            answer = caller.get(path)
            is_problem(answer, 401, "token")
            assert answer["WWW-Authenticate"].startswith("Bearer")
    is_problem(Caller().post("/cases", b"{not json", KEY), 401, "token")


def test_each_operation_asks_for_its_scope(world):
    reader, exporter = Caller(world.token("kumo", "read")), Caller(world.token("kumo", "export"))
    case = Caller(world.token("kumo")).open()["case"]
    wrong = is_problem(reader.post("/cases", APPLY, KEY), 403, "scope")
    assert "act" in wrong["detail"]
    is_problem(reader.post(f"/cases/{case}/acts", {"act": "permit.withdraw", "on": "2026-05-09"}, KEY), 403, "scope")
    is_problem(reader.get(f"/cases/{case}/bundle", {"to": "0" * 64}), 403, "scope")
    is_problem(exporter.get(f"/cases/{case}"), 403, "scope")
    is_problem(exporter.post("/bundles", b"x", content_type="application/octet-stream"), 403, "scope")
    assert reader.get(f"/cases/{case}").status_code == 200


def test_an_administrators_scope_ends_with_the_office(world):
    admin = Caller(world.token("admin", *Scope))
    is_problem(admin.post("/bundles", b"x", content_type="application/octet-stream"), 422, "bundle")
    world.admin.administers = False
    world.admin.save()
    is_problem(admin.post("/bundles", b"x", content_type="application/octet-stream"), 403, "scope")


def test_a_right_that_ended_is_gone_with_the_next_call(world, kumo):
    case = kumo.open()["case"]
    assert kumo.get(f"/cases/{case}").status_code == 200
    Mandate.objects.filter(person=world.kumo).update(valid_until="2025-01-01")
    is_problem(kumo.get(f"/cases/{case}"), 404, "not_found")
    is_problem(kumo.post("/cases", APPLY, KEY), 403, "mandate")
    assert kumo.get("/cases").json()["items"] == []


def test_the_pages_may_read_with_their_session_and_nothing_else(world):
    client = Client()
    client.force_login(world.kumo)
    ours = {"Sec-Fetch-Site": "same-origin"}
    assert client.get("/api/v1/me", headers=ours).status_code == 200
    assert client.get("/api/v1/me", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 401
    assert client.get("/api/v1/me").status_code == 401
    body = {"act": "permit.apply", "on": "2026-05-01"}
    answer = client.post("/api/v1/kinds/small.permit/try", body, content_type="application/json", headers=ours)
    assert answer.status_code == 401


# -- bodies ----------------------------------------------------------------------------------------------------------

NOT_STRICT = {
    "a name twice": b'{"act": "a", "act": "b", "on": "2026-05-01"}',
    "a name twice after NFC": '{"act": "a", "data": {"\u00e9": 1, "e\u0301": 2}}'.encode(),
    "NaN": b'{"act": "a", "data": {"x": NaN}}',
    "infinity": b'{"act": "a", "data": {"x": 1e400}}',
    "2^53": b'{"act": "a", "data": {"x": 9007199254740992}}',
    "many digits": b'{"act": "a", "data": {"x": ' + b"9" * 6000 + b"}}",
    "half a pair": b'{"act": "a", "data": {"x": "\\ud800"}}',
    "half a pair in a name": b'{"act": "a", "data": {"\\udfff": 1}}',
    "NUL": b'{"act": "a", "data": {"x": "\\u0000"}}',
    "too deep": b'{"act": "a", "data": ' + b'{"x":' * 70 + b"1" + b"}" * 70 + b"}",
    "far too deep": b"[" * 100_000,
    "not UTF-8": b'{"act": "\xff"}',
    "not JSON": b"{act: 1}",
    "cut off": b'{"act": "a"',
    "trailing": b'{"act": "a"} {}',
    "byte order mark": b"\xef\xbb\xbf{}",
}
DOORS = ["/cases", "/cases/{case}/consultations", "/cases/{case}/opinions", "/cases/{case}/answer",
         "/cases/{case}/notes", "/cases/{case}/checklist",
         "/cases/{case}/acts", "/cases/{case}/try", "/cases/{case}/reveal",
         "/kinds/small.permit/try", "/receipts/verify", "/patents/screening",
         "/infrastructure/scope", "/infrastructure/change",
         "/ownership", "/names", "/trade", "/trade/compare", "/shocks", "/shocks/chain", "/shocks/runs",
         "/shocks/runs/{run}", "/shocks/sectors",
         "/infrastructure/preparations",
         "/infrastructure/preparations/{plan}/invitations", "/infrastructure/preparations/{plan}/reminders",
         "/infrastructure/preparations/{plan}/passports",
         "/vendors/own/{vendor}/draft", "/vendors/own/{vendor}/versions",
         "/infrastructure/vendors/{vendor}/reveal", "/supply/tables",
         "/supply/application", "/supply/change", "/notices/read", "/notices/rules", "/webhooks",
         "/compartments/{compartment}/destruction",
         "/cases/{case}/custody", "/custody/requests/{asked}", "/cases/{case}/custody/copies/{number}",
         "/task/marks", "/task/jobs", "/task/jobs/{job}", "/task/views"]  # fmt: skip
_NOBODYS = {"plan": "a" * 16, "vendor": "a" * 16, "job": "a" * 16, "asked": "a" * 16, "number": 1, "run": "a" * 16,
            "compartment": "a" * 16}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_json_of_more_than_one_meaning_is_refused_at_every_door(world, kumo, door):
    path = door.format(case=kumo.open()["case"], **_NOBODYS)
    kumo = Caller(world.token("kumo", "read", "act", "sealed"))
    for name, body in NOT_STRICT.items():
        found = is_problem(kumo.post(path, body, KEY), 400, "json")
        assert found["errors"], name


def test_every_door_that_takes_json_is_in_the_corpus():
    takes = {
        path.removeprefix("/api/v1").replace("{kind}", "small.permit")
        for path, methods in build.document()["paths"].items()
        for said in methods.values()
        if "application/json" in said.get("requestBody", {}).get("content", {})
    }
    assert takes == set(DOORS)


@pytest.mark.parametrize("door", DOORS)
def test_json_of_a_wrong_form_names_its_fields(world, kumo, door):
    path = door.format(case=kumo.open()["case"], **_NOBODYS)
    kumo = Caller(world.token("kumo", "read", "act", "sealed"))
    for body in (b"null", b"[]", b'"x"', b"1", b"{}", b"", b'{"act": null}', b'{"unknown": 1}'):
        assert is_problem(kumo.post(path, body, KEY), 422, "invalid")["errors"], body


def test_a_body_that_is_not_announced_as_json_or_too_large_is_refused(kumo):
    is_problem(kumo.post("/cases", b"{}", KEY, content_type="text/plain"), 415, "media_type")
    is_problem(kumo.post("/cases", b"{}", KEY, content_type="multipart/form-data; boundary=x"), 415, "media_type")
    is_problem(kumo.post("/cases", b"[" + b"1," * (2 << 20) + b"1]", KEY), 413, "too_large")


def test_values_of_a_wrong_type_are_named_in_both_languages(kumo):
    wrong = {**APPLY, "on": 20260501, "run": 5, "data": [], "at": "2026-05-01T09:00:00", "context": {"x": 1}, "more": 1}
    for lang in ("ja", "en"):
        found = is_problem(kumo.post("/cases", wrong, KEY, **{"accept-language": lang}), 422, "invalid")
        told = {e["field"]: e["detail"] for e in found["errors"]}
        assert set(told) == {"on", "run", "data", "at", "context.x", "more"}
        assert all(detail.isascii() == (lang == "en") for detail in told.values()), told


@pytest.mark.parametrize(
    "day", ["2026-02-30", "1899-12-31", "2090-01-01", "2026-5-1", "20260501", "", "令和8年5月1日", 0]
)
def test_a_day_that_is_none_is_refused(kumo, day):
    found = is_problem(kumo.post("/cases", {**APPLY, "on": day}, KEY), 422, "invalid")
    assert found["errors"][0]["field"] == "on"


# -- ways and surroundings -------------------------------------------------------------------------------------------


def test_what_is_not_there_and_what_is_not_allowed_are_problems_too(kumo):
    is_problem(kumo.get("/nowhere"), 404, "not_found")
    is_problem(kumo.get("/"), 404, "not_found")
    is_problem(kumo.get("/cases/" + "x" * 5000), 404, "not_found")
    is_problem(kumo.get("/cases/%00"), 404, "not_found")
    answer = kumo.client.delete("/api/v1/cases", headers=kumo.headers)
    is_problem(answer, 405, "method")
    assert set(answer["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(Busy(), 503, "busy"), (Full(), 507, "full"), (CommitUnknown(), 503, "unknown"),
     (Destroyed("2026-01-01", "why"), 410, "destroyed"),
     (StartRefused(T("閉", "closed")), 503, "closed"), (OperationalError("gone"), 503, "busy")],
)  # fmt: skip
def test_faults_of_the_surroundings_say_what_to_do(kumo, monkeypatch, error, status, code):
    def broken(*_, **__):
        raise error

    monkeypatch.setattr(access, "open_case", broken)
    answer = kumo.post("/cases", APPLY, KEY)
    is_problem(answer, status, code)
    assert ("Retry-After" in answer) == (status == 503)


def test_a_fault_of_ours_tells_nothing_of_the_inside(kumo, monkeypatch, caplog):
    def broken(*_, **__):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(access, "cases", broken)
    answer = kumo.get("/cases")
    is_problem(answer, 500, "fault")
    assert b"secret" not in answer.content and "secret inside" in caplog.text


def test_every_answer_has_an_id_and_is_kept_by_no_cache(kumo):
    for answer in (kumo.get("/me"), kumo.get("/nowhere"), Caller().get("/me"), kumo.post("/cases", b"{", KEY)):
        assert answer["Cache-Control"] == "no-store" and len(answer["X-Request-Id"]) == 12
        assert answer["Content-Language"] == "ja"


def test_titles_speak_the_language_asked_for(kumo):
    assert kumo.get("/kinds/none", **{"accept-language": "en-GB,en;q=0.9"}).json()["title"] == "nothing of that name"
    assert kumo.get("/kinds/none", **{"accept-language": "de"}).json()["title"] == "その名のものはない"
    assert kumo.get("/kinds/none", {"lang": "en"}).json()["title"] == "nothing of that name"


# -- the document ----------------------------------------------------------------------------------------------------


def test_the_committed_document_is_the_one_served(world):
    committed = (Path(__file__).parents[2] / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert build.text() == committed, "renew it: python -m kaname.api.openapi > docs/openapi.json"
    served = Client().get("/api/v1/openapi.json")
    assert served.status_code == 200 and served.json() == json.loads(committed)


def test_every_operation_documents_its_problems():
    for path, methods in build.document()["paths"].items():
        for method, said in methods.items():
            codes = {int(status) for status in said["responses"]}
            assert {401, 403, 422, 429, 503} <= codes, (path, method)
            assert ("{" not in path or 404 in codes) and (method == "get" or {400, 413, 415} <= codes)
            for status, response in said["responses"].items():
                assert int(status) < 400 or list(response["content"]) == ["application/problem+json"]
            assert "/" in said["summary"] and said["description"] and said["security"]


def test_no_two_shapes_share_a_name():
    """The document has one place for each name: a second shape of that name would be described as the first."""
    found = defaultdict(set)
    above = [Schema]
    while above:
        for one in above.pop().__subclasses__():
            above.append(one)
            if one.__module__.startswith("kaname."):
                found[one.__name__].add(one.__module__)
    assert {name: sorted(modules) for name, modules in found.items() if len(modules) > 1} == {}
