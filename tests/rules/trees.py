"""Random rules over a few words, and items that hold some of them: for what must be so whatever the rule."""

from hypothesis import strategies as st

from monitor.match.clauses.closeness import Same
from monitor.match.clauses.groups import All, Any, In, Min, Without
from monitor.match.clauses.wording import Term
from monitor.match.view import View
from tests.match.reading import NOW, article

WORDS = ("aap", "noot", "mies", "wim", "zus")


def grown(clauses):
    several = st.lists(clauses, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        several.map(All),
        several.map(Any),
        several.map(Without),
        several.flatmap(lambda made: st.integers(1, len(made)).map(lambda k: Min(k, made))),
        st.builds(In, st.sampled_from([frozenset({"headline"}), frozenset({"body", "related"})]), clauses),
    )


LEAVES = st.sampled_from(WORDS).map(Term)
TREES = st.recursive(LEAVES, grown, max_leaves=12)
TREES_WITH_SAME = st.recursive(
    st.one_of(LEAVES, st.builds(Same, st.just("sentence"), st.recursive(LEAVES, grown, max_leaves=4))),
    grown,
    max_leaves=8,
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
VIEWS = st.builds(lambda body, headline: View(article(body, headline=headline or None), NOW), TEXTS, TEXTS)
