"""From a folder of YAML and pictures to courses, or to problems with their places."""
