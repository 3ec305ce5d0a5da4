"""What the Boolean dialects share: terms, fields, AND, OR, NOT, words near each other.

A dialect is its grammar, whose rules and terminals bear the names that `_Speech` knows, and what its fields mean.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError

from monitor.match.written.writing import Plain, Value
from monitor.rules.importing.mends import mend_of_character, mend_of_place
from monitor.rules.importing.original import Original, Query
from monitor.rules.importing.said import Both, Either, Gone, Leaf, Not, Said, Scoped

_DEEPEST = 50
_WIDEST_GAP = 3
_MOST_PAIRS = 50
_PARENTHESIS = re.compile(r'"[^"]*"?|[()]')
_FIELDS = re.compile(rf"(?<![\w.])(?:[A-Za-z][\w.]*:\s*){{{_DEEPEST + 1}}}")


@dataclass(frozen=True, slots=True)
class In:
    """A field that looks into some scopes; `doubt` is what is different about it."""

    scopes: tuple[str, ...]
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Reads:
    """A field whose value `read` makes a condition of; None where nothing here is its equal."""

    read: Callable[[str], Value | None]
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class As:
    """A field that is an operator here; `value` makes its values ours."""

    key: str
    doubt: str | None = None
    value: Callable[[str], str] = str


Meaning: TypeAlias = In | As | Reads | None
"""What a field means here; None: nothing here is its equal."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A Boolean dialect.

    Args:
        name: as people call it.
        grammar: in lark's form, for LALR.
        fields: what may stand before a colon.
        near: how many words may stand between two where NEAR bears no number; None where it must.
        doubts: terminals, and what is always different about them.
        unsure_order: it is not written down whether AND or OR binds closer.
    """

    name: str
    grammar: str
    fields: Mapping[str, Meaning]
    near: int | None = None
    doubts: Mapping[str, str] = field(default_factory=dict)
    unsure_order: bool = False


def host(value: str) -> str:
    """Return an address without its scheme and `www.`, as `url` takes it."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", value.strip()).rstrip("/*")


def read_boolean(dialect: Dialect, there: Original, query: Query) -> Said | None:
    """Return what a query says, None if it cannot be read; faults and warnings are noted."""
    depth = 0
    for found in _PARENTHESIS.finditer(query.text):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth > _DEEPEST:
            there.fault(query.places[found.start()], f"more than {_DEEPEST} parentheses within each other")
            return None
    if fields := _FIELDS.search(query.text):
        there.fault(query.places[fields.start()], f"more than {_DEEPEST} fields before each other")
        return None
    try:
        return _Speech(dialect, there, query.places).transform(_parser(dialect.grammar).parse(query.text))
    except UnexpectedCharacters as error:
        at = error.pos_in_stream or 0
        there.fault(query.places[at], mend_of_character(query.text[at]))
    except UnexpectedToken as error:
        at = len(query.text) if error.token.type == "$END" else error.token.start_pos or 0
        there.fault(query.places[at], mend_of_place(error.token, query.text[:at]))
    except VisitError as error:
        if not isinstance(error.orig_exc, _Fault):
            raise
        there.fault(query.places[error.orig_exc.at], str(error.orig_exc))
    return None


@lru_cache
def _parser(grammar: str) -> Lark:
    return Lark(grammar, parser="lalr", lexer="basic", maybe_placeholders=False)


class _Fault(Exception):
    """What cannot be imported, at an offset of the query."""

    def __init__(self, token: Token, message: str) -> None:
        self.at = token.start_pos or 0
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _Group:
    """Something in parentheses."""

    inner: Said


