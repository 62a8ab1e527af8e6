import pytest

from bot.domain.pictures.hosts import Hosts, shown_host

DISCORD = ("cdn.discordapp.com", "media.discordapp.net", "images-ext-1.discordapp.net")
HERE = ("127.0.0.1", "localhost", "[::1]", "proxy.example:8443", "127.0.0.2:9000")

ALLOWED = {
    "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1&is=2&hm=3&": DISCORD,
    "https://cdn.discordapp.com:443/attachments/1/2/a.png": DISCORD,
    "https://cdn.discordapp.com": DISCORD,
    "https://cdn.discordapp.com?x": DISCORD,
    "HTTPS://CDN.Discordapp.com/a.png": DISCORD,
    "https://images-ext-1.discordapp.net/external/x%2Fy/https/example.com/@a/b.png?c=d@e": DISCORD,
    "https://127.0.0.1/a.png": HERE,
    "http://127.0.0.1:43210/a.png": HERE,
    "http://localhost:1/a.png": HERE,
    "http://[::1]:8080/a.png": HERE,
    "https://proxy.example:8443/a.png": HERE,
    "http://127.0.0.2:9000/a.png": HERE,
}

REFUSED = {
    "http instead of https": "http://cdn.discordapp.com/a.png",
    "another port": "https://cdn.discordapp.com:8443/a.png",
    "port 80": "https://cdn.discordapp.com:80/a.png",
    "an empty port": "https://cdn.discordapp.com:/a.png",
    "no port at all": "https://cdn.discordapp.com:0/a.png",
    "a port too large": "https://cdn.discordapp.com:99999/a.png",
    "another host": "https://example.com/a.png",
    "a host that ends like it": "https://evilcdn.discordapp.com/a.png",
    "a host below it": "https://x.cdn.discordapp.com/a.png",
    "a host that begins like it": "https://cdn.discordapp.com.example.com/a.png",
    "a dot at the end": "https://cdn.discordapp.com./a.png",
    "a user": "https://cdn.discordapp.com@example.com/a.png",
    "a user of it": "https://someone@cdn.discordapp.com/a.png",
    "a user and a password": "https://a:b@cdn.discordapp.com/a.png",
    "an empty user": "https://@cdn.discordapp.com/a.png",
    "a user behind a fragment": "https://cdn.discordapp.com#@example.com/a.png",
    "a backslash for a slash": "https://cdn.discordapp.com\\@example.com/a.png",
    "a backslash in the path": "https://cdn.discordapp.com/\\example.com/a.png",
    "a backslash before": "https:\\\\cdn.discordapp.com/a.png",
    "three slashes": "https:///cdn.discordapp.com/a.png",
    "no slashes": "https:cdn.discordapp.com/a.png",
    "no scheme": "//cdn.discordapp.com/a.png",
    "another scheme": "file://cdn.discordapp.com/a.png",
    "a picture in itself": "data:image/png;base64,AAAA",
    "a space before": " https://cdn.discordapp.com/a.png",
    "a space within": "https://cdn.discordapp.com /a.png",
    "a tab in the host": "https://cdn.disc\tordapp.com/a.png",
    "a line's end after": "https://cdn.discordapp.com/a.png\n",
    "a line's end in the path": "https://cdn.discordapp.com/a.png\r\nHost: example.com",
    "letters that only look like it": "https://cdn.discоrdapp.com/a.png",
    "its letters in full width": "https://ｃdn.discordapp.com/a.png",
    "a long s for an s": "https://cdn.diſcordapp.com/a.png",
    "punycode that looks like it": "https://xn--cdn-5cd.discordapp.com/a.png",
    "escaped letters": "https://cdn%2ediscordapp.com/a.png",
    "a full stop of another script": "https://cdn。discordapp.com/a.png",
    "this machine": "https://127.0.0.1/a.png",
    "this machine as a number": "https://2130706433/a.png",
    "this machine in hexadecimal": "https://0x7f000001/a.png",
    "this machine in octal": "https://0177.0.0.1/a.png",
    "this machine in short": "https://127.1/a.png",
    "this machine by name": "https://localhost/a.png",
    "this machine as IPv6": "https://[::1]/a.png",
    "this machine mapped into IPv6": "https://[::ffff:127.0.0.1]/a.png",
    "every address": "https://0.0.0.0/a.png",
    "a private network": "https://10.0.0.1/a.png",
    "a private network of another kind": "https://192.168.1.1/a.png",
    "a cloud's own data": "http://169.254.169.254/latest/meta-data/",
    "a cloud's own data as IPv6": "http://[fd00:ec2::254]/latest/meta-data/",
    "nothing": "",
}

OTHER_NAMES_OF_THIS_MACHINE = (
    "http://2130706433:43210/a.png",
    "http://0x7f000001/a.png",
    "http://0177.0.0.1/a.png",
    "http://127.1/a.png",
    "http://127.0.0.1./a.png",
    "http://localhost./a.png",
    "http://127.0.0.3/a.png",
    "http://[::ffff:127.0.0.1]/a.png",
    "http://[0:0:0:0:0:0:0:1]/a.png",
    "http://127.0.0.2/a.png",
    "http://127.0.0.2:9001/a.png",
    "http://proxy.example:8443/a.png",
    "https://proxy.example/a.png",
)


@pytest.mark.parametrize("url", ALLOWED)
def test_a_picture_is_fetched_from_the_hosts_that_are_named(url: str) -> None:
    assert Hosts.of(ALLOWED[url]).allow(url)


@pytest.mark.parametrize("trick", REFUSED)
def test_no_picture_is_fetched_from_anywhere_else(trick: str) -> None:
    assert not Hosts.of(DISCORD).allow(REFUSED[trick])


@pytest.mark.parametrize("url", OTHER_NAMES_OF_THIS_MACHINE)
def test_a_host_is_asked_only_by_the_name_and_port_that_is_named(url: str) -> None:
    assert not Hosts.of(HERE).allow(url)


@pytest.mark.parametrize(
    "entry", ["https://cdn.discordapp.com", "a/b", "a@b", "a:0", "a b", "", "*", "cdn.discоrdapp.com"]
)
def test_a_host_that_is_written_wrongly_is_told(entry: str) -> None:
    with pytest.raises(ValueError, match="is not a host such as"):
        Hosts.of([entry])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com/a.png?x", "example.com"),
        ("https://cdn.discordapp.com@example.com:80/a", "cdn.discordapp.com@example.com:80"),
        ("//example.com/a", "example.com"),
        ("https:\\\\example.com\\a", "example.com"),
        ("https://[::1]:80/", "[::1]:80"),
        ("", ""),
    ],
)
def test_what_stands_for_the_host_is_shown_as_it_is(url: str, shown: str) -> None:
    assert shown_host(url) == shown
