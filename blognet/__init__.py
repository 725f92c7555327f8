"""blognet: a company's employees blog, a mayor approves, one site comes out."""

__version__ = "0.1.0"
