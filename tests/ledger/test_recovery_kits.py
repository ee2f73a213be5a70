"""A kit and the papers beside it, piece by piece: what they hold, what is written down, what opens later."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from kaname.ledger import (
    destroyed,
    envelope_keys,
    key_book,
    recovery,
    sealing,
    shares,
    store,
)
from kaname.ledger.agent_keys import AgentKeys
from kaname.ledger.master import fingerprint, masters
from kaname.ledger.models import SealingKey
from kaname.ledger.recovery import NotRecovered
from kaname.ledger.strict_json import canonical
from kaname.site.home import home, write_new

SEED = bytes(range(32))
PAPERS = (
    "salt email academic acid adorn physics cage daisy downtown insect coastal group "
    "pencil vexed tolerate quantity junior belong amount employer nuclear peanut clothes sharp "
    "exclude dynamic custody aircraft both cultural thorn edge grief",
    "salt email academic always adjust railroad laser photo amount steady seafood royal "
    "style answer walnut clay afraid legs true security amazing equip drove lily "
    "work rebuild dough diploma vegan scared ceramic public arcade",
)
KIT = bytes.fromhex(
    "6b616e616d652d7265636f766572792f312068706b652d7832353531392d686b64662d7368613235362d6165732d3235362d"
    "67636d20383766333439613932613664343238390acc055303e518326d3ea7649eb1856fb0e8550c3cab45b2b8cf731c2a95"
    "2a6d1abb8e3994da59c2a242c038a3d93609683e3a8b82ab69ab4689fe08a10e9a1501854d3f8673d9f2bec811d27367b889"
    "1730700ee066535b85c49c2eb6726faeb81c9c58ec405796a4a4351ecc094c67c66144611c5e1d053741d732d9e8e2a73aa9"
    "d0004004f2960fa77b5f5d8fd3f890ed88f6b23f09355281b7cd10e63ac25b85741dbcdc5602e97945b7ea4fec4702dc2179"
    "c2beec84e4342419cee14ca1cf292bb7ab74111d836d87930725ca"
)
NOTE = destroyed.Note("vault", "2026-02-01T00:00:00.000000Z", "a", "b", "over")


@pytest.fixture(autouse=True)
def office(sqlite_office):
    """With something sealed, of the office and of a circle."""
    store.forget()
    sealing.seal_text("x", b"x")
    sealing.seal_text("x", b"x", "vault")
    yield
    store.forget()


@pytest.fixture
def new_machine(tmp_path, monkeypatch):
    """This process as one just started on a machine without keys; the database is there."""

    def started(name="new"):
        (tmp_path / name).mkdir(mode=0o700)
        monkeypatch.setenv("KANAME_HOME", str(tmp_path / name))
        store.forget()
        return tmp_path / name

    return started


def written(what=""):
    return [(line.what, line.data) for line in reversed(key_book.lines(what))]


# -- papers and kits that lie in a safe for years ----------------------------------------------------------------------


def test_a_kit_and_two_papers_of_a_version_before_open_still():
    first, second = map(shares.read, PAPERS)
    opened = recovery.of_seed(shares.join(first, second, "rice"))
    assert opened.key == recovery.of_seed(SEED).key and opened.set == "87f349a92a6d4289"
    assert recovery.inside(KIT, opened) == {"sealing_key": SEED, "circle_keys/vault": b"half"}


def test_a_kit_is_one_line_and_what_only_its_set_opens():
    opened = recovery.of_seed(SEED)
    write_new(home() / "recovery_key", opened.key)
    kit, of = recovery.sealed({"sealing_key": b"\1\2"})
    line = kit[: kit.index(b"\n") + 1]
    assert (
        line == b"kaname-recovery/1 hpke-x25519-hkdf-sha256-aes-256-gcm 87f349a92a6d4289\n" and of == "87f349a92a6d4289"
    )
    inside = recovery._HPKE.decrypt(kit[len(line) :], opened.private, info=line + opened.key[32:])
    assert json.loads(inside)["files"] == {"sealing_key": "0102"} and json.loads(inside)["at"].endswith("Z")
    assert len(opened.key) == 64 and X25519PublicKey.from_public_bytes(opened.key[:32]) == opened.private.public_key()


def test_what_is_no_kit_is_told():
    opened = recovery.of_seed(SEED)
    line = KIT[: KIT.index(b"\n") + 1]

    def kit_of(files):
        inside = canonical({"at": "", "files": files}).encode()
        public = X25519PublicKey.from_public_bytes(opened.key[:32])
        return line + recovery._HPKE.encrypt(inside, public, info=line + opened.key[32:])

    assert recovery.inside(kit_of({"secret_key": "00"}), opened) == {"secret_key": b"\0"}
    for raw, told in (
        (b"", "no recovery kit"), (b"\n" + KIT, "no recovery kit"),
        (KIT.replace(b"aes-256", b"aes-128", 1), "no recovery kit"),
        (KIT.replace(b"87f349a92a6d4289", b"0" * 16, 1), "another set"), (KIT[:-1], "was changed"),
        (line, "was changed"),
        (KIT + b"x", "was changed"), (kit_of({"../x": "00"}), "is no name of a key file"),
    ):  # fmt: skip
        with pytest.raises(NotRecovered, match=told):
            recovery.inside(raw, opened)


@pytest.mark.parametrize(("name", "held"), [
    ("secret_key", True), ("signing_key", True), ("anchor_key", True), ("notices_key", True), ("sealing_key", True),
    (f"sealing_key.{'0' * 16}", True), ("circle_keys/vault", True), ("opening_keys/a", True), ("envelope_state", True),
    ("envelope_keys/" + "0" * 64, True), ("former_keys", True), ("offices/ministry.pub", True),
    ("destroyed/attic", True),
    ("recovery_key", False), ("kaname.sqlite3", False), ("circle_keys/.part", False), ("circle_keys/folder/x", False),
])  # fmt: skip
def test_a_kit_holds_every_key_that_is_drawn_once_and_nothing_else(name, held):
    (home() / name).parent.mkdir(parents=True, exist_ok=True)
    before = (home() / name).exists()
    (home() / name).write_bytes((home() / name).read_bytes() if before else b"k" * 32)
    found = recovery.held_files()
    assert (name in found) == held and (not held or recovery._NAME.fullmatch(name))
    assert {"sealing_key", "circle_keys/vault"} <= set(found) and all(not n.startswith("/") for n in found)


def test_the_digest_of_a_kit_changes_with_every_file_and_name():
    told = {recovery.digest_of(recovery.digests(files)) for files in (
        {}, {"a": b"1"}, {"a": b"2"}, {"b": b"1"}, {"a": b"1", "b": b"2"}, {"a": b"2", "b": b"1"})}  # fmt: skip
    assert len(told) == 6 and all(len(one) == 32 for one in told)
    assert (
        recovery.digest_of({"b": "2", "a": "1"})
        == recovery.digest_of({"a": "1", "b": "2"})
        == "484dbeafb8407d1d70b9d8e434cc373d"
    )
    assert recovery.digest() == recovery.digest_of(recovery.digests(recovery.held_files()))


# -- shares are made, kits written, both tried -------------------------------------------------------------------------


def test_before_shares_were_made_there_is_no_set_and_no_kit():
    assert recovery.present() is None and recovery.set_here() is None
    with pytest.raises(NotRecovered, match=r"\.\./x is no name of a key file"):
        recovery.sealed({"../x": b""})
    for ask in (recovery.kit, lambda: recovery.sealed({})):
        with pytest.raises(NotRecovered, match="no shares were made yet"):
            ask()
    assert written() == []


def test_the_first_shares_leave_the_master_and_later_ones_renew_it():
    first = masters().current()
    three = recovery.make(["a", "b", "c"])
    told = {"by": "", "holders": ["a", "b", "c"], "number": three[0].set, "set": recovery.present()}
    assert written() == [("shares", told)] and masters().current() == first
    assert (home() / "recovery_key").stat().st_mode & 0o777 == 0o600 and len(three) == 3
    four = recovery.make(["d"], "ada", "rice")
    told = {"by": "ada", "holders": ["d"], "number": four[0].set, "set": recovery.present()}
    assert written()[1:] == [("shares", told), ("renewed", {"by": "ada", "master": masters().current()})]
    assert masters().current() != first and {row.master for row in sealing.key_rows("WHERE circle = ''")} == {
        masters().current()
    }
    assert recovery.of_shares(*four[1:], "rice").set == recovery.present()
    with pytest.raises(NotRecovered, match="passphrase is wrong"):
        recovery.of_shares(*four[1:], "")
    recovery.make(["d"])
    assert written()[-1][1]["by"] == "", "on the host"


def test_of_each_kit_the_book_tells_what_it_holds():
    recovery.make(["a", "b", "c"])
    assert not (home() / "envelope_state").exists()
    kit = recovery.kit("ada")
    held = recovery.held_files()
    told = {"by": "ada", "keys": len(held), "digest": recovery.digest(), "set": recovery.present()}
    assert written("kit") == [("kit", told)] and "envelope_state" in held
    assert kit.startswith(b"kaname-recovery/1 ")
    recovery.kit()
    assert written("kit")[1][1]["by"] == ""


def test_a_drill_says_which_shares_fit_and_what_a_kit_lacks():
    three = recovery.make(["a", "b", "c"])
    kit, of = recovery.kit(), recovery.present()
    assert recovery.drill(three[2], three[0]) == (of, None)
    assert recovery.drill(three[2], three[1], raw=kit, by="ada") == (of, [])
    for name in "dbfaec":
        masters().current(name)
    recovery.place("offices/ministry.pub", b"1")
    lacking = [*(f"circle_keys/{name}" for name in "abcdef"), "offices/ministry.pub"]
    assert recovery.drill(three[0], three[1], "", kit).lacking == lacking
    assert [data for _, data in written("drill")] == [
        {"by": "", "set": of, "shares": [1, 3], "kit": False}, {"by": "ada", "set": of, "shares": [2, 3], "kit": True},
        {"by": "", "set": of, "shares": [1, 2], "kit": True},
    ]  # fmt: skip


def test_a_kit_with_another_key_of_the_same_name_lacks_it():
    three = recovery.make(["a", "b", "c"])
    kit = recovery.kit()
    (home() / "circle_keys/vault").write_bytes(bytes(32))
    assert recovery.drill(three[0], three[1], raw=kit).lacking == ["circle_keys/vault"]


# -- put in place ------------------------------------------------------------------------------------------------------


def test_on_a_new_machine_every_key_is_put_in_place_and_it_is_written_down(new_machine):
    three = recovery.make(["a", "b", "c"], passphrase="rice")
    kit, held, of = recovery.kit(), recovery.held_files(), (home() / "recovery_key").read_bytes()
    folder = new_machine()
    done = recovery.recover(kit, three[2], three[1], "rice")
    assert done == (sorted(held), None, [])
    assert {name: (folder / name).read_bytes() for name in held if not name.startswith("envelope")} == {
        name: raw for name, raw in held.items() if not name.startswith("envelope")
    }
    assert (folder / "recovery_key").read_bytes() == of
    assert all((folder / n).stat().st_mode & 0o777 == 0o600 for n in (*held, "recovery_key"))
    assert (folder / "circle_keys").stat().st_mode & 0o777 == 0o700
    (told,) = (folder / "recovered").iterdir()
    said = json.loads(told.read_text())
    assert said == {"at": said["at"], "keys": len(held), "set": recovery.present(), "shares": [2, 3]}
    assert told.name == "".join(c for c in said["at"] if c in "0123456789TZ") and written("recovered") == [
        ("recovered", said)
    ]
    assert envelope_keys.own().former, "partners are told new keys: the kit may be older than what they were told last"
    recovery.finish()
    assert len(written("recovered")) == 1


def test_without_a_passphrase_none_is_asked_for(new_machine):
    three = recovery.make(["a", "b", "c"])
    kit = recovery.kit()
    new_machine()
    assert recovery.recover(kit, three[0], three[1]).placed
    assert written("recovered")[0][1]["shares"] == [1, 2]


def test_notes_of_destruction_are_put_in_place_before_any_key(new_machine, monkeypatch):
    three = recovery.make(["a", "b", "c"])
    masters().current("attic")
    (home() / "destroyed").mkdir()
    (home() / "destroyed/vault").write_text(canonical(NOTE._asdict()))
    kit, order, place = recovery.kit(), [], recovery.place
    monkeypatch.setattr(recovery, "place", lambda name, held: order.append(name) or place(name, held))
    folder = new_machine()
    done = recovery.recover(kit, three[0], three[1])
    assert order[0] == "destroyed/vault" and order[-1].startswith("recovered/")
    assert done.destroyed == ["vault"] and "circle_keys/vault" not in done.placed and "circle_keys/attic" in done.placed
    assert not (folder / "circle_keys/vault").exists() and destroyed.of("vault") == NOTE
    assert [line.data["circle"] for line in key_book.lines("destroyed")] == ["vault"]


@pytest.mark.parametrize("said", ["here", "in the book"])
def test_whoever_calls_a_circle_destroyed_its_half_does_not_come_back(new_machine, said):
    three = recovery.make(["a", "b", "c"])
    kit = recovery.kit()
    if said == "in the book":
        key_book.write("destroyed", **NOTE._asdict())
    folder = new_machine()
    if said == "here":
        destroyed.write(NOTE)
    for name in "dbfaec":
        destroyed.write(NOTE._replace(circle=name))
    done = recovery.recover(kit, three[0], three[1])
    assert done.destroyed == [*"abcdef", "vault"] and not (folder / "circle_keys/vault").exists()
    assert destroyed.of("vault") == NOTE and not any(row.wrapped for row in sealing.key_rows("WHERE circle = 'vault'"))


def test_keys_that_open_all_are_not_replaced_and_which_is_told():
    three = recovery.make(["a", "b", "c"])
    kit = recovery.kit()
    assert recovery.recover(kit, three[0], three[1]).aside is None, "the same keys: nothing to do"
    write_new(home() / "secret_key", b"one")
    masters().current("attic")
    kit = recovery.kit()
    for name in ("secret_key", "circle_keys/attic"):
        (home() / name).write_bytes(b"1" * 32)
    before = recovery.held_files()
    with pytest.raises(NotRecovered, match=r"all it holds; not replaced: circle_keys/attic, secret_key$"):
        recovery.recover(kit, three[0], three[1])
    assert recovery.held_files() == before and not [p for p in home().iterdir() if p.name.startswith("before-")]


def test_what_lay_there_is_kept_aside_and_a_master_as_an_earlier_one(new_machine):
    three = recovery.make(["a", "b", "c"])
    kit, right = recovery.kit(), (home() / "sealing_key").read_bytes()
    folder = new_machine()
    write_new(folder / "sealing_key", b"m" * 32)
    (folder / "circle_keys").mkdir()
    write_new(folder / "circle_keys/vault", b"h" * 32)
    done = recovery.recover(kit, three[0], three[1])
    assert done.aside.parent == folder.resolve() and done.aside.name.startswith("before-recovery-2")
    assert done.aside.name.endswith("Z") and "-" not in done.aside.name.removeprefix("before-recovery-")
    assert (done.aside / "circle_keys/vault").read_bytes() == b"h" * 32
    assert (done.aside / "sealing_key").read_bytes() == b"m" * 32
    assert {p.stat().st_mode & 0o777 for p in (done.aside, done.aside / "circle_keys")} == {0o700}
    assert (folder / f"sealing_key.{fingerprint(b'm' * 32)}").read_bytes() == b"m" * 32
    assert (folder / "sealing_key").read_bytes() == right
    assert (folder / "circle_keys/vault").read_bytes() != b"h" * 32
    assert not (folder / f"sealing_key.{fingerprint(b'h' * 32)}").exists()


def test_where_nothing_was_sealed_yet_the_keys_of_the_kit_take_the_place_of_new_ones():
    three, kit = recovery.make(["a", "b", "c"]), recovery.kit()
    SealingKey.objects.all().delete()
    (home() / "sealing_key").write_bytes(b"m" * 32)
    assert recovery.recover(kit, three[0], three[1]).aside and (home() / "sealing_key").read_bytes() != b"m" * 32


def test_what_is_put_aside_in_one_moment_lies_in_one_folder_and_none_is_lost():
    for name in ("secret_key", "notices_key"):
        recovery.place(name, name.encode())
        folder = recovery.put_aside([name], "2026-02-01T00:00:00.000000Z")
        assert folder.name == "before-recovery-20260201T000000000000Z" and not (home() / name).exists()
    assert {p.name: p.read_text() for p in folder.iterdir()} == {n: n for n in ("secret_key", "notices_key")}
    assert recovery.put_aside([], "2026") is None


def test_what_the_book_calls_destroyed_or_revoked_is_so_after_a_backup(new_machine):
    key_book.write("destroyed", **NOTE._asdict())
    envelope_keys.own()
    gone = envelope_keys.renew(revoke=True).revoked
    raw = {p.name: p.read_bytes() for p in (home() / "envelope_keys").iterdir()}
    recovery.finish()
    assert destroyed.of("vault") == NOTE and not (home() / "circle_keys/vault").exists()
    for name in gone:
        write_new(home() / "envelope_keys" / name, b"brought back")
    recovery.finish()
    assert not any((home() / "envelope_keys" / name).exists() for name in gone)
    assert {p.name: p.read_bytes() for p in (home() / "envelope_keys").iterdir()} == raw
    assert len(written("destroyed")) == 1


def test_recoveries_before_the_backup_stand_in_the_book_once_in_their_order():
    (home() / "recovered").mkdir()
    for at in ("3", "1", "5", "2", "6", "4"):
        (home() / "recovered" / at).write_text(canonical({"at": at}))
    (home() / "recovered/.part").write_text("half")
    for _ in range(2):
        recovery.finish()
    assert written() == [("recovered", {"at": at}) for at in "123456"]


# -- where somebody else holds the masters -----------------------------------------------------------------------------


class Agent:
    """What a key agent would answer."""

    def __init__(self, **answers):
        self.answers, self.asked = answers, []

    def __call__(self, **asked):
        self.asked.append(asked)
        return self.answers.get(asked["do"])


@pytest.fixture
def with_agent(monkeypatch):
    def held(**answers):
        agent = Agent(**answers)
        monkeypatch.setattr(recovery, "masters", AgentKeys)
        monkeypatch.setattr(recovery, "ask", agent)
        return agent

    return held


def test_the_agent_adds_its_keys_and_seals_the_kit(with_agent):
    agent = with_agent(kit={"kit": "0102", "keys": 9, "digest": "d", "set": "s"})
    envelope_keys.own()
    assert recovery.kit("ada") == b"\1\2" and recovery.kit() == b"\1\2"
    files = {name: raw.hex() for name, raw in recovery.held_files().items()}
    assert agent.asked == [{"do": "kit", "files": files}] * 2
    assert written("kit") == [("kit", {"by": by, "keys": 9, "digest": "d", "set": "s"}) for by in ("ada", "")]
    (home() / "sealing_key.bad").write_bytes(b"x")
    with pytest.raises(NotRecovered, match=r"sealing_key\.bad is no name"):
        recovery.kit()


def test_the_agent_tells_the_present_set_and_the_digest_of_a_kit(with_agent):
    agent = with_agent(ceremonies={"set": "s", "digest": "d", "lines": []})
    assert (recovery.present(), recovery.digest()) == ("s", "d")
    assert recovery.agent_says() == {"set": "s", "digest": "d", "lines": []}
    assert agent.asked == [{"do": "ceremonies", "files": recovery.digests(recovery.held_files())}] * 3


def test_no_share_comes_into_a_process_whose_masters_are_elsewhere(with_agent):
    three, kit = recovery.make(["a", "b", "c"]), recovery.kit()
    with_agent()
    before = recovery.held_files(), written()
    for ask in (
        lambda: recovery.make(["a"]),
        lambda: recovery.drill(*three[:2]),
        lambda: recovery.recover(kit, *three[:2]),
    ):
        with pytest.raises(NotRecovered, match="held elsewhere"):
            ask()
    assert (recovery.held_files(), written()) == before


def test_a_key_service_writes_no_kit(monkeypatch):
    monkeypatch.setattr(recovery, "masters", lambda: object())
    with pytest.raises(NotRecovered, match="held elsewhere"):
        recovery.kit()


def test_without_an_agent_nothing_is_fetched(monkeypatch):
    monkeypatch.setattr(recovery, "ask", lambda **_: {})
    with pytest.raises(NotRecovered) as refused:
        recovery.fetch()
    assert "kaname keys recover FILE" in refused.value.text.en


def test_after_the_agent_has_recovered_the_offices_own_keys_are_fetched(with_agent, monkeypatch):
    with_agent(for_office={})
    with pytest.raises(NotRecovered, match="holds nothing for the office"):
        recovery.fetch()
    write_new(home() / "secret_key", b"mine")
    (home() / "recovered").mkdir()
    (home() / "recovered/1").write_text(canonical({"at": "1"}))
    files = {
        "secret_key": b"theirs",
        "notices_key": b"new",
        "destroyed/attic": canonical(NOTE._replace(circle="attic")._asdict()).encode(),
    }
    agent = with_agent(for_office={name: raw.hex() for name, raw in files.items()})
    order, place = [], recovery.place
    monkeypatch.setattr(recovery, "place", lambda name, held: order.append(name) or place(name, held))
    before, held = envelope_keys.own().at, recovery.held_files()
    with pytest.raises(NotRecovered, match="not replaced: secret_key; to replace them all the same"):
        recovery.fetch()
    assert recovery.held_files() == held and agent.asked == [{"do": "for_office"}] and order == []
    agent.asked.clear()
    done = recovery.fetch(replace=True)
    assert (done.placed, done.destroyed) == (sorted(files), []) and order[0] == "destroyed/attic"
    assert (home() / "secret_key").read_bytes() == b"theirs" and (done.aside / "secret_key").read_bytes() == b"mine"
    assert {p.name for p in done.aside.iterdir()} == {"secret_key"} and (home() / "notices_key").read_bytes() == b"new"
    assert agent.asked == [{"do": "for_office"}, {"do": "fetched"}] and envelope_keys.own().at > before
    assert destroyed.of("attic").reason == "over" and written("recovered") == [("recovered", {"at": "1"})]
