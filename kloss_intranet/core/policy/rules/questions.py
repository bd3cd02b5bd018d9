"""Who may do what with the priority questions."""

from ...words import text
from ..permissions import Permission, Rule
from ..predicates import convenes, in_steering, in_term, is_coordinator, is_former, is_own
from .common import EVERYONE, NETWORK

P = Permission

RULES: dict[Permission, Rule] = {
    P.QUESTION_READ: Rule(text("Läsa prioriterade frågor"), (*NETWORK, (is_former, in_term))),
    P.QUESTION_PROPOSE: Rule(
        text("Föreslå en fråga eller lägga till sina ord i en"), NETWORK, sees=P.QUESTION_READ
    ),
    P.QUESTION_PREPARE: Rule(
        text("Ändra var en fråga står, med skäl"), ((in_steering,),), sees=P.QUESTION_READ
    ),
    P.QUESTION_MERGE: Rule(text("Slå ihop två frågor till en"), ((in_steering,),), sees=P.QUESTION_READ),
    P.RELEVANCE_WRITE: Rule(
        text("Skriva varför en fråga är viktig för det egna lärosätet"), NETWORK, sees=P.QUESTION_READ
    ),
    P.BREADTH_READ: Rule(text("Se en frågas breddremsa"), (*NETWORK, (is_former, in_term))),
    P.BREADTH_SET: Rule(
        text("Ge en fråga en breddremsa, ändra den och ta bort den"),
        ((in_steering,),),
        sees=P.DOT_PLACE,
    ),
    P.DOT_PLACE: Rule(
        text("Placera sig på en breddremsa och välja att titta på den"), NETWORK, sees=P.BREADTH_READ
    ),
    P.STEERING_READ: Rule(text("Gå in i styrgruppens rum"), ((in_steering,),)),
    P.PREPARATION_WRITE: Rule(
        text("Ta upp en fråga och säga vem som bereder den och vad som kommer härnäst"), ((in_steering,),)
    ),
    P.AGENDA_PLACE: Rule(text("Sätta en fråga på en kommande dagordning"), ((in_steering,),)),
    P.DOSSIER_WRITE: Rule(
        text("Skriva på en frågas underlag och plocka citat till det"),
        ((in_steering,),),
        sees=P.DOSSIER_WRITE,
    ),
    P.DOSSIER_PUBLISH: Rule(
        text("Publicera en frågas underlag"), ((convenes,), (is_coordinator,)), sees=P.DOSSIER_WRITE
    ),
    P.DOSSIER_READ: Rule(
        text("Läsa en frågas publicerade underlag"),
        (*NETWORK, (is_former, in_term)),
        sees=P.DOSSIER_READ,
    ),
    P.CITATION_OBJECT: Rule(
        text("Be att ett citat ur ett eget inlägg lämnas utanför ett underlag"),
        ((is_own,),),
        sees=P.CITATION_OBJECT,
    ),
    P.CITATION_ANSWER: Rule(
        text("Svara den som ber att ett citat lämnas utanför"), ((in_steering,),), sees=P.CITATION_ANSWER
    ),
    P.CONTRIBUTION_READ: Rule(text("Se sina egna inlägg och var de har använts"), EVERYONE),
    P.BRIEFING_READ: Rule(text("Läsa och hämta en träffs mötesbok"), NETWORK, sees=P.MEETING_READ),
}
