"""The demonstration office: every state of every procedure, a living inbox for everyone, a ledger without a fault."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import throwaway
from office_process import kaname

import once
from kaname.access import api as access
from kaname.access.models import Compartment, Mandate, Membership, Person, Placement
from kaname.days import is_agency_closed
from kaname.demo import logins, office, products
from kaname.demo.casts import CASTS, CLIENTS, MAKER, OWN, POWER, SPECIAL
from kaname.demo.plan import plan
from kaname.ledger.errors import LedgerError
from kaname.ledger.models import Case, CaseParty, Entry, Standing
from kaname.ledger.verify import verify
from kaname.procedure import Refused, decide, fold
from kaname.regimes import KINDS, kind
from kaname.site.databases import embedded

# Today, the end of a year, a leap day, Golden Week: the stories are counted in days, the law in months and closed days.
DAYS = (date(2026, 11, 26), date(2027, 1, 4), date(2028, 2, 29), date(2029, 5, 7), date(2030, 12, 30))

# Procedures of Chapter 3 of which every state is shown. A change, or an entrustment, repeats the states of the plan.
SHOWN = ("introduction_plan", "extension_shortening", "emergency", "designation", "report_inspection")
# The same of Chapter 2; money has stories of its own kinds.
SHOWN_2 = (
    "plan", "plan_change", "plan_minor_change", "plan_cancellation", "annual_report", "technology_protection", "survey",
)  # fmt: skip
# Regimes are played as their pages come: of Chapter 2 at least these kinds.
PLAYED = {"supply.plan", "supply.survey"}


def told(case):
    """The case as the kernel folds it on its last day; each act lawful, or a deed that only a ban forbids."""
    of, ledger = kind(case.kind), []
    standing = fold(of, ledger, case.acts[0].entry.on)
    for act in case.acts:
        answer = decide(standing, act.entry, {}, ledger)
        if isinstance(answer, Refused):
            assert act.happened, (case.story, act.entry.act, [r.text.en for r in answer.reasons])
            assert {r.code for r in answer.reasons} == {"ban"}, (case.story, act.entry.act)
            ledger.append(act.entry)
            standing = fold(of, ledger, max(e.on for e in ledger))
        else:
            ledger.append(answer.entry)
            standing = answer.standing
    return of, ledger


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_state_is_there_whatever_the_day_and_every_act_is_lawful(today):
    cases, seen = list(plan(today)), set()
    for case in cases:
        of, ledger = told(case)
        assert max(e.on for e in ledger) <= today
        seen |= {(of.regime, t.procedure, t.state) for t in fold(of, ledger, today).tracks.values()}
    # Where a case begins with an act that leaves the start, no case can stand there.
    left_at_once = {
        ("patents", "compensation", "loss"), ("patents", "guideline", "drafting"), ("supply", "plan", "draft"),
    }  # fmt: skip
    wanted = {
        (of.regime, p.id, state) for of in KINDS.values() for p in of.procedures for state in p.states
        if of.regime == "patents" or (of.regime == "infrastructure" and p.id in SHOWN)
        or (of.id in PLAYED and p.id in SHOWN_2)
    }  # fmt: skip
    assert wanted - seen == left_at_once
    assert 180 <= sum(c.kind.startswith("patents.") for c in cases) <= 220
    assert 30 <= sum(c.kind.startswith("infrastructure.") for c in cases) <= 60
    assert 60 <= sum(c.kind in PLAYED for c in cases) <= 90


@pytest.mark.parametrize(("today", "count", "widened"), [
    (date(2022, 12, 22), 0, 0), (date(2024, 6, 4), 12, 1), (DAYS[0], 16, 3)])  # fmt: skip
def test_the_products_stand_as_the_cabinet_order_has_them(today, count, widened):
    cases = list(products.known(today))
    assert len(cases) == count
    assert sum(len(acts) > 1 for acts in cases) == widened
    for acts in cases:
        standing = fold(kind(products.KIND), acts, today)
        assert standing.tracks["designation"].state == ("scope_changed" if len(acts) > 1 else "designated")
        assert not standing.notes


def test_the_same_day_and_seed_give_the_same_cases():
    assert list(plan(DAYS[0], 1)) == list(plan(DAYS[0], 1))
    assert list(plan(DAYS[0], 1)) != list(plan(DAYS[0], 2))


# -- as written -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(tmp_path_factory, django_db_blocker):
    """A demonstration in a database of its own, made today."""
    home = tmp_path_factory.mktemp("demo-home")
    patch = pytest.MonkeyPatch()
    patch.setenv("KANAME_HOME", str(home))
    with django_db_blocker.unblock(), throwaway.given_back():
        throwaway.connect(embedded(Path(shutil.copy(once.migrated(tmp_path_factory, django_db_blocker), home))))
        office.furnish()
        yield home
    patch.undo()


def someone(name):
    return Person.objects.get(email=f"{name}@demo.example")


def test_the_ledger_has_no_fault_and_holds_all_sorts_of_entries(written):
    report = verify()
    assert (report.faults, report.cases) == ([], Case.objects.count())
    kinds = set(Standing.objects.values_list("kind", flat=True))
    assert {k.id for k in KINDS.values() if k.regime in ("patents", "infrastructure")} | PLAYED <= kinds
    assert {KINDS[k].regime for k in kinds} == {cast.stories.removesuffix(".txt") for cast in CASTS} | {"general"}
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"correct", "deliver", "sharing_operator_change.approve", "designation.extend"} <= acts
    assert Standing.objects.filter(breach=True).exists()


def by_case(name):
    """The cases of which a mandate names each."""
    held = Mandate.objects.filter(person=someone(name), case__isnull=False)
    return set(held.values_list("case_id", flat=True))


def test_each_person_sees_what_is_theirs(written):
    own = set(CaseParty.objects.filter(party=OWN).values_list("case_id", flat=True))
    clients = CaseParty.objects.filter(party__in=CLIENTS, case__kind__startswith="patents.")
    clients = set(clients.values_list("case_id", flat=True))
    hidden = set(Placement.objects.values_list("case_id", flat=True))
    everything = set(Case.objects.values_list("pk", flat=True))
    seen = {n: set(access.seen(someone(n), access.today()).values_list("pk", flat=True))
            for n in ("attorney", "company", "jpo", "cao", "ministry", "operator", "maker", "meti", "maff", "jftc",
                      "mof", "mof-director", "secretary", "mext", "program", "former", "admin")}  # fmt: skip
    chapter_3 = set(Case.objects.filter(kind__startswith="infrastructure.").values_list("pk", flat=True))
    power = set(CaseParty.objects.filter(party=POWER).values_list("case_id", flat=True))
    power |= by_case("operator")
    chapter_2 = set(Case.objects.filter(kind__startswith="supply.").values_list("pk", flat=True))
    chapter_4 = set(Case.objects.filter(kind__startswith="technology.").values_list("pk", flat=True))
    general = set(Case.objects.filter(kind__startswith="general.").values_list("pk", flat=True))
    rooms = set(Case.objects.filter(kind="technology.council").values_list("pk", flat=True))
    maker = set(CaseParty.objects.filter(party=MAKER).values_list("case_id", flat=True)) | by_case("maker")
    assert len(hidden) > 5
    assert seen["cao"] == everything and seen["jpo"] == everything - chapter_3 - chapter_2 - chapter_4 - general
    inquiries, opinions = (set(Case.objects.filter(kind=f"general.{one}").values_list("pk", flat=True))
                           for one in ("inquiry", "opinion"))  # fmt: skip
    assert seen["jftc"] == chapter_2 and seen["meti"] == chapter_2 | inquiries and len(inquiries) == 3
    assert seen["mof"] == inquiries | opinions and len(opinions) == 2 and seen["mof-director"] == opinions
    assert seen["maker"] == maker and 10 < len(maker) < len(chapter_2)
    assert seen["maff"] == by_case("maff") and 0 < len(seen["maff"]) < 5
    assert seen["ministry"] == chapter_3 and seen["operator"] == power and power
    assert seen["attorney"] == clients - hidden
    assert seen["company"] == (own | by_case("company")) - hidden and seen["company"] & chapter_2
    assert seen["admin"] == set()
    assert rooms <= hidden and seen["secretary"] == seen["mext"] == chapter_4
    assert seen["program"] == chapter_4 - rooms
    left = set(Membership.objects.filter(person=someone("former"), valid_until__isnull=False)
               .values_list("compartment__placements__case", flat=True))  # fmt: skip
    assert left and seen["former"] == by_case("former") - left and seen["former"] < rooms
    assert Compartment.objects.get(name=SPECIAL).memberships.count() == 2


ALIVE = {
    "attorney": ("overdue", "today", "week", "later", "undated", "news", "waiting"),
    "company": ("later", "undated", "news", "waiting"),
    "jpo": ("today", "week", "later", "undated", "news", "waiting"),
    "cao": ("undated", "news", "waiting"),
    "ministry": ("later", "turn", "news", "waiting"),
    "operator": ("news",),
    "maker": ("later", "turn", "waiting"),
    "meti": ("turn", "waiting"),
}


@pytest.mark.parametrize("name", ALIVE)
def test_the_inbox_is_alive(written, name):
    boxes = {box.group: box.count for box in access.inbox(someone(name))}
    empty = {group for group in ALIVE[name] if not boxes[group]}
    # Nothing that an attorney files is due on a closed day: its last day moves on.
    assert empty <= ({"today"} if name == "attorney" and is_agency_closed(access.today()) else set())


def test_people_log_in_with_what_is_printed(written):
    printed = [line.en for line in logins.logins()]
    word = json.loads((written / "demonstration").read_text())["password"]
    assert someone("attorney").check_password(word)
    assert printed[-1].endswith(word)
    assert sum("@demo.example" in line for line in printed) == 23
    assert (written / "demonstration").stat().st_mode & 0o077 == 0


def test_the_readme_shows_what_is_printed(written):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for line in logins.logins()[:-1]:
        assert f"    {line.en}\n" in readme
    assert logins.logins()[-1].en.partition(":")[0] in readme


def test_an_office_with_people_takes_no_demonstration(written):
    with pytest.raises(LedgerError, match="people or cases"):
        office.furnish()


def test_two_demonstrations_have_two_passwords(furnished, written):
    words = [json.loads((home / "demonstration").read_text())["password"] for home in (furnished, written)]
    assert words[0] != words[1]
    assert len(words[0]) >= 20


def test_a_second_start_keeps_what_is_there(demo):
    again = kaname(demo, "demo-office")
    assert again.returncode == 2
    assert "people or cases" in again.stderr
    assert "0 faults" in kaname(demo, "verify").stdout
