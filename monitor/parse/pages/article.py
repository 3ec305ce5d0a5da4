"""The article on an HTML page: what trafilatura extracts, then our own repair of it.

trafilatura finds where the article stands and leaves most of the page out. What it leaves in is taken out here: the
headline, the standfirst (which is the summary), datelines of the house (`Published 2 May, by …`), captions, pointers to
other articles, offers of the house and notes of rights. What remains are paragraphs and subheads, in their order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from monitor.errors import Malformed
from monitor.model import Block, Subhead, Teaser
from monitor.parse.markup import blocks_of, line, lines_of
from monitor.parse.pages.authors import names_people
from monitor.parse.pages.furniture import begins_rest, is_byline, is_furniture, is_offer, is_wall
from monitor.parse.pages.tree import Tree, drop, letters, text_of, words_of

_CAPTIONS = regex.compile(
    r"(?:^|[\s_-])(?:caption|wp-caption-text|bildunterschrift|photo-?credit|img-?box|legende?)(?:$|[\s_-])",
    regex.IGNORECASE,
)
_STANDFIRST = regex.compile(
    r"stand-?first|\blede?\b|intro(?!duc)|chap(?:o|eau)\b|\bdek\b|\bdeck\b|sub-?(?:title|head(?:line|ing)?)\b|vorspann"
    r"|ingress|entradilla|bajada|sommario|excerpt|\babstract\b|summary|\bdescription\b|\blead\b|manchet|subtitulo",
    regex.IGNORECASE,
)
_RUNNING = 60
_LAST = 3
"""Characters from which on a paragraph is running text."""

_LONGEST_STANDFIRST = 900
_MOST_STANDFIRSTS = 2_000
_LONGEST_CAPTION = 300
_FAR = 1_000
_SPELLINGS = 12
"""Characters by which two spellings of the same text may differ in length."""
_SHORTEST_STANDFIRST = 30
_HEADED = 14
_MOST_ABOVE = 600
_LINKED = 0.8
_LONGEST_LINKED = 220
_SHORTEST_HEADED_STANDFIRST = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A block as it was extracted: its tag, its text; `points_elsewhere`: it is hardly more than a link."""

    tag: str
    text: str
    points_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """What an article says: its blocks; above them its `summary`, who is named as its authors, and other `labels`.

    `walled`: below what there is of it stands that the rest is for those who pay.
    """

    blocks: tuple[Block, ...] = ()
    summary: str = ""
    bylines: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    walled: bool = False

    @property
    def text(self) -> str:
        """Return its blocks in one line."""
        return " ".join(block.text for block in self.blocks)


def article_in(tree: Tree, headlines: Sequence[str], descriptions: Sequence[str]) -> Article:
    """Return the article on a page; it has no blocks if there is none.

    Args:
        tree: without scripts; it is changed.
        headlines: the texts that may be its headline.
        descriptions: the texts that may be its summary.

    Raises:
        Malformed: trafilatura fails on it.
    """
    # Not before a page is there: it takes 0.2 s to import, and its urllib3 binds a socket to see if there is IPv6.
    from trafilatura.core import bare_extraction  # noqa: PLC0415 - see above

    summary = _take_standfirst(tree, descriptions)
    for element in list(tree.iter("figcaption", "div", "p", "span")):
        if element.tag == "figcaption" or (_is_caption(element) and len(text_of(element, _FAR)) <= _LONGEST_CAPTION):
            drop(element)
    pointers = _pointers(tree)
    try:
        # Not with `include_links`: it loses the spaces around them, and breaks paragraphs there.
        extracted = bare_extraction(tree, fast=True, include_comments=False, include_tables=True, with_metadata=False)
    except Exception as error:  # trafilatura promises nothing about what it raises
        msg = f"what extracts articles failed: {type(error).__name__}"
        raise Malformed(msg) from error
    body = getattr(extracted, "body", None)
    pieces = _pieces(body, pointers) if isinstance(body, Tree) else []
    article = _article(pieces, headlines, summary)
    return Article() if _is_overview(article, pointers) else article


def _is_overview(article: Article, pointers: frozenset[str]) -> bool:
    """Tell whether most of a text is that of links to articles, lumped together."""
    text = letters(article.text)
    return sum(len(pointer) for pointer in pointers if len(pointer) > _HEADED and pointer in text) > len(text) / 2


