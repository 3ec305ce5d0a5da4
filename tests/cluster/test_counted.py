from monitor.cluster.counted import story_of_count
from monitor.model import Dateline, Item, Story


def test_what_was_counted_is_told_by_who_published_it_and_the_newest_headline():
    items = [
        Item(id="a", headline="Eerst", dateline=Dateline("", agencies=("ANP", "RTR"))),
        Item(id="b", headline="Dan"),
        Item(id="c", headline=None, dateline=Dateline("", agencies=("RTR",))),
    ]

    story = story_of_count("Veel boten", items, {"a": "krant", "b": "blad", "c": "krant"}, 25)

    assert story == Story("a", "Veel boten", ("krant", "blad"), ("ANP", "RTR"), 25)
    assert story_of_count("Veel boten", items[:2], {"a": "krant", "b": "blad"}, 2).headline == "Dan"


def test_where_nothing_was_counted_there_is_the_headline_alone():
    assert story_of_count("Stil", [], {}, 0) == Story("", "Stil", (), (), 0)
