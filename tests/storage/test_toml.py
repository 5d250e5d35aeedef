"""A mistake in TOML gives its line and no word of the file, and no text takes long, however it was made."""

from __future__ import annotations

import pickle
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import tomli
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st

from libwell.errors import FileRefusedError
from libwell.storage.toml import holds_too_much, parse_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

MIB = 1 << 20


def test_toml_is_parsed() -> None:
    assert parse_toml('a.b = ["x"]\r\n', file="x.toml") == {"a": {"b": ["x"]}}


CANARY = "canary"
WRONG = {
    "canary": 1,
    "a = 1\ncanary": 2,
    "canary = ": 1,
    "canary = canary": 1,
    "a = 'canary": 1,
    'a = "canary': 1,
    'a = "canary\n"': 1,
    'a = """canary\n': 1,
    "a = '''canary\n": 1,
    'a = "canary\\q"': 1,
    'a = "canary\\u00zz"': 1,
    'a = "canary\\ud800"': 1,
    'a = "canary\x00"': 1,
    "a = 'canary\x07'": 1,
    "# canary\x00": 1,
    "a = ['canary'": 1,
    "a = ['canary' 'canary']": 1,
    "a = { canary = 1": 1,
    "a = { canary = 1, canary = 2 }": 1,
    "a = { canary = {}, canary.b = 2 }": 1,
    "a = { canary.b = 1, canary = 2 }": 1,
    "canary = 1\ncanary = 2": 2,
    "[canary]\n[canary]": 2,
    "canary.b = 1\n[canary]": 2,
    "[canary.b]\n[a]\n[canary]\nb.c = 1": 4,
    "canary = {}\n[canary.b]": 2,
    "canary = []\n[[canary]]": 2,
    "canary = 1\n[canary.b]": 2,
    "canary = 1\n[[canary]]": 2,
    "canary = {}\ncanary.b = 1": 2,
    "[canary": 1,
    "[[canary]": 1,
    "a = 2026-02-30 # canary": 1,
    "a = 1 canary": 1,
    "[] # canary": 1,
    "a. = 'canary'": 1,
    "= 'canary'": 1,
    "é = 'canary'": 1,
    "canary = " + "9" * 5000: 1,
    "canary = " + "9" * 900 + "_9" * 100 + "9": 1,
    "canary = 0." + "9" * 1001: 1,
    "canary = " + "[" * 100_000: 0,
    "a = 1\n" + "canary." * 20 + "a = 1": 2,
    "canary = " + "[" * 65 + "]" * 65: 0,
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: repr(text[:24]))
def test_a_mistake_gives_its_line_and_not_a_word_of_the_file(text: str) -> None:
    with pytest.raises(FileRefusedError) as caught:
        parse_toml(text, file="x.toml")
    (mistake,) = caught.value.mistakes
    assert CANARY in text
    assert CANARY not in repr(caught.value)
    assert mistake.line == WRONG[text]
    assert mistake.message.endswith(".")
    assert len(str(caught.value).splitlines()) == 1
    assert caught.value.__context__ is None


REMEDIES = {
    "a = “canary”": 'Curly quotation marks stand here. Use straight ones: ".',
    'a = "canary”\n': 'Curly quotation marks stand here. Use straight ones: ".',
    "a = „canary“": 'Curly quotation marks stand here. Use straight ones: ".',
    "a = \u2018canary\u2019": 'Curly quotation marks stand here. Use straight ones: ".',
    'a = ["canary", “canary”]': 'Curly quotation marks stand here. Use straight ones: ".',
    "a = { b = “canary” }": 'Curly quotation marks stand here. Use straight ones: ".',
    "“canary” = 1": 'Curly quotation marks stand here. Use straight ones: ".',
    "canary = 2027-13-45": "There is no such date. Write it as 2027-03-01.",
    "canary = 2027-02-30": "There is no such date. Write it as 2027-03-01.",
    "canary = 2027-3-1": "There is no such date. Write it as 2027-03-01.",
    "canary = 1/3/2027": "There is no such date. Write it as 2027-03-01.",
    "canary = [1.3.2027]": "There is no such date. Write it as 2027-03-01.",
    "[canary]\n[canary]": "This heading is given twice. For one of several write two brackets: [[ ]].",
    'a = "canary\n': (
        "A text is not closed on its line, or holds a control character. "
        'Close it with "; a text of several lines stands between """ and """.'
    ),
    "a = 'canary": "A text is not closed. Close it with the mark it begins with.",
    "canary = canary": 'Put a text in quotes: "…".',
    'a = "canary "canary""': r'Put it on a line of its own; a " inside a text is written \".',
    "a = [1": "Put commas between, and close it with ]. # canary",
}


