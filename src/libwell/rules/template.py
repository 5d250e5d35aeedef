"""The text of a new worksheet: small, complete, and with comments that teach.

It opens no file. The text holds to what `check` asks for, and shows each kind of question; what stands in
comments can be used by taking the `# ` away.
"""

from __future__ import annotations

import re
import unicodedata

from pydantic import TypeAdapter, ValidationError

from libwell.errors import UsageError
from libwell.model.base import Id

_LONGEST = 64
_ID: TypeAdapter[str] = TypeAdapter(Id)


def template_text(name: str) -> str:
    """The commented text of a new worksheet. Raises UsageError, with a better id, if this can't be one."""
    fault = _fault(name)
    if fault:
        mended = mended_id(name)
        remedy = f"Did you mean {mended}?" if mended else "Choose another, such as front-door."
        raise UsageError(f"This can't be the id of a worksheet: {fault}.", remedy)
    return _TEXT.replace("NAME", name).replace("TITLE", title_of(name))


def title_of(name: str) -> str:
    """An id as a title to begin with: `front-door` is `Front door`."""
    return name.replace("-", " ").strip().capitalize()


def mended_id(text: str) -> str:
    """The id a person may have meant, such as `my-check` for `My Check`; empty if there is none."""
    last = re.split(r"[/\\]", text.strip().rstrip("/\\"))[-1].removesuffix(".toml")
    plain = unicodedata.normalize("NFKD", last.casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    candidates = (part[:_LONGEST].rstrip("-") for part in (name, f"my-{name}") if name)
    return next((candidate for candidate in candidates if not _fault(candidate)), "")


def _fault(name: str) -> str:
    """Why this is no id; empty if it is one."""
    try:
        _ID.validate_python(name)
    except ValidationError as error:
        return str(error.errors()[0].get("ctx", {}).get("error", "it is not a text"))
    return ""


_TEXT = '''\
# A worksheet for libwell. What follows a # is a comment: it is for you, and libwell passes over it.
# Change the words between the quotes, and take out what you don't need. Every so often:
#     libwell check NAME.toml      names every mistake, with its line
#     libwell start NAME.toml      asks it, question by question; after a change, it goes on with your draft
# docs/authoring.md, which comes with libwell's source, explains each word.
#
# Some editors suggest words and mark mistakes while you type. They need a file for it. Make it once, in
# this folder:   libwell schema worksheet > worksheet.schema.json
# and then take the first "# " away from the next line.
# #:schema worksheet.schema.json

libwell = "worksheet/1"       # what kind of file this is; leave it as it is
id = "NAME"                   # its name on the command line; keep it once somebody has answered
version = "0.1"               # people see it in exports; raise it when you change what is asked
title = "TITLE"
summary = "What people meet in their first five minutes here, and what could be easier."
minutes = 10                  # about how long it takes
language = "en"               # the language it is written in
level = "team"                # whose steps these mostly are: me, team, organisation or community

# Who may see the answers? Nothing is said here about private, so all of them are private: they stay out of
# exports, shared files and team reports. To let them be shared, take the "# " away:
# private = false
# A section and a question can say private = true or private = false for themselves. The nearest word wins.

# Shown before the first question: what this is, what it is not. Say so if a part may be hard.
# Between " and " a text stays on one line. Between """ and """ it can be long: a line break in it is a space,
# and an empty line begins a paragraph.
notice = """
This worksheet looks at the library, and not at you. It is no test. You can pass over any question.

libwell never puts what is private into a shared file or a team report. On a work computer others may
still be able to read the disk, and records law may reach it. For the most personal things use a device
of your own, or paper. Type :support at any time to see whom you can turn to."""

# For whoever leads a group through it. Keep these seven parts. libwell show NAME.toml --facilitator
facilitator = """
Purpose: to see the first five minutes through other eyes, and to choose one thing to make easier.

Agreements: everybody may pass, and nobody has to say why. No stories by which a patron or a colleague
could be known. Do it in paid time.

Timing: alone, 10 minutes. In pairs, 20 minutes: answer alone, then compare. In a group, 40 minutes: 10
to answer, 15 to compare, 10 to plan, 5 to close.

To talk about: Who finds it easy to come in here, and who may not? Which small thing could we try next week?

Never read aloud: anything that a person has not offered to read.

To close: each person names one thing that makes them glad to come in, or passes.

Looking again: set a date about a month away to open the plan together."""

# Where the questions come from. Write these lines again for each book, course or page.
[[sources]]
title = "What we have seen at our own front door"
# author = "…"
# publisher = "…"
# year = 2026
# url = "https://…"
# note = "…"


# --- the first section -----------------------------------------------------------------------------------

[[sections]]
id = "first-minutes"          # an id is never shown: small letters, digits and hyphens
title = "The first five minutes"
intro = "Think of somebody who comes in for the first time, on an ordinary day."
# learn_more = ["community-partnership-guide"]      # where to read on: libwell resources shows what there is

# A checklist: things, and what each can be marked with.
[[sections.prompts]]
id = "welcome"
kind = "checklist"
ask = "What makes people feel welcome here?"
help = "Mark what we do well, what you'd like done better, or both. Leave the rest blank."
why = "A good welcome is easy to miss while it works."      # shown to those who type :why
marks = [
  { id = "well", text = "we do this well" },
  { id = "better", text = "I'd like this done better", offer = true },      # offer: it comes up in the plan
]
add_items = true              # people can add things in their own words
not_answers = ["not-applicable"]      # may be answered with :not-applicable; "dont-know" can stand here too

[[sections.prompts.items]]
id = "hello"
text = "Somebody says hello"
suggest = "Ask the team who can say hello in the busiest hour, and try it for a week"      # a step for Monday

[[sections.prompts.items]]
id = "signs"
text = "The signs are easy to read, and kind"
suggest = "Pick one sign with a colleague, and write it anew in kinder words"

[[sections.prompts.items]]
id = "seat"
text = "There is a quiet place to sit, and nothing has to be bought or borrowed"
suggest = "Ask who decides about the furniture, and show them the corner you have in mind"
level = "organisation"        # this step is for those who decide

# Words. Because of its `when` it is asked only if something above was marked "better".
[[sections.prompts]]
id = "good-day"
kind = "text"
when = { prompt = "welcome", with = "better" }
ask = "Pick one thing you'd like done better. What would you see on a good day?"
help = "A few words will do. No names, please."
not_answers = ["not-applicable"]

# Points on a scale, for each item.
[[sections.prompts]]
id = "ease"
kind = "rating"
ask = "How easy is this for somebody who is new?"
scale = { min = 0, max = 3, labels = ["not easy yet", "now and then", "mostly", "nearly always"] }
items = [
  { id = "find", text = "To find the way", suggest = "Walk in with a friend, and note where you stop" },
  { id = "ask", text = "To ask a question", suggest = "Try one question that opens a talk, for a week" },
  { id = "stay", text = "To stay a while", suggest = "Ask three people what would make them stay" },
]
offer_at_most = 1             # what gets 0 or 1 comes up in the plan
not_answers = ["dont-know", "not-applicable"]

# Rows that people add themselves.
[[sections.prompts]]
id = "who-comes"
kind = "table"
ask = "Who comes in for the first time, and what would help?"
help = "One row for each group of people. One row is a fine start."
columns = [
  { id = "who", ask = "Who?", help = "Such as parents with prams. No names." },
  { id = "try", ask = "What could we try?", offer = true },
]
max = 3
not_answers = ["not-applicable"]


# --- more kinds of question, one a line: take the "# " away from all lines below to try them ------------

# [[sections]]
# id = "more-kinds"
# title = "More kinds of question"
# prompts = [
# { id = "alone", kind = "yes-no", ask = "Is anybody ever alone at the desk?" },
# { id = "begin", kind = "choice", ask = "Where would you begin?", options_from = "welcome", other = true },
# { id = "busy", kind = "choices", ask = "When?", options = [{ id = "day", text = "By day" }], other = true },
# { id = "new", kind = "number", ask = "How many new people come in a week?", min = 0, unit = "people" },
# { id = "look-again", kind = "date", ask = "When will you look again?" },
# { id = "ideas", kind = "list", ask = "What else comes to mind?", max = 5 },
# ]


# --- the plan: next steps, who, and when; with all that was offered above it -----------------------------

[[sections]]
id = "plan"
title = "Your next steps"
intro = "Not all of this is yours to carry. Some steps are for the team, and some for those who decide."

[[sections.prompts]]
id = "plan"
kind = "plan"
ask = "What will you do next?"
help = "One to three steps are plenty. A step can also be to ask someone who can decide."


# --- a score: of the library or the work, never of a person; without one, nothing is counted --------------

[[scores]]
id = "ease"
title = "How easy it is to come in"
items = ["ease.find", "ease.ask", "ease.stay"]      # question.item
method = "mean"               # or "sum"
minimum_answered = 2          # with fewer answers there is no score; what is not answered is never a zero
bands = [                     # what to say: each up to and including its number, the last for all above
  { up_to = 1, say = "Much here asks for courage of somebody new. Where would one small change do most?" },
  { up_to = 2, say = "A good deal is easy. What gets in the way on the other days?" },
  { say = "It is easy to come in here. What keeps it so, and who looks after that?" },
]
examples = [                  # answers and the score they give: libwell check works it out and compares
  { given = { ease = { find = 3, ask = 2, stay = 1 } }, score = 2 },
]
'''
