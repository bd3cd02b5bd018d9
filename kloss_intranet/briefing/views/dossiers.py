"""A published dossier as files of its own."""

from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.policy import Permission
from ...steering.queries.reading import Readable, readable
from ..services import dossiers
from ..services.keeping import Kind
from .blueprint import bp
from .handing import hand_out
from .speech import Spoken


def _published(question_id: int) -> Readable | None:
    return readable(question_id, me())


@bp.get("/questions/<int:question_id>/dossier.pdf")
@requires(Permission.DOSSIER_READ, find=_published)
def dossier_pdf(found: Readable) -> ResponseReturnValue:
    return _hand_out(found, Kind.PDF)


@bp.get("/questions/<int:question_id>/dossier.docx")
@requires(Permission.DOSSIER_READ, find=_published)
def dossier_docx(found: Readable) -> ResponseReturnValue:
    return _hand_out(found, Kind.DOCX)


def _hand_out(found: Readable, kind: Kind) -> ResponseReturnValue:
    document = dossiers.document(found.question, found.edition, Spoken())
    name, about = f"klossnet-{found.question.slug}", f"question:{found.question.id}"
    return hand_out(document, kind, name, "export.dossier", about)
