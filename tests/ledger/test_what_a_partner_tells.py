"""What a partner tells of its anchors, by hand: what is kept, what is countersigned, what contradicts, what is refused.

The partner is a key and a few signed lines (`made_by_hand`); what two whole offices come to is in `test_contacts`.
"""

from datetime import timedelta

import pytest
from acts import opened
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from made_by_hand import INSTANT, KEY, OFFICE, OTHER, STRANGER, anchor, envelope_keys, name_of, signed, text

from kaname.ledger import clock, keys, link, reading, rows, store
from kaname.ledger import envelope_keys as ours_of_envelopes
from kaname.ledger import signed as two_lines
from kaname.ledger.errors import Elsewhere
from kaname.ledger.models import Anchor, Contradiction, Countersignature, Restore, Witnessed
from kaname.ledger.proof import anchors, clocks, contact, receipts, restores, witness
from kaname.ledger.signed import Untrusted
from kaname.ledger.strict_json import loads

LATER = INSTANT.replace("2026", "2027")
MEANT = "not of the form kaname-contact/1"


@pytest.fixture
def here(sqlite_office, monkeypatch):
    """An office that has pinned the two keys; its clock stands."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    keys.pin("ministry", KEY)
    keys.pin("stranger", STRANGER)
    return rows.instant(now)


def run(count, first=1, before="", root="0" * 64):
    """So many anchors of the partner, each naming the one before."""
    made = []
    for number in range(first, first + count):
        made.append(anchor(number, before, root))
        before = name_of(made[-1])
    return made


def tell(*said, at=LATER, by=KEY):
    return witness.hear(by, [text(one) for one in said], at)


def kept(by=KEY):
    return list(Witnessed.objects.filter(office=by).order_by("number").values_list("number", "digest", "statement"))


def found(one):
    return (one.office, one.sort, one.number, one.held, one.told)


def all_found():
    return [found(one) for one in Contradiction.objects.order_by("pk")]


def refused(words, act, *given, **named):
    with pytest.raises(Untrusted) as wrong:
        act(*given, **named)
    assert wrong.value.text.en == words and wrong.value.text.ja


# -- anchors of theirs -------------------------------------------------------------------------------------------------


def test_what_is_told_is_kept_and_the_last_countersigned(here, monkeypatch):
    first, second, third = run(3)
    assert tell() is None and kept() == []
    assert tell(first, second) is None
    assert kept() == [(n, name_of(one), text(one)) for n, one in enumerate((first, second), 1)]
    one, two = Witnessed.objects.order_by("number")
    assert one.countersigned == ""
    assert two_lines.read(witness.DOMAIN, two.countersigned.encode(), keys.own_keys()) == {
        "anchor": text(second), "at": here, "format": "kaname-countersigned/1", "from": keys.own_key(),
    }  # fmt: skip
    assert witness.newest(KEY).number == 2 and witness.newest(STRANGER) is None
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    for again in ((first, second), (second,)):
        assert tell(*again) is None
    assert tell(second, third) is None and len(kept()) == 3
    assert [bool(w.countersigned) for w in Witnessed.objects.order_by("number")] == [False, True, True]
    assert Witnessed.objects.get(number=2).countersigned == two.countersigned, "signed once"
    assert all_found() == []


def test_offices_are_not_taken_for_one_another(here):
    first, second = run(2)
    for number in (3, 2):
        Witnessed.objects.create(office=STRANGER, number=number, digest="x", statement="x")
    assert tell(first, second) is None
    Witnessed.objects.create(office=STRANGER, number=1, digest="x", statement="x")  # behind ours: found last
    assert tell(first, second) is None
    assert list(Witnessed.objects.filter(office=STRANGER).values_list("countersigned", flat=True)) == [""] * 3
    Witnessed.objects.filter(office=KEY).delete()
    for number in (2, 1):
        Witnessed.objects.create(office=KEY, number=number, digest="x", statement="x")
    assert [one.number for one in witness.newest_of([KEY, STRANGER])] == [2, 3]
    Witnessed.objects.create(office=KEY, number=4, digest="x", statement="x")
    assert [one.number for one in witness.newest_of([STRANGER, KEY])] == [3, 4]


def test_of_each_office_one_line_is_read_the_newest(here):
    """By the statement itself: among several lines the last to come would win, and no database promises an order."""
    for office, number in ((KEY, 1), (KEY, 2), (STRANGER, 3), (STRANGER, 1)):
        Witnessed.objects.create(office=office, number=number, digest="x", statement="x")
    asked = witness._NEWEST.format(link.marks([KEY, STRANGER]))
    found = [(held.office, held.number) for held in (witness.Held(*row) for row in link.rows(asked, [KEY, STRANGER]))]
    assert sorted(found) == sorted([(KEY, 2), (STRANGER, 3)])


@pytest.mark.parametrize("wrong", [
    {"made_at": "soon"}, {"made_at": "2026-02-30" + INSTANT[10:]}, {"made_at": INSTANT[:10]}, {"number": 1 << 31},
    {"number": 0},
])  # fmt: skip
def test_what_no_later_day_could_read_is_refused_with_nothing_kept(here, wrong):
    """A moment that the calendar lacks would end each look at the clocks; a number too large, PostgreSQL's column."""
    refused("not of the form kaname-anchor/1", tell, {**anchor(), **wrong})
    assert kept() == [] and clocks.doubts() == []