FOR_TWO = "For two tests write when = { all = [{ … }, { … }] }, or any in the place of all."
LATE = "Something of a section stands above the first [[sections]], or that has only one bracket."
OPEN_TEXT = 'The text that begins here is not closed. Close it with """ where it ends.'
LINES = {
    "canary = False": "1: True and false are written in small letters. Write true or false.",
    "a = [TRUE] # canary": "1: True and false are written in small letters. Write true or false.",
    "a = { canary = Yes }": "1: Yes and no are written as true and false. Write true or false.",
    "canary = None\n": "1: There is no word for nothing. Leave the key out.",
    "canary = 1,000": "1: A number is written without a comma. Write 1000 for a thousand, 0.5 for a half.",
    "canary = No place like home": (
        '1: The value is missing, or is a text without quotation marks. Put a text in quotes: "…".'
    ),
    'when = { prompt = "canary", is = 1, prompt = "b" }': f"1: A test in a when names one prompt. {FOR_TWO}",
    '[when]\nprompt = "canary"\nprompt = "b"': f"3: A test in a when names one prompt. {FOR_TWO}",
    "when = { canary = 1 }\nwhen = { b = 2 }": f"2: There is a when already. {FOR_TWO}",
    "[[sections.prompts]]\n[[sections]]\nid = 'canary'": (
        f"2: {LATE} Begin each section with [[sections]], its id and its title."
    ),
    'a = """\ncanary\n\n[[sections]]\nb = 1': f"1: {OPEN_TEXT}",
    "b = 1\na = '''\ncanary\n[[sections]]": f"2: {OPEN_TEXT}".replace('"""', "'''"),
    'a = """\ncanary\n[[sections]]\nb = """\nSome words"""\n': f"1: {OPEN_TEXT}",
    'a = 1\nb = """canary\nc = """Some words."""': f"2: {OPEN_TEXT}",
    'a = """\ncanary\n[[sections]]\nb = """\n\n(Some words)"""\n': f"1: {OPEN_TEXT}",
    'a = """canary"""\nb = True': "2: True and false are written in small letters. Write true or false.",
    'a = """\nb = canary"""\nc = 1 2': (
        "3: There is something after the end of the value. "
        r'Put it on a line of its own; a " inside a text is written \".'
    ),
    'a = """\n[canary]"""\nb = 1\nc d = 2': '4: There is no = after a key. Write it as key = "…".',
}


@pytest.mark.parametrize("text", LINES)
def test_what_people_often_write_is_named_at_its_line(text: str) -> None:
    with pytest.raises(FileRefusedError) as caught:
        parse_toml(text, file="x.toml")
    assert str(caught.value) == f"x.toml:{LINES[text]}"


@pytest.mark.parametrize("text", REMEDIES)
def test_a_mistake_says_what_to_do(text: str) -> None:
    with pytest.raises(FileRefusedError) as caught:
        parse_toml(text, file="x.toml")
    assert REMEDIES[text].removesuffix(" # canary") in str(caught.value)
    assert CANARY not in repr(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "a = canary\u2019s",
        "a = b # “canary”",
        "# “canary”\na =",
        'a = "“canary”" 1',
        'a = """\n“C:\\canary”\n"""',
        'a = """\n“canary”',
        "a = 2027-03-01 canary",
        "a = 1.0.1",
        f"a = {'“' * 3000}",
    ],
)
def test_neither_curly_marks_nor_dates_where_they_are_not_the_mistake(text: str) -> None:
    with pytest.raises(FileRefusedError) as caught:
        parse_toml(text, file="x.toml")
    assert "Curly" not in str(caught.value)
    assert "date" not in str(caught.value)


