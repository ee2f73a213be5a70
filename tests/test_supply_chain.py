"""What Kaname is built of: digests, licences, ages, advisories, the bill of materials; a release that anyone can check.

Planted: a package without a digest, one under the AGPL, one that an advisory names, a forged release.
"""

import json
import subprocess
import sys
import warnings
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import cyclonedx.schema
import jsonschema_rs
import pytest

import secrets_scan

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import release
import supply_chain
from supply_chain import DEVELOPMENT, RUNTIME, Locked, locked

ADVISORIES = json.loads(supply_chain.ADVISORIES.read_text("utf-8"))
KNOWN = json.loads(supply_chain.LICENCES.read_text("utf-8"))


@pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT])
def test_every_package_is_one_version_with_its_digests_and_no_address(lock):
    packages = locked(lock)
    assert len(packages) == len({p.name for p in packages}) > 50
    assert [p.name for p in packages if not p.hashes or any(not h.startswith("sha256:") for h in p.hashes)] == []
    assert "://" not in lock.read_text("utf-8")
    assert {p.name for p in locked(RUNTIME)} < {p.name for p in locked(DEVELOPMENT)}


@pytest.mark.parametrize("line", ["click>=8", "click==8.*", "click @ https://example.org/click.whl", "click"])
def test_a_line_that_lets_more_than_one_version_in_is_refused(line, tmp_path):
    (tmp_path / "x.lock").write_text(line + " \\\n    --hash=sha256:00\n")
    with pytest.raises(ValueError, match="expected name==version"):
        locked(tmp_path / "x.lock")


def test_licences_of_what_runs_let_it_be_handed_on():
    said = {p.name: supply_chain.licence(p.name, KNOWN["packages"]) for p in locked(RUNTIME)}
    assert {name: of for name, of in said.items() if not of or supply_chain.not_allowed(of)} == {}
    for expression in ("AGPL-3.0-only", "GPL-2.0-or-later", "MIT AND GPL-3.0-only", "Other/Proprietary License"):
        assert supply_chain.not_allowed(expression)
    assert not supply_chain.not_allowed("GPL-3.0-only OR MIT")


def test_ages_were_looked_at_for_what_the_lock_holds_now():
    ages = json.loads(supply_chain.AGES.read_text("utf-8"))
    pins = {p.name: p.version for p in locked(DEVELOPMENT)}
    assert ages["packages"] == pins, "the lock has moved: python tools/supply_chain.py ages"
    assert {name for name, young in ages["young"].items() if len(young["why"]) < 15} == set(), "say why"
    assert set(ages["young"]) <= set(pins)


def test_no_known_advisory_names_what_is_locked():
    assert supply_chain.affected(locked(DEVELOPMENT), ADVISORIES["advisories"]) == []
    if wrong := supply_chain.stale(ADVISORIES, datetime.now(UTC).date()):
        warnings.warn(wrong, stacklevel=1)  # a release is refused; a test that fails as days go by would stop all work


def test_a_package_that_an_advisory_names_is_found():
    old = [Locked("pypdf", "6.0.0", "", ()), Locked("django", "5.2.10", "", ()), Locked("django", "5.2.19", "", ())]
    found = "\n".join(supply_chain.affected(old[:2], ADVISORIES["advisories"]))
    assert "pypdf 6.0.0: CVE-2025-62707 (fixed in 6.1.3)" in found and "CVE-2025-55197" not in found
    assert "CVE-2026-1287" in found and "CVE-2025-57833" not in found
    assert supply_chain.affected(old[2:], ADVISORIES["advisories"]) == []


def test_advisories_that_are_old_or_gathered_by_hand_stop_a_release():
    fresh = {**ADVISORIES, "complete": True, "on": "2026-11-01"}
    assert supply_chain.stale(fresh, date(2026, 11, 15)) == ""
    assert "older than 14 days" in supply_chain.stale(fresh, date(2026, 11, 16))
    assert "not read out of a whole feed" in supply_chain.stale({**fresh, "complete": False}, date(2026, 11, 2))


