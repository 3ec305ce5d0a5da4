"""What is said of a query that cannot be read, whatever its dialect."""

import re

from lark import Token

_OPERATORS = {"_AND", "_OR", "_NOT", "NEAR"}
_LAST_OPERATOR = re.compile(r'(?i)(?:^|[\s()"])(AND|OR|NOT|O?NEAR(?:/[^\s()]*)?|AROUND\(\d*\)|\|)\s*\Z')


def mend_of_character(char: str) -> str:
    """Return the mend for a character that begins nothing there."""
    if char == '"':
        return "the quote that opens here is not closed"
    if char == "{":
        return "`{` is not closed; {Word} is looked for in this case"
    return f"`{char}` means nothing here; put quotes around text with it"


def mend_of_place(token: Token, before: str) -> str:
    """Return the mend for a token, or the end, where the grammar has no place for it behind `before`."""
    operator = _LAST_OPERATOR.search(before)
    if token.type in {"$END", "_CLOSE"} and operator:
        return f"a term is missing behind `{operator[1]}`"
    if token.type in {"$END", "_CLOSE"} and before.rstrip().endswith(":"):
        return f"nothing stands behind `{before.rsplit(maxsplit=1)[-1].lstrip('(')}`"
    if token.type == "$END":
        return "a closing parenthesis is missing" if "(" in before else "there is nothing to look for"
    if token.type == "_CLOSE":
        empty = before.rstrip().endswith("(")
        return "nothing stands in the parentheses" if empty else "`)` closes nothing; take it away"
    return f"a term is missing before `{token}`" if token.type in _OPERATORS else _unjoined(token)


def _unjoined(token: Token) -> str:
    """Return the mend for a term where an operator should stand."""
    if re.fullmatch(r"(?i)and|or|not|o?near(/\d+f?)?", token):
        return f"`{token}`: operators are capitals, and NEAR has a number: AND, OR, NOT, NEAR/5"
    if token.startswith("-"):
        return f"`{token}`: write NOT, or quotes around it"
    return f"there is no operator before `{token}`; put AND or OR there, or quotes around a phrase"
