"""What Kaname is built of: packages of the locks, their licences, ages, known advisories, and the bill of materials.

    python tools/supply_chain.py sbom kaname.cdx.json      # CycloneDX 1.6, the same bytes for the same lock
    python tools/supply_chain.py advisories                # known advisories against both locks, offline
    python tools/supply_chain.py advisories --renew all.zip    # out of the PyPI export of osv.dev, fetched elsewhere
    python tools/supply_chain.py ages                      # after a renewal of the locks: which packages are young

docs/supply_chain.md tells the rules; tests/test_supply_chain.py holds to them.
"""

import argparse
import hashlib
import importlib.metadata
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
ADVISORIES, AGES, LICENCES = (ROOT / "security" / f"{name}.json" for name in ("advisories", "ages", "licences"))
FRESH, YOUNG = timedelta(days=14), timedelta(days=14)
# Licences that an office may be handed Kaname with; GPL and AGPL are none of them, LGPL is where it is only linked.
ALLOWED = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "LGPL-3.0-only", "MIT",
           "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib"}  # fmt: skip
_CLASSIFIED = {"MIT License": "MIT", "BSD License": "BSD-3-Clause", "Apache Software License": "Apache-2.0",
               "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "ISC License (ISCL)": "ISC",
               "Python Software Foundation License": "PSF-2.0"}  # fmt: skip


@dataclass(frozen=True)
class Locked:
    name: str
    version: str
    only_where: str  # the marker of other platforms
    hashes: tuple[str, ...]


def locked(lock: Path) -> list[Locked]:
    """Packages of a lock. Raises ValueError for a line that is not `name==version` with its hashes."""
    found = []
    for block in lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not block.strip() or block.startswith("#"):
            continue
        head, *hashes = re.split(r"\s+--hash=", block.strip())
        wanted = Requirement(head)
        version = str(wanted.specifier).removeprefix("==")
        if not re.fullmatch(r"==[^,=*]+", str(wanted.specifier)) or wanted.url:
            raise ValueError(f"{lock.name}: {head}: expected name==version")
        found.append(Locked(canonicalize_name(wanted.name), version, str(wanted.marker or ""), tuple(hashes)))
    return found


# -- licences ----------------------------------------------------------------------------------------------------------


def licence(package: str, known: dict[str, str]) -> str:
    """The licence as an SPDX expression: what we looked up, else what the package says; "" where neither does."""
    if package in known:
        return known[package]
    try:
        said = importlib.metadata.metadata(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
    if expression := said.get("License-Expression"):
        return str(expression)
    classified = {c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or [] if c.startswith("License ::")}
    named = sorted(_CLASSIFIED.get(one, one) for one in classified)
    plain = (said.get("License") or "").strip()
    return " OR ".join(named) or (plain if re.fullmatch(r"[A-Za-z0-9.-]+", plain) else "")


def not_allowed(expression: str) -> set[str]:
    """The licences of an expression without which one cannot do, as far as they are not in `ALLOWED`."""
    refused = set()
    for term in re.split(r"\s+AND\s+", expression.replace("(", "").replace(")", "")):
        choice = {one.partition(" WITH ")[0].strip() for one in re.split(r"\s+OR\s+", term)}
        if not choice & ALLOWED:
            refused |= choice
    return refused


# -- bill of materials -------------------------------------------------------------------------------------------------


def sbom() -> str:
    """CycloneDX 1.6 of what runs: Kaname, the packages of the lock with their digests, files of others in it."""
    known = json.loads(LICENCES.read_text("utf-8"))
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version
    kaname = Component(name="kaname", version=version[1], type=ComponentType.APPLICATION, bom_ref="kaname",
                       licenses=[LicenseExpression("Apache-2.0")])  # fmt: skip
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, "kaname:" + hashlib.sha256(RUNTIME.read_bytes()).hexdigest()))
    bom.metadata.component, bom.metadata.timestamp = kaname, datetime.fromtimestamp(0, UTC)
    parts = {one.name: _component(one, known["packages"]) for one in locked(RUNTIME)}
    files = [_file(ROOT / path, of) for path, of in known["files"].items()]
    for part in (*parts.values(), *files):
        bom.components.add(part)
    bom.register_dependency(kaname, [*parts.values(), *files])
    for name, part in parts.items():
        bom.register_dependency(part, [parts[other] for other in sorted(_needs(name)) if other in parts])
    said = json.loads(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string())
    del said["metadata"]["timestamp"]  # the release that holds it says when
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _component(one: Locked, known: dict[str, str]) -> Component:
    said = licence(one.name, known)
    where = [Property(name="kaname:only-where", value=one.only_where)] if one.only_where else []
    return Component(
        name=one.name, version=one.version, type=ComponentType.LIBRARY, bom_ref=f"{one.name}@{one.version}",
        purl=PackageURL("pypi", None, one.name, one.version), properties=where,
        licenses=[LicenseExpression(said)] if said else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=h.removeprefix("sha256:")) for h in one.hashes],
    )  # fmt: skip


def _file(path: Path, of: dict[str, str]) -> Component:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Component(
        name=of["name"], version=of.get("version"), type=ComponentType.FILE, bom_ref=path.name,
        licenses=[LicenseExpression(of["licence"])],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
        properties=[Property(name="kaname:path", value=path.relative_to(ROOT).as_posix())],
    )  # fmt: skip


_EXTRAS = ("", "mfa", "socialaccount", "binary", "pool")  # those that requirements.in asks for


