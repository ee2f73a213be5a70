"""What the API shows, and to whom: lists, a case as of a day, its records, why, the forms of acts."""

import json
import re
from datetime import date

import pytest
from acts import STORY, key
from django.db import connection
from django.test.utils import CaptureQueriesContext
from jsonschema_rs import Draft202012Validator

from api.calls import ACKNOWLEDGE, APPLY, Caller, is_problem
from kaname.access import api as access
from kaname.access.models import Person
from kaname.ledger.api import perform
from kaname.ledger.kinds import kinds

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}\.\d{6}")


@pytest.fixture
def kumo(world):
    return Caller(world.token("kumo"))


def opened(caller, count, first=1):
    days = [date(2026, 5, first + i % 20) for i in range(count)]
    return [caller.open(key(), on=day.isoformat())["case"] for day in days]


@pytest.mark.parametrize("sort", ["next_due_on", "-next_due_on", "opened_on", "-opened_on", "recorded_at"])
def test_pages_hold_each_case_once_in_order(kumo, sort):
    cases = opened(kumo, 7)
    for case in cases[:2]:
        body = {"act": "permit.withdraw", "on": "2026-05-20", "party": "Kumo"}
        assert kumo.post(f"/cases/{case}/acts", body, key()).status_code == 201
    seen, query = [], {"sort": sort, "limit": 3}
    for _ in range(5):
        page = kumo.get("/cases", query)
        seen += page.json()["items"]
        if not page.json()["next"]:
            assert "Link" not in page
            break
        assert page.json()["next"] in page["Link"] and 'rel="next"' in page["Link"]
        query["cursor"] = page.json()["next"]
    assert sorted(row["id"] for row in seen) == sorted(cases)
    values = [row["head"]["recorded_at"] if sort == "recorded_at" else row[sort.lstrip("-")] for row in seen]
    there = [v for v in values if v is not None]
    assert values[: len(there)] == there == sorted(there, reverse=sort.startswith("-"))


def test_filters_are_joined_and_a_misspelt_one_is_refused(kumo):
    opened(kumo, 3)
    assert len(kumo.get("/cases", {"kind": "small.permit", "state": "cleared"}).json()["items"]) == 3
    assert kumo.get("/cases", {"state": "refused"}).json()["items"] == []
    assert kumo.get("/cases", {"due_until": "2026-01-01"}).json()["items"] == []
    assert kumo.get("/cases", {"overdue": "true", "breach": "true"}).json()["items"] == []
    wrong = is_problem(kumo.get("/cases", {"stat": "refused"}), 422, "invalid")
    assert wrong["errors"][0]["field"] == "stat" and "state" in wrong["errors"][0]["detail"]


@pytest.mark.parametrize(
    "query",
    [{"sort": "id"}, {"limit": 0}, {"limit": 201}, {"limit": "1e3"}, {"limit": 10**30}, {"cursor": "x"},
     {"cursor": "W10"}, {"cursor": "WyJcdWQ4MDAiLCAiYSJd"}, {"kind": "a\0b"}, {"due_from": "2026-02-30"},
     {"due_from": "12345-01-01"}, {"overdue": "perhaps"}, {"lang": "fr"}],
)  # fmt: skip
def test_a_query_of_a_wrong_form_is_named(kumo, query):
    opened(kumo, 1)
    body = is_problem(kumo.get("/cases", query), 422, "invalid")
    assert body["errors"][0]["field"] == next(iter(query))


def test_a_list_costs_the_same_however_long(kumo, world):
    opened(kumo, 2)
    kumo.get("/cases")
    with CaptureQueriesContext(
        connection,
    ) as few:
        kumo.get("/cases")
    opened(kumo, 9)
    with CaptureQueriesContext(connection) as many:
        assert len(kumo.get("/cases").json()["items"]) == 11
    assert len(few) == len(many) <= 6


