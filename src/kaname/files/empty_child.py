"""Reads nothing: asked to see what a child is shut in with on this system."""

from typing import Any


def prepare() -> None:
    pass


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    return {}, b""
