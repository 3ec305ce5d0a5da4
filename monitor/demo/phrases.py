"""What the simulated newswire writes with: topics, and the people, places and figures that they are filled in with.

Places and offices are real; the events, the people who hold the offices, the companies and the figures are invented.
`{…}` are filled in per story: from the topic's own `words`, else from `PEOPLE` and figures (`monitor.demo.newswire`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Topic:
    """What stories of one sort are made of: `paragraphs` come in any order, `turns` are leads of a follow-up."""

    name: str
    section: str
    places: tuple[str, ...]
    agencies: tuple[str, ...]
    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    paragraphs: tuple[str, ...]
    subhead: str
    turns: tuple[tuple[str, str], ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = "nl"


GIVEN_NAMES = (
    "Aleida Bertus Corine Dirkje Evert Famke Gijsbert Hilde Idske Jorrit Klaske Lambert Mieneke Nanko Otto Petronel "
    "Quirine Roelof Sietske Teunis Ursula Vincent Wietske Ynte"
)
FAMILY_NAMES = (
    "Aldershof Brandsteeg Cromvliet Dijkerman Elzenbroek Feitsmastra Groothedde Haverkort IJsselmuide Jonkerhof "
    "Kwakernaak Lutterveld Meerdink Nachtweide Oosterwold Polsbroek Rietbergen Schaapveld Tolhuizen Uitslag Vredevoort "
    "Wijngaarde Zandkuil Zwanepol"
)
"""Names that people could have: 576 together."""

_ROADS = ("een nieuwe spoorlijn", "een gasleiding", "de handel in graan", "satellieten", "een gezamenlijke munt")

MATCHING = (
    Topic(
        name="visit",
        section="Buitenland",
        places=("MOSKOU", "MOSKOU", "BEIJING", "MOSKOU/BEIJING"),
        agencies=("ANP/RTR", "ANP/AFP", "ANP/TASS", "ANP"),
        headlines=(
            "Kremlin bevestigt: Xi komt in {month} naar Moskou",
            "Xi en Russische top praten in Moskou over {subject}",
            "Moskou maakt zich op voor Xi-bezoek van {days} dagen",
            "Bezoek van Xi aan Moskou draait om {subject}",
        ),
        leads=(
            (
                "De Chinese president Xi reist in {month} voor {days} dagen naar Moskou, zegt woordvoerder "
                "{person} van het Kremlin. Op de agenda staat {subject}."
            ),
            (
                "In Moskou zijn {number} agenten op de been voor de komst van Xi. De Chinese leider tekent er "
                "volgens zijn delegatie {deals} akkoorden, onder meer over {subject}."
            ),
            (
                "Xi neemt {deals} ministers mee naar Moskou. Dat blijkt uit het programma, dat gezant {person} "
                "op {day} heeft toegelicht."
            ),
        ),
        paragraphs=(
            (
                "Het is de bedoeling dat beide landen {amount} miljard euro steken in {subject}, zegt {other}, "
                "die de gesprekken namens China voorbereidt."
            ),
            (
                "Hotels rond het Rode Plein zijn al {days} nachten volgeboekt. De luchthaven Vnoekovo sluit op {day} "
                "enkele uren voor ander verkeer."
            ),
            (
                "Over een vast tijdstip wilde {person} niets kwijt. \u201cU hoort het wanneer het vliegtuig "
                "staat\u201d, zei de woordvoerder."
            ),
            "De handel tussen de buurlanden groeide dit jaar met {percent} procent, het minst sinds {years} jaar.",
            "Diplomaten in Brussel rekenen niet op een doorbraak. Een van hen noemt de ontmoeting vooral een foto.",
        ),
        subhead="Agenda nog niet rond",
        turns=(
            (
                "Xi vertrekt een dag eerder uit Moskou",
                (
                    "Het bezoek van Xi aan Moskou is met een dag bekort, meldt "
                    "{other}. Een reden is niet gegeven; over {subject} wordt later verder gepraat."
                ),
            ),
            (
                "Akkoord in Moskou: Xi tekent voor {subject}",
                (
                    "Xi heeft in Moskou {deals} overeenkomsten getekend. "
                    "De belangrijkste gaat over {subject} en is {amount} miljard euro waard, zegt {person}."
                ),
            ),
        ),
        words={"subject": _ROADS},
    ),
    Topic(
        name="visit-en",
        section="World",
        places=("MOSCOW",),
        agencies=("RTR", "AFP", "AP"),
        headlines=("Xi due in Moscow for {days}-day visit", "Moscow and Beijing near deal on {subject} as Xi arrives"),
        leads=(
            (
                "Chinese President Xi will spend {days} days in Moscow this week, aide {person} said, with {deals} "
                "agreements on {subject} ready to be signed."
            ),
            (
                "Streets around the Kremlin were closed as Xi began a visit that officials in Moscow hope will "
                "unlock {amount} billion euros for {subject}."
            ),
        ),
        paragraphs=(
            "Trade between the neighbours grew by {percent} percent this year, the slowest pace in {years} years.",
            (
                "A communique drafted by {other} runs to {number} words and leaves the financing open, two "
                "people who have read it said."
            ),
            "European diplomats played down the meeting. One called it a photograph with footnotes.",
        ),
        subhead="Talks on financing",
        turns=(
            (
                "Xi cuts short Moscow stay",
                "Xi left Moscow a day ahead of plan, {other} said, without a deal on {subject}.",
            ),
        ),
        words={"subject": ("a rail link", "grain shipments", "satellite launches", "a gas pipeline")},
        language="en",
    ),
    Topic(
        name="visit-de",
        section="Ausland",
        places=("Moskau",),
        agencies=("dpa", "AFP"),
        headlines=("Xi zu Gesprächen über {subject} in Moskau", "Moskau erwartet Xi zu {days}-tägigem Besuch"),
        leads=(
            (
                "Chinas Staatschef Xi wird nach Angaben von {person} aus dem Präsidialamt für {days} Tage in "
                "Moskau erwartet. Auf der Tagesordnung steht {subject}."
            ),
        ),
        paragraphs=(
            (
                "Der Handel zwischen den Nachbarn wuchs in diesem Jahr um {percent} Prozent, so langsam wie "
                "seit {years} Jahren nicht."
            ),
            (
                "Unterhändler {other} sprach von {deals} unterschriftsreifen Verträgen im Wert von {amount} "
                "Milliarden Euro."
            ),
        ),
        subhead="Offene Fragen",
        turns=(
            (
                "Xi reist vorzeitig aus Moskau ab",
                "Xi hat Moskau einen Tag früher als geplant verlassen, teilte {other} mit.",
            ),
        ),
        words={"subject": ("eine Bahnstrecke", "Getreide", "eine Gasleitung", "die Raumfahrt")},
        language="de",
    ),
)
"""Topics of which every story matches `all: [Xi, {place: Moskou}]`."""

NEAR = (
    Topic(
        name="axios",
        section="Buitenland",
        places=("MOSKOU", "WASHINGTON"),
        agencies=("ANP/RTR", "ANP", "ANP/AFP"),
        headlines=("Axios: gezant al {days} dagen in Moskou", "Axios meldt geheim overleg in Moskou over {subject}"),
        leads=(
            (
                "De Amerikaanse nieuwssite Axios meldt dat onderhandelaar {person} al {days} dagen in Moskou "
                "is om te praten over {subject}. Het Witte Huis zwijgt."
            ),
            (
                "Volgens Axios ligt er in Moskou een voorstel van {number} woorden over {subject}. "
                "Woordvoerder {other} noemt dat bericht voorbarig."
            ),
        ),
        paragraphs=(
            "Axios baseert zich op {deals} bronnen bij de gesprekken. Die zouden in een datsja buiten Moskou zijn.",
            "Vorige week zei {person} nog niet te zullen reizen zolang {subject} van tafel bleef.",
            "De roebel won na het bericht {percent} procent.",
        ),
        subhead="Geen commentaar",
        turns=(
            (
                "Onderhandelaar verlaat Moskou",
                (
                    "De gesprekken in Moskou zijn op {day} afgebroken, schrijft Axios. "
                    "Over {subject} liggen de partijen volgens {other} nog ver uit elkaar."
                ),
            ),
        ),
        words={"subject": ("een gevangenenruil", "kernwapens", "het luchtruim", "bevroren tegoeden")},
    ),
    Topic(
        name="xi-elsewhere",
        section="Buitenland",
        places=("BEIJING", "WUHAN", "JAKARTA", "HANOI"),
        agencies=("ANP/AFP", "ANP/XINHUA", "ANP"),
        headlines=("Xi opent {subject} na {years} jaar bouwen", "Xi: {subject} moet {percent} procent zuiniger"),
        leads=(
            (
                "De Chinese president Xi heeft op {day} {subject} geopend. De bouw kostte {amount} miljard "
                "euro en duurde {years} jaar."
            ),
            (
                "Xi wil dat provincies vaart maken met {subject}. Wie achterblijft, moet zich volgens adviseur "
                "{person} in de hoofdstad verantwoorden."
            ),
        ),
        paragraphs=(
            "Staatsmedia tonen hoe {number} genodigden in de regen wachten.",
            (
                "Econoom {other} betwijfelt of het geld ooit wordt terugverdiend: \u201cDe rente alleen al is "
                "hoger dan de tol.\u201d"
            ),
            "Het project liep {days} maanden vertraging op doordat een aannemer failliet ging.",
        ),
        subhead="Dure onderneming",
        turns=(
            (
                "Scheuren ontdekt kort na opening door Xi",
                (
                    "Inspecteurs hebben {deals} scheuren gevonden bij "
                    "{subject}, dat Xi op {day} opende. Volgens {person} is er geen gevaar."
                ),
            ),
        ),
        words={
            "subject": ("de brug over de baai", "een sluizencomplex", "het nieuwe hogesnelheidsnet", "een zonnepark")
        },
    ),
    Topic(
        name="moskou-fog",
        section="Buitenland",
        places=("MOSKOU",),
        agencies=("ANP/TASS", "ANP/RTR"),
        headlines=("Mist legt vliegverkeer Moskou {days} uur stil", "{number} reizigers stranden in Moskou"),
        leads=(
            (
                "Dichte mist heeft op {day} het vliegverkeer van en naar Moskou {days} uur stilgelegd. Zeker "
                "{number} reizigers moesten wachten, zegt directeur {person} van luchthaven Sjeremetjevo."
            ),
        ),
        paragraphs=(
            "{deals} toestellen weken uit naar Kazan. Een vlucht uit Istanbul keerde halverwege om.",
            "Meteoroloog {other} verwacht dat het zicht pas na {day} beter wordt.",
            "Taxi's naar de stad waren {percent} procent duurder dan anders.",
        ),
        subhead="Wachten op zicht",
        turns=(
            (
                "Luchthavens Moskou weer open",
                (
                    "De mist boven Moskou is opgetrokken. {person} verwacht dat de "
                    "achterstand na {days} uur is weggewerkt."
                ),
            ),
        ),
    ),
)
"""Near misses: one half of what the rule wants, or something that looks like it."""
