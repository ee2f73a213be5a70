"""Time stamps of anchors: an authority that is not ours says when; what is no stamp of the anchor is refused, and found
later. The authority is `openssl ts`, and so is the second opinion."""

import random
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from acts import opened
from click.testing import CliRunner
from django.test import override_settings
from time_authority import OPENSSL, Authority

from figures import seeds, tries
from kaname.cli import root
from kaname.ledger import clock, envelope_files, envelope_keys
from kaname.ledger.agent_keys import AgentAway
from kaname.ledger.errors import LedgerError
from kaname.ledger.models import Anchor, TimeStamp
from kaname.ledger.proof import anchors, clocks, stamps
from kaname.ledger.signed import Untrusted
from kaname.ledger.verify import verify
from kaname.site.home import home

FLIPS = tries(60, ci=400, soak=20_000)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    if OPENSSL is None:
        pytest.skip("openssl is not installed (apt-get install openssl)")
    return Authority(tmp_path_factory.mktemp("time") / "authority")


@pytest.fixture
def stamped(office, authority, monkeypatch, tmp_path):
    """An office that believes the authority, with an anchor that it has stamped."""
    monkeypatch.setenv("KANAME_HOME", str(tmp_path))
    (home() / stamps.ROOTS).write_bytes(authority.roots)
    opened()
    anchor = anchors.make()
    stamps.take_in(anchor, authority.answer(stamps.request(anchor)))
    return anchor


def kaname(*words, status=0):
    found = CliRunner().invoke(root, words, env={"KANAME_LANG": "en"})
    assert found.exit_code == status, (found.output, found.exception)
    return found.output


def test_an_anchor_is_stamped_and_another_program_agrees(stamped, authority, tmp_path):
    kept = TimeStamp.objects.get()
    assert (kept.number, kept.authority) == (1, "Mihon Time")
    assert abs(datetime.fromisoformat(kept.at) - datetime.now(UTC)) < timedelta(minutes=5)
    assert verify().faults == []
    kaname("anchor", "stamp", "--keep", str(tmp_path / "a1"))
    assert authority.verified(tmp_path / "a1.txt", tmp_path / "a1.tsr")
    (tmp_path / "other.txt").write_text(stamped.statement + " ")
    assert not authority.verified(tmp_path / "other.txt", tmp_path / "a1.tsr")


def test_the_request_tells_a_digest_and_nothing_else(stamped):
    asked = stamps.request(stamped)
    assert len(asked) < 80
    assert stamped.digest.encode() not in asked
    assert stamped.statement.encode() not in asked


def test_by_files_where_no_line_leads_outside(stamped, authority, tmp_path):
    opened()
    anchor = anchors.make()
    kaname("anchor", "stamp", "--request", str(tmp_path / "q"))
    (tmp_path / "r").write_bytes(authority.answer((tmp_path / "q").read_bytes()))
    assert kaname("anchor", "stamp", "--reply", str(tmp_path / "r")).startswith("anchor 2: stamped by Mihon Time at ")
    assert "Mihon Time" in kaname("anchor", "list")
    assert "no time stamp of anchor 1" in kaname("anchor", "stamp", "1", "--reply", str(tmp_path / "r"), status=2)
    assert TimeStamp.objects.filter(number=anchor.number).count() == 1


def test_a_history_made_anew_is_found_by_the_stamp_alone(stamped, office):
    """With the office's key and the database in the attacker's hands, and no other office met."""
    opened()
    if office.vendor == "sqlite":
        Anchor.objects.all().delete()
    else:
        office.superuser("DELETE FROM ledger_anchor")  # who serves requests may not
    anchors.make()  # a sound anchor of another history under the same number
    assert [f.text.en for f in verify().faults if "time stamp" in f.text.en]


def test_changed_answers_are_refused_or_say_the_same(stamped):
    """Not every byte of an answer is signed; but none that counts can be another."""
    answer, trusted = bytes(TimeStamp.objects.get().answer), stamps.roots()
    said, refused, tried = stamps.read(stamped, answer, trusted), 0, 0
    for seed in seeds(FLIPS):
        tried, rng = tried + 1, random.Random(seed)
        changed = bytearray(answer)
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
        try:
            assert stamps.read(stamped, bytes(changed), trusted) == said
        except Untrusted:
            refused += 1
    assert refused > tried // 2
    for cut in (0, 1, 100, len(answer) - 1):
        with pytest.raises(Untrusted):
            stamps.read(stamped, answer[:cut], trusted)
    with pytest.raises(Untrusted):
        stamps.read(stamped, answer + b"\0" * stamps.LARGEST, trusted)


