"""Rules as YAML that people like to read, and that reads back as it was."""

import re
from collections.abc import Mapping, Sequence

import yaml

from monitor.match.written.writing import Plain, Value

_WIDEST = 100
_TEXT = "tag:yaml.org,2002:str"
_MISREAD = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|null|Null|NULL|~|true|True|TRUE|false|False|FALSE|"
)
"""What YAML 1.2 core (10.3.2) takes for something else than a text."""

_BREAKS = re.compile(r"[\n\r\x85\u2028\u2029]")
"""Line breaks to YAML 1.1, which PyYAML writes, or to 1.2: they stand as escapes."""


def write_rules(rules: Sequence[Mapping[str, Value]], heading: str) -> str:
    """Return a configuration file of these rules, under a comment.

    Lists and mappings stand in one line where they are short, else an entry a line. A text that YAML 1.2 core would
    take for a number, a truth or nothing is quoted, and so is one that YAML 1.1 would.
    """
    entries = [_mapping(rule, indent=4, block=True) for rule in rules]
    whole = yaml.MappingNode("tag:yaml.org,2002:map", [(_scalar("rules"), _sequence_of(entries, flow=False))])
    whole.flow_style = False
    text = yaml.serialize(whole, Dumper=_Dumper, allow_unicode=True, width=10**6)
    return f"# {heading}\n{text}"


class _Dumper(yaml.SafeDumper):
    """Indents lists below their keys."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT002 - PyYAML's
        super().increase_indent(flow, indentless=False)


def _node(value: Value, indent: int) -> yaml.Node:
    if isinstance(value, str):
        return _scalar(value)
    if isinstance(value, list):
        nodes = [_node(one, indent + 4) for one in value]
        return _sequence_of(nodes, flow=indent + _width(value) <= _WIDEST)
    return _mapping(value, indent)


def _mapping(value: Mapping[str, Value], indent: int, *, block: bool = False) -> yaml.MappingNode:
    pairs = [(_scalar(key), _node(inner, indent + 2)) for key, inner in value.items()]
    node = yaml.MappingNode("tag:yaml.org,2002:map", pairs)
    node.flow_style = not block and indent + _width({**value}) <= _WIDEST
    return node


def _sequence_of(nodes: Sequence[yaml.Node], *, flow: bool) -> yaml.SequenceNode:
    node = yaml.SequenceNode("tag:yaml.org,2002:seq", [*nodes])
    node.flow_style = flow
    return node


def _scalar(text: str) -> yaml.ScalarNode:
    if isinstance(text, Plain):
        return yaml.ScalarNode("tag:yaml.org,2002:int" if text.isdecimal() else "tag:yaml.org,2002:bool", str(text))
    if _BREAKS.search(text):
        return yaml.ScalarNode(_TEXT, str(text), style='"')
    return yaml.ScalarNode(_TEXT, str(text), style="'" if _MISREAD.fullmatch(text) else None)


def _width(value: Value) -> int:
    """Return about how many columns a value takes in one line."""
    if isinstance(value, str):
        return len(value)
    inner = value if isinstance(value, list) else [part for pair in value.items() for part in pair]
    return 2 + sum(_width(one) + 2 for one in inner)
