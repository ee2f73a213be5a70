"""What an office sets by the environment and cannot be used ends the start: where, what, and what was expected."""

import ast
import inspect

import pytest
from office_process import kaname

from kaname.ledger import apps, suites
from kaname.ledger.apps import FILES, _key_service
from kaname.papers import scanner
from kaname.site import databases, given, mail, oidc, outward, remedies
from kaname.site.databases import postgresql
from kaname.site.mail import server
from kaname.site.oidc import providers
from kaname.site.outward import proxy
from kaname.site.remedies import texts

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
    assert told.value.text.ja.startswith(f"{name.strip()}：{wrong!r} は使えない；") and _japanese(told.value.text.ja)


# What takes more than a line, each way to be wrong; `{}` is a file that says this.
PROVIDER = (
    '[[provider]]\nid = "gbiz"\nname = "g"\nserver = "https://login.example"\nclient_id = "k"\nsecret_file = "s"\n'
)
MORE = [
    (server, "smtp://mail.example:x", ""), (server, "http://mail.example", ""), (proxy, "https://proxy:3128", ""),
    (scanner.checked, "clamd", ""), (postgresql, "mysql://x", ""), (postgresql, "postgresql://x?no=1", ""),
    (_key_service, "nowhere.Keys", ""), (texts, "/nowhere", ""), (texts, "{}", "[]"), (providers, "/nowhere", ""),
    (providers, "{}", "[[provider]]"), (providers, "{}", PROVIDER.replace("gbiz", "G biz")),
    (providers, "{}", PROVIDER.replace("https", "http")), (providers, "{}", PROVIDER + "inside = 1"),
    (providers, "{}", PROVIDER), (providers, "{}", PROVIDER.replace('"s"', '"open"')),
]  # fmt: skip


@pytest.mark.parametrize(("read", "wrong", "says"), MORE)
def test_whatever_is_wrong_is_told_in_both_languages(read, wrong, says, tmp_path):
    file, others = tmp_path / "given", tmp_path / "open"
    file.write_text(says)
    others.write_text("secret")
    others.chmod(0o644)
    with pytest.raises(given.Unusable) as told:
        read(wrong.format(file))
    assert _japanese(told.value.text.ja) and not _japanese(told.value.text.en)


def _japanese(text):
    return any("\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" for letter in text)


# Whose errors the settings raise when they are read.
READERS = (given, mail, oidc, outward, remedies, databases, scanner, apps)


def in_one_language(source):
    """Lines of a program that raise an error whose words are those of one language."""
    raised = (node.exc for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Raise))
    named = (one.func for one in raised if isinstance(one, ast.Call))
    return [one.lineno for one in named if isinstance(one, ast.Name) and one.id in ("ValueError", "RuntimeError")]


@pytest.mark.parametrize("module", READERS, ids=lambda module: module.__name__)
def test_no_setting_is_refused_in_one_language(module):
    source = inspect.getsource(module)
    assert in_one_language(source) == []
    planted = source.replace("raise Unusable(", "raise ValueError(").replace("raise _wrong(", "raise ValueError(")
    assert in_one_language(planted), "planted: English alone"


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
    if name == "KANAME_SUITES":
        told = kaname(home, "up", "--check", **{name: value}, KANAME_LANG="ja").stderr
        assert told.startswith(f"kaname: {name}：'{value}' は使えない；") and told.count("\n") == 1
    found = kaname(home, "up", "--check", **{name: value})
    assert found.returncode == 2 and found.stderr.count("\n") == 1
    assert found.stderr.startswith(f"kaname: {name}: '{value}' cannot be used") and "expected" in found.stderr
