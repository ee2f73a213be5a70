"""Logins of other organisations (OpenID Connect, for instance G-Biz ID), from the file that KANAME_OIDC names.

[[provider]]
id = "gbiz"                          in the addresses: /accounts/oidc/gbiz/login/callback/ is told to the provider
name = "GビズID"
server = "https://login.example"     where /.well-known/openid-configuration lies
client_id = "kaname"
secret_file = "gbiz.secret"          beside the file, readable by its owner alone
login_at = "https://id.example"      only where people log in at another address than `server`
acr = ["urn:example:aal2"]           only where a login must be of one of these kinds, as its ID token says
amr = ["mfa", "hwk"]                 only where one of these means must have been used, as its ID token says
inside = true                        only where `server` lies in the own network: no other inside address is asked

The pages of the office may send people on to these addresses and to no other (`origins`, for the browser's policy).
"""

import re
import stat
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kaname.law import T
from kaname.site.given import Unusable

_NEEDED = ("id", "name", "server", "client_id", "secret_file")
_EXPECTED = T(f"[[provider]] に {', '.join(_NEEDED)} を", f"expected [[provider]] with {', '.join(_NEEDED)}")
_HERE = ("localhost", "127.0.0.1")


def providers(file: str) -> list[dict[str, Any]]:
    """allauth's list of apps. Raises Unusable saying what was expected and where."""
    path = Path(file).expanduser()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("provider", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unusable(f"KANAME_OIDC={file}：読めない（{error}）；{_EXPECTED.ja}",
                       f"KANAME_OIDC={file}: cannot be read ({error}); {_EXPECTED.en}") from None  # fmt: skip
    return [_app(path, number, one) for number, one in enumerate(found, 1)]


def _app(path: Path, number: int, one: dict[str, Any]) -> dict[str, Any]:
    where = f"{path}: provider {number}"
    for name in _NEEDED:
        if not isinstance(one.get(name), str) or not one[name]:
            raise Unusable(f"{where}：{name} がない；{_EXPECTED.ja}", f"{where}: {name} is missing; {_EXPECTED.en}")
    if not re.fullmatch(r"[a-z0-9-]{1,32}", one["id"]):
        raise Unusable(f"{where}：id が {one['id']!r}；英小文字、数字、ハイフンで",
                       f"{where}: id {one['id']!r}; expected small letters, digits and hyphens")  # fmt: skip
    for name in ("server", "login_at"):
        address = urlsplit(str(one.get(name, one["server"])))
        if address.scheme != "https" and address.hostname not in _HERE:
            raise Unusable(f"{where}：{name} が {one[name]!r}；https:// で始まる所在を",
                           f"{where}: {name} {one[name]!r}; expected an address that begins with https://"
                           )  # fmt: skip
    here = urlsplit(one["server"]).hostname in _HERE
    inside = one.get("inside", here)
    if not isinstance(inside, bool):
        raise Unusable(f"{where}：inside が {inside!r}；true 又は false を",
                       f"{where}: inside {inside!r}; expected true or false")  # fmt: skip
    ways = {name: _ways(one[name], name, where) for name in ("acr", "amr") if name in one}
    return {
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["client_id"],
        "secret": _secret(path.parent / one["secret_file"], where),
        "settings": {"server_url": one["server"], "login_at": one.get("login_at", one["server"]), "inside": inside,
                     **ways, **({"auth_params": {"acr_values": " ".join(ways["acr"])}} if "acr" in ways else {})},
    }  # fmt: skip


def _ways(given: Any, name: str, where: str) -> list[str]:
    """Kinds of login. An empty list would ask for nothing where somebody meant to."""
    words = isinstance(given, list) and all(isinstance(one, str) and re.fullmatch(r"[!-~]+", one) for one in given)
    if not given or not words:
        raise Unusable(f"{where}：{name} が {given!r}；空白のない語を一つ以上、一覧で",
                       f"{where}: {name} {given!r}; expected a list of one word or more, without spaces")  # fmt: skip
    return list(given)


def hosts_inside(apps: list[dict[str, Any]]) -> frozenset[str]:
    """Hosts of the own network that the office asks, because the file says so."""
    servers = (app["settings"]["server_url"] for app in apps if app["settings"].get("inside"))
    return frozenset(host for host in (urlsplit(server).hostname for server in servers) if host)


def origins(apps: list[dict[str, Any]]) -> list[str]:
    """Where a form of the office may lead: scheme, host and port of the pages on which people log in elsewhere."""
    pages = (urlsplit(app["settings"]["login_at"]) for app in apps)
    return sorted({f"{page.scheme}://{page.netloc}" for page in pages})


def _secret(path: Path, where: str) -> str:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{where}：secret_file を読めない（{error}）",
                       f"{where}: secret_file cannot be read ({error})") from None  # fmt: skip
    if mode & 0o077:
        raise Unusable(f"{where}：{path} をほかの人が読める（{mode:04o}）：chmod 600 {path}",
                       f"{where}: others may read {path} (mode {mode:04o}). Say: chmod 600 {path}")  # fmt: skip
    return secret
