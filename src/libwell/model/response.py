"""What a person gave: answers as plain TOML values, the actions, and the worksheet as it was asked.

Keys that libwell does not know are kept as they are. Whether answers fit their prompts is
`rules.answers`'s to judge; what of them may be seen is `rules.privacy`'s.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from libwell.kinds.values import Value
from libwell.model.action_words import ActionStatus
from libwell.model.base import TEXT_LIMIT, Level, Text, check_text

AT_REVIEW = ":review"
"""Where the walk goes on when every prompt was passed."""

SHARED_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
SHARED_ID_LENGTH = 26
"""So many of those letters, drawn by chance: 130 bits, which nobody guesses and which lead back to nobody."""

SharedId = Annotated[str, Field(pattern=f"^[{SHARED_ID_LETTERS}]{{{SHARED_ID_LENGTH}}}$")]
Pseudonym = Annotated[str, Field(pattern=r"^[A-Z][a-z]{1,19} [A-Z][a-z]{1,19}$")]
SHARED_REVISION_LIMIT = 10**9
SharedRevision = Annotated[int, Field(ge=0, le=SHARED_REVISION_LIMIT)]
"""The higher one counts."""

Status = Literal["draft", "complete"]
ResponseId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,160}$")]


def _day_or_words(value: Any) -> dt.date | str:
    if isinstance(value, str):
        return check_text(value)
    if type(value) is dt.date:  # and no moment
        return value
    raise ValueError('a date such as 2027-03-01 was expected, or a text such as "end of term"')


def _in_utc(moment: dt.datetime) -> dt.datetime:
    """Give a moment in UTC, so that any two can be compared; without a zone it is UTC already."""
    if not 1 < moment.year < 9999:  # in no zone, past what a clock can say
        raise ValueError("a date with a time in our days was expected")
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


_DAY_OR_WORDS_SCHEMA = {
    "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "maxLength": TEXT_LIMIT}]
}
Moment = Annotated[dt.datetime, AfterValidator(_in_utc)]


class Kept(BaseModel):
    """Frozen and strict, and keeps what it does not know."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="allow", hide_input_in_errors=True, defer_build=True
    )


KEY_LIMIT = 200
"""Characters in a key of `fill`, at most."""


def check_key(text: str) -> str:
    """Return a key that `fill` can be given. Raises ValueError."""
    if not text.isprintable() or not text.strip() or len(text) > KEY_LIMIT:
        raise ValueError(f"a key is 1 to {KEY_LIMIT} characters on one line that can be seen")
    return text


_KEY_SCHEMA = {"type": "string", "minLength": 1, "maxLength": KEY_LIMIT, "pattern": r"\S"}
FillKey = Annotated[str, AfterValidator(check_key), WithJsonSchema(_KEY_SCHEMA)]


class Action(Kept):
    """One step of the plan. `due` is a day, or words that are kept as they stand."""

    id: Annotated[str, Field(pattern=r"^a[1-9][0-9]{0,5}$")] = Field(
        default="", description="Leave it out; libwell gives it."
    )
    step: Annotated[Text, Field(min_length=1)] = Field(
        description="What will be done.", json_schema_extra={"minLength": 1}
    )
    who: Text = Field(default="", description="Who does it: names or roles.")
    due: (
        Annotated[dt.date | str, PlainValidator(_day_or_words), WithJsonSchema(_DAY_OR_WORDS_SCHEMA)] | None
    ) = Field(default=None, description="By when: a date, or words such as end of term.")
    level: Level | None = None
    know: Text = Field(default="", description="How you will know that it worked.")
    notes: Text = Field(default="", description="What else there is to say of it.")
    from_: Text = Field(
        default="", alias="from", description="The address it comes from, such as supports.breaks."
    )
    private: bool | None = Field(
        default=None,
        description="true: left out of what is shared, as it is where the plan or its question is private.",
    )
    status: ActionStatus = Field(default="open", description="How far it is.")
    changed: dt.date | None = Field(default=None, description="When its status last changed.")

    @property
    def day(self) -> dt.date | None:
        """The day it is due, if it has one."""
        return self.due if isinstance(self.due, dt.date) else None


class Person(Kept):
    """Who answers, as far as they said."""

    name: Text = Field(default="", description="Your name, for the plan.")
    team: Text = Field(default="", description="Your team, for the plan.")
    library: Text = Field(default="", description="Your library, for the plan.")


