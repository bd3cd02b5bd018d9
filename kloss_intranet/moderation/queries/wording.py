"""What acts and the things they are about are called, for lists and filters."""

from ...core.words import text
from ..models import Act, SubjectKind

ACTS = {
    Act.DISMISS: text("Avslutat utan åtgärd"),
    Act.ASK: text("Ändring begärd"),
    Act.HIDE: text("Dolt"),
    Act.RESTORE: text("Visat igen"),
    Act.KEEP: text("Prövat igen, oförändrat"),
    Act.MOVE: text("Flyttat"),
    Act.MERGE: text("Sammanslaget"),
    Act.SPLIT: text("Delat"),
    Act.LOCK: text("Låst"),
    Act.UNLOCK: text("Upplåst"),
    Act.PIN: text("Fäst"),
    Act.UNPIN: text("Inte längre fäst"),
    Act.MARK: text("Märkt som milstolpe"),
    Act.UNMARK: text("Inte längre milstolpe"),
}
KINDS = {
    SubjectKind.POST: text("Inlägg"),
    SubjectKind.ATTACHMENT: text("Filer vid inlägg"),
    SubjectKind.MEMBER: text("Presentationer"),
    SubjectKind.THREAD: text("Trådar"),
}
