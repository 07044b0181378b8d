"""IRIs of cmi5 and of the vocabularies that it uses."""

from __future__ import annotations

VERBS = {
    "launched": "http://adlnet.gov/expapi/verbs/launched",
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "passed": "http://adlnet.gov/expapi/verbs/passed",
    "failed": "http://adlnet.gov/expapi/verbs/failed",
    "terminated": "http://adlnet.gov/expapi/verbs/terminated",
    "abandoned": "https://w3id.org/xapi/adl/verbs/abandoned",
    "waived": "https://w3id.org/xapi/adl/verbs/waived",
    "satisfied": "https://w3id.org/xapi/adl/verbs/satisfied",
}
"""The nine of cmi5 §9.3."""
NAMES = {iri: name for name, iri in VERBS.items()}
VOIDED = "http://adlnet.gov/expapi/verbs/voided"

_CONTEXT = "https://w3id.org/xapi/cmi5/context"
CATEGORY = f"{_CONTEXT}/categories/cmi5"
MOVE_ON_CATEGORY = f"{_CONTEXT}/categories/moveon"
SESSION_ID = f"{_CONTEXT}/extensions/sessionid"
MASTERY_SCORE = f"{_CONTEXT}/extensions/masteryscore"
LAUNCH_MODE = f"{_CONTEXT}/extensions/launchmode"
LAUNCH_URL = f"{_CONTEXT}/extensions/launchurl"
MOVE_ON = f"{_CONTEXT}/extensions/moveon"
LAUNCH_PARAMETERS = f"{_CONTEXT}/extensions/launchparameters"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
REASON = "https://w3id.org/xapi/cmi5/result/extensions/reason"

BLOCK_TYPE = "https://w3id.org/xapi/cmi5/activitytype/block"
COURSE_TYPE = "https://w3id.org/xapi/cmi5/activitytype/course"
INTERACTION_TYPE = "http://adlnet.gov/expapi/activities/cmi.interaction"

LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"
