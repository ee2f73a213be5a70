"""A reader that a file has taken over: it tries every way out, and tells which were open."""


def prepare():
    import ctypes  # noqa: F401
    import socket  # noqa: F401
    import subprocess  # noqa: F401


def answer(asked, content):
    import ctypes
    import os
    import socket
    import sys
    from pathlib import Path

    if asked["do"] == "hog":
        return {"had": len(bytearray(1 << 30))}, b""
    if asked["do"] == "loop":
        while True:
            pass
    if asked["do"] == "flood":
        while True:
            sys.stdout.buffer.write(bytes(1 << 20))
    if asked["do"] == "nonsense":
        sys.stdout.buffer.raw.write(b"{not json")
        os._exit(0)
    if asked["do"] == "crash":
        ctypes.string_at(0)
    if asked["do"] == "deep":

        def down(n):
            return down(n + 1)

        down(0)

    ways = {
        "read a file": lambda: Path("/etc/hostname").read_bytes(),
        "read a key": lambda: Path(asked["home"], "sealing_key").read_bytes(),
        "list a folder": lambda: list(Path(asked["home"]).iterdir()),
        "write a file": lambda: Path(asked["home"], "written").write_text("x"),
        "write among the fonts": lambda: Path(asked["fonts"], "written").write_text("x"),
        "change a mode": lambda: Path(asked["home"], "sealing_key").chmod(0o777),
        "remove a file": lambda: Path(asked["home"], "sealing_key").unlink(),
        "make a folder": lambda: Path(asked["home"], "folder").mkdir(),
        "reach the network": lambda: socket.socket(),
        "reach a socket": lambda: socket.socket(socket.AF_UNIX),
        "make a pair of sockets": lambda: socket.socketpair(),
        "begin a process": lambda: os.fork(),
        "begin a program": lambda: os.execv("/bin/sh", ["/bin/sh", "-c", "true"]),
        "begin a thread": lambda: __import__("_thread").start_new_thread(lambda: None, ()),
        "kill the parent": lambda: os.kill(os.getppid(), 0),
        "look into the parent": lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes(),
        "raise its limits": lambda: __import__("resource").setrlimit(__import__("resource").RLIMIT_AS, (-1, -1)),
    }
    opened = []
    for name, way in ways.items():
        try:
            way()
        except (OSError, RuntimeError, ValueError):
            continue
        opened.append(name)
    env = dict(os.environ)
    held = [f for f in range(3, 32) if _is_open(f)]
    return {"opened": opened, "env": env, "files": held}, b""


def _is_open(number):
    import os

    try:
        os.fstat(number)
    except OSError:
        return False
    return True
