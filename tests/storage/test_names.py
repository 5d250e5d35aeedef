"""Names that Windows refuses, or gives to another file, are told from all others, without asking Windows."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest

from libwell.storage.names import UnusableNameError, see_name, too_long


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("CON", "Windows keeps the name CON for itself."),
        (r"plans\aux.md", "Windows keeps the name aux for itself, with any ending."),
        (r"nul\plan.md", "Windows keeps the name nul for itself."),
        ("COM1.toml", "Windows keeps the name COM1 for itself, with any ending."),
        ("lpt².tar.gz", "Windows keeps the name lpt² for itself, with any ending."),
        ("prn .md", "Windows keeps the name prn for itself, with any ending."),
        ("CONIN$", "Windows keeps the name CONIN$ for itself."),
        ("plan:a.md", "Windows allows no : in a name."),
        ("C:plan.md", "Behind C: a backslash is missing."),
        (
            r'C:\Für Dana" --format html',
            'Windows allows no " in a name. A backslash before a closing " puts it there: leave that out.',
        ),
        (r"C:\plans\a*.md", "Windows allows no * in a name."),
        ("a\tb.md", "Windows allows no such character in a name."),
        (r"plans.\a.md", "Windows drops a dot or a blank at the end of a name."),
        ("plan.md ", "Windows drops a dot or a blank at the end of a name."),
    ],
)
def test_a_name_that_can_not_be_used_says_why(path: str, reason: str) -> None:
    with pytest.raises(UnusableNameError) as caught:
        see_name(PureWindowsPath(path))
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    "path",
    [
        "plan.md",
        r"C:\Users\Jörg Müller\OneDrive - Bücherei Süd\plan.md",
        r"\\server\share\plan.md",
        r"..\.\plan.md",
        "~\\plan.md",
        ".config",
        "context.md",
        "com.md",
        "auxiliary",
        "nulled.toml",
        "",
    ],
)
def test_any_other_name_is_used(path: str) -> None:
    see_name(PureWindowsPath(path))


def test_a_path_that_may_be_too_long_says_how_long_it_is() -> None:
    assert too_long(PureWindowsPath("C:\\" + "a" * 227)) == ""
    reason = "Its path has 231 characters, which may be too many for Windows."
    assert too_long(PureWindowsPath("C:\\" + "a" * 228)) == reason