def test_the_largest_number_and_the_last_moment_are_taken(here):
    assert tell({**anchor((1 << 31) - 1), "made_at": "9999-12-31T23:59:59.999999Z"}) is None
    assert len(kept()) == 1 and len(clocks.doubts()) == 1


def test_where_nothing_was_told_before_it_may_begin_anywhere(here):
    assert tell(anchor(5, "0" * 64)) is None
    assert [number for number, *_ in kept()] == [5]


def test_what_is_missing_in_between_or_of_another_is_refused_with_nothing_kept(here):
    first, second, third, fourth = run(4)
    refused("anchors 2 to 2 are missing; ask for them to be sent as well", tell, first, third)
    refused("anchors 2 to 3 are missing; ask for them to be sent as well", tell, first, fourth)
    refused("anchor 2 does not continue the one before it", tell, first, anchor(2, "0" * 64))
    refused("anchor 3 does not continue the one before it", tell, first, second, anchor(3, "0" * 64))
    with pytest.raises(Untrusted, match="not signed by a pinned office"):
        witness.hear(STRANGER, [text(first)], LATER)
    assert kept() == [] == all_found()
    tell(first)
    refused("anchors 2 to 2 are missing; ask for them to be sent as well", tell, third)
    refused("anchors 2 to 3 are missing; ask for them to be sent as well", tell, fourth)
    assert len(kept()) == 1


def test_two_anchors_under_one_number_are_two_histories(here):
    first, second = run(2)
    tell(first, second)
    other_first, other_second = run(2, root="1" * 64)
    assert found(tell(other_first, other_second)) == (KEY, "split", 1, text(first), text(other_first))
    assert found(tell(other_second)) == (KEY, "split", 2, text(second), text(other_second))
    third = anchor(3, name_of(other_second))  # what went before was another: the number held is the one in doubt
    assert found(tell(third)) == (KEY, "split", 2, text(second), text(third))
    assert [number for number, *_ in kept()] == [1, 2] and len(all_found()) == 3
    assert {one.found_at for one in Contradiction.objects.all()} == {here}


def test_who_tells_less_than_before_went_back_unless_it_was_only_slower(here):
    first, second = run(2)
    tell(first, second)
    for at in (INSTANT, INSTANT.replace("2026", "2025")):  # sent no later than what is held was made
        assert tell(first, at=at) is None and tell(at=at) is None
    assert all_found() == []
    just_after = INSTANT.replace("000000Z", "000001Z")
    assert found(tell(first, at=just_after)) == (KEY, "behind", 1, text(second), text(first))
    assert found(tell(at=just_after)) == (KEY, "behind", 0, text(second), "")
    assert len(kept()) == 2