def article_of(text: str) -> Article:
    """Return the article that a text is, plain or HTML."""
    return Article(tuple(block for block in blocks_of(text) if not isinstance(block, Teaser)))


def _is_caption(element: Tree) -> bool:
    return _CAPTIONS.search(words_of(element)) is not None


def _take_standfirst(tree: Tree, descriptions: Sequence[str]) -> str:
    """Take the standfirst off a page: what it declares to be its description, or has named so above the running text.

    In both cases no running text stands beside it: a first paragraph is repeated as the description by many.
    """
    declared = {len(each): letters(each) for each in descriptions}
    running = False
    for element in _below_heading(tree):
        text = text_of(element, _FAR)
        if not _SHORTEST_STANDFIRST <= len(text) <= _LONGEST_STANDFIRST or is_offer(text):
            continue
        known = any(
            abs(length - len(text)) <= _SPELLINGS and letters(text) == told for length, told in declared.items()
        )
        named = not running and len(element) == len(element.findall("a")) and _is_named(element, text)
        if (known or named) and _stands_apart(element, text):
            drop(element)
            return text
        running = running or (element.tag == "p" and len(text) >= _RUNNING)
    return ""


def _below_heading(tree: Tree) -> list[Tree]:
    """Return the elements that may be a standfirst, in the order of the page, from its heading on."""
    found = list(tree.iter("h1", "p", "h2", "h3", "h4", "div", "span", "strong"))
    heading = next((index for index, element in enumerate(found) if element.tag == "h1"), -1)
    return found[heading + 1 :][:_MOST_STANDFIRSTS]


def _is_named(element: Tree, text: str) -> bool:
    parent = element.getparent()
    if _STANDFIRST.search(words_of(element)):
        return True
    return parent is not None and _STANDFIRST.search(words_of(parent)) is not None and text_of(parent, _FAR) == text


def _stands_apart(element: Tree, text: str) -> bool:
    """Tell whether there is no running text beside an element, in what holds it and no more."""
    parent = element.getparent()
    while parent is not None and text_of(parent, _FAR) == text:
        element, parent = parent, parent.getparent()
    if parent is None or _is_in_list(element):
        return False
    beside = (each for each in parent.iterchildren("p") if each is not element)
    return not any(len(text_of(each, _RUNNING)) >= _RUNNING for each in beside)


def _is_in_list(element: Tree) -> bool:
    return any(each.tag in {"li", "aside", "footer", "nav", "figure"} for each in element.iterancestors())


def _pointers(tree: Tree) -> frozenset[str]:
    """Return the letters of what is hardly more than a link on a page, as a pointer to another article is."""
    found = set()
    for link in tree.iter("a"):
        text, element = text_of(link, _LONGEST_LINKED), link
        most = int(len(text) / _LINKED)
        while text and len(text) <= _LONGEST_LINKED:
            found.add(letters(text_of(element, most)))
            parent = element.getparent()
            if parent is None or len(text_of(parent, most)) > most:
                break
            element = parent
    return frozenset(found)


def _pieces(body: Tree, pointers: frozenset[str]) -> list[Piece]:
    """Return what was extracted as a flat list of blocks."""
    pieces: list[Piece] = []
    for element in body.iterchildren():
        tag = str(element.tag)
        if tag in {"list", "table"}:
            pieces += _listed(element, pointers)
        elif tag == "quote" and len(element):
            pieces += _pieces(element, pointers) or [_piece(tag, text_of(element), pointers)]
        else:
            pieces.append(_piece(tag, text_of(element), pointers))
        pieces.append(_piece("p", line(element.tail or ""), pointers))
    return [piece for piece in pieces if piece.text]


def _listed(element: Tree, pointers: frozenset[str]) -> Iterator[Piece]:
    """Yield the entries of a list, or the rows of a table; nothing of one that mostly points elsewhere."""
    entries = [_piece("item", text_of(each), pointers) for each in element.iterchildren("item", "row")]
    own = [entry for entry in entries if entry.text and not entry.points_elsewhere]
    if 2 * len(own) > sum(bool(entry.text) for entry in entries):
        yield from own


def _piece(tag: str, text: str, pointers: frozenset[str]) -> Piece:
    return Piece(tag, text, len(text) <= _LONGEST_LINKED and letters(text) in pointers)