def test_advisories_are_renewed_out_of_an_export(tmp_path):
    def told(id, package, *events, **more):
        ranges = [{"type": "ECOSYSTEM", "events": list(events)}]
        return id, {
            "id": id,
            "affected": [{"package": {"ecosystem": "PyPI", "name": package}, "ranges": ranges}],
            **more,
        }

    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for id, said in (
            told("A-1", "Click", {"introduced": "0"}, {"fixed": "9"}), told("A-2", "click", {"introduced": "8.6"}),
            told("A-3", "click", {"introduced": "0"}, {"last_affected": "8.5.1"}),
            told("A-4", "unknown", {"introduced": "0"}),
            told("A-5", "click", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"),
        ):  # fmt: skip
            archive.writestr(f"{id}.json", json.dumps(said))
    said = supply_chain.renewed(tmp_path / "all.zip", {"click"}, date(2026, 11, 26))
    assert (said["complete"], said["on"]) == (True, "2026-11-26")
    assert [a["id"] for a in said["advisories"]] == ["A-1", "A-2", "A-3"]
    found = supply_chain.affected([Locked("click", "8.5.1", "", ())], said["advisories"])
    assert [line.split()[2] for line in found] == ["A-1", "A-3"]


# -- bill of materials -------------------------------------------------------------------------------------------------


def checked():
    """The schema of CycloneDX 1.6, with those it refers to."""
    folder = Path(cyclonedx.schema.__file__).parent / "_res"
    of = {name: json.loads((folder / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))
          for name in ("bom-1.6", "spdx", "jsf-0.82")}  # fmt: skip
    others = [(f"http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json", of[name]) for name in ("spdx", "jsf-0.82")]
    return jsonschema_rs.validator_for(of["bom-1.6"], registry=jsonschema_rs.Registry(others))


def test_the_bill_of_materials_is_cyclonedx_1_6_and_names_all_that_runs():
    text = supply_chain.sbom()
    said, schema = json.loads(text), checked()
    assert said["specVersion"] == "1.6"
    assert [str(error)[:200] for error in schema.iter_errors(said)] == []
    assert not schema.is_valid({**said, "components": [{"name": "x"}]})
    named = {c["name"]: c for c in said["components"]}
    for package in locked(RUNTIME):
        assert named[package.name]["version"] == package.version
        assert {h["content"] for h in named[package.name]["hashes"]} == {h[7:] for h in package.hashes}
        assert named[package.name]["licenses"] or package.only_where
    assert {"htmx", "Noto Sans JP"} <= set(named)
    wanted = {d["ref"]: d.get("dependsOn", []) for d in said["dependencies"]}
    assert any(ref.startswith("asgiref@") for ref in wanted[f"django@{named['django']['version']}"])
    assert text == supply_chain.sbom()


def test_files_of_others_within_the_package_are_all_named():
    here = [p for suffix in ("ttf", "otf", "woff2", "min.js") for p in (ROOT / "src").rglob(f"*.{suffix}")]
    assert set(KNOWN["files"]) == {path.relative_to(ROOT).as_posix() for path in here}


# -- releases ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout: a release is built out of a commit")
    folder = tmp_path_factory.mktemp("release")
    public = release.new_key(folder / "key")
    said = release.build(folder / "dist", release.key(folder / "key"), datetime.now(UTC).date(), whole=False)
    return folder / "dist", public, said


def test_two_builds_are_the_same_bytes(released, tmp_path, monkeypatch):
    """The second one elsewhere, with other rights of files and another time zone."""
    folder, _, said = released
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    code = "import os, sys, pathlib, release; os.umask(0o077); release.wheel(sys.argv[1], pathlib.Path(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", code, said["commit"], str(tmp_path)], check=True, cwd=ROOT / "tools",
                   stdout=subprocess.DEVNULL)  # fmt: skip
    [one], [other] = folder.glob("*.whl"), tmp_path.glob("*.whl")
    assert (one.name, one.read_bytes()) == (other.name, other.read_bytes())
    with zipfile.ZipFile(one) as wheel:
        names = set(wheel.namelist())
    assert {"kaname/web/templates/web/base.html", "kaname_verify.py"} <= names
    assert {n.split("/")[0] for n in names} == {"kaname", "kaname_verify.py", "kaname-0.1.0.dist-info"}
    assert not any(".git" in n or "test" in n.split("/")[0] for n in names)