def test_evidence_is_kept_once_until_it_is_settled(here):
    first, second = run(2)
    tell(first, second)
    for _ in range(2):
        tell(first)
    assert len(all_found()) == 1
    (one,) = witness.open_contradictions()
    assert found(one)[:3] == (KEY, "behind", 1) and one.settled_at == ""
    witness._record(STRANGER, "split", 4, "a", "b")
    assert [c.office for c in witness.open_contradictions()] == [KEY, STRANGER]
    assert witness.settle(KEY) == 1 and kept() == []
    assert Contradiction.objects.get(office=KEY).settled_at == here
    assert [c.office for c in witness.open_contradictions()] == [STRANGER]
    assert witness.settle(KEY) == 0
    tell(first, second)
    tell(first)
    assert len(all_found()) == 3, "found again, it is evidence anew"


def test_to_settle_what_they_hold_of_ours_leaves_what_is_known_of_them(here):
    tell(*run(1))
    tell(anchor(1), by=KEY)
    witness._record(KEY, "lost", 4, "", "b")
    witness._record(KEY, "differs", 5, "", "b")
    assert witness.settle(KEY) == 2 and len(kept()) == 1
    Witnessed.objects.create(office=STRANGER, number=1, digest="x", statement="x")
    witness._record(KEY, "behind", 4, "", "b")
    assert witness.settle(KEY) == 1 and kept() == [] and len(kept(STRANGER)) == 1


def test_an_office_with_a_new_key_is_the_same_office(here):
    (keys._folder() / "ministry.pub").unlink()
    keys.pin("ministry", STRANGER)
    (keys._folder() / "stranger.pub").unlink()
    (keys._folder() / "ministry.former").write_text(KEY + "\n")
    (first,) = run(1)
    tell(first)
    second = {**anchor(2, name_of(first)), "from": STRANGER}
    told = signed(second, by=OTHER).decode()
    assert witness.hear(STRANGER, [told], LATER) is None
    assert witness.newest(KEY).number == witness.newest(STRANGER).number == 2
    assert Witnessed.objects.get(number=2).office == STRANGER
    assert found(tell(anchor(2, name_of(first), root="1" * 64)))[:3] == (KEY, "split", 2)
    assert witness.settle(STRANGER) == 1 and Witnessed.objects.count() == 0


def test_what_a_third_office_holds_is_compared(here):
    (first,) = run(1)
    tell(first)
    other = text(run(1, root="1" * 64)[0])
    unknown = signed({**anchor(), "from": "2" * 64}).decode()
    assert witness.compare([]) == witness.compare([text(first)]) == witness.compare([text(run(2)[1])]) == []
    assert [found(one) for one in witness.compare([unknown, other, text(first)])] == [
        (KEY, "split", 1, text(first), other)
    ]
    of_stranger = signed({**anchor(), "from": STRANGER}, by=OTHER).decode()
    assert witness.compare([of_stranger]) == [], "of which nothing is held here"


def test_each_contradiction_is_a_sentence(here):
    says = {
        "split": "showed two anchors under one number: one history here, another elsewhere",
        "behind": "went back behind an anchor told before: restored from an old backup, or dropped entries",
        "lost": "holds an anchor of this office that is not here: this office went back to an old backup",
        "differs": "holds another anchor of this office than the one here: the history here was made anew",
    }
    assert witness.OF_THEIRS == ("split", "behind") and set(witness.SAYS) == set(says)
    for sort, words in says.items():
        said = witness.words(witness._record(KEY, sort, 7, "", ""))
        assert said.en == f"ministry (anchor 7) {words}" and said.ja.startswith("ministry（定点 7）：")


# -- anchors of ours ---------------------------------------------------------------------------------------------------


