"""Plans in preparation and passports by the API: the way from a plan to a passport that the authority opens."""

import pytest
from django.test import override_settings

from access.folk import person
from api.calls import Caller, is_problem
from infrastructure.filing_world import told
from kaname.access.models import SealedRead
from kaname.access.tokens import make
from kaname.api import rate
from kaname.ledger import clock
from kaname.ledger.kinds import kinds
from kaname.vendors import api
from vendors.vendor_world import KIND, OPERATOR, Land

pytestmark = pytest.mark.django_db


@pytest.fixture
def land(db):
    rate.forget()
    with override_settings(KANAME_KINDS="kaname.regimes.KINDS"):
        kinds.cache_clear()
        yield Land(None)
    kinds.cache_clear()


def caller(who, *scopes: str) -> Caller:
    return Caller(make(who, "test", scopes or ("read", "act", "sealed"), 30)[1])


def whole(land) -> None:
    from infrastructure.filing_world import introduction

    api.keep(land.ono, land.plan, introduction(), api.see(land.ono, land.plan).number)


def test_a_plan_is_begun_read_checked_and_its_vendor_invited(land):
    ono = caller(land.ono)
    asked = {"operator": OPERATOR, "title": "変電所", "sort": "introduction"}
    made = ono.post("/infrastructure/preparations", asked)
    assert made.status_code == 201
    assert ono.get("/infrastructure/preparations").json()["items"][0]["title"] == "変電所"
    is_problem(ono.post("/infrastructure/preparations", {**asked, "operator": "架空水道"}), 403, "mandate")
    whole(land)
    plan = f"/infrastructure/preparations/{land.plan}"
    assert ono.get(plan).json()["plan"]["facility"]["name"] == "給電指令システム"
    checked = ono.get(f"{plan}/check", {"filing": "2025-06-02", "order": "meti", "lang": "en"}).json()
    assert checked["can_be_filed"] and checked["filing"] == "2025-06-02"
    is_problem(ono.get(f"{plan}/check", {"order": "none"}), 422, "invalid")
    link = ono.post(f"{plan}/invitations", {"party": "星野計器", "email": "hoshi@example.jp"})
    assert link.status_code == 201 and api.look(link.json()["secret"]).operator == OPERATOR
    assert ono.get(f"{plan}/vendors").json()["items"][0]["stage"] == "waiting"
    is_problem(ono.post(f"{plan}/invitations", {"party": "他人", "email": "a@example.jp"}), 403, "mandate")


def test_who_came_in_and_has_not_finished_is_reminded_once_in_three_days(land):
    whole(land)
    land.vendor()
    ono, plan = caller(land.ono), f"/infrastructure/preparations/{land.plan}"
    (before,) = ono.get(f"{plan}/vendors").json()["items"]
    assert (before["stage"], before["reminded_on"]) == ("filling", None)
    is_problem(caller(land.ono, "read").post(f"{plan}/reminders", {"parties": ["星野計器"]}), 403, "scope")
    is_problem(ono.post(f"{plan}/reminders", {"parties": []}), 422, "invalid")
    assert ono.post(f"{plan}/reminders", {"parties": ["星野計器", "他人"]}).json() == {"reminded": ["星野計器"]}
    (after,) = ono.get(f"{plan}/vendors").json()["items"]
    assert after["reminded_on"] == clock.today().isoformat()
    assert ono.post(f"{plan}/reminders", {"parties": ["星野計器"]}).json() == {"reminded": []}


