"""Options and fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from forked import COPIES
from tiers import MARKERS, QUICK, Tier, left_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Playwright

GOLDEN = Path(__file__).parent / "golden"

settings.register_profile(
    "ci", max_examples=QUICK, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="write golden files anew")
    parser.addoption("--thorough", action="store_true", help="run all tests, not only the quick ones")


def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    Tier.is_thorough = config.getoption("--thorough")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave browser, office and Windows to the thorough tier, which has what drives and reads them."""
    return True if collection_path.name in ("browser", "office", "windows") and not Tier.is_thorough else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not in the quick tier, unless all was asked for."""
    if Tier.is_thorough:
        return
    gone = left_out(items)
    config.hook.pytest_deselected(items=[item for item in items if item in gone])
    items[:] = [item for item in items if item not in gone]


@pytest.fixture(scope="session", autouse=True)
def no_configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that whoever runs the tests has configured, nor their library; also for programs run here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("no-configuration")))
        patch.delenv("LIBWELL_CONFIG", raising=False)
        yield
        COPIES.end()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with tests/golden/NAME, or write it there with --snapshot-update."""
    update = request.config.getoption("--snapshot-update")

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if update:
            assert not os.environ.get("CI"), "golden files are never written in CI"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers. Where there is no Chromium, tests are skipped, or fail if CHROMIUM=required."""
    from browsers import playing, program  # with what drives it, in the thorough tier alone

    program()
    with playing() as found:
        yield found


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium."""
    from browsers import browsing

    with browsing(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def bed() -> None:
    """CPython for Windows under Wine, as `.ci/windows_bed.py` made it; elsewhere the tests are skipped."""
    from wine import MISSING, keep_wine_running, there_is_a_bed

    if not there_is_a_bed():
        pytest.skip(MISSING)
    keep_wine_running()