def under(statement, by=OFFICE, **other):
    """The partner's countersignature."""
    said = {"anchor": statement, "at": INSTANT, "format": "kaname-countersigned/1", "from": KEY, **other}
    return signed({name: value for name, value in said.items() if value is not None}, "countersigned/1", by).decode()


def hear_back(by, told, still=True):
    ours = witness.countersigned(by, told)
    return witness.hear_back(by, told, ours, still) if ours else None


def test_a_countersignature_under_an_anchor_of_ours_is_kept_once(here):
    made = anchors.make()
    told = under(made.statement)
    assert witness.countersigned(KEY, told).number == 1 and witness.countersigned(KEY, "") is None
    assert hear_back(KEY, told, still=False) is None and Countersignature.objects.count() == 0, "lost by a restore"
    Countersignature.objects.create(number=1, office=STRANGER, statement="x")
    assert hear_back(KEY, told) is None
    Countersignature.objects.filter(office=STRANGER).delete()
    assert Countersignature.objects.get().office == KEY
    Countersignature.objects.all().delete()
    assert hear_back(KEY, "") is None and Countersignature.objects.count() == 0
    for again in (told, under(made.statement, at=LATER)):
        assert hear_back(KEY, again) is None
    (one,) = Countersignature.objects.all()
    assert (one.number, one.office, one.statement) == (1, KEY, told)
    assert anchors.protected_until() == made.made_at
    assert hear_back(KEY, under(anchors.make().statement)) is None and Countersignature.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"more": 1}, {"at": None}, {"anchor": None}, {"format": "kaname-countersigned/2"}, {"format": None}, {"at": 1},
     {"at": "soon"}, {"at": "2026-02-30" + INSTANT[10:]}],
)  # fmt: skip
def test_a_countersignature_of_another_form_is_refused(here, wrong):
    made = anchors.make()
    refused("not of the form kaname-countersigned/1", hear_back, KEY, under(made.statement, **wrong))
    assert Countersignature.objects.count() == 0


def test_who_signed_it_and_whose_anchor_it_is_are_looked_at(here):
    made = anchors.make()
    with pytest.raises(Untrusted, match="not signed by a pinned office"):
        hear_back(KEY, under(made.statement, by=OTHER))
    for none in (text(anchor()), "", 7):
        with pytest.raises(Untrusted):
            hear_back(KEY, under(none))


def test_an_anchor_of_ours_that_is_not_here_is_told(here):
    made = anchors.make()
    told = under(made.statement)
    Anchor.objects.filter(number=1).update(digest="0" * 64)
    assert found(hear_back(KEY, told)) == (KEY, "differs", 1, made.statement, told)
    Anchor.objects.all().delete()
    assert found(hear_back(KEY, told)) == (KEY, "lost", 1, "", told)
    assert Countersignature.objects.count() == 0


# -- a contact ---------------------------------------------------------------------------------------------------------


def said_by_them(by=OFFICE, **other):
    """What the partner tells, signed."""
    to = keys.own_key()
    told = {"anchors": [], "countersigned": "", "envelope": "", "held": [], "others": [], "restored": []}
    inner = {name: other.pop(name) for name in (*told, "x") if name in other}
    said = {"at": LATER, "contact": {**told, **inner}, "format": "kaname-contact/1", "from": KEY, "to": to, **other}
    return signed({name: value for name, value in said.items() if value is not None}, "contact/1", by)


def test_a_contact_is_heard_whole(here):
    keys.speak_of("stranger")
    made, (first, second) = anchors.make(), run(2)
    third = signed({**anchor(), "from": STRANGER}, by=OTHER).decode()
    witness.hear(STRANGER, [third], LATER)
    tell(first)
    other = signed({**anchor(root="1" * 64), "from": STRANGER}, by=OTHER).decode()
    restored = {"anchor": 0, "at": INSTANT, "epoch": 1, "format": "kaname-restored/1", "from": KEY}
    raw = said_by_them(anchors=[text(first), text(second)], countersigned=under(made.statement), others=[other],
                       envelope=text(envelope_keys()), restored=[text(restored)])  # fmt: skip
    office, contradictions = contact.take_in(raw)
    assert office == KEY and [found(one) for one in contradictions] == [(STRANGER, "split", 1, third, other)]
    assert len(kept()) == 2 and Countersignature.objects.get().number == 1
    assert Restore.objects.get(office=KEY).epoch == 1
    assert (keys._folder() / "ministry.envelope").exists() or ours_of_envelopes._held("ministry").at == INSTANT


