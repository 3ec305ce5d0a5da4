"""What the words of desks say that a report is to those before it: an update, a correction, a withdrawal.

The words are those that the agencies' headers, keywords and headlines use, collected by hand from their house styles:
AP's `Eds` lines and `1st Ld-Writethru`, Reuters' `UPDATE 2-` and `REFILE-`, dpa's `Berichtigung`, ANP's `correctie`.
An advisory tells desks what will come; it is no correction, unless it says that a report is killed.
"""

from collections.abc import Iterator

import regex

WITHDRAWAL, CORRECTION, UPDATE = "withdrawal", "correction", "update"

_WITHDRAWN = (
    r"kill(?:ed)?|withdr[ae]wn?|withdrawal|withhold|eliminat(?:e|ed|ion)|retract(?:ed|ion)?|disregard"
    r"|zurückgezogen|zurückziehung|ingetrokken|intrekking|annul(?:é|ée|ation|ering|leret|lert|lerad)?|anulad[ao]"
    r"|annullat[ao]|ritirat[ao]|indragen|tilbagekaldt|trukket tilbake|anulowan[ey]"
)
_CORRECTED = (
    r"correct(?:ed|ion|ions|ive|s)?|refiles?|refiled|clarif(?:y|ies|ied|ication)|correctie|rectificatie|berichtigung"
    r"|berichtigt|korrektur|korrigiert|rectificatif|rectif|corrige|rectificaci[oó]n|correcci[oó]n|corretto|rettifica"
    r"|errata corrige|retif|retificação|correção|rättelse|korrigering|rettelse|retting|oikaisu|korekta|sprostowanie"
    r"|corr"
)
_UPDATED = (
    r"update[sd]?|\d+(?:st|nd|rd|th) ld|ld|lead|write-?thru|adds?|subs?|recasts?|wrap-?up|round-?up|urgent"
    r"|zusammenfassung|zf|neufassung|aanvulling|update-\d|actualis[ée]|actualizaci[oó]n|aggiorna(?:mento)?|atualiza"
    r"|uppdatering|opdatering|oppdatering|päivitys"
)
_WORDS = (
    (regex.compile(rf"\b(?:{_WITHDRAWN})\b", regex.IGNORECASE), WITHDRAWAL),
    (regex.compile(rf"\b(?:{_CORRECTED})\b", regex.IGNORECASE), CORRECTION),
    (regex.compile(rf"\b(?:{_UPDATED})\b", regex.IGNORECASE), UPDATE),
)
_MARKS = {
    "kill|mandatory kill|withdrawn|retraction|ingetrokken|intrekking|zurückgezogen": WITHDRAWAL,
    "correction|corrected|corrections|refile|clarification|correctie|rectificatie|berichtigung|korrektur|rectificatif"
    "|rectificación|corrección|rettifica|errata corrige|retificação|rättelse|rettelse|retting|oikaisu|sprostowanie"
    "|corrected-refile|corr": CORRECTION,
    "update|updated|wrapup|recast": UPDATE,
}
_HEADED = regex.compile(
    rf"[(\[*]?\s*(?P<mark>{'|'.join(_MARKS)})(?P<number>[ -]?\d{{1,2}})?\s*"
    r"(?:(?P<plain>[:)\]*]|\p{Pd}\s)|(?P<glued>\p{Pd}))\s*(?=\S)",
    regex.IGNORECASE,
)
"""What a headline begins with: `CORRECTED-Gold rises`, `Rectificatie: …`, `(Berichtigung) …`, `UPDATE 2-…`."""


def signals_in(text: str) -> Iterator[str]:
    """Yield what a line that desks write for desks says: a keyword, a version, a note."""
    yield from (signal for pattern, signal in _WORDS if pattern.search(text))


def signals_of_headline(headline: str) -> Iterator[str]:
    """Yield what the mark says that a headline begins with; its other words are the news.

    A mark that is glued to what follows, or takes the whole report back, stands in capitals: `Kill-list` is none.
    """
    found = _HEADED.match(headline)
    if not found or headline.isupper():
        return
    signal = next(signal for words, signal in _MARKS.items() if found["mark"].casefold() in words.split("|"))
    if found["mark"].isupper() or (found["plain"] and signal != WITHDRAWAL):
        yield signal
