"""The one-line form of a rule: `(Xi OR Poetin) AND place:Moskou NOT title:"lees ook"`.

Operators are words in capitals; AND binds closer than OR; between two terms there must be one (peers disagree on what
a bare space means, so it is refused). Parsed with lark (LALR) into the same tree as the YAML form.
"""

from collections.abc import Sequence
from typing import cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from monitor.match.groups import All, Any, In, Without
from monitor.match.operators import OPERATORS, Clause, Term
from monitor.match.terms import has_words

_GRAMMAR = r"""
?start: either
?either: both | both (_OR both)+ -> or_
?both: single | single (_AND single | negated)+ -> and_
?single: negated | plain
negated: _NOT plain -> not_
?plain: _OPEN either _CLOSE | FIELD value -> field | term
?value: term | _OPEN either _CLOSE
term: QUOTED | WORD

_AND.2: /AND(?=[\s()"]|$)/
_OR.2: /OR(?=[\s()"]|$)/
_NOT.2: /NOT(?=[\s()"]|$)/
_OPEN: "("
_CLOSE: ")"
FIELD.3: /[a-z.]+:(?=\S)/
QUOTED: /"[^"]*"/
WORD: /[^\s()":]+/
%ignore /\s+/
"""

_SCOPES = {"title:": "headline", "lead:": "lead"}
_FIELDS = {f"{key}:": operator for key, operator in OPERATORS.items() if key in {"place", "source", "agency", "lang"}}
_MOST_CHARACTERS = 10_000


class QueryFault(ValueError):
    """A query that cannot be read; `column` counts from 1."""

    def __init__(self, column: int, message: str) -> None:
        """Put the column before the message."""
        self.column = column
        super().__init__(f"column {column} of the query: {message}")


def read_query(query: str) -> Clause:
    """Return the clause that a query says.

    Raises:
        QueryFault: it cannot be read; the message says where and the mend.
    """
    if len(query) > _MOST_CHARACTERS:
        raise QueryFault(1, f"longer than {_MOST_CHARACTERS} characters; split the rule")
    try:
        return cast("Clause", _PARSER.parse(query))
    except UnexpectedInput as error:
        raise QueryFault(_column(error, query), _mend(error, query)) from None
    except RecursionError:
        raise QueryFault(1, "too many parentheses within each other") from None
    except LarkError as error:  # A fault raised while the tree was built arrives wrapped.
        fault = error.__context__
        raise (fault if isinstance(fault, QueryFault) else QueryFault(1, str(error))) from None


def _column(error: UnexpectedInput, query: str) -> int:
    at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    return len(query) + 1 if at_end else max(error.column, 1)


def _mend(error: UnexpectedInput, query: str) -> str:
    if isinstance(error, UnexpectedCharacters):
        return f'`{query[error.pos_in_stream or 0]}` stands alone here; quotes and fields go as in title:"Xi Jinping"'
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        if error.token.type in {"WORD", "QUOTED", "FIELD", "_OPEN"}:
            return f"put AND, OR or NOT before `{error.token}`, or quotes around a phrase"
        return f"`{error.token}` has nothing before it"
    return "something is missing at the end: a word, or a closing parenthesis"


@v_args(inline=True)
class _Tree(Transformer[Token, Clause]):
    """Builds the tree bottom-up while lark parses."""

    def term(self, token: Token) -> Clause:
        text = str(token).strip('"')
        column = token.column or 1
        if not has_words(text):
            raise QueryFault(column, f"`{token}` has no letter or digit to look for")
        if token.type == "WORD" and (token.startswith(("NEAR/", "ONEAR/")) or "*" in text or "?" in text):
            raise QueryFault(column, f"`{token}`: wildcards and NEAR are not read yet")
        return Term(text)

    def field(self, name: Token, clause: Clause) -> Clause:
        if name in _SCOPES:
            return In(frozenset({_SCOPES[name]}), clause)
        operator = _FIELDS.get(name)
        if operator is None:
            known = " ".join([*_SCOPES, *_FIELDS])
            raise QueryFault(name.column or 1, f"unknown field `{name}`; there are {known}")
        return operator.make(operator.shape.read(_values(name, clause)))

    def and_(self, *clauses: Clause) -> Clause:
        return All(clauses)

    def or_(self, *clauses: Clause) -> Clause:
        return Any(clauses)

    def not_(self, clause: Clause) -> Clause:
        return Without((clause,))


def _values(name: Token, clause: Clause) -> Sequence[str]:
    """Return the values of a field clause: a term, or terms joined by OR."""
    terms = clause.clauses if isinstance(clause, Any) else (clause,)
    values = [term.text for term in terms if isinstance(term, Term)]
    if len(values) < len(terms):
        raise QueryFault(name.column or 1, f"`{name}` takes one value, or values joined by OR in parentheses")
    return values


_PARSER = Lark(_GRAMMAR, parser="lalr", lexer="basic", transformer=_Tree(), maybe_placeholders=False)
