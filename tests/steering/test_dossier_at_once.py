"""Of two who work on a dossier at the same moment nobody overwrites the other, however often they meet."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from kloss_intranet.core.words import Refusal
from kloss_intranet.steering.models import Part
from kloss_intranet.steering.queries import dossiers as reading
from kloss_intranet.steering.services import parts as writing
from tests.steering.desk import add, dossiers, draft, parts

ROUNDS = 100


@pytest.mark.any_database
def test_a_hundred_rounds_of_two_overwrite_nothing(client, make, cast):
    """In each round both write, or both move, with what both saw: one gets through, the other is told."""
    client.sign_in(cast.steering)
    for body in ("Början", "Granne"):
        add(client, cast.question, body)
    part, neighbour = parts(make)
    together = threading.Barrier(2)

    def act(who, number, seen, order):
        together.wait()
        try:
            with make.session():
                here = reading.piece(part.id).part
                if number % 4 == 0:
                    way = writing.Way.DOWN if here.position < neighbour.position else writing.Way.UP
                    return writing.move(here, way, order, who)
                return writing.write(here, writing.heading(f"{number} av {who}"), False, seen, who)
        except Refusal as refusal:
            return refusal.status

    with ThreadPoolExecutor(2) as pool:
        for number in range(1, ROUNDS + 1):
            with make.session() as session:
                seen = session.get(Part, part.id)
                version, position = seen.version, seen.position
                neighbour = session.get(Part, neighbour.id)
                order = reading.dossier(cast.question.id).version
            who = (cast.steering.id, cast.coordinator.id)
            sent = [pool.submit(act, each, number, version, order) for each in who]
            answers = [each.result() for each in sent]
            assert sorted(answers) == [True, 409], number
            winner = who[answers.index(True)]
            with make.session() as session:
                kept = session.get(Part, part.id)
                if number % 4 == 0:
                    assert (kept.version, kept.position != position) == (version, True)
                else:
                    assert (kept.version, kept.body) == (version + 1, f"{number} av {winner}")


@pytest.mark.any_database
def test_eight_who_begin_at_once_make_one_dossier(client, make, cast):
    client.sign_in(cast.steering)
    sent = {"csrf_token": client.token(), "kind": "words"}
    cookie = client.raw.get_cookie("kloss")
    senders = [client.app.test_client() for _ in range(8)]
    together = threading.Barrier(len(senders))

    def send(number):
        senders[number].set_cookie("kloss", cookie.value)
        together.wait()
        body = {"body": f"Nummer {number}."}
        return senders[number].post(f"{draft(cast.question)}/parts", data=sent | body).status_code

    with ThreadPoolExecutor(len(senders)) as pool:
        assert set(pool.map(send, range(8))) == {303}
    assert len(dossiers(make)) == 1
    assert {part.body for part in parts(make)} == {f"Nummer {number}." for number in range(8)}
    assert len({part.position for part in parts(make)}) == 8
