"""Four meetings ahead, who has hosted when, and who offers to."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from kloss_intranet.core import clock
from kloss_intranet.history.importer import import_history
from kloss_intranet.history.reader import DATA, read
from kloss_intranet.meetings.models import MeetingMode, MeetingState
from kloss_intranet.members.models import Institution
from kloss_intranet.planning.models import HostOffer, Term
from kloss_intranet.planning.services import offers

PLANNING, OFFERS = "/planning/", "/planning/offers"


def test_the_next_four_with_what_is_missing(client, cast, make):
    late = datetime(2040, 5, 1, 8, tzinfo=UTC)
    make.meeting("Den digitala", starts_at=late, mode=MeetingMode.DIGITAL, place=None, times_known=False)
    make.meeting("Den inställda", starts_at=late, state=MeetingState.CANCELLED)
    client.sign_in(cast.representative)
    page = client.get(PLANNING)
    assert "Saknas: adress, tema, program, minuter i dagordningen, ansvariga i dagordningen" in page.text
    assert "Saknas: värd, länk, klockslag, tema, program, dagordning" in page.text
    assert "Den inställda" not in page.text
    assert page.text.count("Ingen träff är planerad") == 2
    assert f"/meetings/{cast.meeting.slug}/edit" in page.links
    assert "/planning/new" not in page.links


@pytest.mark.any_database
def test_the_ledger_tells_who_hosted_when_since_2017(client, make):
    with make.session():
        import_history(read(DATA))
    someone = make.member("Agnes Björk")
    make.mandate(someone)
    client.sign_in(someone)
    page = client.get(PLANNING)
    rows = {row.all("th")[0].text: row.text for row in page.root.all("tr") if row.all("td")}
    assert "10 oktober 2017 , Stockholm" in rows["Kungliga Tekniska högskolan"]
    assert "26 oktober 2023" in rows["Åbo Akademi"]
    names = [*rows]
    assert names.index("Umeå universitet") < names.index("Åbo Akademi") < names.index("Örebro universitet")
    (never,) = [part for part in page.root.all("ul") if part.attrs.get("class") == "names"]
    assert not {*rows} & {item.text for item in never.all("li")}
    with make.session() as session:
        every = session.scalar(select(func.count()).select_from(Institution))
    assert len(rows) + len(never.all("li")) == every
    assert "/planning/" in client.get("/meetings/").links


@pytest.mark.any_database
def test_a_representative_offers_and_takes_it_back(client, cast, make):
    year, term = offers.coming_terms(clock.today())[0]
    client.sign_in(cast.representative)
    typed = {"term": f"{year}-{term}", "note": "Gärna med grannen"}
    page = client.post(OFFERS, typed, form_on=PLANNING)
    assert "Gärna med grannen" in page.text
    again = client.post(OFFERS, typed, form_on=PLANNING)
    assert again.status == 422
    assert "redan erbjudit sig" in again.text
    assert again.form(OFFERS)["note"] == "Gärna med grannen"
    assert client.post(OFFERS, {"term": "1999-spring"}, form_on=PLANNING).status == 422
    with make.session() as session:
        (row,) = session.scalars(select(HostOffer)).all()
    assert (row.institution_id, row.offered_by_id) == (cast.institution.id, cast.representative.id)
    back = f"{OFFERS}/{row.id}/withdrawals"
    client.sign_in(cast.other_representative)
    assert "Gärna med grannen" in client.get(PLANNING).text
    assert client.post(back).status == 403
    client.sign_in(cast.representative)
    assert "Gärna med grannen" not in client.post(back, form_on=PLANNING).text
    client.post(OFFERS, {"term": f"{year}-{term}"}, form_on=PLANNING)
    with make.session() as session:
        (row,) = session.scalars(select(HostOffer)).all()
    assert (row.withdrawn_at, row.note) == (None, None)


def test_one_without_a_seat_offers_nothing(client, cast):
    client.sign_in(cast.coordinator)
    with pytest.raises(KeyError):
        client.get(PLANNING).form(OFFERS)
    assert client.post(OFFERS, {"term": "2028-spring"}).status == 403
    for who in (cast.host, cast.guest, cast.former):
        client.sign_in(who)
        assert client.get(PLANNING).status == 403
        assert PLANNING not in client.get("/meetings/").links


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 6, 30), (2026, Term.AUTUMN)),
        (date(2026, 7, 1), (2027, Term.SPRING)),
        (date(2026, 12, 31), (2027, Term.SPRING)),
    ],
)
def test_the_coming_term_follows_the_day(day, first):
    assert offers.coming_terms(day)[0] == first
