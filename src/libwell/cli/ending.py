"""The boundary where every failure ends: one clear message, one exit status, no traceback.

An error's own words are shown only if it is libwell's; of any other only its type and its place in the
code are, as its words may hold an answer. Where a program reads, libwell's own stands on standard output too.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

import typer

from libwell.errors import LibwellError
from libwell.terminal.output import Output
from libwell.terminal.prompter import EndOfInput

BUG = 70
INTERRUPTED = 130
PIPE_CLOSED = 141


@dataclass
class End:
    """How the run ended."""

    status: int = 0


@contextmanager
def ending(output: Output, environ: Mapping[str, str], *, as_data: bool = False) -> Iterator[End]:
    """Turn whatever is raised inside the block into a message on `output` and an exit status.

    The status is in what is given once the block has ended. With LIBWELL_DEBUG in `environ` a bug is told
    with its places in the code. `as_data`: what libwell could not do is printed as a JSON object as well.
    """
    end = End()
    _listen()
    try:
        yield end
        _flush()
    except typer.Exit as leaving:
        end.status = leaving.exit_code
    except LibwellError as error:
        end.status = error.status
        output.message(str(error), style="error")
        if as_data:
            _print_data(output, error)
    except SystemExit as stop:
        end.status = stop.code if isinstance(stop.code, int) else 1
    except EndOfInput:  # Ctrl-D at a question that begins nothing; the walk takes its own as a pause
        end.status = 1
        output.message("Nothing was changed.", style="error")
    except KeyboardInterrupt:
        end.status = INTERRUPTED
    except BrokenPipeError:
        end.status = PIPE_CLOSED
    except OSError as error:
        end.status = 1
        output.message(f"This could not be written: {_reason(error)}.", style="error")
    except Exception as error:  # noqa: BLE001 - the boundary: nothing leaves as a traceback
        end.status = BUG
        output.message(_bug(error, environ), style="error")
    finally:
        _let_go(end)


def _print_data(output: Output, error: LibwellError) -> None:
    """Print a failure on one line: a document, and a line of a log."""
    import json  # only with --json or --log

    from libwell.model.log_records import FailureRecord, error_record

    record: FailureRecord = {
        "schema": "libwell.error/1",
        "status": error.status,
        "error": error_record(error),
    }
    with suppress(OSError):  # it was said already, and there is nobody else to tell
        output.data(json.dumps(record) + "\n")


def _listen() -> None:
    """Leave tidily when hung up on or terminated: what is open is closed, the status says which it was."""
    for number in {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    signal.signal(number, signal.SIG_IGN)  # once is enough, so that the leaving is not cut short
    raise SystemExit(128 + number)


def _reason(error: OSError) -> str:
    if error.errno in (None, errno.EBADF):
        return "standard output is closed"
    return error.strerror or "the system refused"


def _bug(error: Exception, environ: Mapping[str, str]) -> str:
    text = f"This is a bug in libwell ({type(error).__name__}). What was saved is safe."
    if not environ.get("LIBWELL_DEBUG"):
        return f"{text} LIBWELL_DEBUG=1 shows where it happened, without your answers."
    frames = traceback.extract_tb(error.__traceback__)
    places = "\n".join(f"  {os.path.relpath(f.filename)}:{f.lineno} in {f.name}" for f in frames)
    return f"{text}\n{places}"


def _flush() -> None:
    """Write out what is still buffered, while a failure to do so can still be told."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()


def _let_go(end: End) -> None:
    """See that nothing is written when Python closes the streams, if their reader has left."""
    try:
        _flush()
    except (OSError, ValueError):
        end.status = end.status or 1
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
