from monitor.cluster.alone import story_of
from monitor.model import Dateline, Story
from tests.fakes.newsroom import news


def test_an_item_tells_its_own_story():
    item = news("a", dateline=Dateline("MOSKOU (ANP/RTR/ANP) - ", ("MOSKOU",), ("ANP", "RTR", "ANP")))

    assert story_of(item, "krant") == Story("id-a", "Veerboot a", ("krant",), ("ANP", "RTR"), items=1)


def test_a_story_without_a_dateline_has_no_agencies():
    assert story_of(news("a"), "krant").agencies == ()