def _article(pieces: Sequence[Piece], headlines: Sequence[str], summary: str) -> Article:
    kept = _below_headline(pieces, [letters(each) for each in headlines if each])
    start = _length_of_head(kept)
    head = [piece for piece in kept[:start] if not piece.points_elsewhere]
    bylines = [piece.text for piece in head if names_people(piece.text) or is_byline(piece.text)]
    above = [piece.text for piece in head if piece.text not in bylines and not is_furniture(piece.text)]
    told = " ".join(text for text in above if len(text) >= _SHORTEST_STANDFIRST)
    labels = tuple(piece.text for piece in head if piece.text not in {*bylines, *above})
    walled = any(is_wall(piece.text) for piece in kept[start:][-_LAST:])
    return Article(tuple(_blocks(_until_rest(kept[start:]))), summary or told, tuple(bylines), labels, walled)


def _length_of_head(pieces: Sequence[Piece]) -> int:
    """Return how many pieces belong to the head of the article: those before its first paragraph, down to a byline."""
    length = 0
    for index, piece in enumerate(pieces[:_HEADED]):
        if _is_above(piece):
            length = index + 1 if length == index or _is_line_of_names(piece) else length
        elif len(piece.text) > _RUNNING or piece.text.endswith((".", ":")):
            break
    return length


def _is_line_of_names(piece: Piece) -> bool:
    return is_byline(piece.text) or names_people(piece.text)


def _below_headline(pieces: Sequence[Piece], headlines: Sequence[str]) -> list[Piece]:
    """Return the pieces without what stands above the headline, and without the headline itself."""
    room = _MOST_ABOVE
    for index, piece in enumerate(pieces[:_HEADED]):
        if _is_headline(piece, headlines):
            return [each for each in pieces[index + 1 :] if not _is_headline(each, headlines)]
        room -= len(piece.text) if piece.tag == "p" and len(piece.text) > _RUNNING else 0
        if room < 0:
            break
    return list(pieces)


def _is_headline(piece: Piece, headlines: Sequence[str]) -> bool:
    text = letters(piece.text)
    if piece.tag not in {"head", "p"} or not text:
        return False
    if piece.tag == "p":
        return text in headlines
    longer = (each for each in headlines if len(each) > _HEADED and 2 * len(text) > len(each))
    return text in headlines or any(text.endswith(each) or each.endswith(text) for each in longer)


def _is_above(piece: Piece) -> bool:
    """Tell whether a piece above the first paragraph belongs to the head of the article."""
    text = piece.text
    if piece.tag == "head":
        return len(text) >= _SHORTEST_HEADED_STANDFIRST or is_furniture(text)
    return piece.points_elsewhere or _is_line_of_names(piece) or is_furniture(text)


def _until_rest(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the pieces up to where the page goes on to other things; pointers and offers in between are left out."""
    skipping = False
    for index, piece in enumerate(pieces):
        if piece.tag != "item" and begins_rest(piece.text):
            skipping = True
            if _is_rest(pieces[index + 1 :]):
                return
            continue
        skipping = (
            skipping and (piece.tag in {"item", "head"} or piece.points_elsewhere) and len(piece.text) < _LONGEST_LINKED
        )
        if skipping or piece.points_elsewhere or is_offer(piece.text):
            continue
        yield piece


def _is_rest(pieces: Sequence[Piece]) -> bool:
    """Tell whether no running text of the article comes any more."""
    running = [piece for piece in pieces if piece.tag == "p" and len(piece.text) > 2 * _RUNNING]
    return not any(not (piece.points_elsewhere or is_offer(piece.text)) for piece in running)


def _blocks(pieces: Iterator[Piece]) -> list[Block]:
    """Return the blocks that pieces are: headings with something below them are subheads."""
    blocks: list[Block] = []
    for piece in pieces:
        if is_furniture(piece.text):
            continue
        if piece.tag == "head":
            if blocks and isinstance(blocks[-1], Subhead):
                blocks.pop()
            blocks.append(Subhead(piece.text))
        else:
            blocks += (block for block in lines_of(piece.text) if not isinstance(block, Teaser))
    while blocks and isinstance(blocks[-1], Subhead):
        blocks.pop()
    return blocks
