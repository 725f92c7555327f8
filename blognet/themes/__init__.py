"""Templates, their words and their style sheet. Answers: how does this view look as HTML?

The only room that knows `jinja2`. Template sources and views come in as values; it reads no files and asks no clock.
docs/themes.md describes what templates are given.
"""
