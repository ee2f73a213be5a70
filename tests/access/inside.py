"""Two hundred ways to write an address that lies inside a network, for whatever connects to addresses it was given."""

from itertools import chain
from urllib.parse import quote

_FOUR = ("127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254",
         "192.168.0.1", "192.168.255.254", "169.254.169.254", "100.64.0.1", "192.0.0.1", "198.18.0.1", "240.0.0.1",
         "255.255.255.255", "224.0.0.1")  # fmt: skip


def _spellings(four: str) -> list[str]:
    """One address of the old kind as resolvers and browsers read it, and carried by addresses of the new kind."""
    a, b, c, d = (int(part) for part in four.split("."))
    whole = (a << 24) | (b << 16) | (c << 8) | d
    high, low = f"{a:02x}{b:02x}", f"{c:02x}{d:02x}"
    return [
        four, f"{four}.", str(whole), hex(whole), f"0{whole:o}", f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a}.{(b << 16) | (c << 8) | d}", f"{a}.{b}.{(c << 8) | d}",
        f"[::ffff:{four}]", f"[::ffff:{high}:{low}]", f"[0:0:0:0:0:ffff:{high}:{low}]", f"[::{four}]",
        f"[64:ff9b::{high}:{low}]", f"[2002:{high}:{low}::]", f"[2001:0:{high}:{low}::]",
    ]  # fmt: skip


_SIX = ("[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]",
        "[2001:db8::1]", "[100::1]")  # fmt: skip
_NAMES = ("localhost", "LOCALHOST", "localhost.", "\u2460\u2461\u2466.\u2460",
          "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "127\u30020\u30020\u30021", "ⓛocalhost")  # fmt: skip
HOSTS = tuple(dict.fromkeys(chain(*map(_spellings, _FOUR), _SIX, _NAMES)))
# The host behind something that looks like another: a user name, a half of it escaped, a slash the other way round.
WRAPPED = tuple(
    form.format(host=host)
    for host in ("127.0.0.1", "169.254.169.254", "[::1]", "2130706433")
    for form in ("https://public.example@{host}/x", "https://public.example:443@{host}:443/x",
                 "https://public.example%2f@{host}/x", "https://{host}#@public.example/x",
                 "https://{host}?@public.example/x", "https://{host}\\@public.example/x", "https:{host}/x",
                 "https:///{host}/x", "https://" + quote("{host}", safe="{}") + "/x", "ftp://{host}/x",
                 "gopher://{host}:70/x", "file://{host}/etc/hosts")
)  # fmt: skip


def urls() -> list[str]:
    return [f"https://{host}{port}/x" for host in HOSTS for port in ("", ":8000")] + list(WRAPPED)
