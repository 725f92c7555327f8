"""Which crawlers belong to AI companies, and what each is for. The one place to bring up to date.

The names are those that the operators tell people to write into ``robots.txt``; `LISTED` is the day on which the list
was last compared with what they say. A crawler that follows no rules is not kept out by any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LISTED = date(2026, 11, 22)


class Purpose(StrEnum):
    """What a crawler takes pages for."""

    TRAINING = "training"
    SEARCH = "search"
    ASSISTANTS = "assistants"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawler:
    """A name in ``robots.txt``, and who answers for it."""

    name: str
    operator: str
    purpose: Purpose


def _all_of(purpose: Purpose, *crawlers: tuple[str, str]) -> tuple[Crawler, ...]:
    return tuple(Crawler(name=name, operator=who, purpose=purpose) for name, who in crawlers)


CRAWLERS: tuple[Crawler, ...] = (
    *_all_of(
        Purpose.TRAINING,
        ("AI2Bot", "Allen Institute for AI"),
        ("Ai2Bot-Dolma", "Allen Institute for AI"),
        ("Amazonbot", "Amazon"),
        ("anthropic-ai", "Anthropic"),
        ("Applebot-Extended", "Apple"),
        ("Bytespider", "ByteDance"),
        ("CCBot", "Common Crawl"),
        ("ClaudeBot", "Anthropic"),
        ("cohere-ai", "Cohere"),
        ("cohere-training-data-crawler", "Cohere"),
        ("Diffbot", "Diffbot"),
        ("FacebookBot", "Meta"),
        ("Google-Extended", "Google"),
        ("GPTBot", "OpenAI"),
        ("img2dataset", "img2dataset"),
        ("meta-externalagent", "Meta"),
        ("omgili", "Webz.io"),
        ("PanguBot", "Huawei"),
        ("Timpibot", "Timpi"),
        ("Webzio-Extended", "Webz.io"),
    ),
    *_all_of(
        Purpose.SEARCH,
        ("Amzn-SearchBot", "Amazon"),
        ("AzureAI-SearchBot", "Microsoft"),
        ("Claude-SearchBot", "Anthropic"),
        ("meta-webindexer", "Meta"),
        ("OAI-SearchBot", "OpenAI"),
        ("PerplexityBot", "Perplexity"),
        ("YouBot", "You.com"),
    ),
    *_all_of(
        Purpose.ASSISTANTS,
        ("Amzn-User", "Amazon"),
        ("ChatGPT-User", "OpenAI"),
        ("Claude-User", "Anthropic"),
        ("DuckAssistBot", "DuckDuckGo"),
        ("Gemini-Deep-Research", "Google"),
        ("Google-NotebookLM", "Google"),
        ("meta-externalfetcher", "Meta"),
        ("MistralAI-User", "Mistral"),
        ("Perplexity-User", "Perplexity"),
    ),
)
