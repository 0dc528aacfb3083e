"""From claims to posture: how much is where, how sure one may be, and which claims stand against the rest.

Pure functions over columns of statements; vocabulary and naming are all that it knows of the rest of Garrison.
"""
