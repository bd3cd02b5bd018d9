"""Sentences that rules speak, marked for translation without knowing the web."""


def text(sentence: str) -> str:
    """Mark `sentence` (Swedish) for the catalogues; the page translates it when it is shown."""
    return sentence


class Refusal(Exception):
    """A rule said no. `sentence` is Swedish and translatable; `field` names the form field it is about."""

    def __init__(
        self, sentence: str, *, field: str | None = None, status: int = 422, **values: object
    ) -> None:
        super().__init__(sentence)
        self.sentence, self.field, self.status, self.values = sentence, field, status, values