def test_a_passport_is_written_handed_over_taken_in_and_opened_by_a_logged_reading(land):
    seat = land.vendor()
    own = caller(seat.who)
    assert [v["id"] for v in own.get("/vendors/own").json()["items"]] == [seat.vendor]
    there = f"/vendors/own/{seat.vendor}"
    draft = own.get(there).json()
    number = own.post(f"{there}/draft", {"number": draft["number"], "data": told(name="星野計器改")}).json()["number"]
    is_problem(own.post(f"{there}/draft", {"number": draft["number"], "data": {}}), 422, "invalid")
    is_problem(own.post(f"{there}/versions", {"number": 0}), 422, "invalid")
    assert own.post(f"{there}/versions", {"number": number}).json() == {"number": 2}
    assert [v["number"] for v in own.get(there).json()["versions"]] == [2, 1]
    seat.consent()
    asked = {"vendor": seat.vendor, "party": "星野計器", "role": "supplier"}
    taken = caller(land.ono).post(f"/infrastructure/preparations/{land.plan}/passports", asked)
    assert taken.status_code == 201 and taken.json()["version"] == 2
    use = api.in_preparation(land.ono, land.plan)[0]
    assert use.reference == taken.json()["reference"]
    case = land.filed(use_of(land))
    mina = caller(land.mina)
    assert mina.get("/infrastructure/vendors").json()["items"][0]["plans"] == 1
    assert mina.get(f"/infrastructure/vendors/{seat.vendor}/plans").json()["items"][0]["case"] == case
    opened = mina.post(f"/infrastructure/vendors/{seat.vendor}/reveal", {"case": case, "version": 2})
    assert opened.json()["disclosure"]["officers"][0]["birth_date"] == "1970-01-02"
    assert SealedRead.objects.get().door == "api"
    is_problem(caller(land.mori).post(f"/infrastructure/vendors/{seat.vendor}/reveal", {"case": case, "version": 2}),
               403, "mandate")  # fmt: skip


def use_of(land):
    from kaname.vendors.models import Use

    return Use.objects.select_related("version").get()


def test_what_is_anothers_is_absent_byte_for_byte_and_scopes_bind(land):
    seat, whose = land.vendor(), caller(land.oka)
    for path, absent in (
        (f"/infrastructure/preparations/{land.plan}", "/infrastructure/plans/" + "a" * 16),
        (f"/infrastructure/preparations/{land.plan}/check", "/infrastructure/plans/" + "a" * 16 + "/check"),
        (f"/vendors/own/{seat.vendor}", "/vendors/own/" + "a" * 16),
        (f"/infrastructure/vendors/{seat.vendor}/plans", "/infrastructure/vendors/" + "a" * 16 + "/plans"),
    ):
        hidden = whose.get(path)
        assert hidden.status_code == 404 and hidden.content == whose.get(absent).content
    is_problem(caller(seat.who, "read").get(f"/vendors/own/{seat.vendor}"), 403, "scope")
    is_problem(caller(land.ono, "read").post("/infrastructure/preparations", {}), 403, "scope")


BYTES, PDF = "application/octet-stream", b"%PDF-1.7 certificate"


def test_papers_are_handed_in_and_opened_from_the_three_sides(land):
    seat = land.vendor()
    own, there = caller(seat.who), f"/vendors/own/{seat.vendor}"
    paper = own.post(f"{there}/files?name=touki.pdf", PDF, content_type=BYTES).json()
    assert own.get(f"{there}/files").json()["items"] == [paper] and paper["name"] == "touki.pdf"
    seat.publish(certificates=[{"sort": "registry", "issued_on": "2025-04-01", "file": paper["reference"]}])
    use = land.attached(seat, veil=())
    ono, plan = caller(land.ono), f"/infrastructure/preparations/{land.plan}/vendors/{seat.vendor}"
    case, file = land.filed(use), f"files/{paper['id']}"
    filed = f"/infrastructure/vendors/{seat.vendor}/plans/{case}/2"
    for who, place in ((own, there), (ono, plan), (caller(land.mina), filed)):
        answer = who.get(f"{place}/{file}")
        assert b"".join(answer.streaming_content) == PDF and "touki.pdf" in answer["Content-Disposition"]
        is_problem(who.get(f"{place}/files/{'a' * 16}"), 404, "not_found")
    assert [r.door for r in SealedRead.objects.order_by("pk")] == ["api"] * 3
    is_problem(caller(land.oka).get(f"{plan}/{file}"), 404, "not_found")
    is_problem(caller(land.mina, "read").get(f"{filed}/{file}"), 403, "scope")
    is_problem(own.post(f"{there}/files?name=a.exe", b"MZ\x90\x00", content_type=BYTES), 422, "invalid")


def test_an_operator_opens_what_the_vendor_lets_it_and_the_vendor_learns_it(land):
    seat = land.vendor()
    land.attached(seat, veil=("certificates",))
    there = f"/infrastructure/preparations/{land.plan}/vendors/{seat.vendor}/reveal"
    is_problem(caller(land.ono).post(there, None), 403, "mandate")
    reader = person("Oda", "operator", kind=KIND, party=OPERATOR, sealed=True)
    said = caller(reader).post(there, None).json()["disclosure"]
    assert said["officers"] and not said.get("certificates")
    assert [r.who for r in api.readings(seat.who, seat.vendor)] == ["Oda"]
