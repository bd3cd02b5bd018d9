"""A published dossier as files of its own."""

from dataclasses import dataclass
from datetime import datetime

from flask.typing import ResponseReturnValue

from ...core.access import me, requires
from ...core.policy import Permission
from ...questions import queries as questions
from ...questions.models import Question
from ...steering.queries.editions import Published, published
from ..models import Document
from ..services import dossiers
from ..services.keeping import Kind
from .blueprint import bp
from .handing import hand_out
from .speech import Spoken


@dataclass(frozen=True)
class Found:
    """A question and its dossier as the reader may read it."""

    question: Question
    edition: Published

    @property
    def known_at(self) -> datetime:
        return self.edition.known_at

    @property
    def document(self) -> Document:
        return dossiers.document(self.question, self.edition, Spoken())


def _found(question_id: int) -> Found | None:
    reader, question = me(), questions.exact(question_id)
    edition = published(question_id, None if reader.in_network else reader.reads_until)
    if question and edition is None and question.merged_into_id:
        return _found(question.merged_into_id)  # the dossier went along
    return Found(question, edition) if question and edition else None


@bp.get("/questions/<int:question_id>/dossier.pdf")
@requires(Permission.DOSSIER_READ, find=_found)
def dossier_pdf(found: Found) -> ResponseReturnValue:
    return _file(found, Kind.PDF)


@bp.get("/questions/<int:question_id>/dossier.docx")
@requires(Permission.DOSSIER_READ, find=_found)
def dossier_docx(found: Found) -> ResponseReturnValue:
    return _file(found, Kind.DOCX)


def _file(found: Found, kind: Kind) -> ResponseReturnValue:
    name, about = f"klossnet-{found.question.slug}", f"question:{found.question.id}"
    return hand_out(found.document, kind, name, "export.dossier", about)
