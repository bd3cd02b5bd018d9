"""Who asks through the proxy: it alone is believed, and about the last address alone."""

import threading
from http.client import HTTPConnection

import pytest
from waitress.server import create_server

from kloss_intranet.commands import behind
from kloss_intranet.core.config import BadSetting, read_settings


def asked(proxy, header):
    """The address that an application behind waitress is told of, when asked from this machine."""

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["REMOTE_ADDR"].encode()]

    server = create_server(application, host="127.0.0.1", port=0, threads=1, **behind(proxy))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    connection = HTTPConnection("127.0.0.1", int(server.effective_port), timeout=5)
    try:
        connection.request("GET", "/", headers={"X-Forwarded-For": header} if header else {})
        return connection.getresponse().read().decode()
    finally:
        connection.close()
        server.trigger.pull_trigger(server.close)
        thread.join(5)


@pytest.mark.parametrize(
    ("proxy", "header", "seen"),
    [
        ("", "192.0.2.7", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("192.0.2.1", "192.0.2.7", "127.0.0.1"),
    ],
)
def test_the_proxy_alone_is_believed(proxy, header, seen):
    assert asked(proxy, header) == seen


def test_the_proxy_is_an_address(tmp_path):
    given = {"instance": tmp_path, "secret_key": "x" * 40}
    assert read_settings(**given, proxy="2001:db8::1").proxy == "2001:db8::1"
    for bad in ("*", "proxy.example.org", "127.0.0.1/8"):
        with pytest.raises(BadSetting, match="KLOSS_PROXY"):
            read_settings(**given, proxy=bad)
