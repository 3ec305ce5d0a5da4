"""The one-line form of a rule: `(Xi OR Poetin) AND place:Moskou NOT title:"lees ook"`.

Operators are words in capitals; AND binds closer than OR; between two terms there must be one (peers disagree on what
a bare space means, so it is refused). Parsed with lark (LALR) into the same tree as the YAML form.
"""

import re
from difflib import get_close_matches
from typing import cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from monitor.match.groups import All, Any, In, Without
from monitor.match.operators import OPERATORS, Clause
from monitor.match.shapes import read_term
from monitor.match.wording import Term

_GRAMMAR = r"""
?start: either
?either: both | both (_OR both)+ -> or_
?both: single | single (_AND single | negated)+ -> and_
?single: negated | plain
negated: _NOT plain -> not_
?plain: _OPEN either _CLOSE | FIELD value -> field | term
?value: term | _OPEN either _CLOSE
term: QUOTED | WORD

_AND.2: /AND(?=[\s()"“]|$)/
_OR.2: /OR(?=[\s()"“]|$)/
_NOT.2: /NOT(?=[\s()"“]|$)/
_OPEN: "("
_CLOSE: ")"
FIELD.3: /[\w.-]+:(?=[^\s:])/
QUOTED: /"[^"]*"|“[^”]*”/
WORD: /[^\s()":“”]+/
%ignore /\s+/
"""

_SCOPES = {"title:": "headline", "lead:": "lead"}
_FIELDS = {f"{key}:": OPERATORS[key] for key in ("place", "source", "agency", "lang")}
_MOST_CHARACTERS = 10_000
_DEEPEST = 50
_QUOTED_OR_PARENTHESIS = re.compile(r'"[^"]*"?|“[^”]*”?|[()]')
_SIGNED = re.compile(r"[-+!]")
_NEAR = re.compile(r"O?NEAR(/.*)?", re.DOTALL)

_MISPLACED = {
    "$END": "something is missing at the end: a word, or a closing parenthesis",
    "_CLOSE": "`)` closes nothing, or nothing stands before it",
    "_AND": "`AND` stands between two terms",
    "_OR": "`OR` stands between two terms",
    "_NOT": "`NOT` stands before a term; NOT NOT says nothing",
}


class QueryFault(ValueError):
    """A query that cannot be read; `column` counts characters from 1, also over line breaks."""

    def __init__(self, column: int, message: str) -> None:
        """Put the column before the message."""
        self.column = column
        super().__init__(f"column {column} of the query: {message}")


def read_query(query: str) -> Clause:
    """Return the clause that a query says; in time linear in its length.

    Raises:
        QueryFault: it cannot be read; the message says where and the mend.
    """
    if len(query) > _MOST_CHARACTERS:
        raise QueryFault(_MOST_CHARACTERS + 1, f"longer than {_MOST_CHARACTERS} characters; split the rule")
    _refuse_depth(query)
    try:
        return cast("Clause", _PARSER.parse(query))
    except UnexpectedCharacters as error:
        start = error.pos_in_stream or 0
        raise QueryFault(start + 1, _alone(query[start])) from None
    except UnexpectedToken as error:
        ended = error.token.type == "$END"
        raise QueryFault((len(query) if ended else _start(error.token)) + 1, _misplaced(error.token)) from None


def _refuse_depth(query: str) -> None:
    depth = 0
    for found in _QUOTED_OR_PARENTHESIS.finditer(query):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth > _DEEPEST:
            raise QueryFault(found.start() + 1, f"more than {_DEEPEST} parentheses within each other; split the rule")


def _start(token: Token) -> int:
    return token.start_pos or 0


def _alone(char: str) -> str:
    """Return the mend for a character that begins nothing here."""
    if char in '"“”':
        return f"the quote `{char}` has no other half; quotes stand around a phrase"
    return f'`{char}` stands alone here; a field goes as in title:Xi or title:"Xi Jinping", other text in quotes'


def _misplaced(token: Token) -> str:
    """Return the mend for a token, or the end, where the grammar has no place for it."""
    if token.type in _MISPLACED:
        return _MISPLACED[token.type]
    if token.type == "WORD" and _NEAR.fullmatch(token):
        return f"`{token}` belongs to the rule language, but this version does not read it yet"
    if token.type == "WORD" and token.upper() in {"AND", "OR", "NOT"}:
        return f"an operator is written in capitals: {token.upper()}; a word to look for in quotes"
    return f"put AND, OR or NOT before `{token}`, or quotes around text with a space or a colon"


@v_args(inline=True)
class _Tree(Transformer[Token, Clause]):
    """Builds the tree bottom-up while lark parses."""

    def term(self, token: Token) -> Clause:
        text = str(token) if token.type == "WORD" else token[1:-1]
        if token.type == "WORD" and _NEAR.fullmatch(text):
            raise QueryFault(_start(token) + 1, _misplaced(token))
        if token.type == "WORD" and _SIGNED.match(text):
            raise QueryFault(_start(token) + 1, f"`{text}`: a sign before a word says nothing here; write AND or NOT")
        try:
            return Term(read_term(text))
        except ValueError as error:
            raise QueryFault(_start(token) + 1, str(error)) from None

    def field(self, name: Token, clause: Clause) -> Clause:
        if name in _SCOPES:
            return In(frozenset({_SCOPES[name]}), clause)
        column = _start(name) + 1
        if name not in _FIELDS:
            raise QueryFault(column, _unknown(name))
        operator = _FIELDS[name]
        values = [term.text if isinstance(term, Term) else None for term in _alternatives(clause)]
        if None in values:
            raise QueryFault(column, f"`{name}` takes one value, or values joined by OR in parentheses")
        try:
            return operator.make(operator.shape.read(values))
        except ValueError as error:
            raise QueryFault(column, f"`{name}` {error}") from None

    def and_(self, *clauses: Clause) -> Clause:
        return All(clauses)

    def or_(self, *clauses: Clause) -> Clause:
        return Any(clauses)

    def not_(self, clause: Clause) -> Clause:
        return Without((clause,))


def _alternatives(clause: Clause) -> tuple[Clause, ...]:
    return clause.clauses if isinstance(clause, Any) else (clause,)


def _unknown(name: str) -> str:
    fields = [*_SCOPES, *_FIELDS]
    near = get_close_matches(name.lower(), fields, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"there are {' '.join(fields)}."
    return f"unknown field `{name}`; {hint} Text with a colon goes in quotes"


_PARSER = Lark(_GRAMMAR, parser="lalr", lexer="basic", transformer=_Tree(), maybe_placeholders=False)
