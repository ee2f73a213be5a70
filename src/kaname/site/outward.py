"""Where the office connects to of its own accord: never, however it is spelt, into the inside of a network.

The name is looked up once, every address it has must be a public one, and the connection goes to the very address that
was looked at: a name that says something else a moment later leads nowhere. Webhooks and other organisations' logins
go through here. With KANAME_PROXY all of them leave by that proxy, and are looked at here all the same.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings

from kaname.site.given import Unusable

# Addresses of the new kind that carry one of the old kind within them: nothing outside needs these.
_CARRIERS = tuple(ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
_HEAD = 8192  # the most that is read of a proxy's answer


class NotReached(Exception):
    """Why nothing came of it, in a few words without content. `refused`: by our own rule; trying again is no use."""

    def __init__(self, why: str, *, refused: bool = False) -> None:
        super().__init__(why)
        self.why, self.refused = why, refused


def connect(host: str, port: int, limit: float, inside: frozenset[str] = frozenset()) -> socket.socket:
    """A connection to a host, for `limit` seconds a step. Raises NotReached.

    `inside`: hosts of the own network that an administrator of the host allows; they are reached without the proxy.
    """
    proxy = urlsplit(settings.KANAME_PROXY)
    where = address(host, port, inside)
    try:
        if not proxy.hostname or host in inside:
            return socket.create_connection((str(where), port), timeout=limit)
        sock = socket.create_connection((proxy.hostname, proxy.port or 3128), timeout=limit)
    except OSError as error:
        raise NotReached(f"cannot connect: {error.strerror or type(error).__name__}") from None
    return _through(sock, where, port)


def address(host: str, port: int, inside: frozenset[str] = frozenset()) -> IPv4Address | IPv6Address:
    """Where to connect: the first address of a host, if all it has are public. Raises NotReached."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise NotReached("the name of the host is not known") from None
    addresses = sorted((ip_address(str(one).partition("%")[0]) for one in found), key=lambda a: (a.version, int(a)))
    if host not in inside and not all(is_public(one) for one in addresses):
        raise NotReached("the host lies inside a network that is not public", refused=True)
    return addresses[0]


def is_public(one: IPv4Address | IPv6Address) -> bool:
    """Whether an address can be meant to be reached by everyone. One that carries another is not."""
    if isinstance(one, IPv6Address) and (one.ipv4_mapped or one.is_site_local or any(one in net for net in _CARRIERS)):
        return False
    return one.is_global and not one.is_multicast and not one.is_reserved


def proxy(written: str) -> str:
    """KANAME_PROXY as it is used. Raises Unusable saying what was expected."""
    if not written:
        return ""
    parts = urlsplit(written)
    if parts.scheme != "http" or not parts.hostname or parts.username or parts.path.strip("/"):
        raise Unusable(f"KANAME_PROXY={written}：CONNECT のできるプロキシの http://host:port を",
                       f"KANAME_PROXY={written}: expected http://host:port of a proxy that knows CONNECT")  # fmt: skip
    return written


def _through(sock: socket.socket, where: IPv4Address | IPv6Address, port: int) -> socket.socket:
    """Ask the proxy for the address that was looked at; by its name it might be another."""
    to = f"[{where}]:{port}" if where.version == 6 else f"{where}:{port}"
    try:
        sock.sendall(f"CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head and len(head) < _HEAD:
            more = sock.recv(1)  # not a byte of what the far end says is taken away
            if not more:
                break
            head += more
    except OSError as error:
        sock.close()
        raise NotReached(f"the proxy does not answer: {type(error).__name__}") from None
    status = head.split(b" ", 2)[1:2]
    if status != [b"200"]:
        sock.close()
        raise NotReached(f"the proxy refuses: {status[0].decode('ascii', 'replace') if status else 'no answer'}")
    return sock
