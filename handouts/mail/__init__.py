"""The mail with the handouts: what goes to whom, its bytes, and the way to a server."""