@v_args(inline=True)
class _Speech(Transformer[Token, Said]):
    """Makes what a query says of its syntax tree."""

    def __init__(self, dialect: Dialect, there: Original, places: Sequence[int]) -> None:
        super().__init__()
        self._dialect, self._there, self._places = dialect, there, places

    def start(self, said: "Said | _Group") -> Said:
        return _bare(said)

    def group(self, said: "Said | _Group") -> _Group:
        return _Group(_bare(said))

    def either(self, *members: "Said | _Group") -> Said:
        if self._dialect.unsure_order and (mixed := [one for one in members if isinstance(one, Both)]):
            said = "AND and OR stand together without parentheses; AND is read first"
            self._there.warn(mixed[0].at, said)
        bare = tuple(map(_bare, members))
        return Either(bare[0].at, bare)

    def both(self, *members: "Said | _Group") -> Said:
        bare = tuple(map(_bare, members))
        return Both(bare[0].at, bare)

    def negated(self, said: "Said | _Group") -> Said:
        bare = _bare(said)
        return Not(bare.at, bare)

    def term(self, token: Token) -> Said:
        text = token[1:-1] if token.type == "QUOTED" else str(token)
        words = [self._plain(word, quoted=token.type == "QUOTED") for word in text.split()]
        general = [doubt for terminal, doubt in self._dialect.doubts.items() if token.type == terminal]
        return Leaf(
            self._at(token),
            " ".join(word for word, _, _ in words),
            wording=True,
            written=text,
            doubts=(*general, *(doubt for _, doubt, _ in words if doubt)),
            fault=next((fault for _, _, fault in words if fault), None),
        )

    def ranged(self, name: Token, span: Token) -> Said:
        return self.field(name, Leaf(self._at(span), str(span), written=str(span)))

    def cased(self, token: Token) -> Said:
        return Leaf(self._at(token), {"cased": token.strip('{}"')}, wording=True)

    def pattern(self, token: Token) -> Said:
        """Return what `/regular expression/i` says."""
        body, _, flags = token[1:].rpartition("/")
        kept = "".join(flag for flag in "ims" if flag in flags)
        said = "is read as RE2 has it, over the text of an item rather than its HTML"
        value = (f"(?{kept})" if kept else "") + body.replace(r"\/", "/")
        return Leaf(self._at(token), {"re": value}, wording=True, doubts=(f"`{token}` {said}",))

    def tag(self, token: Token) -> Said:
        return Leaf(self._at(token), {"tag": token[1:].replace("+", " ")})

    def sites(self, *tokens: Token) -> Said:
        """Return that the item is at one of several sites in a row."""
        at = self._at(tokens[0])
        hosts: list[Value] = [host(token.partition(":")[2].strip().strip('"')) for token in tokens]
        if len(hosts) > 1:
            self._there.warn(at, "several sites in a row are read as one of them")
        return Leaf(at, {"url": hosts if len(hosts) > 1 else hosts[0]})

    def gaps(self, token: Token) -> Said:
        """Return the parts of a phrase with `*` for words between them, each near the next."""
        parts = " ".join(token[1:-1].split()).split(" * ")
        self._there.warn(self._at(token), f"in {token} each * is read as at most {_WIDEST_GAP} words, also none")
        return self._row(token, parts, _WIDEST_GAP, ordered=True)

    def whole(self, name: Token, said: "Said | _Group") -> Said:
        """Return a field that all behind it belongs to, such as `allintitle:`."""
        return self.field(name, said)

    def spread(self, token: Token) -> Said:
        """Return the words of `"apple juice"~5`, each near the next."""
        at, (phrase, _, most) = self._at(token), token.rpartition("~")
        words = phrase.strip('"').split()
        if len(words) == 1:
            return Leaf(at, words[0], wording=True, written=words[0])
        between = int(most[:9])
        said = f"`{token}` is read as each word with at most {between} words between it and the next, in any order"
        self._there.warn(at, said)
        return self._row(token, words, between, ordered=False)

    def _row(self, token: Token, parts: Sequence[str], between: int, *, ordered: bool) -> Said:
        """Return several words or phrases, each near the next."""
        at = self._at(token)
        if len(parts) > _MOST_PAIRS:
            raise _Fault(token, f"{len(parts)} parts in quotes, at most {_MOST_PAIRS} are read; take the few that tell")
        pairs: list[Said] = [Leaf(at, _near(*pair, between, ordered=ordered)) for pair in pairwise(parts)]
        return Both(at, tuple(pairs)) if len(pairs) > 1 else pairs[0]

    def field(self, name: Token, said: "Said | _Group") -> Said:
        shown, key = name.rstrip(), name.rstrip().rstrip(":").casefold()
        meanings = {field.casefold(): meaning for field, meaning in self._dialect.fields.items()}
        if key not in meanings:
            known = " ".join(f"{field}:" for field in self._dialect.fields)
            said_of = f"`{shown}` is no field of {self._dialect.name} that can be imported; known are {known}"
            raise _Fault(name, f"{said_of} (text with a colon stands in quotes)")
        at, meaning, inner = self._at(name), meanings[key], _bare(said)
        if meaning is None:
            return Gone(at, f"{shown}{' '.join(self._values(name, inner))}")
        doubts = (f"`{shown}` {meaning.doubt}",) if meaning.doubt else ()
        if isinstance(meaning, In):
            for doubt in doubts:
                self._there.warn(at, doubt)
            return Scoped(at, meaning.scopes, inner)
        if isinstance(meaning, Reads):
            made = [(value, meaning.read(value)) for value in self._values(name, inner)]
            leaves = [
                Gone(at, f"{shown}{value}") if one is None else Leaf(at, one, doubts=doubts) for value, one in made
            ]
            return leaves[0] if len(leaves) == 1 else Either(at, tuple(leaves))
        return self._operator(name, meaning, inner, doubts)

    def _operator(self, name: Token, meaning: As, said: Said, doubts: tuple[str, ...]) -> Said:
        at = self._at(name)
        if isinstance(said, Leaf) and isinstance(said.value, dict) and "re" in said.value:
            scope = {"byline": "byline", "tag": "tags"}.get(meaning.key)
            return Scoped(at, (scope,), said) if scope else Gone(at, f"{name}/{said.value['re']}/")
        values: list[Value] = [meaning.value(value) for value in self._values(name, said)]
        if meaning.key == "cased":
            return Either(at, tuple(Leaf(at, {"cased": value}, wording=True, doubts=doubts) for value in values))
        return Leaf(at, {meaning.key: values[0] if len(values) == 1 else values}, doubts=doubts)

    def near(self, left: "Said | _Group", operator: Token, right: "Said | _Group", *more: Token) -> Said:
        if more:
            raise _Fault(more[0], f"`{operator}` and `{more[0]}` in a row may mean two things; join two by AND")
        written = operator.casefold()
        number = re.search(r"\d+", written)
        if number is None and self._dialect.near is None:
            raise _Fault(operator, f"`{operator}` wants a number of words: {operator}/5")
        between = int(number[0][:9]) if number else self._dialect.near or 0
        self._there.warn(self._at(operator), "words near each other must stand in one paragraph here")
        sides = (self._side(left, operator), self._side(right, operator))
        ordered = written.startswith("o") or written.endswith("f")
        return Leaf(self._at(operator), _near(*sides, between, ordered=ordered))

    def boosted(self, said: "Said | _Group", token: Token) -> "Said | _Group":
        self._there.warn(self._at(token), f"`{token}` orders what is shown, and is left out")
        return said

    def _at(self, token: Token) -> int:
        return self._places[token.start_pos or 0]

    def _plain(self, word: str, *, quoted: bool) -> tuple[str, str | None, str | None]:
        """Return a word as it is written here, with what is doubtful or wrong about it."""
        word = re.sub(r"\\([()])", r"\1", word)
        if "$" in word[1:]:
            return word, None, f"`{word}`: the wildcard $ has no equal; write the words out with OR between them"
        if not quoted and re.match(r"-\w", word):
            return word, None, f"`{word}`: {self._dialect.name} has no -; write NOT, or quotes around it"
        if not quoted and re.fullmatch(r"(?i)and|or|not|o?near", word):
            return word, f"`{word}` is looked for as a word; operators are capitals", None
        if sign := re.match(r"[#@$+~](?=\w)", word):
            return word[1:], f"`{sign[0]}` is no part of a word here: {word} also finds {word[1:]}", None
        if re.search(r"\w\?+$", word) and not re.search(r"[*?]", word.rstrip("?")):
            doubt = f"`{word}`: a ? at the end of a word is punctuation here; * stands for it, and finds more"
            return word.rstrip("?") + "*", doubt, None
        return word, None, None

    def _values(self, name: Token, said: Said) -> list[str]:
        """Return the texts behind a field."""
        members = said.members if isinstance(said, Either) else (said,)
        values = [leaf.written for leaf in members if isinstance(leaf, Leaf) and leaf.written]
        if len(values) < len(members):
            raise _Fault(name, f"`{name}` takes a value, or values with OR between them in parentheses")
        return values

    def _side(self, side: "Said | _Group", operator: Token) -> Value:
        said = _bare(side)
        members = said.members if isinstance(said, Either) else (said,)
        leaves = [leaf for leaf in members if isinstance(leaf, Leaf) and leaf.wording]
        if len(leaves) < len(members):
            raise _Fault(operator, f"`{operator}` takes words and phrases here, several as (a OR b); take it apart")
        for leaf in leaves:
            if leaf.fault:
                raise _Fault(operator, leaf.fault)
            for doubt in leaf.doubts:
                self._there.warn(leaf.at, doubt)
        return leaves[0].value if len(leaves) == 1 else [leaf.value for leaf in leaves]


def _bare(said: "Said | _Group") -> Said:
    return said.inner if isinstance(said, _Group) else said


def _near(left: Value, right: Value, between: int, *, ordered: bool = False) -> Value:
    """Return the condition that two stand with at most so many words between them."""
    near: dict[str, Value] = {"near": [left, right], "within": Plain(between + 1)}
    return {**near, "ordered": Plain("true")} if ordered else near
