"""What an office sets by the environment and cannot be used ends the start: where, what, and what was expected."""

import pytest
from office_process import kaname

from kaname.ledger import suites
from kaname.ledger.apps import FILES, _key_service
from kaname.site import given

# Each setting, what is taken and as what, and what is told.
WRONG = {
    "KANAME_SUITES": (
        lambda n: given.some(n, given.SUITES, ("p256",)),
        "p265,x25519",
        "some of p256, x25519, mlkem768",
    ),
    "KANAME_BEHIND_PROXY": (given.yes, "true", "1 or 0"),
    "KANAME_ORIGIN": (given.origin, "https://office.example/kaname", "https://host, without a path"),
    "KANAME_ORIGIN ": (given.origin, "office.example", "https://host"),
    "KANAME_MAIL_FROM": (given.sender, "the office", "an address such as"),
    "KANAME_WEBHOOK_INSIDE": (given.hosts, "https://hooks.inside", "names of hosts without https://"),
    "KANAME_WEBHOOK_INSIDE ": (given.hosts, "hooks.inside:8443/a", "without a port"),
    "KANAME_TIME_STAMPS": (lambda n: given.address(n, "https", "http"), "tsa.example/tsr", "https://host/path"),
    "KANAME_LICENCE": (lambda n: given.address(n, "https", "http"), "CC BY 4.0", "https://host/path"),
    "KANAME_BULK_STOP": (lambda n: given.count(n, 400), "none", "a whole number from 1 to"),
    "KANAME_APPROVAL_HOURS": (lambda n: given.count(n, 24, 168), "169", "a whole number from 1 to 168"),
}
RIGHT = [
    (lambda n: given.some(n, given.SUITES, ("p256",)), " x25519 , p256,x25519", ("x25519", "p256")),
    (lambda n: given.some(n, given.SUITES, ("p256",)), " ", ("p256",)),
    (given.yes, "1", True), (given.yes, "0", False), (given.yes, "", False),
    (given.origin, "https://office.example:8443/", "https://office.example:8443"), (given.origin, "", ""),
    (given.sender, "要 <kaname@office.example>", "要 <kaname@office.example>"),
    (given.hosts, "a.inside, 10.0.0.7 ,fd00::1", frozenset({"a.inside", "10.0.0.7", "fd00::1"})),
    (lambda n: given.address(n, "https"), "https://tsa.example/tsr", "https://tsa.example/tsr"),
    (lambda n: given.count(n, 24), "", 24), (lambda n: given.count(n, 24), "7", 7),
]  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_used_is_told_by_its_name(name, monkeypatch):
    read, wrong, expected = WRONG[name]
    monkeypatch.setenv(name.strip(), wrong)
    with pytest.raises(ValueError, match=expected) as told:
        read(name.strip())
    assert str(told.value).startswith(f"{name.strip()}: {wrong!r} cannot be used; expected ")


@pytest.mark.parametrize(("read", "written", "found"), RIGHT)
def test_what_can_is_read(read, written, found, monkeypatch):
    monkeypatch.setenv("KANAME_ANY", written)
    assert read("KANAME_ANY") == found


def test_words_of_a_file_are_lines_and_what_cannot_be_read_is_told(tmp_path, monkeypatch):
    file = tmp_path / "words"
    monkeypatch.setenv("KANAME_WORDS", str(file))
    for written, wrong in (
        (None, "FileNotFoundError"),
        (b"\xff", "UnicodeDecodeError"),
        ("a！".encode(), "two letters"),
    ):
        if written is not None:
            file.write_bytes(written)
        with pytest.raises(ValueError, match=rf"^KANAME_WORDS: .*{wrong}"):
            given.words("KANAME_WORDS")
    file.write_text("# companies\n架空社\n\n Kaku Works \n", encoding="utf-8")
    assert given.words("KANAME_WORDS") == {"架空社", "Kaku Works"}
    assert given.folded("Ｋａｋｕ-Works 2") == "kakuworks2"
    monkeypatch.delenv("KANAME_WORDS")
    assert given.words("KANAME_WORDS") == frozenset()


def test_the_suites_are_those_that_there_are():
    assert tuple(suites.SHORT) == given.SUITES


def test_a_key_service_that_is_not_there_is_told_at_the_start():
    _key_service(FILES)
    _key_service("kaname.ledger.agent_keys.AgentKeys")
    for wrong in ("kaname.ledger.master.NoSuchKeys", "no_such_module.Keys", "Keys"):
        with pytest.raises(ValueError, match=r"KANAME_MASTER_KEYS: .* expected a class, as in kaname.ledger.master"):
            _key_service(wrong)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KANAME_SUITES", "p265"),
        ("KANAME_MASTER_KEYS", "nowhere.Keys"),
        ("KANAME_BEHIND_PROXY", "yes"),
    ],
)
def test_the_office_does_not_start_and_says_so_in_a_line(home, name, value):
    """The settings do read them so: a planted word of each sort ends the start."""
    found = kaname(home, "up", "--check", **{name: value})
    assert found.returncode == 2 and found.stderr.count("\n") == 1
    assert found.stderr.startswith(f"kaname: {name}: '{value}' cannot be used") and "expected" in found.stderr
