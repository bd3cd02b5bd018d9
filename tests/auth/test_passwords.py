"""What a password must be, and how it is kept."""

import pytest

from kloss_intranet.auth import services
from kloss_intranet.core.words import Refusal


@pytest.mark.parametrize(
    "password",
    [
        "elva tecken",
        "x" * 129,
        "password12345",
        "Lösenord2026!",
        "qwertyqwerty",
        "aaaaaaaaaaaaa",
        "AgnesBjörk1!",
    ],
)
def test_an_easy_password_is_refused(password: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.check_password_rule(password, "Agnes Björk", "agnes@example.org")
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["tolv tecken!", "elva gröna tallar", "å" * 4 + "en sommardag i maj"])
def test_a_long_one_is_enough(password: str) -> None:
    services.check_password_rule(password, "Agnes Björk", "agnes@example.org")


def test_a_password_is_kept_as_argon2id() -> None:
    kept = services.hash_password("elva gröna tallar")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert services.verify(kept, "elva gröna tallar")
    assert not services.verify(kept, "elva gröna granar")
    assert not services.verify(None, "elva gröna tallar")
