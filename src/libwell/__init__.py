"""libwell: guided self-assessment and action planning for library staff.

The names here are the public Python API; everything else may change. Each raises `LibwellError` (see
`libwell.errors`) with a message for a person.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from libwell.flows.opened import Opened
    from libwell.model.worksheet import Worksheet
    from libwell.rules.team.tally import Tally
    from libwell.rules.team.told import Told

__version__ = "0.1.0"


def load_worksheet(path: Path) -> Worksheet:
    """Read a worksheet file as it will be asked.

    What it includes is looked for beside it, then among the built-in ones.
    """
    from libwell.storage.places import SHIPPED, shipped_worksheets  # `--version` stays quick
    from libwell.storage.worksheets import Shelf

    return Shelf([(shipped_worksheets(), SHIPPED)]).load(str(path))


def load_response(path: Path) -> Opened:
    """Read a response file: `.response`, and the `.worksheet` it was asked from."""
    from libwell.flows.opened import read_response

    return read_response(path)


def render(opened: Opened, *, private: bool = False) -> str:
    """Write a response as Markdown (CommonMark with tables and task lists); private parts only if asked."""
    from libwell.flows.formats import FORMATS
    from libwell.rules.documents import response_document
    from libwell.rules.privacy import leaving

    return FORMATS["md"].text(response_document(leaving(opened.excerpt(private=private))))


# --- a team's shared copies -----------------------------------------------------------------------


def empty() -> Tally:
    """A tally of nothing."""
    from libwell.rules.team.tally import Tally

    return Tally()


def tally(paths: Iterable[Path]) -> Tally:
    """Count shared copies and withdrawals, as `libwell share` writes them.

    A tally is a value: it can be pickled, and merged with another in any order. What is private in the files
    is left out. Raises LibwellError for the first file that can't be taken.
    """
    from libwell.flows.together import Reading, own_shelf

    return Reading(own_shelf(), _stop).tally(paths)


def add(tally_: Tally, path: Path) -> Tally:
    """Count one more file. It costs as much as the tally is large: for many take `tally` and `merge`."""
    return merge(tally_, tally([path]))


def merge(one: Tally, other: Tally) -> Tally:
    """Two tallies as one. However often something of one person is in them, the latest they shared counts."""
    from libwell.rules.team.tally import merge as merged

    return merged(one, other)


def report(
    tally_: Tally, told: Told | None = None, *, min_group: int = 5, by_team: bool = False
) -> tuple[str, Told]:
    """Tell in JSON what may be told of a tally, as `libwell team report --format json` does.

    `told` is what the report before gave back (None: there was none); give it to the next report, so that no
    two of them show what one person answered. It is a value that can be pickled, and holds no answers. It
    takes `min_group` people to tell of them; fewer than 3 mean 5.
    """
    from libwell.flows.formats import FORMATS
    from libwell.flows.together import make_report
    from libwell.rules.team.report_data import report_data
    from libwell.rules.team.told import DEFAULT_MINIMUM, Told, minimum_from

    minimum = minimum_from(str(min_group)) or DEFAULT_MINIMUM
    made, told = make_report(tally_, told=told or Told(), minimum=minimum, by_team=by_team)
    return FORMATS["json"].text(report_data(made)), told


def _stop(error: Exception | None) -> None:
    if error is not None:
        raise error
