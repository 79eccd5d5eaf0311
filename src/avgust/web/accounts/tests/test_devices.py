"""A session's browser in words."""

import pytest

from avgust.web.accounts.templatetags.devices import device

HEADERS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0": "Firefox, Windows",
    "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0 Safari/537.36": "Chrome, Windows",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 YaBrowser/24.1 Safari/537.36": "Yandex Browser, Linux",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/17.4 Safari/604.1": "Safari, iPhone",
    "curl/8": "неизвестный браузер",
}


@pytest.mark.parametrize(("header", "said"), HEADERS.items(), ids=HEADERS.values())
def test_device(header: str, said: str) -> None:
    assert device(header) == said
