"""Types the lines of docs/installing.md, each from an empty home folder, and uses the libwell they install.

usage: python .ci/installing.py

Each way (uv, pipx, pip) goes from an older version to this one, gets Word files, and is uninstalled: what the
page says stays is there then, and nothing else. Needs git, and an index that pip reaches.
"""

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CHECKOUT = Path(__file__).parents[1]
PAGE = (CHECKOUT / "docs" / "installing.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```sh (uv|pipx|pip|delete)\n(.*)\n```$", re.MULTILINE)
LINES = {
    (section.partition("\n")[0], way): line
    for section in re.split(r"^#+ ", PAGE, flags=re.MULTILINE)
    for way, line in FENCE.findall(section)
}
"""What Linux takes of the page, by its heading and the second word behind its fence."""
VERSION = Path("src", "libwell", "__init__.py")
OLDER = "0.0.1"
NEWER = re.findall(r'^__version__ = "(.+)"$', (CHECKOUT / VERSION).read_text(), re.MULTILINE)[0]
DATA, SETTINGS = Path(".local/share/libwell"), Path(".config/libwell")
NOT_INHERITED = ("LIBWELL_", "PIPX_", "UV_TOOL_", "XDG_", "VIRTUAL_ENV", "PYTHON")


def run(command: list[str], *, folder: Path, environ: dict[str, str]) -> str:
    """Run a command and give what it prints; raises with all it said if it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"In {folder}, status {done.returncode}: {' '.join(command)}\n{done.stdout}")
    return done.stdout


def environment(work: Path) -> dict[str, str]:
    """What every home shares: no folder of whoever runs this, caches, and the index that pip was told of."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(NOT_INHERITED)}
    pip = [sys.executable, "-m", "pip"]
    environ["PIP_CACHE_DIR"] = run([*pip, "cache", "dir"], folder=work, environ=environ).strip()
    environ["PIP_NO_COMPILE"] = "1"  # Python does it for what it imports
    environ["UV_CACHE_DIR"] = str(work / "uv-cache")
    asked = subprocess.run(
        [*pip, "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    )
    index = environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {**environ, "PIP_INDEX_URL": index, "UV_DEFAULT_INDEX": index} if index else environ


def get_tool(name: str, work: Path, environ: dict[str, str]) -> Path:
    """Install uv or pipx, and give a folder that holds this program and nothing else."""
    run([sys.executable, "-m", "venv", f"{name}-env"], folder=work, environ=environ)
    run([f"{name}-env/bin/pip", "install", "--quiet", name], folder=work, environ=environ)
    folder = work / f"{name}-alone"
    folder.mkdir()
    (folder / name).symlink_to(work / f"{name}-env" / "bin" / name)
    return folder


def copy_checkout(folder: Path) -> None:
    """Copy what git knows of this repository, as it lies here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(CHECKOUT / name, folder / name)


@dataclass(frozen=True)
class Desk:
    """An empty home folder, and the folder in which one way's lines are typed."""

    way: str
    home: Path
    folder: Path
    environ: dict[str, str]

    def type(self, heading: str, *, instead: tuple[str, str] = ("", "")) -> None:
        """Type this way's line below a heading, with one thing written instead of another."""
        line = LINES[heading, self.way].replace(*instead) if instead[0] else LINES[heading, self.way]
        run(["bash", "-c", line], folder=self.folder, environ=self.environ)

    def set_version(self, version: str) -> None:
        """Make the copy of the repository one of this version."""
        path = self.folder / VERSION
        path.write_text(re.sub(r'(?m)^__version__ = ".+"$', f'__version__ = "{version}"', path.read_text()))

    @property
    def program(self) -> Path:
        """Where the page says the command is."""
        return self.folder / ".venv/bin/libwell" if self.way == "pip" else self.home / ".local/bin/libwell"

    def libwell(self, *words: str) -> str:
        """Run what was installed."""
        return run([str(self.program), *words], folder=self.folder, environ=self.environ)

    def is_version(self, version: str) -> None:
        """Hold the installed libwell to its version and its worksheets."""
        assert self.libwell("--version") == f"libwell {version}\n"
        assert "staff-care" in self.libwell("list")

    def answer(self) -> None:
        """Fill in an example, set something, and export the plan."""
        self.libwell("config", "set", "country", "US")
        self.libwell("fill", str(CHECKOUT / "examples" / "staff-care.toml"))
        self.export()

    def export(self) -> None:
        """Export the plan of what was filled in, whichever version did that."""
        self.libwell("export", "latest", "--output", "plan.md", "--force")
        assert "\n- [ ] " in (self.folder / "plan.md").read_text(encoding="utf-8")

    def export_word(self) -> None:
        """Export the plan as a Word file."""
        self.libwell("export", "latest", "--output", "plan.docx", "--force")
        assert "word/document.xml" in zipfile.ZipFile(self.folder / "plan.docx").namelist()

    def own_files(self) -> dict[Path, bytes]:
        """Everything in the places that stay, with its bytes."""
        found = [path for place in (DATA, SETTINGS) for path in (self.home / place).rglob("*")]
        return {path.relative_to(self.home): path.read_bytes() for path in found if path.is_file()}

    def left(self) -> set[Path]:
        """What libwell left: by its name, or where programs and settings lie, outside of uv's and pipx's."""
        named = {path.relative_to(self.home) for path in self.home.rglob("libwell*")}
        lying = [path for top in (".local", ".config") for path in (self.home / top).rglob("*")]
        files = {path.relative_to(self.home) for path in lying if not path.is_dir()}
        others = {path for path in files if not {"uv", "pipx"} & set(path.parts)}
        return named | {path for path in others if not {DATA, SETTINGS} & set(path.parents)}


def from_a_copy(desk: Desk) -> None:
    """An older copy of the repository, a newer one, Word files later, and the end."""
    copy_checkout(desk.folder)
    desk.set_version(OLDER)
    desk.type("From a copy of the repository")
    desk.is_version(OLDER)
    desk.answer()
    desk.set_version(NEWER)
    desk.type("Upgrading")
    desk.is_version(NEWER)
    desk.export()
    desk.type("Later")
    desk.export_word()
    before = desk.own_files()
    assert {path.name for path in before} >= {"config.toml", "exports.db"}, before.keys()
    assert any(DATA / "responses" in path.parents for path in before), before.keys()
    desk.type("Uninstalling")
    assert not desk.program.exists()
    assert desk.own_files() == before
    assert desk.left() == {DATA, SETTINGS}, desk.left()
    run(["bash", "-c", LINES["Uninstalling", "delete"]], folder=desk.folder, environ=desk.environ)
    assert desk.left() == set(), desk.left()


def from_a_wheel(desk: Desk, *, made_by: Desk) -> None:
    """An older wheel in a folder that holds nothing else, and a newer one, with Word files."""
    for version in (OLDER, NEWER):
        made_by.set_version(version)
        made_by.type("Making a wheel")
    shutil.copytree(made_by.folder / "dist", desk.folder / "dist")
    desk.type("From a wheel", instead=(NEWER, OLDER))
    desk.is_version(OLDER)
    desk.answer()
    wheel = f'"dist/libwell-{NEWER}-py3-none-any.whl[word]"'
    assert wheel in PAGE
    desk.type("Upgrading", instead=(" .", f" {wheel}"))
    desk.is_version(NEWER)
    desk.export_word()


def with_word(desk: Desk) -> None:
    """Word files from the beginning."""
    copy_checkout(desk.folder)
    desk.type("Word files, and help for authors")
    desk.answer()
    desk.export_word()


def try_way(way: str, work: Path, shared: dict[str, str]) -> None:
    """Try all that the page says of one way, and say how long it took."""
    began = time.monotonic()
    tools = [] if way == "pip" else [get_tool(way, work, shared)]
    desks = []
    for name in ("word", "wheel", "copy"):
        home, folder = work / way / name / "home", work / way / name / "libwell"
        home.mkdir(parents=True)
        folder.mkdir()
        path = os.pathsep.join(map(str, [*tools, home / ".local" / "bin", shared["PATH"]]))
        desks.append(Desk(way, home, folder, {**shared, "HOME": str(home), "PATH": path}))
    word, wheel, copy = desks
    with_word(word)
    from_a_wheel(wheel, made_by=word)
    from_a_copy(copy)
    seconds = time.monotonic() - began
    sys.stdout.write(f"{way}: installed, upgraded and uninstalled as the page says, in {seconds:.0f} s\n")


with TemporaryDirectory() as name:
    work = Path(name)
    shared = environment(work)
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda way: try_way(way, work, shared), ("pipx", "pip", "uv")))
