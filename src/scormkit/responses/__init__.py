"""What learners answered: exports of a learning platform, joined with codebooks, as a report for a trainer.

A source is read by one module into :class:`~scormkit.responses.record.Attempt`; ``matching`` gives each its questions;
``collection`` holds everything on disk, so that any number of rows takes the same memory; the rest writes reports.
"""
