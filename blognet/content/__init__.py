"""What an author wrote: front matter, posts, profiles, assets. Knows no decisions, no HTML and no settings' file."""
