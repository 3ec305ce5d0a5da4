"""What stands on a page besides the article, by its wording: in the languages of our sources."""

import regex

from monitor.parse.times.dates import read_date

_LONGEST = 320
_LONGEST_BYLINE = 90
_LONGEST_HEADING = 60
_FEW = 3

_I = regex.IGNORECASE
_BYLINE = regex.compile(
    r"(?:by|written by|von|door|par|por|di|av|af|oleh|przez|von unseren?|texte?|tekst|autor(?:in|es)?|author"
    r"|auteur)\s*:?\s+"
    r"(?=[\p{Lu}\p{Lo}@])",
    _I,
)
_FURNITURE = regex.compile(
    r"(?:\d+\s*(?:min(?:ute[ns]?|uten)?\.?|minut[eio]s?)\s*(?:read(?:ing time)?|lesezeit|leestijd|de lecture"
    r"|di lettura|de lectura|lesing)?"
    r"|(?:reading time|lesezeit|leestijd|temps de lecture)\s*:?\s*\d.*"
    r"|(?:last )?(?:updated|published|posted|aktualisiert|veröffentlicht|gepubliceerd|bijgewerkt|geplaatst"
    r"|publié|mis à jour"
    r"|pubblicato|aggiornato|publicado|actualizado|opdateret|publisert|oppdatert|opublikowano)\b.{0,60}"
    r"|(?:photo|foto|image|bild|imagen|beeld|video|embed|advert(?:isement|entie)?|anzeige|publicité|reklame"
    r"|annonce|werbung"
    r"|headline|article content|sponsored|gesponsord)(?:\s?[:©|].{0,80})?:?"
    r"|(?:\(c\)|©|copyright|<copyright).{0,250}"
    r"|.{0,160}(?:all rights reserved|alle rechten voorbehouden|alle rechte vorbehalten|tous droits réservés"
    r"|todos los derechos reservados|tutti i diritti riservati|무단 전재 및 재배포 금지).{0,80}"
    r"|[_*=~–—·•.\s-]{1,40}|\d{1,6}"
    r"|(?:share|deel|teilen|partager|compartir|condividi|print|e-?mail|facebook|twitter|x|whatsapp|linkedin"
    r"|copy link|kopieer link)"
    r"(?:[\s,|/]+(?:share|facebook|twitter|x|whatsapp|linkedin|e-?mail|print|link))*)\W*",
    _I,
)
_OFFER = regex.compile(
    r"\b(?:sign up|subscribe (?:to|now|today)|log in or|register (?:for|to)|get (?:the latest|daily|real-time"
    r"|in touch with our)"
    r"|follow (?:us|\w+(?:\.co\.uk|\.com)?) on|join (?:our|the conversation|thought-provoking)|download (?:our"
    r"|the) app"
    r"|click here to|for more stories like this|newsletter (?:abonnieren|bestellen)|jetzt abonnieren|abonnieren sie"
    r"|kostenlos testen|schrijf je in|meld je aan|aanmelden voor|inschrijven voor|abonneer|neem een abonnement"
    r"|word abonnee"
    r"|download de app|volg ons|inscrivez-vous|abonnez-vous|suivez-nous|suscríbete|regístrate|iscriviti"
    r"|abbonati|seguici"
    r"|meld deg på|tilmeld dig|zapisz się|our standards|comment policy|um einen kommentar abzugeben|affiliate-links?"
    r"|would you like to comment|please bookmark|werbefrei lesen|ihr widget|cookie-instellingen"
    r"|accept(?:eer)? cookies)\b",
    _I,
)
_WALL = regex.compile(
    r"\b(?:met een abonnement|al (?:een )?abonnee\s?\?|alleen voor (?:leden|abonnees)"
    r"|(?:exclusief|speciaal) voor abonnees"
    r"|already a (?:subscriber|member)|subscribe to (?:read|continue|unlock)|(?:exclusive to|only for) subscribers"
    r"|for subscribers only|(?:schon|bereits) abonn(?:ent|iert)|nur für abonnent|jetzt weiterlesen mit|déjà abonnée?"
    r"|réservée? aux abonnés|solo para suscriptores|ya (?:eres|es) suscriptor|riservato agli abbonati|sei già abbonato"
    r"|(?:kun|bare) for abonnenter|allerede abonnent|redan prenumerant|dla prenumeratorów)",
    _I,
)
_REST = regex.compile(
    r"(?:related|read (?:more|next|also)|more (?:from|on|stories|news)|most (?:read|popular|viewed)|you may also like"
    r"|recommended|trending|also read|see also|in (?:other|this) stor(?:y|ies)|comments?|join the|what to read next"
    r"|lees (?:ook|meer|verder)|meer (?:over|uit|van|nieuws)|meest gelezen|ook interessant|aanbevolen"
    r"|gerelateerd|reacties?|bekijk ook"
    r"|mehr (?:zum thema|themen|aus|von|dazu)|lesen sie (?:auch|mehr)|auch interessant|ähnliche|verwandte"
    r"|weiterführende"
    r"|meistgelesen|kommentar(?:e|ar)?\b|das könnte|empfehlungen|quellen?:?$|verwendete quellen|transparenzhinweis"
    r"|lire aussi|à lire|à voir|sur le même sujet|plus de|les plus lus|commentaires?"
    r"|leggi anche|più letti|potrebbe interessarti|articoli correlati|correlati"
    r"|te puede interesar|más (?:noticias|sobre|leído)|lea también|relacionad|noticias relacionadas"
    r"|les også|læs også|mest lest|mest læst|flere saker|czytaj (?:więcej|też|także)|zobacz (?:też|także)"
    r"|läs (?:mer|också)"
    r"|おすすめ|関連|人気|あわせて読み|baca juga|leia (?:mais|também))",
    _I,
)


def is_furniture(text: str) -> bool:
    """Tell whether a text is a label, a date or a note of rights: nothing of an article."""
    if len(text) > _LONGEST:
        return False
    return len(text) < _FEW or _FURNITURE.fullmatch(text) is not None or _is_date(text)


def is_byline(text: str) -> bool:
    """Tell whether a text says who wrote the article, and nothing else: `Door Jan Jansen`."""
    return len(text) <= _LONGEST_BYLINE and not text.endswith((".", "!", "?")) and _BYLINE.match(text) is not None


def is_offer(text: str) -> bool:
    """Tell whether a text is what the house offers: a newsletter, a subscription, an app."""
    return len(text) <= _LONGEST and (_OFFER.search(text) is not None or is_wall(text))


def is_wall(text: str) -> bool:
    """Tell whether a text says that the rest of the article is for those who pay."""
    return len(text) <= _LONGEST and _WALL.search(text) is not None


def begins_rest(text: str) -> bool:
    """Tell whether a text is a heading above what the house has besides: `Lees ook`, `Most read`."""
    return len(text) <= _LONGEST_HEADING and _REST.match(text) is not None and not text.endswith((".", "!"))


def _is_date(text: str) -> bool:
    return any(char.isdigit() for char in text) and read_date(text) is not None