def test_hidden_and_absent_answer_with_the_same_bytes_and_statements(world, kumo):
    case = kumo.open()
    world.hide(case["case"], "minister")
    stranger, absent = Caller(world.token("stranger")), "a" * 26
    paths = ["", "/entries", "/may", "/explain?name=standstill", "/trace", "/bundle?to=" + "0" * 64]
    for caller in (kumo, stranger):
        caller.get("/me")  # the token's first use is noted
        for path in paths:
            answers, statements = [], []
            for id in (case["case"], absent):
                with CaptureQueriesContext(connection) as ran:
                    answers.append(caller.get(f"/cases/{id}{path}"))
                statements.append([_INSTANT.sub("NOW", q["sql"].replace(id, "ID")) for q in ran])
            assert answers[0].content == answers[1].content, path
            assert statements[0] == statements[1], path
            is_problem(answers[0], 404, "not_found")
        for path, body in (("acts", ACKNOWLEDGE), ("try", ACKNOWLEDGE)):
            hidden, none = (caller.post(f"/cases/{id}/{path}", body, "key-000001") for id in (case["case"], absent))
            assert hidden.content == none.content
            is_problem(hidden, 404, "not_found")
        proof = {"seq": 1, "digest": case["digest"]}
        hidden, none = (caller.post("/receipts/verify", {"case": id, **proof}) for id in (case["case"], absent))
        assert hidden.content == none.content
        assert caller.get("/cases").json()["items"] == []
    other = {**APPLY, "context": {"other": case["case"]}}
    is_problem(kumo.post("/cases", other, "key-000002"), 404, "not_found")
    assert Caller(world.token("minister")).get(f"/cases/{case['case']}").status_code == 200


def test_a_receipt_is_held_or_not(kumo):
    receipt = kumo.open()
    proof = {name: receipt[name] for name in ("case", "seq", "digest")}
    assert kumo.post("/receipts/verify", proof).json() == {"held": True}
    assert kumo.post("/receipts/verify", {**proof, "digest": "0" * 64}).json() == {"held": False}
    assert kumo.post("/receipts/verify", {**proof, "seq": 2}).json() == {"held": False}


def test_a_case_as_of_a_day_and_as_known_at_an_instant(kumo):
    case = kumo.open()
    early = kumo.get(f"/cases/{case['case']}", {"as_of": "2026-04-30"}).json()["standing"]
    assert early["as_of"] == "2026-04-30" and early["clocks"] == []
    now = kumo.get(f"/cases/{case['case']}", {"as_of": "2026-05-10"}).json()["standing"]
    assert "standstill" in [c["id"] for c in now["clocks"] if c["status"] == "running"]
    before = kumo.get(f"/cases/{case['case']}", {"as_of": "2026-05-10", "known_at": "2026-05-01T00:00:00+09:00"})
    assert before.json()["standing"]["clocks"] == []
    english = kumo.get(f"/cases/{case['case']}", {"lang": "en"}).json()["standing"]
    assert english["tracks"]["permit"]["label"] != now["tracks"]["permit"]["label"]


def test_an_etag_spares_the_body_until_something_changes(kumo, world):
    case = kumo.open()["case"]
    first = kumo.get(f"/cases/{case}")
    again = kumo.get(f"/cases/{case}", **{"if-none-match": f'"other", {first["ETag"]}'})
    assert again.status_code == 304 and not again.content and again["ETag"] == first["ETag"]
    assert kumo.get(f"/cases/{case}", {"lang": "en"}, **{"if-none-match": first["ETag"]}).status_code == 200
    assert Caller(world.token("minister")).get(f"/cases/{case}")["ETag"] != first["ETag"], "it shows other rights"
    Caller(world.token("minister")).post(f"/cases/{case}/acts", ACKNOWLEDGE, "key-000001")
    assert kumo.get(f"/cases/{case}", **{"if-none-match": first["ETag"]}).status_code == 200


