"""What is put into a page on its way to the browser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blognet.preview.dress import Banner, Live, dressed, widened
from blognet.themes.policy import content_policy

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;self&#39;">
<meta name="robots" content="index">
<title>A</title>
</head>
<body class="post">
<p>Text with &lt;/head&gt; in it.</p>
</body>
</html>
"""
LIVE = Live(script="/s.js", events="/events", mark="m", styles="c")


def test_the_policy_is_widened_by_the_preview_alone() -> None:
    assert widened(content_policy(())) == (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none';"
        " form-action 'none'; script-src 'self'; connect-src 'self'"
    )


def test_a_policy_that_forbids_scripts_outright_lets_ours_through() -> None:
    assert widened("script-src 'none'; style-src https://a.example") == (
        "script-src 'self'; style-src https://a.example 'self'; connect-src 'self'"
    )


def test_an_approved_page_differs_in_the_places_that_are_known_and_in_no_other() -> None:
    html = dressed(PAGE, style="/p.css", banner=None, live=LIVE, noindex=False)

    bare = html.replace(
        '<link rel="stylesheet" href="/p.css">\n'
        '<script src="/s.js" data-events="/events" data-mark="m" data-styles="c" defer></script>\n',
        "",
    ).replace("; script-src &#x27;self&#x27;; connect-src &#x27;self&#x27;", "")
    assert bare.replace("&#x27;", "&#39;") == PAGE


def test_a_page_written_to_a_folder_gets_no_script_and_keeps_its_policy() -> None:
    html = dressed(PAGE, style="p.css", banner=None, live=None, noindex=True)

    assert "<script" not in html
    assert 'default-src &#39;none&#39;; style-src &#39;self&#39;"' in html
    assert html.count('name="robots"') == 1
    assert '<meta name="robots" content="noindex">' in html


@given(text=st.text(), address=st.text())
def test_nothing_in_a_banner_is_markup(text: str, address: str) -> None:
    banner = Banner(state="new", text=text, links=(("there", address),))

    html = dressed(PAGE, style="", banner=banner, live=None, noindex=False)

    inside = html.partition('<aside class="blognet-banner"')[2].partition("</aside>")[0]
    assert inside.count("<") == 6
