"""From a course to launchable units: what is shown, asked, counted and stored. Knows no standard."""