def _needs(package: str) -> Iterator[str]:
    try:
        wanted = importlib.metadata.requires(package) or []
    except importlib.metadata.PackageNotFoundError:
        return
    for one in map(Requirement, wanted):
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in _EXTRAS):
            yield canonicalize_name(one.name)


# -- advisories --------------------------------------------------------------------------------------------------------


def affected(packages: Iterable[Locked], advisories: Iterable[dict[str, Any]]) -> list[str]:
    """Each package that an advisory names, in a version it names."""
    here = {one.name: Version(one.version) for one in packages}

    def within(version: Version, ranges: list[dict[str, str]]) -> bool:
        return any(Version(r["introduced"]) <= version < Version(r["fixed"] or "99999") for r in ranges)

    return [f"{a['package']} {here[a['package']]}: {a['id']} (fixed in {', '.join(r['fixed'] for r in a['ranges'])})"
            for a in advisories if a["package"] in here and within(here[a["package"]], a["ranges"])]  # fmt: skip


def stale(said: dict[str, Any], today: date) -> str:
    """Why a release may not rest on the advisories; "" where it may."""
    if not said["complete"]:
        return "the advisories were not read out of a whole feed: supply_chain.py advisories --renew all.zip"
    if today - date.fromisoformat(said["on"]) > FRESH:
        return f"the advisories are of {said['on']}, older than {FRESH.days} days: supply_chain.py advisories --renew"
    return ""


def renewed(export: Path, names: set[str], today: date) -> dict[str, Any]:
    """The advisories of an export of osv.dev (a ZIP of JSON files) that tell of our packages."""
    found = []
    with zipfile.ZipFile(export) as archive:
        for member in archive.namelist():
            said = json.loads(archive.read(member))
            for one in said.get("affected", []) if not said.get("withdrawn") else []:
                package = one.get("package", {})
                if package.get("ecosystem") != "PyPI" or canonicalize_name(package["name"]) not in names:
                    continue
                if ranges := list(_ranges(one)):
                    found.append({"id": said["id"], "package": canonicalize_name(package["name"]), "ranges": ranges,
                                  "said": said.get("summary", "")})  # fmt: skip
    return {"on": today.isoformat(), "complete": True, "source": "osv.dev, PyPI",
            "advisories": sorted(found, key=lambda a: (a["package"], a["id"]))}  # fmt: skip


def _ranges(one: dict[str, Any]) -> Iterator[dict[str, str]]:
    for within in one.get("ranges", []):
        if within["type"] == "ECOSYSTEM":
            begun = "0"
            for event in within["events"]:
                begun = event.get("introduced", begun)
                if "fixed" in event:
                    yield {"introduced": begun, "fixed": event["fixed"]}
                elif "last_affected" in event:
                    yield {"introduced": begun, "fixed": event["last_affected"] + ".post99999"}
            if not any("fixed" in event or "last_affected" in event for event in within["events"]):
                yield {"introduced": begun, "fixed": ""}


# -- ages --------------------------------------------------------------------------------------------------------------


def ages(today: date) -> dict[str, Any]:
    """Which packages of the locks were published in the last fourteen days, by the installer; notes are kept."""
    pins = {one.name: one.version for one in locked(DEVELOPMENT)}
    told = json.loads(AGES.read_text("utf-8"))["young"] if AGES.exists() else {}
    young: dict[str, Any] = {}
    limit, later = (today - YOUNG).isoformat(), (today + timedelta(days=1)).isoformat()
    while True:
        spared = [word for name in young for word in ("--exclude-newer-package", f"{name}={later}T00:00:00Z")]
        command = [str(Path(sys.executable).with_name("uv")), "pip", "compile", "-q", "--universal", "--python-version",
                   "3.11", "--exclude-newer", f"{limit}T00:00:00Z", *spared, "-"]  # fmt: skip
        said = subprocess.run(command, input="\n".join(f"{n}=={v}" for n, v in pins.items()), text=True,
                              capture_output=True, check=False)  # fmt: skip
        if not said.returncode:
            break
        found = re.search(r"`([\w.-]+)` was filtered by `exclude-newer`.*?published at (\S+?)T", said.stderr, re.DOTALL)
        if not found:
            raise SystemExit(said.stderr)
        name = canonicalize_name(found[1])
        young[name] = {"published": found[2], "why": told.get(name, {}).get("why", "")}
    return {"on": today.isoformat(), "packages": pins, "young": young}


def main() -> int:
    asked = argparse.ArgumentParser(description="What Kaname is built of (docs/supply_chain.md).")
    parts = asked.add_subparsers(dest="what", required=True)
    parts.add_parser("sbom").add_argument("to", type=Path)
    parts.add_parser("advisories").add_argument("--renew", type=Path)
    parts.add_parser("ages")
    given, today = asked.parse_args(), datetime.now(UTC).date()
    if given.what == "sbom":
        given.to.write_text(sbom(), encoding="utf-8")
        return 0
    if given.what == "ages":
        AGES.write_text(json.dumps(ages(today), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{AGES.relative_to(ROOT)}: say in `why` why each young package was taken all the same")
        return 0
    everything = locked(DEVELOPMENT)
    if given.renew:
        said = renewed(given.renew, {one.name for one in everything}, today)
        ADVISORIES.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    said = json.loads(ADVISORIES.read_text("utf-8"))
    found = affected(everything, said["advisories"])
    print(*found, f"{len(found)} of {len(said['advisories'])} advisories of {said['on']}", stale(said, today), sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