def test_who_went_back_is_believed_to_hold_what_it_countersigns_now(here):
    made = [anchors.make() for _ in range(3)]
    restored = {"anchor": 0, "at": INSTANT, "epoch": 1, "format": "kaname-restored/1", "from": KEY}
    for number in (1, 2, 3):
        Countersignature.objects.create(number=number, office=KEY, statement="x")
    contact.take_in(said_by_them(countersigned=under(made[1].statement), restored=[text(restored)]))
    assert sorted(Countersignature.objects.values_list("number", flat=True)) == [1, 2]
    contact.take_in(said_by_them(restored=[text(restored), text({**restored, "epoch": 2})]))
    assert Countersignature.objects.count() == 0


def test_all_that_contradicts_is_handed_back(here):
    made = anchors.make()
    Anchor.objects.all().delete()
    tell(*run(2))
    raw = said_by_them(anchors=[text(run(1)[0])], countersigned=under(made.statement))
    assert [one.sort for one in contact.take_in(raw)[1]] == ["lost", "behind"]


def test_the_partner_of_a_version_before_tells_of_no_envelope_keys(here):
    told = loads(said_by_them(anchors=[text(run(1)[0])]).split(b"\n")[0])["contact"]
    del told["envelope"]
    assert contact.hear(KEY, told, LATER) == [] and len(kept()) == 1


@pytest.mark.parametrize("wrong", [
    {"at": "x"}, {"at": None}, {"at": LATER + "\n"}, {"format": "kaname-contact/2"}, {"format": None}, {"more": 1},
    {"to": None}, {"contact": None}, {"contact": []}, {"contact": {}}, {"contact": [*contact.Contact._fields]},
    {"x": 1}, {"anchors": ""}, {"anchors": [1]},
    {"anchors": None}, {"others": "x"}, {"others": ["x", 1]}, {"restored": {}}, {"restored": [None]},
    {"countersigned": None}, {"countersigned": []}, {"envelope": 1}, {"envelope": None},
    {"held": "x"}, {"held": None}, {"held": [1]},
])  # fmt: skip
def test_a_contact_of_another_form_is_refused(here, wrong):
    refused(MEANT, contact.take_in, said_by_them(**wrong))


ID, DIGEST = "a" * 26, "0" * 64


@pytest.mark.parametrize(("one", "fits"), [
    ([ID, 1, DIGEST], True), ((ID, 1, DIGEST), False), ([ID, 1], False), ([ID, 1, DIGEST, 1], False),
    ([ID[1:], 1, DIGEST], False), ([ID + "a", 1, DIGEST], False), ([1, 1, DIGEST], False), ([[*ID], 1, DIGEST], False),
    ([ID, 0, DIGEST], False), ([ID, -1, DIGEST], False), ([ID, "1", DIGEST], False), ([ID, True, DIGEST], False),
    ([ID, 1, DIGEST[1:]], False), ([ID, 1, "A" * 64], False), ([ID, 1, None], False),
])  # fmt: skip
def test_what_is_said_to_be_held_has_its_form(one, fits, monkeypatch):
    assert restores.checked([one]) == fits
    assert restores.checked([]) and not restores.checked((one,)) and not restores.checked(None)
    assert restores._MOST == 20_000
    monkeypatch.setattr(restores, "_MOST", 2)
    assert restores.checked([one, one]) == fits and not restores.checked([one] * 3)


