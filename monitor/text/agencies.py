"""The news agencies: the codes that datelines write and the names that people use.

Collected by hand from the agencies' own names and house styles; forms are compared folded (`dpa` is `DPA`).
"""

from collections.abc import Mapping

from monitor.text.fold import fold

_SEVERAL_FORMS = """
ANP | Algemeen Nederlands Persbureau
AFP | Agence France-Presse | AFPS
RTR | Reuters | RTRS | Thomson Reuters | REUT | Рейтер
DPA | Deutsche Presse-Agentur | dpa-AFX | tmn | dpa-infocom | dpa-tmn | gms
AP | Associated Press | The Associated Press
BLOOMBERG | Bloomberg News | BLBG
BELGA | Agence Belga | BLG | BELG
EFE | Agencia EFE | EuroEFE
EUROPA PRESS | Agencia Europa Press
TASS | ITAR-TASS | ТАСС | ИТАР-ТАСС
RIA | RIA Novosti | РИА Новости | РИА
INTERFAX | Интерфакс | Interfax-Ukraine | Интерфакс-Украина | IFX
XINHUA | XNA | Xinhua News Agency | 新华社 | XHN
KYODO | Kyodo News | 共同
JIJI | Jiji Press | 時事
YONHAP | YNA | Yonhap News Agency | 연합뉴스
CNA | Central News Agency
APA | Austria Presse Agentur | APA-OTS
SDA | Keystone-SDA | ATS | Keystone-ATS
PA | PA Media | Press Association | PA Sport
UPI | United Press International
NTB | Norsk Telegrambyrå | ANB-NTB
TT | TT Nyhetsbyrån | TT-Reuters | TT-AFP
RITZAU | Ritzaus Bureau | Ritzaus | Ritzau Finans
STT | STT-Lehtikuva | Suomen Tietotoimisto | FNB | SPT
PAP | Polska Agencja Prasowa
MTI | Magyar Távirati Iroda
ČTK | Česká tisková kancelář | CTK
TASR | Tlačová agentúra Slovenskej republiky
BTA | Bulgarian Telegraph Agency | БТА
LUSA | Agência Lusa
ANADOLU | AA | Anadolu Agency | Anadolu Ajansı
DHA | Demirören Haber Ajansı
İHA | İhlas Haber Ajansı
AMNA | ANA-MPA | ΑΠΕ-ΜΠΕ | ΑΠΕ
ANSA | Agenzia ANSA
ADNKRONOS | AKI
ASKANEWS | TMNews
LAPRESSE | LaPresse
AGERPRES | Agerpres
UKRINFORM | Укрінформ
UNIAN | УНІАН | УНИАН
BELTA | БелТА
CP | La Presse Canadienne | The Canadian Press
AAP | Australian Associated Press
PTI | Press Trust of India
DOW JONES | DJ | Dow Jones Newswires
NOVUM | Novum Nieuws
EPA | European Pressphoto Agency
EPD | Evangelischer Pressedienst
KNA | Katholische Nachrichten-Agentur
"""

_ONE_FORM = """
AFX AGI ANGOP ANI ANTARA APS ATA AWP AZERTAC BERNAMA BETA BNS CCTV ELTA ERR FARS FENA FIDES GPD HINA IANS IINA INA
IPS IRNA ISNA KAZINFORM KCNA KUNA LETA MEDIAFAX MEHR MENA MIA MOLDPRES MONTSAME NAN NNA NOTIMEX PETRA PNA QNA SANA
SAPA SID SITA SPA SPUTNIK SRNA STA SUNA TANJUG TAP TÉLAM TRT VNA WAFA WAM
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
