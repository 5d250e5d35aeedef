"""What the walks of the tests rest on."""

from __future__ import annotations

import sys

import pexpect

from walking import end


def test_a_child_that_heeds_no_signal_is_gone_in_the_end() -> None:
    ignoring = "import os, signal, time; [signal.signal(number, signal.SIG_IGN) for number in (1, 2)]"
    deaf = f"{ignoring}; os.write(1, b'deaf'); time.sleep(60)"  # all of it at once: then it writes no more
    child = pexpect.spawn(sys.executable, ["-c", deaf])
    child.expect_exact("deaf")
    child.ptyproc.delayafterterminate = 0  # so that nobody has taken it away when it is looked at
    end(child)
    assert child.signalstatus == 9
    assert not child.isalive()
