"""The words of the log: groups, acts and names of what was changed; and how a thing is named in it."""

import re

from ...core.language import lazy
from ...moderation.forms.reporting import GROUNDS
from ..queries import Group

GROUPS = {
    Group.DOOR: lazy("Inloggning och konton"),
    Group.STANDING: lazy("Uppdrag, roller och tillträde"),
    Group.MODERATION: lazy("Moderering"),
    Group.EXPORTS: lazy("Utdrag och känsliga uppgifter"),
    Group.OFFICE: lazy("Meddelanden, regler och brev"),
    Group.MEETINGS: lazy("Träffar"),
    Group.QUESTIONS: lazy("Frågor och dossierer"),
    Group.THREADS: lazy("Trådar och inlägg"),
}
NOUNS = {
    "agenda": lazy("Dagordning"),
    "announcement": lazy("Meddelande från kansliet"),
    "attachment": lazy("Fil vid inlägg"),
    "attendance": lazy("Närvaro"),
    "breadth": lazy("Breddremsa"),
    "calendar": lazy("Kalenderadress"),
    "checklist": lazy("Checklista"),
    "citation": lazy("Citat"),
    "closing": lazy("Avslutning"),
    "dossier": lazy("Dossier"),
    "dot": lazy("Punkt på breddremsa"),
    "export": lazy("Utdrag"),
    "folder": lazy("Mapp"),
    "guest": lazy("Gäst"),
    "invitation": lazy("Inbjudan"),
    "letter": lazy("Mail"),
    "mandate": lazy("Uppdrag som representant"),
    "material": lazy("Fil i mapp"),
    "meeting": lazy("Träff"),
    "minutes": lazy("Minnesanteckningar"),
    "moderation": lazy("Moderering"),
    "needs": lazy("Behov hos deltagare"),
    "offer": lazy("Erbjudande om värdskap"),
    "password": lazy("Lösenord"),
    "post": lazy("Inlägget"),
    "programme": lazy("Program"),
    "question": lazy("Fråga"),
    "recovery": lazy("Nytt lösenord"),
    "relevance": lazy("Varför frågan spelar roll"),
    "report": lazy("Anmälan till koordinatorn"),
    "role": lazy("Roll"),
    "rules": lazy("Regler"),
    "session": lazy("Inloggning"),
    "sign-up": lazy("Anmälan till träff"),
    "stand-in": lazy("Ersättare"),
    "thread": lazy("Tråd"),
}
VERBS = {
    "accept": lazy("ta emot"),
    "add": lazy("lägga till"),
    "admit": lazy("släppa in"),
    "announce": lazy("berätta om"),
    "answer": lazy("svara"),
    "ask": lazy("be om en ändring"),
    "audit": lazy("loggen"),
    "begin": lazy("börja"),
    "briefing": lazy("underlag till träff"),
    "calendar": lazy("kalender"),
    "cancel": lazy("ställa in"),
    "carry-on": lazy("föra vidare"),
    "change": lazy("ändra"),
    "close": lazy("avsluta"),
    "correct": lazy("rätta"),
    "describe": lazy("beskriva"),
    "discard": lazy("kasta"),
    "dismiss": lazy("avsluta utan åtgärd"),
    "done": lazy("klar"),
    "dossier": lazy("dossier"),
    "edit": lazy("ändra"),
    "end": lazy("avsluta"),
    "erase": lazy("radera"),
    "hide": lazy("dölja"),
    "hold": lazy("genomföra"),
    "join": lazy("ansluta"),
    "keep": lazy("behålla"),
    "lock": lazy("låsa"),
    "make": lazy("göra"),
    "mark": lazy("märka som milstolpe"),
    "merge": lazy("slå ihop"),
    "move": lazy("flytta"),
    "note": lazy("anteckna"),
    "object": lazy("invända"),
    "open": lazy("öppna"),
    "order": lazy("ändra ordning"),
    "pin": lazy("fästa"),
    "place": lazy("placera"),
    "plan": lazy("planera"),
    "prepare": lazy("bereda"),
    "propose": lazy("föreslå"),
    "publish": lazy("publicera"),
    "readers": lazy("ändra läsare"),
    "refuse": lazy("misslyckas"),
    "remind": lazy("påminna"),
    "remove": lazy("ta bort"),
    "rename": lazy("byta namn"),
    "renew": lazy("förnya"),
    "reopen": lazy("öppna igen"),
    "replace": lazy("ersätta"),
    "restore": lazy("visa igen"),
    "retry": lazy("försöka igen"),
    "review": lazy("gå igenom"),
    "revise": lazy("ändra"),
    "send": lazy("skicka"),
    "set": lazy("bestämma"),
    "set-aside": lazy("lägga åt sidan"),
    "show": lazy("visa"),
    "split": lazy("dela"),
    "state": lazy("byta läge"),
    "take-away": lazy("ta bort"),
    "take-back": lazy("ta tillbaka"),
    "treat": lazy("behandla"),
    "undone": lazy("inte klar"),
    "unlock": lazy("låsa upp"),
    "unmark": lazy("ta bort milstolpen"),
    "unpin": lazy("lossa"),
    "withdraw": lazy("dra tillbaka"),
    "write": lazy("skriva"),
}
"""Some words stand for two acts, and some acts say what was taken out."""

