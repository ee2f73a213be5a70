"""The files of an installation name commands, options and settings that there are."""

import json
import re
import shlex
from pathlib import Path

import click
import pytest

from kaname.cli import root
from kaname.site import settings

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy" / "kaname.service").read_text(encoding="utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
PROXY = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")


def calls():
    yield shlex.split(re.search(r"^ExecStart=\S+/kaname (.*)$", UNIT, re.MULTILINE)[1])
    yield json.loads(re.search(r"^CMD (\[.*\])$", CONTAINER, re.MULTILINE)[1])[1:]


@pytest.mark.parametrize("args", list(calls()), ids=" ".join)
def test_the_office_is_started_by_a_call_that_can_be_read(args):
    with click.Context(root) as above:
        command = root.get_command(above, args[0])
        assert isinstance(command, click.Command)
        command.make_context(args[0], args[1:], parent=above, resilient_parsing=False)


def test_settings_in_the_guide_are_those_that_are_read():
    named = set(re.findall(r"KANAME_[A-Z_]+", GUIDE + CONTAINER))
    assert named <= set(re.findall(r"KANAME_[A-Z_]+", settings.__doc__))


def test_no_file_of_an_installation_holds_a_secret_or_lets_the_office_write_beyond_its_home():
    assert not re.search(r"(?i)password\s*=\s*\S|postgresql://\w+:(?!\.\.\.)", UNIT + CONTAINER + GUIDE)
    for line in ("ProtectSystem=strict", "NoNewPrivileges=yes", "StateDirectory=kaname", "UMask=0077"):
        assert line in UNIT.splitlines()
    assert re.search(r"^USER kaname$", CONTAINER, re.MULTILINE)


def wrong_with(proxy: str) -> list[str]:
    """What lets strangers through the proxy who keep everybody out, write an address of their own, or leave bytes."""
    said = dict(re.findall(r"^\s*(?:proxy_set_header )?(\S+)\s+(.+);$", proxy, re.MULTILINE))
    whole = said.get("proxy_request_buffering", "on") == "on"  # else ten slow senders hold every thread of the office
    in_memory = said.get("client_body_buffer_size", "16k") == said["client_max_body_size"]
    found = {"requests are not waited for whole": not whole, "what waits lies in files": not in_memory,
             "large requests of one address are not few": "limit_conn" not in said,
             "an address is what a browser says": said.get("X-Forwarded-For") != "$remote_addr",
             "so is the way it came": said.get("X-Forwarded-Proto") != "https"}  # fmt: skip
    return [what for what, is_so in found.items() if is_so]


def test_the_proxy_holds_back_what_would_hold_the_office():
    assert wrong_with(PROXY) == []


@pytest.mark.parametrize(("written", "instead"), [
    ("proxy_request_buffering on;", "proxy_request_buffering off;"), ("client_body_buffer_size 60m;", ""),
    ("limit_conn kaname_large 8;", ""), ("X-Forwarded-For $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for"),
    ("X-Forwarded-Proto https", "X-Forwarded-Proto $scheme"),
])  # fmt: skip
def test_a_proxy_that_does_not_is_found(written, instead):
    assert written in PROXY
    assert len(wrong_with(PROXY.replace(written, instead))) == 1
