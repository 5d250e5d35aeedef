"""Says how much room an installed libwell takes with all it needs, and fails if that is more than it may be.

usage: python .ci/weight.py SITE_PACKAGES

Counted as `du` counts, in whole blocks of the disk: everything in the folder besides pip, setuptools and the
bytecode, which Python writes by itself.
"""

import sys
from pathlib import Path

MOST = 32  # megabytes
BLOCK = 4096
NOT_OURS = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence")


def is_counted(path: Path, folder: Path) -> bool:
    """Whether a file or folder came with libwell or with what it needs."""
    parts = path.relative_to(folder).parts
    return "__pycache__" not in parts and parts[0].split("-")[0].removesuffix(".pth") not in NOT_OURS


def room(path: Path) -> int:
    """The bytes that a file takes on the disk, or a folder by itself."""
    return BLOCK if path.is_dir() else -(-path.stat().st_size // BLOCK) * BLOCK


folder = Path(sys.argv[1])
megabytes = sum(room(path) for path in folder.rglob("*") if is_counted(path, folder)) / 1024**2
sys.stdout.write(f"Installed it takes {megabytes:.1f} MB (at most {MOST}).\n")
if not (folder / "libwell").is_dir() or megabytes > MOST:
    sys.exit(f"{folder}: libwell is not in it, or it is too large.")
