"""The pages of meetings, over the imported history."""

import pytest

from kloss_intranet.history.importer import import_history
from kloss_intranet.history.reader import DATA, read


@pytest.fixture
def member(make, client):
    """A client with a member of the network signed in, over the network's history."""
    with make.session():
        import_history(read(DATA))
    someone = make.member("Agnes Björk")
    make.mandate(someone)
    return client.sign_in(someone)


@pytest.mark.parametrize(
    ("slug", "label"),
    [
        ("2017-03-08-uppsala", "Träff i Uppsala 8 mars 2017"),
        ("2020-04-29-digitalt", "Digital träff 29 april 2020"),
        ("2022-07-06-almedalen", "Rundabordssamtal samverkansmeritering i Almedalen"),
        ("2022-10-27", "Träff 27 oktober 2022"),
        ("2023-10-26-abo", "Träff hos Åbo Akademi 26 oktober 2023"),
    ],
)
def test_a_meeting_is_called_by_what_is_known_of_it(member, slug, label):
    assert member.get(f"/meetings/{slug}").root.all("h1")[0].text == label


def test_gaps_show_and_the_source_is_named(member):
    text = member.get("/meetings/2022-10-27").text
    assert "Dagordning uppgift saknas i källan" in text
    assert "Värd uppgift saknas i källan" in text
    assert "Uppgifterna kommer från nätverkets sida hos KTH, 27 februari 2024." in text


def test_a_guest_the_title_already_names_is_not_named_twice(member):
    assert member.get("/meetings/2019-05-23-umea").text.count("Maria Landgren") == 1


def test_the_agenda_and_the_question_lead_to_each_other(member):
    page = member.get("/meetings/2018-04-12-goteborg")
    to_question = next(
        link for link in sorted(page.links) if link.startswith("/questions/") and link[-1].isdigit()
    )
    assert any(link.startswith("/meetings/2018-04-12-goteborg#") for link in member.get(to_question).links)


def test_the_list_can_be_narrowed(member):
    assert len(meetings_on(member.get("/meetings/"))) == 16
    assert meetings_on(member.get("/meetings/?host=abo")) == {"/meetings/2023-10-26-abo"}
    assert meetings_on(member.get("/meetings/?guest=UKÄ")) == {"/meetings/2019-11-06-falun"}
    assert len(meetings_on(member.get("/meetings/?year=2022"))) == 3
    assert meetings_on(member.get("/meetings/?host=uu&year=2022")) == set()
    assert "1 träff passar in på det du har valt." in member.get("/meetings/?host=abo").text


def test_a_meeting_that_has_been_says_so_and_leads_to_all_its_parts(member):
    page = member.get("/meetings/2018-04-12-goteborg")
    assert {"#programme", "#agenda", "#threads"} <= set(page.links)
    assert "#sign-up" not in page.links
    assert "Ordna träffen" not in page.text


def test_a_question_under_several_items_stands_once(make, member):
    meeting = make.meeting()
    items = [make.agenda_item(meeting, title) for title in ("Samtal", "Mer samtal")]
    question = make.question(items=tuple(items))
    page = member.get(f"/meetings/{meeting.slug}")
    assert page.text.count(question.title) == 1
    assert {f"#item-{item.position}" for item in items} <= page.links


def test_an_address_with_odd_characters_finds_nothing_and_breaks_nothing(member):
    assert member.get("/meetings/?guest=%00&host=%E2%80%AE&year=tjugo").status == 200
    assert meetings_on(member.get("/meetings/?theme=%27--")) == set()


def test_an_institution_remembers_what_it_has_hosted(member):
    assert "/meetings/2023-10-26-abo" in member.get("/members/institutions/abo").links


def test_both_clocks_are_told_when_the_meeting_is_in_another_zone(make, member):
    meeting = make.meeting(time_zone="Europe/Helsinki")
    assert "Klockslagen är lokal tid i Helsingfors." in member.get(f"/meetings/{meeting.slug}").text


def test_swedish_titles_are_marked_on_english_pages(make, member):
    someone = make.member(language="en")
    make.mandate(someone)
    page = member.another().sign_in(someone).get("/meetings/2018-04-12-goteborg")
    titles = [part for part in page.root.all("div") if "entry-body" in part.attrs.get("class", "")]
    assert titles
    assert {part.attrs.get("lang") for part in titles} == {"sv"}


def meetings_on(page):
    return {link.split("#")[0] for link in page.links if link.startswith("/meetings/2")}
