"""Nothing is put in order by how much it was approved of, read or answered: only by time, theme and name."""

import ast
import re

import pytest

from tests.architecture.catalogue import PACKAGE, ROOT, templates
from tests.architecture.routes import address, rules

# What rows may be put in order by. Times, and numbers given in the order of time:
TIMES = {
    "at",
    "created_at",
    "due_at",
    "ends_on",
    "id",
    "number",
    "posted_at",
    "proposed_at",
    "published_at",
    "queued_at",
    "review_on",
    "saved_at",
    "seq",
    "starts_at",
    "starts_on",
    "thread_id",
}
# Names, and the order that the network or an agenda itself has:
NAMES = {"name", "position", "sort_key", "theme_id", "title"}
OWN = {
    "nearest": "which of a member's own choices lies nearest to a post",
    "pinned_first": "which threads a coordinator has pinned at their meeting, with the reason on record",
}
# Ways of saying these, and what they are said of:
WAYS = {"asc", "desc", "func", "max", "min", "nulls_last"}
TALLIES = r"\b(similar|opposite|other_conditions|asks|last_seq|unread|count|sum|avg|relation|factor)\b"


def orders(tree):
    """The columns and names in every order_by, whether called or given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = isinstance(node.func, ast.Attribute) and node.func.attr == "order_by"
            yield from node.args if called else []
            for given in node.keywords:
                if given.arg == "order_by":
                    yield given.value


def words(part):
    """What an order is by: attributes, and names that stand for no table."""
    for node in ast.walk(part):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name) and node.id.islower():
            yield node.id
        elif isinstance(node, ast.Constant):
            yield str(node.value).split(".")[-1]


def by_count(source):
    """The words in the orders of `source` that are neither a time nor a name."""
    allowed = TIMES | NAMES | WAYS | {*OWN} | {"query", "table", "of_threads"}
    return [word for part in orders(ast.parse(source)) for word in words(part) if word not in allowed]


def test_rows_stand_in_the_order_of_time_or_name():
    for path in PACKAGE.rglob("*.py"):
        assert by_count(path.read_text("utf-8")) == [], path


@pytest.mark.parametrize(
    "bad",
    [
        "select(Thread).order_by(Thread.similar.desc())",
        "select(Post).order_by(func.count(Post.id))",
        "link(order_by='Post.likes')",
        "query.order_by(Meeting.starts_at, tally)",
    ],
)
def test_an_order_by_approval_would_be_seen(bad):
    assert by_count(bad)


def test_no_page_asks_the_database_for_an_order_by_count(app, cast, client, statements):
    client.sign_in(cast.steering)
    with statements() as sent:
        for rule in rules(app, "GET"):
            client.raw.get(address(rule, cast), buffered=True)
            if rule.endpoint == "threads.show":
                client.raw.get(f"{address(rule, cast)}?view=sides", buffered=True)
    said = [order for line in sent for order in re.findall(r"ORDER BY ([^()]*(?:\([^()]*\)[^()]*)*)", line)]
    assert len(said) > 10
    assert [order for order in said if re.search(TALLIES, order.split(" LIMIT")[0])] == []


CHOICES = (
    r"""[?&](?:sort|order)(?:_by)?=""",
    r"""<(?:input|select)[^>]*\bname=["'](?:sort|order)""",
    r"""args\.get\(["'](?:sort|order)""",
    r"""\b(?:sort|order)(?:_by)? = \w+Field\(""",
    r"""\|\s*(?:sort|dictsort)\b""",
)


def choices(source):
    """Where a page lets the reader choose an order, or a template makes one."""
    return [match for way in CHOICES for match in re.findall(way, source)]


def test_no_page_offers_another_order():
    sources = [*templates(), *PACKAGE.rglob("*.py"), *(ROOT / "static").rglob("*.js")]
    found = {path.name: choices(path.read_text("utf-8")) for path in sources if "built" not in path.parts}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "bad",
    ['<a href="?sort=likes">', '<select name="order">', 'request.args.get("sort")', "{{ posts|sort }}"],
)
def test_another_order_would_be_seen(bad):
    assert choices(bad)