def test_a_contact_is_for_whom_it_names_and_from_a_pinned_office(here):
    refused("meant for another office", contact.take_in, said_by_them(to="0" * 64))
    with pytest.raises(Untrusted, match="not signed by a pinned office"):
        contact.take_in(said_by_them(by=Ed25519PrivateKey.from_private_bytes(b"\x03" * 32)))
    assert contact.LARGEST == 8 << 20
    with pytest.raises(Untrusted, match="larger than 8192 kB"):
        contact.take_in(b"x" * (contact.LARGEST + 1) + b"\n" + b"0" * 128 + b"\n")


def test_what_is_told_begins_with_what_they_countersigned_last(here):
    made = [anchors.make() for _ in range(3)]

    def told(**how):
        return contact.told(KEY, **how)

    keys.speak_of("stranger")  # of which nothing was told yet
    everything = [one.statement for one in made]
    assert told() == {"anchors": everything, "countersigned": "", "others": [], "restored": [], "held": [],
                      "envelope": ours_of_envelopes.statement().decode()}  # fmt: skip
    for number in (2, 1):
        Countersignature.objects.create(number=number, office=KEY, statement="x")
    Countersignature.objects.create(number=3, office=STRANGER, statement="x")
    assert told()["anchors"] == everything[1:]
    tell(*run(1))
    assert told()["countersigned"] == witness.newest(KEY).countersigned != ""
    witness.hear(STRANGER, [signed({**anchor(), "from": STRANGER}, by=OTHER).decode()], LATER)
    keys.speak_of("ministry")
    assert told()["others"] == [witness.newest(STRANGER).statement]
    assert contact.told(STRANGER)["others"] == [witness.newest(KEY).statement]
    restores.raise_epoch()
    assert told()["restored"] == restores.told() != []


def test_a_contact_is_written_for_an_office_and_says_when(here):
    said = two_lines.read(b"kaname/contact/1", contact.write("ministry"), keys.own_keys())
    assert said == {
        "at": here,
        "contact": contact.told(KEY),
        "format": "kaname-contact/1",
        "from": keys.own_key(),
        "to": KEY,
    }
    assert anchors._told() == clock.now() + timedelta(microseconds=1)
    assert anchors.make().made_at > here, "no anchor made later says it is older than what was told"
    with pytest.raises(keys.KeyProblem):
        contact.write("nobody")


def test_copies_are_told_of_where_they_are_asked_for(here, monkeypatch):
    monkeypatch.setattr(restores, "held_for", lambda office: [[office, 1, "x"]])
    assert contact.told(KEY)["held"] == [] and contact.told(KEY, copies=True)["held"] == [[KEY, 1, "x"]]
    said = two_lines.read(b"kaname/contact/1", contact.write("ministry"), keys.own_keys())
    assert said["contact"]["held"] == [[KEY, 1, "x"]]


# -- receipts ----------------------------------------------------------------------------------------------------------


def test_a_receipt_names_the_last_anchor_before_its_entry(here):
    head = reading.head(opened().case)
    (row,) = store.rows_of([head.pk])[head.pk]

    def told(at=None):
        raw = receipts.write(head, row if at is None else row._replace(recorded_at=at))
        return two_lines.read(b"kaname/receipt/1", raw, keys.own_keys())

    entry = {name: getattr(row, name) for name in ("act", "digest", "effective_on", "recorded_at", "seq")}
    assert told() == {"anchor": None, "case": {"id": head.public_id, "kind": head.kind, "opened_on": head.opened_on},
                      "entry": entry, "format": "kaname-receipt/1", "from": keys.own_key()}  # fmt: skip
    first, second = anchors.make(), anchors.make()
    assert told(first.made_at)["anchor"] == {"digest": first.digest, "number": 1}
    assert told(second.made_at)["anchor"] == {"digest": second.digest, "number": 2}
    assert told("2026-01-01T00:00:00.000000Z")["anchor"] is None
    with pytest.raises(Elsewhere):
        receipts.write(head._replace(origin=KEY), row)
