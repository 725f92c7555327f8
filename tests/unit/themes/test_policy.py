"""The policy of a page: frames of some hosts more, and nothing that a host's name could smuggle in."""

from __future__ import annotations

from blognet.themes.policy import content_policy, headers, with_frames


def test_frames_are_allowed_from_exactly_the_hosts_of_a_page() -> None:
    policy = with_frames(content_policy(()), ("player.vimeo.com", "tube.example.org"))
    assert "; frame-src https://player.vimeo.com https://tube.example.org; " in policy
    assert policy.replace(
        "frame-src https://player.vimeo.com https://tube.example.org; ", ""
    ) == content_policy(())


def test_hosts_that_the_network_allows_stay_allowed_beside_them() -> None:
    policy = with_frames(content_policy(("images.example.org",)), ("player.vimeo.com",))
    assert policy.count("frame-src") == 1
    assert "frame-src https://player.vimeo.com https://images.example.org;" in policy


def test_without_frames_and_with_a_name_that_is_none_the_policy_stays() -> None:
    assert with_frames(content_policy(()), ()) == content_policy(())
    assert with_frames(content_policy(()), ("a; script-src *",)) == content_policy(())


def test_the_header_allows_the_frames_and_the_script_of_any_page() -> None:
    sent = dict(headers((), scripts=True, frames=("player.vimeo.com",)))
    assert "frame-src https://player.vimeo.com;" in sent["Content-Security-Policy"]
    assert "script-src 'self'" in sent["Content-Security-Policy"]
