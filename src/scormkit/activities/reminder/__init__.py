"""Reminders beside a saved action plan: a calendar file and a text to copy. The form's template places it."""