def test_entries_come_in_pages_and_sealed_values_never(kumo, world):
    case = kumo.open()["case"]
    for entry in STORY:
        perform(case, entry, idempotency_key=key(), person=world.kumo.public_id)
    pages, after = [], 0
    while after is not None:
        page = kumo.get(f"/cases/{case}/entries", {"after": after, "limit": 3})
        assert b"12000000" not in page.content and b"13000000" not in page.content
        pages += page.json()["items"]
        after = page.json()["next"]
    assert [e["seq"] for e in pages] == list(range(1, len(STORY) + 2))
    assert pages[-1]["act"] == "correct" and pages[-1]["sealed"] == ["data.money"]


def test_a_sealed_value_is_revealed_to_its_readers_and_written_down(kumo, world):
    case = kumo.open()["case"]
    asked = {"seq": 1, "field": "money"}
    is_problem(kumo.post(f"/cases/{case}/reveal", asked), 403, "scope")
    reader, minister = (Caller(world.token(who, "sealed")) for who in ("kumo", "minister"))
    assert reader.post(f"/cases/{case}/reveal", asked).json() == {"value": 12_000_000}
    assert [(r.field, r.door) for r in access.read_log(world.kumo, case)] == [("money", "api")]
    is_problem(minister.post(f"/cases/{case}/reveal", asked), 403, "mandate")
    is_problem(reader.post(f"/cases/{case}/reveal", {"seq": 1, "field": "name"}), 404, "not_found")
    is_problem(reader.post(f"/cases/{case}/reveal", {"seq": 1, "field": "a\u200b"}), 404, "not_found")
    assert access.read_log(world.kumo, case).count() == 1


def test_search_finds_what_the_caller_may_know_of(kumo, world):
    kumo.open(key())
    hidden = kumo.open(key(), on="2026-05-02")
    world.hide(hidden["case"], "minister")
    is_problem(kumo.get("/search", {"q": "Kumo"}), 403, "scope")
    searcher = Caller(world.token("kumo", "read", "sealed"))
    found = searcher.get("/search", {"q": "kumo"}).json()
    assert found["total"] == 1 and found["items"][0]["opened_on"] == "2026-05-01"
    assert searcher.get("/search", {"q": "nobody"}).json()["items"] == []
    is_problem(searcher.get("/search", {"q": "a\0b"}), 422, "invalid")
    assert searcher.get("/search", {"q": "100%_\\'\""}).json()["total"] == 0


def test_what_may_be_done_says_what_is_mine(kumo):
    case = kumo.open()["case"]
    acts = {a["act"]: a for a in kumo.get(f"/cases/{case}/may", {"as_of": "2026-05-08"}).json()["acts"]}
    assert acts["permit.withdraw"]["mine"] and acts["permit.withdraw"]["ready"]
    assert not acts["permit.recommend"]["mine"]
    assert not acts["permit.apply"]["ready"] and acts["permit.apply"]["why"][0]["basis"]


def test_a_day_is_explained_and_the_course_told(kumo):
    case = kumo.open()["case"]
    found = kumo.get(f"/cases/{case}/explain", {"name": "standstill", "as_of": "2026-05-08"}).json()["found"]
    assert found[0]["key"] == "permit.standstill" and found[0]["answer"] == "2026-05-30" and found[0]["lines"]
    assert kumo.get(f"/cases/{case}/explain", {"name": "permit"}).json()["found"][0]["status"]
    is_problem(kumo.get(f"/cases/{case}/explain", {"name": "stand"}), 404, "no_such_name")
    assert "permit.apply" in kumo.get(f"/cases/{case}/trace").json()["lines"][0]


