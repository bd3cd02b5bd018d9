"""Who may report, moderate, announce and read what is on record."""

from ...words import text
from ..permissions import Permission, Rule
from ..predicates import in_steering, is_addressed, is_authors, is_coordinator, offered
from .common import EVERYONE, NETWORK
from .threads import READ_THREAD

P = Permission
COORDINATOR = ((is_coordinator,),)

RULES: dict[Permission, Rule] = {
    P.POST_REPORT: Rule(text("Anmäla ett inlägg"), READ_THREAD, sees=P.POST_READ),
    P.ATTACHMENT_REPORT: Rule(
        text("Anmäla en fil vid ett inlägg"),
        tuple((*row, offered) for row in READ_THREAD),
        sees=P.ATTACHMENT_READ,
    ),
    P.MEMBER_REPORT: Rule(text("Anmäla en medlems presentation"), NETWORK, sees=P.MEMBER_READ),
    P.POST_MODERATE: Rule(
        text("Dölja, visa igen, flytta och märka ett inlägg, med skäl"), COORDINATOR, sees=P.POST_READ
    ),
    P.ATTACHMENT_MODERATE: Rule(text("Dölja en fil vid ett inlägg och visa den igen, med skäl"), COORDINATOR),
    P.MEMBER_MODERATE: Rule(
        text("Pröva en anmälan av en medlems presentation"), COORDINATOR, sees=P.MEMBER_READ
    ),
    P.THREAD_MODERATE: Rule(
        text("Flytta, slå ihop, dela, låsa och fästa en tråd, med skäl"), COORDINATOR, sees=P.THREAD_READ
    ),
    P.QUEUE_READ: Rule(text("Se vad som väntar på att modereras"), COORDINATOR),
    P.DECISION_LIST: Rule(text("Läsa modereringens protokoll"), ((in_steering,),)),
    P.DECISION_READ: Rule(
        text("Läsa en åtgärd och dess skäl"), ((in_steering,), (is_authors,)), sees=P.DECISION_READ
    ),
    P.DECISION_ANSWER: Rule(
        text("Svara på en åtgärd mot något eget"), ((is_authors,),), sees=P.DECISION_READ
    ),
    P.FIGURES_READ: Rule(text("Se modereringens siffror, utan namn"), NETWORK),
    P.AUDIT_READ: Rule(text("Läsa loggen"), COORDINATOR),
    P.AUDIT_EXPORT: Rule(text("Hämta loggen som fil"), COORDINATOR),
    P.ANNOUNCEMENT_LIST: Rule(text("Se meddelanden från kansliet till en själv"), EVERYONE),
    P.ANNOUNCEMENT_READ: Rule(
        text("Läsa ett meddelande från kansliet"),
        ((is_addressed,), (is_coordinator,)),
        sees=P.ANNOUNCEMENT_READ,
    ),
    P.ANNOUNCEMENT_WRITE: Rule(text("Skriva och skicka meddelanden från kansliet"), COORDINATOR),
    P.DESK_READ: Rule(text("Se vad som väntar på koordinatorn"), COORDINATOR),
    P.DESK_WRITE: Rule(text("Göra om det som inte har kommit fram: mail och inbjudningar"), COORDINATOR),
    P.RULES_WRITE: Rule(text("Ändra reglerna"), COORDINATOR, sees=P.HOME_READ),
}
