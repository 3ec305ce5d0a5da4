"""The rest of the news: topics of which no story has anything to do with the rules of the demonstration."""

from monitor.demo.phrases import Topic

OTHER = (
    Topic(
        name="sanctions",
        section="Buitenland",
        places=("BRUSSEL",),
        agencies=("ANP", "ANP/DPA", "ANP/BELGA"),
        headlines=("EU-landen steggelen over {subject}", "Brussel wil {percent} procent heffing op {subject}"),
        leads=(
            (
                "De Europese Commissie stelt een heffing van {percent} procent voor op {subject}. Commissaris "
                "{person} denkt dat {deals} landen tegen zijn."
            ),
            "Over strengere regels voor {subject} zijn ministers het na {days} uur praten niet eens geworden.",
        ),
        paragraphs=(
            "Importeurs rekenen op {amount} miljard euro schade. Vakbondsleider {other} noemt dat bangmakerij.",
            "Een stemming is op {day} voorzien, maar de voorzitter kan haar nog {deals} weken uitstellen.",
            "Het vorige voorstel sneuvelde {years} jaar geleden in het parlement.",
        ),
        subhead="Nipte meerderheid",
        turns=(
            (
                "Akkoord over {subject} na nachtoverleg",
                (
                    "Na {days} uur overleg zijn EU-landen het eens over "
                    "{subject}. De heffing gaat in {month} in, zegt {person}."
                ),
            ),
        ),
        words={"subject": ("kunstmest", "tweedehands schepen", "staal", "batterijen", "diepvriesgroente")},
    ),
    Topic(
        name="storm",
        section="Binnenland",
        places=("VLISSINGEN", "DEN HELDER", "LEEUWARDEN", "HARLINGEN"),
        agencies=("ANP",),
        headlines=("Storm {name} blaast {number} bomen om", "Storm {name}: veerdienst uren uit de vaart"),
        leads=(
            (
                "Storm {name} heeft in de nacht naar {day} zeker {number} bomen geveld. In {city} viel een tak "
                "op een tram; niemand raakte gewond."
            ),
            (
                "De veerboten naar de eilanden varen op {day} niet door storm {name}. Rederijdirecteur "
                "{person} hoopt na {days} uur weer uit te varen."
            ),
        ),
        paragraphs=(
            "De hoogste windstoot werd gemeten bij {city}: {speed} kilometer per uur.",
            "Verzekeraars rekenen op {amount} miljoen euro schade, zegt {other}.",
            "Op het spoor rond {city} lag een trampoline. Treinen reden er {days} uur om.",
        ),
        subhead="Schade",
        turns=(
            (
                "Opruimen na storm {name}",
                (
                    "Met {number} vrijwilligers wordt in {city} het puin van storm {name} "
                    "geruimd. {person} verwacht dat alle wegen op {day} open zijn."
                ),
            ),
        ),
        words={"name": ("Aukje", "Bram", "Cato", "Douwe", "Elske", "Freek", "Gonda", "Hessel", "Ilse", "Joppe")},
    ),
    Topic(
        name="strike",
        section="Economie",
        places=("UTRECHT", "ROTTERDAM", "EINDHOVEN"),
        agencies=("ANP",),
        headlines=("Stakers leggen {subject} {days} uur plat", "Bond eist {percent} procent erbij voor {subject}"),
        leads=(
            (
                "Het personeel van {subject} legt op {day} het werk {days} uur neer. Bondsbestuurder {person} eist "
                "{percent} procent loon erbij."
            ),
            "De onderhandelingen over de cao van {subject} zijn na {deals} rondes geklapt.",
        ),
        paragraphs=(
            "Werkgevers bieden de helft, en een eenmalige uitkering van {number} euro.",
            "Volgens {other} doen {number} mensen mee. In {city} is een manifestatie.",
            "De laatste staking in deze sector is {years} jaar geleden.",
        ),
        subhead="Laatste bod",
        turns=(
            (
                "Cao-akkoord voor {subject}",
                (
                    "Bonden en werkgevers zijn het eens over een cao voor {subject}. De "
                    "lonen stijgen {percent} procent in {deals} stappen, zegt {person}."
                ),
            ),
        ),
        words={"subject": ("de distributiecentra", "het streekvervoer", "de afvalverwerking", "de glastuinbouw")},
    ),
    Topic(
        name="quake",
        section="Buitenland",
        places=("JAKARTA", "ATHENE", "LIMA", "TOKIO"),
        agencies=("ANP/AFP", "ANP/RTR", "ANP/KYODO"),
        headlines=("Aardbeving van {magnitude} schudt {subject} wakker", "Zeker {deals} gewonden na beving {subject}"),
        leads=(
            (
                "Een aardbeving met een kracht van {magnitude} heeft {subject} getroffen. Burgemeester "
                "{person} meldt {deals} gewonden en {number} beschadigde huizen."
            ),
        ),
        paragraphs=(
            "De haard lag op {speed} kilometer diepte. Er volgden {deals} naschokken.",
            "Inwoners brachten de nacht door in een sporthal, vertelt {other}.",
            "De vorige beving van deze kracht was {years} jaar geleden.",
        ),
        subhead="Naschokken",
        turns=(
            (
                "Dorp na beving weer bereikbaar",
                (
                    "De weg naar {subject} is {days} uur na de aardbeving vrijgemaakt. "
                    "{person} spreekt van een wonder dat er geen doden zijn."
                ),
            ),
        ),
        words={"subject": ("de noordkust", "een bergdorp", "het wijngebied", "de havenwijk", "een eilandengroep")},
    ),
    Topic(
        name="court",
        section="Binnenland",
        places=("ARNHEM", "DEN BOSCH", "AMSTERDAM", "ZWOLLE"),
        agencies=("ANP",),
        headlines=(
            "Justitie eist {months} maanden voor fraude met {subject}",
            "Rechter buigt zich over {subject}",
        ),
        leads=(
            (
                "Het Openbaar Ministerie heeft {months} maanden cel geëist tegen een ondernemer uit {city} die voor "
                "{amount} miljoen euro zou hebben gefraudeerd met {subject}."
            ),
            "De rechtbank heeft de zaak over {subject} tot {day} aangehouden, omdat getuige {person} wegbleef.",
        ),
        paragraphs=(
            "De verdachte zegt dat zijn boekhouder alles wist. Advocaat {other} vraagt vrijspraak.",
            "In een loods bij {city} lagen {number} valse facturen.",
            "De uitspraak is over {deals} weken.",
        ),
        subhead="Vrijspraak gevraagd",
        turns=(
            (
                "Ondernemer uit {city} vrijgesproken",
                (
                    "De man die terechtstond om {subject} is vrijgesproken. De "
                    "rechtbank vindt de {deals} verklaringen van {person} niet geloofwaardig."
                ),
            ),
        ),
        words={"subject": ("mestbonnen", "zorggeld", "zonnepanelen", "oldtimers", "subsidie voor hooi")},
    ),
    Topic(
        name="council",
        section="Binnenland",
        places=("{CITY}",),
        agencies=("ANP",),
        headlines=("Wethouder {person} struikelt over {subject}", "Raad van {city} zet streep door {subject}"),
        leads=(
            (
                "Wethouder {person} van {city} stapt op nadat de kosten van {subject} met {percent} procent waren "
                "opgelopen."
            ),
            "De gemeenteraad van {city} stemde op {day} met {deals} stemmen verschil tegen {subject}.",
        ),
        paragraphs=(
            "Fractieleider {other} sprak van een rekening zonder waard.",
            "Aan voorbereiding is al {amount} miljoen euro uitgegeven.",
            "Bewoners dienden {number} bezwaren in.",
        ),
        subhead="Bezwaren",
        turns=(
            (
                "Toch geld voor {subject} in {city}",
                (
                    "De raad van {city} is teruggekomen op zijn besluit en trekt "
                    "{amount} miljoen euro uit voor {subject}, meldt {other}."
                ),
            ),
        ),
        words={"subject": ("een zwembad", "de fietsbrug", "een nieuw stadskantoor", "de busbaan", "een poppodium")},
    ),
    Topic(
        name="results",
        section="Economie",
        places=("AMSTERDAM", "VELDHOVEN", "FRANKFURT"),
        agencies=("ANP", "ANP/BLOOMBERG"),
        headlines=("{company} boekt {percent} procent meer winst", "{company} schrapt {number} banen"),
        leads=(
            (
                "{company} heeft het afgelopen kwartaal {percent} procent meer verdiend dan een jaar eerder. "
                "Bestuursvoorzitter {person} spreekt van een goed begin."
            ),
            "Bij {company} verdwijnen {number} banen, vooral in {city}. De vraag is {percent} procent gezakt.",
        ),
        paragraphs=(
            "De omzet kwam uit op {amount} miljard euro.",
            "Analist {other} had op minder gerekend. Het aandeel won {deals} procent.",
            "Het bedrijf werd {years} jaar geleden in {city} opgericht.",
        ),
        subhead="Vooruitzicht",
        turns=(
            (
                "{company} koopt concurrent",
                (
                    "{company} neemt voor {amount} miljard euro een branchegenoot uit "
                    "{city} over. Toezichthouders beslissen in {month}, verwacht {person}."
                ),
            ),
        ),
        words={
            "company": (
                "Waterling",
                "Noordveen Optiek",
                "Kaapstander",
                "Brouwerij Drie Linden",
                "Zilt Shipping",
                "Polderchemie",
                "Vlasman Textiel",
                "Heideroos Verzekeringen",
            )
        },
    ),
    Topic(
        name="science",
        section="Wetenschap",
        places=("LEIDEN", "WAGENINGEN", "NIJMEGEN"),
        agencies=("ANP",),
        headlines=("Onderzoekers vinden {subject} na {years} jaar zoeken", "{number} vrijwilligers tellen {subject}"),
        leads=(
            (
                "Onderzoekers hebben bij {city} {subject} gevonden. Volgens hoogleraar {person} werd daar "
                "{years} jaar naar gezocht."
            ),
        ),
        paragraphs=(
            "De vondst verschijnt in {month} in een vakblad. {other} schreef mee.",
            "Met {number} metingen is toeval volgens de groep uitgesloten.",
            "Het geld voor vervolgonderzoek, {amount} miljoen euro, is er nog niet.",
        ),
        subhead="Vervolg",
        turns=(
            (
                "Twijfel over vondst bij {city}",
                (
                    "Vakgenoten van {person} plaatsen vraagtekens bij {subject}. De "
                    "metingen zijn {deals} keer herhaald zonder resultaat, zegt {other}."
                ),
            ),
        ),
        words={"subject": ("een onbekende mossoort", "Romeins glas", "een zeldzame vleermuis", "een oude rivierloop")},
    ),
    Topic(
        name="fire",
        section="Binnenland",
        places=("{CITY}",),
        agencies=("ANP",),
        headlines=("Grote brand bij {subject} in {city}", "Rook van {subject} trekt over {city}"),
        leads=(
            (
                "Bij {subject} in {city} woedt sinds {day} een grote brand. Omwonenden houden ramen en deuren "
                "dicht, zegt brandweercommandant {person}."
            ),
        ),
        paragraphs=(
            "Er is {number} meter slang uitgerold. Blussen kan nog {days} uur duren.",
            "Buurtbewoner {other} hoorde {deals} knallen.",
            "De oorzaak wordt onderzocht. Het pand was {years} jaar oud.",
        ),
        subhead="Knallen",
        turns=(
            (
                "Brand {city} na {days} uur meester",
                (
                    "De brandweer heeft het vuur bij {subject} in {city} onder "
                    "controle. {person} schat de schade op {amount} miljoen euro."
                ),
            ),
        ),
        words={"subject": ("een veevoederfabriek", "een kringloopbedrijf", "een opslag van kurk", "een drukkerij")},
    ),
    Topic(
        name="parliament-en",
        section="World",
        places=("LONDON", "DUBLIN", "OTTAWA"),
        agencies=("RTR", "PA", "AP"),
        headlines=("Ministers face revolt over {subject}", "Lawmakers back {subject} by {deals} votes"),
        leads=(
            "Minister {person} survived a vote over {subject} by {deals} votes after a debate of {days} hours.",
            (
                "A plan for {subject} would cost {amount} billion pounds, auditor {other} said, {percent} "
                "percent over budget."
            ),
        ),
        paragraphs=(
            "The bill, first drafted {years} years ago, runs to {number} clauses.",
            "Campaigner {other} called the outcome a postponement with applause.",
        ),
        subhead="Narrow margin",
        turns=(
            (
                "Government drops {subject}",
                "Plans for {subject} were withdrawn after {person} failed to find {deals} more votes.",
            ),
        ),
        words={"subject": ("ferry subsidies", "a flood barrier", "rural post offices", "night trains")},
        language="en",
    ),
    Topic(
        name="rail-de",
        section="Inland",
        places=("Berlin", "Köln", "Hamburg"),
        agencies=("dpa",),
        headlines=("Bahn sperrt Strecke für {deals} Wochen", "Reisende warten {days} Stunden auf Anschluss"),
        leads=(
            (
                "Wegen einer defekten Weiche haben {number} Reisende am Hauptbahnhof bis zu {days} Stunden "
                "gewartet, sagte {person} von der Bahn."
            ),
        ),
        paragraphs=(
            "Die Reparatur kostet {amount} Millionen Euro und dauert {deals} Wochen.",
            "Fahrgastvertreter {other} verlangt {percent} Prozent Erstattung.",
        ),
        subhead="Umleitung",
        turns=(("Strecke wieder frei", "Nach {days} Stunden fahren die Züge wieder, teilte {person} mit."),),
        language="de",
    ),
)
"""Topics that nobody in the demonstration watches for."""
