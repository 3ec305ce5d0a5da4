"""The one-line form of a rule: `(Xi OR "Xi Jinping") NEAR/8 Moskou AND title:bezoek* NOT source:blog`.

    Xi  "Wang Yi"  sanctie*      a word, a phrase, with wildcards, all as in YAML; “…” are quotes too
    NEAR/8  ONEAR/8              `near`, `ordered` with ONEAR: at most 8 apart; on either side a word, a phrase, one of
                                 the fields below that look for words, or several of these joined by OR in parentheses
    NOT  AND  OR                 `none`, `all`, `any`; `Xi NOT Wang` is `Xi AND NOT Wang`
    title: (or headline:)  lead: dateline: subheads: body: summary: teasers: related:
                                 `in`, for what stands behind; several at once as title+lead: (also byline and tags)
    place: name: list: cased: stem: fuzzy: re:
                                 that operator; fuzzy/2: allows two edits
    dateline.place: agency: source: publisher: lang: section: kind: byline: url: tag:
                                 that field

A field takes one value, or several in parentheses with OR between them. Operators are words in capitals. NEAR binds
closest, then NOT, AND, OR. Between two terms there must be an operator (peers disagree on what a bare space means, so
it is refused), and `a NEAR/3 b NEAR/3 c` is refused: it may mean two things. NOT before an OR in parentheses is a
`none` with as many conditions; any other parentheses only group. `age`, `story`, `same`, `count`, `min` and the options
of a place or a name are said in YAML alone.

Parsed with lark (LALR). Each word and field is read as the value it would be in YAML, so that both forms make one tree.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from monitor.match.clause import Clause
from monitor.match.clauses.groups import All, Any, In, Without
from monitor.match.view import SCOPES
from monitor.match.written.query_mends import (
    fault_of_near,
    fault_of_word,
    mend_of_character,
    mend_of_field,
    mend_of_place,
)

_WORD = r'[^\s()":“”„‟«»（）：＂]+'

_GRAMMAR = r"""
?start: either
?either: both | both (_OR both)+ -> or_
?both: single | single (_AND single | negated)+ -> and_
?single: negated | close
negated: _NOT close -> not_
?close: plain | plain (NEAR plain)+ -> near
?plain: _OPEN either _CLOSE | FIELD value -> field | term | BARE_FIELD
?value: term | _OPEN either _CLOSE
term: QUOTED | WORD

