"""Webhooks: who is told what, how a receiver knows it is true, what a bad receiver does, where no request may go."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest

from kaname.access import api as access
from kaname.ledger.perform import perform
from kaname.notices import outbox, reach, sender
from kaname.notices.api import hooks
from kaname.notices.hooks import BadHook
from kaname.notices.models import Hook, Outgoing
from kaname.site import outward
from ledger.acts import STORY, key, opened


def told(ears) -> list[tuple[str, int]]:
    data = [json.loads(body)["data"] for _, _, body in ears.heard]
    return [(d["case"], d["seq"]) for d in data]


def test_what_is_recorded_is_told_once_signed_and_by_ids_alone(world, ears):
    before = opened().case
    hook = hooks.make(world.minister, "to our system", ears.url)
    case = opened().case
    perform(case, STORY[0], idempotency_key=key())
    assert sender.send_all().sent == 2
    assert sender.send_all().sent == 0
    assert told(ears) == [(case, 1), (case, 2)]  # what was recorded before it was made is not
    assert before not in str(ears.heard)
    number, heads, body = ears.heard[0]
    assert b"Kumo" not in body and b"12000000" not in body
    secret = base64.b64decode(hooks.secret_of(hook).removeprefix("whsec_"))
    signed = hmac.digest(secret, f"{number}.{heads['webhook-timestamp']}.".encode() + body, "sha256")
    assert heads["webhook-signature"] == "v1," + base64.b64encode(signed).decode()
    assert number == Outgoing.objects.order_by("pk").first().public_id


def test_entries_of_the_last_minutes_are_looked_at_again_and_told_once(world, ears, monkeypatch):
    hooks.make(world.minister, "h", ears.url)
    opened()
    sender.send_all()
    assert Hook.objects.get().cursor == 0 or Hook.objects.get().cursor < access.newest()
    later = datetime.now(UTC) + timedelta(minutes=6)
    monkeypatch.setattr("kaname.ledger.clock.now", lambda: later)
    sender.send_all()
    assert Hook.objects.get().cursor == access.newest() and len(ears.heard) == 1


def test_who_may_not_see_a_case_is_not_told_of_it(world, ears):
    for name in ("minister", "stranger", "kumo"):
        hooks.make(world.people[name], name, ears.url)
    case = opened().case
    world.hide(case, "minister")
    sender.send_all()
    assert ears.heard == []  # not even its member: a compartment is told of nowhere
    assert not Outgoing.objects.exists()


def test_a_right_that_ends_before_the_sending_leaves_it_unsaid(world, ears):
    hooks.make(world.minister, "h", ears.url)
    case = opened().case
    hooks.plan(datetime.now(UTC))
    world.hide(case, "kumo")
    done = sender.send_all(plan=False)
    assert (done.sent, done.void) == (0, 1) and ears.heard == []


def test_a_hook_of_a_kind_hears_of_that_kind(world, ears):
    hooks.make(world.minister, "other", ears.url, "lab.case")
    opened()
    assert sender.send_all().sent == 0


def test_an_answer_of_500_for_a_day_loses_nothing(world, ears, monkeypatch):
    hooks.make(world.minister, "h", ears.url)
    case = opened().case
    now = datetime.now(UTC)
    ears.answers = [500] * 7 + [200]
    for _ in range(8):
        monkeypatch.setattr("kaname.ledger.clock.now", lambda now=now: now)
        sender.send_all()
        row = Outgoing.objects.get()
        now = max(row.next_at, now)
    assert row.state == "sent" and told(ears) == [(case, 1)] * 8
    assert len({number for number, _, _ in ears.heard}) == 1  # a receiver knows that it is the same


def test_a_redirect_is_not_followed_and_gone_is_gone(world, ears):
    hooks.make(world.minister, "h", ears.url)
    opened()
    ears.answers = [302]
    assert sender.send_all().later == 1 and len(ears.heard) == 1
    Outgoing.objects.update(next_at=datetime.now(UTC))
    ears.answers = [410]
    assert sender.send_all().dead == 1


def test_an_ended_hook_is_told_nothing_more(world, ears):
    hook = hooks.make(world.minister, "h", ears.url)
    opened()
    hooks.plan(datetime.now(UTC))
    assert not hooks.end(world.kumo, hook.public_id)
    assert hooks.end(world.minister, hook.public_id) and not hooks.end(world.minister, hook.public_id)
    assert sender.send_all().void == 1 and ears.heard == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (("", "https://a.example/"), "name"), (("x" * 65, "https://a.example/"), "name"),
        (("h", "http://a.example/"), "url"), (("h", "https://user:pw@a.example/"), "url"),
        (("h", "https://a.example/#x"), "url"), (("h", "https://a.example:99999/"), "url"),
        (("h", "https://a.example/ b"), "url"), (("h", "ftp://a.example/"), "url"), (("h", ""), "url"),
        (("h", "https://あ.example/"), "url"), (("h", "https://a.example/", "no.kind"), "kind"),
    ],
)  # fmt: skip
def test_a_wrong_hook_is_refused_with_its_field(world, given, field):
    with pytest.raises(BadHook) as wrong:
        hooks.make(world.kumo, *given)
    assert wrong.value.field == field and not Hook.objects.exists()


def test_nobody_has_more_than_ten(world):
    for n in range(hooks.MOST):
        hooks.make(world.kumo, f"h{n}", "https://a.example/")
    with pytest.raises(BadHook):
        hooks.make(world.kumo, "one more", "https://a.example/")


# -- where no request may go -----------------------------------------------------------------------------------------

INSIDE = (
    "127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "localhost",
    "LOCALHOST",
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.9.9", "192.168.0.1", "192.168.1.1", "169.254.169.254",
    "169.254.0.1", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
    "[::ffff:a9fe:a9fe]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]",
    "[ff02::1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[2001:db8::1]",
    "[fec0::1]", "[::ffff:0:127.0.0.1]",
)  # fmt: skip
PORTS = ("", ":80", ":443", ":8000", ":5432")


@pytest.mark.parametrize("host", INSIDE)
def test_no_spelling_of_an_inside_address_is_reached(host, monkeypatch):
    def connect(*_, **__):
        raise AssertionError("a connection was begun")

    monkeypatch.setattr("kaname.site.outward.socket.create_connection", connect)
    for port in PORTS:
        with pytest.raises(reach.NotReached):
            reach.post(f"https://{host}{port}/x", b"{}", {})


def test_a_name_with_one_inside_address_among_public_ones_is_not_reached(monkeypatch):
    found = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr("kaname.site.outward.socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(reach.NotReached) as wrong:
        outward.address("rebind.example", 443)
    assert wrong.value.refused
    monkeypatch.setattr("kaname.site.outward.socket.getaddrinfo", lambda *_, **__: found[:1])
    assert str(outward.address("rebind.example", 443)) == "93.184.216.34"


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    """The name is asked for once: a second answer cannot lead elsewhere."""
    asked, went = [], []

    def once(host, *_, **__):
        asked.append(host)
        return [(2, 1, 6, "", ("93.184.216.34" if len(asked) == 1 else "127.0.0.1", 443))]

    def connect(to, **_):
        went.append(to)
        raise OSError("no network here")

    monkeypatch.setattr("kaname.site.outward.socket.getaddrinfo", once)
    monkeypatch.setattr("kaname.site.outward.socket.create_connection", connect)
    with pytest.raises(reach.NotReached):
        reach.post("https://rebind.example/x", b"{}", {})
    assert asked == ["rebind.example"] and went == [("93.184.216.34", 443)]


def test_the_receivers_secrets_are_in_no_fault(world, ears):
    hooks.make(world.minister, "h", ears.url)
    opened()
    ears.answers = [500]
    sender.send_all()
    assert Outgoing.objects.get().fault == "answered 500"
    assert outbox.of(world.minister).get().hook.url == ears.url