def test_only_whom_the_office_believes_stamps(stamped, tmp_path):
    stranger = Authority(tmp_path / "stranger", "Nobody")
    with pytest.raises(Untrusted):
        stamps.take_in(stamped, stranger.answer(stamps.request(stamped)))
    (home() / stamps.ROOTS).unlink()
    with pytest.raises(LedgerError):
        stamps.take_in(stamped, b"x")
    assert [f.text.en for f in verify().faults if stamps.ROOTS in f.text.en]


def test_a_certificate_that_is_not_for_time_stamps_nothing(stamped, tmp_path):
    other = Authority(tmp_path / "other", "Signs programs", stamping=False)
    (home() / stamps.ROOTS).write_bytes(other.roots)
    try:
        answer = other.answer(stamps.request(stamped))
    except Exception:  # openssl itself will not sign with it
        return
    with pytest.raises(Untrusted):
        stamps.take_in(stamped, answer)


def test_a_clock_that_a_stamp_contradicts_is_told(stamped, authority, monkeypatch):
    now = clock.now()
    monkeypatch.setattr("kaname.ledger.clock.now", lambda: now + timedelta(days=2))
    opened()
    anchor = anchors.make()
    stamps.take_in(anchor, authority.answer(stamps.request(anchor)))
    assert [(d.office, d.ahead) for d in clocks.doubts()] == [("Mihon Time", False)]
    monkeypatch.setattr("kaname.ledger.clock.now", lambda: now - timedelta(days=2))
    assert [(d.office, d.ahead) for d in clocks.doubts()] == [("Mihon Time", True)]


class _Line(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        status, raw = self.server.say(asked)
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        pass


@pytest.fixture
def line(stamped, authority):
    """The authority at an address that the settings name; `say` may be another."""
    server = HTTPServer(("127.0.0.1", 0), _Line)
    server.asked, server.say = 0, lambda asked: (200, authority.answer(asked))
    Thread(target=server.serve_forever, daemon=True).start()
    with override_settings(KANAME_TIME_STAMPS=f"http://127.0.0.1:{server.server_port}/tsa",
                           KANAME_WEBHOOK_INSIDE=frozenset({"127.0.0.1"})):  # fmt: skip
        yield server
    server.shutdown()
    server.server_close()


def test_once_a_day_by_itself_and_again_where_it_failed(stamped, line):
    opened()
    anchors.make()
    line.say = lambda asked: (503, b"closed")
    assert "answers 503" in kaname("anchor", "make", "--daily", status=2)
    line.say = lambda asked: (200, b"<html>hello</html>")
    assert "cannot be read as an answer" in kaname("anchor", "make", "--daily", status=2)
    with override_settings(KANAME_WEBHOOK_INSIDE=frozenset()):
        assert "was not reached" in kaname("anchor", "stamp", status=2)
    assert TimeStamp.objects.count() == 1


def test_neither_the_authority_nor_the_keys_hinder_the_other(stamped, line, monkeypatch):
    """Planted: each is away in its turn. What can be done is done, all that cannot is told, and done the next time."""
    former = {one.name for one in envelope_keys.renew().former}
    now, erase = clock.now(), envelope_files.drop
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=366))
    opened()
    number = anchors.make().number
    held = {path.name for path in (home() / "envelope_keys").iterdir()}
    assert former <= held

    def away(*_):
        raise AgentAway

    monkeypatch.setattr(envelope_files, "drop", away)
    line.say, answer = lambda asked: (503, b"closed"), line.say
    both = kaname("anchor", "make", "--daily", status=2)
    assert "the key agent" in both and "answers 503" in both
    line.say = answer
    assert "the key agent" in kaname("anchor", "make", "--daily", status=2)
    assert number in stamps.of([number])  # the keys did not hinder it
    opened()
    number = anchors.make().number
    monkeypatch.setattr(envelope_files, "drop", erase)
    line.say = lambda asked: (503, b"closed")
    assert "answers 503" in kaname("anchor", "make", "--daily", status=2)
    assert former.isdisjoint(path.name for path in (home() / "envelope_keys").iterdir())  # nor the authority them
    line.say = answer
    kaname("anchor", "make", "--daily")
    assert number in stamps.of([number]) and not envelope_keys.own().former


def test_once_stamped_it_is_not_asked_again(stamped, line):
    opened()
    anchors.make()
    kaname("anchor", "make", "--daily")
    kaname("anchor", "make", "--daily")
    assert (line.asked, TimeStamp.objects.count()) == (1, 2)


def test_what_is_missing_is_told_in_a_line(stamped):
    assert "KANAME_TIME_STAMPS names no authority" in kaname("anchor", "stamp", status=2)
    assert "there is no anchor 9" in kaname("anchor", "stamp", "9", status=2)
    assert "give one of" in kaname("anchor", "stamp", "--request", "a", "--keep", "b", status=2)
    opened()
    anchors.make()
    assert "anchor 2 has no time stamp yet" in kaname("anchor", "stamp", "--keep", "a", status=2)
