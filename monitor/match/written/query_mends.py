"""What is said of a query that cannot be read: the mend, wherever one can be guessed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from lark import Token

_SIGNED = re.compile(r"[-+!]")
_LAST_OPERATOR = re.compile(r'(?:^|[\s()"”])(AND|OR|NOT|O?NEAR(?:/[^\s()]*)?)\s*\Z')
_LIKE_OPERATOR = re.compile(r"(?i)AND|OR|NOT|ANDNOT|O?NEAR(?:/.*)?")
_OTHER_OPERATORS = {"&": "AND", "&&": "AND", "|": "OR", "||": "OR", "!": "NOT", "EN": "AND", "UND": "AND", "ET": "AND"}
_OTHER_OPERATORS |= {"OF": "OR", "ODER": "OR", "OU": "OR", "NIET": "NOT", "NICHT": "NOT", "SAUF": "NOT"}
_WIDE = "（）：＂＊"
_OTHER_QUOTES = "„‟«»"


def fault_of_near(operator: str) -> str | None:
    """Return what is wrong with the number of a NEAR."""
    name, _, number = operator.partition("/")
    if not number:
        return f"`{operator}` wants to know how many words apart at most: {name}/8"
    if re.fullmatch(r"\d+[fF]", number):
        return f"`{operator}`: in the order written is ONEAR/{number[:-1]}"
    if not (number.isascii() and number.isdecimal()):
        return f"`{operator}` wants a whole number: {name}/8"
    return None if int(number[:9]) else f"`{operator}` finds nothing: neighbours are 1 apart, so {name}/1 is the least"


def fault_of_word(word: str) -> str | None:
    """Return the mend for what stands as a word and is hardly meant as one."""
    plain = unicodedata.normalize("NFKC", word).strip("\u200b\u2060\ufeff")
    if plain != word and re.fullmatch(r"AND|OR|NOT|O?NEAR(/\d+)?", plain):
        return f"`{word}` is written with other characters than {plain}; type it anew"
    if word in {"&", "&&", "|", "||", "!"}:
        return f"`{word}` is written {_OTHER_OPERATORS[word]}"
    if _SIGNED.match(word):
        return f"`{word}`: a sign before a word says nothing here; write AND or NOT"
    return f"`{word}`: the wildcard is *, not the wide ＊" if "＊" in word else None


def mend_of_character(char: str) -> str:
    """Return the mend for a character that begins nothing here."""
    if char in '"“”':
        return f'the quote `{char}` has no other half; quotes stand around a phrase, both of a kind: "Wang Yi" or “…”'
    if char in _OTHER_QUOTES:
        return f'`{char}`: quotes around a phrase are "Wang Yi" or “Wang Yi”'
    if char in _WIDE:
        return f"`{char}` is wide; write {unicodedata.normalize('NFKC', char)}"
    return f'`{char}` stands alone here; a field goes as in title:Xi or title:"Xi Jinping", other text in quotes'


def mend_of_place(token: Token, before: str, opened: Sequence[int]) -> str:
    """Return the mend for a token, or the end, where the grammar has no place for it."""
    if token.type in {"$END", "_CLOSE"}:
        return _cut_short(token, before, opened)
    if token.type == "_NOT" and re.search(r"\bNOT\Z", before):
        return "`NOT` stands before a term; NOT NOT says nothing"
    if token.type in {"_AND", "_OR", "_NOT", "NEAR"}:
        return f"`{token}` stands between two terms; one is missing before it"
    return next(_mends_of_word(token), f"put AND, OR or NOT before `{token}`, or quotes around text with a space")


def _cut_short(token: Token, before: str, opened: Sequence[int]) -> str:
    """Return the mend where the query, or what stands in parentheses, ends too early, or ended before."""
    if operator := _LAST_OPERATOR.search(before):
        return f"something is missing: a term behind `{operator[1]}`"
    if before.endswith("("):
        return "something is missing: nothing stands in the parentheses"
    if token.type == "_CLOSE":
        return "`)` closes nothing; take it away, or open a parenthesis before it"
    if opened:
        return f"something is missing at the end: `)` for the parenthesis that opens at column {opened[-1] + 1}"
    return "something is missing at the end: a word to look for"


def _mends_of_word(token: Token) -> Iterator[str]:
    """Yield the mends for a word or a field where an operator should stand, the likeliest first."""
    if other := _OTHER_OPERATORS.get(token):
        yield f"`{token}` is written {other}; a word to look for in quotes"
    if _LIKE_OPERATOR.fullmatch(token):
        written = "AND NOT" if token.upper() == "ANDNOT" else token.upper()
        yield f"an operator is written in capitals: {written}; a word to look for in quotes"
    if token.endswith(("'", "’")):
        yield f'put AND, OR or NOT before `{token}`; quotes around a phrase are "Wang Yi", not single ones'
    if token.type in {"FIELD", "BARE_FIELD"}:
        yield f"put AND, OR or NOT before `{token}`, or quotes around text with a colon"


def mend_of_field(name: str, names: Iterable[str]) -> str:
    """Return the mend for a field that is none, of those there are."""
    if _SIGNED.match(name):
        return f"`{name}:`: a sign before a field says nothing here; write AND or NOT"
    fields = [f"{field}:" for field in names]
    near = get_close_matches(f"{name.lower()}:", fields, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"there are {' '.join(fields)}."
    return f"unknown field `{name}:`; {hint} Text with a colon goes in quotes"
