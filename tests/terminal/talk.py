"""A conversation for a pseudo-terminal: asks until the input ends and writes what came, one JSON a line.

usage: talk.py LOG [--plain-keys] [--prompt JSON] [--refused JSON] [--pause SECONDS]
       [--editor FOLDER] [--hide]
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

from libwell.storage.scratch import scratch_file
from libwell.terminal.lines import TerminalPrompter
from libwell.terminal.output import Output
from libwell.terminal.prompter import EndOfInput, Prompter


def main() -> int:
    options = _options()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    output = Output(sys.stdout, sys.stderr, os.environ)
    scratch = partial(scratch_file, options.editor) if options.editor else None
    prompter = TerminalPrompter(sys.stdin, output, os.environ, scratch=scratch, plain_keys=options.plain_keys)
    with prompter:
        try:
            _talk(prompter, options)
        except EndOfInput:
            _write(options.log, "end")
        except KeyboardInterrupt:
            _write(options.log, "interrupted")
            return 130
    with suppress(OSError):  # hung up
        output.say("DONE")
    return 0


def _talk(prompter: Prompter, options: argparse.Namespace) -> None:
    if options.hide:
        prompter.hide()
    while True:
        entry = prompter.ask(options.prompt, refused=options.refused)
        _write(options.log, [entry.text, entry.pasted, *(["followed"] if entry.followed else [])])
        if entry.text == ":edit":
            _write(options.log, prompter.edit("It is é.\n\nTwo."))
        if options.pause:
            prompter.say("PAUSING")
            time.sleep(options.pause)
        prompter.say("TAKEN")


def _write(log: Path, thing: object) -> None:
    with log.open("a") as file:
        file.write(json.dumps(thing) + "\n")


def _end(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("log", type=Path)
    parser.add_argument("--plain-keys", action="store_true")
    parser.add_argument("--prompt", type=json.loads, default='"> "')
    parser.add_argument("--refused", type=json.loads, default="[]")
    parser.add_argument("--pause", type=float, default=0)
    parser.add_argument("--editor", type=Path)
    parser.add_argument("--hide", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