def test_kinds_are_listed_and_described_as_of_a_day(kumo, world):
    listed = {k["id"]: k for k in kumo.get("/kinds").json()["kinds"]}
    assert listed["small.permit"]["may_open"]
    assert not any(k["may_open"] for k in Caller(world.token("stranger")).get("/kinds").json()["kinds"])
    old = kumo.get("/kinds/small.permit", {"as_of": "2026-03-31"}).json()
    new = kumo.get("/kinds/small.permit", {"as_of": "2026-04-01"}).json()
    assert old["version"] != new["version"] and old["procedures"][0]["acts"][0]["fields"]
    is_problem(kumo.get("/kinds/none"), 404, "no_such_name")


def test_the_form_of_an_act_is_a_json_schema_of_the_day(kumo):
    path = "/kinds/small.permit/acts/permit.apply/schema"
    old, new = (kumo.get(path, {"as_of": day}).json() for day in ("2026-03-31", "2026-04-01"))
    assert old["properties"]["size"]["enum"] == ["small", "large"]
    assert new["properties"]["size"]["enum"] == ["small", "large", "huge"]
    assert new["properties"]["money"]["x-sealed"] and new["required"] == ["name", "size"]
    assert new["properties"]["guarantee"]["x-required-if"]
    is_problem(kumo.get("/kinds/small.permit/acts/permit.none/schema"), 404, "no_such_name")


def test_every_act_of_every_kind_has_a_sound_schema(kumo, settings):
    settings.KANAME_KINDS = "ledger_kinds.ALL"
    kinds.cache_clear()
    count = 0
    for kind in kinds().values():
        for p in kind.procedures:
            for act in p.acts:
                found = kumo.get(f"/kinds/{kind.id}/acts/{p.id}.{act.id}/schema").json()
                Draft202012Validator(found)  # raises where it is none
                count += 1
    assert count > 100


def test_who_calls_and_which_version_answers(kumo, world):
    me = kumo.get("/me").json()
    assert me["name"] == "kumo" and me["scopes"] == ["act", "export", "read"]
    assert {m["role"] for m in me["mandates"]} == {"applicant", "sharer"}
    assert kumo.get("/version").json()["api"] == "v1"
    Person.objects.filter(pk=world.kumo.pk).update(is_active=False)
    is_problem(kumo.get("/me"), 401, "token")


def test_a_period_is_counted_with_its_working(kumo):
    found = kumo.get("/period", {"start": "2025-02-28", "months": 3, "moves": "agency", "lang": "en"}).json()
    assert found["last_day"] == "2025-06-02" and found["working"]
    is_problem(kumo.get("/period", {"start": "2025-02-28"}), 422, "invalid")
    is_problem(kumo.get("/period", {"start": "2089-12-31", "years": 999, "moves": "agency"}), 422, "invalid")


def test_screening_says_what_the_command_says(kumo, tmp_path):
    from click.testing import CliRunner

    from kaname.cli import root

    rows = [
        {"application_id": "a", "filing_date": "2025-02-28", "ipc": ["B64C 39/02"], "title": "無人機"},
        {"application_id": "b", "filing_date": "2025-02-28", "ipc": "A01B 1/00", "requirement_1": True},
        {"application_id": "c", "filing_date": "soon", "ipc": "F42B 15/01", "requirement_1": "はい"},
    ]
    answer = kumo.post("/patents/screening", {"applications": rows}).json()
    file = tmp_path / "docket.jsonl"
    flat = [{**r, "ipc": ";".join(r["ipc"]) if isinstance(r["ipc"], list) else r["ipc"]} for r in rows]
    flat[1]["requirement_1"] = "true"
    file.write_text("\n".join(json.dumps(row) for row in flat))
    CliRunner().invoke(root, ["assess", "patents", str(file), "-o", str(tmp_path / "out.jsonl")])
    expected = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [{k: v for k, v in row.items() if v is not None} for row in answer["rows"]] == [
        {k: v for k, v in row.items() if v is not None} for row in expected
    ]
    assert answer["problems"][0]["row"] == 2 and answer["problems"][0]["field"] == "filing_date"
    assert sum(answer["counts"].values()) == 3
