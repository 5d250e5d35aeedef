"""Whom to turn to: always there, never set off by an answer.

988 is the lifeline of the United States only, and is said to be; it never stands alone.
"""

from __future__ import annotations

SUPPORT: tuple[str, ...] = (
    "In danger, or somebody else is: call your local emergency number, wherever you are.",
    "Somebody you trust, at work or outside it. It need not be your supervisor.",
    "Through work: an employee assistance programme, a union, a colleague in another branch or department.",
    (
        "In the United States: call or text 988, at any hour. Other countries have helplines of their own; "
        "a doctor, a nurse or the emergency number can tell you which."
    ),
)
"""One way a line."""
