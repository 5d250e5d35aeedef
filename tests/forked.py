"""Starts libwell in a tenth of the time: a copy of a process that has everything imported already.

The quick tier uses it; with `--thorough` each libwell is a process of its own, begun from nothing. A copy
has its own environment, streams, terminal and exit status, and is a child of whoever asked for it. What
depends on how Python itself starts (its options, the encoding of the streams) is never copied.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import importlib
import io
import json
import os
import pkgutil
import selectors
import socket
import subprocess
import sys
import termios
import time
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LANGUAGE = "C.UTF-8"
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER: whose parent is gone becomes our child


def can_copy(environ: Mapping[str, str]) -> bool:
    """Whether a copy is the same as a process with this environment."""
    is_plain = environ.get("LANG") == LANGUAGE and not any(map(_starts_python, environ))
    return sys.platform == "linux" and is_plain


def _starts_python(name: str) -> bool:
    return name.startswith(("COV", "LC_", "PYTHON"))


class Copies:
    """Makes copies of one process, which is started with the first and ends with this one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ours: socket.socket | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def start(
        self,
        arguments: Sequence[str],
        *,
        environ: Mapping[str, str],
        folder: str | Path,
        streams: tuple[int, int, int],
        has_terminal: bool = False,
    ) -> int:
        """Start `libwell ARGUMENTS`. Returns the process id, which has to be waited for."""
        wanted = [list(arguments), dict(environ), os.fspath(folder), has_terminal]
        with self._lock:
            server = self._connected()
            _adopt(on=True)
            try:
                socket.send_fds(server, [json.dumps(wanted).encode()], streams)
                return int(server.recv(64))
            finally:
                _adopt(on=False)

    def run(
        self, arguments: Sequence[str], *, environ: Mapping[str, str], folder: str | Path, patience: float
    ) -> subprocess.CompletedProcess[str]:
        """Run `libwell ARGUMENTS` with nothing on standard input, to its end."""
        (out, to_out), (err, to_err) = os.pipe(), os.pipe()
        streams = (os.open(os.devnull, os.O_RDONLY), to_out, to_err)
        pid = self.start(arguments, environ=environ, folder=folder, streams=streams)
        for stream in streams:
            os.close(stream)
        printed = _read_all(out, err, until=time.monotonic() + patience)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return subprocess.CompletedProcess(list(arguments), status, *printed)

    def end(self) -> None:
        """End the process that copies are made of, if there is one."""
        if self._ours is not None and self._server is not None:
            self._ours.close()
            self._server.wait()
            self._ours = None

    def _connected(self) -> socket.socket:
        if self._ours is None:
            self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            command = [sys.executable, __file__, str(theirs.fileno())]
            environ = {"PATH": os.environ["PATH"], "LANG": LANGUAGE}
            self._server = subprocess.Popen(
                command, env=environ, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
            theirs.close()
        return self._ours


COPIES = Copies()


def _adopt(*, on: bool) -> None:
    """Let copies become children of this process once the one between is gone."""
    ctypes.CDLL(None).prctl(_ADOPT, int(on), 0, 0, 0)


def _read_all(*sources: int, until: float) -> list[str]:
    """Read pipes to their ends, and close them. Raises TimeoutError."""
    read: dict[int, bytes] = dict.fromkeys(sources, b"")
    with selectors.DefaultSelector() as selector:
        for source in sources:
            selector.register(source, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(until - time.monotonic())
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                piece = os.read(key.fd, 65536)
                read[key.fd] += piece
                if not piece:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return [io.TextIOWrapper(io.BytesIO(data), "utf-8").read() for data in read.values()]


# --- in the process that copies are made of -------------------------------------------------------


def serve(connection: socket.socket) -> list[str]:
    """Make a copy for each request. Comes back in the copies only, with what to type behind `libwell`."""
    import libwell

    for module in pkgutil.walk_packages(libwell.__path__, "libwell."):
        if not module.name.endswith("__main__") and ".windows" not in module.name:
            importlib.import_module(module.name)
    for name in ("jinja2", "tomli_w", "typer", "json", "secrets"):
        importlib.import_module(name)
    gc.freeze()
    while True:
        data, streams, *_ = socket.recv_fds(connection, 1 << 20, 3)
        if not data:
            os._exit(0)
        if not _is_copy(connection):
            for stream in streams:
                os.close(stream)
            continue
        arguments, environ, folder, has_terminal = json.loads(data)
        connection.detach()
        _become(environ, folder, streams, has_terminal=has_terminal)
        return [str(one) for one in arguments]


def _is_copy(connection: socket.socket) -> bool:
    """Make a copy, whose parent ends at once. Tells in which of the two this comes back."""
    told, tell = os.pipe()
    between = os.fork()
    if between == 0:
        copy = os.fork()
        if copy == 0:
            return True
        os.write(tell, str(copy).encode())
        os._exit(0)
    os.waitpid(between, 0)
    connection.send(os.read(told, 64))
    os.close(told)
    os.close(tell)
    return False


def _become(environ: dict[str, str], folder: str, streams: list[int], *, has_terminal: bool) -> None:
    """Take on what a new process has."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, 256)
    if has_terminal:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(folder)
    time.tzset()
    _renew_streams()


def _renew_streams() -> None:
    """Standard streams as Python makes them at its start, over whatever stands behind 0, 1 and 2 now."""
    for number, name, mode in ((0, "stdin", "rb"), (1, "stdout", "wb"), (2, "stderr", "wb")):
        old: Any = getattr(sys, f"__{name}__")
        is_eager = name == "stderr" or os.isatty(number)
        raw = os.fdopen(number, mode, closefd=False)
        stream = io.TextIOWrapper(raw, "utf-8", errors=old.errors, line_buffering=is_eager and number > 0)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
        old.detach()  # not flushed, not closed


if __name__ == "__main__":
    typed = serve(socket.socket(fileno=int(sys.argv[1])))
    from libwell.cli import main

    sys.argv = [importlib.import_module("libwell").__path__[0] + "/__main__.py", *typed]
    main()