class Retired(Kept):
    """An answer set aside: its question is gone from the worksheet, or asks for something else now.

    It stands under the id of its prompt, or under another name with the id in `prompt`. `source` names the
    prompts its rows or options came from, the nearest first; `version` is the worksheet's it was given to.
    `said` is the answer in the words of the worksheet, where these were known. What does not clearly say that
    it is shared is private.
    """

    prompt: str = ""
    ask: Text = ""
    kind: str = ""
    version: Text = ""
    private: bool
    source: tuple[str, ...] = Field(default=(), strict=False)
    said: str = ""
    answer: Value | None = None

    @model_validator(mode="before")
    @classmethod
    def _close_if_in_doubt(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {**data, "private": data.get("private") is not False}
        return data


class Definition(Kept):
    """The worksheet as it was asked, includes resolved, as one TOML text."""

    sha256: str
    worksheet: str


class Sharing(Kept):
    """What a response knows of its shared copies, so that the next one takes the place of the last.

    `key` is drawn by chance and stands in the copies alone; empty for what was first shared before there was
    one. `digest` tells whether what would leave now is what left last; empty after a withdrawal.
    """

    shared_id: SharedId
    revision: SharedRevision
    pseudonym: Pseudonym
    key: SharedId | Literal[""] = ""
    digest: str = ""


class Filling(Kept):
    """What `fill` made a response of: the digest of it, and the revision at which it was last as made."""

    sha256: str
    revision: int


class KeptStep(Kept):
    """What a kept plan knows of one of its steps; digests alone, so that no words stay behind.

    `keys` stand for its wordings as they were shared, `by` for the copies it came from. `support` is how many
    people support it, as far as that was told. `made` has, for each part of the step that libwell wrote, what
    it wrote there: a part that is another now was changed by a person, and is theirs. `origins` stand for the
    places in worksheets where it was offered.
    """

    keys: tuple[str, ...] = Field(default=(), strict=False)
    by: tuple[str, ...] = Field(default=(), strict=False)
    support: Annotated[int, Field(ge=1)] | None = None
    made: dict[str, str] = Field(default_factory=dict)
    origins: tuple[str, ...] = Field(default=(), strict=False)


class Response(Kept):
    """One person's (or one team's) answers to one worksheet.

    `created` and `updated` are in UTC; `completed` is a local day. `short` is true while only the core
    prompts are asked. `last_own` and `last_action` hold the highest numbers ever given to own entries (by
    prompt) and to actions, so that none is used again. `shared` is there once a copy was shared, and leads to
    that copy. `key` finds the response again for `fill`, and `filled` tells whether anybody changed it since.
    `kept` is there in a team's plan that is kept, by the id of each step. None of the four is ever exported,
    but for how many support a step.
    """

    libwell: str = "response/1"
    id: ResponseId
    status: Status = "draft"
    revision: Annotated[int, Field(ge=0)] = 0
    created: Moment
    updated: Moment
    at: str = ""
    short: bool = False
    completed: dt.date | None = None
    last_own: dict[str, int] = Field(default_factory=dict)
    last_action: int = 0
    key: FillKey = ""
    filled: Filling | None = None
    person: Person = Field(default_factory=Person)
    answers: dict[str, Value] = Field(default_factory=dict)
    actions: tuple[Action, ...] = Field(default=(), strict=False)
    retired: dict[str, Retired] = Field(default_factory=dict)
    shared: Sharing | None = None
    kept: dict[str, KeptStep] | None = None
    definition: Definition

    @property
    def short_id(self) -> str:
        """The last part of the id, as used on the command line."""
        return self.id.rpartition("-")[2]

    @property
    def highest_action(self) -> int:
        """The highest number ever given to an action; 0 if there is none."""
        return max([self.last_action, *(int(action.id[1:] or 0) for action in self.actions)])

    @property
    def is_as_filled(self) -> bool:
        """Whether nobody changed it since `fill` made it."""
        return self.filled is not None and self.filled.revision == self.revision

    def action_id(self, action: str) -> str:
        """The id of one of its actions on the command line: `k3f9.a1`."""
        return f"{self.short_id}.{action}"


class AnswersFile(BaseModel):
    """Answers without prompts, as `fill` takes them."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )

    libwell: str = Field(
        default="answers/1",
        description="What this file is, and in which version of the format.",
        json_schema_extra={"const": "answers/1"},
    )
    worksheet: str = Field(default="", description="The worksheet it answers: its id, or its path.")
    key: FillKey = Field(
        default="", description="A name of your own for this response: filled again, it is updated."
    )
    person: Person = Field(default_factory=Person)
    answers: dict[str, Value] = Field(
        default_factory=dict, description="Each answer under the id of its prompt; what is empty is skipped."
    )
    actions: tuple[Action, ...] = Field(
        default=(), strict=False, description="The plan, a table for each step."
    )
