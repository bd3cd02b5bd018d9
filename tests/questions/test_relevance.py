"""Why a question matters, one sentence each: changeable, never counted."""

import re

import pytest

from kloss_intranet.questions.models import Relevance
from tests.questions.asking import at, rows


def write(client, question, sentence, **options):
    return client.post(f"{at(question)}/relevances", {"sentence": sentence}, at(question), **options)


@pytest.mark.any_database
def test_a_sentence_is_written_changed_and_taken_back(client, make, cast):
    client.sign_in(cast.representative)
    page = write(client, cast.question, "Vi har\n inga salar.")
    assert (page.status, page.path) == (200, at(cast.question))
    assert "Vi har inga salar." in page.text
    assert "Agnes Björk" in page.text
    write(client, cast.question, "Vi har inga salar.")
    assert len(rows(make, Relevance)) == 1
    write(client, cast.question, "Vi har fått salar.")
    other = client.another().sign_in(cast.other_representative)
    page = other.get(at(cast.question))
    assert page.text.index("Vi har fått salar.") < page.text.index("Vi har inga salar.")
    assert "Earlier" in page.text or "Tidigare lydelser" in page.text
    back = client.post(f"{at(cast.question)}/relevance-withdrawals", form_on=at(cast.question))
    assert "Du tog tillbaka" in back.text
    for words in ("Vi har fått salar.", "Vi har inga salar."):
        assert words not in other.get(at(cast.question)).html
    client.post(f"{at(cast.question)}/relevance-withdrawals")
    kept = [row.sentence for row in rows(make, Relevance)]
    assert kept == [
        "Vi har inga salar.",
        "Vi har fått salar.",
        None,
    ]
    write(client, cast.question, "Salarna räcker.")
    page = other.get(at(cast.question))
    assert ("Salarna räcker." in page.html, "Vi har inga salar." in page.html) == (True, False)


def test_too_long_or_empty_is_refused_and_kept(client, make, cast):
    client.sign_in(cast.representative)
    for sentence, said in (("å" * 301, "högst 300 tecken"), (" ", "Skriv en mening")):
        page = write(client, cast.question, sentence)
        assert (page.status, said in page.text) == (422, True)
        assert page.form(f"{at(cast.question)}/relevances")["sentence"] == sentence.strip()
    assert write(client, cast.question, "å" * 300).status == 200


def test_they_stand_by_institution_in_swedish_order_and_are_not_counted(client, make, cast):
    for who in (cast.coordinator, cast.steering, cast.other_representative, cast.representative):
        write(client.sign_in(who), cast.question, f"Hos oss, säger {who.name}.")
    client.sign_in(cast.representative)
    page = client.get(at(cast.question))
    names = ["Agnes Björk", "Birger Åsling", "Cecilia Älv", "Elin Kvist"]
    places = [page.text.index(f"säger {name}.") for name in names]
    assert places == sorted(places)  # Björkö, Åsnes, Älvdal, and she who has no institution
    (section,) = (one for one in page.root.all("section") if one.attrs.get("id") == "relevance")
    without_days = re.sub(r"\d+ [a-zåäö]+ \d{4}", "", section.text)
    assert not re.search(r"\d", without_days)
    assert not re.search(r"\b(två|tre|fyra|fem)\b", without_days)


def test_who_reads_and_who_writes(client, make, cast):
    write(client.sign_in(cast.representative), cast.question, "Skriven i dag.")
    client.sign_in(cast.former)
    assert client.get(at(cast.question)).status == 200
    assert "Skriven i dag." not in client.get(at(cast.question)).html
    assert client.post(f"{at(cast.question)}/relevances", {"sentence": "Nej."}).status == 403
    for who in (cast.guest, cast.host):
        client.sign_in(who)
        assert client.post(f"{at(cast.question)}/relevances", {"sentence": "Nej."}).status == 404
    assert len(rows(make, Relevance)) == 1
