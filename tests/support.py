"""What several tests need: a conversation from a script instead of from a terminal.

It must not look inside libwell beyond the Prompter's protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from libwell.terminal.prompter import EndOfInput, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from libwell.terminal.prompter import Prompter


@dataclass(frozen=True)
class Said:
    """One thing shown: said with its style, or asked (`is_prompt`) with the refused lines at hand."""

    text: str
    style: str = ""
    is_prompt: bool = False
    refused: tuple[str, ...] = ()


class ScriptedPrompter:
    """A Prompter that answers from a script, and remembers everything that was shown.

    The script holds lines typed (text), whole entries (a paste), and things to raise (KeyboardInterrupt). At
    its end the input ends. `edits` is what an editor leaves, one by one: None where it can't be used; a
    script without edits has no editor.
    """

    def __init__(
        self, script: Iterable[str | Entry | BaseException] = (), *, edits: Iterable[str | None] = ()
    ) -> None:
        self._script = iter(script)
        self._edits = iter(edits)
        self.shown: list[Said] = []
        self.edited: list[str] = []  # what each editor was opened on
        self.times_hidden = 0

    @property
    def text(self) -> str:
        """Everything shown, prompts too, a line feed after each."""
        return "".join(f"{said.text}\n" for said in self.shown)

    @property
    def prompts(self) -> list[str]:
        """What was asked, in order."""
        return [said.text for said in self.shown if said.is_prompt]

    @property
    def refused(self) -> list[tuple[str, ...]]:
        """What the arrow up would bring back at each prompt, in the order of `prompts`."""
        return [said.refused for said in self.shown if said.is_prompt]

    def unused(self) -> list[str | Entry | BaseException]:
        """Take what is left of the script; a conversation that ended as planned leaves nothing."""
        return list(self._script)

    def say(self, text: str = "", *, style: str = "") -> None:
        self.shown.append(Said(text, style))

    def ask(self, prompt: str, *, refused: Sequence[str] = ()) -> Entry:
        self.shown.append(Said(prompt, is_prompt=True, refused=tuple(refused)))
        answer = next(self._script, EndOfInput())
        if isinstance(answer, BaseException):
            raise answer
        return Entry(answer) if isinstance(answer, str) else answer

    def edit(self, text: str) -> str | None:
        self.edited.append(text)
        return next(self._edits, None)

    def hide(self) -> None:
        self.times_hidden += 1


_: Prompter = ScriptedPrompter()
