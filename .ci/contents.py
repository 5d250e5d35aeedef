"""Holds wheel and sdist to what they may contain: package, worksheets, metadata, what the README links to."""

import sys
import tarfile
import zipfile
from pathlib import Path

IN_WHEEL = ("libwell/", "libwell-")
AT_THE_TOP = (
    "pyproject.toml",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "PKG-INFO",
    ".gitignore",
)
FORM = Path(__file__).parents[1] / "src" / "libwell" / "export" / "form"
TEMPLATES = (
    "export/page.html",
    "export/blocks.html",
    "export/head.html",
    "export/runs.html",
    "export/page.css",
    "export/charts.css",
    "export/narrow.css",
    "export/docx/styles.xml",
    "flows/template.toml",
    *(f"export/form/{path.name}" for path in FORM.iterdir() if path.suffix in (".html", ".css", ".js")),
)
IN_SDIST = ("src/libwell/", "worksheets/", "docs/", "examples/", *AT_THE_TOP)


def names(package: Path) -> list[str]:
    """Every file in a package; those of an sdist without its top folder."""
    if package.suffix == ".whl":
        return zipfile.ZipFile(package).namelist()
    with tarfile.open(package) as archive:
        return [name.partition("/")[2] for name in archive.getnames()]


for argument in sys.argv[1:]:
    package = Path(argument)
    is_wheel = package.suffix == ".whl"
    found = names(package)
    strange = [name for name in found if not name.startswith(IN_WHEEL if is_wheel else IN_SDIST)]
    strange += [name for name in found if name.endswith(".pyc")]
    pages = [name for name in found if name.endswith("share/man/man1/libwell.1" if is_wheel else "libwell.1")]
    worksheets = [name for name in found if "worksheets/" in name and name.endswith(".toml")]
    lacking = [name for name in TEMPLATES if not any(one.endswith(f"libwell/{name}") for one in found)]
    if strange or lacking or len(worksheets) < 10 or len(pages) != 1:
        counts = f"{len(worksheets)} worksheets, {len(pages)} manual pages, lacking {lacking}"
        sys.exit(f"{package.name}: {counts}, and what does not belong there: {strange}")
    sys.stdout.write(f"{package.name}: {len(found)} files, {len(worksheets)} worksheets\n")
