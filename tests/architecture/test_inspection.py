"""The inspection of pages sees what it is there to see."""

import pytest

from tests.page import faults, read

GOOD = (
    '<html lang="sv"><head><title>Träffar · KLOSSnet</title></head><body><header><nav></nav></header>'
    '<main id="main"><h1>Träffar</h1><a href="#main">Upp</a></main><footer></footer></body></html>'
)


def test_a_good_page_has_no_fault():
    assert faults(read(GOOD)) == []


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        (' lang="sv"', "", "no lang"),
        ("Träffar ·", "·", "title"),
        ("</h1>", "</h1><h1>Till</h1>", "2 h1"),
        ("</h1>", "</h1><h3>Under</h3>", "skips a level"),
        ("</h1>", '</h1><input name="q">', "no label"),
        ("</h1>", '</h1><p id="main">', "stands 2 times"),
        ("</h1>", '</h1><form method="post"></form>', "csrf_token"),
        ("</h1>", "</h1><script>1</script>", "script inside"),
        ("</h1>", '</h1><p style="top: 0">', "has style"),
        ("</h1>", '</h1><p onclick="1">', "has onclick"),
        ("</h1>", "</h1><a href='/'></a>", "without words"),
        ("#main", "#gone", "missing 'gone'"),
        ("<footer></footer>", "", "no footer"),
    ],
)
def test_a_fault_is_seen(good, bad, said):
    assert said in "; ".join(faults(read(GOOD.replace(good, bad))))
