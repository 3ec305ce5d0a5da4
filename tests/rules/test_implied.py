"""What follows from what in a rule."""

import pytest

from monitor.match.clauses.groups import All, Without
from monitor.match.clauses.wording import Term
from monitor.match.view import USUAL_SCOPE
from monitor.rules.clauses import Placed, within, words_of
from monitor.rules.implied import contradictions, repetitions
from tests.match.reading import compiled

LISTS = {"leiders": ["Xi Jinping", "Xi"], "sancties": ["sancties", "sanctie"]}

REPEATED = [
    ({"any": ["Xi", "Xi Jinping"]}, ["Xi Jinping"]),
    ({"any": ["Xi Jinping", "Xi"]}, ["Xi Jinping"]),
    ({"all": ["Xi", "Xi Jinping"]}, ["Xi"]),
    ({"none": ["Xi", "Xi Jinping"]}, ["Xi Jinping"]),
    ({"any": ["Zelensky", "Zelenský", "ZELENSKY"]}, ["Zelenský", "ZELENSKY"]),
    ({"any": ["sancties", "sanctie*"]}, ["sancties"]),
    ({"any": [{"list": "sancties"}, "sancti*"]}, ["list: sancties"]),
    ({"any": ["Xi Jinping", {"list": "leiders"}]}, ["Xi Jinping"]),
    ({"any": ["VS", {"cased": "VS"}]}, ["cased: VS"]),
    ({"all": [{"lang": "nl"}, {"lang": "nl"}]}, ["lang: nl"]),
    ({"any": [{"all": ["Xi"], "in": "headline"}, "Xi"]}, ["all of Xi in headline"]),
    ({"any": ["Xi", "Axios"]}, []),
    ({"any": ["Xi", {"any": ["Xi Jinping"]}]}, ["any of Xi Jinping"]),
    ({"any": [{"all": ["Xi"], "in": "teasers"}, "Xi"]}, []),
    ({"any": [{"cased": "VS"}, {"cased": "vs"}]}, []),
    ({"any": ["Nice", {"place": "Nice"}]}, []),
    ({"any": [{"cased": "Nice"}, {"place": "Nice"}]}, ["cased: Nice"]),
    ({"any": [{"fuzzy": "Jinping"}, "Jinping"]}, ["Jinping"]),
    ({"any": [f"woord{at}" for at in range(300)] + ["woord7"]}, ["woord7"]),
    ({"min": {"k": 2, "of": ["Xi", "Xi Jinping"]}}, []),
]

CONTRADICTING = [
    ({"all": ["Xi"], "none": ["Xi"]}, 1),
    ({"all": ["Xi Jinping"], "none": [{"any": ["Xi", "Biden"]}]}, 1),
    ({"all": ["sancties"], "none": ["sancti*"]}, 1),
    ({"all": [{"all": ["Xi"], "in": "headline"}], "none": ["Xi"]}, 1),
    ({"min": {"k": 1, "of": ["Xi"]}, "none": ["Xi"]}, 1),
    ({"all": ["Xi"], "none": [{"all": ["Xi"], "in": "headline"}]}, 0),
    ({"all": ["Xi"], "none": ["Xi Jinping"]}, 0),
    ({"any": ["Xi", "Biden"], "none": ["Xi"]}, 0),
    ({"all": ["Xi"], "none": [{"all": ["Xi", "Biden"]}]}, 0),
    ({"all": ["VS"], "none": [{"cased": "VS"}]}, 0),
    ({"all": [{"lang": "nl"}], "none": [{"lang": "nl"}]}, 1),
]


@pytest.mark.parametrize(("condition", "words"), REPEATED)
def test_what_changes_nothing_beside_another_is_found(condition, words):
    found = [words_of(one.clause.clause) for one in repetitions(within(compiled(condition, **LISTS)))]

    assert found == words


@pytest.mark.parametrize(("condition", "count"), CONTRADICTING)
def test_what_must_and_must_not_be_there_is_found(condition, count):
    whole = Placed(compiled(condition), (), "", USUAL_SCOPE)

    assert len([*contradictions(whole)]) == count


def test_of_very_many_words_those_that_are_the_same_contradict_each_other():
    wanted, refused = (tuple(Term(f"{name}{number}") for number in range(150)) for name in ("a", "b"))
    condition = All((*wanted, Term("gas"), Without((*refused, Term("Gas"), Term("b1")))))

    (found,) = contradictions(next(within(condition)))

    assert (found.clause.clause, found.other.clause) == (Term("Gas"), Term("gas"))
