"""What `list`, `show` and other verbs print with `--json` and `team plan` as JSON, field by field.

Every field is there, and fields are only ever added. What `view --json` prints is an export's record.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from typing_extensions import TypedDict

from libwell.model.action_words import ActionStatus, LevelName
from libwell.model.export_records import ActionRecord, Count, ResourceRecord, about
from libwell.model.log_records import ErrorRecord, MistakeRecord
from libwell.model.report_records import WishRecord
from libwell.model.response import Status

FromWhere = TypedDict(
    "FromWhere", {"from": Annotated[str, about("Where it comes from: built in, the library's, one's own.")]}
)


class ListedWorksheet(FromWhere):
    """A worksheet at hand."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What it is called.")]
    summary: Annotated[str, about("What it asks, in a sentence.")]
    minutes: Annotated[int | None, about("About how long it takes; null where it does not say.")]
    path: Annotated[str, about("Its file.")]
    hides: Annotated[list[str], about("Where those come from that have its id and are not used.")]
    hidden: Annotated[list[str], about("The files of those.")]


class ListRecord(TypedDict):
    """The worksheets at hand."""

    schema: Annotated[Literal["libwell.list/1"], about("The verb, and the version of the schema.")]
    worksheets: Annotated[list[ListedWorksheet], about("The worksheets, by their ids.")]
    failed: Annotated[list[ErrorRecord], about("What could not be read; nothing of it is in the rest.")]


class ShownPrompt(TypedDict):
    """A question of a worksheet."""

    id: Annotated[str, about("The id of the prompt.")]
    title: Annotated[str, about("The question.")]
    kind: Annotated[str, about("The kind of the prompt.")]
    section: Annotated[str, about("The id of its section.")]
    private: Annotated[bool, about("Whether its answers are private.")]


class ShowRecord(TypedDict):
    """A worksheet."""

    schema: Annotated[Literal["libwell.show/1"], about("The verb, and the version of the schema.")]
    worksheet: Annotated[dict[str, object], about("Its keys, as in its file; what it includes is in place.")]
    prompts: Annotated[list[ShownPrompt], about("What it asks, in order.")]


class AnsweredWorksheet(TypedDict):
    """The worksheet that was answered."""

    id: Annotated[str, about("Its id.")]
    version: Annotated[str, about("Its own version.")]


class SavedResponse(TypedDict):
    """A response that is saved."""

    id: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What its worksheet is called.")]
    status: Annotated[Status, about("Whether it is finished.")]
    answered: Annotated[Count, about("How many of the questions asked now are answered.")]
    asked: Annotated[Count, about("How many are asked now.")]
    updated: Annotated[dt.datetime, about("When it was last changed.")]
    worksheet: AnsweredWorksheet
    path: Annotated[str, about("Its file.")]
    team: Annotated[str, about("The team it is for; empty where they did not say.")]
    library: Annotated[str, about("Their library; empty where they did not say.")]


class ResponsesRecord(TypedDict):
    """What is saved."""

    schema: Annotated[Literal["libwell.responses/1"], about("The verb, and the version of the schema.")]
    responses: Annotated[list[SavedResponse], about("The responses, the one changed last first.")]
    failed: Annotated[list[ErrorRecord], about("What could not be read; nothing of it is in the rest.")]


class ActionWorksheet(AnsweredWorksheet):
    """The worksheet that a step was planned in."""

    title: Annotated[str, about("What it is called.")]


class ListedAction(ActionRecord):
    """A step of a plan, with where it was planned."""

    response: Annotated[str, about("The id of its response.")]
    worksheet: ActionWorksheet
    name: Annotated[str, about("Whose step it is; empty where they did not say, or beside scores.")]
    team: Annotated[str, about("Their team; empty where they did not say.")]
    library: Annotated[str, about("Their library; empty where they did not say.")]


class ActionsRecord(TypedDict):
    """What is planned in all responses."""

    schema: Annotated[Literal["libwell.actions/1"], about("The verb, and the version of the schema.")]
    actions: Annotated[list[ListedAction], about("The steps asked for, by the day they are due.")]
    withheld: Annotated[Count, about("How many were left out as private.")]
    failed: Annotated[list[ErrorRecord], about("What could not be read; nothing of it is in the rest.")]


class ResourcesRecord(TypedDict):
    """Where to read on."""

    schema: Annotated[Literal["libwell.resources/1"], about("The verb, and the version of the schema.")]
    resources: Annotated[list[ResourceRecord], about("Courses, books, guides and helplines.")]
    failed: Annotated[list[ErrorRecord], about("What could not be read; nothing of it is in the rest.")]


class CheckedFile(TypedDict):
    """A file that was checked."""

    file: Annotated[str, about("Its name.")]
    mistakes: Annotated[list[MistakeRecord], about("Every mistake and hint in it.")]


class CheckRecord(TypedDict):
    """What was found in files."""

    schema: Annotated[Literal["libwell.check/1"], about("The verb, and the version of the schema.")]
    files: Annotated[list[CheckedFile], about("The files, in the order they were checked.")]