THINGS = {
    **NOUNS,
    "decision": lazy("Åtgärd"),
    "post": lazy("Inlägg nr"),
    "member": lazy("Medlem"),
    "institution": lazy("Lärosäte"),
}
"""What a subject is; most are called as their acts are."""

KEYS = {
    "absent": lazy("den som är borta"),
    "answer": lazy("svar nummer"),
    "asked": lazy("urval"),
    "browser": lazy("webbläsare"),
    "capacity": lazy("platser"),
    "decision": lazy("åtgärd nummer"),
    "ends_at": lazy("slutar"),
    "ends_on": lazy("sista dagen"),
    "ground": lazy("gäller"),
    "hosts": lazy("värdar"),
    "institution": lazy("lärosäte nummer"),
    "item": lazy("punkt nummer"),
    "kind": lazy("slag"),
    "language": lazy("språk"),
    "meeting": lazy("träff"),
    "member": lazy("medlem nummer"),
    "name": lazy("namn"),
    "number": lazy("antal"),
    "part": lazy("del nummer"),
    "place": lazy("plats"),
    "reached": lazy("når"),
    "readers": lazy("läsare"),
    "reason": lazy("skäl"),
    "reports": lazy("anmälningar"),
    "rows": lazy("rader"),
    "starts_at": lazy("börjar"),
    "starts_on": lazy("första dagen"),
    "state": lazy("läge"),
    "themes": lazy("teman"),
    "title": lazy("rubrik"),
    "version": lazy("version"),
}
"""What is told of an act, or was changed; what has no words here stands as the file names it."""

VALUES = {
    "hidden": lazy("dolt"),
    "shown": lazy("visat"),
    **{ground.value: lazy(said) for ground, said in GROUNDS.items()},
}
"""What some values are called."""

ADDRESS = re.compile(r"/(posts|threads|members|questions|attachments)/(\d{1,10})\b")
MEETING = re.compile(r"/meetings/([^/?#\s]+)")


def act(name: str) -> str:
    """`Träff: flytta`; the name itself where there are no words for it."""
    noun, _, verb = name.replace(":", ".").partition(".")
    return f"{NOUNS[noun]}: {VERBS[verb]}" if noun in NOUNS and verb in VERBS else name


def key(name: str) -> str:
    return str(KEYS.get(name, name))


def value(stored: str) -> str:
    return str(VALUES.get(stored, stored))


def thing(kind: str, number: str) -> str:
    """`Inlägg nr 12`."""
    return f"{THINGS[kind]} {number}" if kind in THINGS else f"{kind}:{number}"


def subject_of(typed: str) -> str:
    """How the log names what somebody typed: an address is as good as `post:7`."""
    if found := ADDRESS.search(typed):
        return f"{found[1].removesuffix('s')}:{found[2]}"
    if found := MEETING.search(typed):
        return found[1]
    return typed
