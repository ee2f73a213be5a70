"""A release: a wheel that is the same bytes wherever it is built, the sources, the bill of materials, signed.

    python tools/release.py key release.key            # a new key; prints its public half, to be made known
    KANAME_RELEASE_KEY=release.key python tools/release.py build dist
    python tools/release.py verify dist --key PUBLIC   # what is in the folder is what was signed, all of it

The manifest names every file with its digest, the commit and the day of the advisories; `manifest.sig` is the Ed25519
signature of its bytes. Without a key of one's own nothing is signed: there is none to fall back on.
"""

import argparse
import contextlib
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import supply_chain
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ROOT = Path(__file__).parents[1]
MANIFEST, SIGNATURE, DOMAIN = "manifest.json", "manifest.sig", b"kaname/release/1\0"


def key(path: Path) -> Ed25519PrivateKey:
    """The key of releases. Raises SystemExit where there is none, or where others may read it."""
    if not path.is_file():
        raise SystemExit(f"{path}: no such key; make one: python tools/release.py key {path}")
    if path.stat().st_mode & 0o077:
        raise SystemExit(f"{path}: others may read it; chmod 600 {path}")
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii")))


def new_key(path: Path) -> str:
    drawn = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(drawn.private_bytes_raw().hex())
    return drawn.public_key().public_bytes_raw().hex()


def wheel(commit: str, to: Path) -> Path:
    """Built out of what the commit holds, nothing else: no stray file, no clock, no rights of this machine get in."""
    with tempfile.TemporaryDirectory(prefix="kaname-build-") as place:
        packed = _git("archive", "--format=tar", commit)
        with tempfile.TemporaryFile() as file:
            file.write(packed)
            file.seek(0)
            with tarfile.open(fileobj=file) as tar:
                tar.extractall(place, filter="data")
        for path in Path(place).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        env = {**os.environ, "SOURCE_DATE_EPOCH": str(_when(commit)), "PYTHONHASHSEED": "0"}
        build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
        said = subprocess.run([sys.executable, "-c", build, str(to.resolve())], cwd=place, env=env, umask=0o022,
                              check=True, capture_output=True, text=True)  # fmt: skip
        return to / said.stdout.strip().splitlines()[-1]


def sources(commit: str, to: Path, name: str) -> Path:
    path = to / f"{name}.tar.gz"
    with path.open("wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
        packed.write(_git("archive", "--format=tar", f"--prefix={name}/", commit))
    return path


def build(to: Path, signer: Ed25519PrivateKey, today: date, whole: bool = True) -> dict[str, Any]:
    """All of a release, in an empty folder. `whole`: refused where the advisories are old or not of a whole feed."""
    advisories = json.loads(supply_chain.ADVISORIES.read_text("utf-8"))
    found = supply_chain.affected(supply_chain.locked(supply_chain.RUNTIME), advisories["advisories"])
    if found or (whole and (found := [supply_chain.stale(advisories, today)])[0]):
        raise SystemExit("\n".join(found))
    to.mkdir(parents=True, exist_ok=True)
    if any(to.iterdir()):
        raise SystemExit(f"{to} is not empty")
    commit = _git("rev-parse", "HEAD").decode().strip()
    wheel(commit, to)
    name = next(to.glob("*.whl")).name.split("-py3")[0]
    sources(commit, to, name)
    (to / f"{name}.cdx.json").write_text(supply_chain.sbom(), encoding="utf-8")
    shutil.copy(supply_chain.RUNTIME, to)
    said = {"format": "kaname-release/1", "name": name, "commit": commit, "source_date_epoch": _when(commit),
            "advisories": advisories["on"] if whole else "not checked against a whole feed",
            "files": [{"name": path.name, "sha256": _digest(path)} for path in sorted(to.iterdir())]}  # fmt: skip
    raw = (json.dumps(said, indent=1, sort_keys=True) + "\n").encode()
    (to / MANIFEST).write_bytes(raw)
    (to / SIGNATURE).write_text(signer.sign(DOMAIN + raw).hex() + "\n", encoding="ascii")
    return said


def faults(folder: Path, public: str) -> list[str]:
    """What of a release is not as it was signed; [] where all of it is."""
    raw = (folder / MANIFEST).read_bytes()
    try:
        signature = bytes.fromhex((folder / SIGNATURE).read_text("ascii").strip())
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, DOMAIN + raw)
    except (InvalidSignature, ValueError):
        return ["the manifest is not signed by this key"]
    named = {one["name"]: one["sha256"] for one in json.loads(raw)["files"]}
    here = {p.name: _digest(p) for p in folder.iterdir() if p.name not in (MANIFEST, SIGNATURE)}
    return [f"{name}: {'missing' if name not in here else 'not named' if name not in named else 'changed'}"
            for name in sorted({*named, *here}) if named.get(name) != here.get(name)]  # fmt: skip


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True).stdout


def _when(commit: str) -> int:
    return int(_git("show", "-s", "--format=%ct", commit))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    asked = argparse.ArgumentParser(description="Build, sign and verify a release (docs/supply_chain.md).")
    parts = asked.add_subparsers(dest="what", required=True)
    parts.add_parser("key").add_argument("path", type=Path)
    building = parts.add_parser("build")
    building.add_argument("to", type=Path)
    building.add_argument("--advisories-unchecked", action="store_true", help="for a trial; the manifest says so")
    verifying = parts.add_parser("verify")
    verifying.add_argument("folder", type=Path)
    verifying.add_argument("--key", required=True)
    given = asked.parse_args()
    if given.what == "key":
        print(new_key(given.path))
    elif given.what == "build":
        if not (path := os.environ.get("KANAME_RELEASE_KEY")):
            raise SystemExit("KANAME_RELEASE_KEY names no key; make one: python tools/release.py key FILE")
        said = build(given.to, key(Path(path)), datetime.now(UTC).date(), not given.advisories_unchecked)
        print(f"{said['name']}: {len(said['files'])} files, commit {said['commit'][:12]}, signed")
    else:
        with contextlib.suppress(FileNotFoundError):
            wrong = faults(given.folder, given.key)
            print(*(wrong or ["everything is as it was signed"]), sep="\n")
            return bool(wrong)
        raise SystemExit(f"{given.folder}: no {MANIFEST} with {SIGNATURE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
