"""The kinds of file that are taken, and what a content is called."""

from dataclasses import dataclass

from ...core.words import text

DAMAGED = text("Filen %(name)s är skadad eller ofullständig.")


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken; `name` is the same in every language."""

    name: str
    media_type: str
    endings: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True)
class Content:
    """What a content is called, and the kinds it may be kept as; none when it is not taken."""

    name: str
    kinds: tuple[Kind, ...] = ()


PDF = Kind("PDF", "application/pdf", ("pdf",))
PICTURES = (
    Kind("PNG", "image/png", ("png",)),
    Kind("JPEG", "image/jpeg", ("jpg", "jpeg")),
    Kind("WebP", "image/webp", ("webp",)),
)
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
OOXML = (
    Kind("Word", f"{_OOXML}wordprocessingml.document", ("docx",)),
    Kind("Excel", f"{_OOXML}spreadsheetml.sheet", ("xlsx",)),
    Kind("PowerPoint", f"{_OOXML}presentationml.presentation", ("pptx",)),
)
ODF = (
    Kind("OpenDocument Text", f"{_ODF}text", ("odt",)),
    Kind("OpenDocument Spreadsheet", f"{_ODF}spreadsheet", ("ods",)),
    Kind("OpenDocument Presentation", f"{_ODF}presentation", ("odp",)),
)
TEXTS = (Kind("TXT", "text/plain", ("txt",)), Kind("CSV", "text/csv", ("csv",)))
KINDS = (PDF, *OOXML, *ODF, *TEXTS, *PICTURES)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)
