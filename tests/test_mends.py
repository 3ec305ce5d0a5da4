"""What a validation error says: where, which key, which mend, and never the value."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from monitor.mends import Mend, mends, unknown_key


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    port: Annotated[int, Field(ge=1, le=9)] = 1
    from_: Annotated[str, Field(alias="from", min_length=1)] = "x"


class _Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    inner: _Inner | None = None
    kinds: list[Literal["a", "b"]] = []
    most: Annotated[list[str], Field(min_length=1)] = ["x"]
    secret: Annotated[SecretStr, Field(min_length=1)] = SecretStr("x")
    table: dict[str, int] = {}
    yes: bool = False


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        ({"name": 5}, Mend(("name",), "`name` wants a text")),
        ({"nmae": "x"}, Mend(("nmae",), "unknown key `nmae`; did you mean `name`?", key=True)),
        ({"qqq[0]": "x"}, Mend(("qqq[0]",), "unknown key `qqq[0]`; there are name, inner, kinds", key=True)),
        ({"inner": {"form": "x"}}, Mend(("inner", "form"), "unknown key `form`; did you mean `from`?", key=True)),
        ({"inner": {"port": 0}}, Mend(("inner", "port"), "`port` wants at least 1")),
        ({"inner": {"port": 10}}, Mend(("inner", "port"), "`port` wants at most 9")),
        ({"inner": {"port": "hunter2"}}, Mend(("inner", "port"), "`port` wants a whole number")),
        ({"inner": {"from": ""}}, Mend(("inner", "from"), "`from` wants a text that is not empty")),
        ({"inner": "hunter2"}, Mend(("inner",), "`inner` wants a mapping of port, from")),
        ({"kinds": ["a", "hunter2"]}, Mend(("kinds", 1), "`kinds` wants one of a or b")),
        ({"kinds": "hunter2"}, Mend(("kinds",), "`kinds` wants a list")),
        ({"most": []}, Mend(("most",), "`most` wants a list that is not empty")),
        ({"secret": ""}, Mend(("secret",), "`secret` wants a text that is not empty")),
        ({"table": ["hunter2"]}, Mend(("table",), "`table` wants a mapping of names and values")),
        ({"table": {"a-b.c": "hunter2"}}, Mend(("table", "a-b.c"), "`a-b.c` wants a whole number")),
        ({"yes": "hunter2"}, Mend(("yes",), "`yes` wants true or false")),
    ],
    ids=str,
)
def test_a_mistake_has_its_path_and_its_mend_and_not_its_value(change, mend):
    with pytest.raises(ValidationError) as caught:
        _Outer.model_validate({"name": "x", **change})

    (told,) = mends(caught.value, _Outer)
    assert (told.path, told.key) == (mend.path, mend.key)
    assert told.message.startswith(mend.message)
    assert "hunter2" not in told.message


def test_what_is_missing_is_told_of_the_mapping_that_misses_it():
    with pytest.raises(ValidationError) as caught:
        _Outer.model_validate({})

    assert [*mends(caught.value, _Outer)] == [Mend((), "`name` is missing")]


def test_a_key_far_from_all_others_is_told_what_there_is():
    assert unknown_key("zzz", ["a", "b"]) == "unknown key `zzz`; there are a, b"
