"""Who has reported, and in which words, is for coordinators: nobody else meets it, on pages or in letters."""

import pytest
from sqlalchemy import select

from kloss_intranet.mail.models import Letter
from tests.architecture.test_leaks import places
from tests.moderation.cases import act, report

NAME, WORDS = "Vibeke Xylander", "Kvartsglimmerskiffer"


@pytest.fixture
def reporter(make, client, cast):
    """Has reported all there is of the representative's, of which one thing is hidden and one waits."""
    member = make.member(NAME, email="vibeke@example.org")
    make.mandate(member, make.institution("Kvarnby högskola"))
    client.sign_in(member)
    for thing in (
        f"/posts/{cast.post.id}",
        f"/attachments/{cast.attachment.id}",
        f"/members/{cast.representative.id}",
    ):
        assert report(client, thing, words=WORDS).status == 200
    client.sign_in(cast.coordinator)
    assert act(client, f"/posts/{cast.post.id}/hidings").status == 200
    asked = {"to_author": "Skriv din titel som den är."}
    assert act(client, f"/moderation/members/{cast.representative.id}/requests", **asked).status == 200
    return member


@pytest.mark.usefixtures("reporter")
@pytest.mark.parametrize("who", ["representative", "other_representative", "steering", "guest", "former"])
def test_the_words_stand_nowhere(app, make, cast, client, who):
    client.sign_in(getattr(cast, who))
    assert places(app, make, client, (WORDS,)) == {WORDS: []}


@pytest.mark.usefixtures("reporter")
def test_the_author_meets_the_name_only_where_members_are_listed(app, make, cast, client):
    client.sign_in(cast.representative)
    lists = ("/members/", f"/meetings/{cast.meeting.slug}/participants")
    found = places(app, make, client, (NAME,))[NAME]
    assert [path for path in found if not path.startswith(lists)] == []


@pytest.mark.usefixtures("reporter")
def test_the_coordinator_meets_them_in_the_queue(app, make, cast, client):
    client.sign_in(cast.coordinator)
    found = places(app, make, client, (WORDS,))[WORDS]
    assert {"/moderation/", f"/moderation/posts/{cast.post.id}"} <= set(found)
    assert all(path.startswith("/moderation/") for path in found)


@pytest.mark.usefixtures("reporter")
def test_no_letter_but_the_receipt_says_who_or_what(make):
    with make.session() as session:
        letters = session.scalars(select(Letter)).all()
    assert len(letters) > 5
    for letter in letters:
        said = letter.subject + letter.plain + letter.html
        assert NAME not in said, letter.key
        assert (WORDS in said) is letter.key.startswith("receipt:"), letter.key
