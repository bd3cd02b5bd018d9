"""A thread of a hundred thousand posts opens as one of ten: as many statements, and no more work for them."""

import contextlib

import pytest
from sqlalchemy import Engine, event, text

from kloss_intranet.threads.models import Thread
from kloss_intranet.threads.queries import PAGE
from tests.conftest import recorded

MANY = 100_000
# Experiences by turns from the cast's two institutions, a minute between them, half before the meeting.
FILL = """
WITH RECURSIVE n(seq) AS (SELECT :first UNION ALL SELECT seq + 1 FROM n WHERE seq < :last)
INSERT INTO posts (thread_id, seq, root_seq, kind, aspect, factor, body, body_html, policy, posted_at,
  member_id, institution_id, signed_name, as_guest, version)
SELECT :thread, seq, seq, 'experience', 'method', CASE seq % 3 WHEN 0 THEN 'helping' ELSE 'neither' END,
  'Vi började i det lilla.', '<p>Vi började i det lilla.</p>', 1,
  strftime('%Y-%m-%d %H:%M:%f000', :starts, ((seq - :middle) || ' minutes')), :member,
  CASE seq % 2 WHEN 0 THEN :one ELSE :other END, 'Cecilia Älv', 0, 1 FROM n
"""
# Statements, not counting BEGIN, that each page may take when all it keeps has been drawn.
PAGES = {
    "first": ("/threads/{id}", 8),
    "deep": ("/threads/{id}?first={deep}", 8),
    "narrowed": ("/threads/{id}?aspect=method&first={deep}", 8),
    "sides": ("/threads/{id}?view=sides", 5),
    "new": ("/new", 3),
    "home": ("/", 14),
    "list": ("/meetings/bjorko", 17),
}
BOUNDED = {"first", "deep", "narrowed", "new", "home", "list"}


def fill(make, cast, first, last):
    with make.session() as session:
        session.execute(
            text(FILL),
            {
                "thread": cast.thread.id,
                "first": first,
                "last": last,
                "middle": last // 2,
                "starts": f"{cast.meeting.starts_at:%Y-%m-%d %H:%M:%S}",
                "member": cast.steering.id,
                "one": cast.mandate.institution_id,
                "other": cast.other_mandate.institution_id,
            },
        )
        thread = session.get(Thread, cast.thread.id)
        thread.last_seq, thread.changes = last, thread.changes + 1


@contextlib.contextmanager
def worked():
    """Counts how much the database works: its virtual machine's instructions, in hundreds."""
    hundreds = [0]

    def note():
        hundreds[0] += 1

    def begin(connection, *_rest):
        connection.set_progress_handler(note, 100)

    event.listen(Engine, "checkout", begin)
    try:
        yield hundreds
    finally:
        event.remove(Engine, "checkout", begin)


def costs(client, cast, last):
    """For each page the statements, and the work of the first time and of the next."""
    found = {}
    for name, (path, _most) in PAGES.items():
        deep = max(last // PAGE // 2 * PAGE, 0) + 1
        address = path.format(id=cast.thread.id, deep=deep)
        with worked() as fresh:
            assert client.get(address).status == 200
        with recorded() as sent:
            client.get(address)
        found[name] = (len([line for line in sent if not line.startswith("BEGIN")]), fresh[0])
    return found


def test_pages_cost_the_same_at_a_hundred_thousand_posts(client, make, cast):
    client.sign_in(cast.representative)
    fill(make, cast, 2, 10)
    least = costs(client, cast, 10)
    fill(make, cast, 11, PAGE * 4)
    few = costs(client, cast, PAGE * 4)
    fill(make, cast, PAGE * 4 + 1, MANY)
    many = costs(client, cast, MANY)
    for name, (_path, most) in PAGES.items():
        assert many[name][0] == few[name][0] == least[name][0] <= most, (name, least[name], many[name])
    for name in BOUNDED:
        assert many[name][1] <= few[name][1] * 1.5 + 20, (name, few[name], many[name])


@pytest.mark.parametrize("first", [1, MANY // 2 + 1])
def test_a_page_of_a_long_thread_is_one_page(client, make, cast, first):
    fill(make, cast, 2, 10_000 if first == 1 else MANY)
    client.sign_in(cast.representative)
    page = client.get(f"/threads/{cast.thread.id}?first={first}")
    assert len(page.root.all("article")) == PAGE
