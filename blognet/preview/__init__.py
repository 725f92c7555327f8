"""The live preview: a small server on loopback that shows a network as it is being written. Writes nothing."""
