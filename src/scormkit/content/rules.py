"""The rules of content files. An id stays with its rule for ever; gaps leave room for relatives."""

from __future__ import annotations

from scormkit.rule import Rule

_YAML = "YAML 1.2.2"
_AUTHORING = "Authoring guide"

# Files and YAML
FILE_READABLE = Rule("CNT-001", "A path leads to a file or folder that can be read.")
FILE_SIZE = Rule("CNT-002", "A course or session file is at most 2 MB.")
FILE_ENCODING = Rule("CNT-003", "A course or session file is UTF-8.", f"{_YAML}, 5.2")
FILE_CHARACTERS = Rule("CNT-004", "A file holds visible characters only.", f"{_YAML}, 5.1")
FILE_EMPTY = Rule("CNT-005", "A course or session file is not empty.")
TOP_MAPPING = Rule("CNT-006", "The top of a file is keys with values.")
ONE_DOCUMENT = Rule("CNT-007", "A file is one YAML document.", f"{_YAML}, 9.2")
NO_TABS = Rule("CNT-008", "Lines are indented with spaces.", f"{_YAML}, 6.1")
SYNTAX = Rule("CNT-009", "A file is valid YAML.", _YAML)
NO_ALIASES = Rule("CNT-010", "There are no anchors, aliases or merge keys.", f"{_YAML}, 6.9.2 and 7.1")
NO_TAGS = Rule("CNT-011", "There are no tags.", f"{_YAML}, 6.9.1")
KEY_ONCE = Rule("CNT-012", "A key stands once.", f"{_YAML}, 3.2.1.3")
KEY_TEXT = Rule("CNT-013", "A key is a plain text.")
PHASES_FILL_LENGTH = Rule("CNT-014", "The phases add up to the length of the session.")
DEPTH = Rule("CNT-015", "A file is at most 50 levels deep and has at most 100,000 values.")
TOO_MANY = Rule("CNT-016", "At most 200 problems of one file are shown.")
LEADS_OUT = Rule("CNT-017", "What belongs to a course lies in the course's folder.")
LINK_SKIPPED = Rule("CNT-018", "A linked folder is not searched.", severity="warning")
NOTHING_FOUND = Rule("CNT-019", "A folder holds a course.yaml or a session.yaml.")

# Keys and values
KEY_KNOWN = Rule("CNT-020", "A key is one of the format.", _AUTHORING)
KEY_MISSING = Rule("CNT-021", "What every course or session needs is there.", _AUTHORING)
VALUE_TYPE = Rule("CNT-022", "A value is of the kind that its key asks for.", _AUTHORING)
VALUE_CHOICE = Rule("CNT-023", "A value is one of the choices.", _AUTHORING)
TEXT_LENGTH = Rule("CNT-024", "A text is neither empty nor too long.", _AUTHORING)
NUMBER_RANGE = Rule("CNT-025", "A number lies within its limits.", _AUTHORING)
LIST_LENGTH = Rule("CNT-026", "A list has neither too few nor too many entries.", _AUTHORING)
ID_FORM = Rule("CNT-027", "An id is lower case words joined by hyphens.", _AUTHORING)
DURATION_FORM = Rule("CNT-028", "A duration has a unit.", _AUTHORING)
VALUE_FORM = Rule("CNT-029", "A value has the form that its key asks for.", _AUTHORING)
ACTIVITY_KIND = Rule("CNT-030", "An activity is of a kind that exists.", _AUTHORING)
BLOCK_FORM = Rule("CNT-031", "A block is a text or an activity.", _AUTHORING)
LINE_BREAK = Rule("CNT-032", "A title or label is one line.", _AUTHORING)

# Across a session
GROUP_SPLIT = Rule("CNT-039", "The people that a plan counts for can be split into the groups.")
ID_UNIQUE = Rule("CNT-040", "An id names one thing.")
REFERENCE = Rule("CNT-041", "What is named is there.")
FOLLOW_UP_FORM = Rule("CNT-042", "The form of a follow-up is a report back.")
COMPLETION_FORM = Rule("CNT-043", "Forms that completion asks for are form activities.")
QUIZ_PASSABLE = Rule("CNT-044", "A check that must be passed has scored questions and a pass mark.")
PASS_MARK_UNUSED = Rule("CNT-045", "A pass mark needs something that is scored.", severity="warning")
GROUP_ORDER = Rule("CNT-046", "The smallest group is not larger than the largest.")
DATE_REAL = Rule("CNT-047", "A date is one of the calendar.", "ISO 8601")
FIELD_TYPE = Rule("CNT-048", "A form field has only what its type can use.")
CHOICE_OPTIONS = Rule("CNT-049", "A choice field has at least two options.")
REPORT_BACK_ONLY = Rule("CNT-050", "Only a report back is returned to somebody.")

