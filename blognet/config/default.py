"""The ``blognet.yml`` that a new network begins with: a few settings, and the others as comments to discover."""

from __future__ import annotations

from blognet.kernel.yamlwrite import yaml_scalar

_TEMPLATE = """\
# The settings of this network; each is described in docs/configuration.md.

# The network's name for machines. The record names it, so never change it.
id: {id}

title: {title}
# tagline: A few words below the title
# description: A sentence for search engines and feed readers

# Where the site will be published. A path is fine: https://example.org/blog
url: {url}

language: {language}
# Further languages; a translation is a file such as hello.de.md.
# languages: [{language}, de]

# Of dates that name no zone.
timezone: {timezone}

# Who decides what appears: ids of authors, that is file names in authors/.
mayors: [{mayor}]
# former_mayors: []

policy:
  # Whether a mayor may approve work of their own. Delete the line when there is a second mayor.
  solo: {solo}

# Addresses of new posts; those once approved keep theirs.
# permalink: /:year/:slug/
# posts_per_page: 10
# related: 3
# search: true

# feeds:
#   items: 50
#   content: full

# topics:
#   - id: engineering
#     title: Engineering
#     description: How we build things

navigation:
  - {{label: About, url: /about/}}

# theme:
#   name: default
#   accent: "#0a7d5a"
#   logo: themes/logo.svg
#   font: sans
#   home: list

# Hosts from which posts may show images; those of others become links.
# hosts: [images.example.org]

# links:
#   - {{label: Our products, url: https://example.org/}}

# footer: Plain text at the bottom of every page
# copyright: The authors
"""


def default_config_text(
    *,
    title: str,
    network_id: str,
    url: str,
    language: str,
    timezone: str,
    mayor: str,
    solo: bool,
) -> str:
    """Return a commented ``blognet.yml``. The values are checked by whoever reads it back."""
    return _TEMPLATE.format(
        id=yaml_scalar(network_id),
        title=yaml_scalar(title),
        url=yaml_scalar(url),
        language=yaml_scalar(language),
        timezone=yaml_scalar(timezone),
        mayor=yaml_scalar(mayor),
        solo=yaml_scalar(solo),
    )
