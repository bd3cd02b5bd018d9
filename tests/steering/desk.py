"""A dossier being drafted in a browser, and the rows it makes."""

from sqlalchemy import select

from kloss_intranet.core import clock, text
from kloss_intranet.steering.models import Citation, Dossier, Edition, Part, PartKind


def draft(question):
    return f"/steering/dossiers/{question.id}"


def add(client, question, body, kind="words", after=0, **data):
    here = draft(question)
    return client.post(f"{here}/parts", {"body": body} | data, f"{here}/parts/new?kind={kind}&after={after}")


def pick(client, post, passage, place=None, **data):
    here = f"/posts/{post.id}/citations"
    chosen = {"place": place} if place else {}
    return client.post(here, {"body": passage} | chosen | data, f"{here}/new")


def press(client, page, path, **data):
    """Press a button of the draft that sends the form of all parts to `path`."""
    form = next(form for form in page.root.all("form") if form.attrs.get("id") == "part-acts")
    hidden = {entry.attrs["name"]: entry.attrs["value"] for entry in form.all("input")}
    return client.post(path, hidden | data)


def publish(client, question):
    here = draft(question)
    return client.post(f"{here}/editions", {}, f"{here}/publish")


def rows(make, table):
    with make.session() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def parts(make):
    """The standing parts, in their order."""
    found = [part for part in rows(make, Part) if part.removed_at is None]
    return sorted(found, key=lambda part: (part.position, part.id))


def citations(make):
    return rows(make, Citation)


def dossiers(make):
    return rows(make, Dossier)


def editions(make):
    return rows(make, Edition)


def change(make, row, **columns):
    """Change a row behind the application's back."""
    with make.session() as session:
        kept = session.merge(row)
        for name, value in columns.items():
            setattr(kept, name, value)


def reword(make, post, body):
    """What editing does to a post, as far as a citation can see."""
    change(make, post, body=body, body_html=text.to_html(body), version=post.version + 1)
    post.version += 1


def plant(make, question, by, marker, gone, taken_back):
    """A published dossier without `marker` and a draft full of it; both cite `taken_back`, out of `gone`."""
    now = clock.now()
    wrote = {"written_at": now, "written_by_id": by.id, "policy": text.POLICY}
    dossier = make.add(Dossier(question_id=question.id, begun_at=now, begun_by_id=by.id))
    for position, kind in enumerate((*PartKind, PartKind.WORDS), 1):
        body = "" if kind is PartKind.PASSAGE else marker
        part = Part(dossier_id=dossier.id, position=position, kind=kind, body=body, body_html=body, **wrote)
        part.removed_at = now if position == 4 else None
        make.add(part)
        if kind is PartKind.PASSAGE:
            picked = {"post_version": 1, "passage": taken_back, "picked_at": now, "picked_by_id": by.id}
            citation = make.add(Citation(part_id=part.id, post_id=gone.id, **picked))
            cited = {
                "kind": "passage",
                "part": part.id,
                "citation": citation.id,
                "post": gone.id,
                "version": 1,
            }
    content = [{"kind": "heading", "part": 1, "text": "Publicerat"}, cited | {"passage": taken_back}]
    make.add(
        Edition(dossier_id=dossier.id, number=1, content=content, published_at=now, published_by_id=by.id)
    )
