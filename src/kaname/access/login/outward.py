"""What the office asks another organisation's login server: by `kaname.site.outward`, encrypted, without redirects.

The server's own description names the further addresses (tokens, keys, user): a hostile or broken one must not lead
the office into its own network. Only hosts that the file of KANAME_OIDC calls inside are asked there.
"""

from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from kaname.site.oidc import hosts_inside
from kaname.site.outward import NotReached, connect

_LIMIT = 10.0  # seconds a step


def session() -> requests.Session:
    """A session of `requests` that reaches nothing but what it may."""
    made = requests.Session()
    made.trust_env = False  # neither proxies nor passwords of the process's surroundings
    made.max_redirects = 0
    for scheme in ("https://", "http://"):
        made.mount(scheme, _Adapter())
    return made


def _inside() -> frozenset[str]:
    return hosts_inside(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])


class _Encrypted(HTTPSConnection):
    def _new_conn(self) -> Any:
        try:
            return connect(self.host, self.port or 443, _LIMIT, _inside())
        except NotReached as error:
            raise NewConnectionError(self, error.why) from None


class _Plain(HTTPConnection):
    """Only within the own network: a secret goes with the request."""

    def _new_conn(self) -> Any:
        inside = _inside()
        if self.host not in inside:
            raise NewConnectionError(self, "not encrypted")
        try:
            return connect(self.host, self.port or 80, _LIMIT, inside)
        except NotReached as error:
            raise NewConnectionError(self, error.why) from None


class _OfPlain(HTTPConnectionPool):
    ConnectionCls = _Plain


class _OfEncrypted(HTTPSConnectionPool):
    ConnectionCls = _Encrypted


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *sizes: Any, **more: Any) -> None:
        self.poolmanager = PoolManager(num_pools=4)
        self.poolmanager.pool_classes_by_scheme = {"http": _OfPlain, "https": _OfEncrypted}

    def send(self, request: requests.PreparedRequest, *asked: Any, **more: Any) -> requests.Response:
        more["timeout"] = _LIMIT
        return super().send(request, *asked, **more)