def test_a_release_is_signed_with_its_bill_of_materials(released):
    folder, public, said = released
    assert release.faults(folder, public) == []
    assert {Path(one["name"]).suffix for one in said["files"]} == {".whl", ".gz", ".json", ".lock"}
    assert said["advisories"] == "not checked against a whole feed"
    assert release.faults(folder, "00" * 32) == ["the manifest is not signed by this key"]


def test_a_release_that_was_changed_is_named(released, tmp_path):
    folder, public, _ = released
    bill = next(folder.glob("*.cdx.json"))
    whole = bill.read_bytes()
    try:
        bill.write_bytes(whole.replace(b"django", b"djang0", 1))
        assert release.faults(folder, public) == [f"{bill.name}: changed"]
        bill.unlink()
        (folder / "extra.py").write_text("")
        assert release.faults(folder, public) == ["extra.py: not named", f"{bill.name}: missing"]
    finally:
        bill.write_bytes(whole)
        (folder / "extra.py").unlink(missing_ok=True)
    manifest = folder / release.MANIFEST
    raw = manifest.read_bytes()
    try:
        for at in range(0, len(raw), 37):
            manifest.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            assert release.faults(folder, public) == ["the manifest is not signed by this key"], at
    finally:
        manifest.write_bytes(raw)


def test_there_is_no_key_to_fall_back_on(tmp_path):
    command = [sys.executable, str(ROOT / "tools/release.py"), "build", str(tmp_path / "dist")]
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "KANAME_RELEASE_KEY names no key" in done.stderr
    with pytest.raises(SystemExit, match="no such key"):
        release.key(tmp_path / "key")
    release.new_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(SystemExit, match="others may read it"):
        release.key(tmp_path / "key")
    with pytest.raises(FileExistsError):
        release.new_key(tmp_path / "key")


def test_a_release_rests_on_advisories_of_the_last_days(tmp_path, monkeypatch):
    release.new_key(tmp_path / "key")
    (tmp_path / "old.json").write_text(json.dumps({**ADVISORIES, "complete": True, "on": "2026-11-01"}))
    monkeypatch.setattr(supply_chain, "ADVISORIES", tmp_path / "old.json")
    with pytest.raises(SystemExit, match="older than 14 days"):
        release.build(tmp_path / "dist", release.key(tmp_path / "key"), date(2026, 11, 1) + timedelta(days=15))


# -- secrets -----------------------------------------------------------------------------------------------------------


def test_no_file_of_the_project_holds_a_secret():
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout: its files are not known")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode()
    wrong = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in (".ttf", ".lock") and path.stat().st_size < 2_000_000:
            text = path.read_bytes().decode("utf-8", "replace")
            wrong += [f"{name}:{line}: {kind}" for line, kind in secrets_scan.found(name, text)]
    assert wrong == []


@pytest.mark.parametrize("planted", [
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----\n" + "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB",
    "AKIA" + "IOSFODNN7EXAMPLQ", "ghp_" + "a1B2" * 9, "xoxb-" + "1234567890-abcdefghij",
    "eyJhbGciOiJFZERTQSJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dGhpcyBpcyBubyBzaWduYXR1cmU",
    "postgresql://kaname_web:" + "kZ8vQx21@db/kaname", 'SECRET_KEY = "' + "q8Zr5mVt2XwLp0Ks" + '"',
    "client_secret: '" + "Zx9-fT4hQpL7_mN2" + "'",
])  # fmt: skip
def test_a_secret_left_behind_is_found(planted):
    assert list(secrets_scan.found("deploy/env", planted))


def test_words_and_examples_are_no_secrets():
    for text in ('password = "correct horse"', "postgresql://kaname_web:...@127.0.0.1/kaname", 'TOKEN = "token"',
                 'secret_file = "gbiz.secret"', '"change_password": "kaname.access.login.change.ChangePassword"',
                 "smtp://user:password@host:587"):  # fmt: skip
        assert list(secrets_scan.found("docs/x.md", text)) == []
