"""A theme: what the network keeps talking about, across meetings."""

from sqlalchemy.orm import Mapped, mapped_column

from ..core.db import Base


class Theme(Base):
    __tablename__ = "themes"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name_sv: Mapped[str]
    name_en: Mapped[str]

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_sv
