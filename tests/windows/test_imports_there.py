"""Everything can be imported on Windows, but for the room that is for other systems."""

from __future__ import annotations

from pathlib import Path

import pytest

from wine import PYTHON, run_windows

pytestmark = pytest.mark.usefixtures("bed")

SOURCE = Path(__file__).parents[2] / "src" / "libwell"
CODE = """
import importlib, pkgutil, sys, libwell
for module in pkgutil.walk_packages(libwell.__path__, "libwell."):
    if not module.name.startswith("libwell.terminal.posix."):
        importlib.import_module(module.name)
        print(module.name, "termios" in sys.modules or "readline" in sys.modules)
"""


def test_every_module_can_be_imported(tmp_path: Path) -> None:
    done = run_windows(tmp_path, "-c", CODE, command=PYTHON)
    assert done.returncode == 0, done.stderr.decode()
    lines = [line.split() for line in done.stdout.decode().splitlines()]
    assert {needs_more for _, needs_more in lines} == {"False"}
    files = [path.relative_to(SOURCE) for path in SOURCE.rglob("*.py")]
    names = [".".join(("libwell", *path.with_suffix("").parts)).removesuffix(".__init__") for path in files]
    elsewhere = [name for name in names if name.startswith("libwell.terminal.posix.")]
    assert len(elsewhere) > 3
    assert {name for name, _ in lines} == set(names) - set(elsewhere) - {"libwell"}
