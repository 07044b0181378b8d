"""A small strict LMS with its LRS, for cmi5 and for plain xAPI launches, written from the specifications alone.

It refuses what cmi5 (Quartz, 1st edition) and xAPI 1.0.3 refuse, and says in the body which requirement was broken:
the number of a cmi5 requirement as in ``tests/cmi5/requirements.tsv``, or a section of xAPI-Data (XD) or
xAPI-Communication (XC). ``server.py`` puts it on a port of loopback; everything else works without a network.
"""
