"""Who may do what with themes, members and their own settings."""

from ...words import text
from ..permissions import Permission, Rule
from ..predicates import is_coordinator, is_former, is_own
from .common import EVERYONE, NETWORK

P = Permission

RULES: dict[Permission, Rule] = {
    P.HOME_READ: Rule(text("Se sin egen översikt"), EVERYONE),
    P.THEME_READ: Rule(text("Läsa teman"), (*NETWORK, (is_former,))),
    P.THEME_FOLLOW: Rule(text("Följa ett tema"), NETWORK, sees=P.THEME_READ),
    P.NOTICE_MARK: Rule(text("Märka sina egna meddelanden som sedda"), EVERYONE),
    P.MEMBER_READ: Rule(text("Se lärosäten och medlemmar"), NETWORK),
    P.MEMBER_INVITE: Rule(text("Bjuda in en medlem och registrera uppdrag"), ((is_coordinator,),)),
    P.SETTING_READ: Rule(text("Se sina egna inställningar"), EVERYONE),
    P.SETTING_WRITE: Rule(text("Ändra sina egna inställningar"), EVERYONE),
    P.SESSION_END: Rule(text("Avsluta en egen inloggning"), ((is_own,),), sees=P.SESSION_END),
}
