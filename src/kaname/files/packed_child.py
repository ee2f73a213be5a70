"""Looks whether an office file is one, within bounds and without macros, when it is handed in (see `confined`)."""

from typing import Any

from kaname.files import packed


def prepare() -> None:
    pass


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    with packed.opened(content, asked["part"]):
        return {}, b""
