"""What a member is told of, in words, and why."""

from ...core.language import gettext, language
from ...core.words import text
from ...meetings.models import Meeting
from ...themes.models import Theme
from ..models import Level, Thread
from ..queries.following import Effective

DEFAULT = text(
    "Du får mail när någon svarar, nämner eller citerar dig. Det gäller när du inte har valt något annat."
)
IN_THREAD = {
    ("thread", Level.ALL): text("Du får alla inlägg, för att du följer tråden."),
    ("thread", Level.MENTIONS): text(
        "Du får mail när någon svarar, nämner eller citerar dig. Det har du valt för tråden."
    ),
    ("thread", Level.NONE): text("Du får inga mail om tråden. Det har du valt för den."),
    ("meeting", Level.ALL): text("Du får alla inlägg, för att du följer träffen."),
    ("meeting", Level.MENTIONS): text(
        "Du får mail när någon svarar, nämner eller citerar dig. Det har du valt för träffen."
    ),
    ("meeting", Level.NONE): text("Du får inga mail om tråden. Det har du valt för hela träffen."),
    ("theme", Level.ALL): text("Du får alla inlägg, för att du följer temat %(theme)s."),
    ("theme", Level.MENTIONS): text(
        "Du får mail när någon svarar, nämner eller citerar dig. Det har du valt för temat %(theme)s."
    ),
    ("theme", Level.NONE): text("Du får inga mail om tråden. Det har du valt för temat %(theme)s."),
}
OF_MEETING = {
    None: text("Du har inte valt något för träffen."),
    Level.ALL: text("Du får alla inlägg i träffens trådar."),
    Level.MENTIONS: text("Du får mail när någon svarar, nämner eller citerar dig i träffens trådar."),
    Level.NONE: text("Du får inga mail om träffens trådar, minnesanteckningar eller avslut."),
}
OF_THEME = {
    None: text("Du har inte valt något för temat."),
    Level.ALL: text("Du får alla inlägg i temats trådar."),
    Level.MENTIONS: text("Du får mail när någon svarar, nämner eller citerar dig i temats trådar."),
    Level.NONE: text("Du får inga mail om temats trådar."),
}


def told_in(thread: Thread, effective: Effective) -> str:
    """What the reader gets from a thread, and which choice makes it so."""
    sentence = IN_THREAD.get((effective.source, effective.level), DEFAULT)
    return gettext(sentence, theme=thread.theme.name(language()))


def told_of(subject: Meeting | Theme, level: Level | None) -> str:
    """What the reader has chosen for a meeting or a theme."""
    return gettext((OF_MEETING if isinstance(subject, Meeting) else OF_THEME)[level])