def test_whatever_else_the_parser_raises_is_the_files_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (MemoryError(), KeyError(CANARY), tomli.TOMLDecodeError(f"New {CANARY}", "", 0)):

        def fail(_: str, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(tomli, "loads", fail)
        with pytest.raises(FileRefusedError) as caught:
            parse_toml("a", file="x.toml")
        assert CANARY not in repr(caught.value)


@pytest.mark.parametrize("zone", ["Z", "+00:00", "+02:00", "-23:59"])
def test_a_moment_can_be_copied_and_sent_to_another_process(zone: str) -> None:
    text = f"a = 2026-11-21 18:02:11{zone}\nb = [{{ c = 2026-11-21T18:02:11.120934{zone} }}]\n"
    data = parse_toml(text, file="x.toml")
    assert repr(data) == repr(tomli.loads(text))
    assert deepcopy(data) == pickle.loads(pickle.dumps(data)) == data


ODD = {
    "numbers past what a machine counts": f"a = {10**30}\nb = 1e999\nc = 0x{'f' * 20}",
    "a table over several lines": "a = {\n  b = 1, # one\n  c = [2],\n}",
    "half an emoji": "a = '\ud83d'",
    "CRLF": "a = '''x\r\ny'''\r\nb = 1",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_toml_is_read(name: str) -> None:
    assert parse_toml(ODD[name], file="x.toml") == tomli.loads(ODD[name])


LINES_IN_TABLES = ("a = {b =\n1}", "a = {b = # c\n1}", "a = {b\n\t= 1}", "a = {b # c\n=1}")


@pytest.mark.parametrize("text", ["\ufeffa = 1", "a = 1\rb = 2", *LINES_IN_TABLES])
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(FileRefusedError):
        parse_toml(text, file="x.toml")


def dotted(parts: int, *, last: str = "a") -> str:
    return "a." * (parts - 1) + last


def many_lines(lines: Iterator[str]) -> str:
    text, size = [], 0
    while size < 8 * MIB:
        text.append(next(lines))
        size += len(text[-1]) + 1
    return "\n".join(text)


def numbered(before: str, after: str) -> Iterator[str]:
    number = 0
    while True:
        yield f"{before}{number}{after}"
        number += 1


BOMBS = {
    "one dotted key": lambda: dotted(50_000) + " = 1",
    "one dotted heading": lambda: f"[{dotted(50_000)}]",
    "dotted headings": lambda: many_lines(numbered("[" + dotted(900, last="k"), "]")),
    "dotted keys": lambda: many_lines(numbered(dotted(900, last="k"), " = 1")),
    "dotted keys under a dotted heading": lambda: (
        f"[{dotted(900)}]\n" + many_lines(numbered(dotted(900, last="k"), " = 1"))
    ),
    "dotted with blanks and quotes": lambda: (
        f"[{' . '.join(['a', chr(34) * 2, chr(39) * 2] * 300)}]\n" * 1000
    ),
    "dotted keys in inline tables": lambda: "a = [" + f"{{ {dotted(900)} = 1 }}," * 4000 + "]",
    "arrays": lambda: "a = " + "[" * 100_000,
    "closed arrays": lambda: "a = " + "[" * 100_000 + "]" * 100_000,
    "inline tables": lambda: "a = " + "{ a = " * 100_000,
    "dotted inline tables": lambda: "a = " + f"{{ {dotted(16)} = " * 390 + "1" + "}" * 390,
    "digits": lambda: "a = " + "1" * 5000,
    "many digits": lambda: "a = " + "1" * 8 * MIB,
    "hexadecimal digits": lambda: "a = 0x" + "f" * 8 * MIB,
    "digits after a point": lambda: "a = 1." + "1" * 8 * MIB,
    "digits in groups": lambda: "a = 1" + "_1" * 4 * MIB,
    "a bare key": lambda: "a" * 8 * MIB + " = 1",
    "quotes never closed": lambda: 'a = "' + '\\"a' * 2 * MIB,
    "triple quotes never closed": lambda: 'a = """' + '\\"""a' * 1_500_000,
    "apostrophes": lambda: "a = '''" + "''a" * 2 * MIB,
    "backslashes": lambda: 'a = "' + "\\\\" * 4 * MIB + '"',
    "blanks": lambda: "a" + " " * 8 * MIB + ". a = 1",
    "a comment": lambda: "#" + "." * 8 * MIB,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_or_parsed(name: str) -> None:
    text = BOMBS[name]()
    try:
        parse_toml(text, file="x.toml")
    except FileRefusedError as error:
        assert len(str(error)) < 120  # noqa: PT017 - which of the two it is does not matter


def test_long_texts_full_of_dots_are_no_bombs() -> None:
    text = "Yes. No. " * 2000 + "a." * 2000 + "x" * 2000
    for quote in ('"', "'", '"""', "'''"):
        document = f"a.b.c = {quote}{text}{quote} # {text}\n{dotted(16)} = 1"
        assert parse_toml(document, file="x.toml")["a"]["b"]["c"] == text


def test_quotes_before_the_closing_ones_belong_to_the_text() -> None:
    for quote in ('"', "'"):
        text = f"a = [{quote * 3}x{quote * 5}, {quote * 3}x{quote * 4}, {quote}{'a.' * 600}{quote}]"
        assert parse_toml(text, file="x.toml") == {"a": ["x" + quote * 2, "x" + quote, "a." * 600]}


def test_the_limits_are_exact() -> None:
    for kept, refused in (
        (dotted(16) + " = 1", dotted(17) + " = 1"),
        ("a" * 1000 + " = 1", "a" * 1001 + " = 1"),
        ("a = " + "[" * 63 + "]" * 63, "a = " + "[" * 64 + "]" * 64),
    ):
        assert parse_toml(kept, file="x.toml")
        with pytest.raises(FileRefusedError):
            parse_toml(refused, file="x.toml")


TOO_MUCH = {
    "tables": "x = [" + "{}," * 300_000 + "]",
    "lists": "x = [" + "[]," * 300_000 + "]",
    "numbers": "x = [" + "1," * 300_000 + "]",
    "texts": "x = [" + "''," * 300_000 + "]",
    "keys": "\n".join(f"k{number}=1" for number in range(200_000)),
    "headings": "\n".join(f"[k{number}]" for number in range(100_000)),
    "dotted headings": "\n".join(f"[k{number}.{dotted(12)}]" for number in range(10_000)),
    "line ends": "\n" * 400_000,
    "lines of a text": f"x = '''{chr(10) * 400_000}'''",
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_holds_more_than_any_real_file_is_refused_before_it_is_parsed(name: str) -> None:
    assert holds_too_much(TOO_MUCH[name])
    with pytest.raises(FileRefusedError, match=r"more keys, values or lines here than libwell reads\. Split"):
        parse_toml(TOO_MUCH[name], file="x.toml")


@pytest.mark.parametrize("quote", ['"', "'", '"""', "'''"])
def test_what_stands_in_a_text_is_not_counted(quote: str) -> None:
    text = "[{one, two = three.four}], " * 30_000
    assert parse_toml(f"a = {quote}{text}{quote} # {text}", file="x.toml") == {"a": text}


def test_how_much_a_file_may_hold_is_exact() -> None:
    for most, sign in ((200_000, ","), (300_000, "\n")):
        assert not holds_too_much(sign * most)
        assert holds_too_much(sign * (most + 1))


def test_a_character_nobody_types_is_refused_at_once() -> None:
    with pytest.raises(FileRefusedError, match=r"x\.toml:2: There is a control character here\."):
        parse_toml("a = 1\n" + "\0" * 8 * MIB, file="x.toml")


TEXTS = st.text(st.sampled_from("a.\"'\\\n\r#=[]{} \t-é"), max_size=80)


@given(st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3), max_size=4), st.booleans())
@example({"a": ["\\" * 3 + '"""' + "a." * 20, "''" + "." * 40]}, True)  # noqa: FBT003 - hypothesis has no names
def test_what_was_written_is_read_again(data: dict[str, Any], lines: bool) -> None:  # noqa: FBT001 - the same
    padded = {"long": "b." * 600} | data
    written = tomli_w.dumps(padded, multiline_strings=lines).replace("\n", "\r\n")
    expected = tomli.loads(written)
    assert parse_toml(written, file="x.toml") == expected


@given(TEXTS)
@example("\r\r\n")
def test_literal_texts_of_any_kind_are_read_whole(text: str) -> None:
    """Such as people write by hand: up to two apostrophes before the last three belong to the text."""
    document = f"a = '''{text}'''\nb = 1 # {'a.' * 600}"
    try:
        expected = tomli.loads(document)
    except tomli.TOMLDecodeError:
        with pytest.raises(FileRefusedError):
            parse_toml(document, file="x.toml")
    else:
        assert parse_toml(document, file="x.toml") == expected


@given(st.text(max_size=60) | TEXTS)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        parse_toml(text, file="x.toml")
    except FileRefusedError as error:
        assert len(error.mistakes) == 1  # noqa: PT017 - which of the two it is does not matter
