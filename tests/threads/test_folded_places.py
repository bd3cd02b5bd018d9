"""The names of places in a thread tell nothing of what is folded there."""

LABEL = "Enkäten är klar"


def test_a_milestone_is_folded_with_its_post(client, cast, make):
    thread = make.thread(cast.meeting, cast.theme, write_first=True)
    make.post(thread, cast.convenor, "Vi har frågat alla.", milestone=LABEL)
    at = f"/threads/{thread.id}"
    client.sign_in(cast.representative)
    assert LABEL not in client.get(at).text
    assert LABEL in client.another().sign_in(cast.convenor).get(at).text
    make.post(thread, cast.representative, "Vi har inte frågat någon.")
    assert LABEL in client.get(at).text
