"""How the declarations cite the ministries' orders (主務省令): one rule by its name, one form by both its numbers."""

from kaname.law import Bases, T, Text
from kaname.regimes.infrastructure.catalogue.orders import under_order


def orders(rule: str) -> Bases:
    """A rule of the orders, its numbers side by side until a case chooses its order: `orders("shortening")`."""
    return under_order(rule, None)


def form(number: str, mic: str) -> Text:
    """The name of an official form in both numberings: 様式第四（一）（総務省は様式第六（一））."""
    return T(f"様式第{number}（総務省は様式第{mic}）", f"form {number} (MIC: form {mic})")
