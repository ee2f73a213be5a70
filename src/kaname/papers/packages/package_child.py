"""Unpacks a filing package in a process that is shut in (see `confined`): its files one after another."""

import stat
import zipfile
from typing import Any

from kaname.files import packed
from kaname.files.confined import Refused


def prepare() -> None:
    pass


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    files, bodies = [], []
    with packed.opened(content, "manifest.json") as parts:
        for one in parts.infolist():
            if (
                one.is_dir()
                or _is_link(one)
                or one.filename.startswith("/")
                or ".." in one.filename.split("/")
                or "\\" in one.filename
            ):
                raise Refused("broken")
            try:
                body = parts.read(one)
            except packed.BROKEN:
                raise Refused("broken") from None
            files.append([one.filename, len(body)])
            bodies.append(body)
    return {"files": files}, b"".join(bodies)


def _is_link(one: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(one.external_attr >> 16)
