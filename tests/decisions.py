"""How large code is, and how often it decides: the two figures the house is held to.

`benchmarks/size.py` prints them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
ONE_EACH = Function | ast.If | ast.IfExp | ast.For | ast.AsyncFor | ast.While | ast.ExceptHandler


@dataclass(frozen=True)
class Size:
    """Lines of text; of these, lines inside functions, and the decisions in them."""

    lines: int = 0
    function_lines: int = 0
    decisions: int = 0

    @property
    def decisions_a_line(self) -> float:
        """Decisions for each line of a function."""
        return self.decisions / max(self.function_lines, 1)


def size(text: str) -> Size:
    """The size of one module."""
    functions = list(outermost(ast.parse(text)))
    return Size(
        lines=len(text.splitlines()),
        function_lines=sum((one.end_lineno or 0) - one.lineno + 1 for one in functions),
        decisions=sum(decided(node) for one in functions for node in ast.walk(one)),
    )


def total(sizes: Iterable[Size]) -> Size:
    """The size of all of them."""
    every = list(sizes)
    return Size(
        sum(one.lines for one in every),
        sum(one.function_lines for one in every),
        sum(one.decisions for one in every),
    )


def outermost(node: ast.AST) -> Iterator[Function]:
    """Every function that is not inside another; methods too."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child
        else:
            yield from outermost(child)


def decided(node: ast.AST) -> int:
    """How often one node decides: that there is a function counts, and every way its code may go."""
    match node:
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.Match():
            return len(node.cases)
    return int(isinstance(node, ONE_EACH))