# What counts
DRAW_SIZE = Rule("CNT-051", "No more questions are drawn than there are.")
DRAW_NOTHING = Rule("CNT-052", "Questions are drawn from a knowledge check, and shuffled there.")
ATTEMPTS_COUNT = Rule("CNT-053", "Attempts are counted of what counts.")
SHUFFLE_NOTHING = Rule("CNT-054", "Options are shuffled where their order means nothing.")
UNTIL_RIGHT_TOLD = Rule("CNT-055", "What is asked until it is right says when it is.")
PREDICTION_QUESTION = Rule("CNT-056", "A question with a right answer is predicted.")
PREDICTION_FIRST = Rule("CNT-057", "A prediction is followed by its question.")
QUIZ_UNUSED = Rule("CNT-058", "Settings of a quiz need something that is scored.", severity="warning")

# What comes back later
FOLLOW_UP_PLAN = Rule("CNT-070", "A follow-up comes back to one action plan.")
NEXT_PLAN_FIELD = Rule("CNT-071", "A next plan is a long text of the report back.")
NEXT_PLAN_ROUNDS = Rule("CNT-072", "Only a next plan is asked about again.")
OUTCOME_FIELD = Rule("CNT-073", "What is added to a report back keeps its form: outcome is a choice, next-by a date.")
SEPARATE_COMPLETION = Rule("CNT-074", "A follow-up in a package of its own does not count for the session.")
SEPARATE_PLAN = Rule("CNT-075", "A follow-up in a package of its own cannot show the plan.", severity="warning")

# Across a course
SESSION_MISSING = Rule("CNT-060", "Every session of a course has its folder with a session.yaml.")
SESSION_TWICE = Rule("CNT-061", "A course lists a session once.")
COURSE_TWICE = Rule("CNT-062", "Courses that are built together have different ids.")
TARGET_KNOWN = Rule("CNT-063", "A target is one that exists.")
SESSION_ID_TWICE = Rule("CNT-064", "The sessions of a course have different ids.")
ACCENT_CONTRAST = Rule("CNT-066", "An accent colour can be read on the page.", "WCAG 2.2, 1.4.3")
LANGUAGE_WORDS = Rule(
    "CNT-069", "The page's own words are there in the language of the texts.", "WCAG 2.2, 3.1.2", severity="warning"
)
SESSION_UNLISTED = Rule("CNT-065", "A session in a course's folder is listed.", severity="warning")

# Translations
TRANSLATION_NAME = Rule(
    "CNT-094", "A translation is named after its language: session.de.yaml.", "RFC 5646, 2.1", severity="warning"
)
TRANSLATION_LANGUAGE = Rule("CNT-095", "A session is there once in each language.")
TRANSLATION_IDS = Rule("CNT-096", "A translation has what its session has, under the same ids in the same order.")
TRANSLATION_SAME = Rule("CNT-097", "A translation differs from its session in texts only.")
TRANSLATION_TEXT = Rule("CNT-098", "Every text of a session is translated.")

# Pictures, links, Markdown
MEDIA_EXISTS = Rule("CNT-080", "A named file exists.")
MEDIA_INSIDE = Rule("CNT-081", "Pictures and other files lie in the session's folder.")
MEDIA_CASE = Rule("CNT-082", "A file's name is spelled as on the disk, capitals too.")
MEDIA_TYPE = Rule("CNT-083", "A file is of a type that browsers show.")
ALT_TEXT = Rule("CNT-084", "A picture has an alternative text.", "WCAG 2.2, 1.1.1")
MEDIA_SIZE = Rule("CNT-085", "A picture, sound or film is at most 20 MB.")
MEDIA_HEAVY = Rule("CNT-086", "A picture is at most 1 MB.", severity="warning")
SVG_SAFE = Rule("CNT-087", "An SVG runs nothing and loads nothing.", "SVG Integration, secure static mode")
MEDIA_CONTENT = Rule("CNT-088", "A file is what its name says.")
RAW_HTML = Rule("CNT-089", "Texts are Markdown without HTML.", "CommonMark, 4.6 and 6.6", severity="warning")
LINK_SCHEME = Rule("CNT-090", "A link leads to a page, a mail address or a telephone number.")
