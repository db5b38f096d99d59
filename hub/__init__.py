"""Porchlight's hub: segments of many agencies in PostgreSQL, published from a folder and pulled into one.

An optional package for a desk machine with a network; laptops never hold it. The server is not trusted: what
is pulled lies in the folder as if a stick had brought it, and goes through the same review.

    python -m hub setup | admit | publish FOLDER | pull FOLDER | status | forget       (docs/hub.md)
"""