_AND.2: /AND(?=[\s()"“]|$)/
_OR.2: /OR(?=[\s()"“]|$)/
_NOT.2: /NOT(?=[\s()"“]|$)/
NEAR.2: /O?NEAR(\/[^\s()"“”:]*)?(?=[\s()"“]|$)/
_OPEN: "("
_CLOSE: ")"
FIELD.3: /[\w.+-]+(\/\d+)?:(?=[^\s:)])/
BARE_FIELD.3: /[\w.+-]+(\/\d+)?:(?=[\s)]|$)/
QUOTED: /"[^"]*"|“[^”]*”/
WORD: /%WORD%/
%ignore /\s+/
""".replace("%WORD%", _WORD)

SCOPE_FIELDS = {"title": "headline", **{scope: scope for scope in SCOPES if scope not in {"byline", "tags"}}}
"""What looks into one scope, and that scope; `byline` alone is the field of that name."""

ANY_OF = (
    *("place", "name", "dateline.place", "agency", "source", "publisher"),
    *("lang", "section", "kind", "byline", "url", "tag"),
)
"""Fields that are an operator of the same name, which takes one value or a list."""

ONE = ("list", "cased", "stem", "fuzzy", "re")
"""The same, of operators that take one value; several are an `any` of them."""

WORDING = frozenset({"place", "name", *ONE})
"""Fields that look for words in the text, and so may stand beside NEAR."""

LONGEST_QUERY = 10_000
"""In characters."""

DEEPEST_QUERY = 50
"""Parentheses within each other."""

_OPERATOR = r"(AND|OR|NOT|O?NEAR(/.*)?)\Z"
_QUOTED_OR_PARENTHESIS = re.compile(r'"[^"]*"?|“[^”]*”?|[()]')

Read: TypeAlias = Callable[[object], Clause]
"""Reads a condition as YAML has it; ValueError says what is wrong with it."""


class QueryFault(ValueError):
    """A query that cannot be read; `column` counts characters from 1, also over line breaks."""

    def __init__(self, column: int, message: str) -> None:
        """Put the column before the message."""
        self.column = column
        super().__init__(f"column {column} of the query: {message}")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A condition without conditions in it, as its value in YAML; `text` where that is a plain term."""

    column: int
    value: object
    text: str | None = None
    wording: bool = True


@dataclass(frozen=True, slots=True)
class _Near:
    """Two groups of leaves near each other, and the operator between them."""

    operator: Token
    sides: tuple[tuple[_Leaf, ...], tuple[_Leaf, ...]]


@dataclass(frozen=True, slots=True)
class _Group:
    """An All, an Any or a Without of what it holds."""

    made: type[All | Any | Without]
    members: tuple["_Said", ...]


@dataclass(frozen=True, slots=True)
class _Scoped:
    """Something looked for in some scopes only."""

    scope: frozenset[str]
    member: "_Said"


_Said: TypeAlias = _Leaf | _Near | _Group | _Scoped


def read_query(query: str, read: Read) -> Clause:
    """Return the clause that a query says; in time linear in its length.

    Args:
        query: the query.
        read: reads each word and field of it, as the value that YAML would have.

    Raises:
        QueryFault: it cannot be read; the message says where and the mend.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryFault(LONGEST_QUERY + 1, f"longer than {LONGEST_QUERY} characters; split the rule")
    opened = _opened(query)
    try:
        said = cast("_Said", _PARSER.parse(query))
    except UnexpectedCharacters as error:
        start = error.pos_in_stream or 0
        raise QueryFault(start + 1, mend_of_character(query[start])) from None
    except UnexpectedToken as error:
        start = len(query) if error.token.type == "$END" else _start(error.token)
        raise QueryFault(start + 1, mend_of_place(error.token, query[:start].rstrip(), opened)) from None
    return _clause(said, read)


def is_plain_word(text: str) -> bool:
    """Tell whether a term can stand in a query without quotes."""
    return re.fullmatch(_WORD, text) is not None and not (fault_of_word(text) or re.match(_OPERATOR, text))


def _clause(said: _Said, read: Read) -> Clause:
    match said:
        case _Leaf(column, value):
            return _read(column, value, read)
        case _Near(operator, sides):
            for leaf in (*sides[0], *sides[1]):
                _read(leaf.column, leaf.value, read)
            return _read(_start(operator) + 1, _near_value(operator, sides), read)
        case _Group(made, members):
            return made(tuple(_clause(member, read) for member in members))
        case _Scoped(scope, member):
            return In(scope, _clause(member, read))


def _read(column: int, value: object, read: Read) -> Clause:
    try:
        return read(value)
    except ValueError as error:
        raise QueryFault(column, str(error)) from None


def _near_value(operator: Token, sides: Sequence[Sequence[_Leaf]]) -> object:
    values = [[leaf.value for leaf in side] for side in sides]
    near = {"near": [side if len(side) > 1 else side[0] for side in values], "within": operator.partition("/")[2]}
    return {**near, "ordered": "true"} if operator.startswith("O") else near


@v_args(inline=True)
class _Speech(Transformer[Token, _Said]):
    """Builds what a query says bottom-up while lark parses."""

    def term(self, token: Token) -> _Said:
        text = str(token) if token.type == "WORD" else token[1:-1]
        return _Leaf(_start(token) + 1, text, text)

    def field(self, token: Token, said: _Said) -> _Said:
        column = _start(token) + 1
        name, _, edits = str(token)[:-1].partition("/")
        if edits and name != "fuzzy":
            raise QueryFault(column, f"`{token}`: only fuzzy: takes a number, as in fuzzy/2:Jinping")
        if scope := _scope(name):
            return _Scoped(scope, said)
        if name not in {*ANY_OF, *ONE}:
            raise QueryFault(column, mend_of_field(name, (*SCOPE_FIELDS, *ANY_OF, *ONE)))
        values = [leaf.text for leaf in _alternatives(said) if isinstance(leaf, _Leaf) and leaf.text is not None]
        if len(values) < len(_alternatives(said)):
            raise QueryFault(column, f"`{token}` takes one value, or values joined by OR in parentheses")
        leaf = partial(_Leaf, column, wording=name in WORDING)
        if name in ANY_OF:
            return leaf({name: values if len(values) > 1 else values[0]})
        beside = {"edits": edits} if edits else {}
        leaves = tuple(leaf({name: value, **beside}) for value in values)
        return _Group(Any, leaves) if len(leaves) > 1 else leaves[0]

    def near(self, left: _Said, operator: Token, right: _Said, *more: Token | _Said) -> _Said:
        if more:
            said = f"`{operator}` and `{more[0]}` in a row: join two by AND, as in (a {operator} b) AND (b {more[0]} c)"
            raise QueryFault(_start(cast("Token", more[0])) + 1, said)
        if fault := fault_of_near(operator):
            raise QueryFault(_start(operator) + 1, fault)
        return _Near(operator, (_side(left, operator), _side(right, operator)))

    def and_(self, *members: _Said) -> _Said:
        return _Group(All, members)

    def or_(self, *members: _Said) -> _Said:
        return _Group(Any, members)

    def not_(self, said: _Said) -> _Said:
        return _Group(Without, _alternatives(said))


def _alternatives(said: _Said) -> tuple[_Said, ...]:
    return said.members if isinstance(said, _Group) and said.made is Any else (said,)


def _side(said: _Said, operator: Token) -> tuple[_Leaf, ...]:
    """Return the words on one side of NEAR."""
    leaves = [leaf for leaf in _alternatives(said) if isinstance(leaf, _Leaf) and leaf.wording]
    if len(leaves) < len(_alternatives(said)):
        wanted = "words, phrases and fields that look for words, several as (Xi OR Wang)"
        said_of = f"`{operator}` stands between {wanted}; other fields and scopes around it: title:(a {operator} b)"
        raise QueryFault(_start(operator) + 1, said_of)
    return tuple(leaves)


def _scope(name: str) -> frozenset[str]:
    """Return the scopes that a field names; none if it names something else."""
    if name in SCOPE_FIELDS:
        return frozenset({SCOPE_FIELDS[name]})
    parts = [SCOPE_FIELDS.get(part, part) for part in name.split("+")]
    return frozenset(parts) if len(parts) > 1 and {*parts} <= {*SCOPES} else frozenset()


def _opened(query: str) -> list[int]:
    """Return where parentheses open that nothing closes; QueryFault if they go too deep."""
    opened: list[int] = []
    for found in _QUOTED_OR_PARENTHESIS.finditer(query):
        if found[0] == "(":
            opened.append(found.start())
        elif found[0] == ")" and opened:
            opened.pop()
        if len(opened) > DEEPEST_QUERY:
            raise QueryFault(
                found.start() + 1, f"more than {DEEPEST_QUERY} parentheses within each other; split the rule"
            )
    return opened


def _start(token: Token) -> int:
    return token.start_pos or 0


def _refuse_bare(name: Token) -> Token:
    said = f"nothing stands directly behind `{name}`; write {name}Xi or {name}(Xi OR Wang)"
    raise QueryFault(_start(name) + 1, said)


def _refuse_doubtful(word: Token) -> Token:
    if mend := fault_of_word(word):
        raise QueryFault(_start(word) + 1, mend)
    return word


_PARSER = Lark(
    _GRAMMAR,
    parser="lalr",
    lexer="basic",
    transformer=_Speech(),
    maybe_placeholders=False,
    lexer_callbacks={"BARE_FIELD": _refuse_bare, "WORD": _refuse_doubtful},
)
