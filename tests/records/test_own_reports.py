"""A coordinator of whom something was reported does not find out from the log who did it."""

from tests.moderation.cases import report
from tests.records.test_audit import PATH, titles

MADE = "report.make"


def log(client, asked=""):
    return client.raw.get(f"{PATH}.csv{asked}", buffered=True).get_data(as_text=True)


def test_the_log_tells_nobody_who_has_reported_them(client, cast, make):
    mine = make.post(cast.thread, cast.coordinator, "Det här skrev jag själv.")
    reporter = client.another().sign_in(cast.other_representative)
    for thing in (f"/posts/{mine.id}", f"/members/{cast.coordinator.id}"):
        assert report(reporter, thing).status == 200
    client.sign_in(cast.coordinator)
    by = f"?member={cast.other_representative.id}"
    for asked in ("", by, "?group=moderation", "?subject=report:1"):
        assert MADE not in log(client, asked)
        assert not any("anmäl" in title.lower() for title in titles(client.get(PATH + asked)))
    assert report(reporter, f"/posts/{cast.post.id}").status == 200
    assert log(client, by).count(MADE) == 1

    other = make.member("Malin Ek", email="malin.ek@example.org")
    make.role(other, "coordinator")
    assert log(client.another().sign_in(other)).count(MADE) == 3
