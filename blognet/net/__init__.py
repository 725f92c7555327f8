"""The only code that reaches over the network. It sends what it is given, to whom it is told, and knows no blogs.

A password is read here from the environment, is given to the server alone, and stands in no message, file or log.
"""
