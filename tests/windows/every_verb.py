"""Every verb with a sensible line, in one process and one folder: run on Linux and on Windows alike.

usage: every_verb.py FILE    what each line gave, as JSON

Whatever stands for a place is written as Linux writes it; see `bytes_of_everything.run`.
"""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

from bytes_of_everything import fixed_world, run

ANSWERS = """
worksheet = "staff-care"
key = "{name}"

[person]
name = "{name}"
team = "Branch 4"

[answers]
energy = 2
on-my-mind = "Two people “out” this week, in Grünau."
supports = {{ well = ["check-ins"], improve = ["learning-time", {{ other = "a quiet room" }}] }}

[[actions]]
step = "Ask {name} about breaks"
who = "{name}"
due = "next Friday"
"""
MINE = """\ufeff# Everything you answered, private too. Keep it.\r
\r
libwell = "answers/1"\r
worksheet = "staff-care"\r
[answers]\r
energy = 3\r
"""
PEOPLE = ("Ana", "Bo", "Cem", "Dörte", "Eli")
LINES = """
list
show staff-care
start staff-care
start
fill answers
fill answers
responses
responses --json
fill --draft "MINE-do-not-send (1).txt"
actions add latest
view latest
export latest
export latest --format ics
export --all --jobs 2 --output all/
export --all --jobs 2 --output all/
export --all --format csv --output all.csv
actions
actions --who Ana --due-before "in 3 weeks"
actions set {step} --status done
actions done {step}
actions --all --format csv
share --all --output shared/ --yes
share latest --yes --output one.toml
team status shared
team report shared
team plan shared --output plan.md
team plan shared --keep spring
team plan --status --keep spring
team told
form staff-care --output form.html --team "Branch 4"
check form.html
check answers/Ana.toml
check broken.toml
compare latest latest
config set country US
config get country
config set country ""
config support list
resources
support
blank staff-care --format md
new front-door
new front-door
check front-door.toml
schema
delete latest
delete latest --yes
resume latest
export nobody
view
"""


def prepare() -> None:
    """Files to answer with: with Windows' line ends too, and one that is broken."""
    Path("answers").mkdir()
    for name in PEOPLE:
        Path("answers", f"{name}.toml").write_bytes(ANSWERS.format(name=name).encode())
    Path("MINE-do-not-send (1).txt").write_bytes(MINE.encode())
    Path("broken.toml").write_bytes(b'worksheet = "staff-care"\r\n[answers\r\n')


def main() -> None:
    made = {}
    with fixed_world():
        prepare()
        for number, line in enumerate(LINES.strip().split("\n")):
            made[f"{number} {line}"] = run(*_words(line), in_full=True).decode()
        files = [path.as_posix() for path in Path().rglob("*") if path.is_file()]
        made["files"] = "\n".join(sorted(one for one in files if "config" not in one))
    Path(sys.argv[1]).write_text(json.dumps(made), encoding="utf-8")


def _words(line: str) -> list[str]:
    """The words of a line; {step} is a step that is open."""
    found = json.loads(run("actions", "--json"))["actions"] if "{step}" in line else []
    return shlex.split(line.format(step=found[0]["id"] if found else ""))


if __name__ == "__main__":
    main()
