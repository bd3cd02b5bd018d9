"""What can be done to a question."""

from .states import bring_back, carry_on, treat
from .treatments import put_on
from .turns import hold

__all__ = ["bring_back", "carry_on", "hold", "put_on", "treat"]
