"""Pages that stand in an article's place: challenges, walls, errors, shells; and what they are, in a few words."""

import regex

from monitor.parse.pages.tree import Tree, letters, text_of

_CHALLENGES = (
    r"just a moment|attention required|access (?:to this page has been )?denied|pardon our interruption"
    r"|are you a (?:robot|human)"
    r"|(?:robot|security|bot|human|browser) (?:check|verification)|(?:please )?(?:verify"
    r"|confirm) (?:that )?you are (?:a )?human"
    r"|verifying you are human|checking your browser|ddos-guard|one moment,? please|please wait"
    r"|een ogenblik(?: geduld)?"
    r"|nur einen moment|einen moment,? bitte|un instant|vercel security checkpoint|client challenge"
    r"|human verification|captcha"
    r"|you have been blocked|request (?:blocked|unsuccessful|rejected)|blocked|sicherheitsüberprüfung"
    r"|bevestig dat u een mens bent"
)
_WALLS = (
    r"(?:sign|log) ?in(?: to .{1,40}| or .{1,40}| \| .{1,40})?|inloggen|aanmelden|anmelden|einloggen"
    r"|se connecter|connexion|accedi"
    r"|iniciar sesión|logg inn|log ind|logga in|zaloguj się|login|register|registreren"
)
_CONSENTS = (
    r"before you continue.{0,30}|.{0,30}privacy ?gate|.{0,20}cookie(?: consent|wall|-?instellingen| settings"
    r"| notice)|cookies|consent"
    r"|(?:uw |je )?privacy-?(?:instellingen|voorkeuren)|.{0,30}toestemming.{0,20}|zustimmung|einwilligung"
    r"|your privacy choices"
)
_ERRORS = (
    r"(?:error |fout |fehler )?[45]\d\d(?: .{0,50})?|.{0,30}(?:page|article|story) (?:not found|unavailable"
    r"|could not be found|no longer exists)"
    r"|not found|forbidden|bad gateway|service (?:temporarily )?unavailable|gateway time-?out|internal server error"
    r"|too many requests|pagina niet gevonden|niet gevonden|(?:de )?pagina bestaat niet(?: meer)?"
    r"|seite nicht gefunden|nicht gefunden"
    r"|page (?:non trouvée|introuvable)|pagina non trovata|página no encontrada|siden (?:finnes|findes) ikke"
    r"|error|fout|oops!?|er ging iets mis"
    r"|(?:under |site )?maintenance|onderhoud|wartung|domain (?:for sale|parked).{0,40}|.{1,60} is for sale"
)
_KINDS = (
    (_CHALLENGES, "which asks for a proof of being human"),
    (_WALLS, "which asks to log in"),
    (_CONSENTS, "which asks for consent"),
    (_ERRORS, "which tells of an error"),
)
_TITLES = [(regex.compile(rf"\W*(?:{pattern})\W*", regex.IGNORECASE), told) for pattern, told in _KINDS]
_MARKS = regex.compile(
    r"cf-chl|cf_chl|cf-browser-verification|_incapsula_|px-captcha|captcha-delivery|g-recaptcha|h-captcha"
    r"|hcaptcha|ddos-guard"
    r"|challenge-(?:form|running|error)|turnstile",
    regex.IGNORECASE,
)
_SEPARATORS = regex.compile(r"\s+[|–—·•»«-]+\s+|\s*[|｜]\s*")
_NEEDS_SCRIPTS = regex.compile(
    r"(?:enable|activate|turn on|requires?|without) (?:javascript|js)\b|javascript (?:is (?:disabled|required)"
    r"|inschakelen|aktivieren)"
    r"|(?:schakel|zet) javascript|javascript (?:aan|in) te (?:zetten|schakelen)|activer javascript"
    r"|aktivieren sie javascript",
    regex.IGNORECASE,
)
_LITTLE = 1_500
_NOTHING = 200


def stands_in(tree: Tree, title: str) -> str | None:
    """Return what a page is that stands in an article's place, None if nothing says so.

    Args:
        tree: the page, with its scripts.
        title: what it says it is titled.
    """
    headings = [text_of(heading, _NOTHING) for heading in tree.iter("h1")][:3]
    parts = [title, *_SEPARATORS.split(title)[:4]]
    names = [name for name in (*parts, *headings) if name and len(name) <= _NOTHING]
    told = next((told for name in names for pattern, told in _TITLES if pattern.fullmatch(name)), None)
    shown = shown_length(tree)
    if told and shown <= _LITTLE:
        return told
    marks = (
        f"{each.get('class') or ''} {each.get('id') or ''} {each.get('src') or ''}"
        for each in tree.iter("div", "form", "script")
    )
    if shown <= _LITTLE and any(_MARKS.search(mark) for mark in marks):
        return _KINDS[0][1]
    return None


def lacks(tree: Tree) -> str:
    """Return why there may be no article on a page without one."""
    whole = " ".join(text_of(each, _LITTLE) for each in tree.iter("noscript", "body"))
    if shown_length(tree) <= _NOTHING and (_NEEDS_SCRIPTS.search(whole) or tree.find(".//script") is not None):
        return "which is empty without its scripts"
    if any((each.get("type") or "").casefold() == "password" for each in tree.iter("input")):
        return "which asks to log in"
    return "without an article in it"


def shown_length(tree: Tree) -> int:
    """Return about how many letters a page shows, up to a few thousand; what programs and styles hold is not shown."""
    body = tree.find(".//body")
    shown = 0
    for element in (tree if body is None else body).iter():
        if element.tag not in {"script", "style", "noscript", "title"}:
            shown += len(letters(element.text or ""))
        shown += len(letters(element.tail or ""))
        if shown > 2 * _LITTLE:
            break
    return shown
