"""What was typed wrongly after `libwell`, told in libwell's words instead of those of the parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from libwell.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import typer
    from typer._click import Context

NO_VALUE = {
    "--note": (
        "A note in the command could be seen by others on this computer.",
        "Type it when it is asked, or pipe it in: --note -",
    )
}
"""Options that take no value, and why."""
_NAMES = frozenset(("ANSWERS", "DIR", "FILE", "KEY", "PATH", "REPORT.json", "RESPONSE", "STEP", "WORKSHEET"))
"""What the help calls a value that names something."""
_CHOICES = re.compile(r"'([^']*)'")


def misuse(error: typer.TyperException, before_verb: Collection[str]) -> UsageError:
    """The parser's error as one of libwell's; `before_verb` are the options that go before the verb."""
    context, parameter = getattr(error, "ctx", None), getattr(error, "param", None)
    verb = context.command_path.partition(" ")[2] if context is not None else ""
    words = error.format_message().replace("Value error, ", "")
    option = getattr(error, "option_name", "")
    if verb and option in before_verb:
        remedy = f"Options such as {option} go before the verb: libwell {option} {verb} …"
        return UsageError(f"No such option of {verb}: {option}.", remedy)
    if option in NO_VALUE and words.endswith("does not take a value."):
        return UsageError(*NO_VALUE[option])
    _, is_choice, choices = error.message.rpartition(" is not one of ")
    if is_choice and parameter is not None:
        return UsageError(f"{_label(parameter)} takes {either(_CHOICES.findall(choices))}.")
    is_missing = type(error).__name__ == "MissingParameter"
    return UsageError(words, f"See libwell {verb} --help." if is_missing and verb else "")


def refuse_empty_names(context: Context) -> None:
    """Raise UsageError where something is named by an empty word, as a variable leaves that is not set.

    An empty path would be the current folder, which nobody meant.
    """
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        words = value if isinstance(value, (list, tuple)) else (value,)
        if "" not in words or _NAMES.isdisjoint((parameter.metavar or "").split("|")):
            continue
        source = context.get_parameter_source(parameter.name or "")
        if source is not None and source.name == "COMMANDLINE":
            raise UsageError(
                f"The name given for {_label(parameter)} is empty.", "Perhaps a variable is not set."
            )


def _label(parameter: Any) -> str:
    """What the help calls an option or an argument."""
    return str(parameter.opts[-1] if parameter.param_type_name == "option" else parameter.metavar)


def either(words: Iterable[str]) -> str:
    """The words as a choice: `one, two or three`."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