class UsedPlace(FromWhere):
    """A file or folder that libwell uses."""

    path: Annotated[str, about("Its path.")]


class FindingRecord(TypedDict):
    """Something that is not as it should be."""

    about: Annotated[str, about("What it is about: a file, a folder, or the name of a thing.")]
    message: Annotated[str, about("What is wrong.")]
    remedy: Annotated[str, about("What to do about it.")]


class DoctorRecord(TypedDict):
    """Where things lie, and what is wrong with them."""

    schema: Annotated[Literal["libwell.doctor/1"], about("The verb, and the version of the schema.")]
    version: Annotated[str, about("The version of libwell.")]
    data: Annotated[str, about("The folder of what is saved.")]
    configuration: Annotated[list[UsedPlace], about("The files of settings.")]
    worksheets: Annotated[list[UsedPlace], about("The folders of worksheets.")]
    findings: Annotated[list[FindingRecord], about("What is wrong.")]


class PlannedWorksheet(TypedDict):
    """A worksheet that was shared."""

    title: Annotated[str, about("What it is called.")]
    people: Annotated[Count | None, about("How many people are told of; null: none are.")]
    waits: Annotated[bool, about("Whether something was shared that is not told yet.")]


class TeamStepRecord(TypedDict):
    """A step of a team's plan."""

    step: Annotated[str, about("What will be done.")]
    support: Annotated[Count | None, about("How many people support it; null where that can't be told.")]
    level: Annotated[LevelName, about("How far it reaches.")]
    who: Annotated[list[str], about("Who does it.")]
    due: Annotated[dt.date | None, about("The first day given for it.")]
    due_words: Annotated[list[str], about("By when, where words and no day were given.")]
    know: Annotated[list[str], about("How they will know that it helped.")]
    status: Annotated[ActionStatus, about("How far it is; open where people differ.")]
    others: Annotated[list[str], about("Other wordings that were joined with it.")]
    wishes: Annotated[list[WishRecord], about("Wishes that are nearly the same.")]
    done: Annotated[Count | None, about("How many of those who support it have done it; null like support.")]


class TeamPlanRecord(TypedDict):
    """A team's plan."""

    schema: Annotated[Literal["libwell.team-plan/2"], about("The verb, and the version of the schema.")]
    min_group: Annotated[Count, about("How many people it takes to tell of them.")]
    worksheets: Annotated[list[PlannedWorksheet], about("The worksheets, by their ids.")]
    steps: Annotated[list[TeamStepRecord], about("The steps, by level, then who, then day.")]
    near: Annotated[list[list[str]], about("Pairs of steps that may be the same, in their words.")]
    wishes: Annotated[list[WishRecord], about("What many wish for and nobody has as a step.")]


class GatheredWorksheet(TypedDict):
    """A worksheet that was shared, and by how many."""

    worksheet: Annotated[str, about("Its id.")]
    title: Annotated[str, about("What it is called.")]
    people: Annotated[Count, about("How many people shared it.")]
    told: Annotated[Count, about("Of how many of them something was told already.")]


class FileNotCounted(TypedDict):
    """A file that was given, could be read, and is not counted."""

    file: Annotated[str, about("The file, or the folder inside a folder.")]
    why: Annotated[
        Literal["replaced", "twice", "withdrawn", "differs", "document", "picture", "folder", "other"],
        about(
            "A later copy takes its place; sent twice; taken back; another file of the same person and "
            "revision says something else, and one of the two counts; or what it is, if it is no copy."
        ),
    ]


class TeamStatusRecord(TypedDict):
    """Who shared so far, counted."""

    schema: Annotated[Literal["libwell.team-status/1"], about("The verb, and the version of the schema.")]
    worksheets: Annotated[list[GatheredWorksheet], about("The worksheets, by their ids.")]
    copies: Annotated[Count, about("How many files there are besides the latest of each person.")]
    withdrawn: Annotated[Count, about("How many people took back what they shared.")]
    failed: Annotated[list[ErrorRecord], about("What could not be read; nothing of it is in the rest.")]
    not_counted: Annotated[list[FileNotCounted], about("Each other file that is not counted, and why.")]
    expected: Annotated[Count | None, about("How many people were asked, if that was given.")]
    alike_teams: Annotated[
        list[list[str]], about("Names of teams that look alike, and are counted as different teams.")
    ]


class ToldRecord(TypedDict):
    """A set of people that was told of."""

    worksheet: Annotated[str, about("The id of the worksheet.")]
    is_team: Annotated[bool, about("Whether it is one team, and not everybody.")]
    people: Annotated[Count, about("How many people it is.")]


class TeamToldRecord(TypedDict):
    """What reports and plans told so far."""

    schema: Annotated[Literal["libwell.team-told/1"], about("The verb, and the version of the schema.")]
    told: Annotated[list[ToldRecord], about("The sets told of, by worksheet, then in the order told.")]
