"""What is sealed is shown to nobody by the way: it is revealed, to those who may, and each reading is in the log."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from folk import circle, key, person, recorded

from kaname.access import api as access
from kaname.access import sealed
from kaname.access.models import Mandate, SealedRead
from kaname.access.redaction import SEALED, redacted, redacted_entry, sealed_facts, secrets, without
from kaname.law import T
from kaname.ledger import envelope, keys, perform, reading, store
from kaname.ledger.errors import UnknownCase
from kaname.ledger.kinds import kind, sealed_fields
from kaname.ledger.models import Sealed
from kaname.procedure import Accepted, Entry, Reason, Refused, at, fold
from kaname.procedure.declare import keep
from kaname.procedure.explain import explain
from kaname.procedure.show import as_data, may
from kaname.procedure.trace import trace
from patents.case_files import CASES, kind_of
from walks import read_ledger

KIND = "patents.application"
TITLE, LATER = "カナリア機関砲", "改題後の機関砲"
FILE = Entry(
    "first_review.file", date(2026, 5, 1), {"title": TITLE, "abstract": "要約のカナリア", "listed": True},
    by="applicant", party="架空社",
)  # fmt: skip
RETITLE = Entry("correct", date(2026, 5, 2), {"entry": 1, "data": {"title": LATER}}, by="applicant")


@pytest.fixture
def hana(db):
    """Files applications, and may read what is sealed."""
    return person("Hana", "applicant", sealed=True, kind=KIND)


@pytest.fixture
def ren(db):
    """Acts in the same cases, without the right to read what is sealed."""
    return person("Ren", "jpo", kind=KIND)


def filed(by, entry=FILE, **more):
    return recorded(access.open_case(by, KIND, entry, idempotency_key=key(), **more)).case


# -- shown to nobody by the way --------------------------------------------------------------------------------------


def test_entries_say_that_a_value_is_sealed_to_everybody(hana, ren):
    case = filed(hana)
    recorded(access.act(hana, case, RETITLE, idempotency_key=key()))
    for who in (hana, ren):
        first, second = access.entries(who, case)
        assert (first.data["title"], first.data["listed"]) == (SEALED, True)
        assert second.data == {"entry": 1, "data": {"title": SEALED}}
        assert "カナリア" not in repr(access.see(who, case))
    assert [access.see(who, case).sealed for who in (hana, ren)] == [True, False]
    assert not SealedRead.objects.exists()


def test_a_form_that_holds_the_mark_is_refused(hana):
    """A page that is filled from what was shown must not write the mark into the ledger as a title."""
    case = filed(hana)
    marked = replace(RETITLE, data={"entry": 1, "data": {"title": SEALED}})
    for answer in (
        access.act(hana, case, marked, idempotency_key=key()),
        access.open_case(hana, KIND, replace(FILE, data={"title": str(SEALED)}), idempotency_key=key()),
    ):
        assert isinstance(answer, Refused)
        assert answer.reasons[0].code == "sealed"


def test_what_is_tried_shows_nothing_sealed_but_what_was_typed(hana, ren):
    case = filed(hana)
    (answer,) = access.try_acts(
        ren, case, [access.Tried(replace(RETITLE, data={"entry": 1, "data": {"title": "打鍵"}}))]
    )
    assert "カナリア" not in repr(answer)
    assert isinstance(answer, Accepted) and answer.entry.data["data"] == {"title": "打鍵"}


# -- the worked cases with a canary in every sealed field --------------------------------------------------------------

NAMES = sorted(path.stem for path in CASES.glob("*.jsonl"))


def canaries(name):
    """A worked case, every text of its sealed fields a canary; identifiers, which name runs, stay."""
    entries = read_ledger(CASES / f"{name}.jsonl")
    of = kind(kind_of(entries))

    def sung(value, where):
        if isinstance(value, dict):
            return {k: v if k in ("id", "entry") else sung(v, f"{where}.{k}") for k, v in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(sung(v, f"{where}.{i}") for i, v in enumerate(value))
        return f"canary {where}" if isinstance(value, str) else value

    names = sealed_fields(of)
    planted = [
        replace(e, data={k: sung(v, k) if k in names else v for k, v in e.data.items()}, seq=e.seq or n)
        for n, e in enumerate(entries, 1)
    ]
    return of, planted


def outputs(of, standing, entries):
    """All that a page or program can make of a case."""
    yield repr(standing)
    yield repr(entries)
    for lang in ("ja", "en"):
        yield json.dumps(as_data(standing, lang), ensure_ascii=False)
        yield "\n".join(trace(of, entries, standing.as_of, lang))
        for name in (*standing.clocks, *standing.tracks):
            yield "\n".join(explain(standing, name).lines(lang))
    yield repr(may(standing))


@pytest.mark.parametrize("name", NAMES)
def test_no_canary_reaches_any_output_on_any_day(name):
    of, entries = canaries(name)
    lot, last = random.Random(name), entries[-1].on
    days = {last, last + timedelta(400), *(lot.choice(entries).on for _ in range(6))}
    for day in sorted(days):
        full = fold(of, entries, day, judge=True)
        hidden = secrets(of, entries, full)
        shown = redacted(full, hidden)
        veiled = [redacted_entry(of, e, hidden.open) for e in entries]
        for text in outputs(of, shown, veiled):
            assert "canary" not in text, (name, day)
        again = fold(of, veiled, day)
        assert (again.tracks, again.clocks) == (full.tracks, full.clocks)
        later = day + timedelta(200)
        ahead, known = at(of, shown, later).tracks, at(of, full, later).tracks
        assert all(ahead[key] == known[key] for key in full.tracks)  # runs that open later are named by what is sealed


def test_the_sweep_finds_canaries_where_nothing_is_taken_out():
    """Planted: the same outputs of the standings themselves. Particulars of two worked cases are sealed."""
    leaking = set()
    for name in NAMES:
        of, entries = canaries(name)
        if any("canary" in text for text in outputs(of, fold(of, entries, entries[-1].on), [])):
            leaking.add(name)
    assert leaking


def test_a_particular_worked_out_of_a_sealed_field_is_sealed():
    of = kind(KIND)
    first = of.procedures[0]
    loud = keep("loud", lambda v: (v.given("title") or "").upper())
    louder = keep("louder", lambda v: f"{v.fact('loud')}!")
    acts = tuple(replace(a, keeps=(*a.keeps, loud, louder)) if a.id == "file" else a for a in first.acts)
    planted = replace(of, procedures=(replace(first, acts=acts), *of.procedures[1:]))
    assert {"first_review.loud", "first_review.louder"} <= sealed_facts(planted)
    standing = fold(planted, [FILE], FILE.on)
    assert standing.fact("first_review.louder") == f"{TITLE}!"
    assert redacted(standing, secrets(planted, [FILE], standing)).fact("first_review.louder") == SEALED
    assert not {"first_review.loud", "first_review.filed_on"} & sealed_facts(of)


def test_a_reason_that_quotes_a_sealed_value_is_struck_out():
    standing = fold(kind(KIND), [FILE], FILE.on)
    said = Reason(T(f"「{TITLE}」は認めない", f"{TITLE} is not admitted"))
    (struck,) = without([said], secrets(kind(KIND), [FILE], standing))
    assert (struck.text.ja, struck.text.en) == (f"「{SEALED}」は認めない", f"{SEALED} is not admitted")


@pytest.mark.parametrize("takes", [True, False])
def test_what_is_recorded_or_refused_quotes_nothing_sealed_either(hana, ren, monkeypatch, takes):
    """The reasons of the kernel as `act` hands them on: what the case adds is struck out, what was typed stays."""
    case = filed(hana)
    said = (Reason(T(f"「{TITLE}」、「打鍵」", f"{TITLE}, 打鍵")),)
    of = recorded(access.act(hana, case, RETITLE, idempotency_key=key()))
    monkeypatch.setattr(perform, "perform", lambda *_, **__: replace(of, warnings=said) if takes else Refused(said))
    send = Entry("first_review.send", FILE.on, {"ground": "打鍵"})
    answer = access.act(ren, case, send, idempotency_key=key())
    (told,) = answer.warnings if takes else answer.reasons
    assert told.text.en == f"{SEALED}, 打鍵"


# -- revealed, and written down --------------------------------------------------------------------------------------


def log():
    return list(SealedRead.objects.order_by("pk").values_list("person__name", "seq", "field", "door"))


def test_a_value_is_revealed_to_who_may_and_the_reading_is_written_down(hana):
    case = filed(hana)
    assert access.reveal(hana, case, 1, "title", "case page") == TITLE
    assert log() == [("Hana", 1, "title", "case page")]
    assert {(r.field, r.value) for r in access.reveal_all(hana, case)} == {
        ("title", TITLE),
        ("abstract", "要約のカナリア"),
    }
    assert log()[1:] == [("Hana", 1, "abstract", "page"), ("Hana", 1, "title", "page")]
    assert [r.field for r in access.read_log(hana, case)] == ["title", "abstract", "title"]


def test_who_may_see_the_case_but_not_its_sealed_values(hana, ren):
    case = filed(hana)
    for read in (lambda: access.reveal(ren, case, 1, "title"), lambda: access.reveal_all(ren, case)):
        with pytest.raises(access.NotAllowed):
            read()
    assert access.reveal_in_list(ren, [case], "title") == {}
    assert log() == []


def test_a_case_in_a_compartment_is_not_there_for_who_is_no_member(hana):
    outside = person("Outside", "applicant", sealed=True)
    case = filed(hana, compartment=circle("輪", hana).public_id)
    for read in (access.reveal_all, access.read_log):
        with pytest.raises(UnknownCase):
            read(outside, case)
    assert access.reveal_in_list(outside, [case], "title") == {}
    assert list(access.read_log(outside)) == []
    assert access.reveal(hana, case, 1, "title") == TITLE


def test_the_right_that_has_ended_reads_nothing(hana):
    case = filed(hana)
    Mandate.objects.filter(person=hana).update(sealed=False)
    with pytest.raises(access.NotAllowed):
        access.reveal(hana, case, 1, "title")


def test_what_is_not_there_or_was_destroyed_is_unknown(hana):
    case = filed(hana)
    Sealed.objects.filter(field="title").update(key=None, value=None)
    for seq, field in ((1, "title"), (1, "listed"), (2, "title")):
        with pytest.raises(access.Unknown):
            access.reveal(hana, case, seq, field)
    assert log() == []


def test_titles_of_a_list_are_read_in_so_many_statements_however_long_it_is(hana):
    cases = [filed(hana) for _ in range(12)]
    recorded(access.act(hana, cases[0], RETITLE, idempotency_key=key()))
    access.reveal_in_list(hana, cases[:1], "title")
    counts = []
    for few in (2, 12):
        with CaptureQueriesContext(connection) as done:
            titles = access.reveal_in_list(hana, cases[:few], "title")
        counts.append(len(done))
    assert counts[0] == counts[1]
    assert titles == {cases[0]: LATER, **dict.fromkeys(cases[1:], TITLE)}
    assert log()[-12:][:2] == [("Hana", 2, "data.title", "list"), ("Hana", 1, "title", "list")]


def test_nothing_is_handed_out_where_the_log_cannot_be_written(hana, monkeypatch):
    case = filed(hana)

    def full(rows):
        raise OSError("no room")

    monkeypatch.setattr(SealedRead.objects, "bulk_create", full)
    for read in (
        lambda: access.reveal(hana, case, 1, "title"),
        lambda: access.reveal_all(hana, case),
        lambda: access.reveal_in_list(hana, [case], "title"),
    ):
        with pytest.raises(OSError, match="no room"):
            read()


def every_reading_is_logged(hana, case):
    """Each way to a sealed value, as often as chance will: as many lines in the log as values handed out."""
    lot, handed = random.Random(3), 0
    before = SealedRead.objects.count()
    for _ in range(60):
        match lot.randrange(3):
            case 0:
                handed += bool(access.reveal(hana, case, 1, lot.choice(("title", "abstract"))))
            case 1:
                handed += len(access.reveal_all(hana, case))
            case _:
                handed += len(access.reveal_in_list(hana, [case], "title"))
    return SealedRead.objects.count() - before == handed


def test_the_log_is_complete_and_a_reading_without_it_would_be_found(hana, monkeypatch):
    case = filed(hana)
    assert every_reading_is_logged(hana, case)
    write, lot = sealed._log, random.Random(4)
    monkeypatch.setattr(sealed, "_log", lambda *args: None if lot.random() < 0.2 else write(*args))  # planted
    assert not every_reading_is_logged(hana, case)


def test_a_bundle_with_sealed_values_is_written_down_before_it_leaves(hana, ren, monkeypatch, tmp_path):
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    store.forget()
    case = filed(hana)
    assert TITLE.encode() not in envelope.opened(access.export(ren, case, keys.own_key()))
    assert log() == []
    assert TITLE.encode() in envelope.opened(access.export(hana, case, keys.own_key()))
    assert log() == [("Hana", 0, "bundle", "export")]
    store.forget()


def test_on_both_databases(office):
    hana = person("Hana", "applicant", sealed=True)
    apply = Entry(
        "permit.apply", date(2026, 5, 1), {"name": "K", "size": "small", "money": 7}, by="applicant", party="K"
    )
    case = recorded(access.open_case(hana, "small.permit", apply, idempotency_key=key())).case
    assert access.entries(hana, case)[0].data["money"] == SEALED
    assert access.reveal(hana, case, 1, "money") == 7
    assert access.reveal_in_list(hana, [case], "money") == {case: 7}
    room = circle("輪", hana)
    access.place(hana, case, room.public_id)
    assert set(Sealed.objects.values_list("key__circle", flat=True)) == {room.public_id}
    assert access.reveal(hana, case, 1, "money") == 7
    assert reading.entries(case)[0].data["money"] == 7
