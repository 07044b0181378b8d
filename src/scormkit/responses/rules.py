"""What can be wrong with an export, a codebook or a platform's reply."""

from __future__ import annotations

from scormkit.rule import Rule

UNKNOWN = Rule("ANS-001", "A source is an export that answers can be read from.")
CUT = Rule("ANS-002", "A source is whole.")
CODEBOOK = Rule("ANS-003", "A codebook is one that scormkit wrote, in a form that is known.")
OTHER_PACKAGE = Rule("ANS-004", "The answers are those of a package whose codebook was given.")
NO_ANSWERS = Rule("ANS-005", "The source can hold answers.")
DAMAGED = Rule("ANS-006", "The source gives answers as they were stored.", severity="warning")
HOSTILE = Rule("ANS-007", "A source keeps to what an export may be: sizes, no entities.")
UNMATCHED = Rule("ANS-008", "Every stored answer belongs to a question.", severity="warning")
SERVICE = Rule("ANS-009", "The platform's web service answers.")
GAPS = Rule("ANS-010", "The platform shows all learners and attempts.", severity="warning")
SAME_NAME = Rule("ANS-011", "Learners can be told apart.", severity="warning")
NAMELESS = Rule("ANS-012", "The source says whose answers it holds.", severity="warning")
INCOMPLETE = Rule("ANS-013", "A text arrives with all its parts.", severity="warning")
LARGE = Rule("ANS-014", "The report can be opened.", severity="warning")
