"""The ministries' orders (主務省令): one rule, in two numberings. FSA, METI and MLIT count alike, MIC does not.

The five joint finance orders follow the first numbering (read as of 2023-11-17, question 309).
"""

from kaname.law import Bases, T, Text, shared
from kaname.law.laws import FSA_ORDER, METI_ORDER, MIC_ORDER, MLIT_ORDER


def orders(place: str, mic: str) -> Bases:
    """The same rule in every ministry's order: `orders("18", mic="19")`."""
    found = {"fsa": FSA_ORDER(place), "meti": METI_ORDER(place), "mlit": MLIT_ORDER(place), "mic": MIC_ORDER(mic)}
    return (shared(f"orders_{place}", found),)


def form(number: str, mic: str) -> Text:
    """The name of an official form in both numberings: 様式第四（一）（総務省は様式第六（一））."""
    return T(f"様式第{number}（総務省は様式第{mic}）", f"form {number} (MIC: form {mic})")
