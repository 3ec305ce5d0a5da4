"""How near an item came to a clause."""

import pytest

from monitor.match.rule import Rule
from monitor.match.view import View
from monitor.model import Byline, Dateline, Related, RelatedItem
from monitor.rules.judging import blamed
from monitor.rules.nearest import nearest
from tests.match.reading import NOW, article, compiled

SIDEBAR = Related("Meer", (RelatedItem("Xi in Wuhan"),))
FROM = Dateline("MOSKOU (ANP) - ", ("MOSKOU",), ("ANP",))

HINTS = [
    ("Xi", article("Biden"), None, []),
    ("Xi", article("Biden", related=SIDEBAR), "it stands elsewhere", ["Xi"]),
    ({"all": ["Xi"], "in": "headline"}, article("Xi komt"), "it stands elsewhere", ["Xi"]),
    ("sanctie", article("Nieuwe sancties volgen"), "it has another form", ["sancties"]),
    ("sanctie", article("De Oliesanctie"), "it has another form", ["Oliesanctie"]),
    ("Loekasjenko", article("Loekashenko komt"), "it has another form", ["Loekashenko"]),
    ("Wang Yi", article("Minister Wang komt"), "it has another form", ["Wang"]),
    ("uitbraak", article("Hij is uit en aan"), None, []),
    ({"cased": "VS"}, article("Ajax vs PSV"), "it stands in another case", ["vs"]),
    ({"stem": "bezoeken"}, article("Een bezoekje"), "it has another form", ["bezoekje"]),
    ({"any": ["gas", "olie"]}, article("De gassen stijgen"), "it has another form", ["gassen"]),
    ({"none": ["Xi"]}, article("Xi komt"), "it is there", ["Xi"]),
    ({"same": "sentence", "all": ["Xi", "gas"]}, article("Xi komt. Er is gas."), "not within one sentence", ["Xi"]),
    ({"near": ["Xi", "gas"], "within": 2}, article("Xi komt niet, Xi"), "there is `Xi` 2 ×", ["Xi"]),
    ({"count": "Xi", "at_least": 3}, article("Xi, Xi"), "there is `Xi` 2 ×", ["Xi"]),
    ({"lang": "nl"}, article("Xi", language="fr"), "the item has fr", []),
    ({"lang": "nl"}, article("Xi"), "the item does not say", []),
    ({"agency": "AFP"}, article("Xi", dateline=FROM), "the item has ANP", []),
    ({"dateline.place": "Kyiv"}, article("Xi", dateline=FROM), "the item has MOSKOU", []),
    ({"byline": "Jan"}, article("Xi", bylines=(Byline("Piet"),)), "the item has Piet", []),
    ({"tag": "sport"}, article("Xi", tags=("oorlog", "olie")), "the item has oorlog, olie", []),
    ({"age": {"max": "1h"}}, article("Xi"), "the item does not say", []),
    ({"story": {"items": "2"}}, article("Xi"), "the item does not say", []),
]


@pytest.mark.parametrize(("condition", "item", "told", "found"), HINTS)
def test_the_nearest_that_an_item_came_is_told(condition, item, told, found):
    view = View(item, NOW)
    (missed,) = blamed(Rule("r", "R", "low", compiled(condition)), view)

    hint = nearest(missed, view)

    assert (hint is None) == (told is None)
    assert hint is None or told in hint.told
    assert hint is None or [span.text for span in hint.spans][:1] == found[:1]


def test_the_source_is_told_where_the_rule_does_not_listen():
    view = View(article("Xi", source="web"), NOW)
    rule = Rule("r", "R", "low", compiled("Xi"), sources=frozenset({"wire"}))

    (missed,) = blamed(rule, view)

    hint = nearest(missed, view)

    assert hint is not None
    assert hint.told == "its source is web"
