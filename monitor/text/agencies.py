"""The news agencies: the codes that datelines write and the names that people use.

Collected by hand from the agencies' own names and house styles; forms are compared folded (`dpa` is `DPA`).
"""

from collections.abc import Mapping

from monitor.text.fold import fold

_SEVERAL_FORMS = """
ANP | Algemeen Nederlands Persbureau
AFP | Agence France-Presse
RTR | Reuters | RTRS | Thomson Reuters
DPA | Deutsche Presse-Agentur | dpa-AFX | tmn | dpa-infocom
AP | Associated Press | The Associated Press
BLOOMBERG | Bloomberg News | BLBG
BELGA | Agence Belga
EFE | Agencia EFE
TASS | ITAR-TASS | ТАСС
RIA | RIA Novosti | РИА Новости
XINHUA | XNA | Xinhua News Agency | 新华社
KYODO | Kyodo News
JIJI | Jiji Press
YONHAP | YNA
APA | Austria Presse Agentur
SDA | Keystone-SDA | ATS
PA | PA Media | Press Association
UPI | United Press International
NTB | Norsk Telegrambyrå
TT | TT Nyhetsbyrån
RITZAU | Ritzaus Bureau
STT | STT-Lehtikuva | Suomen Tietotoimisto
PAP | Polska Agencja Prasowa
MTI | Magyar Távirati Iroda
BTA | Bulgarian Telegraph Agency
LUSA | Agência Lusa
ANADOLU | AA | Anadolu Agency
CP | La Presse Canadienne | The Canadian Press
AAP | Australian Associated Press
PTI | Press Trust of India
DOW JONES | DJ | Dow Jones Newswires
NOVUM | Novum Nieuws
EPA | European Pressphoto Agency
"""

_ONE_FORM = """
ADNKRONOS AFX AGERPRES AGI AMNA ANGOP ANI ANSA ANTARA APS BELTA BERNAMA BETA BNS CNA ČTK EPD FARS FENA GPD
HINA INA INTERFAX ИНТЕРФАКС IRNA ISNA KAZINFORM KCNA KNA KUNA LETA MEDIAFAX MEHR MENA PETRA QNA SANA SID
SITA SPA STA TANJUG TASR UKRINFORM UNIAN VNA WAFA WAM
"""


def _table() -> Mapping[str, str]:
    rows = [[form.strip() for form in row.split("|")] for row in _SEVERAL_FORMS.strip().splitlines()]
    rows += [[form] for form in _ONE_FORM.split()]
    return {fold(form): fold(row[0]) for row in rows for form in row}


_FORMS = _table()


def is_known(agency: str) -> bool:
    """Tell whether `agency` is a code or a name of an agency that we know."""
    return fold(agency) in _FORMS


def same_agency(agency: str) -> str:
    """Return the form under which `agency` is compared: `RTR` is `Reuters`; unknown ones stand as written."""
    folded = fold(agency)
    return _FORMS.get(folded, folded)
