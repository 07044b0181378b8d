"""The sample course holds what its two sessions are made of, complete."""

from __future__ import annotations

from scormkit.content.loader import load
from scormkit.model.session import Session
from tests.packages import ROOT


def session(name: str) -> Session:
    loaded = load([ROOT / "content/customer-care"])
    assert loaded.problems == []
    (found,) = [one.session for one in loaded.courses[0].sessions if one.session.id == name]
    return found


def kinds_of(found: Session, phase: str) -> set[str]:
    return {block.activity for one in found.phases if one.kind == phase for block in one.blocks}


def test_who_are_our_customers_is_complete() -> None:
    found = session("who-are-our-customers")
    assert [(one.kind, one.duration, one.setting) for one in found.phases] == [
        ("activity", 150, "whole group"),
        ("reflect", 180, "groups"),
        ("conclude", 210, "whole group"),
        ("plan", 60, "individual"),
    ]
    assert (found.length, found.group and (found.group.min, found.group.max)) == (600, (3, 4))
    (resource,) = found.resources
    assert [len(group.items) for group in resource.groups] == [3, 3, 3, 4, 3, 3]
    plan, report = found.forms
    assert [field.type for field in plan.fields] == ["long-text", "date", "long-text", "long-text", "name", "date"]
    assert [field.id for field in report.fields] == ["action", "result", "signed", "date"]
    assert found.follow_up
    assert (found.follow_up.after, found.follow_up.form) == (14, "report-back")
    assert {"text", "brainstorm", "reveal"} <= kinds_of(found, "activity")
    assert {"open-text", "sort"} <= kinds_of(found, "reflect")
    assert {"text", "open-text"} <= kinds_of(found, "conclude")
    assert "form" in kinds_of(found, "plan")


def test_customer_pathways_is_complete() -> None:
    found = session("customer-pathways")
    assert [(one.kind, one.duration, one.setting) for one in found.phases] == [
        ("activity", 120, "groups"),
        ("reflect", 180, "groups"),
        ("conclude", 180, "whole group"),
        ("plan", 120, "individual"),
    ]
    assert (found.length, found.group and (found.group.min, found.group.max)) == (600, (3, 6))
    (resource,) = found.resources
    assert [len(group.items) for group in resource.groups] == [4, 4, 4, 4, 4, 3, 4]
    plan, report = found.forms
    assert [field.type for field in plan.fields] == ["long-text", "date", "long-text", "name", "date"]
    assert [field.id for field in report.fields] == ["action", "result", "now-intend", "signed", "date"]
    assert found.follow_up
    assert (found.follow_up.after, found.follow_up.next_plan, found.follow_up.most_rounds) == (21, "now-intend", 2)
    assert "map" in kinds_of(found, "activity")
    assert "map" in kinds_of(found, "reflect")
    assert {"checklist", "sort", "order"} <= kinds_of(found, "conclude")
    assert found.handouts, "the brief in two stages"


def test_both_sessions_carry_what_a_facilitator_needs() -> None:
    for name in ("who-are-our-customers", "customer-pathways"):
        found = session(name)
        assert found.aim
        assert found.overview
        assert len(found.suitable_for) >= 3
        assert all(material.quantity for material in found.materials)
        assert any(step.optional for step in found.preparation)
        assert any(step.copies for step in found.preparation)
        assert all(len(phase.facilitator) > 100 for phase in found.phases)
        assert found.evaluation
        assert found.variations
        assert found.source
        assert found.source.corrections
        check = found.knowledge_check
        assert check
        assert check.derived
        assert check.note
        assert 5 <= len([block for block in check.blocks if block.weight()]) <= 8


def test_the_usual_case_of_both_sessions_fits_the_smallest_platform() -> None:
    from scormkit.compiled.capacity import capacity  # noqa: PLC0415
    from tests.packages import packages_of  # noqa: PLC0415

    for package in packages_of(ROOT / "content/customer-care", "scorm12"):
        for unit in package.units:
            assert capacity(unit, 4096).usual <= 4000
