"""A question's way through the meetings."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from kloss_intranet.history.importer import import_history
from kloss_intranet.history.reader import DATA, read
from kloss_intranet.questions.models import Question
from kloss_intranet.questions.views import labels


@pytest.fixture
def member(make, client):
    with make.session():
        import_history(read(DATA))
    someone = make.member()
    make.mandate(someone)
    return client.sign_in(someone)


def test_k3_followed_seven_meetings_in_order(make, member):
    with make.session() as session:
        k3 = session.scalar(select(Question.id).where(Question.slug == "k3-projects"))
    page = member.get(f"/questions/{k3}")
    assert "Behandlad vid 7 träffar, senast behandlad för" in page.text
    course = next(part for part in page.root.all("ol") if part.attrs.get("class") == "course")
    links = [link.attrs["href"] for link in course.all("a") if "/meetings/" in link.attrs["href"]]
    assert [link.split("#")[0].removeprefix("/meetings/") for link in links] == [
        "2017-10-10-stockholm",
        "2018-04-12-goteborg",
        "2018-10-16-malmo",
        "2019-05-23-umea",
        "2019-11-06-falun",
        "2020-04-29-digitalt",
        "2021-11-10-oru",
    ]


def test_a_former_member_sees_only_the_meetings_of_their_time(cast, client):
    page = client.sign_in(cast.former).get(f"/questions/{cast.question.id}")
    assert "Träff i Åsnes" in page.text
    assert "Träff i Björkö" not in page.text


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (datetime(2026, 11, 1, tzinfo=UTC), "för mindre än en månad sedan"),
        (datetime(2026, 10, 23, tzinfo=UTC), "för 1 månad sedan"),
        (datetime(2026, 4, 20, tzinfo=UTC), "för 7 månader sedan"),
        (datetime(2024, 11, 24, tzinfo=UTC), "för 23 månader sedan"),
        (datetime(2024, 11, 23, tzinfo=UTC), "för 2 år sedan"),
    ],
)
def test_how_long_ago_is_said_in_whole_months(app, then, told):
    with app.test_request_context(headers={"Accept-Language": "sv"}):
        assert labels.ago(then, datetime(2026, 11, 23, tzinfo=UTC)) == told
