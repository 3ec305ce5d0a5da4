"""What a validation error says to the person who must mend it: pydantic's types of errors, in our words.

The value itself is never told: it may be a secret.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_WANTED: Mapping[str, str] = {
    "string_type": "wants a text",
    "string_too_short": "wants a text that is not empty",
    "list_type": "wants a list",
    "dict_type": "wants a mapping of names and values",
    "int_parsing": "wants a whole number",
    "int_type": "wants a whole number",
    "bool_type": "wants true or false",
    "bool_parsing": "wants true or false",
    "ip_v4_network": "wants a network such as 10.0.0.0/8, or an address such as 10.1.2.3",
    "ip_v6_network": "wants a network such as fd00::/8, or an address such as fd00::1",
}


@dataclass(frozen=True, slots=True)
class Mend:
    """What is wrong at `path` of a value; `key`: it is the key there that is wrong."""

    path: tuple[str | int, ...]
    message: str
    key: bool = False


def mends(error: ValidationError, model: type[BaseModel]) -> Iterator[Mend]:
    """Yield what is wrong with a value that does not validate, in the order of the model."""
    seen = set()
    for detail in error.errors(include_url=False, include_input=False):
        mend, where = _mend(detail, model), _path(detail["loc"])
        if where not in seen:  # Of a union's branches, the first says it.
            seen.add(where)
            yield mend


def unknown_key(key: object, known: Iterable[str]) -> str:
    """Return the message for a key that does not exist, with the nearest that does."""
    names = list(known)
    near = get_close_matches(str(key), names, n=1)
    return f"unknown key `{key}`; " + (f"did you mean `{near[0]}`?" if near else f"there are {', '.join(names)}")


def _mend(detail: ErrorDetails, model: type[BaseModel]) -> Mend:
    path, last = _path(detail["loc"]), detail["loc"][-1] if detail["loc"] else ""
    match detail["type"]:
        case "extra_forbidden":
            above = _path(detail["loc"][:-1])
            return Mend((*above, last), unknown_key(last, _keys(model, above)), key=True)
        case "missing":
            return Mend(path[:-1], f"`{last}` is missing")
        case "model_type" | "model_attributes_type":
            return Mend(path, f"`{_name(path)}` wants a mapping of {', '.join(_keys(model, path))}")
    said = f"`{_name(path)}` {_says(detail)}" if _name(path) else _says(detail)
    return Mend(path, said, key=last == "[key]")


def _path(loc: Iterable[str | int]) -> tuple[str | int, ...]:
    """Return a location without what pydantic puts in: the branches of unions (`list[str]`), and `[key]`."""
    return tuple(part for part in loc if isinstance(part, int) or "[" not in part)


def _name(path: Iterable[str | int]) -> str:
    return next((part for part in reversed([*path]) if isinstance(part, str)), "")


def _says(detail: ErrorDetails) -> str:
    context: Mapping[str, object] = detail.get("ctx", {})
    told: Mapping[str, Callable[[], str]] = {
        "value_error": lambda: str(context["error"]),
        "literal_error": lambda: f"wants one of {context['expected']}".replace("'", ""),
        "greater_than_equal": lambda: f"wants at least {context['ge']}",
        "greater_than": lambda: f"wants more than {context['gt']}",
        "less_than_equal": lambda: f"wants at most {context['le']}",
        "too_short": lambda: f"wants a {'text' if context['field_type'] == 'Value' else 'list'} that is not empty",
    }
    kind = detail["type"]
    return told[kind]() if kind in told else _WANTED.get(kind, detail["msg"][:1].lower() + detail["msg"][1:])


def _keys(model: type[BaseModel], path: Iterable[str | int]) -> list[str]:
    """Return the keys that a mapping may have at a path of a model, as they are written."""
    for part in path:
        field = model.model_fields.get(str(part))
        inner = field.annotation if field else None
        nested = [kind for kind in (inner, *getattr(inner, "__args__", ())) if isinstance(kind, type)]
        model = next((kind for kind in nested if issubclass(kind, BaseModel)), model)
    return [field.alias or name for name, field in model.model_fields.items()]
