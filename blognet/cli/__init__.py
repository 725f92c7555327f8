"""The terminal: parse arguments, call one action, print, return a code. Nothing here decides anything."""
